// Why this exists: a key accepted in a loose form, off its curve or with its private half is trusted without a known owner.
import { Buffer } from 'node:buffer'
import { createECDH, createHash } from 'node:crypto'
import type { AlgorithmName, PrivateJwk } from 'tongheng/envelope'
import { describe, expect, it } from 'vitest'
import { isEdwardsPoint } from '../../src/envelope/algorithms/ed25519.js'
import { faultOf, faultOfAsync } from '../base/fault.js'
import { readJson, vectorFile } from '../support/vectors.js'
import { envelopeTwins } from './envelope-twins.js'

const ZERO = 'A'.repeat(43)
/** RFC 7515 appendix A.3. */
const EC = {
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
} as const
const EC_PRIVATE = 'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI'
/** RFC 8037 appendix A. */
const ED = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' } as const
const ED_PRIVATE = 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A'
const ED_THUMBPRINT = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k'

const P = 2n ** 255n - 19n
const little = (value: bigint, sign = 0): Buffer => {
  const bytes = Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse()
  bytes[31] = (bytes[31] as number) | (sign << 7)
  return bytes
}

const REFUSED: readonly (readonly [string, unknown])[] = [
  ['nothing', undefined],
  ['null', null],
  ['a text', JSON.stringify(EC)],
  ['an array', [EC]],
  ['no members', {}],
  ['no kty', { crv: EC.crv, x: EC.x, y: EC.y }],
  ['no crv', { kty: EC.kty, x: EC.x, y: EC.y }],
  ['no x', { kty: EC.kty, crv: EC.crv, y: EC.y }],
  ['no y', { kty: EC.kty, crv: EC.crv, x: EC.x }],
  ['a y on an Edwards curve', { ...ED, y: EC.y }],
  ['a private member', { ...EC, d: EC_PRIVATE }],
  ['a private member, Ed25519', { ...ED, d: ED_PRIVATE }],
  ['alg', { ...EC, alg: 'ES256' }],
  ['use', { ...EC, use: 'sig' }],
  ['kid', { ...EC, kid: ZERO }],
  ['key_ops', { ...ED, key_ops: ['verify'] }],
  ['x5c', { ...EC, x5c: [] }],
  ['another kty', { ...EC, kty: 'ec' }],
  ['RSA', { kty: 'RSA', n: EC.x, e: 'AQAB' }],
  ['a symmetric key', { kty: 'oct', k: EC.x }],
  ['P-384', { ...EC, crv: 'P-384' }],
  ['secp256k1', { ...EC, crv: 'secp256k1' }],
  ['an SM2 curve nobody names so', { ...EC, crv: 'SM2-256' }],
  ['an empty signer identity', { ...EC, crv: 'SM2-P-256', distid: '' }],
  ['a signer identity on another curve', { ...EC, distid: '1234567812345678' }],
  ['a signer identity of other than printable ASCII', { ...EC, crv: 'SM2-P-256', distid: '机构' }],
  ['a signer identity of 65 characters', { ...EC, crv: 'SM2-P-256', distid: 'a'.repeat(65) }],
  ['X25519', { ...ED, crv: 'X25519' }],
  ['Ed448', { ...ED, crv: 'Ed448' }],
  ['the curve of the other kty', { ...ED, crv: 'P-256' }],
  ['x of 31 octets', { ...EC, x: EC.x.slice(0, 42) }],
  ['x of 33 octets', { ...EC, x: `${EC.x}A` }],
  ['x with a leading zero octet', { ...EC, x: Buffer.concat([Buffer.alloc(1), Buffer.from(EC.x, 'base64url')]).toString('base64url') }],
  ['x with padding', { ...EC, x: `${EC.x}=` }],
  ['x with unused bits', { ...EC, x: `${EC.x.slice(0, 42)}V` }],
  ['x in the other alphabet', { ...EC, x: EC.x.replace(/_|-/g, '+') === EC.x ? `+${EC.x.slice(1)}` : EC.x.replace(/_|-/g, '+') }],
  ['x in hexadecimal', { ...EC, x: Buffer.from(EC.x, 'base64url').toString('hex') }],
  ['x as a number', { ...EC, x: 1 }],
  ['x as bytes', { ...EC, x: Buffer.from(EC.x, 'base64url') }],
  ['x of a character with the same low byte', { ...EC, x: String.fromCharCode(EC.x.charCodeAt(0) + 256) + EC.x.slice(1) }],
  ['x of Ed25519 with unused bits', { ...ED, x: `${ED.x.slice(0, 42)}p` }],
]
/** Well-formed JWKs that are not valid keys. */
const OFF_CURVE: readonly (readonly [string, unknown])[] = [
  ['the origin', { ...EC, x: ZERO, y: ZERO }],
  ['a point of P-256 said to be of SM2', { ...EC, crv: 'SM2-P-256' }],
  ['the origin, on SM2', { ...EC, crv: 'SM2-P-256', x: ZERO, y: ZERO }],
  ['a point with its coordinates exchanged', { ...EC, x: EC.y, y: EC.x }],
  ['a point with one bit changed', { ...EC, y: `y${EC.y.slice(1)}` }],
  [
    'coordinates beyond the field',
    { ...EC, x: Buffer.alloc(32, 255).toString('base64url'), y: Buffer.alloc(32, 255).toString('base64url') },
  ],
  ['an Edwards y without an x', { ...ED, x: little(2n).toString('base64url') }],
  ['an Edwards y beyond the field', { ...ED, x: little(P + 3n).toString('base64url') }],
  ['the neutral element', { ...ED, x: little(1n).toString('base64url') }],
  ['a point of order 2', { ...ED, x: little(P - 1n).toString('base64url') }],
  ['a point of order 4', { ...ED, x: ZERO }],
  [
    'a point of order 8',
    { ...ED, x: Buffer.from('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a', 'hex').toString('base64url') },
  ],
]

