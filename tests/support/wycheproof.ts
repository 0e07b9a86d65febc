/** Checks the JWS and JWK files of Wycheproof. */
import { refusalOf } from './accept-jws.ts'
import { type OracleResult, tally } from './oracle.ts'
import { readJson } from './vectors.ts'

type Jwk = Readonly<Record<string, unknown>>
type KeyMember = Jwk & { readonly keys?: readonly Jwk[] }

interface Wycheproof {
  readonly testGroups: readonly {
    readonly comment: string
    readonly private?: KeyMember
    readonly public?: KeyMember
    readonly tests: readonly { readonly tcId: number; readonly comment: string; readonly jws: string; readonly result: string }[]
  }[]
}

const OURS = new Set(['ES256', 'Ed25519', 'EdDSA'])
const keysOf = (member: KeyMember | undefined): readonly Jwk[] => member?.keys ?? (member === undefined ? [] : [member])
const algOf = ({ alg, kty, crv }: Jwk): string => String(alg ?? (kty === 'EC' && crv === 'P-256' ? 'ES256' : kty))

/** Invalid cases must be rejected, whatever their algorithm; valid ones must be accepted if the algorithm is supported. */
export async function runWycheproof(path: string): Promise<OracleResult> {
  const { testGroups } = readJson<Wycheproof>(path)
  const lines: string[] = []
  const leftOut = tally()
  let [valid, invalid, inProfile] = [0, 0, 0]
  for (const { comment: group, tests, ...member } of testGroups) {
    const keys = keysOf(member.public ?? member.private)
    const isOurs = keys.some((key) => OURS.has(algOf(key)))
    for (const { tcId, comment, jws, result } of tests) {
      if (result === 'valid' && !isOurs) {
        leftOut.add(`valid, with the algorithm ${keys.map(algOf).join(', ')} that is not ours`)
        continue
      }
      const refusal = await refusalOf(jws, keys)
      if (result === 'valid') valid++
      else {
        invalid++
        if (isOurs) inProfile++
      }
      if ((refusal === undefined) !== (result === 'valid'))
        lines.push(`tcId ${tcId} (${group}: ${comment}) is ${result}; ours: ${refusal ?? 'accepted'}`)
    }
  }
  const of = `${invalid} invalid, of which ${inProfile} with a key of an algorithm of ours; ${valid} valid`
  return { lines, cases: valid + invalid, leftOut: leftOut.counts, of }
}
