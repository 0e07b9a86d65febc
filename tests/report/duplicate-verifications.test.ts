// Why this exists: mutual recognition is meant to avoid second verifications. Both authorities must find those that happen nevertheless,
// and no body may be blamed for a verification that was necessary, or could not be compared.
import fc from 'fast-check'
import type { VerificationRecord } from 'tongheng/records'
import {
  type DuplicateOptions,
  type DuplicateReport,
  findDuplicates,
  writeDuplicatesCsv,
  writeDuplicatesText,
  writeDuplicatesWorkbook,
} from 'tongheng/report'
import { signNotice } from 'tongheng/status'
import { createFakeAuthorities, type FakeAuthorities, fixtures, type OrganisationKey, organisation } from 'tongheng/testing'
import { openStatus } from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseStatement } from '../../src/envelope/index.js'
import { readWorkbook } from '../../src/spreadsheet/index.js'

const AT = '2026-06-16T09:00:00+08:00'
const F01 = fixtures.F01.record as VerificationRecord
const F02 = fixtures.F02.record as VerificationRecord
let world: FakeAuthorities
beforeAll(async () => {
  world = await createFakeAuthorities({ at: AT })
})

type By = Extract<OrganisationKey, 'CD' | 'YB' | 'SC-INST' | 'GA' | 'LZ'>
interface Made {
  readonly by: By
  readonly no: string
  readonly on: string
  readonly until?: string | null
  readonly fails?: boolean
  readonly instrument?: Partial<VerificationRecord['instrument']>
  readonly record?: Partial<VerificationRecord>
  readonly signing?: Parameters<FakeAuthorities['sign']>[2]
}
/** A verification of the taximeter of F01 with a stated cause. */
const sign = ({ by, no, on, until, fails = false, instrument, record, signing }: Made): Promise<string> => {
  const { validUntil: _, ...rest } = F01
  const [authorisation] = organisation(by).authorisations
  const end = until === undefined && !fails ? `${Number(on.slice(0, 4)) + 1}${on.slice(4, 8)}${on.slice(8)}` : until
  return world.sign(
    by,
    {
      ...rest,
      certificateNo: no,
      issuer: { uscc: organisation(by).uscc, name: organisation(by).name.zh, authorisationNo: authorisation?.number as string },
      cause: 'periodic',
      instrument: { ...F01.instrument, ...instrument },
      verifiedOn: on,
      ...(fails ? { outcome: 'fail', results: F02.results } : { outcome: 'pass' }),
      ...(typeof end === 'string' && { validUntil: dayBefore(end) }),
      ...record,
    } as VerificationRecord,
    signing,
  )
}
/** Validity is the day of the work and the interval, less a day. */
const dayBefore = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)

const EARLIER: Made = { by: 'CD', no: '川-1', on: '2025-03-12' }
const LATER: Made = { by: 'YB', no: '渝-1', on: '2025-05-10' }
const report = async (made: readonly (Made | string)[], more: Partial<DuplicateOptions> = {}): Promise<DuplicateReport> => {
  const statements = await Promise.all(made.map((one) => (typeof one === 'string' ? one : sign(one))))
  return findDuplicates(statements, { at: AT, trust: world.trust, agreements: [world.agreement], ...more })
}
const outcomeOf = ({ duplicates, undecided, excepted }: DuplicateReport) => ({
  duplicates: duplicates.map(({ earlier, later }) => `${earlier.certificateNo} ${later.certificateNo}`),
  undecided: undecided.flatMap(({ reasons }) => reasons.map(({ code }) => code)),
  excepted: excepted.map(({ code, count }) => `${code} ${count}`),
})
const DUPLICATE = { duplicates: ['川-1 渝-1'], undecided: [], excepted: [] }
const NONE = { duplicates: [], undecided: [], excepted: [] }
const idOf = (signed: string): string => parseStatement(signed, 'metrology-record+jwt').id

