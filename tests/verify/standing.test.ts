// Why this exists: a taximeter that failed in one province must not be used with an earlier certificate of the other.

import { parseStatement } from 'tongheng/envelope'
import type { VerificationRecord } from 'tongheng/records'
import { signNotice } from 'tongheng/status'
import { certificates, createFakeAuthorities, type FakeAuthorities, fixtures, type OrganisationKey, organisation } from 'tongheng/testing'
import { openStatus, standings, type VerifyOptions, verify } from 'tongheng/verify'
import { ulid } from 'ulid'
import { beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from './world.js'

const AT = '2025-06-16T09:00:00+08:00'
const F01 = fixtures.F01.record as VerificationRecord
let world: World & FakeAuthorities
beforeAll(async () => {
  world = await createWorld(AT)
})

interface Made {
  by?: OrganisationKey
  no: string
  on: string
  until?: string
  fails?: boolean
  serial?: string
  /** `null`: none is written. */
  plate?: string | null
  scope?: 'device' | 'installed'
  instrument?: Partial<VerificationRecord['instrument']>
  record?: object
  signing?: Parameters<FakeAuthorities['sign']>[2]
}
const sign = ({ by = 'CD', no, on, until, fails = false, serial, plate, scope, instrument, record, signing }: Made): Promise<string> => {
  const { validUntil: _, ...rest } = F01
  const issuer = { ...F01.issuer, uscc: organisation(by).uscc, name: organisation(by).name.zh }
  const [authorisation] = organisation(by).authorisations
  return world.sign(
    by,
    {
      ...rest,
      certificateNo: no,
      issuer: { ...issuer, authorisationNo: authorisation?.number as string },
      instrument: {
        ...F01.instrument,
        ...(serial !== undefined && { serialNumber: serial }),
        ...(plate !== undefined && { mobile: { homeRegion: '51', ...(plate !== null && { plate }) } }),
        ...instrument,
      },
      ...(scope !== undefined && { scope }),
      verifiedOn: on,
      outcome: fails ? 'fail' : 'pass',
      ...(until !== undefined && { validUntil: until }),
      ...(fails && { results: F01.results }),
      ...record,
    } as VerificationRecord,
    signing,
  )
}
const options = (more: Partial<VerifyOptions> = {}): VerifyOptions => ({ ...world.optionsFor({ signer: 'CD' }), at: AT, ...more })
const ask = async (made: readonly (Made | string)[], more: Partial<VerifyOptions> = {}) => {
  const statements = await Promise.all(made.map((one) => (typeof one === 'string' ? one : sign(one))))
  return { statements, found: await standings(statements, options(more)) }
}
const CERTIFICATE: Made = { no: 'A-1', on: '2025-03-12', until: '2026-03-11' }

describe('the standing of an instrument', () => {
  it('is that of its certificate', async () => {
    const { found, statements } = await ask([await world.sign('CD', F01)])
    const [one] = found
    expect(one).toMatchObject({ code: 'standing.valid', conflicts: [], instrument: { category: 'taximeter' } })
    expect(one?.decidedBy).toBe(parseStatement(statements[0] as string, 'metrology-record+jwt').id)
    expect(one?.zh).toContain(F01.certificateNo)
  })

  it.each<[string, Made, string]>([
    ['a later failure', { no: 'B-1', on: '2025-05-01', fails: true }, 'standing.failed'],
    ['a failure on the same day', { no: 'B-1', on: '2025-03-12', fails: true }, 'standing.failed'],
    ['an earlier failure, since repaired', { no: 'B-1', on: '2025-03-11', fails: true }, 'standing.valid'],
    ['a failure of another instrument', { no: 'B-1', on: '2025-05-01', fails: true, serial: 'another' }, 'standing.valid'],
    ['a failure that lies ahead of the moment asked about', { no: 'B-1', on: '2025-06-17', fails: true }, 'standing.valid'],
  ])('is decided correctly beside %s', async (_title, failure, code) => {
    for (const made of [
      [CERTIFICATE, failure],
      [failure, CERTIFICATE],
    ]) {
      const { found } = await ask(made)
      const own = found.find(({ entries }) => entries.some(({ certificateNo }) => certificateNo === 'A-1'))
      expect(own?.code).toBe(code)
      expect(own?.conflicts.map((one) => one.code)).toEqual(code === 'standing.failed' ? ['standing.fail-wins'] : [])
    }
  })

  it('counts a failure of the same day, and none of the next day that a fast clock signed', async () => {
    const failed = async (on: string, signed: string, at: string) => {
      const { validUntil: _, ...rest } = F01
      const record = { ...rest, certificateNo: 'B-1', outcome: 'fail', verifiedOn: on } as VerificationRecord
      const statements = [await sign(CERTIFICATE), await world.sign('CD', record, { at: signed })]
      return (await standings(statements, options({ at })))[0]?.code
    }
    expect(await failed('2025-06-16', '2025-06-16T08:00:00+08:00', AT)).toBe('standing.failed')
    const [late, next] = ['2025-06-16T23:59:40+08:00', '2025-06-17T00:00:10+08:00']
    expect(await failed('2025-06-17', next, late)).toBe('standing.valid')
    expect(await failed('2025-06-17', next, next)).toBe('standing.failed')
  })

  it('is undecided by a verification without a validity or a known interval, and does not depend on it beside a certificate', async () => {
    const { validUntil: _, ...rest } = F01
    const endless = await world.sign('CD', { ...rest, certificateNo: 'Z-1', verifiedOn: '2025-05-01' } as VerificationRecord)
    expect((await ask([endless])).found[0]).toMatchObject({
      code: 'standing.undecided',
      zh: expect.stringContaining('Z-1'),
      entries: [{ isCounted: true, reason: { code: 'validity.not-stated' } }],
    })
    expect((await ask([endless, CERTIFICATE])).found[0]).toMatchObject({ code: 'standing.valid', zh: '检定有效：A-1，有效期至 2026-03-11' })
  })

  it('is failed by a failure from either province', async () => {
    expect((await ask([CERTIFICATE, { by: 'YB', no: 'C-1', on: '2025-05-01', fails: true }])).found[0]?.code).toBe('standing.failed')
    const { found } = await ask([{ no: 'B-1', on: '2025-05-01', fails: true }])
    expect(found[0]).toMatchObject({ code: 'standing.failed', conflicts: [] })
    // A notice of failure is no certificate, even if it states a validity.
    const dated = await ask([{ no: 'B-1', on: '2025-05-01', until: '2026-05-01', fails: true }])
    expect(dated.found[0]).toMatchObject({ code: 'standing.failed', conflicts: [], entries: [{ isCounted: true }] })
  })

  it('reports two certificates of different bodies that are valid at the same time', async () => {
    const { found } = await ask([CERTIFICATE, { ...CERTIFICATE, by: 'SC-INST', no: 'D-1' }])
    expect(found[0]?.entries.filter(({ isCounted }) => isCounted)).toHaveLength(2)
    expect(found[0]?.conflicts).toMatchObject([{ code: 'standing.duplicate', statementIds: expect.objectContaining({ length: 2 }) }])
  })

  it('reports no conflict between certificates of one body, nor with one that has ended', async () => {
    const { found } = await ask([CERTIFICATE, { ...CERTIFICATE, no: 'A-2', on: '2025-03-13' }])
    expect(found[0]).toMatchObject({ code: 'standing.valid', conflicts: [] })
    const ended = async (until: string) =>
      (await ask([CERTIFICATE, { by: 'SC-INST', no: 'D-1', on: '2024-06-17', until }])).found[0]?.conflicts.map(({ code }) => code)
    expect(await ended('2025-06-16')).toEqual(['standing.duplicate'])
    expect(await ended('2025-06-15')).toEqual([])
  })

  it('lists a failure before the certificates it overrides, in both languages', async () => {
    const made: Made[] = [
      CERTIFICATE,
      { ...CERTIFICATE, by: 'SC-INST', no: 'D-1', on: '2025-03-13' },
      { no: 'B-1', on: '2025-05-01', fails: true },
      { no: 'A-0', on: '2024-03-12', until: '2025-03-11' },
    ]
    const { found, statements } = await ask(made)
    const [a, d, b] = statements.map((text) => parseStatement(text, 'metrology-record+jwt').id)
    expect(found[0]).toMatchObject({ code: 'standing.failed', decidedBy: b, zh: '检定不合格：B-1（2025-05-01），不得使用' })
    expect(found[0]?.entries.map(({ certificateNo }) => certificateNo)).toEqual(['B-1', 'D-1', 'A-1', 'A-0'])
    expect(found[0]?.conflicts).toEqual([
      {
        code: 'standing.fail-wins',
        zh: '检定结果通知书 B-1 优先于仍在有效期内的 D-1, A-1',
        en: 'The notice of failure B-1 prevails over D-1, A-1, whose validity has not ended',
        statementIds: [b, d, a],
      },
      {
        code: 'standing.duplicate',
        zh: '不同机构的检定证书同时有效：D-1, A-1',
        en: 'Certificates of several bodies are in force at once: D-1, A-1',
        statementIds: [d, a],
      },
    ])
  })

  it('orders the entries of one day with the failure first, and the recognised before the others', async () => {
    const refused: Made = { ...CERTIFICATE, no: 'E-1', until: '2025-06-15' }
    const failure: Made = { no: 'B-1', on: '2025-03-12', fails: true }
    for (const made of [
      [refused, CERTIFICATE, failure],
      [failure, CERTIFICATE, refused],
      [CERTIFICATE, failure, refused],
    ]) {
      const { found } = await ask(made)
      expect(found[0]?.entries.map(({ certificateNo }) => certificateNo)).toEqual(['B-1', 'A-1', 'E-1'])
    }
    const { found } = await ask([refused, CERTIFICATE])
    expect(found[0]).toMatchObject({ code: 'standing.valid', zh: '检定有效：A-1，有效期至 2026-03-11' })
  })

  it('is decided for each instrument separately: by category and serial number, however that is printed', async () => {
    const of = async (...serials: string[]) =>
      (await ask(serials.map((serial, at) => ({ ...CERTIFICATE, no: `A-${at}`, serial })))).found.map(({ entries }) => entries.length)
    expect(await of('TX-9', 'TX-8')).toEqual([1, 1])
    expect(await of('ＴＸ-9', 'TX-9')).toEqual([2])
    const record = { ...F01, instrument: { ...F01.instrument, category: 'weights' } } as VerificationRecord
    const { found } = await ask([CERTIFICATE, await world.sign('CD', record)])
    expect(found.map(({ instrument }) => instrument.category)).toEqual(['taximeter', 'weights'])
  })

  it('is that of the certificate alone where the instrument has no serial number', async () => {
    for (const serial of ['/', '无']) {
      const { found } = await ask([
        { ...CERTIFICATE, serial, plate: null },
        { no: 'B-1', on: '2025-05-01', fails: true, serial, plate: null },
      ])
      expect(found.map(({ code }) => code)).toEqual(['standing.valid', 'standing.failed'])
    }
    const { serialNumber: _, mobile: __, ...unnamed } = F01.instrument
    const record = { ...F01, instrument: unnamed } as VerificationRecord
    const { found } = await ask([await world.sign('CD', record), await world.sign('CD', { ...record, certificateNo: 'A-2' })])
    expect(found.map(({ instrument }) => instrument)).toStrictEqual([{ category: 'taximeter' }, { category: 'taximeter' }])
  })

  it('names category, serial number and plate, and its moment', async () => {
    const { found } = await ask([CERTIFICATE])
    expect(found[0]).toMatchObject({
      at: AT,
      instrument: { category: 'taximeter', serialNumber: F01.instrument.serialNumber, plate: F01.instrument.mobile?.plate },
    })
  })

  it('explains each entry, and why it counts or does not', async () => {
    const { found, statements } = await ask([CERTIFICATE, { no: 'B-1', on: '2025-03-11', fails: true }])
    const { category, serialNumber, manufacturer, model, mobile } = F01.instrument
    const instrument = { category, serialNumber, manufacturer, model, mobile: { plate: mobile?.plate } }
    expect(found[0]?.entries).toStrictEqual([
      {
        statementId: parseStatement(statements[0] as string, 'metrology-record+jwt').id,
        certificateNo: 'A-1',
        issuer: organisation('CD').uscc,
        outcome: 'pass',
        verifiedOn: '2025-03-12',
        verificationType: 'subsequent',
        validUntil: '2026-03-11',
        recognition: 'recognised',
        isCounted: true,
        reason: { code: 'agreement.clause', zh: expect.stringContaining('适用条款'), en: expect.stringContaining('Clause') },
        instrument,
        scope: 'installed',
      },
      {
        statementId: parseStatement(statements[1] as string, 'metrology-record+jwt').id,
        certificateNo: 'B-1',
        issuer: organisation('CD').uscc,
        outcome: 'fail',
        verifiedOn: '2025-03-11',
        verificationType: 'subsequent',
        recognition: 'not-recognised',
        isCounted: true,
        reason: { code: 'outcome.no-failed-item', zh: expect.stringContaining('不合格'), en: expect.stringContaining('no failed item') },
        instrument,
        scope: 'installed',
      },
    ])
  })

  it('ignores a certificate that fails a rule, but not a notice of failure that fails one', async () => {
    const wrong = { ...F01.applicant, uscc: '91510100MA62KCT03W' }
    const { validUntil: _, ...rest } = F01
    const certificate = await world.sign('CD', { ...F01, applicant: wrong } as VerificationRecord)
    expect((await ask([certificate])).found[0]).toMatchObject({ code: 'standing.none', zh: '没有可采用的检定记录' })
    expect((await ask([certificate])).found[0]).not.toHaveProperty('decidedBy')
    const failure = await world.sign('CD', { ...rest, certificateNo: 'B-1', outcome: 'fail', applicant: wrong } as VerificationRecord)
    expect((await ask([failure])).found[0]?.code).toBe('standing.failed')
  })

  it('is not recognised where the agreement does not cover it', async () => {
    const { found } = await ask([CERTIFICATE], { policy: { region: '52' } })
    expect(found[0]?.code).toBe('standing.not-recognised')
    expect(found[0]?.en).toMatch(/^Not recognised: A-1: ./)
    expect((await ask([CERTIFICATE], { agreements: [] })).found[0]?.en).toMatch(/^Undecidable: A-1: ./)
    const { found: ended } = await ask([{ ...CERTIFICATE, on: '2024-07-10', until: '2025-06-15' }])
    expect(ended[0]?.en).toBe('Expired: A-1, valid until 2025-06-15')
  })

  it('accepts statements with several signatures, and an asynchronous source', async () => {
    const statement = await sign(CERTIFICATE)
    async function* arriving(): AsyncGenerator<string[]> {
      yield [statement]
    }
    expect((await standings(arriving(), options())).map(({ code }) => code)).toEqual(['standing.valid'])
  })

  it('counts a repeated statement once, and ignores texts that are no statements', async () => {
    const statement = await world.sign('CD', F01)
    const { found } = await ask([
      statement,
      statement,
      'x',
      await world.sign('SC-INST', fixtures.F07.record),
      `${statement.slice(0, -8)}AAAAAAAA`,
    ])
    expect(found.map(({ entries }) => entries.length)).toEqual([1])
    expect(await standings([], options())).toEqual([])
    // A forged statement is not a record of the instrument it names.
    expect(await standings([`${statement.slice(0, -8)}AAAAAAAA`], options())).toEqual([])
  })

  it('expires with its certificate', async () => {
    const statement = await sign(CERTIFICATE)
    const later = await createFakeAuthorities({ witnessKeys: true, at: '2026-03-12T09:00:00+08:00' })
    expect(later.trust.lists).toHaveLength(2)
    const { found } = await ask([{ ...CERTIFICATE, on: '2024-07-10', until: '2025-06-15' }])
    expect(found[0]?.code).toBe('standing.expired')
    expect((await standings([statement], options()))[0]?.code).toBe('standing.valid')
  })

  it('is undecided while a fact is missing', async () => {
    expect((await ask([CERTIFICATE], { agreements: [] })).found[0]?.code).toBe('standing.undecided')
    // It is unknown whether it was revoked.
    const listed = await world.sign('CD', F01, { status: { uri: 'https://status.example/1', idx: 1 } })
    expect((await ask([listed])).found[0]).toMatchObject({
      code: 'standing.undecided',
      decidedBy: expect.any(String),
      entries: [{ isCounted: false, recognition: 'indeterminate', reason: { code: 'status.not-supplied' } }],
    })
    // An older certificate decides while it is in force, and no longer after its end.
    expect((await ask([listed, { ...CERTIFICATE, on: '2025-02-01', until: '2026-01-31' }])).found[0]?.code).toBe('standing.valid')
    expect((await ask([listed, { ...CERTIFICATE, on: '2024-07-10', until: '2025-06-15' }])).found[0]?.code).toBe('standing.undecided')
    expect((await ask([listed, { no: 'B-1', on: '2025-02-01', fails: true }])).found[0]?.code).toBe('standing.failed')
  })

  it('rests on no in-service inspection (使用中检查), which begins no interval', async () => {
    const { validUntil: _, ...rest } = F01
    const inspected = (purpose: string) =>
      world.sign('CD', {
        ...rest,
        certificateNo: 'J-1',
        verificationType: 'in-service-inspection',
        purpose,
        verifiedOn: '2025-06-10',
      } as VerificationRecord)
    const expired = { ...CERTIFICATE, on: '2024-07-10', until: '2025-06-09' }
    for (const purpose of [F01.purpose, 'other']) {
      const inspection = await inspected(purpose)
      expect((await ask([inspection])).found[0]?.code, purpose).toBe('standing.none')
      expect((await ask([inspection, expired])).found[0]?.code, purpose).toBe('standing.expired')
      expect((await ask([inspection, { no: 'B-1', on: '2025-06-01', fails: true }])).found[0]?.code, purpose).toBe('standing.failed')
    }
  })

  it('of a certificate without a stated validity is that of its verdict: by the interval of the regulation, or without an end', async () => {
    const asked = async (name: 'energy-meter' | 'platinum-resistance', at = AT, by: Pick<FakeAuthorities, 'sign' | 'trust'> = world) => {
      const { signer, record } = certificates[name]
      const { validUntil: _, ...rest } = record as VerificationRecord
      const statement = await by.sign(signer, rest as VerificationRecord)
      const region = organisation(signer).region
      const own = { ...options(), trust: by.trust, at, policy: { region } }
      const [found] = await standings([statement], own)
      return [(await verify(statement, own)).outcome, found?.code, found?.en, found?.entries[0]?.intervalEnd]
    }
    const [, , said, end] = await asked('energy-meter')
    expect(await asked('energy-meter')).toEqual([
      'recognised',
      'standing.valid',
      expect.stringContaining('by the interval'),
      expect.any(String),
    ])
    expect(said).toContain(end)
    expect(await asked('platinum-resistance')).toEqual([
      'recognised',
      'standing.valid',
      expect.stringContaining('states no end'),
      undefined,
    ])
    const then = '2034-01-02T09:00:00+08:00'
    const later = await createFakeAuthorities({ witnessKeys: true, at: then })
    expect(await asked('energy-meter', then, later)).toEqual([
      'not-recognised',
      'standing.expired',
      expect.stringMatching(/^Expired: .* until 2033-05-20 by the interval/),
      '2033-05-20',
    ])
  })

  it('rests neither on a revoked certificate nor on a revoked failure', async () => {
    const revoking = async (statement: string) => {
      const notice = await signNotice(
        {
          iss: organisation('CD').uscc,
          jti: ulid(),
          iat: Date.parse(AT) / 1000 - 60,
          action: 'revoke',
          statements: [parseStatement(statement, 'metrology-record+jwt').id],
          from: Date.parse(AT) / 1000 - 60,
          reason: { zh: '误发' },
        },
        world.signer('CD'),
      )
      return openStatus({ notices: [notice] }, world.trust)
    }
    const [certificate, failure] = [await sign(CERTIFICATE), await sign({ no: 'B-1', on: '2025-05-01', fails: true })]
    const withdrawn = await standings([certificate], options({ status: await revoking(certificate) }))
    expect(withdrawn[0]).toMatchObject({ code: 'standing.none', entries: [{ isCounted: false, reason: { code: 'status.revoked' } }] })
    expect((await standings([certificate, failure], options({ status: await revoking(failure) })))[0]?.code).toBe('standing.valid')
  })
})
