// Why this exists: version 1 gains optional members in later releases. An older reader must not reject a correct record, nor
// recognise a record that it does not fully understand.
import { checkRecord } from 'tongheng/conformance'
import { createRecord, readRecord, signRecord, type VerificationRecord } from 'tongheng/records'
import { fixtures } from 'tongheng/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { claimsOf, createWorld, forge, verdictOf, type World } from './world.js'

type Json = Record<string, unknown>
let world: World
beforeAll(async () => {
  world = await createWorld()
})

/** A record that is modified in place. */
const changed = (change: (record: never) => void, of: (typeof fixtures)[keyof typeof fixtures] = fixtures.F01) => {
  const record = structuredClone(of.record)
  change(record as never)
  return record
}
const judged = async (record: unknown, of: (typeof fixtures)[keyof typeof fixtures] = fixtures.F01) =>
  verdictOf(await forge(world.signer(of.signer), claimsOf(of, { record })), world.optionsFor(of))

interface Loose {
  instrument: Json & { mobile: Json }
  results: { columns: Json[] }[]
  environment: Json
  signatories: { verifier: Json }
  standards: Json[]
  verificationType: string
  purpose: string
  outcome: string
  applicant: Json
  verifiedOn: string
}

describe('an unknown member in a genuine record', () => {
  it.each<[string, (record: Loose & Json) => void, string]>([
    ['at the top', (record) => Object.assign(record, { labels: [{ number: 'A-1' }] }), '/record/labels'],
    [
      'in the instrument',
      ({ instrument }) => Object.assign(instrument, { rangeAsPrinted: '0–60 km/h' }),
      '/record/instrument/rangeAsPrinted',
    ],
    ['deeper', ({ instrument }) => Object.assign(instrument.mobile, { fleet: 'x' }), '/record/instrument/mobile/fleet'],
    [
      'in a column',
      ({ results }) => Object.assign(results[0]?.columns[0] ?? {}, { linearity: 'span' }),
      '/record/results/0/columns/0/linearity',
    ],
    ['in an element of a list', ({ standards }) => Object.assign(standards[0] ?? {}, { role: 'main' }), '/record/standards/0/role'],
    [
      'in a form of a union',
      ({ standards }) => Object.assign(standards[0] ?? {}, NEWER_UNCERTAINTY),
      '/record/standards/0/uncertainty/correlated',
    ],
    [
      'as a role of a column',
      ({ results }) => Object.assign(results[0]?.columns[0] ?? {}, { role: 'linearity' }),
      '/record/results/0/columns/0/role',
    ],
    ['as a type of verification', (record) => Object.assign(record, { verificationType: 'after-repair' }), '/record/verificationType'],
    [
      'as a form of uncertainty',
      ({ standards }) => Object.assign(standards[0] ?? {}, { uncertainty: { form: 'digital', value: '1' } }),
      '/record/standards/0/uncertainty/form',
    ],
  ])('%s, leaves the record undecided, and is named', async (_title, change, path) => {
    const { outcome, checks } = await judged(changed(change))
    expect(checks.filter(({ status }) => status === 'fail')).toEqual([])
    expect(outcome).toBe('indeterminate')
    const schema = checks.find(({ id }) => id === 'record.schema')
    expect(schema).toMatchObject({ code: 'record.newer-members', status: 'skip', blockedBy: 'fact:newer-version', path })
    expect(schema?.message.zh).toContain(path)
  })

  it.each<[string, object, string]>([
    ['an end that has passed', { exp: 1 }, '/exp'],
    ['an end that has not', { exp: 4_000_000_000 }, '/exp'],
    ['a beginning that is to come', { nbf: 4_000_000_000 }, '/nbf'],
    ['an end that is no number', { exp: '9999999999' }, '/exp'],
    ['another audience', { aud: 'elsewhere' }, '/aud'],
  ])(
    'as a claim of RFC 7519 that no record has, %s, prevents recognition: this version does not know what it limits',
    async (_title, more, path) => {
      const { outcome, checks } = await verdictOf(
        await forge(world.signer('CD'), claimsOf(fixtures.F01, more)),
        world.optionsFor(fixtures.F01),
      )
      expect(outcome).toBe('indeterminate')
      expect(checks.find(({ code }) => code === 'record.newer-members')).toMatchObject({ status: 'skip', path })
    },
  )

  it('affects only the rows that read its part of the record', async () => {
    const { checks } = await judged(changed(({ results }: Loose) => Object.assign(results[0]?.columns[0] ?? {}, { linearity: 'span' })))
    const statusOf = (id: string) => checks.find((check) => check.id === id)?.status
    expect(statusOf('issuer.scope')).toBe('pass')
    expect(statusOf('record.validity')).toBe('pass')
    expect(checks.find(({ id }) => id === 'table.error')).toMatchObject({ status: 'skip', blockedBy: 'record.schema' })
  })

  it.each<[string, (record: Loose & Json) => void, string]>([
    ['a digit of the credit code', ({ applicant }) => Object.assign(applicant, { uscc: '91510100MA62KCT03W' }), 'uscc.check-character'],
    ['a required member', (record) => Reflect.deleteProperty(record, 'verifiedOn'), 'shape.missing'],
    ['the type of a member', (record) => Object.assign(record, { certificateNo: 12 }), 'shape.number'],
    ['an outcome that is none', (record) => Object.assign(record, { outcome: 'passed' }), 'shape.value'],
    ['a value that is no code word', (record) => Object.assign(record, { verificationType: 'After repair' }), 'shape.value'],
  ])('excuses nothing else: not %s', async (_title, change, code) => {
    const record = changed((one: Loose & Json) => {
      Object.assign(one, { labels: [] })
      change(one)
    })
    const { outcome, checks } = await judged(record)
    expect(outcome).toBe('not-recognised')
    expect(checks.filter(({ status }) => status === 'fail').map((check) => check.code)).toContain(code)
    expect(checks.map((check) => check.code)).toContain('record.newer-members')
  })

  it('excuses no failed verification, no expired one and no invalid signature', async () => {
    const failed = await judged({ ...fixtures.F02.record, labels: [] }, fixtures.F02)
    expect(failed.checks.find(({ id }) => id === 'record.outcome')?.code).toBe('outcome.failed-verification')
    expect(failed.outcome).toBe('not-recognised')
    const late = await forge(world.signer('CD'), claimsOf(fixtures.F01, { record: { ...fixtures.F01.record, labels: [] } }))
    const options = world.optionsFor(fixtures.F01, { at: '2026-03-12T09:00:00+08:00' })
    expect((await verdictOf(late, options)).checks.map(({ code }) => code)).toContain('trust-list.expired')
    expect((await verdictOf(`${late.slice(0, -8)}AAAAAAAA`, options)).outcome).toBe('not-recognised')
  })

  it('leaves the record undecided however many there are; twenty are named', async () => {
    const record = { ...fixtures.F01.record, ...Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`member${at}`, at])) }
    const { outcome, checks } = await judged(record)
    expect(outcome).toBe('indeterminate')
    expect(checks.find(({ id }) => id === 'record.schema')?.evidence?.members).toHaveLength(20)
  })
})

