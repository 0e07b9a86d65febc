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

export type AlgorithmName = 'ES256' | 'Ed25519' | 'SGD_SM3_SM2'

const ROWS: readonly Algorithm[] = [
  { alg: 'ES256', kty: 'EC', crv: 'P-256', signatureLength: 64, basis: 'RFC 7518 §3.4' },
  { alg: 'Ed25519', kty: 'OKP', crv: 'Ed25519', signatureLength: 64, basis: 'RFC 9864 §2.2; RFC 8037 §3.1' },
  // Not registered with IANA; the names are those of GM/T 0125 as implementations cite it.
  { alg: 'SGD_SM3_SM2', kty: 'EC', crv: 'SM2-P-256', signatureLength: 64, basis: 'GM/T 0125.1—2022; GB/T 32918.2—2016' },
]

/** Algorithms by JOSE name. */
export const algorithms: ReadonlyMap<string, Algorithm> = new Map(ROWS.map((row) => [row.alg, row]))

/**
 * An algorithm as a header names it. `EdDSA` (RFC 8037), which RFC 9864 §4 deprecates because it names several curves, is
 * Ed25519 here: no other Edwards curve is admitted, and the key decides in any case. Written is `Ed25519` only.
 */
export const algorithmInHeader = (name: string): Algorithm | undefined => algorithms.get(name === 'EdDSA' ? 'Ed25519' : name)

/** Other spellings that key files and the manuals of signing devices have for the same thing. Never taken in a statement. */
const CURVE_SPELLINGS: ReadonlyMap<string, string> = new Map(
  ['SM2', 'sm2', 'sm2p256v1', 'SM2P256V1', 'curveSM2', 'CurveSM2', '1.2.156.10197.1.301'].map((name) => [name, 'SM2-P-256']),
)
const ALGORITHM_SPELLINGS: ReadonlyMap<string, AlgorithmName> = new Map(
  ['SM2', 'SM2SM3', 'SM2-SM3', 'SM3SM2', 'SM3withSM2', 'SM3WithSM2', '1.2.156.10197.1.501', '0x00020201'].map((name) => [
    name,
    'SGD_SM3_SM2',
  ]),
)

/** A curve by our name or another in circulation. */
export const curveNamed = (name: string): string => CURVE_SPELLINGS.get(name) ?? name

/** An algorithm by its JOSE name or another in circulation. */
export const algorithmNamed = (name: string): AlgorithmName | undefined => algorithmInHeader(name)?.alg ?? ALGORITHM_SPELLINGS.get(name)

/** The algorithm a key is for: its curve decides. */
export const algorithmOf = (key: { readonly kty: string; readonly crv: string }): Algorithm | undefined =>
  ROWS.find((row) => row.kty === key.kty && row.crv === key.crv)
