/** The results of this room as tables of texts, for a terminal, CSV, Excel and a page. */
import type { Text } from '../base/message.js'
import { decidingCheck } from '../verify/index.js'
import { type DueGroup, type DueLine, type DueList, dueGroups } from './due.js'
import { type LedgerField, ledgerFields } from './fields.js'
import type { LedgerFinding, LedgerFindingStatus } from './finding.js'
import type { LedgerLine } from './line.js'
import type { MatchedLine, MatchList, Use } from './match.js'

/** Emphasis of a row. A word always expresses it too, never colour alone. */
export type Tone = 'good' | 'bad' | 'unsure' | 'plain'
export type Language = 'zh' | 'en'

export interface LedgerTable {
  readonly name: string
  readonly heads: readonly string[]
  readonly rows: readonly { readonly tone: Tone; readonly cells: readonly string[] }[]
}

const t = (zh: string, en: string): Text => ({ zh, en })

export const GROUP_WORDS: Readonly<Record<DueGroup, Text>> = {
  overdue: t('已超期', 'overdue'),
  'book-now': t('须立即预约', 'book now'),
  soon: t('30 日内到期', 'due within 30 days'),
  later: t('未到期', 'later'),
  unknown: t('无法判断', 'unknown'),
  'not-due': t('不计到期', 'not due'),
}
const GROUP_TONES: Readonly<Record<DueGroup, Tone>> = {
  overdue: 'bad',
  'book-now': 'unsure',
  soon: 'unsure',
  later: 'good',
  unknown: 'unsure',
  'not-due': 'plain',
}
/** Explanation of each group, for a legend. */
export const GROUP_NOTES: Readonly<Record<DueGroup, Text>> = {
  overdue: t('有效期届满的次日起；检定不合格的也在此列', 'from the day after the last day of validity; failures too'),
  'book-now': t('到期前已不足 15 个工作日（强检预约时限）', 'fewer than 15 working days are left, which a booking needs'),
  soon: t('尚可按期预约', 'a booking is still in time'),
  later: t('到期还有 30 日以上', 'more than 30 days are left'),
  unknown: t('台账中没有可用的日期', 'the ledger has no date that can be used'),
  'not-due': t('没有检定周期，或停用、封存、报废等', 'no interval, or out of use'),
}

const INSTRUMENT: readonly (readonly [Text, (line: LedgerLine) => string | undefined])[] = [
  [t('器具名称', 'Instrument'), ({ name }) => name],
  [t('型号规格', 'Model'), ({ model }) => model],
  [t('出厂编号', 'Serial number'), ({ serialNumber }) => serialNumber],
  [t('管理编号', 'Own number'), ({ assetNumber }) => assetNumber],
  [t('使用部门', 'Department'), ({ department, holder }) => department ?? holder],
  [t('安装使用地点', 'Place'), ({ place }) => place],
]
export const instrumentHeads = (language: Language): readonly string[] => INSTRUMENT.map(([head]) => head[language])
export const instrumentCells = (line: LedgerLine): readonly string[] => INSTRUMENT.map(([, of]) => of(line) ?? '')
/** `压力表:12`, where a line was read. */
export const originOf = ({ at }: LedgerLine): string => (at === undefined ? '' : `${at.sheet}:${at.row}`)

const DUE_HEADS: readonly Text[] = [
  t('到期情况', 'Due'),
  t('有效期至', 'Valid until'),
  t('剩余天数', 'Days left'),
  t('最迟预约日', 'Book by'),
]

/** The due list, most urgent first; groups `later` and `not-due` only if `all`. */
export function dueTable(list: DueList, language: Language, all = false): LedgerTable {
  const shown = all ? list.lines : list.lines.filter(({ group }) => group !== 'later' && group !== 'not-due')
  return {
    name: language === 'zh' ? '到期清单' : 'Due',
    heads: [
      ...DUE_HEADS.map((head) => head[language]),
      ...instrumentHeads(language),
      language === 'zh' ? '依据' : 'By',
      language === 'zh' ? '台账行' : 'Row',
    ],
    rows: shown.map((one) => ({ tone: GROUP_TONES[one.group], cells: dueCells(one, language) })),
  }
}

const dueCells = ({ line, group, validity, days, bookBy, reason }: DueLine, language: Language): readonly string[] => [
  GROUP_WORDS[group][language],
  validity?.until ?? '',
  days === undefined ? '' : String(days),
  bookBy ?? '',
  ...instrumentCells(line),
  reason[language],
  originOf(line),
]

/** Counts of the groups, one line each. */
export const dueSummary = ({ counts }: DueList, language: Language): readonly string[] =>
  dueGroups
    .filter((group) => counts[group] > 0)
    .map(
      (group) =>
        `${GROUP_WORDS[group][language]} ${counts[group]}${language === 'zh' ? ' 台（件）：' : ': '}${GROUP_NOTES[group][language]}`,
    )

/** How much a finding matters, in words. */
export const STATUS_WORDS: Readonly<Record<LedgerFindingStatus, Text>> = {
  fail: t('不能用', 'unusable'),
  warn: t('请核对', 'check'),
  note: t('已处理', 'handled'),
}
const WEIGHTS: Readonly<Record<LedgerFindingStatus, number>> = { fail: 0, warn: 1, note: 2 }
const STATUS_TONES: Readonly<Record<LedgerFindingStatus, Tone>> = { fail: 'bad', warn: 'unsure', note: 'plain' }

