/** Verdicts as a table, one row per statement: the result for a folder of records, on a page, in Excel or on a terminal. */

import { isTonghengError } from '../base/error.js'
import type { Text } from '../base/message.js'
import { anObject, aText, checkArgument, checkMembers, type Expectation } from '../base/options.js'
import { categoryName } from '../catalogue/index.js'
import { type AnyRecord, headOfLine, kindOf, kinds } from '../records/index.js'
import { decidingCheck, type Outcome, type Verdict } from '../verify/index.js'
import { type Language, verdictWord } from './text.js'

/** What a label states about its instrument: a part of `label` in the result of `verifyLabel`. */
export interface LabelledInstrument {
  /** Slug of its category. */
  readonly category: string
  readonly serial?: string | undefined
  readonly plate?: string | undefined
  /** `YYYY-MM-DD`. */
  readonly verifiedOn: string
  readonly validUntil?: string | undefined
}

/** A statement that was judged, and where it was found. */
export interface JudgedStatement {
  readonly file: string
  /** Line of its first signature, from 1; present if the file has several statements. */
  readonly line?: number | undefined
  /** Verdict of `examine` or `verifyLabel`; `label` is present if the label is genuine. */
  readonly verdict: Verdict & { readonly label?: LabelledInstrument }
  /** Record from `examine`, present if the statement is genuine and its record readable. */
  readonly record?: AnyRecord | undefined
  /** Remarks for the reader of the row, in the language of the row; they are written after the reason. */
  readonly remarks?: readonly string[] | undefined
}

/** A row of the table: texts in one language, empty if there is nothing to state. */
export interface TableRow {
  readonly file: string
  readonly line: string
  readonly outcome: Outcome
  /** Set for a failed verification that is accepted as a failure. */
  readonly acceptedAs?: 'failure'
  /** Set if the row is of a label, which is not a record. */
  readonly scope?: 'label'
  /** The outcome in words. */
  readonly word: string
  readonly kind: string
  readonly number: string
  /** Line of a batch certificate, from 1, if the verdict is of one line. */
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

/** Columns in their order, with their headers. */
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

/** A sign for each outcome, in addition to its colour, for colour-blind readers and black-and-white prints. */
export const SIGNS = { good: '✓', bad: '✕', failed: '△', unsure: '?' } as const
export const toneOf = ({ outcome, acceptedAs }: TableRow): keyof typeof SIGNS =>
  outcome === 'recognised' ? 'good' : acceptedAs === 'failure' ? 'failed' : outcome === 'not-recognised' ? 'bad' : 'unsure'

export const LANGUAGE: Expectation = { is: (value) => value === 'zh' || value === 'en', expected: { zh: 'zh 或 en', en: 'zh or en' } }

/**
 * Builds the row of a statement.
 * @throws `verify.options`
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

/** Returns the cells about the instrument; for a batch certificate judged by one line, that of the line. */
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

/** Returns the cells about the instrument of a label; they are empty if the label is not genuine. */
function ofLabel(label: LabelledInstrument | undefined, language: Language): AboutInstrument {
  if (label === undefined) return NOTHING
  const { category, serial = '', plate = '', verifiedOn, validUntil = '' } = label
  return { instrument: categoryName(category)[language], model: '', serial, plate, factDate: verifiedOn, validUntil }
}

/** A file, or a line of one, in which no statement could be read. */
export interface UnreadStatement {
  readonly file: string
  readonly line?: number | undefined
  /** The reason: a `TonghengError` is shown by its text and its code. */
  readonly error: unknown
}

const UNREAD: Text = { zh: '未判定', en: 'not judged' }

/**
 * Builds the row of a file or line that could not be judged. It has no verdict, so its outcome is `indeterminate`.
 * @throws `verify.options`
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
