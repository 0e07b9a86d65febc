/**
 * Opens catalogues that authorities publish, each version signed by a threshold of the root keys of its trust list. A catalogue
 * applies in the province of its authority only, where it takes precedence over the tables of this package; a verdict names it.
 */

import { formatInstant, type Instant, parseInstant } from '../base/date.js'
import { isTonghengError, type TonghengError } from '../base/error.js'
import { FixedMap } from '../base/fixed-map.js'
import { checkArgument } from '../base/options.js'
import { readGrown } from '../base/shape.js'
import {
  builtIn,
  type Catalogue,
  type InstrumentCategory,
  type Overlay,
  overlaid,
  parseSpecificationNumber,
  type StatedEdition,
  type VerificationInterval,
} from '../catalogue/index.js'
import { parsePayload, parseStatement, type Signer, signTogether } from '../envelope/index.js'
import type { Trust, TrustList } from '../trust/index.js'
import { signaturesBy } from '../trust/inside.js'
import { coded, fault } from './catalogue-messages.js'
import { CataloguePayload, checkCatalogue, readCatalogue } from './catalogue-payload.js'
import type { Catalogues, OpenCataloguesOptions, SeenCatalogue } from './open-catalogues.js'

const TYP = 'metrology-catalogue+jwt'
const MAX_LENGTH = 4_194_304
const MAX_VALUES = 500_000
const MAX_SIGNATURES = 20

/** A catalogue that its authority signed; only `openCatalogues` creates one. */
export interface PublishedCatalogue {
  readonly payload: CataloguePayload
  readonly statementId: string
  readonly signed: readonly string[]
  /** Its name in findings. */
  readonly source: string
}

/** See `openCatalogues`. @throws `catalogue.rollback`, `catalogue.fork`, `catalogue.times` */
export async function openPublished(options: OpenCataloguesOptions): Promise<Catalogues> {
  const { trust, seen = [] } = options
  const at = parseInstant(options.at)
  const refused: TonghengError[] = []
  const versions = new Map<string, PublishedCatalogue[]>()
  for (const signed of options.catalogues) {
    try {
      const one = await open(signed, trust)
      versions.set(one.payload.iss, [...(versions.get(one.payload.iss) ?? []), one])
    } catch (error) {
      if (!isTonghengError(error)) throw error
      refused.push(error)
    }
  }
  const published: PublishedCatalogue[] = []
  const highest = new Map(seen.map((one) => [one.authority, one]))
  for (const [authority, given] of versions) {
    const newest = walk(given, highest.get(authority))
    highest.set(authority, { authority, version: newest.payload.version, statementId: newest.statementId })
    const ended = unusable(newest, at)
    if (ended === undefined) published.push(newest)
    else refused.push(ended)
  }
  return catalogues(published, refused, [...highest.values()])
}

function catalogues(
  published: readonly PublishedCatalogue[],
  refused: readonly TonghengError[],
  seen: readonly SeenCatalogue[],
): Catalogues {
  const countingFor: Catalogues['countingFor'] = (region, at) =>
    published.filter(({ payload }) => payload.region === region && payload.iat <= at && at <= payload.exp)
  const made = new Map<string, Catalogue>()
  return {
    published,
    refused,
    seen,
    countingFor,
    catalogueFor: (region, at) => {
      const counting = countingFor(region, at)
      if (counting.length === 0) return builtIn
      const name = counting.map(({ statementId }) => statementId).join()
      let catalogue = made.get(name)
      if (catalogue === undefined) {
        catalogue = counting.reduce<Catalogue>((below, { payload, source }) => overlaid(below, overlayOf(payload, source)), builtIn)
        made.set(name, catalogue)
      }
      return catalogue
    },
  }
}

/** Parses the signatures of one catalogue, which must share one payload. @throws `catalogue.*`, and errors of the envelope */
function parse(signed: readonly string[]) {
  const [first] = signed
  if (first === undefined || signed.length > MAX_SIGNATURES) throw fault('catalogue.empty')
  const signatures = signed.map((text) => ({ text, statement: parseStatement(text, TYP, { maxLength: MAX_LENGTH }) }))
  const { statement } = signatures[0] as (typeof signatures)[number]
  if (signatures.some((other) => other.statement.payloadSegment !== statement.payloadSegment)) throw fault('catalogue.payload-differs')
  const json = parsePayload(statement, { maxLength: MAX_LENGTH, maxValues: MAX_VALUES }) as Readonly<Record<string, unknown>>
  return { signatures, statement, json, authority: String(json.iss).slice(0, 40), version: Number(json.version) }
}

/** Authority, version and id that a catalogue states, unverified. @throws `catalogue.*`, and errors of the envelope */
export function statedCatalogue(signed: readonly string[]): SeenCatalogue {
  const { statement, authority, version } = parse(signed)
  return { authority, version, statementId: statement.id }
}

/**
 * Opens a past catalogue, which root keys of any version of its authority's list may have signed.
 * @throws `catalogue.*`, and errors of the envelope
 */
export const openPastCatalogue = (signed: readonly string[], trust: Trust): Promise<PublishedCatalogue> =>
  open(signed, trust, (list) => trust.versions(list.payload.iss))