/** Findings of a ledger as a table, those that matter most first. */
export const findingsTable = (findings: readonly LedgerFinding[], language: Language): LedgerTable => ({
  name: language === 'zh' ? '问题' : 'Findings',
  heads: [t('轻重', 'Weight'), t('单元格', 'Cell'), t('列', 'Field'), t('问题', 'Finding'), t('建议', 'Advice'), t('代码', 'Code')].map(
    (head) => head[language],
  ),
  rows: [...findings]
    .sort((a, b) => WEIGHTS[a.status] - WEIGHTS[b.status])
    .map(({ status, place, field, message, advice, code }) => ({
      tone: STATUS_TONES[status],
      cells: [
        STATUS_WORDS[status][language],
        place,
        field === undefined ? '' : (ledgerFields.get(field as LedgerField)?.[language] ?? ''),
        message[language],
        advice?.[language] ?? '',
        code,
      ],
    })),
})

/** Whether an instrument may be used, in words. */
export const USE_WORDS: Readonly<Record<Use, Text>> = {
  usable: t('能用', 'may be used'),
  'not-usable': t('不能用', 'must not be used'),
  undecided: t('无法判定', 'cannot be decided'),
}
const USE_TONES: Readonly<Record<Use, Tone>> = { usable: 'good', 'not-usable': 'bad', undecided: 'unsure' }
/** A limited use is no plain one. */
const useWord = ({ use, confirmation }: MatchedLine, language: Language): string =>
  use === 'usable' && confirmation?.outcome === 'limited' ? { zh: '能用（限用）', en: 'limited use' }[language] : USE_WORDS[use][language]

const CONFIRMATIONS: Readonly<Record<string, Text>> = {
  confirmed: t('通过', 'confirmed'),
  limited: t('限用', 'limited'),
  'not-confirmed': t('不通过', 'not confirmed'),
  'cannot-tell': t('无法判断', 'cannot tell'),
}
const OUTCOMES: Readonly<Record<string, Text>> = {
  recognised: t('成立', 'holds'),
  'not-recognised': t('不成立', 'does not hold'),
  indeterminate: t('无法判定', 'undecided'),
}

/** Heads of the outcome of a line, which follow its own columns where a ledger is written back. */
export const outcomeHeads = (language: Language): readonly string[] =>
  [
    t('能不能用', 'Use'),
    t('理由', 'Reason'),
    t('签名证书', 'Signed certificate'),
    t('证书判定', 'Certificate'),
    t('计量确认', 'Confirmation'),
    t('与台账不符', 'Differs from the ledger'),
    t('结论依据', 'Basis'),
  ].map((head) => head[language])

export function outcomeCells(matched: MatchedLine, language: Language): readonly string[] {
  const { reason, basis, certificate, label, confirmation, differences, outcome } = matched
  const failed = (certificate ?? label)?.verdict.acceptedAs === 'failure'
  const word = failed
    ? { zh: '采信（不合格）', en: 'accepted as a failure' }[language]
    : outcome === undefined
      ? ''
      : (OUTCOMES[outcome]?.[language] ?? '')
  return [
    useWord(matched, language),
    reason[language],
    certificate?.number ?? (label === undefined ? '' : `${label.number}${{ zh: '（标签）', en: ' (label)' }[language]}`),
    word,
    confirmation === undefined ? '' : (CONFIRMATIONS[confirmation.outcome]?.[language] ?? ''),
    differences.map((one) => one[language]).join(language === 'zh' ? '；' : '; '),
    basis,
  ]
}

const matchedTone = ({ use, confirmation }: MatchedLine): Tone =>
  use === 'usable' && confirmation?.outcome === 'limited' ? 'unsure' : USE_TONES[use]

/** Each line with its certificate and whether it may be used. */
export const matchTable = ({ lines }: MatchList, language: Language): LedgerTable => {
  const [useHead = '', reasonHead = '', ...heads] = outcomeHeads(language)
  return {
    name: language === 'zh' ? '能不能用' : 'Use',
    heads: [useHead, ...instrumentHeads(language), reasonHead, ...heads, language === 'zh' ? '台账行' : 'Row'],
    rows: lines.map((one) => {
      const [use = '', ...rest] = outcomeCells(one, language)
      return { tone: matchedTone(one), cells: [use, ...instrumentCells(one.line), ...rest, originOf(one.line)] }
    }),
  }
}

/** Certificates at hand that are of no line. */
export const unmatchedTable = ({ unmatched, unmatchedLabels, unread }: MatchList, language: Language): LedgerTable => ({
  name: language === 'zh' ? '没有对应器具的证书' : 'Certificates of no line',
  heads: [t('证书', 'Certificate'), t('文件', 'File'), t('说明', 'Remark')].map((head) => head[language]),
  rows: [
    ...[...unmatched, ...unmatchedLabels].map(({ number, file }) => ({
      tone: 'plain' as const,
      cells: [number, file, language === 'zh' ? '台账中没有对应的器具' : 'no line of the ledger'],
    })),
    ...unread.map(({ file, verdict }) => ({
      tone: 'bad' as const,
      cells: [verdict.number ?? '', file, decidingCheck(verdict).message[language]],
    })),
  ],
})
