/** ECDSA on P-256 with SHA-256. */
import * as z from 'zod/mini'
import { Digest } from '../../base/schema.js'
import { defineAlgorithm } from './algorithm.js'

export const es256 = defineAlgorithm({
  alg: 'ES256',
  shortName: 'ES256',
  basis: 'RFC 7518 §3.4',
  signatureLength: 64,
  cost: 1,
  members: { kty: z.literal('EC'), crv: z.literal('P-256'), x: Digest, y: Digest },
  arithmetic: {
    key: { name: 'ECDSA', namedCurve: 'P-256' },
    use: { name: 'ECDSA', hash: 'SHA-256' },
    digest: 'sha256',
    withoutPlatform: () => import('./es256-arithmetic.js'),
  },
})
