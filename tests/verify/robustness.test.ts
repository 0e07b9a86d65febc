// Why this exists: a peer may send any input. A changed signed text must not be recognised, and no input may make the verifier throw.
import fc from 'fast-check'
import { type Fixture, fixtures, send } from 'tongheng/testing'
import { decidingCheck } from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'
import { change, places } from '../records/change.ts'
import { anyText } from '../support/any-text.js'
import { answerTo, claimsOf, createWorld, forge, type World } from './world.ts'

interface Signed {
  readonly fixture: Fixture
  readonly statement: string
}
let world: World
let signed: Signed[]

beforeAll(async () => {
  world = await createWorld()
  signed = await Promise.all(Object.values(fixtures).map(async (fixture) => ({ fixture, statement: await send(world, fixture) })))
})

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n\u0000é计'
const anyFixture = fc.nat(Object.keys(fixtures).length - 1)
const character = fc.constantFrom(...ALPHABET)
/** Must not be recognised; a changed text of a genuine statement must also not be undecided. */
const expectRefused = async (text: string, { fixture }: Signed): Promise<void> => {
  const verdict = await answerTo(text, world.optionsFor(fixture))
  expect(verdict.outcome, text.slice(0, 80)).toBe('not-recognised')
  expect(verdict.issuer).toBeUndefined()
}
const mutations = (name: string, mutate: (statement: string, at: number, to: string) => string): void =>
  it(`with ${name} is never recognised`, async () => {
    await fc.assert(
      fc.asyncProperty(anyFixture, fc.nat(), character, async (which, at, to) => {
        const one = signed[which] as Signed
        const text = mutate(one.statement, at % one.statement.length, to)
        if (text !== one.statement) await expectRefused(text, one)
      }),
      { numRuns: 400 },
    )
  })

