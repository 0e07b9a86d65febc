/** Verdicts as a table, one row a statement: what a folder of records is answered with, on a page, in Excel, on a terminal. */

import { isTonghengError } from '../base/error.js'
import type { Text } from '../base/message.js'
import { anObject, aText, checkArgument, checkMembers, type Expectation } from '../base/options.js'
import { categoryName } from '../catalogue/index.js'
import { type AnyRecord, headOfLine, kindOf, kinds } from '../records/index.js'
import { decidingCheck, type Outcome, type Verdict } from '../verify/index.js'
import { type Language, verdictWord } from './text.js'

/** What a label states of the instrument that carries it: part of `label` of what `verifyLabel` gives. */
export interface LabelledInstrument {
  /** Slug of its category. */
  readonly category: string
  readonly serial?: string | undefined
  readonly plate?: string | undefined
  /** `YYYY-MM-DD`, as the next. */
  readonly verifiedOn: string
  readonly validUntil?: string | undefined
}

/** A statement that was judged, and where it was found. */
export interface JudgedStatement {
  readonly file: string
  /** Line of its first signature, from 1, where the file has several statements. */
  readonly line?: number | undefined
  /** As `examine` or `verifyLabel` gives it; `label` is present where that label is genuine. */
  readonly verdict: Verdict & { readonly label?: LabelledInstrument }
  /** Present where the statement is genuine and its record readable, as `examine` gives it. */
  readonly record?: AnyRecord | undefined
  /** What a reader of the row must know beside the verdict, in the language of the row: it follows the reason. */
  readonly remarks?: readonly string[] | undefined
}

/** A row of the table: texts in one language, empty if there is nothing to state. */
export interface TableRow {
  readonly file: string
  readonly line: string
  readonly outcome: Outcome
  /** A failed verification that is accepted as such. */
  readonly acceptedAs?: 'failure'
  /** The row is of a label, which speaks for a record and is none. */
  readonly scope?: 'label'
  /** The outcome in words. */
  readonly word: string
  readonly kind: string
  readonly number: string
  /** Line of a batch certificate, from 1, where the verdict is of one line. */
  readonly certificateLine: string
  readonly issuer: string
  readonly uscc: string
  readonly instrument: string
  readonly model: string
  readonly serial: string
  readonly plate: string
  readonly factDate: string
  readonly validUntil: string
  readonly reason: string
  readonly code: string
  readonly basis: string
  readonly statementId: string
}

/** Columns in their order, with their heads. */
export const tableColumns: ReadonlyMap<Exclude<keyof TableRow, 'outcome' | 'acceptedAs' | 'scope'>, Text> = new Map([
  ['file', { zh: '文件', en: 'File' }],
  ['line', { zh: '行', en: 'Line' }],
  ['word', { zh: '结论', en: 'Outcome' }],
  ['kind', { zh: '记录种类', en: 'Kind' }],
  ['number', { zh: '编号', en: 'Number' }],
  ['certificateLine', { zh: '证书中的行', en: 'Line of certificate' }],
  ['issuer', { zh: '出具机构', en: 'Issuer' }],
  ['uscc', { zh: '统一社会信用代码', en: 'USCC' }],
  ['instrument', { zh: '器具', en: 'Instrument' }],
  ['model', { zh: '型号规格', en: 'Model' }],
  ['serial', { zh: '出厂编号', en: 'Serial number' }],
  ['plate', { zh: '号牌', en: 'Plate' }],
  ['factDate', { zh: '检定、校准或发布日期', en: 'Date' }],
  ['validUntil', { zh: '有效期至', en: 'Valid until' }],
  ['reason', { zh: '原因', en: 'Reason' }],
  ['code', { zh: '代码', en: 'Code' }],
  ['basis', { zh: '依据', en: 'Basis' }],
  ['statementId', { zh: '签名记录标识', en: 'Statement id' }],
])

/** A sign beside the colour of each outcome, for those who see no colour, and on grey paper. */
export const SIGNS = { good: '✓', bad: '✕', failed: '△', unsure: '?' } as const
export const toneOf = ({ outcome, acceptedAs }: TableRow): keyof typeof SIGNS =>
  outcome === 'recognised' ? 'good' : acceptedAs === 'failure' ? 'failed' : outcome === 'not-recognised' ? 'bad' : 'unsure'

