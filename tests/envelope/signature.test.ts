// Why this exists: verification runs through two modules, one synchronous and one not; third-party vectors hold both to the same answers.
import { Buffer } from 'node:buffer'
import { availableParallelism } from 'node:os'
import type { PrivateJwk, PublicJwk } from 'tongheng/envelope'
import { describe, expect, it, vi } from 'vitest'
import * as portable from '../../src/envelope/signature.js'
import * as node from '../../src/envelope/signature.node.js'
import { readJson, vectorFile } from '../support/vectors.js'
import { envelopeTwins } from './envelope-twins.js'

/** RFC 7515 appendix A.3, and RFC 8037 appendix A with the algorithm name of RFC 9864. */
const EC = {
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
} as const
const ED = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' } as const
const ED_PRIVATE = { ...ED, d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A' } as const
const EC_PRIVATE = { ...EC, d: 'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI' } as const

/** The parameters that the algorithm files pass to the platform. */
const schemes = await schemesOfAlgorithms()

async function schemesOfAlgorithms() {
  const handed: Partial<Record<'ES256' | 'Ed25519', Parameters<typeof node.importVerifier>[0]>> = {}
  vi.resetModules()
  vi.doMock('#signature', () => ({ ...node, importVerifier: async (scheme: never) => scheme }))
  const { rowOf } = await import('../../src/envelope/algorithms/index.js')
  for (const [alg, key] of [
    ['ES256', EC],
    ['Ed25519', ED],
  ] as const)
    handed[alg] = (await rowOf(key)?.importVerifier(key)) as never
  vi.doUnmock('#signature')
  vi.resetModules()
  return handed as Required<typeof handed>
}

type Platform = typeof node
const by = ({ importVerifier, importSigner }: Platform, execution?: 'threadPool') => ({
  importVerifier: async (alg: 'ES256' | 'Ed25519', jwk: PublicJwk) => {
    const verify = await importVerifier(schemes[alg], jwk)
    return execution === undefined ? verify : (data: Uint8Array, signature: Uint8Array) => verify(data, signature, execution)
  },
  importSigner: (alg: 'ES256' | 'Ed25519', jwk: PrivateJwk) => importSigner(schemes[alg], jwk, execution),
})
const onNode = by(node)
const twins = [
  ['on Node', onNode],
  // The path used by nodes and by batch verification.
  ['on other threads of Node', by(node, 'threadPool')],
  ['portably', by(portable)],
  [
    'by the library alone',
    by({
      importVerifier: async ({ withoutPlatform }, jwk) => (await withoutPlatform()).importVerifier(jwk),
      importSigner: async ({ withoutPlatform }, jwk) => (await withoutPlatform()).importSigner(jwk),
    }),
  ],
] as const
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('the two implementations', () => {
  it('export the same functions', () => {
    expect(Object.keys(node).sort()).toEqual(Object.keys(portable).sort())
  })

  it.each(twins)('sign r‖s of 64 octets, and the same Ed25519 signature each time: %s', async (_, { importSigner }) => {
    const [es, ed] = [await importSigner('ES256', EC_PRIVATE), await importSigner('Ed25519', ED_PRIVATE)]
    expect(await es(utf8('x'))).toHaveLength(64)
    expect(Buffer.from(await ed(utf8('x')))).toEqual(Buffer.from(await ed(utf8('x'))))
    const input = 'eyJhbGciOiJFZDI1NTE5In0.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc'
    expect(Buffer.from(await ed(utf8(input))).toString('base64url')).toBe(
      'UxhIYLHGg39NVCLpQAVD_UcfOmnGSCzLFZoXYkLiIbFccmOb_qObsgjzLKsfJw-4NlccUgvYrEHrRbNV0HcZAQ',
    )
  })

  it('answer synchronously on Node, unless the thread pool is requested and a processor is free', async () => {
    const signature = await (await onNode.importSigner('ES256', EC_PRIVATE))(utf8('x'))
    const verify = await node.importVerifier(schemes.ES256, EC)
    expect([verify(utf8('x'), signature), verify(utf8('x'), signature, 'inline')]).toEqual([true, true])
    const answer = verify(utf8('x'), signature, 'threadPool')
    expect(answer instanceof Promise).toBe(availableParallelism() > 1)
    expect(await answer).toBe(true)
  })

  it('verify each other’s signatures, whatever the data', async () => {
    for (const [alg, publicJwk, privateJwk] of [
      ['ES256', EC, EC_PRIVATE],
      ['Ed25519', ED, ED_PRIVATE],
    ] as const) {
      for (const [, signing] of twins) {
        const sign = await signing.importSigner(alg, privateJwk)
        for (const [, verifying] of twins) {
          const verify = await verifying.importVerifier(alg, publicJwk)
          for (const data of [new Uint8Array(), utf8('四川😀'), new Uint8Array(100_000)]) {
            const signature = await sign(data)
            expect(await verify(data, signature)).toBe(true)
            expect(await verify(Uint8Array.of(...data.slice(0, 10), 1), signature)).toBe(false)
          }
        }
      }
    }
  })

  it.each(twins)('return false, and never throw, for a signature of any length: %s', async (_, { importVerifier }) => {
    for (const [alg, jwk] of [
      ['ES256', EC],
      ['Ed25519', ED],
    ] as const) {
      const verify = await importVerifier(alg, jwk)
      for (const length of [0, 1, 31, 32, 63, 64, 65, 70, 71, 72, 127, 128, 1000]) {
        for (const fill of [0, 1, 0x30, 255]) expect(await verify(utf8('x'), new Uint8Array(length).fill(fill))).toBe(false)
      }
    }
  })

  it.each(twins)('refuse DER, whole and cut to 64 octets: %s', async (_, { importSigner, importVerifier }) => {
    const signature = Buffer.from(await (await importSigner('ES256', EC_PRIVATE))(utf8('x')))
    const integer = (bytes: Buffer): Buffer => {
      const value = (bytes[0] as number) > 127 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes
      return Buffer.concat([Buffer.of(2, value.length), value])
    }
    const body = Buffer.concat([integer(signature.subarray(0, 32)), integer(signature.subarray(32))])
    const der = Buffer.concat([Buffer.of(0x30, body.length), body])
    const verify = await importVerifier('ES256', EC)
    expect(await verify(utf8('x'), signature)).toBe(true)
    for (const wrong of [der, der.subarray(0, 64), der.subarray(-64)]) expect(await verify(utf8('x'), wrong)).toBe(false)
  })
})

interface RfcVectors {
  readonly jws: readonly {
    readonly id: string
    readonly jwk: { readonly kty: string; readonly crv?: string } | null
    readonly jws: string
    readonly result: string
  }[]
}
describe('JWS of the RFCs', () => {
  const vectors = readJson<RfcVectors>(vectorFile('rfc/rfc-vectors.json.gz')).jws
  const ours = vectors.filter(({ jwk }) => jwk?.crv === 'P-256' || jwk?.crv === 'Ed25519')

  it.each(twins)('have signatures that verify, where the curve is supported: %s', async (_, { importVerifier }) => {
    for (const { id, jwk, jws, result } of ours) {
      const alg = jwk?.crv === 'P-256' ? 'ES256' : 'Ed25519'
      const verify = await importVerifier(alg, jwk as PublicJwk)
      const [input, signature] = [jws.slice(0, jws.lastIndexOf('.')), jws.slice(jws.lastIndexOf('.') + 1)]
      expect([id, await verify(utf8(input), Buffer.from(signature, 'base64url'))]).toEqual([id, result === 'valid'])
    }
    expect(ours).toHaveLength(4)
  })

  it.each(envelopeTwins)('are no statements, because none states a type: %s', (_, { parseStatement }) => {
    for (const { jws } of vectors) expect(() => parseStatement(jws, 'metrology-record+jwt')).toThrow(/\[(alg|header|typ|format|crit)\./)
    expect(vectors).toHaveLength(8)
  })
})

interface Wycheproof {
  readonly numberOfTests: number
  readonly testGroups: readonly {
    readonly publicKeyJwk?: { readonly kty: string; readonly crv: string; readonly x: string; readonly y?: string }
    readonly publicKey: { readonly wx?: string; readonly wy?: string; readonly pk?: string }
    readonly tests: readonly {
      readonly tcId: number
      readonly comment: string
      readonly msg: string
      readonly sig: string
      readonly result: 'valid' | 'invalid' | 'acceptable'
    }[]
  }[]
}
const hex = (text: string): Buffer => Buffer.from(text, 'hex')
/** A coordinate as 32 octets; the vector files write it with a sign octet or without leading zeros. */
const coordinate = (text: string): string => hex(text.padStart(64, '0').slice(-64)).toString('base64url')
const FILES = [
  { file: 'wycheproof/ecdsa_secp256r1_sha256_p1363_test.json.gz', alg: 'ES256', counts: { valid: 173, invalid: 89 } },
  { file: 'wycheproof/ed25519_test.json.gz', alg: 'Ed25519', counts: { valid: 88, invalid: 63 } },
] as const

describe.each(FILES)('Wycheproof $alg', ({ file, alg, counts }) => {
  const groups = readJson<Wycheproof>(vectorFile(file)).testGroups
  const jwkOf = ({ wx, wy, pk }: Wycheproof['testGroups'][number]['publicKey']): PublicJwk =>
    alg === 'ES256'
      ? { kty: 'EC', crv: 'P-256', x: coordinate(wx as string), y: coordinate(wy as string) }
      : { kty: 'OKP', crv: 'Ed25519', x: hex(pk as string).toString('base64url') }

  it('contains only valid and invalid cases, and none that is merely acceptable', () => {
    const results = groups.flatMap(({ tests }) => tests.map(({ result }) => result))
    expect(
      Object.fromEntries(['valid', 'invalid', 'acceptable'].map((result) => [result, results.filter((each) => each === result).length])),
    ).toEqual({
      ...counts,
      acceptable: 0,
    })
  })

  it.each(twins)('agrees in every case: %s', async (_, { importVerifier }) => {
    let cases = 0
    for (const { publicKey, tests } of groups) {
      const verify = await importVerifier(alg, jwkOf(publicKey))
      for (const { tcId, comment, msg, sig, result } of tests) {
        expect([tcId, comment, await verify(hex(msg), hex(sig))]).toEqual([tcId, comment, result === 'valid'])
        cases++
      }
    }
    expect(cases).toBe(counts.valid + counts.invalid)
  })

  it.each(envelopeTwins)('has only keys that are accepted: %s', async (_, { importKey }) => {
    const refused: string[] = []
    for (const { publicKey } of groups) {
      const jwk = jwkOf(publicKey)
      await importKey(jwk).catch(() => refused.push(jwk.x))
    }
    expect(groups.length).toBeGreaterThan(50)
    expect(refused).toEqual([])
  })
})