describe('a signed text', () => {
  mutations('one character replaced', (text, at, to) => text.slice(0, at) + to + text.slice(at + 1))
  mutations('one character left out', (text, at) => text.slice(0, at) + text.slice(at + 1))
  mutations('one character more', (text, at, to) => text.slice(0, at) + to + text.slice(at))
  mutations('its end cut off', (text, at) => text.slice(0, at))
  mutations('its beginning cut off', (text, at) => text.slice(at + 1))
  mutations('two characters exchanged', (text, at) => `${text.slice(0, at)}${text[at + 1] ?? ''}${text[at]}${text.slice(at + 2)}`)
  mutations('white space around it', (text, at) => (at % 2 === 0 ? ` ${text}` : `${text}\r\n`))
  mutations('a stretch of it doubled', (text, at) => text.slice(0, at) + text.slice(Math.max(0, at - 8)))

  it('with its segments in another order is never recognised', async () => {
    for (const one of signed) {
      const [a, b, c] = one.statement.split('.') as [string, string, string]
      for (const order of [
        [a, c, b],
        [b, a, c],
        [b, c, a],
        [c, a, b],
        [c, b, a],
        [a, b, b],
        [a, a, c],
        [a, b],
      ])
        await expectRefused(order.join('.'), one)
    }
  })

  it('with segments of another statement is never recognised', async () => {
    for (const [at, one] of signed.entries()) {
      const other = signed[(at + 1) % signed.length] as Signed
      const [a, b, c] = one.statement.split('.') as [string, string, string]
      const [x, y, z] = other.statement.split('.') as [string, string, string]
      for (const mixed of [
        [x, b, c],
        [a, y, c],
        [a, b, z],
        [x, y, c],
        [x, b, z],
      ].map((segments) => segments.join('.'))) {
        if (mixed !== one.statement && mixed !== other.statement) await expectRefused(mixed, one)
      }
    }
  })

  it('with any other header is never recognised, nor read as another algorithm or type', async () => {
    const members = fc.record(
      {
        alg: fc.constantFrom('none', 'HS256', 'ES384', 'Ed25519', 'ES256', 'es256'),
        typ: fc.constantFrom('JWT', 'metrology-request+jwt', 'metrology-trust-list+jwt', 'METROLOGY-RECORD+JWT'),
        kid: fc.oneof(fc.constant(''), fc.string(), fc.constantFrom(...Object.values(fixtures).map(({ signer }) => signer))),
        crit: fc.array(fc.string(), { maxLength: 2 }),
        b64: fc.boolean(),
        jwk: fc.constant({ kty: 'EC' }),
        x5c: fc.array(fc.string(), { maxLength: 1 }),
        extra: fc.jsonValue({ maxDepth: 2 }),
      },
      { requiredKeys: [] },
    )
    await fc.assert(
      fc.asyncProperty(anyFixture, members, async (which, changes) => {
        const one = signed[which] as Signed
        const [head, ...rest] = one.statement.split('.') as [string, string, string]
        const header = JSON.parse(Buffer.from(head, 'base64url').toString('utf8')) as object
        const changed = Buffer.from(JSON.stringify({ ...header, ...changes })).toString('base64url')
        if (changed !== head) await expectRefused([changed, ...rest].join('.'), one)
      }),
      { numRuns: 300 },
    )
  })

  it('with one bit flipped in any segment is never recognised', async () => {
    await fc.assert(
      fc.asyncProperty(anyFixture, fc.nat(2), fc.nat(), async (which, at, bit) => {
        const one = signed[which] as Signed
        const segments = one.statement.split('.')
        const bytes = Buffer.from(segments[at] as string, 'base64url')
        const turned = bit % (bytes.length * 8)
        bytes[turned >> 3] = (bytes[turned >> 3] as number) ^ (1 << (turned & 7))
        await expectRefused(segments.with(at, bytes.toString('base64url')).join('.'), one)
      }),
      { numRuns: 200 },
    )
  })

  it('with the same JSON in other octets is never recognised: the octets are signed', async () => {
    const ways: readonly ((json: string) => string)[] = [
      (json) => ` ${json}`,
      (json) => `${json}\n`,
      (json) => json.replace(':', ': '),
      (json) => JSON.stringify(JSON.parse(json), null, 1),
      (json) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(json) as object).reverse())),
      (json) => json.replace('"iss"', '"i\\u0073s"'),
      (json) => json.replace('{', '{"iss":"12510100450770010L",'),
      (json) => `\ufeff${json}`,
    ]
    for (const one of signed) {
      for (const at of [0, 1]) {
        const segments = one.statement.split('.')
        const json = Buffer.from(segments[at] as string, 'base64url').toString('utf8')
        for (const way of ways) {
          const text = segments.with(at, Buffer.from(way(json)).toString('base64url')).join('.')
          if (text !== one.statement) await expectRefused(text, one)
        }
      }
    }
  })

  it('with a claim beside its record changed, removed or added is never recognised', async () => {
    const name = fc.oneof(fc.constantFrom('iss', 'jti', 'iat', 'status', 'supersedes', 'exp', 'nbf', 'record'), fc.string())
    await fc.assert(
      fc.asyncProperty(anyFixture, name, fc.option(fc.jsonValue({ maxDepth: 2 }), { nil: undefined }), async (which, claim, to) => {
        const one = signed[which] as Signed
        const segments = one.statement.split('.')
        const claims = JSON.parse(Buffer.from(segments[1] as string, 'base64url').toString('utf8')) as object
        const changed = Buffer.from(JSON.stringify({ ...claims, [claim]: to })).toString('base64url')
        if (changed !== segments[1]) await expectRefused(segments.with(1, changed).join('.'), one)
      }),
      { numRuns: 150 },
    )
  })

  it('with the other root of its signature is the same statement, under the same id, and gives the same verdict', async () => {
    // Anyone can compute (r, n − s), which is also a valid signature, so nothing reported about a statement may depend on these octets.
    const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
    for (const { fixture, statement } of signed) {
      const [head, body, signature] = statement.split('.') as [string, string, string]
      const bytes = Buffer.from(signature, 'base64url')
      const other = (n - BigInt(`0x${bytes.subarray(32).toString('hex')}`)).toString(16).padStart(64, '0')
      const text = `${head}.${body}.${Buffer.concat([bytes.subarray(0, 32), Buffer.from(other, 'hex')]).toString('base64url')}`
      expect(text).not.toBe(statement)
      const [own, turned] = await Promise.all([statement, text].map((one) => answerTo(one, world.optionsFor(fixture))))
      expect(JSON.stringify(turned)).toBe(JSON.stringify(own))
    }
  })

  it('with any value of its record changed is never recognised', async () => {
    const all = Object.values(fixtures).flatMap((fixture, which) => [...places(fixture.record)].map(({ pointer }) => ({ which, pointer })))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...all), fc.jsonValue({ maxDepth: 1 }), async ({ which, pointer }, to) => {
        const one = signed[which] as Signed
        const [head, body, signature] = one.statement.split('.') as [string, string, string]
        const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as { record: unknown }
        const changed = Buffer.from(JSON.stringify({ ...claims, record: change(claims.record, [pointer, to]) })).toString('base64url')
        if (changed !== body) await expectRefused([head, changed, signature].join('.'), one)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a text that is no statement', () => {
  const judge = async (text: string): Promise<void> => {
    const verdict = await answerTo(text, world.optionsFor(fixtures.F01))
    expect(verdict.outcome).toBe('not-recognised')
  }

  it('gets a verdict, whatever it contains', async () => {
    const text = fc.oneof(anyText(), fc.string({ unit: 'grapheme', maxLength: 300 }), fc.json(), fc.base64String(), fc.webUrl())
    await fc.assert(fc.asyncProperty(text, judge), { numRuns: 500 })
  })

  it('gets a verdict where it looks like one', async () => {
    const segment = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
      fc.jsonValue({ maxDepth: 2 }).map((value) => Buffer.from(JSON.stringify(value)).toString('base64url')),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(segment, segment, segment).map((parts) => parts.join('.')),
        judge,
      ),
      { numRuns: 300 },
    )
  })
})

