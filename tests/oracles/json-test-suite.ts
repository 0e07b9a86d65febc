// JSONTestSuite: texts that are not JSON must be refused; JSON must be read as JSON.parse does, unless I-JSON or our profile refuses it.
//   npx tsx --tsconfig tests/tsconfig.json tests/oracles/json-test-suite.ts [file]
import { isDeepStrictEqual } from 'node:util'
import { isTonghengError } from 'tongheng/errors'
import { parseJson } from '../../src/base/json.js'
import { type OracleResult, runAsScript, tally } from '../support/oracle.ts'
import { readJson } from '../support/vectors.ts'

export interface Case {
  readonly name: string
  readonly expect: 'accept' | 'reject' | 'implementation-defined' | 'transform'
  readonly b64: string
}

/** The expected result for a JSON text under our profile, derived independently of the reader under test. */
export function profileOf(text: string): string | undefined {
  const outside = text.replace(/"(?:[^"\\]|\\.)*"/gsu, '""')
  if (/\d[.eE]/.test(outside)) return 'json.number'
  const numbers = outside.match(/-?\d+/g) ?? []
  if (numbers.some((number) => !Number.isSafeInteger(Number(number)))) return 'json.number'
  const strings: string[] = []
  const value: unknown = JSON.parse(text, (name, each: unknown) => {
    strings.push(name)
    if (typeof each === 'string') strings.push(each)
    return each
  })
  const refused = (code: number): boolean =>
    (code >= 0xd800 && code <= 0xdfff) || (code >= 0xfdd0 && code <= 0xfdef) || (code & 0xfffe) === 0xfffe
  if (strings.some((string) => [...string].some((character) => refused(character.codePointAt(0) as number)))) return 'json.character'
  const colons = outside.match(/:/g)?.length ?? 0
  return colons > members(value) ? 'json.duplicate-name' : undefined
}

/** Number of members of all objects in a value; less than in the text if a name was repeated. */
function members(value: unknown): number {
  if (value === null || typeof value !== 'object') return 0
  const own = Array.isArray(value) ? 0 : Object.keys(value).length
  return Object.values(value).reduce((sum: number, each) => sum + members(each), own)
}

export function run(path: string): OracleResult {
  const { cases } = readJson<{ readonly cases: readonly Case[] }>(path)
  const lines: string[] = []
  const outcomes = tally()
  for (const { name, expect, b64 } of cases) {
    const bytes = Buffer.from(b64, 'base64')
    const { value, code } = read(bytes)
    outcomes.add(code === undefined ? 'read' : 'refused')
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
    if (code === undefined) {
      if (expect === 'reject') lines.push(`${name}: read, and is no JSON`)
      else if (!isDeepStrictEqual(value, JSON.parse(text))) lines.push(`${name}: read as another value than JSON.parse gives`)
    } else if (expect === 'accept' && profileOf(text) !== code)
      lines.push(`${name}: refused with ${code}; the profile says ${profileOf(text)}`)
  }
  const of = [...outcomes.counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ')
  return { lines, cases: cases.length, leftOut: new Map(), of }
}

function read(bytes: Uint8Array): { readonly value?: unknown; readonly code?: string } {
  try {
    return { value: parseJson(bytes) }
  } catch (error) {
    if (isTonghengError(error)) return { code: error.code }
    throw error
  }
}

await runAsScript(import.meta.url, 'json-test-suite/json-test-suite.json.gz', run)
