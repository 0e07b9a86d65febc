/** SM2 with SM3. No platform has it; its arithmetic is loaded on first use. */
import * as z from 'zod/mini'
import { about, Digest } from '../../base/schema.js'
import { defineAlgorithm } from './algorithm.js'
import { DEFAULT_SIGNER_ID } from './signer-id.js'

export { DEFAULT_SIGNER_ID }

export const sm2 = defineAlgorithm({
  // Not registered with IANA; the names of GM/T 0125, as implementations cite it.
  alg: 'SGD_SM3_SM2',
  shortName: 'SM2',
  spellings: ['SM2', 'SM2SM3', 'SM2-SM3', 'SM3SM2', 'SM3withSM2', 'SM3WithSM2', '1.2.156.10197.1.501', '0x00020201'],
  curveSpellings: ['SM2', 'sm2', 'sm2p256v1', 'SM2P256V1', 'curveSM2', 'CurveSM2', '1.2.156.10197.1.301'],
  basis: 'GM/T 0125.1—2022; GB/T 32918.2—2016',
  signatureLength: 64,
  cost: 10,
  members: {
    kty: z.literal('EC'),
    crv: z.literal('SM2-P-256'),
    x: Digest,
    y: Digest,
    distid: about(
      z.optional(z.string().check(z.minLength(1), z.maxLength(64), z.regex(/^[!-~]+$/))),
      '签名者可辨别标识，缺省 1234567812345678',
      'Distinguishing identifier of the signer, 1234567812345678 where absent',
      'GB/T 32918.2—2016 §5.1; GM/T 0009—2012 §10',
    ),
  },
  defaults: { distid: DEFAULT_SIGNER_ID },
  // Not with the runtime's `crypto`: with a key on this curve it signs plain ECDSA, or uses an empty signer id; it verifies its own
  // signatures, but no conforming system does.
  arithmetic: {
    importVerifier: async (jwk) => (await import('./sm2-arithmetic.js')).importVerifier(jwk),
    importSigner: async (jwk) => (await import('./sm2-arithmetic.js')).importSigner(jwk),
  },
  generate: async () => (await import('./sm2-arithmetic.js')).generate(),
})
