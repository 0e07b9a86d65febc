// Why this exists: “检定有效” for an instrument that failed is the most harmful error. No input, in any form or order, may remove a failure.
import fc from 'fast-check'
import { coSign, createSigner, generateKey, parseStatement } from 'tongheng/envelope'
import type { VerificationRecord } from 'tongheng/records'
import { type FakeAuthorities, fixtures, type OrganisationKey, organisation } from 'tongheng/testing'
import { openStatus, type SignedRecord, type Standing, standings, type VerifyOptions, verify } from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'
import { claimsOf, createWorld, forge, type World } from './world.js'

const AT = '2025-06-16T09:00:00+08:00'
const F01 = fixtures.F01.record as VerificationRecord
const F04 = fixtures.F04.record as VerificationRecord
let world: World & FakeAuthorities
beforeAll(async () => {
  world = await createWorld(AT)
})

type Change = Partial<Omit<VerificationRecord, 'instrument'>> & { readonly instrument?: object; readonly [member: string]: unknown }
type Signing = Parameters<FakeAuthorities['sign']>[2]
const make = (change: Change, signing: Signing = {}, of = F01, by: OrganisationKey = 'CD'): Promise<string> => {
  const { instrument, ...rest } = change
  return world.sign(by, { ...of, ...rest, instrument: { ...of.instrument, ...instrument } } as VerificationRecord, signing)
}
/** A notice of failure, a day after the certificate of F01. */
const failing = (change: Change = {}, signing: Signing = {}, of = F01, by: OrganisationKey = 'CD') => {
  const { validUntil: _, ...rest } = of
  return make({ certificateNo: 'B-1', verifiedOn: '2025-03-13', ...change, outcome: 'fail' }, signing, rest as VerificationRecord, by)
}
const options = (more: Partial<VerifyOptions> = {}): VerifyOptions => ({ ...world.optionsFor({ signer: 'CD' }), at: AT, ...more })
const codesOf = async (statements: readonly SignedRecord[], more: Partial<VerifyOptions> = {}) =>
  (await standings(statements, options(more))).map(({ code }) => code)
const idOf = (statement: string) => parseStatement(statement, 'metrology-record+jwt').id

