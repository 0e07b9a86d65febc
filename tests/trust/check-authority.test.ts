// Why this exists: single seconds and days decide whether a body was authorised to sign. Each boundary follows from a legal rule.
import fc from 'fast-check'
import { createFakeAuthorities, type FakeAuthorities, organisation } from 'tongheng/testing'
import {
  type Authorisation,
  checkBinding,
  checkKeyInterval,
  checkKeyUse,
  checkListFreshness,
  checkScope,
  type Entity,
  type EntityKey,
  type TrustList,
} from 'tongheng/trust'
import { beforeAll, describe, expect, it } from 'vitest'

let world: FakeAuthorities
beforeAll(async () => {
  world = await createFakeAuthorities({ witnessKeys: true })
})

const DAY = 86_400
const seconds = (text: string): number => Date.parse(text) / 1000
const entityOf = (key: Parameters<typeof organisation>[0]): Entity => world.trust.entity(organisation(key).uscc)?.entity as Entity

describe('freshness of a list', () => {
  const at = (offset: 'nextUpdate' | 'exp', by: number) => {
    const [list] = world.trust.lists as [TrustList]
    return checkListFreshness(list, list.payload[offset] + by)
  }

  it('is current up to and with nextUpdate', () => {
    expect(at('nextUpdate', -1)).toMatchObject({ status: 'pass', code: 'trust-list.current' })
    expect(at('nextUpdate', 0)).toMatchObject({ status: 'pass' })
  })

  it('is overdue, which only warns, up to and with exp', () => {
    expect(at('nextUpdate', 1)).toMatchObject({ status: 'warn', code: 'trust-list.update-due' })
    expect(at('exp', 0)).toMatchObject({ status: 'warn', code: 'trust-list.update-due' })
  })

  it('is a missing fact after exp, never a fault', () => {
    expect(at('exp', 1)).toMatchObject({ status: 'skip', code: 'trust-list.expired', blockedBy: 'fact:trust-list' })
  })

  it('is reported with the authority, the version and the times', () => {
    const [{ payload }] = world.trust.lists as [TrustList]
    expect(at('nextUpdate', 0).evidence).toEqual({ authority: payload.iss, version: payload.version })
    for (const check of [at('nextUpdate', 1), at('exp', 1)]) {
      expect(check.message.zh).toContain(payload.iss)
      expect(check.message.zh).toContain(`第 ${payload.version} 版`)
      expect(`${check.message.zh} ${check.message.en}`).not.toMatch(/\{[a-zA-Z]+\}/)
    }
  })
})

describe('the binding of a key to the issuer', () => {
  const holdersOf = (key: Parameters<typeof organisation>[0]) => world.trust.holders(world.keys.get(key)?.kid ?? '')

  it('passes where the issuer is among the holders of the key', () => {
    const { holder, check } = checkBinding(world.trust, holdersOf('CD'), organisation('CD').uscc)
    expect(holder?.entity.uscc).toBe(organisation('CD').uscc)
    expect(check).toMatchObject({ status: 'pass', evidence: { issuer: organisation('CD').uscc, name: organisation('CD').name.zh } })
  })

  it('fails where the issuer is listed with other keys', () => {
    const { holder, check } = checkBinding(world.trust, holdersOf('LZ'), organisation('CD').uscc)
    expect(holder).toBeUndefined()
    expect(check).toMatchObject({ status: 'fail', code: 'issuer.key-mismatch', path: '/iss' })
    const [owner, { uscc, name }] = [organisation('LZ').name, organisation('CD')]
    expect(check.message.en).toBe(`The key belongs to ${owner.en}, not to the claimed issuer ${name.en} (${uscc})`)
    expect(check.message.zh).toBe(`该密钥属于${owner.zh}，不属于所称的签名机构${name.zh}（${uscc}）`)
  })

  it('fails for a body that no list has', () => {
    const { check } = checkBinding(world.trust, holdersOf('LZ'), '91510100MA6C1A2B4Q')
    expect(check).toMatchObject({ status: 'fail', code: 'issuer.unknown', path: '/iss' })
  })

  it('passes for each holder where two bodies have the key', () => {
    const [one] = holdersOf('CD')
    const [other] = holdersOf('LZ')
    if (one === undefined || other === undefined) throw new Error('no holders')
    for (const { entity } of [one, other]) expect(checkBinding(world.trust, [one, other], entity.uscc).holder?.entity).toBe(entity)
  })
})