describe.each(envelopeTwins)('keys %s', (_, envelope) => {
  const { createSigner, generateKey, importKey, parsePrivateJwk, parsePublicJwk, PublicJwk, publicPart, thumbprint } = envelope

  it('are accepted on the two curves, in strict form', async () => {
    for (const [jwk, alg] of [
      [EC, 'ES256'],
      [ED, 'Ed25519'],
    ] as const) {
      expect(parsePublicJwk(jwk)).toEqual(jwk)
      expect(PublicJwk.safeParse(jwk).success).toBe(true)
      expect(await importKey({ ...jwk })).toMatchObject({ alg, jwk, kid: await thumbprint(jwk) })
    }
  })

  it.each(REFUSED)('are refused with %s', async (_title, jwk) => {
    expect(faultOf(() => parsePublicJwk(jwk))).toEqual({ code: 'key.invalid', details: {} })
    expect(await faultOfAsync(() => importKey(jwk))).toEqual({ code: 'key.invalid', details: {} })
  })

  it.each(OFF_CURVE)('are refused where they are %s', async (_title, jwk) => {
    expect(parsePublicJwk(jwk)).toEqual(jwk)
    expect(await faultOfAsync(() => importKey(jwk))).toEqual({ code: 'key.invalid', details: {} })
  })

  it('are refused without detail: a private member is never quoted', async () => {
    for (const read of [() => importKey({ ...EC, d: EC_PRIVATE, x: 1 }), async () => parsePrivateJwk({ ...EC, x: 1, d: EC_PRIVATE })]) {
      const error = await read().then(
        () => expect.unreachable('admitted'),
        (thrown: unknown) => thrown as Error,
      )
      expect(`${error.message} ${JSON.stringify(error)} ${String(error.cause)} ${JSON.stringify(error.cause)}`).not.toContain(EC_PRIVATE)
    }
  })

  describe('thumbprint', () => {
    it('is that of RFC 8037 appendix A.3, with and without the private half', async () => {
      expect(await thumbprint(ED)).toBe(ED_THUMBPRINT)
      expect(await thumbprint({ ...ED, d: ED_PRIVATE })).toBe(ED_THUMBPRINT)
    })

    it('is SHA-256 over the required members in their order (RFC 7638 §3)', async () => {
      const canonical = `{"crv":"P-256","kty":"EC","x":"${EC.x}","y":"${EC.y}"}`
      expect(await thumbprint({ y: EC.y, x: EC.x, kty: 'EC', crv: 'P-256' })).toBe(
        createHash('sha256').update(canonical).digest('base64url'),
      )
    })
  })

  describe.each<AlgorithmName>(['ES256', 'Ed25519', 'SGD_SM3_SM2'])('generateKey %s', (alg) => {
    it('returns both halves in strict form, named by the thumbprint', async () => {
      const key = await generateKey(alg)
      expect(key.alg).toBe(alg)
      expect(key.kid).toBe(await thumbprint(key.publicJwk))
      expect(parsePublicJwk(key.publicJwk)).toEqual(key.publicJwk)
      expect(parsePrivateJwk(key.privateJwk)).toEqual(key.privateJwk)
      expect(publicPart(key.privateJwk)).toEqual(key.publicJwk)
      expect(Object.keys(key.publicJwk).sort()).toEqual(alg === 'Ed25519' ? ['crv', 'kty', 'x'] : ['crv', 'kty', 'x', 'y'])
      expect(await importKey(key.publicJwk)).toMatchObject({ alg, kid: key.kid })
    })

    it('returns another key each time', async () => {
      const kids = await Promise.all(Array.from({ length: 5 }, async () => (await generateKey(alg)).kid))
      expect(new Set(kids).size).toBe(5)
    })
  })

  it('are generated for ES256 by default', async () => {
    expect((await generateKey()).alg).toBe('ES256')
  })

  describe('createSigner', () => {
    it('signs under the thumbprint of the public half', async () => {
      const signer = await createSigner({ ...ED, d: ED_PRIVATE })
      expect(signer).toMatchObject({ alg: 'Ed25519', kid: ED_THUMBPRINT })
      expect(await createSigner({ ...EC, d: EC_PRIVATE })).toMatchObject({ alg: 'ES256', kid: await thumbprint(EC) })
    })

    const ec = createECDH('prime256v1')
    ec.setPrivateKey(Buffer.alloc(32, 9))
    const otherEd = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8'
    it.each<[string, unknown]>([
      ['whose halves belong to two keys', { ...EC, d: ec.getPrivateKey().toString('base64url') }],
      ['whose halves belong to two keys, Ed25519', { ...ED, d: otherEd }],
      ['whose private half is zero', { ...EC, d: ZERO }],
      ['whose private half is beyond the order', { ...EC, d: Buffer.alloc(32, 255).toString('base64url') }],
      ['whose point is off the curve', { ...EC, x: ZERO, d: EC_PRIVATE }],
      ['without its private half', EC],
      ['without its private half, Ed25519', ED],
      ['of another curve', { ...EC, crv: 'P-384', d: EC_PRIVATE }],
    ])('refuses a key %s', async (_title, key) => {
      expect(await faultOfAsync(() => createSigner(key as PrivateJwk))).toEqual({ code: 'key.invalid', details: {} })
    })
  })

  it.each<[string, unknown]>([
    ['a public key', EC],
    ['another member', { ...EC, d: EC_PRIVATE, alg: 'ES256' }],
    ['a short private half', { ...EC, d: EC_PRIVATE.slice(1) }],
    ['no object', null],
    ['a y on an Edwards curve', { ...ED, y: EC.y, d: ED_PRIVATE }],
  ])('are refused as private keys: %s', (_title, jwk) => {
    expect(faultOf(() => parsePrivateJwk(jwk))).toEqual({ code: 'key.invalid', details: {} })
  })
})

