/** Definition of an algorithm: names, JWK members, key import, signing and verification. */
import * as z from 'zod/mini'
import * as platform from '#signature'
import { Digest } from '../../base/schema.js'
import type { Execution, KeyMembers, PlatformScheme, PrivateKeyMembers, SignBytes, VerifyBytes } from '../signature.js'
import type { AlgorithmName } from './index.js'

/** A signature algorithm: its names, its key, the length of its signatures. */
export interface Algorithm<Alg extends string = AlgorithmName> {
  /** JOSE name. */
  readonly alg: Alg
  /** Common name, as on the command line. */
  readonly shortName: string
  readonly kty: 'EC' | 'OKP'
  readonly crv: string
  /** Octets of the signature: r‖s (RFC 7518 §3.4), or the EdDSA signature (RFC 8037 §3.1). */
  readonly signatureLength: number
  readonly basis: string
  /** Approximate cost of verifying a signature, relative to ES256 by the platform. */
  readonly cost: number
}

/** Signing and verification with a well-formed key of the algorithm. */
interface Arithmetic {
  /** @throws if the key is not on its curve */
  importVerifier(jwk: KeyMembers): VerifyBytes | Promise<VerifyBytes>
  /** @throws if the key is out of range */
  importSigner(jwk: PrivateKeyMembers, execution?: Execution): SignBytes | Promise<SignBytes>
}

/** Properties of an algorithm beside its key. */
interface Facts {
  /** Other names accepted in the header of a statement; our own statements never use them. */
  readonly inHeaders?: readonly string[]
  /** Other names used in key files and manuals of signing devices; never accepted in a statement. */
  readonly spellings?: readonly string[]
  readonly curveSpellings?: readonly string[]
  /** Default values of optional members of the key; stating the default does not change the key. */
  readonly defaults?: Readonly<Record<string, string>>
  /** True if a well-formed key can be trusted; runtimes do not check this. */
  readonly isAdmissible?: (jwk: KeyMembers) => boolean
  /** Generates a private key if the runtime (WebCrypto) cannot. */
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
  /** The runtime's scheme, or our own arithmetic for an algorithm that no runtime has. */
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

/** Uses the runtime's cryptography: the `imports` of package.json select the module `#signature`. */
const byPlatform = (scheme: PlatformScheme): Arithmetic => ({
  importVerifier: (jwk) => platform.importVerifier(scheme, jwk),
  importSigner: (jwk, execution) => platform.importSigner(scheme, jwk, execution),
})
