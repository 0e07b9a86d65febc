// Why this exists: an SM2 signature must be verifiable by other implementations and must not be malleable.
import { execFileSync } from 'node:child_process'
import { createHash, getHashes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { algorithmNamed, type PrivateJwk, type Sm2PrivateJwk } from 'tongheng/envelope'
import { describe, expect, it } from 'vitest'
import { sm2On } from '../../src/envelope/algorithms/sm2-arithmetic.js'
import { sm3 } from '../../src/envelope/algorithms/sm3.js'
import { faultOf } from '../base/fault.js'
import { run } from '../oracles/sm2.js'
import { vectorFile } from '../support/vectors.js'
import { envelopeTwins } from './envelope-twins.js'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const base64url = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url')
/** GB/T 32918.5—2017, annex A.2. */
const ANNEX: Sm2PrivateJwk = {
  kty: 'EC',
  crv: 'SM2-P-256',
  x: base64url('09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020'),
  y: base64url('ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13'),
  d: base64url('3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8'),
}
const R = 'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3'
const S = 'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa'
const SIGNATURE = Buffer.from(R + S, 'hex')
const N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n
const to64 = (value: bigint): string => value.toString(16).padStart(64, '0')

describe('SM3', () => {
  it('gives the digests of GB/T 32905—2016, annex A', () => {
    expect(Buffer.from(sm3(utf8('abc'))).toString('hex')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0')
    expect(Buffer.from(sm3(utf8('abcd'.repeat(16)))).toString('hex')).toBe(
      'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732',
    )
  })

  it.skipIf(!getHashes().includes('sm3'))('agrees with another library at every length over three blocks, in any chunks', () => {
    const data = Uint8Array.from({ length: 200 }, (_, i) => (i * 37) & 255)
    for (let length = 0; length <= data.length; length++) {
      const whole = data.subarray(0, length)
      const cut = length >> 1
      expect(Buffer.from(sm3(whole.subarray(0, cut), whole.subarray(cut))).toString('hex')).toBe(
        createHash('sm3').update(whole).digest('hex'),
      )
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), (bytes) => {
        expect(Buffer.from(sm3(bytes)).toString('hex')).toBe(createHash('sm3').update(bytes).digest('hex'))
      }),
    )
  })
})

describe('SM2 vectors', () => {
  it('all agree', async () => {
    const { lines, cases, leftOut } = await run(vectorFile('sm2/sm2-sm3-vectors.json.gz'))
    expect(lines).toEqual([])
    expect([cases, leftOut.size]).toEqual([23, 0])
  })
})

