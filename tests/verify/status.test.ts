// Why this exists: a certificate found wrong after it was signed must stop being believed, from the right day, for a reason that can be read.

import { parseStatement } from 'tongheng/envelope'
import { emptyStatuses, type NoticeInput, readNotice, signNotice, signStatusList } from 'tongheng/status'
import { createFakeAuthorities, DEMONSTRATION_TIME, type FakeAuthorities, fixtures, organisation } from 'tongheng/testing'
import { openTrust, signTrustList, type TrustListPayload } from 'tongheng/trust'
import { openStatus, type SignedStatus, verify } from 'tongheng/verify'
import { ulid } from 'ulid'
import { beforeAll, describe, expect, it } from 'vitest'
import { change } from '../records/change.ts'

const URI = 'https://status.example/cd/1'
const NOW = Date.parse(DEMONSTRATION_TIME) / 1000
const DAY = 86_400
let world: FakeAuthorities
let statement: string
let bare: string
let id: string
const CD = organisation('CD').uscc

beforeAll(async () => {
  world = await createFakeAuthorities()
  statement = await world.sign('CD', fixtures.F01.record, { status: { uri: URI, idx: 7 } })
  bare = await world.sign('CD', fixtures.F01.record)
  id = parseStatement(statement, 'metrology-record+jwt').id
})

interface ListOptions {
  value?: number
  iat?: number
  exp?: number
  ttl?: number
  size?: number
  iss?: string
  by?: 'CD' | 'SC-AMR' | 'CQ-AMR'
}
const list = ({ value = 0, iat = NOW - DAY, exp = iat + 7 * DAY, size = 100, iss = CD, by = 'CD', ttl }: ListOptions = {}) => {
  const statuses = emptyStatuses(size)
  return signStatusList({ iss, uri: URI, iat, exp, ttl, statuses: size > 7 ? statuses.with(7, value) : statuses }, world.signer(by))
}
const notice = (claims: Partial<NoticeInput> = {}, by: 'CD' | 'SC-AMR' | 'CQ-AMR' = 'CD') =>
  signNotice(
    {
      iss: organisation(by).uscc,
      jti: ulid(NOW * 1000),
      iat: NOW - 3600,
      action: 'revoke',
      statements: [id],
      from: claims.iat ?? NOW - 3600,
      reason: { zh: '标准器超差', en: 'reference standard out of tolerance' },
      ...claims,
    },
    world.signer(by),
  )

const ask = async (given: SignedStatus | undefined, at = NOW, text = statement) => {
  const status = given && (await openStatus(given, world.trust))
  const verdict = await verify(text, {
    at,
    trust: world.trust,
    agreements: [world.agreement],
    ...(status && { status }),
    policy: { region: '50' },
  })
  const checks = verdict.checks.filter((check) => check.id === 'status')
  return {
    verdict,
    checks,
    outcome: verdict.outcome,
    codes: checks.map((check) => check.code),
    refused: status?.refused.map((one) => [one.code, one.error.details.reason]),
  }
}

