/** Opens catalogues of authorities. */
import type { Instant } from '../base/date.js'
import type { TonghengError } from '../base/error.js'
import { aMoment, aTrust, checkOptions, isArrayOf, isObject, isString } from '../base/options.js'
import type { Catalogue } from '../catalogue/index.js'
import type { Trust } from '../trust/index.js'
import { openPublished, type PublishedCatalogue } from './published-catalogue.js'

/** Highest version seen of an authority's catalogue. It is stored permanently, even after that catalogue has expired. */
export interface SeenCatalogue {
  readonly authority: string
  readonly version: number
  readonly statementId: string
}

export interface Catalogues {
  /** The newest valid catalogue of each authority. */
  readonly published: readonly PublishedCatalogue[]
  /** Reasons of the catalogues that are not used: expired, of another authority, not signed. */
  readonly refused: readonly TonghengError[]
  /** Pass it to the next opening. */
  readonly seen: readonly SeenCatalogue[]
  /** Catalogues that apply in a province at a moment. */
  countingFor(region: string, at: Instant): readonly PublishedCatalogue[]
  /** The reference data for a province: the tables of this package, with these catalogues over them. */
  catalogueFor(region: string, at: Instant): Catalogue
}

export interface OpenCataloguesOptions {
  /** Each item is the signatures of one catalogue; several versions, in any order. */
  readonly catalogues: readonly (readonly string[])[]
  readonly trust: Trust
  readonly at: string | Date | Instant
  /** From an earlier opening. @default nothing */
  readonly seen?: readonly SeenCatalogue[]
}

/**
 * Opens the catalogues of authorities, each signed by a threshold of the current root keys of its authority. An invalid one is
 * listed in `refused` and affects neither the others nor a verdict. A version older than one seen before, or another one of the
 * same number, is an attack and throws.
 * @throws `catalogue.rollback`, `catalogue.fork`, `catalogue.times`
 */
export async function openCatalogues(options: OpenCataloguesOptions): Promise<Catalogues> {
  checkOptions('openCatalogues', options, {
    catalogues: {
      is: isArrayOf(isArrayOf(isString)),
      expected: { zh: '数组，每项是一份目录的各个签名', en: 'an array, each item the signatures of one catalogue' },
    },
    trust: aTrust,
    at: aMoment,
    seen: {
      is: isArrayOf(isObject),
      expected: { zh: '以前 openCatalogues 的 seen', en: 'seen of an earlier openCatalogues' },
      isOptional: true,
    },
  })
  return openPublished(options)
}
