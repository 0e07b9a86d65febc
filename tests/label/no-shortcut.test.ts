// Why this exists: a label is judged fast because what it is packed from is not parsed again. No shortcut may change a verdict, and none may outlive the key, the list or the moment that it rests on.
import { decode, encode } from 'cborg'
import { generateKey, type Signer } from 'tongheng/envelope'
import { type LabelClaims, packLabel, signLabel, verifyLabel } from 'tongheng/label'
import { openStatus, signNotice } from 'tongheng/status'
import { change, createFakeAuthorities, DEMONSTRATION_TIME, type FakeAuthorities, fixtures } from 'tongheng/testing'
import { openTrust, signTrustList } from 'tongheng/trust'
import { beforeAll, describe, expect, it } from 'vitest'
import { LABEL, labelFor, payloadOf, verifications } from './labels.ts'

const AT = '2025-03-12T17:00:00+08:00'
let world: FakeAuthorities
let statement: string
let octets: Uint8Array
beforeAll(async () => {
  world = await createFakeAuthorities({ witnessKeys: true })
  statement = await world.sign('CD', fixtures.F01.record)
  octets = (await signLabel(statement, { signers: [world.signer('CD')], at: AT })).octets
})

const judge = (given: string | Uint8Array, changes: object = {}) =>
  verifyLabel(given, { at: DEMONSTRATION_TIME, trust: world.trust, agreements: [world.agreement], policy: { region: '50' }, ...changes })

/** Signs claims that no function of the package would sign. */
async function signAny(claims: object, { alg, kid, sign }: Signer): Promise<string> {
  const segment = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const input = `${segment({ alg, kid, typ: LABEL })}.${segment(claims)}`
  return `${input}.${Buffer.from(await sign(Buffer.from(input))).toString('base64url')}`
}

describe('the packed form and the compact text', () => {
  it('get the same verdict, octet for octet, of every verification', async () => {
    let recognised = 0
    for (const { signer, record } of verifications) {
      const text = await labelFor(world, signer as 'CD', await world.sign(signer as 'CD', record))
      const [packed, compact] = [await judge(packLabel(text)), await judge(text)]
      expect(JSON.stringify(packed)).toBe(JSON.stringify(compact))
      if (packed.outcome === 'recognised') recognised++
    }
    expect(recognised).toBeGreaterThan(3)
  })

  it('get the same verdict where the claims are not of their shape, or hold what strict JSON refuses', async () => {
    const claims = payloadOf(await labelFor(world, 'CD', statement)) as unknown as LabelClaims
    const items = decode(octets.subarray(1)) as unknown[]
    const kid = (items.at(-1) as Uint8Array).subarray(0, 8)
    for (const [number, code] of [
      ['plain', undefined],
      ['a\u0001b', 'shape.format'],
      ['two\nlines', 'shape.format'],
      ['a\ufffeb', 'json.character'],
      ['a\u{1fffe}b', 'json.character'],
      ['zero\u200bwidth', 'shape.format'],
      ['"quoted" \\ and /', undefined],
      ['x'.repeat(201), 'shape.too-long'],
      ['', 'shape.format'],
    ] as const) {
      const text = await signAny({ ...claims, number }, world.signer('CD'))
      const signature = Buffer.from(text.split('.')[2] as string, 'base64url')
      const packed = Buffer.concat([
        Buffer.of(1),
        encode([...items.slice(0, 3), number, ...items.slice(4, -1), Buffer.concat([kid, signature])]),
      ])
      const [own, compact] = [await judge(packed), await judge(text)]
      expect(JSON.stringify(own), JSON.stringify(number)).toBe(JSON.stringify(compact))
      expect(own.checks.find(({ id }) => id === 'signature')?.status, number).toBe('pass')
      const failing = own.checks.filter(({ status, group }) => status === 'fail' && group === 'shape').map(({ code: found }) => found)
      if (code === undefined) expect(failing).toEqual([])
      else expect(failing.length, `${JSON.stringify(number)}: ${failing}`).toBeGreaterThan(0)
    }
  })
})