describe('an instrument that both sides verified within one interval', () => {
  it('is a duplicate, with both certificates, the days left, the county of the later body and the month', async () => {
    const found = await report([EARLIER, LATER])
    expect(outcomeOf(found)).toEqual(DUPLICATE)
    expect(found.duplicates[0]).toMatchObject({
      instrument: { category: 'taximeter', serialNumber: 'TX9A2303117', plate: '川A***01' },
      earlier: { issuer: { uscc: organisation('CD').uscc, name: organisation('CD').name }, region: '51', validUntil: '2026-03-11' },
      later: { issuer: { uscc: organisation('YB').uscc }, region: '50', verifiedOn: '2025-05-10', outcome: 'pass' },
      daysLeft: 305,
      division: '500112',
      month: '2025-05',
      reasons: [],
    })
    expect(found.table).toEqual([{ category: 'taximeter', division: '500112', month: '2025-05', duplicates: 1, undecided: 0 }])
    expect([found.counts, found.notCompared]).toEqual([{ statements: 2, verifications: 2, others: 0 }, []])
  })

  it('is one in the other direction, and if the later verification failed', async () => {
    const back = await report([
      { ...LATER, on: '2025-03-01' },
      { ...EARLIER, on: '2025-05-10' },
    ])
    expect(outcomeOf(back).duplicates).toEqual(['渝-1 川-1'])
    expect(back.duplicates[0]).toMatchObject({ division: '510100' })
    expect(outcomeOf(await report([EARLIER, { ...LATER, fails: true }]))).toEqual(DUPLICATE)
  })

  it('is one up to the last day of the interval, and not after it', async () => {
    expect((await report([EARLIER, { ...LATER, on: '2025-05-31' }])).duplicates).toHaveLength(1)
    const short = { ...EARLIER, until: '2025-05-11' }
    expect((await report([short, LATER])).duplicates[0]?.daysLeft).toBe(0)
    expect(outcomeOf(await report([short, { ...LATER, on: '2025-05-11' }]))).toEqual(NONE)
  })

  it('is recognised by the key of the standing: plate, or serial number however it is printed', async () => {
    const { serialNumber: _, ...rest } = F01.instrument
    const plated = { ...LATER, record: { instrument: rest } }
    expect(outcomeOf(await report([EARLIER, plated]))).toEqual(DUPLICATE)
    expect(outcomeOf(await report([EARLIER, { ...LATER, instrument: { serialNumber: 'ＴＸ9A2303117' } }]))).toEqual(DUPLICATE)
    const other = { serialNumber: 'TX-OTHER', mobile: { plate: '渝B·T0002', homeRegion: '50' } } as const
    expect(outcomeOf(await report([EARLIER, { ...LATER, instrument: other }]))).toEqual(NONE)
  })

  it('is not found if one province alone verified it twice', async () => {
    expect(outcomeOf(await report([EARLIER, { ...EARLIER, no: '川-2', on: '2025-05-10' }]))).toEqual(NONE)
  })

  it('is limited by the days of the later verification', async () => {
    expect((await report([EARLIER, LATER], { from: '2025-05-10', to: '2025-05-10' })).duplicates).toHaveLength(1)
    expect((await report([EARLIER, LATER], { from: '2025-05-11' })).duplicates).toHaveLength(0)
    expect((await report([EARLIER, LATER], { to: '2025-05-09' })).duplicates).toHaveLength(0)
  })
})

