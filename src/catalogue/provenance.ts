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

export const published = (source: string): Provenance => ({ source, confidence: 'published' })
export const unverified: Provenance = {
  source: '专业常识，未核对原文 | professional knowledge, text not checked',
  confidence: 'unverified',
}
export const weak: Provenance = { source: '专业常识，把握不大 | professional knowledge, uncertain', confidence: 'weak' }