describe('isEdwardsPoint', () => {
  it('accepts about half of all y, each with both signs of x, as on the curve', () => {
    const admitted = Array.from({ length: 400 }, (_, n) => isEdwardsPoint(little(BigInt(n) + 2n)))
    expect(admitted.filter(Boolean).length).toBeGreaterThan(150)
    expect(admitted.filter(Boolean).length).toBeLessThan(250)
    for (let n = 2; n < 60; n++) expect(isEdwardsPoint(little(BigInt(n), 1))).toBe(isEdwardsPoint(little(BigInt(n))))
    // y = 4/5 is the base point.
    expect(isEdwardsPoint(Buffer.from('5866666666666666666666666666666666666666666666666666666666666666', 'hex'))).toBe(true)
  })

  it('refuses every y of p or more', () => {
    for (let n = 0n; n < 19n; n++) expect(isEdwardsPoint(little(P + n))).toBe(false)
  })
})

interface CctvVector {
  readonly key: string
  readonly flags: readonly string[] | null
}
describe('CCTV Ed25519 keys', () => {
  const vectors = readJson<readonly CctvVector[]>(vectorFile('cctv/ed25519vectors.json.gz'))

  it('are accepted unless of small order or non-canonical: 8 of 22', async () => {
    const keys = new Map(
      vectors.map(({ key, flags }) => [key, (flags ?? []).some((flag) => flag === 'low_order_A' || flag === 'non_canonical_A')]),
    )
    expect(keys.size).toBe(22)
    for (const [key, refused] of keys) {
      const bytes = Buffer.from(key, 'hex')
      expect([key, isEdwardsPoint(bytes)]).toEqual([key, !refused])
      for (const [, { importKey }] of envelopeTwins) {
        const admitted = await importKey({ kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') }).then(
          () => true,
          () => false,
        )
        expect([key, admitted]).toEqual([key, !refused])
      }
    }
    expect([...keys.values()].filter((refused) => !refused)).toHaveLength(8)
  })
})

interface RfcVectors {
  readonly thumbprint: readonly { readonly id: string; readonly jwk: { readonly kty: string }; readonly thumbprint: string }[]
}
describe('RFC thumbprints', () => {
  it('agree where the curve is supported, and a key of another kind is refused before it gets one', async () => {
    const vectors = readJson<RfcVectors>(vectorFile('rfc/rfc-vectors.json.gz')).thumbprint
    expect(vectors.map(({ id }) => id)).toEqual(['RFC8037-A.3', 'RFC7638-3.1'])
    for (const [, { importKey }] of envelopeTwins) {
      for (const { jwk, thumbprint } of vectors) {
        if (jwk.kty === 'OKP') expect((await importKey(jwk)).kid).toBe(thumbprint)
        else expect((await faultOfAsync(() => importKey(jwk))).code).toBe('key.invalid')
      }
    }
  })
})
