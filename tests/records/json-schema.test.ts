// Why this exists: systems in other languages judge shape by the published JSON Schemas, which must agree with our parser.
import { readFileSync } from 'node:fs'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { type AnyRecord, kinds, parseRecord, SCHEMA_BASE, writeJsonSchemas } from 'tongheng/records'
import { createFakeAuthorities, faultyRecords, fixtures, negatives, publications } from 'tongheng/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { filesIn, SCHEMA_FOLDER, schemaFiles } from '../../.ci/generate/schemas.ts'
import { change, sortsOfPlaces } from './change.ts'

interface JsonSchema {
  readonly $id?: string
  readonly $schema?: string
  readonly $ref?: string
  readonly description?: string
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly additionalProperties?: boolean
}

const schemas = writeJsonSchemas() as ReadonlyMap<string, JsonSchema>
const records = [...Object.values(fixtures), ...publications, ...negatives, ...faultyRecords]
const validators = new Map<string, ValidateFunction>()

beforeAll(() => {
  const ajv = new Ajv2020({ strict: true, allErrors: false })
  for (const schema of schemas.values()) ajv.addSchema(schema)
  for (const { $id } of schemas.values()) validators.set($id as string, ajv.getSchema($id as string) as ValidateFunction)
})

const isValid = (record: unknown, kind: string): boolean => (validators.get(`${SCHEMA_BASE}${kind}.v1.json`) as ValidateFunction)(record)
const isParsed = (record: AnyRecord, kind: string): boolean => parseRecord(record, kinds.get(kind) as never).faults.length === 0

describe('schemas/', () => {
  it('contains exactly the schemas of the records: run npm run schemas after changing them', () => {
    const files = schemaFiles()
    expect(filesIn(SCHEMA_FOLDER)).toEqual([...files.keys()].sort())
    for (const [file, text] of files) expect(readFileSync(`${SCHEMA_FOLDER}${file}`, 'utf8'), file).toBe(text)
  })

  it('lists a schema for every kind, with the digest of its file', () => {
    const index = JSON.parse(schemaFiles().get('index.json') as string) as {
      kind?: string
      version: number
      file: string
      sha256: string
    }[]
    for (const { kind, version } of kinds.values()) {
      expect(index).toContainEqual(
        expect.objectContaining({ kind, version, file: `${kind}.v${version}.json`, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }),
      )
    }
    expect(index.map(({ file }) => file)).toEqual([...schemaFiles().keys()].filter((file) => /^[a-z-]+\.v[0-9]+\.json$/.test(file)))
  })

  it('names each file by its URL', () => {
    for (const [file, { $id, $schema }] of schemas) {
      expect($id).toBe(`${SCHEMA_BASE}${file}`)
      expect($schema).toBe('https://json-schema.org/draft/2020-12/schema')
    }
  })

  it('compiles in ajv’s strict mode with every reference resolved', () => {
    expect(validators.size).toBe(schemas.size)
    expect([...validators.values()].filter((validate) => typeof validate !== 'function')).toEqual([])
  })

  it('rejects unknown members at every depth', () => {
    const open: string[] = []
    for (const [file, schema] of schemas) {
      for (const { where, at } of subschemas(schema, file)) {
        if (at.properties !== undefined && at.additionalProperties !== false) open.push(where)
      }
    }
    expect(open).toEqual([])
  })
})

/** Every schema inside a schema, by its pointer. */
function* subschemas(at: JsonSchema, where: string): Generator<{ where: string; at: JsonSchema }> {
  yield { where, at }
  for (const [name, member] of Object.entries(at.properties ?? {})) yield* subschemas(member, `${where}/${name}`)
  if (at.items !== undefined) yield* subschemas(at.items, `${where}/*`)
  for (const branch of [...(at.anyOf ?? []), ...(at.oneOf ?? []), ...(at.allOf ?? [])]) yield* subschemas(branch, where)
}

