/** Source and reliability of a fact in the catalogue. */

/**
 * `published`: stated by a public source. `unverified`: professional knowledge without a source at hand. `weak`: likely but
 * uncertain. Only a published fact can fail a record; the others only warn.
 */
export type Confidence = 'published' | 'unverified' | 'weak'

export interface Provenance {
  readonly source: string
  readonly confidence: Confidence
}

/** Month of the reference data in this package. */
export const CATALOGUE_VERSION = '2026-11'
/** How a verdict names the reference data of this package. */
export const CATALOGUE_SOURCE = `catalogue ${CATALOGUE_VERSION}`

const of = (confidence: Confidence): Provenance => Object.freeze({ source: CATALOGUE_SOURCE, confidence })
/** Provenance of a row of this package: the file beside its table has the source. */
export const GRADES = { a: of('published'), b: of('unverified'), c: of('weak') } as const
