/** The signature algorithms, one row each. An algorithm belongs to a key; a message never chooses it. */

export interface Algorithm {
  /** JOSE name. */
  readonly alg: AlgorithmName
  readonly kty: 'EC' | 'OKP'
  readonly crv: string
  /** Octets of the signature: r‖s (RFC 7518 §3.4), or the EdDSA signature (RFC 8037 §3.1). */
  readonly signatureLength: number
  readonly basis: string
}

export type AlgorithmName = 'ES256' | 'Ed25519'

const ROWS: readonly Algorithm[] = [
  { alg: 'ES256', kty: 'EC', crv: 'P-256', signatureLength: 64, basis: 'RFC 7518 §3.4' },
  { alg: 'Ed25519', kty: 'OKP', crv: 'Ed25519', signatureLength: 64, basis: 'RFC 9864 §2.2' },
]

/** Algorithms by JOSE name. */
export const algorithms: ReadonlyMap<string, Algorithm> = new Map(ROWS.map((row) => [row.alg, row]))

/** The algorithm a key is for: its curve decides. */
export const algorithmOf = (key: { readonly kty: string; readonly crv: string }): Algorithm | undefined =>
  ROWS.find((row) => row.kty === key.kty && row.crv === key.crv)
