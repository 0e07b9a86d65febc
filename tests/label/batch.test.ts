// Why this exists: an institute that verified a thousand meters prints a thousand labels; one that bears another meter's serial number or status is worse than none.

import { writeCertificateHtml } from 'tongheng/certificate'
import { checkRecord } from 'tongheng/conformance'
import { labelDifferences, labelUrl, signLabel, signLabels, signWithLabel, signWithLabels, verifyLabel } from 'tongheng/label'
import type { VerificationRecord } from 'tongheng/records'
import { certificates, createFakeAuthorities, DEMONSTRATION_TIME, type FakeAuthorities } from 'tongheng/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { faultOfAsync } from '../base/fault.js'
import { change } from '../records/change.ts'
import { payloadOf } from './labels.ts'

const record = certificates['energy-meters'].record as VerificationRecord
const SERIALS = (record.instruments ?? []).map(({ serialNumber }) => serialNumber)
const STATUS = { uri: 'https://jl.example.cn/status/1', idx: 40 }
const at = DEMONSTRATION_TIME

let world: FakeAuthorities
let statement: string
let single: string
beforeAll(async () => {
  world = await createFakeAuthorities({ algorithms: ['ES256', 'SGD_SM3_SM2'] })
  statement = await world.sign('SC-INST', record, { status: STATUS })
  single = await world.sign('SC-INST', certificates['energy-meter'].record)
})
const sign = (lines?: readonly number[], of: string = statement) =>
  signLabels(of, { signers: [world.signer('SC-INST')], at, ...(lines && { lines }) })
const serialIn = ({ signed }: { signed: readonly string[] }) => payloadOf(signed[0] as string).serial

describe('the labels of all lines', () => {
  it('are one per instrument, in order, each with its serial number and its index in the status list', async () => {
    const labels = await sign()
    expect(labels.map(({ line, serial }) => [line, serial])).toEqual(SERIALS.map((serial, n) => [n + 1, serial]))
    expect(labels.map(serialIn)).toEqual(SERIALS)
    expect(labels.map(({ signed }) => (payloadOf(signed[0] as string).status as { index: number }).index)).toEqual(
      SERIALS.map((_, n) => STATUS.idx + n),
    )
    const one = await signLabel(statement, { signers: [world.signer('SC-INST')], at, line: 3 })
    expect(payloadOf(labels[2]?.signed[0] as string)).toEqual(payloadOf(one.signed[0] as string))
    for (const { octets } of labels) {
      const text = labelUrl(octets, 'https://jl.example.cn')
      expect(labelDifferences(text, statement)).toEqual([])
      expect((await verifyLabel(text, { at, trust: world.trust, policy: { region: '51' } })).label?.serial).toBeDefined()
    }
  })

  it('are those of the selected lines, in the given order', async () => {
    expect((await sign([5, 2])).map(serialIn)).toEqual([SERIALS[4], SERIALS[1]])
  })

  it('state the conclusion on the line: a meter that failed has a label that says so', async () => {
    const mixed = change(record, ['/instruments/1/outcome', 'fail'], ['/results/0/rows/3/3', '2.4'], ['/results/0/rows/3/6', 'fail'])
    expect(checkRecord(mixed).checks.filter(({ status }) => status === 'fail')).toEqual([])
    const labels = await sign(undefined, await world.sign('SC-INST', mixed))
    expect(labels.map(({ signed }) => payloadOf(signed[0] as string).outcome)).toEqual(SERIALS.map((_, n) => (n === 1 ? 'fail' : 'pass')))
  })

  it('of a record of one instrument are its one label', async () => {
    const [label, ...others] = await sign(undefined, single)
    expect([others, label?.line, serialIn(label as never)]).toEqual([[], undefined, label?.serial])
  })

  it('are signed by every signer together with the record', async () => {
    const signers = [world.signer('SC-INST'), world.signer('SC-INST', 'SGD_SM3_SM2')] as const
    const { record: signed, labels } = await signWithLabels(record, { signers, at, status: STATUS })
    expect([signed.length, labels.map((label) => label.signed.length)]).toEqual([2, SERIALS.map(() => 2)])
    expect((await signWithLabels(certificates['energy-meter'].record, { signers, at })).labels).toHaveLength(1)
  })
})

describe('labels of lines are refused', () => {
  it.each([
    ['a line beyond the last', [1, SERIALS.length + 1], 'label.line'],
    ['line 0', [0], 'verify.options'],
    ['a negative line', [-1], 'verify.options'],
    ['half a line', [1.5], 'verify.options'],
    ['one line twice', [2, 2], 'verify.options'],
    ['no line', [], 'verify.options'],
    ['more lines than a batch has', Array.from({ length: 1001 }, (_, n) => n + 1), 'verify.options'],
  ] as const)('are %s', async (_, lines, code) => {
    expect((await faultOfAsync(() => sign(lines))).code).toBe(code)
  })

  it('for a line of a record of one instrument, and a whole batch as one label', async () => {
    expect((await faultOfAsync(() => sign([1], single))).code).toBe('label.line')
    expect((await faultOfAsync(() => signWithLabel(record, { signers: [world.signer('SC-INST')], at }))).code).toBe('label.line')
  })

  it('for a batch that states one serial number twice, because its labels would be ambiguous', async () => {
    const twice = await world.sign('SC-INST', change(record, ['/instruments/3/serialNumber', SERIALS[0]]))
    expect((await faultOfAsync(() => sign(undefined, twice))).code).toBe('label.record-fails')
  })

  it('if one is too long: the error names its line, and no label is returned', async () => {
    const long = '长'.repeat(180)
    const statementOf = await world.sign('SC-INST', change(record, ['/instruments/2/serialNumber', long]))
    const fault = await faultOfAsync(() => sign(undefined, statementOf))
    expect([fault.code, fault.details]).toMatchObject(['label.line-fails', { line: 3, serial: long }])
    expect(await sign([1, 2], statementOf)).toHaveLength(2)
  })
})

describe('a batch certificate', () => {
  it('prints the label of a line with its number and serial number under it', async () => {
    const [label] = await sign([4])
    const html = writeCertificateHtml(statement, { label: labelUrl(label?.octets as Uint8Array, 'https://jl.example.cn'), language: 'zh' })
    expect(html).toContain(`第 4 行器具（出厂编号 ${SERIALS[3]}）的标签：扫码核验`)
  })
})