/** @throws `catalogue.*`, and errors of the envelope */
async function open(
  signed: readonly string[],
  trust: Trust,
  // TUF: the current root keys must sign; a version that only retired keys signed is rejected.
  listsOf: (list: TrustList) => readonly TrustList[] = (list) => [list],
): Promise<PublishedCatalogue> {
  const { signatures, statement, json, authority, version } = parse(signed)
  const list = trust.lists.find(({ payload }) => payload.iss === authority)
  if (list === undefined) throw fault('catalogue.authority', { authority })
  let counted: readonly string[] = []
  const isSigned = async ({ payload: { roots } }: TrustList): Promise<boolean> => {
    counted = await signaturesBy(signatures, roots.keys)
    return counted.length >= Math.max(1, roots.threshold)
  }
  let isSufficient = false
  for (const one of listsOf(list)) isSufficient ||= await isSigned(one)
  const { threshold } = list.payload.roots
  if (!isSufficient) throw fault('catalogue.threshold', { authority, version, signed: counted.length, threshold })
  const { value: payload, newer } = readGrown<CataloguePayload>(CataloguePayload, json, coded('catalogue.shape'))
  const { region } = payload
  if (region !== list.payload.region) throw fault('catalogue.region', { authority, own: list.payload.region, region })
  if (newer.length > 0) throw fault('catalogue.newer-members', { authority, version, path: newer[0] as string })
  checkCatalogue(payload)
  return { payload, statementId: statement.id, signed: counted, source: `catalogue ${authority} v${version}` }
}

/**
 * Checks the order and the links of the versions of one authority, and returns the newest. @throws `catalogue.rollback`, `.fork`,
 * `.times`
 */
function walk(given: readonly PublishedCatalogue[], seen: SeenCatalogue | undefined): PublishedCatalogue {
  const versions = [...given].sort((a, b) => a.payload.version - b.payload.version)
  for (const [at, { payload, statementId }] of versions.entries()) {
    const prior = versions[at - 1]
    if (prior === undefined) continue
    const { iss: authority, version, previous, iat } = payload
    const fork = (other: string): never => {
      throw fault('catalogue.fork', { authority, version: prior.payload.version, one: prior.statementId, other })
    }
    if (version === prior.payload.version && statementId !== prior.statementId) fork(statementId)
    if (version === prior.payload.version + 1 && previous !== prior.statementId) fork(previous ?? '—')
    if (iat < prior.payload.iat) throw fault('catalogue.times', { authority, version })
  }
  const newest = versions.at(-1) as PublishedCatalogue
  const { iss: authority, version } = newest.payload
  if (seen === undefined) return newest
  if (version < seen.version) throw fault('catalogue.rollback', { authority, version, seen: seen.version })
  const same = versions.find(({ payload }) => payload.version === seen.version)
  if (same !== undefined && same.statementId !== seen.statementId)
    throw fault('catalogue.fork', { authority, version: seen.version, one: seen.statementId, other: same.statementId })
  if (version === seen.version + 1 && newest.payload.previous !== seen.statementId)
    throw fault('catalogue.fork', { authority, version: seen.version, one: seen.statementId, other: newest.payload.previous ?? '—' })
  return newest
}

function unusable({ payload: { iss: authority, version, iat, exp } }: PublishedCatalogue, at: Instant): TonghengError | undefined {
  if (at > exp) return fault('catalogue.expired', { authority, version, exp: formatInstant(exp) })
  if (at < iat) return fault('catalogue.not-yet', { authority, version, iat: formatInstant(iat) })
  return undefined
}

/** Converts a catalogue to the form in which rules read it. */
function overlayOf({ categories = [], editions = [], intervals = [], divisions = [] }: CataloguePayload, source: string): Overlay {
  const provenance = Object.freeze({ source, grade: 'a' as const })
  const bySeries = new Map<string, VerificationInterval[]>()
  for (const { basis: _, size, applies, ...interval } of intervals) {
    const one: VerificationInterval = {
      ...interval,
      ...(size && { size: { ...size, above: Number(size.above), upTo: Number(size.upTo ?? Infinity) } }),
      ...(applies && { applies: { zh: applies.zh, en: applies.en ?? applies.zh } }),
      provenance,
    }
    bySeries.set(interval.regulation, [...(bySeries.get(interval.regulation) ?? []), one])
  }
  return {
    categories: new FixedMap(
      categories.map(({ number: _, aliases: __, name, mobility = 'fixed', interval, ...category }): [string, InstrumentCategory] => [
        category.slug,
        {
          ...category,
          name: { zh: name.zh, en: name.en ?? name.zh },
          mobility,
          ...(interval !== undefined && { interval: { period: interval, provenance } }),
          provenance,
        },
      ]),
    ),
    editions: new FixedMap(
      editions.map(({ number, effectiveOn, abolishedOn, replacedBy }): [string, StatedEdition] => {
        const { key } = parseSpecificationNumber(number) as { readonly key: string }
        return [
          key,
          {
            number,
            key,
            ...(effectiveOn !== undefined && { effectiveOn }),
            ...(abolishedOn !== undefined && { abolishedOn }),
            ...(replacedBy !== undefined && { replacedBy }),
            // A successor is named, but the day on which the edition ended is not stated.
            ...(replacedBy !== undefined && replacedBy.length > 0 && abolishedOn === undefined && { isEnded: true }),
            confidence: 'published',
            source,
          },
        ]
      }),
    ),
    intervals: new FixedMap(bySeries),
    divisions: new Set(divisions.map(({ code }) => code)),
  }
}

/**
 * Signs a catalogue with root keys of its authority. @throws `catalogue.*` if its content is invalid; `signer.twice`
 */
export async function signCatalogue(input: CataloguePayload, signers: readonly [Signer, ...Signer[]]): Promise<string[]> {
  checkArgument('signCatalogue', 'signers', signers, { is: Array.isArray, expected: { zh: '签名器的数组', en: 'an array of signers' } })
  return signTogether(readCatalogue(input), signers, { typ: TYP })
}
