// Why this exists: most people use the schemas in another tool: a validator in another language, a code generator, an editor.
// A schema that ajv accepts may still give names such as DecimalText19, or other verdicts where `$` has another meaning.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { compile } from 'json-schema-to-typescript'
import { InputData, JSONSchemaInput, quicktype } from 'quicktype-core'
import { kinds, parseRecord, SCHEMA_BASE } from 'tongheng/records'
import { faultyRecords, fixtures, negatives, publications } from 'tongheng/testing'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { getLanguageService, TextDocument } from 'vscode-json-languageservice'
import { filesIn, SCHEMA_FOLDER } from '../../.ci/generate/schemas.ts'
import { change, sortsOfPlaces } from '../records/change.ts'

type Schema = { readonly title?: string; readonly $id: string }

const files = filesIn(SCHEMA_FOLDER).filter((file) => file.endsWith('.json') && file !== 'index.json')
const schemas = new Map(files.map((file) => [file, JSON.parse(readFileSync(join(SCHEMA_FOLDER, file), 'utf8')) as Schema]))
const standalone = [...schemas].filter(([, { title }]) => title !== undefined)
const fileOf = (kind: string): string => `standalone/${kind}.v1.json`
const ofKinds = Object.values(fixtures).filter(({ record }, at, all) => all.findIndex((one) => one.record.kind === record.kind) === at)
const isParsed = (record: unknown, kind: string): boolean => parseRecord(record, kinds.get(kind) as never).faults.length === 0

const hasPython = spawnSync('python3', ['-c', 'import jsonschema'], { stdio: 'ignore' }).status === 0

describe.skipIf(!hasPython)('jsonschema of Python (skipped: python3-jsonschema is not installed)', () => {
  const judge = (cases: readonly (readonly [file: string, document: unknown])[]): boolean[] => {
    const input = {
      schemas: Object.fromEntries([...schemas.values()].map((schema) => [schema.$id, schema])),
      cases: cases.map(([file, document]) => [`${SCHEMA_BASE}${file}`, document]),
    }
    const { stdout, stderr } = spawnSync('python3', ['-W', 'error', resolve(import.meta.dirname, '../support/validate.py')], {
      input: JSON.stringify(input),
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    })
    expect(stderr).toBe('')
    return JSON.parse(stdout)
  }

  it('judges every record as the parser does, by one file or by many', () => {
    const records = [...Object.values(fixtures), ...publications, ...negatives, ...faultyRecords].map(({ record }) => record)
    const documents = records.flatMap((record) => [record, { ...record, other: 1 }, { ...record, version: 2 }])
    const expected = documents.map((record) => isParsed(record, record.kind))
    expect(new Set(expected)).toEqual(new Set([true, false]))
    expect(judge(documents.map((record) => [fileOf(record.kind), record]))).toEqual(expected)
    expect(judge(documents.map((record) => [`${record.kind}.v1.json`, record]))).toEqual(expected)
  })

  it('rejects a line break at the end of a text where the parser does', () => {
    const cases = ofKinds.flatMap(({ record }) =>
      sortsOfPlaces(record).flatMap(({ pointer, value }) =>
        typeof value === 'string' ? [{ kind: record.kind, document: change(record, [pointer, `${value}\n`]) }] : [],
      ),
    )
    const expected = cases.map(({ kind, document }) => isParsed(document, kind))
    expect(expected.filter((isTaken) => !isTaken).length).toBeGreaterThan(200)
    expect(judge(cases.map(({ kind, document }) => [fileOf(kind), document]))).toEqual(expected)
  })
})

/** Names with a number, which a generator invents if the schema has none. */
const madeUp = (names: readonly string[]): string[] => names.filter((name) => /\d$/.test(name))

it('no pattern of a schema matches before a last line break', () => {
  const patterns = [...schemas.values()].flatMap((schema) => [...JSON.stringify(schema).matchAll(/"pattern":("(?:[^"\\\\]|\\\\.)*")/g)])
  expect(patterns.length).toBeGreaterThan(300)
  expect(patterns.map(([, text]) => JSON.parse(text as string) as string).filter((pattern) => !pattern.endsWith('$(?!\\n)'))).toEqual([])
})

describe('code generators', () => {
  it.each(standalone)('name the types of %s as the schema does: json-schema-to-typescript', async (_, schema) => {
    const code = await compile(schema as never, schema.title as string, { format: false, bannerComment: '' })
    const names = [...code.matchAll(/^export (?:interface|type) (\w+)/gm)].map((match) => match[1] as string)
    expect(names).toContain(schema.title)
    expect(madeUp(names)).toEqual([])
    const { diagnostics } = ts.transpileModule(code, { reportDiagnostics: true, compilerOptions: { strict: true } })
    expect(diagnostics).toEqual([])
  })

  it('name the types of every schema without numbers: quicktype', async () => {
    for (const [file, schema] of standalone) {
      const input = new JSONSchemaInput(undefined as never)
      await input.addSource({ name: schema.title as string, schema: JSON.stringify(schema) })
      const inputData = new InputData()
      inputData.addInput(input)
      const { lines } = await quicktype({ inputData, lang: 'typescript', rendererOptions: { 'just-types': 'true' } })
      const names = lines.flatMap((line) => /^export (?:interface|type|enum) (\w+)/.exec(line)?.[1] ?? [])
      expect(names, file).toContain(schema.title)
      expect(madeUp(names), file).toEqual([])
    }
  })
})

describe('the JSON language service of VS Code', () => {
  const service = getLanguageService({ schemaRequestService: (address) => Promise.reject(new Error(`${address} is not to be loaded`)) })
  service.configure({
    validate: true,
    allowComments: false,
    schemas: ofKinds.map(({ record: { kind } }) => {
      const schema = schemas.get(fileOf(kind)) as Schema
      return { uri: schema.$id, fileMatch: [`*.${kind}.json`], schema }
    }),
  } as never)
  const opened = (value: unknown, kind: string) => {
    const document = TextDocument.create(`file:///a.${kind}.json`, 'json', 1, JSON.stringify(value, null, 2))
    return { document, json: service.parseJSONDocument(document) }
  }
  const problems = async (value: unknown, kind: string): Promise<string[]> => {
    const { document, json } = opened(value, kind)
    return (await service.doValidation(document, json)).map(({ message }) => String(message))
  }

  it.each(ofKinds.map(({ record }) => [record.kind, record] as const))(
    'accepts a %s and underlines what is wrong in it',
    async (kind, record) => {
      expect(await problems(record, kind)).toEqual([])
      expect(await problems({ $schema: (schemas.get(fileOf(kind)) as Schema).$id, ...record }, kind)).toEqual([])
      expect(await problems({ ...record, other: 1 }, kind)).toHaveLength(1)
      const { version: _, ...without } = record
      expect(await problems(without, kind)).toHaveLength(1)
    },
  )

  it('shows the description of a member in both languages, and offers the values of an enumeration', async () => {
    const { record } = fixtures.F01
    const { document, json } = opened(record, record.kind)
    const at = (text: string) => document.positionAt(document.getText().indexOf(text) + 1)
    const hover = await service.doHover(document, at('"certificateNo"'), json)
    expect(JSON.stringify(hover?.contents)).toMatch(/证书编号.*Certificate number/)
    const completed = await service.doComplete(document, at('"pass",\n  "verifiedOn"'), json)
    expect(completed?.items.map(({ label }) => label)).toEqual(expect.arrayContaining(['"pass"', '"fail"']))
  })
})