describe.each(envelopeTwins)('SM2 %s', (_, envelope) => {
  const { coSign, createSigner, generateKey, importKey, parseStatement, publicPart, signStatement, thumbprint, verifySignature } = envelope
  const annexKey = () => importKey(publicPart(ANNEX))

  it('verifies the example of the standard, and no changed form of it', async () => {
    const { verify, alg } = await annexKey()
    const message = utf8('message digest')
    expect(alg).toBe('SGD_SM3_SM2')
    expect(await verify(message, SIGNATURE)).toBe(true)
    expect(await verify(utf8('message digesu'), SIGNATURE)).toBe(false)
    const r = BigInt(`0x${R}`)
    const s = BigInt(`0x${S}`)
    const bent = {
      'r = 0': to64(0n) + S,
      's = 0': R + to64(0n),
      'r = n': to64(N) + S,
      's = n': R + to64(N),
      'r + n, a second spelling': to64((r + N) % (1n << 256n)) + S,
      's mirrored': R + to64(N - s),
      't = 0': R + to64(N - r),
      exchanged: S + R,
      'all ones': 'f'.repeat(128),
    }
    for (const [title, hex] of Object.entries(bent)) expect([title, await verify(message, Buffer.from(hex, 'hex'))]).toEqual([title, false])
    for (const length of [0, 1, 32, 63, 65, 70, 128])
      expect(await verify(message, Buffer.concat([SIGNATURE, SIGNATURE]).subarray(0, length))).toBe(false)
  })

  it('creates signatures that it verifies, each with a new nonce and with the distid of the key', async () => {
    const signer = await createSigner(ANNEX)
    const key = await annexKey()
    const one = await signer.sign(utf8('x'))
    const two = await signer.sign(utf8('x'))
    expect(Buffer.compare(one, two)).not.toBe(0)
    expect([one.length, await key.verify(utf8('x'), one), await key.verify(utf8('x'), two)]).toEqual([64, true, true])
    const renamed = { ...ANNEX, distid: 'ALICE123@YAHOO.COM' }
    const other = await importKey(publicPart(renamed))
    expect(await other.verify(utf8('x'), one)).toBe(false)
    expect(await key.verify(utf8('x'), await (await createSigner(renamed)).sign(utf8('x')))).toBe(false)
    expect(await other.verify(utf8('x'), await (await createSigner(renamed)).sign(utf8('x')))).toBe(true)
    const spelt = await importKey({ ...publicPart(ANNEX), distid: '1234567812345678' })
    expect(await spelt.verify(utf8('x'), one)).toBe(true)
  })

  it.each(['SM2', 'sm2p256v1', 'curveSM2', '1.2.156.10197.1.301'])('reads a key file that calls the curve %s', async (crv) => {
    const key = await importKey({ ...publicPart(ANNEX), crv })
    expect(key.jwk.crv).toBe('SM2-P-256')
    expect(key.kid).toBe(await thumbprint(ANNEX))
  })

  it.each<[string, Partial<Sm2PrivateJwk>]>([
    ['of zero', { d: 'A'.repeat(43) }],
    ['of n − 1, which has no inverse', { d: base64url(to64(N - 1n)) }],
    ['beyond the order', { d: base64url('f'.repeat(64)) }],
    ['of another point', { d: base64url(to64(7n)) }],
  ])('refuses a private key %s', async (_title, change) => {
    await expect(createSigner({ ...ANNEX, ...change } as PrivateJwk)).rejects.toMatchObject({ code: 'key.invalid' })
  })

  it('signs a statement beside ES256: two signatures, one id; neither is accepted as the other', async () => {
    const [es, sm] = [await generateKey('ES256'), await generateKey('SGD_SM3_SM2')]
    const typ = 'metrology-record+jwt'
    const first = await signStatement({ iss: 'x' }, { typ, signer: await createSigner(es.privateJwk) })
    const second = await coSign(first, { typ, signer: await createSigner(sm.privateJwk) })
    const [a, b] = [parseStatement(first, typ), parseStatement(second, typ)]
    expect([a.alg, b.alg, a.id === b.id]).toEqual(['ES256', 'SGD_SM3_SM2', true])
    const [esKey, smKey] = [await importKey(es.publicJwk), await importKey(sm.publicJwk)]
    expect(await Promise.all([verifySignature(a, esKey), verifySignature(b, smKey)])).toEqual([true, true])
    expect(await Promise.all([verifySignature(a, smKey), verifySignature(b, esKey)])).toEqual([false, false])
  })
})

it('algorithmNamed reads every common name of SM2, and returns the one used in statements', () => {
  expect(['SM2', 'SM3withSM2', 'SM3WithSM2', '1.2.156.10197.1.501', 'SGD_SM3_SM2', 'ES256'].map(algorithmNamed)).toEqual([
    ...Array.from({ length: 5 }, () => 'SGD_SM3_SM2'),
    'ES256',
  ])
  expect(['Ed25519', 'EdDSA'].map(algorithmNamed)).toEqual(['Ed25519', 'Ed25519'])
  expect(['', 'sm4', 'none', 'HS256', 'Ed448', 'eddsa'].map(algorithmNamed)).toEqual(Array.from({ length: 6 }, () => undefined))
})

