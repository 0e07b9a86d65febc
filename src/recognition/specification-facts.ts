/**
 * What is known of specification editions: the catalogue of this package, and what authorities published as signed
 * records. An adoption counts only where the adopting province's own authority says so; dates of a local edition only
 * where its own province does. What one side claims about the other adds nothing.
 */
import type { CivilDate } from '../base/date.js'
import { parseSpecificationNumber, type SpecificationNumber, specificationEditions } from '../catalogue/index.js'
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
  /** False where the only source is unverified: such dates never fail a record. */
  readonly verified: boolean
  /** Catalogue, or statement id. */
  readonly source: string
}

/** Editions by comparison key; only `gatherSpecifications` makes one. */
export interface Specifications {
  /** The publications it was made from. */
  readonly published: readonly PublishedSpecification[]
  edition(key: string): EditionFacts | undefined
  /** Editions of one equivalence group. */
  group(name: string): readonly EditionFacts[]
}

/** Facts from the catalogue and from verified publications. */
export function gatherSpecifications(published: readonly PublishedSpecification[] = []): Specifications {
  const editions = new Map<string, EditionFacts>()
  const groups = new Map<string, EditionFacts[]>()
  const own = published.filter(({ record, region }) => speaksFor(record, region))
  for (const { record, statementId } of own) {
    const number = parseSpecificationNumber(record.number) as SpecificationNumber
    editions.set(number.key, {
      number,
      effectiveOn: record.effectiveOn,
      abolishedOn: record.abolishedOn,
      equivalenceGroup: record.equivalenceGroup,
      adoptions: adoptionsOf(number.key, published),
      verified: true,
      source: statementId,
    })
  }
  for (const edition of editions.values()) {
    if (edition.equivalenceGroup !== undefined) {
      groups.set(edition.equivalenceGroup, [...(groups.get(edition.equivalenceGroup) ?? []), edition])
    }
  }
  return { published, edition: (key) => editions.get(key) ?? fromCatalogue(key), group: (name) => groups.get(name) ?? [] }
}

/** A province speaks for its own local editions, for joint ones it takes part in, and for national ones as reference entries. */
function speaksFor(record: TechnicalSpecification, region: string): boolean {
  const number = parseSpecificationNumber(record.number)
  if (number === undefined) return false
  return number.provinces.length === 0 || number.provinces.includes(region)
}

function adoptionsOf(key: string, published: readonly PublishedSpecification[]): AdoptionFact[] {
  return published.flatMap(({ record, region, statementId }) =>
    parseSpecificationNumber(record.number)?.key === key
      ? (record.adoptions ?? []).filter((adoption) => adoption.region === region).map((adoption) => ({ ...adoption, source: statementId }))
      : [],
  )
}

const catalogued = new Map<string, EditionFacts>()

function fromCatalogue(key: string): EditionFacts | undefined {
  const known = catalogued.get(key)
  if (known !== undefined) return known
  const entry = specificationEditions.get(key)
  if (entry === undefined) return undefined
  const edition: EditionFacts = {
    number: parseSpecificationNumber(entry.number) as SpecificationNumber,
    effectiveOn: entry.effectiveOn,
    abolishedOn: entry.abolishedOn,
    adoptions: [],
    verified: entry.provenance.confidence === 'published',
    source: 'catalogue',
  }
  catalogued.set(key, edition)
  return edition
}

/** Nothing but the catalogue. */
export const catalogueOnly: Specifications = gatherSpecifications()
