/** Signatures with WebCrypto, for runtimes without `node:crypto`. The same exports as `signature.node.ts`. */

/** A well-formed public key. */
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

/** An algorithm that runtimes have: its names there, and our own arithmetic for a runtime without it. */
export interface PlatformScheme {
  /** Parameters of WebCrypto for importing a key. */
  readonly key: { readonly name: string; readonly namedCurve?: string }
  /** Parameters of WebCrypto for signing and verifying. */
  readonly use: { readonly name: string; readonly hash?: string }
  /** Digest parameter of `node:crypto`; null if the algorithm fixes its own. */
  readonly digest: string | null
  readonly withoutPlatform: () => Promise<{
    importVerifier(jwk: KeyMembers): VerifyBytes
    importSigner(jwk: PrivateKeyMembers): SignBytes
  }>
}

/**
 * Where a signature is verified. `threadPool`: on the thread pool if the runtime has a spare thread, for callers with other work;
 * `inline`: synchronously if the runtime can, which is faster for a single signature.
 */
export type Execution = 'inline' | 'threadPool'

/** True if the signature over the data is by this key. Never throws for a malformed signature. */
export type VerifyBytes = (data: Uint8Array, signature: Uint8Array, execution?: Execution) => boolean | Promise<boolean>
export type SignBytes = (data: Uint8Array) => Promise<Uint8Array>

export async function importVerifier(scheme: PlatformScheme, jwk: KeyMembers): Promise<VerifyBytes> {
  const key = await platformKey(scheme, jwk, 'verify')
  if (key === undefined) return (await scheme.withoutPlatform()).importVerifier(jwk)
  return (data, signature) => crypto.subtle.verify(scheme.use, key, signature as BufferSource, data as BufferSource)
}

export async function importSigner(scheme: PlatformScheme, jwk: PrivateKeyMembers, _execution?: Execution): Promise<SignBytes> {
  const key = await platformKey(scheme, jwk, 'sign')
  if (key === undefined) return (await scheme.withoutPlatform()).importSigner(jwk)
  return async (data) => new Uint8Array(await crypto.subtle.sign(scheme.use, key, data as BufferSource))
}

/**
 * Undefined if the runtime cannot do it: outside a secure context there is no `subtle`, and not every runtime has Ed25519.
 * @throws if it can, and the key is invalid
 */
async function platformKey(scheme: PlatformScheme, jwk: KeyMembers, use: 'sign' | 'verify'): Promise<CryptoKey | undefined> {
  // Typed as always present, but absent over plain HTTP.
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle
  if (subtle === undefined) return undefined
  try {
    return await subtle.importKey('jwk', { ...jwk }, scheme.key, false, [use])
  } catch (error) {
    if (error instanceof Error && error.name === 'DataError') throw error
    return undefined
  }
}