describe('a failed verification', () => {
  it('counts despite blanks, line breaks and byte order marks around its signature', async () => {
    const [certificate, failure] = [await make({}), await failing()]
    for (const text of [`${failure}\n`, `\n\n${failure}`, `\ufeff${failure}`, ` ${failure} \r\n`, [failure, ''], ['', failure, '  ']])
      expect(await codesOf([certificate, text]), JSON.stringify(text).slice(0, 20)).toEqual(['standing.failed'])
  })

  it('counts under one genuine signature, despite any other line beside it', async () => {
    const [certificate, failure] = [await make({}), await failing()]
    const stranger = await createSigner((await generateKey('SGD_SM3_SM2')).privateJwk)
    const unlisted = await coSign(failure, { typ: 'metrology-record+jwt', signer: stranger })
    const broken = `${failure.slice(0, -8)}AAAAAAAA`
    for (const beside of [unlisted, broken, 'x', `${failure}x`, certificate])
      for (const given of [
        [failure, beside],
        [beside, failure],
      ])
        expect((await codesOf([certificate, given]))[0]).toBe('standing.failed')
    expect(await codesOf([certificate, failure], { policy: { region: '50', algorithms: ['SGD_SM3_SM2'] } })).toEqual(['standing.failed'])
  })

  it.each<[string, () => Promise<SignedRecord>, string]>([
    [
      'by a key that is not listed',
      async () => {
        const stranger = await createSigner((await generateKey('ES256')).privateJwk)
        return forge(stranger, { ...claimsOf(fixtures.F01), record: { ...F01, certificateNo: 'B-1', outcome: 'fail' } })
      },
      'key.unknown',
    ],
    ['whose status is not known', () => failing({}, { status: { uri: 'https://status.example/1', idx: 1 } }), 'status.not-supplied'],
    [
      'of a later version of its kind',
      async () => forge(world.signer('CD'), claimsOf(fixtures.F01, { record: { ...F01, version: 2, outcome: 'fail' } })),
      'kind.version-unknown',
    ],
    [
      'with a fault of shape',
      async () => forge(world.signer('CD'), claimsOf(fixtures.F01, { record: { ...F01, certificateNo: 12, outcome: 'fail' } })),
      'shape.number',
    ],
    [
      'with an outcome that we do not know',
      async () => forge(world.signer('CD'), claimsOf(fixtures.F01, { record: { ...F01, outcome: 'limited' } })),
      'shape.value',
    ],
    ['that was damaged', async () => `${(await failing()).slice(0, -8)}AAAAAAAA`, 'signature.invalid'],
    ['that is no statement any more', async () => (await failing()).slice(0, 300), 'standing.unreadable'],
    ['of which nothing is left', async () => '', 'standing.unreadable'],
  ])('%s, leaves its instrument undecided, and is named', async (_title, made, code) => {
    const statement = await made()
    for (const given of [
      [await make({}), statement],
      [statement, await make({})],
    ]) {
      const [one] = await standings(given, options())
      expect(one).toMatchObject({ code: 'standing.undecided', notJudged: [{ reason: { code } }] })
    }
    // An unreadable record does not affect instruments that it does not name; if the instrument is unreadable, it may be any.
    const other = await make({ instrument: { serialNumber: 'OTHER-9', mobile: { plate: '川A·T0099', homeRegion: '51' } } })
    const found = (await standings([other, statement], options())).find(({ instrument }) => instrument.serialNumber === 'OTHER-9')
    expect(found?.code).toBe(code === 'standing.unreadable' ? 'standing.undecided' : 'standing.valid')
  })

  it('with members of a later version counts', async () => {
    const record = { ...F01, certificateNo: 'B-1', verifiedOn: '2025-03-12', outcome: 'fail', laterMember: ['x'] }
    const failure = await forge(world.signer('CD'), claimsOf(fixtures.F01, { record }))
    expect(await codesOf([await make({}), failure])).toEqual(['standing.failed'])
  })

  it('under an expired trust list is undecided, as everything else is', async () => {
    const [certificate, failure] = [await make({}), await failing()]
    const at = '2026-03-01T09:00:00+08:00'
    expect((await verify(certificate, options({ at }))).checks.map(({ code }) => code)).toContain('trust-list.expired')
    expect(await codesOf([certificate, failure], { at })).toEqual(['standing.undecided'])
    expect(await codesOf([failure], { at })).toEqual(['standing.undecided'])
  })

  it('that is older than the certificate casts no doubt on it', async () => {
    const old = await failing({ verifiedOn: '2025-03-01' }, { status: { uri: 'https://status.example/1', idx: 1 } })
    expect(await codesOf([await make({}), old])).toEqual(['standing.valid'])
  })
})

