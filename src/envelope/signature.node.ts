/**
 * Signatures with `node:crypto`, which verifies ES256 four to five times as fast as WebCrypto; that is most of the cost of a
 * verdict. Selected by the `#signature` import in package.json.
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { availableParallelism } from 'node:os'
import type { Execution, KeyMembers, PlatformScheme, PrivateKeyMembers, SignBytes, VerifyBytes } from './signature.js'

/** On a single processor, the thread pool adds cost without benefit. */
const HAS_THREADS = availableParallelism() > 1

export async function importVerifier({ digest }: PlatformScheme, jwk: KeyMembers): Promise<VerifyBytes> {
  const key = options(createPublicKey({ key: { ...jwk }, format: 'jwk' }))
  return (data, signature, execution) => {
    if (execution !== 'threadPool' || !HAS_THREADS) return verify(digest, data, key, signature)
    return new Promise((resolve, reject) => {
      verify(digest, data, key, signature, (error, isValid) => (error === null ? resolve(isValid) : reject(error)))
    })
  }
}

export async function importSigner({ digest }: PlatformScheme, jwk: PrivateKeyMembers, execution?: Execution): Promise<SignBytes> {
  const key = options(createPrivateKey({ key: { ...jwk }, format: 'jwk' }))
  if (execution !== 'threadPool' || !HAS_THREADS) return async (data) => new Uint8Array(sign(digest, data, key))
  return (data) =>
    new Promise((resolve, reject) => {
      sign(digest, data, key, (error, signature) => (error === null ? resolve(new Uint8Array(signature)) : reject(error)))
    })
}

// r‖s, not DER (RFC 7518 §3.4); Ed25519 has one form and ignores the option.
const options = (key: KeyObject) => ({ key, dsaEncoding: 'ieee-p1363' as const })
