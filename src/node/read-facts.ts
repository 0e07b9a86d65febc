/** Reads a node's facts from the store. Only new documents are verified, unless the trust or status they depend on has changed. */

import { isTonghengError, TonghengError } from '../base/error.js'
import {
  type Agreement,
  type Catalogues,
  declaredForOthers,
  gatherSpecifications,
  openAgreement,
  type Specifications,
} from '../recognition/index.js'
import { replacesAny } from '../records/index.js'
import type { Trust, TrustAnchor } from '../trust/index.js'
import { openStatus, readSpecifications, type Status } from '../verify/index.js'
import type { Alarms } from './alarms.js'
import { fault } from './messages.js'
import { seenHere } from './seen-here.js'
import { MAX_LISTS, newestLists } from './status-lists.js'
import type { Store } from './store.js'
import type { StoredCatalogues } from './stored-catalogues.js'
import type { StoredTrust } from './stored-trust.js'

export interface Facts {
  readonly trust: Trust
  readonly agreements: readonly Agreement[]
  readonly catalogues: Catalogues
  readonly status: Status
  readonly specifications: Specifications
}

export interface FactsReaderOptions {
  readonly store: Store
  readonly storedTrust: StoredTrust
  readonly storedCatalogues: StoredCatalogues
  readonly anchors: readonly TrustAnchor[]
  readonly alarms: Alarms
  /** Documents of the configuration, used in addition to those of the store and the log. */
  readonly given: { readonly notices: readonly string[]; readonly statusLists: readonly string[] }
  /** Province of the node, two digits. */
  readonly region: string
  readonly now: () => number
}

/** Contents of the store at one read, and what is new since the last successful read. */
interface Found {
  readonly names: Names
  readonly marks: Marks
  readonly notices: readonly string[]
  readonly publications: readonly string[]
  readonly newPublications: readonly string[]
  readonly isSame: Readonly<Record<'trust' | 'agreements' | 'catalogues' | 'status' | 'all', boolean>>
}

/** Returns the current facts; `before` itself if nothing has changed. */
export type ReadFacts = (before: Facts | undefined) => Promise<Facts>

/** Creates a reader that verifies only the documents and entries that are new since its last successful read. */
export function createFactsReader(options: FactsReaderOptions): ReadFacts {
  const { store, given, now, alarms } = options
  const notices = followKind(store, 'notice')
  const publications = followKind(store, 'technical-specification')
  let marks: Marks = {}
  // Number of entries that the facts include: entries read before a failure are not included yet.
  let counted = { notices: 0, publications: 0 }

  async function find(isFirst: boolean): Promise<Found> {
    const names = await store.listDocumentNames({ newest: MAX_LISTS })
    const found = marksOf(names)
    await notices.read()
    await publications.read()
    const newPublications = publications.all.slice(counted.publications)
    const trust = !isFirst && found['trust-list'] === marks['trust-list']
    const agreements = trust && found.agreement === marks.agreement
    const catalogues = trust && found.catalogue === marks.catalogue
    const status = trust && found['status-list'] === marks['status-list'] && notices.all.length === counted.notices
    return {
      names,
      marks: found,
      notices: [...given.notices, ...notices.all],
      publications: publications.all,
      newPublications,
      isSame: { trust, agreements, catalogues, status, all: agreements && catalogues && status && newPublications.length === 0 },
    }
  }

  return async (before) => {
    const found = await find(before === undefined)
    const { isSame } = found
    if (before !== undefined && isSame.all) return before
    const trust = before !== undefined && isSame.trust ? before.trust : await openTrust(options)
    const agreements = before !== undefined && isSame.agreements ? before.agreements : await agreementsOf(store, trust, alarms)
    const catalogues = before !== undefined && isSame.catalogues ? before.catalogues : await openCatalogues(options, trust)
    const log = await seenHere(store, trust, [...found.notices, ...found.publications])
    const status =
      before !== undefined && isSame.status
        ? before.status
        : await openStatus(
            { statusLists: [...given.statusLists, ...(await newestLists(store, found.names))], notices: found.notices },
            trust,
            isSame.trust ? before?.status : undefined,
            log,
          )
    const specifications = await specificationsOf(found, before, { at: now(), trust, status, log }, options)
    marks = found.marks
    counted = { notices: notices.all.length, publications: found.publications.length }
    return { trust, agreements, catalogues, status, specifications }
  }
}

/** Opens the stored trust lists; raises an alarm for each finding. */
async function openTrust({ storedTrust, alarms }: FactsReaderOptions): Promise<Trust> {
  const { trust } = await storedTrust.open([])
  storedTrust.know(trust)
  for (const { code, params } of trust.findings) alarms.raise(new TonghengError(code, params))
  return trust
}

/** Opens the stored catalogues; raises an alarm for each that does not open. */
async function openCatalogues({ storedCatalogues, alarms, now }: FactsReaderOptions, trust: Trust): Promise<Catalogues> {
  const catalogues = await storedCatalogues.open(trust, now())
  for (const error of catalogues.refused) alarms.raise(error)
  return catalogues
}

async function specificationsOf(
  { publications, newPublications, isSame }: Found,
  before: Facts | undefined,
  by: Parameters<typeof readSpecifications>[1],
  { alarms, region: own }: FactsReaderOptions,
): Promise<Specifications> {
  // A specification that replaces an earlier one removes it, so all must be read again.
  const isOnlyMore = isSame.status && !newPublications.some(replacesAny)
  const read = await readSpecifications(isOnlyMore ? newPublications : publications, by)
  const { published } = read.specifications
  for (const { record, region, statementId } of declaredForOthers(published, own))
    alarms.raise(fault('specification.declared-elsewhere', { number: record.number, region, statementId }))
  if (before === undefined || !isOnlyMore) return read.specifications
  return gatherSpecifications([...before.specifications.published, ...published])
}

/**
 * Opens the stored agreements. If one no longer opens, for example because the other authority revoked the key that signed it, an
 * alarm is raised and the others are still opened.
 */
async function agreementsOf(store: Store, trust: Trust, alarms: Alarms): Promise<Agreement[]> {
  const agreements: Agreement[] = []
  for (const { signed } of await store.listDocuments('agreement')) {
    try {
      agreements.push(await openAgreement(signed, trust))
    } catch (error) {
      if (!isTonghengError(error)) throw error
      alarms.raise(error)
    }
  }
  return agreements
}

type Names = Awaited<ReturnType<Store['listDocumentNames']>>
type Marks = Partial<Record<Names[number]['collection'], string>>

/** A fingerprint of each collection (names and versions), to detect changes. */
function marksOf(names: Names): Marks {
  const marks: Marks = {}
  for (const { collection, name, version } of names) marks[collection] = `${marks[collection] ?? ''}${name} ${version}\n`
  return marks
}

const PAGE = 500

/** Reads the statements of one kind incrementally, in log order. */
function followKind(store: Store, kind: string) {
  const all: string[] = []
  let from = 0
  return {
    all: all as readonly string[],
    /** Reads the statements after the last one read. */
    async read(): Promise<void> {
      for (let isLast = false; !isLast; ) {
        const { items, next } = await store.listEntries({ kind }, { from, limit: PAGE })
        for (const { statement, position } of items) {
          all.push(statement)
          from = position + 1
        }
        isLast = next === undefined
      }
    },
  }
}
