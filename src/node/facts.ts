/** What a node judges by: trust, agreements, status and specifications, as its store has them, and how it learns of newer ones. */
import { isTonghengError, TonghengError } from '../base/error.js'
import { type Agreement, declaredForOthers, gatherSpecifications, openAgreement, type Specifications } from '../recognition/index.js'
import { replacesAny } from '../records/index.js'
import { openTrust, type SignedTrustList, seenIn, type Trust, type TrustAnchor } from '../trust/index.js'
import { openStatus, readSpecifications, type Status } from '../verify/index.js'
import type { Alarms } from './alarms.js'
import { seenHere } from './seen-here.js'
import { createStatusListQuota, newestLists, storeStatusList } from './status-lists.js'
import type { Store } from './store.js'

export interface Facts {
  readonly trust: Trust
  readonly agreements: readonly Agreement[]
  readonly status: Status
  readonly specifications: Specifications
}

/** Signed documents from a file or a peer; what of them is genuine is taken. */
export interface Documents {
  readonly trustLists?: readonly SignedTrustList[] | undefined
  readonly agreements?: readonly (readonly string[])[] | undefined
  readonly statusLists?: readonly string[] | undefined
  readonly notices?: readonly string[] | undefined
}

export interface FactsKeeper {
  /** As last read; for what cannot wait. */
  readonly last: Facts
  /** Read again where something was written here, or may have been by another process. */
  current(): Promise<Facts>
  /** Something was written that verdicts rest on. */
  outdate(): void
  /** Takes what is genuine and newer, and keeps it; gives what was refused, with the reason. */
  learn(documents: Documents): Promise<readonly TonghengError[]>
}

/** Seconds after which the store is looked at for what another process may have written. */
const INTERVAL = 5
const PAGE = 500

interface Options extends Documents {
  /** USCC of the authority that runs the node. */
  readonly authority: string
  /** Its province, two digits. */
  readonly region: string
  readonly alarms: Alarms
  readonly store: Store
  readonly anchors: readonly TrustAnchor[]
  readonly now: () => number
}