describe('the descriptions', () => {
  const byId = new Map([...schemas.values()].map((schema) => [schema.$id, schema]))
  const described = ({ description, $ref }: JsonSchema): string | undefined => description ?? byId.get($ref)?.description

  it('explain every property, in Chinese and in English', () => {
    const missing: string[] = []
    let seen = 0
    for (const [file, schema] of schemas) {
      for (const { where, at } of subschemas(schema, file)) {
        for (const [name, property] of Object.entries(at.properties ?? {})) {
          seen++
          const [zh, en] = described(property)?.split(' | ') ?? []
          if (!/[\u4e00-\u9fff]|^[A-Za-z] /.test(zh ?? '') || !/[A-Za-z]{2}/.test(en ?? '')) {
            missing.push(`${where}/${name}: ${described(property)}`)
          }
        }
      }
    }
    expect(seen).toBeGreaterThan(200)
    expect(missing).toEqual([])
  })

  it('explain every schema', () => {
    expect(
      [...schemas].filter(([, schema]) => !/[\u4e00-\u9fff].* \| .*[A-Za-z]{2}/.test(schema.description ?? '')).map(([file]) => file),
    ).toEqual([])
  })
})

describe('JSON Schema and parser', () => {
  it.each(records)('both accept $id', ({ record }) => {
    expect(isParsed(record, record.kind)).toBe(true)
    expect(isValid(record, record.kind)).toBe(true)
  })

  it('both accept the claims of a signed record, and reject others', async () => {
    const world = await createFakeAuthorities({ witnessKeys: true })
    const statement = await world.sign('CD', fixtures.F01.record)
    const claims = JSON.parse(Buffer.from(statement.split('.')[1] as string, 'base64url').toString('utf8')) as Record<string, unknown>
    expect(isValid(claims, 'record-claims')).toBe(true)
    expect(isValid({ ...claims, exp: 1 }, 'record-claims')).toBe(false)
    expect(isValid({ ...claims, jti: 'x' }, 'record-claims')).toBe(false)
  })

  /** Values that do not belong at any pointer of a record. */
  const wrong: readonly unknown[] = [
    undefined,
    null,
    true,
    0,
    1.5,
    '',
    'x',
    '2',
    '\u202e',
    '号'.repeat(201),
    {},
    { x: 1 },
    [],
    [null],
    [[]],
  ]

  it.each(Object.values(fixtures))('agree on $id with a wrong value at any pointer', ({ record }) => {
    const { kind } = record
    const differing: string[] = []
    let refused = 0
    for (const { pointer, value } of sortsOfPlaces(record)) {
      const changed = wrong.map((to) => change(record, [pointer, to]))
      if (value !== null && typeof value === 'object' && !Array.isArray(value)) changed.push(change(record, [`${pointer}/unheardOf`, 1]))
      if (Array.isArray(value)) changed.push(change(record, [`${pointer}/-`, null]), change(record, [pointer, Array(2001).fill(value[0])]))
      for (const one of changed) {
        const parsed = isParsed(one, kind)
        if (!parsed) refused++
        if (parsed !== isValid(one, kind)) differing.push(`${pointer}: parser ${parsed}`)
      }
    }
    expect(refused).toBeGreaterThan(100)
    expect(differing).toEqual([])
  })

  const dates = [
    '2025-02-29',
    '2025-02-30',
    '2025-04-31',
    '2025-13-01',
    '2025-00-10',
    '2025-01-00',
    '1900-02-29',
    '2100-02-29',
    '0001-01-01',
    '1899-12-31',
  ]
  it.each(dates)('both reject a date that is no calendar day from 1900 on: %s', (date) => {
    const record = change(fixtures.F01.record, ['/verifiedOn', date])
    expect([isValid(record, record.kind), isParsed(record, record.kind)]).toEqual([false, false])
  })

  it.each(['2024-02-29', '2000-02-29', '2400-02-29', '1900-02-28', '9999-12-31'])('both accept a calendar day: %s', (date) => {
    const record = change(fixtures.F01.record, ['/verifiedOn', date])
    expect([isValid(record, record.kind), isParsed(record, record.kind)]).toEqual([true, true])
  })

  it.each(['0.000000000000000000000000163226974860', `-0.${'0'.repeat(49)}1`])(
    'both accept a polynomial coefficient: %s',
    (coefficient) => {
      const record = change(fixtures.F01.record, ['/results/0/rows/0/1', coefficient])
      expect([isValid(record, record.kind), isParsed(record, record.kind)]).toEqual([true, true])
    },
  )

  // Constraints that no pattern can express in every implementation of JSON Schema; the parser checks them.
  it('differ only on tag characters, which are pairs of code units and which the parser rejects', () => {
    const record = change(fixtures.F01.record, ['/certificateNo', '川\u{e0041}1'])
    expect([isValid(record, record.kind), isParsed(record, record.kind)]).toEqual([true, false])
  })

  it('are the same at every run', () => {
    expect(JSON.stringify([...writeJsonSchemas()])).toBe(JSON.stringify([...writeJsonSchemas()]))
  })
})
