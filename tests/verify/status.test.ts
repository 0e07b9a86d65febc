// Why this exists: a certificate found wrong after signing must lose its validity from the right day, with a readable reason.

import { deflateSync } from 'node:zlib'
import { coSign, createSigner, generateKey, parseStatement } from 'tongheng/envelope'
import { emptyStatuses, type NoticeInput, readNotice, readStatuses, signNotice, signStatusList } from 'tongheng/status'
import { createFakeAuthorities, DEMONSTRATION_TIME, type FakeAuthorities, fixtures, organisation } from 'tongheng/testing'
import { openTrust, signTrustList, type TrustListPayload } from 'tongheng/trust'
import { openStatus, type SignedStatus, verify } from 'tongheng/verify'
import { ulid } from 'ulid'
import { beforeAll, describe, expect, it } from 'vitest'
import { change } from '../records/change.ts'
import { entityAt, retrust } from '../trust/retrust.ts'

const URI = 'https://status.example/cd/1'
const NOW = Date.parse(DEMONSTRATION_TIME) / 1000
const DAY = 86_400
let world: FakeAuthorities
let statement: string
let bare: string
let id: string
const CD = organisation('CD').uscc

beforeAll(async () => {
  world = await createFakeAuthorities({ witnessKeys: true })
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
  ] as const)('gives the verdict for %s', async (_, value, outcome, code) => {
    const asked = await ask({ statusLists: [await list({ value })] })
    expect([asked.outcome, asked.codes]).toEqual([outcome, [code]])
    expect(asked.verdict.reliedOn.statusList).toMatchObject({ id: URI, version: NOW - DAY })
  })

  it('leaves the verdict indeterminate where it is missing, too late or expired', async () => {
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

  it('that contained a revocation remains evidence of it after expiry', async () => {
    expect((await ask({ statusLists: [await list({ value: 1, iat: NOW - 9 * DAY })] })).codes).toEqual(['status.revoked'])
  })

  it('fails the statement where it lacks the index (draft §8.3)', async () => {
    const asked = await ask({ statusLists: [await list({ size: 4 })] })
    expect([asked.outcome, asked.codes]).toEqual(['not-recognised', ['status.index']])
  })

  it('warns where its update is due', async () => {
    const asked = await ask({ statusLists: [await list({ ttl: 3600 })] })
    expect([asked.outcome, asked.codes]).toEqual(['recognised', ['status.update-due']])
  })

  it('is the newest at the requested instant, in any order of input', async () => {
    const statusLists = [await list({ value: 1, iat: NOW - DAY }), await list({ value: 0, iat: NOW - 3 * DAY })]
    for (const given of [statusLists, [...statusLists].reverse()]) {
      expect((await ask({ statusLists: given })).codes).toEqual(['status.revoked'])
      expect((await ask({ statusLists: given }, NOW - 2 * DAY)).outcome).toBe('recognised')
    }
  })

  it('with a twin signed in the same second counts with the worse value', async () => {
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

  it('of another issuer, or by a key without the right, is ignored', async () => {
    const other = await ask({ statusLists: [await list({ iss: organisation('SC-AMR').uscc, by: 'SC-AMR' })] })
    expect(other.codes).toEqual(['status.not-supplied'])
    const forged = await ask({ statusLists: [await list({ by: 'CQ-AMR' })] })
    expect([forged.codes, forged.refused]).toEqual([['status.not-supplied'], [['status.signer', 'issuer.key-mismatch']]])
    const [head, body] = (await list()).split('.')
    const signature = (await list({ value: 1 })).split('.')[2]
    expect((await ask({ statusLists: [`${head}.${body}.${signature}`] })).refused).toEqual([['status.signer', 'signature.invalid']])
    expect((await ask({ statusLists: [statement, 'x'] })).refused?.map(([code]) => code)).toEqual(['typ.unexpected', 'format.segments'])
  })

  it('may be a minute after the requested instant, for clock skew', async () => {
    const at = (iat: number) => list({ iat }).then((one) => ask({ statusLists: [one] }))
    expect((await at(NOW + 60)).codes).toEqual(['status'])
    expect((await at(NOW + 61)).codes).toEqual(['status.list-later'])
  })

  it('is valid up to and with its exp, and current up to and with its ttl', async () => {
    const given = { statusLists: [await list({ iat: NOW - DAY, exp: NOW, ttl: DAY })] }
    expect((await ask(given, NOW)).codes).toEqual(['status'])
    expect((await ask(given, NOW + 1)).codes).toEqual(['status.list-expired'])
    const living = { statusLists: [await list({ iat: NOW - DAY, ttl: DAY })] }
    expect((await ask(living, NOW)).codes).toEqual(['status'])
    expect((await ask(living, NOW + 1)).codes).toEqual(['status.update-due'])
    const fallen = { statusLists: [await list({ value: 1, iat: NOW - DAY, ttl: 60 })] }
    expect((await ask(fallen)).codes).toEqual(['status.revoked'])
  })

  it('leaves the verdict indeterminate for an unassigned value, unless a twin has a worse known value', async () => {
    const wide = async (value: number) => {
      const statuses = (await readStatuses({ bits: 4, lst: deflateSync(new Uint8Array(8)).toString('base64url') })).with(7, value)
      return signStatusList({ iss: CD, uri: URI, iat: NOW - DAY, exp: NOW + DAY, statuses }, world.signer('CD'))
    }
    const asked = await ask({ statusLists: [await wide(5)] })
    expect([asked.outcome, asked.codes]).toEqual(['indeterminate', ['status.value']])
    expect(asked.checks[0]).toMatchObject({
      blockedBy: 'fact:status-list',
      path: '/status',
      message: { en: `The value 5 at index 7 of the status list ${URI} has no agreed meaning` },
    })
    expect((await ask({ statusLists: [await wide(5), await wide(0)] })).codes).toEqual(['status.value'])
    expect((await ask({ statusLists: [await wide(5), await wide(2)] })).codes).toEqual(['status.suspended'])
    expect((await ask({ statusLists: [await wide(2), await wide(3)] })).codes).toEqual(['status.superseded'])
  })

  it('fails the statement where one of two lists of the same second lacks the index', async () => {
    const asked = await ask({ statusLists: [await list(), await list({ size: 4 })] })
    expect(asked.codes).toEqual(['status.index'])
    expect(asked.checks[0]).toMatchObject({ status: 'fail', path: '/status/status_list/idx' })
  })

  it('is reported with its address, the index and the times', async () => {
    const said = async (options: ListOptions, at?: number) => (await ask({ statusLists: [await list(options)] }, at)).checks[0]
    expect(await said({})).toMatchObject({ evidence: { uri: URI, idx: 7, iat: '2025-06-15T09:00:00+08:00' } })
    expect((await said({}))?.path).toBeUndefined()
    expect((await said({ iat: NOW + DAY }))?.message.en).toBe(
      `Every status list ${URI} supplied was signed after 2025-06-16T09:00:00+08:00; the status at that moment is unknown`,
    )
    expect((await said({ iat: NOW - 8 * DAY }))?.message.en).toBe(
      `The status list ${URI} ended at 2025-06-15T09:00:00+08:00; the status since then is unknown`,
    )
    expect(await said({ ttl: 3600 })).toMatchObject({
      status: 'warn',
      path: '/status',
      message: { en: `The status list ${URI} was signed at 2025-06-15T09:00:00+08:00 and was due for update at 2025-06-15T10:00:00+08:00` },
    })
    expect((await said({ size: 4 }))?.message.en).toBe(`The status list ${URI} has 4 entries and none with the index 7`)
    expect(await said({ value: 1 })).toMatchObject({
      path: '/status',
      evidence: { list: URI, listedBy: '2025-06-15T09:00:00+08:00' },
      message: { en: 'The statement is revoked no later than 2025-06-15T09:00:00+08:00 (by the status list); reason: no notice says' },
    })
    expect((await ask(undefined)).checks[0]?.message.en).toBe(
      `The status list ${URI} was not supplied; whether the record was revoked is unknown`,
    )
  })

  it('is rejected with the reason where its key is unknown, has another algorithm, or is not for lists', async () => {
    const reason = async (text: string) =>
      (await openStatus({ statusLists: [text] }, world.trust)).refused.map(({ code, error }) => `${code} ${error.details.reason}`)
    const good = await list()
    const stranger = await createSigner((await generateKey()).privateJwk)
    expect(await reason(await coSign(good, { typ: 'statuslist+jwt', signer: stranger }))).toEqual(['status.signer key.unknown'])
    const edwards = await createSigner((await generateKey('Ed25519')).privateJwk)
    const named = { ...edwards, kid: world.signer('CD').kid }
    expect(await reason(await coSign(good, { typ: 'statuslist+jwt', signer: named }))).toEqual(['status.signer alg.not-of-key'])
    const recordsOnly = await retrust(world, '51', [`${entityAt(world, CD)}/keys/0/typ`, ['metrology-record+jwt']])
    const { refused } = await openStatus({ statusLists: [good], notices: [await notice()] }, recordsOnly)
    expect(refused.map(({ error }) => error.details.reason)).toEqual(['key.use-not-allowed', 'key.use-not-allowed'])
    expect(refused.map(({ code, signed }) => [code, signed === good])).toEqual([
      ['status.signer', true],
      ['status.signer', false],
    ])
  })

  it('of a million statements and more is read, though it is longer than a record may be', async () => {
    let state = 1
    const bytes = Uint8Array.from({ length: 300_000 }, () => {
      state = (state * 48_271) % 2_147_483_647
      return state & 255
    })
    const statuses = (await readStatuses({ bits: 2, lst: deflateSync(bytes).toString('base64url') })).with(7, 1)
    const signed = await signStatusList({ iss: CD, uri: URI, iat: NOW - DAY, exp: NOW + DAY, statuses }, world.signer('CD'))
    expect(signed.length).toBeGreaterThan(262_144)
    expect((await ask({ statusLists: [signed] })).codes).toEqual(['status.revoked'])
  })

  it('that is no text is misuse, and not skipped', async () => {
    await expect(openStatus({ statusLists: [7 as unknown as string] }, world.trust)).rejects.toMatchObject({
      code: 'verify.options',
      details: { member: 'statusLists' },
    })
  })

  it('counts once if passed repeatedly, and is found by address, oldest first', async () => {
    const [older, newer] = [await list({ iat: NOW - 2 * DAY }), await list()]
    const status = await openStatus({ statusLists: [newer, older, newer] }, world.trust)
    expect(status.lists.map(({ signed }) => signed)).toEqual([older, newer])
    expect(status.listsOf(organisation('CD').uscc, URI)).toEqual(status.lists)
    expect([status.listsOf(organisation('CD').uscc, 'https://status.example/other'), status.refused]).toEqual([[], []])
    expect(status.lists[0]?.statementId).toBe(parseStatement(older, 'statuslist+jwt').id)
  })

  it('is not applied to a statement that names none', async () => {
    expect((await ask({ statusLists: [await list({ value: 1 })] }, NOW, bare)).codes).toEqual(['not-applicable'])
  })
})

describe('a notice', () => {
  it('adds date, reason and retroactivity to the verdict', async () => {
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

  it('is reported with its issuer, time and reason, beside the value of the list', async () => {
    const [revoking, list1] = [await notice({ from: NOW - 3600, reason: { zh: '误发' } }), await list({ value: 1 })]
    const asked = await ask({ statusLists: [list1], notices: [revoking] })
    expect(asked.checks[0]?.evidence).toStrictEqual({
      notice: parseStatement(revoking, 'metrology-notice+jwt').id,
      by: CD,
      from: '2025-06-16T08:00:00+08:00',
      decided: '2025-06-16T08:00:00+08:00',
      retroactive: false,
      reason: { zh: '误发' },
      list: URI,
      listedBy: '2025-06-15T09:00:00+08:00',
    })
    expect(asked.checks[0]?.message.en).toBe(
      'The statement is revoked from 2025-06-16T08:00:00+08:00 (notice of 2025-06-16T08:00:00+08:00); reason: 误发',
    )
    // A list issued before the record does not confirm its status.
    const alone = await ask({ statusLists: [await list()], notices: [revoking] })
    expect(alone.checks[0]?.evidence).not.toHaveProperty('list')
    expect(
      (await ask({ notices: [await notice({ statements: [parseStatement(bare, 'metrology-record+jwt').id] })] }, NOW, bare)).checks[0],
    ).not.toHaveProperty('path')
  })

  it('is reported beside a missing list, and beside a notice of another issuer', async () => {
    const revoking = await notice()
    expect((await ask({ notices: [revoking] })).codes).toEqual(['status.revoked', 'status.not-supplied'])
    expect((await ask({ statusLists: [await list({ ttl: 60 })], notices: [revoking] })).codes).toEqual([
      'status.revoked',
      'status.update-due',
    ])
    const suspending = await notice({ action: 'suspend' }, 'SC-AMR')
    expect((await ask({ statusLists: [await list()], notices: [revoking, suspending] })).codes).toEqual([
      'status.revoked',
      'status.suspended',
    ])
  })

  it('takes effect in the second of its `from`', async () => {
    const given = { statusLists: [await list()], notices: [await notice({ iat: NOW - 60, from: NOW })] }
    expect((await ask(given, NOW)).codes).toEqual(['status.revoked'])
    expect((await ask(given, NOW - 1)).codes).toEqual(['status'])
  })

  it('counts once for a statement it names twice, ordered by effect, then by signing', async () => {
    const early = await notice({ action: 'suspend', statements: [id, id], iat: NOW - 7200, from: NOW - 60 })
    const late = await notice({ action: 'reinstate', iat: NOW - 3600, from: NOW - 60 })
    const first = await notice({ action: 'suspend', iat: NOW - 30, from: NOW - 120 })
    const status = await openStatus({ notices: [late, early, first, late] }, world.trust)
    expect(status.notices.map(({ signed }) => signed)).toEqual([first, early, late])
    expect(status.noticesOf(id).map(({ signed }) => signed)).toEqual([first, early, late])
    expect([status.noticesOf('A'.repeat(43)), status.lists, status.refused]).toEqual([[], [], []])
  })

  it('counts from its iat on, so that a verdict as of the past is unchanged', async () => {
    const late = { statusLists: [await list()], notices: [await notice({ iat: NOW - 3600 })] }
    expect((await ask(late, NOW)).codes).toEqual(['status.revoked'])
    expect((await ask(late, NOW - 2 * 3600)).outcome).toBe('recognised')
    const back = { statusLists: [await list()], notices: [await notice({ from: NOW - 3 * 3600 })] }
    expect((await ask(back, NOW - 2 * 3600)).codes).toEqual(['status.revoked'])
  })

  it('applies without a list, to a statement that names none', async () => {
    const own = parseStatement(bare, 'metrology-record+jwt').id
    const asked = await ask({ notices: [await notice({ statements: [own], action: 'supersede', replacedBy: id })] }, NOW, bare)
    expect([asked.outcome, asked.codes, asked.checks[0]?.evidence?.replacedBy]).toEqual(['not-recognised', ['status.superseded'], id])
  })

  it('can reinstate suspended records only', async () => {
    const lists = { statusLists: [await list()] }
    const at = (hours: number) => ({ iat: NOW - hours * 3600, from: NOW - hours * 3600 })
    const after = async (...actions: NoticeInput['action'][]) => {
      const notices = await Promise.all(
        actions.map((action, step) =>
          notice({
            action,
            ...at(20 - step),
            ...(action === 'supersede' && { replacedBy: parseStatement(bare, 'metrology-record+jwt').id }),
          }),
        ),
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
    expect(await after('suspend', 'supersede')).toEqual(['status.superseded'])
    expect(await after('revoke', 'supersede')).toEqual(['status.revoked'])
    expect(await after('reinstate')).toEqual(['status'])
  })

  it('that repeats an action does not count: the first revocation is reported, and the last suspension', async () => {
    const lists = { statusLists: [await list()] }
    for (const [action, at] of [
      ['revoke', 0],
      ['suspend', 1],
    ] as const) {
      const notices = [
        await notice({ action, iat: NOW - 7200, from: NOW - 7200 }),
        await notice({ action, iat: NOW - 3600, from: NOW - 3600 }),
      ]
      const { checks } = await ask({ ...lists, notices })
      expect(checks.map(({ evidence }) => evidence?.notice)).toEqual([parseStatement(notices[at] as string, 'metrology-notice+jwt').id])
    }
  })

  it('of the province’s authority overrules the issuer; one of any other body is ignored', async () => {
    const lists = { statusLists: [await list()] }
    expect((await ask({ ...lists, notices: [await notice({}, 'SC-AMR')] })).codes).toEqual(['status.revoked'])
    expect((await ask({ ...lists, notices: [await notice({}, 'CQ-AMR')] })).outcome).toBe('recognised')
    const suspended = await notice({ action: 'suspend', iat: NOW - 7200 }, 'SC-AMR')
    // The issuer cannot reinstate a record that the authority suspended.
    expect((await ask({ ...lists, notices: [suspended, await notice({ action: 'reinstate' })] })).codes).toEqual(['status.suspended'])
    expect((await ask({ ...lists, notices: [suspended, await notice({ action: 'reinstate' }, 'SC-AMR')] })).outcome).toBe('recognised')
  })

  it('with a schema error is neither signed nor read', () => {
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
  it('signs no list and no notice, whatever their dates', async () => {
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
