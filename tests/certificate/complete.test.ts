// Why this exists: a certificate that omits signed content differs from what the issuer signed. Each member of each kind is changed, one at a time; the pages must change.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeCertificateHtml } from 'tongheng/certificate'
import { type AnyRecord, kinds } from 'tongheng/records'
import { fixtures } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'

interface Schema {
  readonly $ref?: string
  readonly allOf?: readonly [Schema]
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly minItems?: number
  readonly minimum?: number
  readonly pattern?: string
}

/** USCCs of the fixtures, because a code needs a valid check digit. */
const codes = [...new Set(JSON.stringify(fixtures).match(/(?<="uscc":")\w{18}/g))]

/** Texts of each form that a schema requires, distinguished by a number. */
const FORMS: Readonly<Record<string, (n: number) => string>> = {
  CivilDate: (n) => `20${10 + (n % 80)}-0${1 + (n % 9)}-1${n % 10}`,
  DecimalText: (n) => `${100 + n}.25`,
  Digest: (n) => `${String(n).padStart(42, 'd')}A`,
  DivisionCode: (n) => String(510_100 + n),
  RegionCode: (n) => (n % 2 === 0 ? '51' : '50'),
  UnitCode: (n) => ['mm', 'kg', 's', 'V', 'A', 'K'][n % 6] as string,
  Uscc: (n) => codes[n % codes.length] as string,
  PeriodText: (n) => `P${1 + (n % 90)}M`,
  plate: (n) => `川A${10_000 + n}`,
  postcode: (n) => String(600_000 + n),
  vin: (n) => `LSV${String(n).padStart(14, '0')}`,
  mediaType: (n) => `application/x-${n}`,
  category: (n) => ['taximeter', 'water-meter', 'radar-fixed'][n % 3] as string,
  categories: (n) => ['taximeter', 'water-meter', 'radar-fixed'][n % 3] as string,
  location: (n) => `https://example.cn/${n}`,
  id: (n) => `name-${n}`,
  table: (n) => `name-${n}`,
}

/** A value with every member of its schema. `variant` selects among alternatives; the member at `changed` has another value than usual. */
function sample(root: Schema, { variant, changed = '', by = 0 }: { variant: number; changed?: string; by?: number }) {
  const leaves: string[] = []
  let count = 0
  const valueFor = (schema: Schema, path: string, name: string): unknown => {
    if (schema.allOf !== undefined) return valueFor(schema.allOf[0], path, name)
    if (schema.$ref !== undefined) {
      const to = schema.$ref.split('/').at(-1) as string
      return valueFor(root.$defs?.[to] as Schema, path, FORMS[to] === undefined ? name : to)
    }
    const branches = schema.anyOf ?? schema.oneOf
    if (branches !== undefined) return valueFor(branches[variant % branches.length] as Schema, path, name)
    if ('const' in schema) return schema.const
    if (schema.properties !== undefined)
      return Object.fromEntries(
        Object.entries(schema.properties)
          .filter(([member]) => member !== '$schema')
          .map(([member, each]) => [member, valueFor(each, `${path}/${member}`, member)]),
      )
    if (schema.type === 'array')
      return Array.from({ length: Math.max(1, schema.minItems ?? 1) }, (_, at) => valueFor(schema.items as Schema, `${path}/${at}`, name))
    if (schema.type === 'null') return null
    // An enumeration of one value has no other to change to.
    if (schema.enum?.length !== 1) leaves.push(path)
    const n = count++ + (path === changed ? by : 0)
    if (schema.enum !== undefined) return schema.enum[(variant + (path === changed ? by : 0)) % schema.enum.length]
    if (schema.type === 'boolean') return path === changed ? by % 2 === 0 : true
    if (schema.type === 'integer' || schema.type === 'number') return (schema.minimum ?? 0) + (path === changed ? by : 1)
    return (FORMS[name] ?? ((number) => `text ${number}`))(n)
  }
  return { record: valueFor(root, '', '') as AnyRecord, leaves }
}

/** Identifiers for programs; the pages print the title of the named thing. */
const CODES = [/^\/kind$/, /^\/version$/, /^\/results\/\d+\/id$/, /^\/results\/\d+\/columns\/\d+\/role$/, /^\/points\/\d+\/id$/]
const VARIANTS = 6

describe.each([...kinds.keys()])('the pages of a %s', (kind) => {
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, `../../schemas/standalone/${kind}.v1.json`), 'utf8')) as Schema

  it('show every member that a record may have', () => {
    const silent: string[] = []
    let shown = 0
    for (let variant = 0; variant < VARIANTS; variant++) {
      const { record, leaves } = sample(schema, { variant })
      const before = writeCertificateHtml(record, { language: 'both' })
      if (JSON.stringify(record).includes('"guardBand"')) expect(before).toContain('等于扩展不确定度 U')
      for (const changed of leaves) {
        if (CODES.some((code) => code.test(changed))) continue
        const isShown = [1, 2, 7].some((by) => {
          const { record: other } = sample(schema, { variant, changed, by })
          return writeCertificateHtml(other, { language: 'both' }) !== before
        })
        if (isShown) shown++
        else silent.push(`${variant} ${changed}`)
      }
    }
    expect(silent).toEqual([])
    expect(shown).toBeGreaterThan(100)
  })
})