describe('an instrument', () => {
  const taxi = (plate: string, more: object = {}) => ({ instrument: { mobile: { plate, homeRegion: '51' }, ...more } })

  it.each([
    '/',
    '无',
    '无编号',
    '无出厂编号',
    '暂无出厂编号',
    '不详',
    '见铭牌',
    '未标注',
    'None',
    'N/A',
    'n.a.',
    '000000',
    '*',
    '-',
    '——',
    '待补',
    '空白',
    '（无）',
    '×××',
    '?',
    '编号不清',
    'S/N',
    '同铭牌',
  ])('without a number (%s) is identified by its plate', async (serialNumber) => {
    const apart = [await make(taxi('川A·T0001', { serialNumber })), await failing(taxi('川A·T0009', { serialNumber }))]
    expect(await codesOf(apart)).toEqual(['standing.valid', 'standing.failed'])
    const together = [await make(taxi('川A·T0001', { serialNumber })), await failing(taxi('川A·T0001', { serialNumber }))]
    expect(await codesOf(together)).toEqual(['standing.failed'])
  })

  it.each(['0001', 'N1', '无1号', 'NO.5', 'A', 'TX9A-0', 'NONE-7'])('with a number (%s) is identified by it', async (serialNumber) => {
    expect(await codesOf([await make(taxi('川A·T0001', { serialNumber })), await failing(taxi('川A·T0009', { serialNumber }))])).toEqual([
      'standing.failed',
    ])
  })

  it('is a different one where maker, model and plate all differ, and is reported where maker and model do', async () => {
    const one = { serialNumber: '0001', manufacturer: '甲厂', model: 'M1' }
    const other = { serialNumber: '0001', manufacturer: '乙厂', model: 'N9' }
    expect(await codesOf([await failing(taxi('川A·T0009', one)), await make(taxi('川A·T0001', other))])).toEqual([
      'standing.failed',
      'standing.valid',
    ])
    const [same] = await standings([await failing(taxi('川A·T0001', one)), await make(taxi('川A·T0001', other))], options())
    expect(same).toMatchObject({
      code: 'standing.failed',
      conflicts: [{ code: 'standing.fail-wins' }, { code: 'standing.identity-differs' }],
    })
    // A record that does not state which of the two it concerns counts for both where it is a failure, and clears neither where it
    // is a certificate.
    const unnamed = { serialNumber: '0001', manufacturer: undefined, model: undefined, mobile: undefined }
    const two = [await make(taxi('川A·T0009', one)), await make({ ...taxi('川A·T0001', other), certificateNo: 'A-2' })]
    expect(await codesOf([...two, await failing({ instrument: unnamed })])).toEqual(['standing.failed', 'standing.failed'])
    const lifting = await make({ certificateNo: 'A-3', verifiedOn: '2025-03-14', instrument: unnamed })
    expect(
      await codesOf([await failing(taxi('川A·T0009', one)), await failing({ ...taxi('川A·T0001', other), certificateNo: 'B-2' }), lifting]),
    ).toEqual(['standing.failed', 'standing.failed'])
  })

  it('is identified by plate and by serial number through records that have both', async () => {
    const both = await make(taxi('川A·T0001'))
    const bySerial = await failing({ instrument: { mobile: undefined } })
    const byPlate = await failing({ certificateNo: 'B-2', ...taxi('川A·T0001', { serialNumber: '/' }) })
    for (const failure of [bySerial, byPlate])
      for (const given of [
        [both, failure],
        [failure, both],
      ])
        expect(await codesOf(given)).toEqual(['standing.failed'])
    expect((await standings([both, bySerial, byPlate], options()))[0]?.entries).toHaveLength(3)
  })

  it('that failed as installed is failed until it is verified as installed', async () => {
    const failure = await failing({ scope: 'installed', verifiedOn: '2025-03-10' })
    const device = await make({ scope: 'device', certificateNo: 'A-2' })
    expect(await codesOf([failure, device])).toEqual(['standing.failed'])
    expect(await codesOf([failure, device, await make({ scope: 'installed', certificateNo: 'A-3' })])).toEqual(['standing.valid'])
    expect(await codesOf([await failing({ scope: 'device', verifiedOn: '2025-03-10' }), device])).toEqual(['standing.device-only'])
    expect(await codesOf([device])).toEqual(['standing.device-only'])
  })

  it('is found by the numeral of its nozzle, in Chinese or Arabic digits', async () => {
    const nozzle = (name: string) => ({ instrument: { components: [{ name }] } })
    for (const [chinese, arabic] of [
      ['十号枪', '10号枪'],
      ['第十二枪', 'Nozzle 12'],
      ['二十一号枪', '枪21'],
      ['一〇二号枪', '102 号枪'],
    ] as const) {
      const failure = await failing({ ...nozzle(chinese), certificateNo: 'N-1', verifiedOn: '2025-03-19' }, {}, F04, 'GA')
      const repaired = await make({ ...nozzle(arabic), certificateNo: 'N-2', verifiedOn: '2025-03-21' }, {}, F04, 'GA')
      expect(await codesOf([failure, repaired]), chinese).toEqual(['standing.valid'])
    }
  })

  it('of which nozzle 1 failed is not valid because nozzle 2 passed', async () => {
    const nozzle = (name: string, serialNumber?: string) => ({
      instrument: { components: [{ name, ...(serialNumber && { serialNumber }) }] },
    })
    const second = await make({ ...nozzle('2号枪', '2'), certificateNo: 'N-2' }, {}, F04, 'GA')
    const first = await failing({ ...nozzle('1 号枪', '1'), certificateNo: 'N-1', verifiedOn: '2025-03-19' }, {}, F04, 'GA')
    const found = await standings([first, second], options())
    expect(found.map(({ code, instrument }) => [code, instrument.component])).toEqual([
      ['standing.failed', '1 号枪'],
      ['standing.valid', '2号枪'],
    ])
    const repaired = await make({ ...nozzle('加油枪 01'), certificateNo: 'N-3', verifiedOn: '2025-03-21' }, {}, F04, 'GA')
    expect(await codesOf([first, second, repaired])).toEqual(['standing.valid', 'standing.valid'])
    const whole = await failing({ instrument: { components: undefined }, certificateNo: 'N-4', verifiedOn: '2025-03-22' }, {}, F04, 'GA')
    expect(await codesOf([first, second, whole])).toEqual(['standing.failed', 'standing.failed'])
  })
})