describe('a later verification that was necessary is no duplicate', () => {
  it.each<[string, Partial<VerificationRecord>]>([
    ['duplicate.after-repair', { cause: 'after-repair' }],
    ['duplicate.dispute', { cause: 'dispute' }],
    ['duplicate.dispute', { verificationType: 'arbitration' }],
    ['duplicate.sampling', { cause: 'sampling' }],
    ['duplicate.sampling', { verificationType: 'in-service-inspection' }],
  ])('by its cause (%s: %j)', async (code, record) => {
    expect(outcomeOf(await report([EARLIER, { ...LATER, record }]))).toEqual({ ...NONE, excepted: [`${code} 1`] })
  })

  it('after a failure, on whichever side (duplicate.after-failure); a failure before the certificate does not matter', async () => {
    for (const by of ['CD', 'YB'] as const) {
      const failure = { by, no: '通-1', on: '2025-04-10', fails: true }
      expect(outcomeOf(await report([EARLIER, failure, LATER])).excepted).toContain('duplicate.after-failure 1')
      expect(outcomeOf(await report([EARLIER, { ...failure, on: '2025-03-11' }, LATER])).duplicates).toContain('川-1 渝-1')
    }
    // The earlier one itself failed: no certificate was in force.
    expect(outcomeOf(await report([{ ...EARLIER, fails: true }, LATER]))).toEqual(NONE)
  })

  it('once the earlier certificate was revoked (duplicate.not-in-force); revoked later, it was in force', async () => {
    const signed = await sign(EARLIER)
    const revokedOn = async (day: string) => {
      const from = Date.parse(`${day}T12:00:00+08:00`) / 1000
      const notice = await signNotice(
        { iss: organisation('CD').uscc, iat: from, action: 'revoke', statements: [idOf(signed)], from, reason: { zh: '有误' } },
        world.signer('CD'),
      )
      return outcomeOf(await report([signed, LATER], { status: await openStatus({ notices: [notice] }, world.trust) }))
    }
    expect(await revokedOn('2025-05-10')).toEqual({ ...NONE, excepted: ['duplicate.not-in-force 1'] })
    expect(await revokedOn('2025-05-11')).toEqual(DUPLICATE)
  })

  it('if the earlier one passed at a lower class, or is of the device alone (duplicate.limited, duplicate.other-scope)', async () => {
    const lower = { ...EARLIER, instrument: { accuracyClass: '1 级' }, record: { concludedClass: '2 级' } }
    expect(outcomeOf(await report([lower, LATER]))).toEqual({ ...NONE, excepted: ['duplicate.limited 1'] })
    const same = { ...EARLIER, instrument: { accuracyClass: '1 级' }, record: { concludedClass: '一级' } }
    expect(outcomeOf(await report([same, LATER]))).toEqual(DUPLICATE)
    const device = { ...EARLIER, record: { scope: 'device' as const } }
    expect(outcomeOf(await report([device, LATER]))).toEqual({ ...NONE, excepted: ['duplicate.other-scope 1'] })
  })

  it('if the earlier one is not recognised there (duplicate.not-recognised)', async () => {
    const before = { ...EARLIER, on: '2024-06-20', until: '2025-06-20' }
    expect(outcomeOf(await report([before, LATER]))).toEqual({ ...NONE, excepted: ['duplicate.not-recognised 1'] })
    const { excepted } = await report([before, LATER])
    expect(excepted[0]?.zh).toContain('不予互认：')
  })
})

describe('the remaining validity that the agreement asks for', () => {
  const asking = (min: string): Partial<DuplicateOptions> => {
    const { payload } = world.agreement
    const conditions = [{ name: 'validity-remaining', min }]
    const clauses = payload.clauses.map((clause) => (clause.id === 'mobile-verification' ? { ...clause, conditions } : clause))
    return { agreements: [{ ...world.agreement, payload: { ...payload, clauses } }] }
  }

  it('is compared with the day of the later verification (duplicate.too-little-left)', async () => {
    const short = { ...EARLIER, until: '2025-06-10' }
    expect(outcomeOf(await report([short, LATER], asking('P30D')))).toEqual(DUPLICATE)
    const found = await report([short, LATER], asking('P31D'))
    expect(outcomeOf(found)).toEqual({ ...NONE, excepted: ['duplicate.too-little-left 1'] })
  })
})