/** @throws `trust-list.*`, `agreement.*` where a document given at the start is not what it says */
export async function createFacts(options: Options): Promise<FactsKeeper> {
  const { store, anchors, now, alarms } = options
  const listQuota = createStatusListQuota(store, now)
  const pinned = new Set(anchors.map(({ authority }) => authority))
  // Notices of the trust file are not of the log; they count beside those that are.
  const given = { notices: options.notices ?? [], statusLists: options.statusLists ?? [] }
  let state: Facts
  /** Trust opened last: what it verified is not verified, read or stored again. */
  let known: Trust | undefined
  let mark: Marks = {}
  const notices = followKind(store, 'notice')
  const publications = followKind(store, 'technical-specification')
  // How many of them the state holds: what was read before something failed is not in it yet.
  let counted = { notices: 0, publications: 0 }
  let lookedAt = Number.NEGATIVE_INFINITY
  let isOutdated = false
  let reading: Promise<Facts> | undefined

  async function keepTrust(trust: Trust): Promise<void> {
    for (const { payload: newest } of trust.lists) {
      const stored = new Set(known?.versions(newest.iss))
      for (const list of trust.versions(newest.iss)) {
        const { payload, signed } = list
        if (!stored.has(list)) await store.putDocument({ collection: 'trust-list', name: payload.iss, version: payload.version, signed })
      }
    }
  }

  /** Lists that are stored; a version stored once stays as it is, so that what was verified is not read again. */
  async function storedLists(names: Names): Promise<SignedTrustList[]> {
    const lists: SignedTrustList[] = []
    for (const { collection, name, version } of names) {
      if (collection !== 'trust-list' || !pinned.has(name)) continue
      const verified = known?.versions(name).find(({ payload }) => payload.version === version)
      const signed = verified?.signed ?? (await store.getDocument(collection, name, version))?.signed
      if (signed !== undefined) lists.push(signed)
    }
    return lists
  }

  /** What is stored, with more; of that what is not in order is refused, and does not bar the lists of other authorities. */
  async function trustWith(
    more: readonly SignedTrustList[],
  ): Promise<{ readonly trust: Trust; readonly refused: readonly RefusedLists[] }> {
    const kept = await storedLists(await store.listDocumentNames())
    const seen = seenIn(kept, known)
    const open = (lists: readonly SignedTrustList[]) =>
      openTrust({ anchors, lists: [...kept, ...lists], seen, newer: 'last-understood', known })
    try {
      return { trust: await open(more), refused: [] }
    } catch (error) {
      if (!isTonghengError(error) || more.length === 0) throw error
    }
    const taken: SignedTrustList[] = []
    const refused: RefusedLists[] = []
    for (const [authority, lists] of byAuthority(more)) {
      try {
        await open([...taken, ...lists])
        taken.push(...lists)
      } catch (error) {
        if (!isTonghengError(error)) throw error
        refused.push({ authority, error })
      }
    }
    return { trust: await open(taken), refused }
  }

  /** Only what is new is verified, unless what it was verified by has changed. */
  async function readAll(before: Facts | undefined): Promise<Facts> {
    const names = await store.listDocumentNames()
    const marks = marksOf(names)
    await notices.read()
    await publications.read()
    const [newNotices, newPublications] = [notices.all.slice(counted.notices), publications.all.slice(counted.publications)]
    const isTrustSame = before !== undefined && marks['trust-list'] === mark['trust-list']
    const isAgreementSame = isTrustSame && marks.agreement === mark.agreement
    const isStatusSame = isTrustSame && marks['status-list'] === mark['status-list'] && newNotices.length === 0
    if (before !== undefined && isAgreementSame && isStatusSame && newPublications.length === 0) return before
    const trust = isTrustSame ? before.trust : (await trustWith([])).trust
    known = trust
    for (const { code, params } of isTrustSame ? [] : trust.findings) alarms.raise(new TonghengError(code, params))
    const agreements = isAgreementSame ? before.agreements : await agreementsOf(store, trust, alarms)
    const log = await seenHere(store, trust, [...given.notices, ...notices.all, ...publications.all])
    const status = isStatusSame
      ? before.status
      : await openStatus(
          { statusLists: [...given.statusLists, ...(await newestLists(store, names))], notices: [...given.notices, ...notices.all] },
          trust,
          isTrustSame ? before.status : undefined,
          log,
        )
    // One that replaces an earlier one takes that away, so all are read with it.
    const isOnlyMore = isStatusSame && !newPublications.some(replacesAny)
    const read = await readSpecifications(isOnlyMore ? newPublications : publications.all, { at: now(), trust, status, log })
    const { published } = read.specifications
    const specifications =
      before !== undefined && isOnlyMore ? gatherSpecifications([...before.specifications.published, ...published]) : read.specifications
    for (const { record, region, statementId } of declaredForOthers(published, options.region))
      alarms.raise(new TonghengError('specification.declared-elsewhere', { number: record.number, region, statementId }))
    mark = marks
    counted = { notices: notices.all.length, publications: publications.all.length }
    return { trust, agreements, status, specifications }
  }

  async function read(): Promise<Facts> {
    const at = now()
    isOutdated = false
    try {
      state = await readAll(state)
      lookedAt = at
      return state
    } catch (error) {
      // Read again next time; a store that failed once must not spoil every verdict after it.
      isOutdated = true
      throw error
    }
  }

  const readNow = (): Promise<Facts> => {
    reading = read().finally(() => {
      reading = undefined
    })
    return reading
  }

  async function current(): Promise<Facts> {
    if (reading === undefined) return isOutdated || Math.abs(now() - lookedAt) >= INTERVAL ? readNow() : state
    if (!isOutdated) return reading
    // Something was written after that reading had begun; one that begins after it will have it.
    await reading
    return reading ?? (isOutdated ? readNow() : state)
  }

  async function learn(documents: Documents): Promise<readonly TonghengError[]> {
    const refused: TonghengError[] = []
    const attempt = async (work: () => Promise<void>): Promise<void> => {
      try {
        await work()
      } catch (error) {
        if (!isTonghengError(error)) throw error
        refused.push(error)
      }
    }
    if (documents.trustLists !== undefined && documents.trustLists.length > 0)
      await attempt(async () => {
        const opened = await trustWith(documents.trustLists ?? [])
        refused.push(...opened.refused.map(({ error }) => error))
        await keepTrust(opened.trust)
      })
    isOutdated = true
    const { trust } = await current()
    for (const signed of documents.agreements ?? []) {
      await attempt(async () => {
        const { payload } = await openAgreement(signed, trust)
        await store.putDocument({ collection: 'agreement', name: payload.id, version: payload.version, signed })
      })
    }
    const status = await openStatus(documents, trust)
    refused.push(...status.refused.map(({ error }) => error))
    for (const list of status.lists) await attempt(() => storeStatusList(list, { store, trust, at: now(), quota: listQuota }))
    isOutdated = true
    await current()
    return refused
  }

  const { trust, refused } = await trustWith(options.trustLists ?? [])
  for (const { authority, error } of refused) {
    // The node's own list must open. A fault in another authority's list raises an alarm, and the stored version of that list stays in force.
    if (authority === options.authority || authority === undefined) throw error
    alarms.raise(error)
  }
  await keepTrust(trust)
  for (const signed of options.agreements ?? []) {
    const { payload } = await openAgreement(signed, trust)
    await store.putDocument({ collection: 'agreement', name: payload.id, version: payload.version, signed })
  }
  state = await readAll(undefined)
  lookedAt = now()
  return {
    get last() {
      return state
    },
    current,
    outdate() {
      isOutdated = true
    },
    learn,
  }
}

/** Lists that were not taken. */
interface RefusedLists {
  /** As they call it; undefined where they are no lists. */
  readonly authority: string | undefined
  readonly error: TonghengError
}

function byAuthority(lists: readonly SignedTrustList[]): ReadonlyMap<string | undefined, readonly SignedTrustList[]> {
  const grouped = new Map<string | undefined, SignedTrustList[]>()
  for (const signed of lists) {
    const authority = authorityOf(signed)
    grouped.set(authority, [...(grouped.get(authority) ?? []), signed])
  }
  return grouped
}

function authorityOf(signed: SignedTrustList): string | undefined {
  try {
    return seenIn([signed])[0]?.authority
  } catch (error) {
    if (!isTonghengError(error)) throw error
    return undefined
  }
}

/** An agreement that no longer opens, for example because the other authority revoked the key that signed it, raises an alarm and does not stop the others. */
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

/** What there is of each collection, to be compared. */
function marksOf(names: Names): Marks {
  const marks: Marks = {}
  for (const { collection, name, version } of names) marks[collection] = `${marks[collection] ?? ''}${name} ${version}\n`
  return marks
}

/** Statements of one kind as they come. */
function followKind(store: Store, kind: string) {
  const all: string[] = []
  let from = 0
  return {
    all: all as readonly string[],
    /** Goes on from the last one read. */
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
