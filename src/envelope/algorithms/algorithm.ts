/** What an algorithm is made of: names, the key as JWK, how keys are imported, how signatures are made and verified. */
import * as z from 'zod/mini'
import * as platform from '#signature'
import { Digest } from '../../base/schema.js'
import type { KeyMembers, PlatformScheme, PrivateKeyMembers, SignBytes, VerifyBytes, Where } from '../signature.js'
import type { AlgorithmName } from './index.js'

/** A signature algorithm: its names, its key, the length of its signatures. */
export interface Algorithm<Alg extends string = AlgorithmName> {
  /** JOSE name. */
  readonly alg: Alg
  /** What people call it, as on the command line. */
  readonly shortName: string
  readonly kty: 'EC' | 'OKP'
  readonly crv: string
  /** Octets of the signature: r‖s (RFC 7518 §3.4), or the EdDSA signature (RFC 8037 §3.1). */
  readonly signatureLength: number
  readonly basis: string
  /** What a signature costs to verify, in signatures of ES256 by the platform, about. */
  readonly cost: number
}

/** How signatures are made and verified by a key that has the form of the algorithm. */
interface Arithmetic {
  /** @throws where the key is off its curve */
  importVerifier(jwk: KeyMembers): VerifyBytes | Promise<VerifyBytes>
  /** @throws where the key is out of range */
  importSigner(jwk: PrivateKeyMembers, where?: Where): SignBytes | Promise<SignBytes>
}

/** What is true of an algorithm beside its key. */
interface Facts {
  /** Other names for it in the header of a statement; a statement of ours never has them. */
  readonly inHeaders?: readonly string[]
  /** Other names that key files and the manuals of signing devices have for it. Never taken in a statement. */
  readonly spellings?: readonly string[]
  readonly curveSpellings?: readonly string[]
  /** What an optional member of the key is where it is absent; written out or not, the key is the same. */
  readonly defaults?: Readonly<Record<string, string>>
  /** Whether a key of the right form may be trusted; what no runtime asks. */
  readonly isAdmissible?: (jwk: KeyMembers) => boolean
  /** A new private key, where the runtime (WebCrypto) does not make one. */
  readonly generate?: () => Promise<object>
}

/** An algorithm as the envelope uses it. */
export interface AlgorithmRow<Alg extends string = AlgorithmName> extends Algorithm<Alg>, Facts, Arithmetic {
  /** Names of the members of a public key, in the order of RFC 7638 §3.2. */
  readonly keyMembers: readonly string[]
}

/** The members of a public key. */
export type Shape = { readonly kty: z.ZodMiniLiteral<'EC' | 'OKP'>; readonly crv: z.ZodMiniLiteral<string>; readonly x: typeof Digest }

interface Definition<Alg extends string, S extends Shape> extends Omit<Algorithm<Alg>, 'kty' | 'crv'>, Facts {
  /** The JWK of a public key; a private key has `d` too. */
  readonly members: S
  /** The runtime's scheme, or the arithmetic of an algorithm that no runtime has. */
  readonly arithmetic: PlatformScheme | Arithmetic
}

/** An algorithm and the schemas of its keys. */
export interface Defined<Alg extends string, S extends Shape> {
  readonly row: AlgorithmRow<Alg>
  readonly publicKey: z.ZodMiniObject<S, z.core.$strict>
  readonly privateKey: z.ZodMiniObject<S & { readonly d: typeof Digest }, z.core.$strict>
}

export function defineAlgorithm<const Alg extends string, S extends Shape>(definition: Definition<Alg, S>): Defined<Alg, S> {
  const { members, arithmetic, ...facts } = definition
  const row: AlgorithmRow<Alg> = {
    ...facts,
    kty: members.kty.def.values[0] as 'EC' | 'OKP',
    crv: members.crv.def.values[0] as string,
    keyMembers: Object.keys(members).sort(),
    ...('digest' in arithmetic ? byPlatform(arithmetic) : arithmetic),
  }
  return {
    row,
    publicKey: z.strictObject(members) as z.ZodMiniObject<S, z.core.$strict>,
    privateKey: z.strictObject({ ...members, d: Digest }) as z.ZodMiniObject<S & { readonly d: typeof Digest }, z.core.$strict>,
  }
}

/** By the runtime's own cryptography: the `imports` of package.json decide which module `#signature` is. */
const byPlatform = (scheme: PlatformScheme): Arithmetic => ({
  importVerifier: (jwk) => platform.importVerifier(scheme, jwk),
  importSigner: (jwk, where) => platform.importSigner(scheme, jwk, where),
})
