/** Checks whether envelope and keys of the package accept a third-party JWS: strict lexing, strict header, valid key, signature. */
import { type AlgorithmName, algorithms, importKey, type Statement, splitStatement, verifySignature } from 'tongheng/envelope'
import { isTonghengError } from 'tongheng/errors'
import { parseJson } from '../../src/base/json.js'
import { decodeBase64url } from '../../src/base/native.js'

/** The public members of a key. Unknown members remain, so that the key is rejected for them. */
const publicPart = ({ d: _d, kid: _kid, alg: _alg, use: _use, key_ops: _ops, ...jwk }: Record<string, unknown>) => jwk

/**
 * Ignores `typ` and a thumbprint as `kid`, which only this package requires, and checks everything else. A key with a different stated
 * algorithm or use is not accepted, and if several keys have one `kid`, none is used.
 * @returns undefined if the JWS is accepted, otherwise the code of the rejection
 */
export async function refusalOf(jws: string, keys: readonly Record<string, unknown>[]): Promise<string | undefined> {
  try {
    const parts = splitStatement(jws)
    const header = parseJson(decodeBase64url(parts.headerSegment))
    if (header === null || typeof header !== 'object' || Array.isArray(header)) return 'format.header'
    const { alg, kid, typ: _typ, ...others } = header
    if (Object.keys(others).length > 0) return 'header.not-allowed'
    if (typeof alg !== 'string' || !algorithms.has(alg as AlgorithmName)) return 'alg.not-allowed'
    const named = keys.filter((key) => kid === undefined || key.kid === kid)
    if (named.length !== 1) return 'key.unknown'
    const [jwk] = named as [Record<string, unknown>]
    if ((jwk.alg !== undefined && jwk.alg !== alg) || (jwk.use !== undefined && jwk.use !== 'sig')) return 'alg.not-of-key'
    if (Array.isArray(jwk.key_ops) && !jwk.key_ops.includes('verify') && !jwk.key_ops.includes('sign')) return 'key.use-not-allowed'
    const key = await importKey(publicPart(jwk))
    const statement: Statement = { ...parts, typ: 'metrology-record+jwt', alg: alg as AlgorithmName, kid: key.kid, id: '' }
    return (await verifySignature(statement, key)) ? undefined : 'signature.invalid'
  } catch (error) {
    if (isTonghengError(error)) return error.code
    throw error
  }
}
