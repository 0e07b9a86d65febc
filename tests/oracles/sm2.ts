// SM2 and SM3 (GB/T 32918, GB/T 32905): digests, identities ZA, digests e, signatures with a given nonce, and verification.
// Cases on our curve go through the public key import; the example curve of the annex runs through the same arithmetic.
//   npx tsx --tsconfig tests/tsconfig.json tests/oracles/sm2.ts [file]
import { importKey } from 'tongheng/envelope'
import { isTonghengError } from 'tongheng/errors'
import { type CurveParameters, sm2On } from '../../src/envelope/algorithms/sm2-arithmetic.ts'
import { sm3 } from '../../src/envelope/algorithms/sm3.ts'
import { type OracleResult, runAsScript, tally } from '../support/oracle.ts'
import { readJson } from '../support/vectors.ts'

interface Case {
  readonly name: string
  readonly curve: string
  readonly id: string
  readonly msg: string
  readonly x: string
  readonly y: string
  readonly r: string
  readonly s: string
  readonly result: 'valid' | 'invalid'
  readonly d?: string
  readonly k?: string
  readonly za?: string
  readonly e?: string
}
interface Vectors {
  readonly curves: Readonly<Record<string, Readonly<Record<keyof CurveParameters, string>>>>
  readonly sm2: readonly Case[]
  readonly sm3: readonly { readonly msg_hex: string; readonly digest: string }[]
}

const OURS = 'sm2p256v1'
const big = (hex: string): bigint => BigInt(`0x${hex}`)
const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex')
const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex')
const base64url = (text: string): string => bytes(text).toString('base64url')

export async function run(path: string): Promise<OracleResult> {
  const vectors = readJson<Vectors>(path)
  const left = tally()
  const lines: string[] = []
  let cases = 0
  const compare = (name: string, ours: unknown, expected: unknown): void => {
    cases++
    if (ours !== expected) lines.push(`${name}: ${String(ours)}, expected ${String(expected)}`)
  }
  for (const { msg_hex, digest } of vectors.sm3) compare(`SM3 of ${msg_hex.slice(0, 16)}`, hex(sm3(bytes(msg_hex))), digest)
  for (const one of vectors.sm2) {
    const curve = vectors.curves[one.curve]
    if (curve === undefined) {
      left.add(`curve ${one.curve} without its parameters`)
      continue
    }
    const scheme = sm2On(Object.fromEntries(Object.entries(curve).map(([name, value]) => [name, big(value)])) as unknown as CurveParameters)
    const za = scheme.identity(big(one.x), big(one.y), Buffer.from(one.id))
    const e = scheme.digest(za, Buffer.from(one.msg))
    if (one.za !== undefined) compare(`${one.name}: ZA`, hex(za), one.za)
    if (one.e !== undefined) compare(`${one.name}: e`, e, big(one.e))
    if (one.d !== undefined && one.k !== undefined) {
      const { x, y } = scheme.publicPoint(big(one.d))
      compare(`${one.name}: public point`, `${x} ${y}`, `${big(one.x)} ${big(one.y)}`)
      compare(`${one.name}: signature`, hex(scheme.sign(big(one.d), e, big(one.k)) ?? new Uint8Array()), one.r + one.s)
    }
    const isRight = await answerTo(one, scheme)
    compare(one.name, isRight ? 'valid' : 'invalid', one.result)
  }
  return { lines, cases, leftOut: left.counts, of: `${vectors.sm2.length} signatures, ${vectors.sm3.length} digests` }
}

async function answerTo({ curve, id, msg, x, y, r, s }: Case, scheme: ReturnType<typeof sm2On>): Promise<boolean> {
  const signature = bytes(r + s)
  if (curve !== OURS) return scheme.verifier(big(x), big(y), Buffer.from(id))(Buffer.from(msg), signature)
  try {
    const key = await importKey({ kty: 'EC', crv: curve, x: base64url(x), y: base64url(y), distid: id })
    return await key.verify(Buffer.from(msg), signature)
  } catch (error) {
    // An empty identity is not accepted for a key.
    if (isTonghengError(error)) return false
    throw error
  }
}

await runAsScript(import.meta.url, 'sm2/sm2-sm3-vectors.json.gz', run)
