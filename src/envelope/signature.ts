/** Signatures where there is no `node:crypto`: WebCrypto. The same names as `signature.node.ts`. */

/** A public key whose form was checked. */
export interface KeyMembers {
  readonly kty: string
  readonly crv: string
  readonly x: string
  readonly y?: string
  readonly distid?: string | undefined
}
export interface PrivateKeyMembers extends KeyMembers {
  readonly d: string
}

/** An algorithm that the runtimes have: how they name it, and the arithmetic for one that has it not. */
export interface PlatformScheme {
  /** As WebCrypto imports a key of it. */
  readonly key: { readonly name: string; readonly namedCurve?: string }
  /** As WebCrypto signs and verifies by it. */
  readonly use: { readonly name: string; readonly hash?: string }
  /** The digest that `node:crypto` is told; null where the algorithm fixes its own. */
  readonly digest: string | null
  readonly withoutPlatform: () => Promise<{
    importVerifier(jwk: KeyMembers): VerifyBytes
    importSigner(jwk: PrivateKeyMembers): SignBytes
  }>
}

/**
 * Where arithmetic is done. `aside`: on another thread where the runtime has one to spare, for callers that have other work meanwhile;
 * `here`: at once where the runtime can, which is quicker for one signature alone.
 */
export type Where = 'here' | 'aside'

/** True where the signature over the data is by this key. Never throws on a malformed signature. */
export type VerifyBytes = (data: Uint8Array, signature: Uint8Array, where?: Where) => boolean | Promise<boolean>
export type SignBytes = (data: Uint8Array) => Promise<Uint8Array>

export async function importVerifier(scheme: PlatformScheme, jwk: KeyMembers): Promise<VerifyBytes> {
  const key = await platformKey(scheme, jwk, 'verify')
  if (key === undefined) return (await scheme.withoutPlatform()).importVerifier(jwk)
  return (data, signature) => crypto.subtle.verify(scheme.use, key, signature as BufferSource, data as BufferSource)
}

export async function importSigner(scheme: PlatformScheme, jwk: PrivateKeyMembers, _where?: Where): Promise<SignBytes> {
  const key = await platformKey(scheme, jwk, 'sign')
  if (key === undefined) return (await scheme.withoutPlatform()).importSigner(jwk)
  return async (data) => new Uint8Array(await crypto.subtle.sign(scheme.use, key, data as BufferSource))
}

/**
 * Undefined where the runtime cannot do it: outside a secure context there is no `subtle`, and not every one has Ed25519.
 * @throws where it can, and the key is wrong
 */
async function platformKey(scheme: PlatformScheme, jwk: KeyMembers, use: 'sign' | 'verify'): Promise<CryptoKey | undefined> {
  // Typed as always there; over plain HTTP it is not.
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle
  if (subtle === undefined) return undefined
  try {
    return await subtle.importKey('jwk', { ...jwk }, scheme.key, false, [use])
  } catch (error) {
    if (error instanceof Error && error.name === 'DataError') throw error
    return undefined
  }
}