describe('a newer record of the issuer', () => {
  const reason = { zh: '打印错误', en: 'misprint' }

  it('displaces the record it names: in a standing, and in a verdict that includes it', async () => {
    const failure = await failing()
    const bySupersedes = await make({ certificateNo: 'A-2', verifiedOn: '2025-03-13' }, { supersedes: idOf(failure) })
    const byStatement = await make({
      certificateNo: 'A-2',
      verifiedOn: '2025-03-13',
      amendment: { replaces: 'B-1', statement: idOf(failure), reason },
    })
    const byNumber = await make(
      { certificateNo: 'A-2', verifiedOn: '2025-03-13', amendment: { replaces: 'B-1', reason } },
      { at: '2025-03-14T09:00:00+08:00' },
    )
    for (const newer of [bySupersedes, byStatement, byNumber]) {
      for (const given of [
        [failure, newer],
        [newer, failure],
      ])
        expect(await codesOf(given)).toEqual(['standing.valid'])
      const status = await openStatus({ successors: [newer] }, world.trust)
      const { checks } = await verify(failure, options({ status }))
      expect(checks.find(({ id }) => id === 'status')).toMatchObject({ code: 'status.superseded', evidence: { replacedBy: idOf(newer) } })
    }
    const old = await make({})
    const amended = await make({ certificateNo: 'A-2', amendment: { replaces: F01.certificateNo, statement: idOf(old), reason } })
    expect((await verify(old, options())).outcome).toBe('recognised')
    const status = await openStatus({ successors: [amended, old, 'x'] }, world.trust)
    expect(status.successors).toHaveLength(1)
    expect((await verify(old, options({ status }))).outcome).toBe('not-recognised')
    expect((await verify(amended, options({ status }))).outcome).toBe('recognised')
  })

  it('displaces no record of another issuer, no later one, and no failure where it is itself at fault or revoked', async () => {
    const failure = await failing()
    const foreign = await world.sign(
      'YB',
      { ...F01, certificateNo: 'Y-1', issuer: { ...F01.issuer, uscc: organisation('YB').uscc } } as VerificationRecord,
      { supersedes: idOf(failure) },
    )
    const faulty = await make({ certificateNo: 'A-2', applicant: { ...F01.applicant, uscc: '91510100MA62KCT03W' } } as Change, {
      supersedes: idOf(failure),
    })
    const certificate = await make({})
    for (const newer of [foreign, faulty]) expect((await codesOf([certificate, failure, newer]))[0]).toBe('standing.failed')
    const before = await make(
      { certificateNo: 'A-2', verifiedOn: '2025-03-12', amendment: { replaces: 'B-1', reason } },
      { at: '2025-03-13T09:00:00+08:00' },
    )
    expect(await codesOf([before, failure])).toEqual(['standing.failed'])
    const otherInstrument = await make(
      {
        certificateNo: 'A-2',
        amendment: { replaces: 'B-1', reason },
        instrument: { serialNumber: 'Z-9', mobile: { plate: '川A·T0099', homeRegion: '51' } },
      },
      { at: '2025-03-15T09:00:00+08:00' },
    )
    expect((await codesOf([certificate, failure, otherInstrument]))[0]).toBe('standing.failed')
  })

  it('leaves a failure undecided if it is unknown whether the newer record was revoked', async () => {
    const [certificate, failure] = [await make({}), await failing()]
    const corrected = { certificateNo: 'A-2', verifiedOn: '2025-03-14', validUntil: '2026-03-13' }
    const supersedes = idOf(failure)
    const unknown = await make(corrected, { supersedes, status: { uri: 'https://status.example/1', idx: 1 } })
    for (const given of [
      [certificate, failure, unknown],
      [unknown, failure, certificate],
    ]) {
      const [one] = await standings(given, options())
      expect(one).toMatchObject({
        code: 'standing.undecided',
        notJudged: [{ statementId: idOf(failure), reason: { code: 'status.not-supplied' } }],
      })
    }
    const checksOf = async (successors: readonly string[]) => {
      const status = await openStatus({ successors }, world.trust)
      const { checks } = await verify(failure, options({ status }))
      return checks.filter(({ id }) => id === 'status').map(({ code, path, evidence }) => [code, path, evidence?.replacedBy])
    }
    expect(await checksOf([unknown])).toEqual([['status.not-supplied', undefined, idOf(unknown)]])
    const known = await make({ ...corrected, certificateNo: 'A-3' }, { supersedes })
    expect(await checksOf([unknown, known])).toEqual([['status.superseded', undefined, idOf(known)]])
    expect((await codesOf([certificate, failure, unknown, known]))[0]).toBe('standing.valid')
  })
})