export const LANGUAGE: Expectation = { is: (value) => value === 'zh' || value === 'en', expected: { zh: 'zh 或 en', en: 'zh or en' } }

/**
 * The row of a statement.
 * @throws `verify.options` where an argument is not what it should be
 */
export function tableRow(judged: JudgedStatement, language: Language = 'zh'): TableRow {
  checkArgument('tableRow', 'judged', judged, anObject)
  checkMembers('tableRow', judged, { file: aText, verdict: anObject }, 'judged')
  checkArgument('tableRow', 'language', language, LANGUAGE)
  const { file, line, verdict, remarks = [] } = judged
  const check = decidingCheck(verdict)
  const about = verdict.scope === 'label' ? ofLabel(verdict.label, language) : ofRecord(judged)
  return {
    file,
    line: line === undefined ? '' : String(line),
    outcome: verdict.outcome,
    ...(verdict.acceptedAs && { acceptedAs: verdict.acceptedAs }),
    ...(verdict.scope && { scope: verdict.scope }),
    word: verdictWord(verdict, language),
    kind: verdict.scope === 'label' ? LABEL[language] : (kinds.get(verdict.kind ?? '')?.title[language] ?? ''),
    number: verdict.number ?? '',
    certificateLine: verdict.line === undefined ? '' : String(verdict.line),
    issuer: verdict.issuerName?.[language] ?? '',
    uscc: verdict.issuer ?? '',
    instrument: about.instrument,
    model: about.model,
    serial: about.serial,
    plate: about.plate,
    factDate: about.factDate,
    validUntil: about.validUntil,
    reason: [check.message[language], ...remarks].join(language === 'zh' ? '；' : '; '),
    code: check.code,
    basis: check.basis,
    statementId: verdict.statementId ?? '',
  }
}

const LABEL: Text = { zh: '标签', en: 'Label' }

type AboutInstrument = Pick<TableRow, 'instrument' | 'model' | 'serial' | 'plate' | 'factDate' | 'validUntil'>
const NOTHING: AboutInstrument = { instrument: '', model: '', serial: '', plate: '', factDate: '', validUntil: '' }

/** Of a batch certificate that was judged by one line, the instrument in it. */
function ofRecord({ verdict: { line }, record: whole }: JudgedStatement): AboutInstrument {
  if (whole === undefined) return NOTHING
  const record = line === undefined ? whole : (headOfLine(whole, line) ?? whole)
  const kind = kindOf(record)
  const instrument = kind.instrument(record)
  return {
    instrument: instrument?.name ?? '',
    model: instrument?.model ?? '',
    serial: instrument?.serialNumber ?? '',
    plate: instrument?.mobile?.plate ?? '',
    factDate: kind.factDate(record),
    validUntil: kind.validUntil(record) ?? '',
  }
}

/** Nothing of a label that is not genuine is shown. */
function ofLabel(label: LabelledInstrument | undefined, language: Language): AboutInstrument {
  if (label === undefined) return NOTHING
  const { category, serial = '', plate = '', verifiedOn, validUntil = '' } = label
  return { instrument: categoryName(category)[language], model: '', serial, plate, factDate: verifiedOn, validUntil }
}

/** A file, or a line of one, in which no statement could be read. */
export interface UnreadStatement {
  readonly file: string
  readonly line?: number | undefined
  /** Why not: a `TonghengError` is shown by its sentence and its code. */
  readonly error: unknown
}

const UNREAD: Text = { zh: '未判定', en: 'not judged' }

/**
 * The row of what could not be judged: it is no verdict, so that its outcome is indeterminate.
 * @throws `verify.options` where an argument is not what it should be
 */
export function unreadRow(unread: UnreadStatement, language: Language = 'zh'): TableRow {
  checkArgument('unreadRow', 'unread', unread, anObject)
  checkMembers('unreadRow', unread, { file: aText }, 'unread')
  checkArgument('unreadRow', 'language', language, LANGUAGE)
  const { file, line, error } = unread
  const [code, reason] = isTonghengError(error) ? [error.code, error.text[language]] : ['', String(error)]
  const empty = Object.fromEntries([...tableColumns.keys()].map((name) => [name, ''])) as Omit<TableRow, 'outcome'>
  return { ...empty, file, line: line === undefined ? '' : String(line), outcome: 'indeterminate', word: UNREAD[language], code, reason }
}