describe('rawSignature', () => {
  const [, { rawSignature }] = envelopeTwins[0] as (typeof envelopeTwins)[number]
  const der = (hex: string): Uint8Array => Buffer.from(hex, 'hex')

  it('reads the DER signature of a device', () => {
    expect(Buffer.from(rawSignature(der(`3046022100${R}022100${S}`))).toString('hex')).toBe(R + S)
    expect(Buffer.from(rawSignature(der('3006020105020107'))).toString('hex')).toBe(to64(5n) + to64(7n))
  })

  it.each([
    ['nothing', ''],
    ['r‖s already', R + S],
    ['a byte after the end', '300602010502010700'],
    ['a negative integer', '3006020185020107'],
    ['a needless zero', '300702020005020107'],
    ['a length in the long form', '30810602010502010 7'.replace(' ', '')],
    ['an integer of 33 octets', `3027022101${R}02020107`],
    ['cut short', '30060201050201'],
  ])('refuses %s', (_title, hex) => {
    expect(faultOf(() => rawSignature(der(hex))).code).toBe('signer.der')
  })
})

const openssl = ((): boolean => {
  try {
    return execFileSync('openssl', ['list', '-public-key-algorithms'], { stdio: ['ignore', 'pipe', 'ignore'] }).includes('SM2')
  } catch {
    return false
  }
})()

describe.skipIf(!openssl)('SM2 against the openssl command (skipped: not installed)', () => {
  const [, envelope] = envelopeTwins[0] as (typeof envelopeTwins)[number]
  const { createSigner, importKey, publicPart, rawSignature } = envelope

  it.each([undefined, 'LAB-510100'])('each verifies what the other signed: distid %s', async (distid) => {
    const folder = mkdtempSync(join(tmpdir(), 'tongheng-sm2-'))
    const file = (name: string): string => join(folder, name)
    const id = ['-pkeyopt', `distid:${distid ?? '1234567812345678'}`]
    const run = (...args: string[]): string => execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    try {
      run('genpkey', '-algorithm', 'SM2', '-out', file('key.pem'))
      const text = run('pkey', '-in', file('key.pem'), '-text', '-noout').replace(/\s|:/g, '')
      const [, priv, pub] = /priv([0-9a-f]+)pub04([0-9a-f]{128})/.exec(text) as unknown as [string, string, string]
      const jwk: Sm2PrivateJwk = {
        ...ANNEX,
        x: base64url(pub.slice(0, 64)),
        y: base64url(pub.slice(64)),
        d: base64url(priv.slice(-64).padStart(64, '0')),
        ...(distid && { distid }),
      }
      const message = utf8('检定证书 F01')
      writeFileSync(file('message'), message)

      run('pkeyutl', '-sign', '-inkey', file('key.pem'), '-rawin', '-digest', 'sm3', ...id, '-in', file('message'), '-out', file('theirs'))
      const theirs = rawSignature(readFileSync(file('theirs')))
      expect(await (await importKey(publicPart(jwk))).verify(message, theirs)).toBe(true)

      const ours = Buffer.from(await (await createSigner(jwk)).sign(message))
      const integer = (octets: Buffer): Buffer => {
        const trimmed = octets.subarray(octets.findIndex((octet) => octet !== 0))
        const value = (trimmed[0] as number) > 127 ? Buffer.concat([Buffer.alloc(1), trimmed]) : trimmed
        return Buffer.concat([Buffer.of(2, value.length), value])
      }
      const body = Buffer.concat([integer(ours.subarray(0, 32)), integer(ours.subarray(32))])
      writeFileSync(file('ours'), Buffer.concat([Buffer.of(0x30, body.length), body]))
      const verified = run(
        'pkeyutl',
        '-verify',
        '-inkey',
        file('key.pem'),
        '-rawin',
        '-digest',
        'sm3',
        ...id,
        '-in',
        file('message'),
        '-sigfile',
        file('ours'),
      )
      expect(verified).toContain('Verified Successfully')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

it('draws another nonce if the first is not usable (GB/T 32918.2 §6.1)', () => {
  const scheme = sm2On({
    p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
    a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
    b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
    n: N,
    gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
    gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
  })
  const k = 5n
  const { x } = scheme.publicPoint(k)
  expect(scheme.sign(9n, N - (x % N), k)).toBeUndefined()
  expect(scheme.sign(9n, 2n * N - (x % N) - k, k)).toBeUndefined()
  expect(scheme.sign(9n, 1n, k)).toHaveLength(64)
})