const NEWER_UNCERTAINTY = { uncertainty: { form: 'expanded', value: '0.1', k: '2', correlated: true } }

describe('an unknown member of a record', () => {
  const own = { ...fixtures.F01.record, labels: [] } as unknown as VerificationRecord

  it('is an error in one’s own: when it is checked, made, read or signed', async () => {
    const { checks } = checkRecord(own)
    expect(checks.filter(({ status }) => status === 'fail')).toMatchObject([{ code: 'shape.unrecognised', path: '/labels' }])
    expect(() => readRecord(own)).toThrow(expect.objectContaining({ code: 'record.invalid' }))
    expect(() => createRecord('verification-record', own)).toThrow(expect.objectContaining({ code: 'record.invalid' }))
    await expect(signRecord(own, { signer: world.signer('CD'), at: world.at })).rejects.toThrow(
      expect.objectContaining({ code: 'record.invalid' }),
    )
  })

  it('is no error where another system signed it, whatever the kind', () => {
    for (const { record } of Object.values(fixtures)) {
      const { checks, record: read, isPartlyRead } = checkRecord({ ...record, labels: [] }, '', { foreign: true })
      expect(isPartlyRead).toBe(true)
      expect(read).toEqual(record)
      expect(checks.find(({ id }) => id === 'record.schema')).toMatchObject({
        code: 'record.newer-members',
        blockedBy: 'fact:newer-version',
      })
      expect(checks.filter(({ status }) => status === 'fail')).toEqual([])
    }
  })
})
