/** Source and reliability of a fact in the catalogue. */

/** a: the document, its cover, or an official page; b: sources that agree; c: one weak source, or professional knowledge. */
export type Grade = 'a' | 'b' | 'c'
/** Confidence of the dates of an edition. `published`: grade a or b, which may fail a record. `unverified`: grade c, which only warns. */
export type Confidence = 'published' | 'unverified'

export interface Provenance {
  readonly source: string
  readonly grade: Grade
}

/** Month of the reference data in this package. */
export const CATALOGUE_VERSION = '2026-11'
/** Name of the reference data of this package in a verdict. */
export const CATALOGUE_SOURCE = `catalogue ${CATALOGUE_VERSION}`

/** Provenance of a row of this package, with the source where the verifying page has it; the file beside each table has its address. */
export const provenanceOf = (grade: Grade, source = ''): Provenance =>
  Object.freeze({ source: source === '' ? CATALOGUE_SOURCE : `${CATALOGUE_SOURCE}: ${source}`, grade })