describe('the use of a key', () => {
  it('is limited to the types that are listed with it', () => {
    const [key] = entityOf('CD').keys as [EntityKey]
    expect(checkKeyUse(key, 'metrology-record+jwt').status).toBe('pass')
    expect(checkKeyUse({ ...key, typ: ['metrology-record+jwt', 'statuslist+jwt'] }, 'metrology-agreement+jwt')).toMatchObject({
      status: 'fail',
      code: 'key.use-not-allowed',
      message: { en: 'The key may not sign metrology-agreement+jwt (only metrology-record+jwt, statuslist+jwt)' },
    })
  })
})

describe('the interval of a key', () => {
  const [notBefore, notAfter, LATE] = [1000, 2000, 1e9]
  const key = (revoked?: EntityKey['revoked']): EntityKey => ({
    ...(entityOf('CD').keys[0] as EntityKey),
    notBefore,
    notAfter,
    ...(revoked && { revoked }),
  })
  const code = (iat: number, at = LATE, revoked?: EntityKey['revoked']): string => checkKeyInterval(key(revoked), iat, at).code
  const revoked = (at: number, retroactive: boolean): EntityKey['revoked'] => ({ at, reason: '私钥泄露', retroactive })

  it('includes both its ends', () => {
    expect([999, 1000, 2000, 2001].map((iat) => code(iat))).toEqual(['key.not-yet-valid', 'key.interval', 'key.interval', 'key.expired'])
  })

  it('ends at the moment of revocation; what was signed before remains valid', () => {
    expect([1499, 1500, 1501].map((iat) => code(iat, LATE, revoked(1500, false)))).toEqual(['key.interval', 'key.revoked', 'key.revoked'])
  })

  it('is void under a retroactive revocation', () => {
    expect([1000, 1499, 1500].map((iat) => code(iat, LATE, revoked(1500, true)))).toEqual(Array(3).fill('key.revoked-retroactively'))
  })

  it('is void at its last second too, not merely expired', () => {
    expect([2000, 2001].map((iat) => code(iat, LATE, revoked(1500, true)))).toEqual(['key.revoked-retroactively', 'key.expired'])
  })

  it('is reported with its times, and the reason of a revocation', () => {
    const english = (iat: number, of?: EntityKey['revoked']) => checkKeyInterval(key(of), iat, LATE).message.en
    expect(english(999)).toBe('Signed at 1970-01-01T08:16:39+08:00, before the key became valid at 1970-01-01T08:16:40+08:00')
    expect(english(2001)).toBe('Signed at 1970-01-01T08:33:21+08:00, after the key ended at 1970-01-01T08:33:20+08:00')
    expect(english(1500, revoked(1500, false))).toBe(
      'The key was revoked at 1970-01-01T08:25:00+08:00 (私钥泄露); later signatures are void',
    )
    expect(english(1500, revoked(1500, true))).toBe('The key was revoked retroactively (私钥泄露); all its signatures are void')
  })

  it('is judged as it was at a moment before the revocation', () => {
    expect([code(1400, 1499, revoked(1500, true)), code(1400, 1500, revoked(1500, true))]).toEqual([
      'key.interval',
      'key.revoked-retroactively',
    ])
  })

  it('holds exactly inside it and where no revocation applies', () => {
    const moment = fc.integer({ min: 900, max: 2100 })
    fc.assert(
      fc.property(moment, moment, fc.option(fc.record({ at: moment, retroactive: fc.boolean() })), (iat, at, struck) => {
        const holds =
          iat >= notBefore && iat <= notAfter && !(struck !== null && struck.at <= at && (struck.retroactive || iat >= struck.at))
        const check = checkKeyInterval(key(struck === null ? undefined : { ...struck, reason: '停用' }), iat, at)
        expect(check.status).toBe(holds ? 'pass' : 'fail')
        if (!holds) expect(check.path).toBe('/iat')
      }),
    )
  })
})

