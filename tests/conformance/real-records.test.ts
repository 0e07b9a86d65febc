// Why this exists: a correct record of an ordinary instrument must not fail. These are transcribed from printed forms and raw
// records, not derived from the schema.
import { writeCertificateHtml } from 'tongheng/certificate'
import { checkRecord } from 'tongheng/conformance'
import { readRecord } from 'tongheng/records'
import { certificates, createFakeAuthorities, DEMONSTRATION_TIME, type FakeAuthorities } from 'tongheng/testing'
import { verify } from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'
import { change } from '../records/change.ts'

/** A typical mistake in each record, and the code that must report it. */
const SLIPS: Readonly<Record<keyof typeof certificates, readonly [pointer: string, to: unknown, code: string]>> = {
  balance: ['/results/0/rows/4/2', '0.9', 'error.not-indication-minus-reference'],
  'breath-analyser': ['/results/0/rows/2/5', '0.002', 'error.not-indication-minus-reference'],
  'energy-meter': ['/results/0/rows/3/4', '1.2', 'verdict.outside-limits'],
  'gas-meter': ['/results/0/rows/3/3', '1.4', 'error.not-as-formed'],
  micropipette: ['/results/0/rows/1/8', '0.3', 'error.not-as-formed'],
  'platinum-resistance': ['/results/0/rows/1/6', '0.039', 'error.not-indication-minus-reference'],
  'pressure-gauge': ['/results/0/rows/3/4', '0.62', 'error.not-as-formed'],
  'sound-level-meter': ['/results/0/rows/3/3', '0.3', 'error.not-indication-minus-reference'],
  sphygmomanometer: ['/results/0/rows/3/4', '5', 'error.not-indication-minus-reference'],
  thermocouple: ['/results/0/rows/1/3', '0.058', 'error.not-indication-minus-reference'],
  'torque-wrench': ['/results/0/rows/2/5', '1.5', 'error.not-as-formed'],
  'truck-scale': ['/results/0/rows/3/3', '6', 'error.not-as-formed'],
  'water-meter': ['/results/0/rows/1/4', '1.6', 'error.not-as-formed'],
  weights: ['/results/0/rows/0/2', '0.70', 'verdict.outside-limits'],
  'ev-charger': ['/results/0/rows/1/3', '1.4', 'error.not-as-formed'],
  'taximeter-device': ['/results/0/rows/0/3', '-0.4', 'error.not-as-formed'],
  'taximeter-installed': ['/results/0/rows/2/1', '1.01', 'verdict.outside-limits'],
  'energy-meters': ['/instruments/3/serialNumber', '5130001240007801', 'batch.serial-twice'],
}
/** Findings that concern the built-in tables, not the record: editions and categories that the tables do not contain. */
const ABOUT_OUR_TABLES = new Set<string>(['specification.dates-unverified', 'specification.edition-unknown', 'category.unknown'])

let world: FakeAuthorities
beforeAll(async () => {
  world = await createFakeAuthorities()
})

describe.each(Object.values(certificates))('$id', ({ id, title, signer, record }) => {
  it('has no finding', () => {
    const findings = checkRecord(record).checks.filter(({ status, code }) => status !== 'pass' && code !== 'not-applicable')
    expect(
      findings.filter(({ code }) => !ABOUT_OUR_TABLES.has(code)).map(({ code, path, message }) => `${code} ${path}: ${message.zh}`),
    ).toEqual([])
    expect(readRecord(JSON.parse(JSON.stringify(record)))).toEqual(record)
  })

  it('fails after a clerical error', () => {
    const [pointer, to, code] = SLIPS[id as keyof typeof certificates]
    const { checks } = checkRecord(change(record, [pointer, to]))
    expect(checks.filter(({ status }) => status === 'fail').map((check) => check.code)).toContain(code)
  })

  it('is recognised where it was issued, once signed, and prints with its number', async () => {
    const statement = await world.sign(signer, record)
    const region = signer === 'CQ-INST' ? '50' : '51'
    const verdict = await verify(statement, { at: DEMONSTRATION_TIME, trust: world.trust, policy: { region } })
    expect(verdict.checks.filter(({ status }) => status === 'fail').map(({ code }) => code)).toEqual([])
    expect(verdict.outcome, title.en).toBe('recognised')
    expect(writeCertificateHtml(statement)).toContain(verdict.number)
  })
})

describe('the realistic certificates', () => {
  it('number at least fifteen', () => {
    expect(Object.keys(certificates).length).toBeGreaterThanOrEqual(15)
  })
})
