/** Shape and conformance of a record a second on one core, beside JSON.parse and ajv on the same text, in one run. */
import { readdirSync, readFileSync } from 'node:fs'
import Ajv2020 from 'ajv/dist/2020.js'
import { checkRecord } from 'tongheng/conformance'
import type { VerificationRecord } from 'tongheng/records'
import { fixtures } from 'tongheng/testing'
import type { Group } from './measure.js'

const DISTINCT = 256
/** The breath analyser of the fixtures, 1.5 KB, with varying serial and certificate numbers. */
const { record } = fixtures.F06
const texts = Array.from({ length: DISTINCT }, (_, index) => {
  const { instrument } = record as VerificationRecord
  return JSON.stringify({
    ...record,
    certificateNo: `川酒测2025-${1000 + index}`,
    instrument: { ...instrument, serialNumber: `8800-${index}` },
  })
})
const records = texts.map((text) => JSON.parse(text) as unknown)

/** A pressure gauge: six rows with limits, errors, U and a decision rule, 2.6 KB. */
const withLimits = fixtures.F08.record

const folder = new URL('../../schemas/', import.meta.url)
const ajv = new Ajv2020.default({ strict: true, allErrors: false })
for (const file of readdirSync(folder).filter((name) => name.endsWith('.v1.json'))) {
  ajv.addSchema(JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as object)
}
const ajvCheck = ajv.getSchema('https://unpkg.com/tongheng/schemas/verification-record.v1.json')
if (ajvCheck === undefined) throw new Error('no schema')

const passes = (checks: ReturnType<typeof checkRecord>['checks']): boolean => checks.every(({ status }) => status !== 'fail')

export const checking: Group = {
  title: `records of ${Buffer.byteLength(texts[0] ?? '')} bytes`,
  contenders: [
    {
      name: 'json-parse',
      run: (times) => {
        for (let i = 0; i < times; i++) JSON.parse(texts[i % DISTINCT] as string)
      },
    },
    {
      name: 'json-parse-ajv',
      to: 'json-parse',
      run: (times) => {
        for (let i = 0; i < times; i++) if (!ajvCheck(JSON.parse(texts[i % DISTINCT] as string))) throw new Error('ajv')
      },
    },
    {
      name: 'ajv-shape',
      run: (times) => {
        for (let i = 0; i < times; i++) if (!ajvCheck(records[i % DISTINCT])) throw new Error('ajv')
      },
    },
    {
      name: 'shape-conformance',
      to: 'json-parse',
      run: (times) => {
        for (let i = 0; i < times; i++) if (!passes(checkRecord(records[i % DISTINCT]).checks)) throw new Error('checkRecord')
      },
    },
    {
      name: 'json-parse-shape-conformance',
      to: 'json-parse',
      run: (times) => {
        for (let i = 0; i < times; i++)
          if (!passes(checkRecord(JSON.parse(texts[i % DISTINCT] as string)).checks)) throw new Error('checkRecord')
      },
    },
    {
      name: 'shape-conformance-limits',
      run: (times) => {
        for (let i = 0; i < times; i++) if (!passes(checkRecord(withLimits).checks)) throw new Error('checkRecord')
      },
    },
  ],
}