describe('what could not be decided', () => {
  it.each<[string, Made, Made]>([
    ['duplicate.cause-not-stated', EARLIER, { ...LATER, record: { cause: undefined as never } }],
    ['duplicate.same-day', EARLIER, { ...LATER, on: EARLIER.on, fails: true }],
    ['duplicate.later-in-doubt', EARLIER, { ...LATER, record: { signatories: { ...F01.signatories, checker: F01.signatories.verifier } } }],
  ])('is listed apart (%s)', async (code, earlier, later) => {
    const found = await report([earlier, later])
    expect(outcomeOf(found)).toEqual({ ...NONE, undecided: [code] })
    expect(found.table).toMatchObject([{ duplicates: 0, undecided: 1 }])
  })

  it('is so without an agreement (duplicate.recognition-undecided)', async () => {
    expect(outcomeOf(await report([EARLIER, LATER], { agreements: [] })).undecided).toEqual(['duplicate.recognition-undecided'])
  })

  it('is so if the status of the earlier one is not known (duplicate.status-undecided)', async () => {
    const status = { uri: 'https://cd.example/status/1', idx: 3 }
    const listed = await sign({ ...EARLIER, signing: { status } as never })
    expect(outcomeOf(await report([listed, LATER])).undecided).toEqual(['duplicate.status-undecided'])
  })

  it('is so without a validity and an interval (duplicate.no-validity)', async () => {
    const found = await report([{ ...EARLIER, until: null, record: { basis: [{ number: 'JJG 517-2016' }], purpose: 'other' } }, LATER])
    expect(outcomeOf(found).undecided).toContain('duplicate.no-validity')
  })

  it('is so if the later record was revoked, and says why (duplicate.later-in-doubt)', async () => {
    const signed = await sign(LATER)
    const from = Date.parse('2025-05-12T12:00:00+08:00') / 1000
    const notice = await signNotice(
      { iss: organisation('YB').uscc, iat: from, action: 'revoke', statements: [idOf(signed)], from, reason: { zh: '出具有误' } },
      world.signer('YB'),
    )
    const found = await report([EARLIER, signed], { status: await openStatus({ notices: [notice] }, world.trust) })
    expect(outcomeOf(found)).toEqual({ ...NONE, undecided: ['duplicate.later-in-doubt'] })
    expect(found.undecided[0]?.reasons[0]?.zh).toMatch(/^后一份记录本身有问题：.*撤销.*出具有误/)
  })

  it('is so if two instruments fit (duplicate.ambiguous)', async () => {
    const { serialNumber: _, ...rest } = F01.instrument
    const second = { ...EARLIER, no: '川-2', instrument: { serialNumber: 'TX9A-OTHER', manufacturer: '另一厂', model: 'X' } }
    const found = await report([EARLIER, second, { ...LATER, record: { instrument: rest } }])
    expect(outcomeOf(found)).toMatchObject({ duplicates: [], undecided: ['duplicate.ambiguous'] })
  })

  it('is so if the issuer used one name twice (duplicate.name-twice)', async () => {
    const jti = '01JQ0000000000000000000000'
    const twin = { ...EARLIER, no: '川-9', instrument: { serialNumber: 'ELSE', mobile: { plate: '川A·T9999', homeRegion: '51' as const } } }
    const found = await report([{ ...EARLIER, signing: { jti } }, { ...twin, signing: { jti } }, LATER])
    expect(outcomeOf(found).undecided).toEqual(['duplicate.name-twice'])
  })

  it('is so if one is of the device alone and the other states no scope (duplicate.scope-not-stated)', async () => {
    const unplated = { mobile: { homeRegion: '51' as const, vin: 'LSVTEST0000000001' } }
    const device = { ...EARLIER, instrument: unplated, record: { scope: 'device' as const } }
    const found = await report([device, { ...LATER, instrument: unplated, record: { scope: undefined as never } }])
    expect(outcomeOf(found).undecided).toContain('duplicate.scope-not-stated')
  })

  it('is named statement by statement if it is no evidence, or has no identity (duplicate.no-identity)', async () => {
    const signed = await sign(EARLIER)
    const forged = `${signed.slice(0, -8)}AAAAAAAA`
    const { serialNumber: _, mobile: __, ...bare } = F01.instrument
    const found = await report([forged, 'no statement', { ...LATER, record: { instrument: bare } }])
    expect(found.notCompared.map(({ code }) => code)).toEqual(expect.arrayContaining(['signature.invalid', 'duplicate.no-identity']))
    expect(found.notCompared).toHaveLength(3)
    // The forged copy does not replace the genuine one, whichever is first.
    for (const order of [
      [forged, signed, LATER],
      [LATER, signed, forged],
    ])
      expect(outcomeOf(await report(order))).toEqual(DUPLICATE)
  })
})

describe('records that state the same work', () => {
  it('count once: signed again under another name, and replaced by a newer one', async () => {
    const again = { ...LATER, signing: { jti: '01JQ0000000000000000000009' } }
    expect(outcomeOf(await report([EARLIER, LATER, again]))).toEqual(DUPLICATE)
    const old = await sign({ ...LATER, no: '渝-0' })
    const replacing = { ...LATER, signing: { supersedes: idOf(old) } as never }
    expect(outcomeOf(await report([EARLIER, old, replacing]))).toEqual(DUPLICATE)
  })

  it('are of one nozzle each if nozzles are verified separately', async () => {
    const nozzle = (name: string) => ({ components: [{ name }] })
    const one = { ...EARLIER, instrument: nozzle('1号枪') }
    expect(outcomeOf(await report([one, { ...LATER, instrument: nozzle('2号枪') }]))).toEqual(NONE)
    const same = await report([one, { ...LATER, instrument: nozzle('枪1') }])
    expect(outcomeOf(same)).toEqual(DUPLICATE)
    expect(same.duplicates[0]?.instrument.component).toBe('枪1')
  })

  it('may be lines of a batch, each an instrument', async () => {
    const { serialNumber: _, ...rest } = F01.instrument
    const instrument = { ...rest, mobile: { homeRegion: '51' as const } }
    const batch = (by: By, no: string, on: string, serials: readonly string[]): Made => ({
      by,
      no,
      on,
      record: { instrument, instruments: serials.map((serialNumber) => ({ serialNumber })) as never },
    })
    const found = await report([
      batch('CD', '川-1', '2025-03-12', ['A1', 'A2', 'A3']),
      batch('YB', '渝-1', '2025-05-10', ['A3', 'A9', 'A1']),
    ])
    expect([found.counts.statements, found.counts.verifications, found.excepted]).toEqual([2, 6, []])
    const pairs = [...found.duplicates, ...found.undecided]
    expect(pairs.map(({ instrument: { serialNumber }, earlier, later }) => [serialNumber, earlier.line, later.line])).toEqual([
      ['A3', 3, 1],
      ['A1', 1, 3],
    ])
  })
})