describe('the same label, again and again in one process', () => {
  it('is not accepted by a key that was revoked or removed, nor after its day, its list or its record ended, whatever was judged before', async () => {
    const { anchors, trust, rootSigners } = world
    const [list] = trust.lists.filter(({ payload }) => payload.iss === trust.keysOf(String(payloadOf(statement).iss))[0]?.list.payload.iss)
    if (list === undefined) throw new Error('no list')
    const iss = String(payloadOf(statement).iss)
    const others = world.trustLists.filter((_, at) => trust.lists[at] !== list)
    const own = world.trustLists[trust.lists.indexOf(list)] as (typeof world.trustLists)[number]
    const signed = (edit: (key: object) => object, members: object) => {
      const entities = list.payload.entities.map((one) => (one.uscc === iss ? { ...one, keys: one.keys.map(edit) } : one))
      return signTrustList(
        { ...list.payload, entities, ...members } as never,
        rootSigners(list.payload.region === '51' ? 'SC-AMR' : 'CQ-AMR'),
      )
    }
    const later = { version: list.payload.version + 1, previous: list.statementId, iat: list.payload.iat + 60 }
    const revocation = { at: list.payload.iat + 30, retroactive: true, reason: 'compromised' }
    const revoked = await openTrust({ anchors, lists: [...others, own, await signed((key) => ({ ...key, revoked: revocation }), later)] })
    const { publicJwk } = await generateKey('ES256')
    const replaced = await openTrust({ anchors, lists: [...others, await signed((key) => ({ ...key, jwk: publicJwk }), {})] })
    const notice = await signNotice(
      {
        iss,
        iat: list.payload.iat + 3600,
        action: 'revoke',
        statements: [(await judge(octets)).label?.record as string],
        from: list.payload.iat,
        reason: { zh: '有误' },
      },
      world.signer('CD'),
    )
    const status = await openStatus({ notices: [notice] }, trust)
    const ends = [...trust.lists].reduce((least, { payload }) => Math.min(least, payload.exp), Number.POSITIVE_INFINITY)
    for (let round = 0; round < 3; round++)
      for (const [changes, outcome] of [
        [{}, 'recognised'],
        [{ trust: revoked }, /not-recognised|indeterminate/],
        [{ trust: replaced }, 'not-recognised'],
        [{}, 'recognised'],
        [{ at: ends + 1 }, 'indeterminate'],
        [{ status }, 'not-recognised'],
        [{ at: '2027-01-01T00:00:00+08:00' }, /not-recognised|indeterminate/],
        [{ agreements: [] }, /not-recognised|indeterminate/],
        [{}, 'recognised'],
      ] as const) {
        const { outcome: found } = await judge(octets, changes)
        if (typeof outcome === 'string') expect(found, JSON.stringify(Object.keys(changes))).toBe(outcome)
        else expect(found).toMatch(outcome)
      }
  })

  it('is forged with another signature or other facts, after the genuine one was judged', async () => {
    const other = (
      await signLabel(await world.sign('CD', change(fixtures.F01.record, ['/certificateNo', '川计检字20250312-00999'])), {
        signers: [world.signer('CD')],
        at: AT,
      })
    ).octets
    const [own, foreign] = [decode(octets.subarray(1)) as unknown[], decode(other.subarray(1)) as unknown[]]
    const swapped = Buffer.concat([Buffer.of(1), encode([...own.slice(0, -1), foreign.at(-1)])])
    const plate = Buffer.concat([Buffer.of(1), encode([...own.slice(0, 7), '渝A·T0001', ...own.slice(8)])])
    for (let round = 0; round < 3; round++) {
      expect((await judge(octets)).outcome).toBe('recognised')
      for (const forged of [swapped, plate]) {
        const { outcome, label, checks } = await judge(forged)
        expect([outcome, label, checks.find(({ id }) => id === 'signature')?.status]).toEqual(['not-recognised', undefined, 'fail'])
      }
    }
  })
})