describe('one certificate number', () => {
  const conflictsOf = async (statements: readonly string[]) =>
    (await standings(statements, options()))
      .flatMap(({ conflicts }) => conflicts.map(({ code }) => code))
      .filter((code) => code === 'standing.number-twice')

  it('on two instruments, or on two contents, is reported', async () => {
    const other = { instrument: { serialNumber: 'Z-9', mobile: { plate: '川A·T0099', homeRegion: '51' } } }
    expect(await conflictsOf([await make({}), await make(other)])).toHaveLength(2)
    expect(await conflictsOf([await make({}), await make({ validUntil: '2026-03-10' })])).toHaveLength(1)
  })

  it('is not reported for the same content signed again, an amendment, two nozzles, or two issuers', async () => {
    const old = await make({})
    expect(await conflictsOf([old, await make({})])).toEqual([])
    expect(await conflictsOf([old, await make({ validUntil: '2026-03-10' }, { supersedes: idOf(old) })])).toEqual([])
    const nozzle = (name: string) => make({ instrument: { components: [{ name }] } }, {}, F04, 'GA')
    expect(await conflictsOf([await nozzle('1号枪'), await nozzle('2号枪')])).toEqual([])
    const [authorisation] = organisation('YB').authorisations
    const issuer = { ...F01.issuer, uscc: organisation('YB').uscc, authorisationNo: authorisation?.number as string }
    expect(await conflictsOf([old, await make({ issuer, validUntil: '2026-03-10' } as Change, {}, F01, 'YB')])).toEqual([])
  })
})

describe('the input of standings', () => {
  it('may have a line that is no object: its statement is a doubt, and no error', async () => {
    const claims = claimsOf(fixtures.F01, { record: { ...F01, outcome: 'fail', instruments: [null, 5, { serialNumber: 'Z-1' }] } })
    const statement = await forge(world.signer('CD'), claims)
    const [first] = await standings([await make({}), statement], options())
    expect(first?.notJudged.length).toBeGreaterThan(0)
    expect(first?.code).toBe('standing.undecided')
  })

  const RANK: Readonly<Record<Standing['code'], number>> = {
    'standing.valid': 3,
    'standing.device-only': 2,
    'standing.undecided': 1,
    'standing.none': 1,
    'standing.expired': 1,
    'standing.not-recognised': 1,
    'standing.failed': 0,
  }
  it('may be in any order, and unreadable, blank or unknown statements improve nothing', async () => {
    const failure = await failing()
    const stranger = await createSigner((await generateKey('ES256')).privateJwk)
    const known: SignedRecord[] = [
      await make({}),
      failure,
      [failure, `${failure.slice(0, -8)}AAAAAAAA`],
      await make({ certificateNo: 'A-2', verifiedOn: '2025-03-14', scope: 'device' }),
      await failing({ certificateNo: 'B-3', instrument: { serialNumber: '/' } }),
      await make({ certificateNo: 'A-4', verifiedOn: '2025-03-15', instrument: { serialNumber: '/' } }),
      await failing({ certificateNo: 'B-5' }, { status: { uri: 'https://status.example/1', idx: 1 } }),
    ]
    const noise: SignedRecord[] = [
      '',
      '\n',
      'x',
      [''],
      'a.b.c',
      `${failure.slice(0, -8)}AAAAAAAA`,
      failure.slice(0, 200),
      await forge(stranger, claimsOf(fixtures.F01)),
      await forge(world.signer('CD'), claimsOf(fixtures.F01, { record: { kind: 'verification-record', version: 9 } })),
      await world.sign('SC-INST', fixtures.F07.record),
    ]
    const sorted = (found: readonly Standing[]) =>
      found.map(({ code, instrument, entries }) => JSON.stringify([code, instrument, entries])).sort()
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(known), fc.shuffledSubarray(noise), fc.infiniteStream(fc.nat(20)), async (some, more, at) => {
        const plain = await standings(some, options())
        expect(sorted(await standings([...some].reverse(), options()))).toEqual(sorted(plain))
        const mixed = [...some]
        for (const one of more) mixed.splice((at.next().value as number) % (mixed.length + 1), 0, one)
        const noisy = await standings(mixed, options())
        for (const { entries, code } of plain) {
          const same = noisy.find((other) =>
            entries.every(({ statementId }) => other.entries.some((entry) => entry.statementId === statementId)),
          )
          expect(RANK[(same as Standing).code]).toBeLessThanOrEqual(RANK[code])
        }
      }),
      { numRuns: 40 },
    )
  })
})
