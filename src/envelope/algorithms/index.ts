/** The signature algorithms. The key determines the algorithm; a message never does. */
import * as z from 'zod/mini'
import type { Algorithm, AlgorithmRow } from './algorithm.js'
import { ed25519 } from './ed25519.js'
import { es256 } from './es256.js'
import { sm2 } from './sm2.js'

export type { Algorithm } from './algorithm.js'
export { DEFAULT_SIGNER_ID } from './sm2.js'

/** All algorithms; the first is the default. */
const LIST = [es256, ed25519, sm2] as const

type Parts<L extends readonly unknown[], P extends keyof L[number]> = { -readonly [I in keyof L]: L[I][P] }
const partOf = <P extends 'publicKey' | 'privateKey'>(part: P) =>
  LIST.map((algorithm) => algorithm[part]) as unknown as Parts<typeof LIST, P>
/** The key schemas of each, public and private. */
export const publicKeys = partOf('publicKey')
export const privateKeys = /* @__PURE__ */ partOf('privateKey')
export type Sm2PublicJwk = z.infer<typeof sm2.publicKey>
export type Sm2PrivateJwk = z.infer<typeof sm2.privateKey>

/** JOSE name of an algorithm. */
export type AlgorithmName = (typeof LIST)[number]['row']['alg']
const ROWS: readonly AlgorithmRow[] = LIST.map(({ row }) => row)
/** JOSE names of the algorithms, as a schema. */
export const AlgorithmName = /* @__PURE__ */ z.enum(/* @__PURE__ */ ROWS.map(({ alg }) => alg))

const byName: ReadonlyMap<string, AlgorithmRow> = new Map(ROWS.map((row) => [row.alg, row]))
/** Algorithms by JOSE name. */
export const algorithms: ReadonlyMap<string, Algorithm> = byName

const named = (name: string, spellings: 'inHeaders' | 'spellings' | 'curveSpellings') => ROWS.find((row) => row[spellings]?.includes(name))

/** An algorithm by its name in a header. Only the first name is written. */
export const algorithmInHeader = (name: string): Algorithm | undefined => byName.get(name) ?? named(name, 'inHeaders')

/** An algorithm by its JOSE name or another name in use. */
export const algorithmNamed = (name: string): AlgorithmName | undefined => (algorithmInHeader(name) ?? named(name, 'spellings'))?.alg

/** Our name of a curve, from that or another name in use. */
export const curveNamed = (name: string): string => named(name, 'curveSpellings')?.crv ?? name

/** The algorithm of a key, with its implementation. */
export const rowOf = (key: { readonly kty: string; readonly crv: string }): AlgorithmRow | undefined =>
  ROWS.find((row) => row.kty === key.kty && row.crv === key.crv)

/** The algorithm of a JOSE name, with its implementation. */
export const algorithmCalled = (alg: AlgorithmName): AlgorithmRow => byName.get(alg) as AlgorithmRow

/** The algorithm of a key, determined by its curve. */
export const algorithmOf = (key: { readonly kty: string; readonly crv: string }): Algorithm | undefined => rowOf(key)
