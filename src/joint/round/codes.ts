/** Codes of laboratories in the report of a round, derived from its statements. */
import { digestText } from '#native'
import { canonicalJson } from './canonical.js'
import type { Round } from './round.js'

/** The key of a round: the laboratory of each code. */
export interface RoundKey {
  readonly codes: ReadonlyMap<string, string>
  /** In the order of the codes. */
  readonly key: readonly { readonly code: string; readonly laboratory: string }[]
  /** SHA-256, base64url, over the canonical JSON of `{ blinding, key, round }`. */
  readonly digest: string
}

/**
 * Uses the codes of protocol and enrolments. Other laboratories are `LAB-01` and so on, in an order that depends on all salts, so that
 * nobody can foresee or choose it. The digest depends on the salts too: the key cannot be found by trying all orders of the list of
 * laboratories.
 */
export function keyOf({ id: round, laboratories }: Round): RoundKey {
  const blinding = digestText(canonicalJson(laboratories.flatMap(({ opened }) => opened?.salt ?? []).sort()))
  const codes = new Map(laboratories.flatMap(({ uscc, code }) => (code === undefined ? [] : [[uscc, code] as const])))
  const taken = new Set(codes.values())
  const uncoded = laboratories
    .filter(({ uscc }) => !codes.has(uscc))
    .map(({ uscc }) => ({ uscc, place: digestText(canonicalJson({ blinding, laboratory: uscc, round })) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
  let number = 0
  for (const { uscc } of uncoded) {
    let code: string
    do code = `LAB-${String(++number).padStart(2, '0')}`
    while (taken.has(code))
    codes.set(uscc, code)
  }
  const key = [...codes].map(([laboratory, code]) => ({ code, laboratory })).sort((a, b) => (a.code < b.code ? -1 : 1))
  return { codes, key, digest: digestText(canonicalJson({ blinding, key, round })) }
}
