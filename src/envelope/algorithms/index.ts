/** The signature algorithms. An algorithm belongs to a key; a message never chooses it. */
import * as z from 'zod/mini'
import type { Algorithm, AlgorithmRow } from './algorithm.js'
import { ed25519 } from './ed25519.js'
import { es256 } from './es256.js'
import { sm2 } from './sm2.js'

export type { Algorithm } from './algorithm.js'
export { DEFAULT_SIGNER_ID } from './sm2.js'

/** Every algorithm; the first is the one taken where none is asked for. */
const LIST = [es256, ed25519, sm2] as const

type Parts<L extends readonly unknown[], P extends keyof L[number]> = { -readonly [I in keyof L]: L[I][P] }
const partOf = <P extends 'publicKey' | 'privateKey'>(part: P) =>
  LIST.map((algorithm) => algorithm[part]) as unknown as Parts<typeof LIST, P>
/** The schema of a key, public or private, of each. */
export const publicKeys = partOf('publicKey')
export const privateKeys = partOf('privateKey')
export type Sm2PublicJwk = z.infer<typeof sm2.publicKey>
export type Sm2PrivateJwk = z.infer<typeof sm2.privateKey>

/** JOSE name of an algorithm. */
export type AlgorithmName = (typeof LIST)[number]['row']['alg']
const ROWS: readonly AlgorithmRow[] = LIST.map(({ row }) => row)
/** JOSE names of the algorithms: the values that a schema takes where it names one. */
export const AlgorithmName = z.enum(ROWS.map(({ alg }) => alg))

const byName: ReadonlyMap<string, AlgorithmRow> = new Map(ROWS.map((row) => [row.alg, row]))
/** Algorithms by JOSE name. */
export const algorithms: ReadonlyMap<string, Algorithm> = byName

const named = (name: string, spellings: 'inHeaders' | 'spellings' | 'curveSpellings') => ROWS.find((row) => row[spellings]?.includes(name))

/** An algorithm as a header names it. Written is the first name only. */
export const algorithmInHeader = (name: string): Algorithm | undefined => byName.get(name) ?? named(name, 'inHeaders')

/** An algorithm by its JOSE name or another in circulation. */
export const algorithmNamed = (name: string): AlgorithmName | undefined => (algorithmInHeader(name) ?? named(name, 'spellings'))?.alg

/** A curve by our name or another in circulation. */
export const curveNamed = (name: string): string => named(name, 'curveSpellings')?.crv ?? name

/** The algorithm with all that is done with its keys. */
export const rowOf = (key: { readonly kty: string; readonly crv: string }): AlgorithmRow | undefined =>
  ROWS.find((row) => row.kty === key.kty && row.crv === key.crv)

/** An algorithm with what is done by it. */
export const algorithmCalled = (alg: AlgorithmName): AlgorithmRow => byName.get(alg) as AlgorithmRow

/** The algorithm a key is for: its curve decides. */
export const algorithmOf = (key: { readonly kty: string; readonly crv: string }): Algorithm | undefined => rowOf(key)
