/** Checks one source: its findings, each with its position in the file. */
import { type Check, failed, type Row } from '../../base/check.js'
import { isTonghengError, TonghengError } from '../../base/error.js'
import { parseJson } from '../../base/json.js'
import { locate, type Position } from '../../base/json-position.js'
import type { Catalogue } from '../../catalogue/index.js'
import { checkRecord } from '../../conformance/index.js'
import { contentCode, isCompact, type JsonLimits, parsePayload, parseStatement } from '../../envelope/index.js'
import type { Finding, RecordFindings } from '../../report/index.js'
import { isForeign, recordIn } from '../files.js'
import { checkPlainDocument, checkSignedDocument } from './documents.js'
import type { Source } from './sources.js'

/** Basis for rejecting a text that contains no record, by the prefix of the code. */
const GROUNDS: Readonly<Record<string, string>> = { json: 'RFC 8259; RFC 7493', cli: 'tongheng check' }
const GROUND_OF_STATEMENTS = 'RFC 7515; RFC 8725'
const rowOf = (code: string): Row => {
  const basis = GROUNDS[code.slice(0, code.indexOf('.'))] ?? GROUND_OF_STATEMENTS
  return { id: 'statement.payload', group: 'shape', basis, since: '0.1.0' }
}
/**
 * Maximum length of JSON that may be a record: the limit of `parseJson`. Longer texts are read as documents only, such as a trust
 * file with all versions of all lists.
 */
const RECORD_OCTETS = 262_144
const LARGE: JsonLimits = { maxLength: 16 * 1024 * 1024, maxValues: 1_000_000 }
const START: Position = { line: 1, column: 1, length: 1 }

export interface InspectOptions {
  /** True if a finding counts. */
  readonly wanted: (check: Check) => boolean
  readonly full: boolean
  /** Reference data, if a catalogue of an authority is given. */
  readonly catalogue?: Catalogue
}

export interface Inspected extends RecordFindings {
  /** True if nothing could be read: an I/O error, not a fault of the record. */
  readonly unread: boolean
}

export async function inspect({ file, line, bytes, fault }: Source, { wanted, full, catalogue }: InspectOptions): Promise<Inspected> {
  const head = { file, ...(line !== undefined && { line }) }
  const above = (line ?? 1) - 1
  if (bytes === undefined) {
    const error = fault as TonghengError
    const finding = findingOf(faultRow(error), { ...START, line: above + 1 })
    return { ...head, findings: [finding], unread: error.code.startsWith('cli.') }
  }
  const { text, kind, checks, at } = await read(file, bytes, above, catalogue)
  const told = checks.filter((check) => levelOf(check) !== undefined && wanted(check))
  const positions = at !== undefined ? told.map(() => at) : text === undefined ? told.map(() => START) : positionsOf(text, told)
  const lines = text?.split('\n')
  const findings = told.map((check, index) => {
    const position = positions[index] as Position
    const source = lines?.[position.line - 1]
    return findingOf(check, { ...position, line: position.line + above }, source?.replace(/\r$/, ''))
  })
  return { ...head, ...(kind !== undefined && { kind }), findings, unread: false, ...(full && { checks }) }
}

const positionsOf = (text: string, checks: readonly Check[]): Position[] =>
  checks.length === 0
    ? []
    : locate(
        text,
        checks.map(({ path }) => path ?? ''),
      )

interface Read {
  /** The JSON text; absent for a signed statement. */
  readonly text?: string
  readonly kind?: string
  readonly checks: readonly Check[]
  /** The only position, if the text could not be parsed as JSON. */
  readonly at?: Position
}

async function read(file: string, bytes: Uint8Array, above: number, catalogue?: Catalogue): Promise<Read> {
  const compact = Buffer.from(bytes).toString('latin1').trim()
  if (isCompact(compact)) {
    try {
      const code = contentCode(bytes)
      const document = await checkSignedDocument(compact, code, LARGE)
      if (document !== undefined) return { ...document, at: START }
      // For a request or a label, the code names the type and gives advice.
      if (code !== 'content.signed-record') throw new TonghengError(code, { file })
      return checked(parsePayload(parseStatement(compact, 'metrology-record+jwt')).record, '/record', catalogue)
    } catch (error) {
      if (!isTonghengError(error)) throw error
      return { checks: [faultRow(error)], at: START }
    }
  }
  const text = Buffer.from(bytes).toString('utf8')
  try {
    const json = recordIn(parseJson(bytes, bytes.length > RECORD_OCTETS ? LARGE : undefined))
    const document = await checkPlainDocument(json)
    if (document !== undefined) return { text, ...document }
    // Records have the lower limit of their parser.
    if (bytes.length > RECORD_OCTETS) parseJson(bytes)
    return { text, ...checked(json, '', catalogue) }
  } catch (error) {
    if (!isTonghengError(error)) throw error
    // A PDF or a workbook has no line to show, and no encoding to change.
    const code = contentCode(bytes)
    if (isForeign(code)) return { checks: [faultRow(new TonghengError(code, { file }))], at: START }
    const { line = 1, column = 1 } = error.details as { line?: number; column?: number }
    return { text, checks: [faultRow(error, above)], at: { line, column, length: 1 } }
  }
}

function checked(record: unknown, at: string, catalogue?: Catalogue): Pick<Read, 'kind' | 'checks'> {
  const { kind, checks } = checkRecord(record, at, { ...(catalogue && { catalogue }) })
  return { checks, ...(kind !== undefined && { kind: kind.kind }) }
}

/** `above` is the number of lines of the file before the text, so that a message names the line of the file. */
function faultRow(error: TonghengError, above = 0): Check {
  const { pointer, ...details } = error.details
  const params = typeof details.line === 'number' ? { ...details, line: details.line + above } : details
  return failed(rowOf(error.code), { code: error.code, params, ...(typeof pointer === 'string' && { path: pointer }) })
}

/** A verdict is indeterminate for a record of an unknown kind; a checker must not accept one, or it would check nothing. */
function levelOf({ status, blockedBy }: Check): Finding['level'] | undefined {
  if (status === 'fail' || status === 'warn') return status
  return status === 'skip' && blockedBy?.startsWith('fact:') === true ? 'fail' : undefined
}

const findingOf = (check: Check, { line, column, length }: Position, source?: string): Finding => ({
  level: levelOf(check) ?? 'fail',
  code: check.code,
  rule: check.id,
  group: check.group,
  message: check.message,
  ...(check.advice !== undefined && { advice: check.advice }),
  basis: check.basis,
  pointer: check.path ?? '',
  line,
  column,
  length,
  ...(source !== undefined && { source }),
})
