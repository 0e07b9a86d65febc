/**
 * Facts about specification editions, from the catalogue of this package and from signed records that authorities published. An
 * adoption counts only if the adopting province's own authority published it; a local edition only if its own province declares
 * it, a joint one only if each of its provinces does. National and ministry editions belong to the state: the catalogue states
 * them, and an authority may declare others for its own region only. A declaration on behalf of another province is ignored.
 */

import type { CivilDate } from '../base/date.js'
import { checkArgument, type Expectation, isArrayOf, isObject } from '../base/options.js'
import { builtIn, type Catalogue, type EditionDates, parseSpecificationNumber, type SpecificationNumber } from '../catalogue/index.js'
import type { TechnicalSpecification } from '../records/index.js'

/** A published specification record whose authenticity was verified. */
export interface PublishedSpecification {
  readonly record: TechnicalSpecification
  /** Province of the authority that signed. */
  readonly region: string
  readonly statementId: string
}

export interface AdoptionFact {
  readonly region: string
  readonly documentNo: string
  readonly from: CivilDate
  readonly to?: CivilDate | undefined
  readonly source: string
}

export interface EditionFacts {
  readonly number: SpecificationNumber
  readonly effectiveOn?: CivilDate | undefined
  readonly abolishedOn?: CivilDate | undefined
  readonly equivalenceGroup?: string | undefined
  readonly adoptions: readonly AdoptionFact[]
  /** False if the only source is unverified: such dates never fail a record. */
  readonly verified: boolean
  /** Catalogue, or statement id. */
  readonly source: string
}

/** Editions by comparison key, for the region in question; only `gatherSpecifications` creates one. */
export interface Specifications {
  /** The publications from which it was created. */
  readonly published: readonly PublishedSpecification[]
  /** @param region Two-digit province in question. @default none: what counts for every region */
  edition(key: string, region?: string): EditionFacts | undefined
  /** Editions of one equivalence group. */
  group(name: string, region?: string): readonly EditionFacts[]
}

/** Declarations about one edition. */
interface Declared {
  readonly number: SpecificationNumber
  /** By the province whose authority declared it. */
  readonly by: Map<string, EditionFacts>
}

const PUBLISHED: Expectation = {
  is: isArrayOf((one) => isObject(one) && isObject(one.record)),
  expected: { zh: '已公布的技术规范的数组', en: 'an array of published specifications' },
}

/** Facts from the catalogue and from verified publications. */
export function gatherSpecifications(published: readonly PublishedSpecification[] = [], catalogue: Catalogue = builtIn): Specifications {
  checkArgument('gatherSpecifications', 'published', published, PUBLISHED)
  const editions = new Map<string, Declared>()
  const groups = new Map<string, Set<string>>()
  for (const { record, region, statementId } of published) {
    const number = parseSpecificationNumber(record.number)
    if (number === undefined || !mayDeclare(number, region)) continue
    const { key } = number
    const declared = editions.get(key) ?? { number, by: new Map<string, EditionFacts>() }
    editions.set(key, declared)
    declared.by.set(region, {
      number,
      effectiveOn: record.effectiveOn,
      abolishedOn: record.abolishedOn,
      equivalenceGroup: record.equivalenceGroup,
      adoptions: adoptionsOf(key, published),
      verified: true,
      source: statementId,
    })
    if (record.equivalenceGroup !== undefined)
      groups.set(record.equivalenceGroup, (groups.get(record.equivalenceGroup) ?? new Set()).add(key))
  }
  const edition: Specifications['edition'] = (key, region) => {
    const declared = editions.get(key)
    return (declared && countingFor(declared, region)) ?? fromCatalogue(key, catalogue)
  }
  return {
    published,
    edition,
    group: (name, region) =>
      [...(groups.get(name) ?? [])].flatMap((key) => {
        const found = edition(key, region)
        return found?.equivalenceGroup === name ? [found] : []
      }),
  }
}

/** An authority may declare its own local editions, joint ones of its province and others, and, for its own region, those of the state. */
const mayDeclare = ({ provinces }: SpecificationNumber, region: string): boolean => provinces.length === 0 || provinces.includes(region)

function countingFor({ number: { provinces }, by }: Declared, region: string | undefined): EditionFacts | undefined {
  if (provinces.length === 0) return region === undefined ? undefined : by.get(region)
  if (!provinces.every((province) => by.has(province))) return undefined
  const own = region === undefined ? undefined : by.get(region)
  return own ?? strictest([...by.values()])
}

/** Facts of a joint edition for a region outside its provinces: from the latest first day to the earliest end. */
function strictest(declared: readonly EditionFacts[]): EditionFacts {
  const [first] = declared as [EditionFacts, ...EditionFacts[]]
  const days = (member: 'effectiveOn' | 'abolishedOn') => declared.flatMap((one) => one[member] ?? []).sort()
  return { ...first, effectiveOn: days('effectiveOn').at(-1), abolishedOn: days('abolishedOn')[0] }
}

/**
 * Publications of other authorities that have no effect in a region: about a local edition that is not theirs and that they do not
 * adopt, or about an edition of the state with other dates than in the catalogue.
 */
export function declaredForOthers(published: readonly PublishedSpecification[], region: string): readonly PublishedSpecification[] {
  return published.filter(({ record, region: by }) => {
    const number = parseSpecificationNumber(record.number)
    if (number === undefined || by === region) return false
    if (number.provinces.length > 0) return !number.provinces.includes(by) && !record.adoptions?.some((one) => one.region === by)
    const known = fromCatalogue(number.key, builtIn)
    return known?.effectiveOn !== record.effectiveOn || known?.abolishedOn !== record.abolishedOn
  })
}

function adoptionsOf(key: string, published: readonly PublishedSpecification[]): AdoptionFact[] {
  return published.flatMap(({ record, region, statementId }) =>
    parseSpecificationNumber(record.number)?.key === key
      ? (record.adoptions ?? []).filter((adoption) => adoption.region === region).map((adoption) => ({ ...adoption, source: statementId }))
      : [],
  )
}

/** True if the edition has a date, and every date is sourced and not doubtful. */
const isVerified = ({ confidence, doubtful, isEnded, effectiveOn, abolishedOn }: EditionDates): boolean =>
  confidence === 'published' && doubtful === undefined && isEnded !== true && (effectiveOn ?? abolishedOn) !== undefined

const catalogued = new WeakMap<object, EditionFacts>()

function fromCatalogue(key: string, catalogue: Catalogue): EditionFacts | undefined {
  const entry = catalogue.edition(key)
  if (entry === undefined) return undefined
  const known = catalogued.get(entry)
  if (known !== undefined) return known
  const edition: EditionFacts = {
    number: parseSpecificationNumber(entry.number) as SpecificationNumber,
    effectiveOn: entry.effectiveOn,
    abolishedOn: entry.abolishedOn,
    adoptions: [],
    verified: isVerified(entry),
    source: entry.source ?? 'catalogue',
  }
  catalogued.set(entry, edition)
  return edition
}

/** Facts from the catalogue of this package only. */
export const catalogueOnly: Specifications = gatherSpecifications()