describe('a statement that a listed body signed', () => {
  it('gets a verdict, whatever the payload contains', async () => {
    const signer = world.signer('CD')
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.jsonValue(),
          fc.jsonValue().map((record) => claimsOf(fixtures.F01, { record })),
        ),
        async (payload) => {
          const verdict = await answerTo(await forge(signer, payload), world.optionsFor(fixtures.F01))
          expect(verdict.outcome).not.toBe('recognised')
        },
      ),
      { numRuns: 200 },
    )
  })

  it('gets a verdict, whatever value is anywhere in the record', async () => {
    const all = Object.values(fixtures).flatMap((fixture) => [...places(fixture.record)].map(({ pointer }) => ({ fixture, pointer })))
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom('0', '-1', '0.0', '99999999999999999999.99999999999999999999', '1900-01-01', '9999-12-31', 'P999Y', 'JJG 1-99'),
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...all), value, async ({ fixture, pointer }, to) => {
        const claims = claimsOf(fixture, { record: change(fixture.record, [pointer, to]) })
        await answerTo(await forge(world.signer(fixture.signer), claims), world.optionsFor(fixture))
      }),
      { numRuns: 800 },
    )
  })

  it('gets a verdict for every number where a number is expected', async () => {
    const { F01 } = fixtures
    for (const roundTo of ['0', '0.00', '-0.1', '99999999999999999999', '0.00000000000000000001']) {
      const record = change(F01.record, ['/results/0/columns/1/roundTo', roundTo])
      const verdict = await answerTo(await forge(world.signer('CD'), claimsOf(F01, { record })), world.optionsFor(F01))
      expect(decidingCheck(verdict).code).toBe(Number(roundTo) <= 0 ? 'decimal.interval' : 'agreement.clause')
    }
  })
})
