/** Where a fact of the catalogue comes from, and how far it may be relied on. */

/**
 * `published`: a public source states it. `unverified`: professional knowledge, no source at hand.
 * `weak`: likely but not sure. Only a published fact may fail a record; the others warn.
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