describe('a status list', () => {
  it.each([
    ['valid', 0, 'recognised', 'status'],
    ['revoked', 1, 'not-recognised', 'status.revoked'],
    ['suspended', 2, 'not-recognised', 'status.suspended'],
    ['superseded', 3, 'not-recognised', 'status.superseded'],
  ] as const)('says %s', async (_, value, outcome, code) => {
    const asked = await ask({ statusLists: [await list({ value })] })
    expect([asked.outcome, asked.codes]).toEqual([outcome, [code]])
    expect(asked.verdict.reliedOn.statusList).toMatchObject({ id: URI, version: NOW - DAY })
  })

  it('that is missing, later or past its end leaves the verdict indeterminate', async () => {
    const cases = [
      [undefined, 'status.not-supplied'],
      [{}, 'status.not-supplied'],
      [{ statusLists: [await list({ iat: NOW + DAY })] }, 'status.list-later'],
      [{ statusLists: [await list({ iat: NOW - 9 * DAY })] }, 'status.list-expired'],
      [{ statusLists: [await list({ value: 2, iat: NOW - 9 * DAY })] }, 'status.list-expired'],
    ] as const
    for (const [given, code] of cases) {
      const asked = await ask(given)
      expect([asked.outcome, asked.codes]).toEqual(['indeterminate', [code]])
    }
  })

  it('that said revoked says so for good, also past its end', async () => {
    expect((await ask({ statusLists: [await list({ value: 1, iat: NOW - 9 * DAY })] })).codes).toEqual(['status.revoked'])
  })

  it('without the index fails the statement (draft §8.3)', async () => {
    const asked = await ask({ statusLists: [await list({ size: 4 })] })
    expect([asked.outcome, asked.codes]).toEqual(['not-recognised', ['status.index']])
  })

  it('whose newer one is due warns', async () => {
    const asked = await ask({ statusLists: [await list({ ttl: 3600 })] })
    expect([asked.outcome, asked.codes]).toEqual(['recognised', ['status.update-due']])
  })

  it('of the moment asked about counts: the newest then, in whatever order they came', async () => {
    const statusLists = [await list({ value: 1, iat: NOW - DAY }), await list({ value: 0, iat: NOW - 3 * DAY })]
    for (const given of [statusLists, [...statusLists].reverse()]) {
      expect((await ask({ statusLists: given })).codes).toEqual(['status.revoked'])
      expect((await ask({ statusLists: given }, NOW - 2 * DAY)).outcome).toBe('recognised')
    }
  })

  it('signed twice in one second is believed for the worse', async () => {
    for (const values of [
      [0, 2],
      [2, 0],
      [1, 3],
      [3, 1],
    ] as const) {
      const statusLists = [await list({ value: values[0] }), await list({ value: values[1] })]
      expect((await ask({ statusLists })).codes).toEqual([values.includes(2 as never) ? 'status.suspended' : 'status.revoked'])
    }
  })

  it('of another issuer, or by a key that may not, says nothing', async () => {
    const other = await ask({ statusLists: [await list({ iss: organisation('SC-AMR').uscc, by: 'SC-AMR' })] })
    expect(other.codes).toEqual(['status.not-supplied'])
    const forged = await ask({ statusLists: [await list({ by: 'CQ-AMR' })] })
    expect([forged.codes, forged.refused]).toEqual([['status.not-supplied'], [['status.signer', 'issuer.key-mismatch']]])
    const [head, body] = (await list()).split('.')
    const signature = (await list({ value: 1 })).split('.')[2]
    expect((await ask({ statusLists: [`${head}.${body}.${signature}`] })).refused).toEqual([['status.signer', 'signature.invalid']])
    expect((await ask({ statusLists: [statement, 'x'] })).refused?.map(([code]) => code)).toEqual(['typ.unexpected', 'format.segments'])
  })

  it('is not asked of a statement that names none', async () => {
    expect((await ask({ statusLists: [await list({ value: 1 })] }, NOW, bare)).codes).toEqual(['not-applicable'])
  })
})

