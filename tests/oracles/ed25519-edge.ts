// CCTV edge cases of Ed25519, verified by RFC 8032 without cofactor: keys of small order or in a non-canonical encoding are
// refused; for other keys a signature is valid only if no part of it is of small order, non-canonical, or re-encoded before
// hashing.
//   npx tsx --tsconfig tests/tsconfig.json tests/oracles/ed25519-edge.ts [file]
import { importKey } from 'tongheng/envelope'
import { isTonghengError } from 'tongheng/errors'
import { type OracleResult, runAsScript } from '../support/oracle.ts'
import { readJson } from '../support/vectors.ts'

interface Vector {
  readonly number: number
  readonly key: string
  readonly sig: string
  readonly msg: string
  readonly flags: readonly string[] | null
}

const KEY_FLAGS = ['low_order_A', 'non_canonical_A']
const SIGNATURE_FLAGS = ['low_order_residue', 'non_canonical_R', 'reencoded_k']

export async function run(path: string): Promise<OracleResult> {
  const vectors = readJson<readonly Vector[]>(path)
  const lines: string[] = []
  let [keysRefused, passed] = [0, 0]
  for (const { number, key, sig, msg, flags } of vectors) {
    const has = (names: readonly string[]): boolean => (flags ?? []).some((flag) => names.includes(flag))
    const expected = has(KEY_FLAGS) ? 'key refused' : has(SIGNATURE_FLAGS) ? 'signature refused' : 'passed'
    const ours = await answerTo(key, sig, msg)
    if (ours === 'key refused') keysRefused++
    if (ours === 'passed') passed++
    if (ours !== expected) lines.push(`vector ${number} (${(flags ?? []).join(', ')}): ${ours}, expected ${expected}`)
  }
  const of = `${keysRefused} with a key that is refused, ${passed} passed`
  return { lines, cases: vectors.length, leftOut: new Map(), of }
}

async function answerTo(key: string, sig: string, msg: string): Promise<string> {
  try {
    const { verify } = await importKey({ kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key, 'hex').toString('base64url') })
    return (await verify(Buffer.from(msg), Buffer.from(sig, 'hex'))) ? 'passed' : 'signature refused'
  } catch (error) {
    if (isTonghengError(error)) return 'key refused'
    throw error
  }
}

await runAsScript(import.meta.url, 'cctv/ed25519vectors.json.gz', run)