describe('the scope of a body', () => {
  const entry = (number: string, from: string, to: string, more: Partial<Authorisation> = {}): Authorisation => ({
    number,
    kinds: ['verification-record'],
    categories: ['taximeter'],
    from,
    to,
    ...more,
  })
  const scope = (
    authorisations: Authorisation[],
    factDate: string,
    signed = `${factDate}T17:00:00+08:00`,
    kind = 'verification-record',
    category: string | undefined = 'taximeter',
  ) => {
    const { authorisations: found, check } = checkScope(
      { ...entityOf('CD'), authorisations },
      { kind, category, factDate, iat: seconds(signed) },
    )
    return [check.code, ...found.map(({ number }) => number)]
  }
  const one = entry('A', '2022-05-11', '2025-05-31')
  const renewed = entry('B', '2025-06-01', '2030-05-31')

  it('includes its first and its last day', () => {
    expect(['2022-05-10', '2022-05-11', '2025-05-31', '2025-06-01'].map((date) => scope([one], date)[0])).toEqual([
      'issuer.authorisation-not-begun',
      'issuer.scope',
      'issuer.scope',
      'issuer.authorisation-ended',
    ])
  })

  it('is limited to its kinds and categories', () => {
    expect(scope([one], '2025-03-12', undefined, 'calibration-result')).toEqual(['issuer.scope-kind'])
    expect(scope([one], '2025-03-12', undefined, 'verification-record', 'water-meter')).toEqual(['issuer.scope-category'])
    // An authorisation for a category that was later split into four includes each of the four; one for a part does not include
    // the old category.
    const asked = (granted: string, category: string) =>
      scope([{ ...one, categories: [granted] }], '2025-03-12', undefined, 'verification-record', category)
    expect(asked('medical-electrical', 'patient-monitor')).toEqual(['issuer.scope', 'A'])
    expect(asked('patient-monitor', 'medical-electrical')).toEqual(['issuer.scope-category'])
    expect(asked('audiometer', 'patient-monitor')).toEqual(['issuer.scope-category'])
    expect(
      scope([entry('A', '2022-01-01', '2026-01-01', { categories: 'all' })], '2025-03-12', undefined, 'verification-record', 'water-meter'),
    ).toEqual(['issuer.scope', 'A'])
    expect(scope([one], '2025-03-12', undefined, 'verification-record', undefined)).toEqual(['issuer.scope', 'A'])
    expect(scope([], '2025-03-12')).toEqual(['issuer.scope-kind'])
  })

  it('is checked on the day of the work and on the day of signing', () => {
    expect(scope([one], '2025-05-31', '2025-05-31T23:59:59+08:00')).toEqual(['issuer.scope', 'A'])
    expect(scope([one], '2025-05-31', '2025-06-01T00:00:00+08:00')).toEqual(['issuer.authorisation-ended'])
    expect(scope([renewed], '2025-05-31', '2025-06-01T00:00:00+08:00')).toEqual(['issuer.authorisation-not-begun'])
  })

  it('uses the day of signing in Shanghai', () => {
    expect(scope([one], '2025-05-31', '2025-05-31T15:59:59Z')).toEqual(['issuer.scope', 'A'])
    expect(scope([one], '2025-05-31', '2025-05-31T16:00:00Z')).toEqual(['issuer.authorisation-ended'])
  })

  it('continues across a renewal: work under the old authorisation, signed under the new one', () => {
    expect(scope([one, renewed], '2025-05-30', '2025-06-03T09:00:00+08:00')).toEqual(['issuer.scope', 'A'])
    expect(scope([renewed, one], '2025-05-30', '2025-06-03T09:00:00+08:00')).toEqual(['issuer.scope', 'A'])
  })

  it('does not continue across a gap', () => {
    const later = entry('B', '2025-06-05', '2030-05-31')
    expect(scope([one, later], '2025-06-03', '2025-06-03T09:00:00+08:00')).toEqual(['issuer.authorisation-ended'])
    expect(scope([one, later], '2025-05-30', '2025-06-03T09:00:00+08:00')).toEqual(['issuer.authorisation-ended'])
    expect(scope([later, one], '2025-06-03', '2025-06-06T09:00:00+08:00')).toEqual(['issuer.authorisation-ended'])
    expect(scope([later, renewed], '2025-05-30', '2025-06-06T09:00:00+08:00')).toEqual(['issuer.authorisation-not-begun'])
  })

  it('is reported by the authorisation that covers the day of the work', () => {
    const question = {
      kind: 'verification-record',
      category: 'taximeter',
      factDate: '2025-05-30',
      iat: seconds('2025-06-03T09:00:00+08:00'),
    }
    expect(checkScope({ ...entityOf('CD'), authorisations: [renewed, one] }, question).check.evidence).toEqual({ authorisation: 'A' })
  })

  it('had not begun where it begins after the day of the work, whatever ended before the day of signing', () => {
    const between = entry('B', '2025-02-01', '2025-02-28')
    expect(scope([between], '2025-01-10', '2025-03-05T09:00:00+08:00')).toEqual(['issuer.authorisation-not-begun'])
    expect(scope([between], '2025-02-10', '2025-03-05T09:00:00+08:00')).toEqual(['issuer.authorisation-ended'])
  })

  it('is reported, where it fails, by the nearest authorisation: the last that ended, else the first to begin', () => {
    const english = (authorisations: Authorisation[], factDate: string, category?: string) =>
      checkScope(
        { ...entityOf('CD'), name: { zh: '某所' }, authorisations },
        { kind: 'verification-record', category, factDate, iat: seconds(`${factDate}T17:00:00+08:00`) },
      ).check.message.en
    const ended = [entry('A', '2010-01-01', '2015-12-31'), entry('B', '2016-01-01', '2020-12-31'), entry('C', '2012-01-01', '2017-12-31')]
    const on = 'the work is dated 2022-03-12'
    for (const given of [ended, [...ended].reverse()])
      expect(english(given, '2022-03-12')).toBe(`The authorisation of 某所 (B) ended on 2020-12-31; ${on}, the signature 2022-03-12`)
    const coming = [entry('D', '2024-01-01', '2030-12-31'), entry('E', '2023-01-01', '2030-12-31'), entry('F', '2025-01-01', '2030-12-31')]
    for (const given of [coming, [...coming].reverse()])
      expect(english(given, '2022-03-12')).toBe(`The authorisation of 某所 (E) begins on 2023-01-01; ${on}`)
    expect(english([...coming, ...ended], '2022-03-12')).toContain('(B) ended on 2020-12-31')
    expect(english([], '2022-03-12')).toBe('某所 is not authorised to issue records of kind verification-record')
    expect(english(ended, '2022-03-12', 'water-meter')).toMatch(/^The scope of 某所 does not cover: [A-Za-z ]*meter/)
  })

  it('includes every authorisation in force on the day of the work', () => {
    expect(scope([one, entry('C', '2020-01-01', '2030-01-01', { categories: 'all' }), renewed], '2025-03-12')).toEqual([
      'issuer.scope',
      'A',
      'C',
    ])
  })

  it('holds exactly where both days are covered', () => {
    const day = fc.integer({ min: 0, max: 40 })
    const date = (at: number): string => new Date((seconds('2025-01-01T00:00:00Z') + at * DAY) * 1000).toISOString().slice(0, 10)
    fc.assert(
      fc.property(fc.array(fc.tuple(day, day), { maxLength: 4 }), day, fc.nat(10), (spans, fact, lag) => {
        const authorisations = spans.map(([a, b], at) => entry(`N${at}`, date(Math.min(a, b)), date(Math.max(a, b))))
        const covered = (on: number): boolean => spans.some(([a, b]) => Math.min(a, b) <= on && on <= Math.max(a, b))
        const [code] = scope(authorisations, date(fact), `${date(fact + lag)}T08:00:00+08:00`)
        expect(code === 'issuer.scope').toBe(covered(fact) && covered(fact + lag))
      }),
    )
  })
})