describe('a notice', () => {
  it('gives date, reason and whether it is retroactive, in the verdict', async () => {
    const asked = await ask({
      statusLists: [await list({ value: 1 })],
      notices: [await notice({ from: NOW - 60 * DAY, basis: '计量检定印、证管理办法' })],
    })
    expect(asked.checks).toHaveLength(1)
    expect(asked.checks[0]).toMatchObject({
      code: 'status.revoked',
      evidence: { by: CD, retroactive: true, reason: { zh: '标准器超差' }, basis: '计量检定印、证管理办法', list: URI },
    })
    expect(asked.checks[0]?.message.zh).toContain('追溯至 2025-04-17T09:00:00+08:00（2025-06-16T08:00:00+08:00 公告）；原因：标准器超差')
    expect(asked.checks[0]?.message.en).toContain('reference standard out of tolerance')
  })

  it('counts from its own moment on, so that a past question has its past answer', async () => {
    const late = { statusLists: [await list()], notices: [await notice({ iat: NOW - 3600 })] }
    expect((await ask(late, NOW)).codes).toEqual(['status.revoked'])
    expect((await ask(late, NOW - 2 * 3600)).outcome).toBe('recognised')
    const back = { statusLists: [await list()], notices: [await notice({ from: NOW - 3 * 3600 })] }
    expect((await ask(back, NOW - 2 * 3600)).codes).toEqual(['status.revoked'])
  })

  it('stands without a list, for a statement that names none', async () => {
    const own = parseStatement(bare, 'metrology-record+jwt').id
    const asked = await ask({ notices: [await notice({ statements: [own], action: 'supersede', replacedBy: id })] }, NOW, bare)
    expect([asked.outcome, asked.codes, asked.checks[0]?.evidence?.replacedBy]).toEqual(['not-recognised', ['status.superseded'], id])
  })

  it('reinstates what was suspended, and nothing else', async () => {
    const lists = { statusLists: [await list()] }
    const at = (hours: number) => ({ iat: NOW - hours * 3600, from: NOW - hours * 3600 })
    const after = async (...actions: NoticeInput['action'][]) => {
      const notices = await Promise.all(
        actions.map((action, step) => notice({ action, ...at(20 - step), ...(action === 'supersede' && { replacedBy: id }) })),
      )
      return (await ask({ ...lists, notices: notices.reverse() })).codes
    }
    expect(await after('suspend')).toEqual(['status.suspended'])
    expect(await after('suspend', 'reinstate')).toEqual(['status'])
    expect(await after('revoke', 'reinstate')).toEqual(['status.revoked'])
    expect(await after('supersede', 'reinstate')).toEqual(['status.superseded'])
    expect(await after('suspend', 'reinstate', 'suspend')).toEqual(['status.suspended'])
    expect(await after('supersede', 'suspend')).toEqual(['status.superseded'])
    expect(await after('supersede', 'revoke')).toEqual(['status.revoked'])
    expect(await after('suspend', 'revoke', 'reinstate')).toEqual(['status.revoked'])
    expect(await after('reinstate')).toEqual(['status'])
  })

  it('of the province’s authority overrules the issuer; of any other body it says nothing', async () => {
    const lists = { statusLists: [await list()] }
    expect((await ask({ ...lists, notices: [await notice({}, 'SC-AMR')] })).codes).toEqual(['status.revoked'])
    expect((await ask({ ...lists, notices: [await notice({}, 'CQ-AMR')] })).outcome).toBe('recognised')
    const suspended = await notice({ action: 'suspend', iat: NOW - 7200 }, 'SC-AMR')
    // What the authority suspended the issuer cannot reinstate.
    expect((await ask({ ...lists, notices: [suspended, await notice({ action: 'reinstate' })] })).codes).toEqual(['status.suspended'])
    expect((await ask({ ...lists, notices: [suspended, await notice({ action: 'reinstate' }, 'SC-AMR')] })).outcome).toBe('recognised')
  })

  it('of another shape is not signed, and not read', () => {
    const claims = { iss: CD, jti: ulid(NOW * 1000), iat: NOW, action: 'revoke', statements: [id], from: NOW, reason: { zh: '误发' } }
    expect(readNotice(claims)).toEqual(claims)
    for (const [broken, path] of [
      [{ action: 'delete' }, '/action'],
      [{ action: 'supersede' }, '/replacedBy'],
      [{ replacedBy: id }, '/replacedBy'],
      [{ statements: [] }, '/statements'],
    ] as const)
      expect(() => readNotice({ ...claims, ...broken })).toThrow(
        expect.objectContaining({ code: 'notice.shape', details: expect.objectContaining({ path }) }),
      )
  })
})

describe('a key that was revoked', () => {
  it('signs no list and no notice, however they are dated', async () => {
    const [sichuan, chongqing] = world.trust.lists
    const { payload, statementId } = sichuan as { payload: TrustListPayload; statementId: string }
    const chengdu = payload.entities.findIndex(({ uscc }) => uscc === CD)
    const revoked = { at: NOW - 100 * DAY, reason: '私钥泄露', retroactive: true }
    const next = change(payload, ['/version', 2], ['/previous', statementId], [`/entities/${chengdu}/keys/0/revoked`, revoked])
    const signed = await signTrustList(next, world.rootSigners('SC-AMR'))
    const trust = await openTrust({ anchors: world.anchors, lists: [...world.trustLists, signed] })
    expect(chongqing).toBeDefined()
    const status = await openStatus({ statusLists: [await list()], notices: [await notice()] }, trust)
    expect(status.refused.map(({ error }) => error.details.reason)).toEqual(['key.revoked-retroactively', 'key.revoked-retroactively'])
  })
})
