// Why this exists: editors and code generators open one file. It must need no other, and mean the same as the schemas in several files.
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { kinds, parseRecord } from 'tongheng/records'
import { faultyRecords, fixtures, negatives, publications } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { filesIn, SCHEMA_FOLDER } from '../../.ci/generate/schemas.ts'

const read = (file: string) => JSON.parse(readFileSync(`${SCHEMA_FOLDER}${file}`, 'utf8'))
const files = filesIn(SCHEMA_FOLDER).filter((file) => file.endsWith('.json') && file !== 'index.json')
const records = [...Object.values(fixtures), ...publications, ...negatives, ...faultyRecords].map(({ record }) => record)
const isParsed = (record: (typeof records)[number]): boolean => parseRecord(record, kinds.get(record.kind) as never).faults.length === 0
/** Compiles the file without any other, so a reference to another file throws. */
const alone = (file: string) => new Ajv2020({ strict: true }).compile(read(file))

describe.each([...kinds.keys()])('the schema of %s in one file', (kind) => {
  const file = `standalone/${kind}.v1.json`
  const ofKind = records.filter((record) => record.kind === kind)

  it('compiles alone and judges every record as the parser does', () => {
    const validate = alone(file)
    expect(ofKind.length).toBeGreaterThan(0)
    for (const record of ofKind) expect(validate(record)).toBe(isParsed(record))
    for (const record of ofKind) expect(validate({ ...record, other: 1 })).toBe(false)
  })

  it('allows the document to name its schema, and requires that name to be text', () => {
    const validate = alone(file)
    const record = ofKind.find(isParsed)
    expect(validate({ $schema: './verification-record.v1.json', ...record })).toBe(true)
    for (const $schema of [7, '', 'two words']) expect(validate({ $schema, ...record })).toBe(false)
  })
})

describe('every schema with its own definitions', () => {
  const own = files.filter((file) => read(file).title !== undefined)

  it('is named by its URL, which has its version', () => {
    expect(own.length).toBeGreaterThan(kinds.size)
    for (const file of own) expect(read(file).$id).toMatch(new RegExp(`/schemas/${file.replace('.v1.json', '')}\\.v1\\.json$`))
  })

  it('has no reference to another file', () => {
    for (const file of own) {
      const text = readFileSync(`${SCHEMA_FOLDER}${file}`, 'utf8')
      const targets = [...text.matchAll(/"\$ref": "([^"]*)"/g)].map((match) => match[1] as string)
      const defined = Object.keys(read(file).$defs ?? {}).map((name) => `#/$defs/${name}`)
      expect([...new Set(targets)].sort(), file).toEqual(defined.sort())
      expect(() => alone(file), file).not.toThrow()
    }
  })

  it('has titles and names of definitions that a person would choose', () => {
    for (const file of own) {
      const { title, $defs = {} } = read(file)
      for (const [name, { title: same }] of [[title, { title }], ...Object.entries<{ title?: string }>($defs)]) {
        expect(name, file).toMatch(/^(?:[A-Z][a-z0-9]+)+$/)
        expect(same, file).toBe(name)
      }
    }
  })

  it('has its members at its root', () => {
    for (const file of own) expect(Object.keys(read(file)), file).toContain(read(file).anyOf ? 'anyOf' : 'properties')
  })
})