describe('the report', () => {
  it('does not depend on the order of the statements, and a statement given twice counts once', async () => {
    const made: Made[] = [
      EARLIER,
      LATER,
      { ...EARLIER, no: '川-2', on: '2025-04-01' },
      { ...LATER, no: '渝-2', on: '2025-04-20', fails: true },
      { ...LATER, no: '渝-3', on: '2025-05-20', record: { cause: 'after-repair' } },
      { ...LATER, no: '渝-4', on: '2025-04-01' },
      { ...EARLIER, no: '川-5', on: '2025-05-25', record: { cause: undefined as never } },
      { ...LATER, no: '渝-6', instrument: { serialNumber: '/', mobile: { plate: '川A·T0001', homeRegion: '51' } } },
    ]
    const signed = [...(await Promise.all(made.map(sign))), 'no statement']
    const expected = JSON.stringify(await report(signed))
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...signed, ...signed], { minLength: 9 }), async (order) => {
        const all = [...order, ...signed.filter((one) => !order.includes(one))]
        expect(JSON.stringify(await report(all))).toBe(expected)
      }),
      { numRuns: 15 },
    )
    expect(JSON.parse(expected).duplicates.length).toBeGreaterThan(1)
  })

  it('reads its statements one by one', async () => {
    const given = [await sign(EARLIER), await sign(LATER)]
    let asked = 0
    async function* stream() {
      for (const one of given) {
        asked++
        yield one
      }
    }
    const found = await findDuplicates(stream(), { at: AT, trust: world.trust, agreements: [world.agreement] })
    expect([asked, found.duplicates.length]).toEqual([2, 1])
  })

  it('is written as text, CSV and Excel, in which no cell is a formula, and without holder, whole plate and vehicle number', async () => {
    const hostile = { name: '=cmd|calc', model: '@x' }
    const found = await report([
      EARLIER,
      { ...LATER, instrument: hostile },
      { ...LATER, no: '渝-2', on: '2025-05-20', record: { cause: undefined as never } },
    ])
    const csv = writeDuplicatesCsv(found)
    expect(csv).toContain(`"'=cmd|calc","'@x"`)
    expect(csv.trim().split('\r\n')).toHaveLength(3)
    expect(writeDuplicatesCsv(found, 'en')).toContain('"days left"')
    const { sheets } = await readWorkbook(await writeDuplicatesWorkbook(found))
    expect(sheets.map(({ name, rows }) => [name, rows.length])).toEqual([
      ['统计', 2],
      ['重复检定', 3],
      ['未能比较', 1],
    ])
    expect(sheets[1]?.rows[1]?.map((cell) => cell?.text)).toContain('=cmd|calc')
    const text = writeDuplicatesText(found)
    expect(text).toContain('重复检定 1')
    expect(text).toContain('不能断定 1')
    expect(writeDuplicatesText(found, { language: 'en' })).toContain('305 day(s) left')
    for (const one of [csv, text, JSON.stringify(found)]) {
      expect(one).not.toContain('T0001')
      expect(one).not.toContain(F01.applicant.name as string)
      expect(one).not.toContain('LSVTEST')
    }
  })

  it('is made for options that are what they should be', async () => {
    const options = { at: AT, trust: world.trust }
    const wrong = expect.objectContaining({ code: 'verify.options' })
    await expect(findDuplicates('x' as never, options)).rejects.toEqual(wrong)
    await expect(findDuplicates([], { ...options, from: '2025' })).rejects.toEqual(wrong)
    await expect(findDuplicates([], { ...options, policy: 5 as never })).rejects.toEqual(wrong)
    expect(() => writeDuplicatesCsv({} as never)).toThrow(wrong)
  })
})
