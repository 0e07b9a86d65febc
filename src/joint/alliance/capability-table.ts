/**
 * Writes answers of the capability directory as a table for people: the claim, the authority that lists the institute, and the findings.
 */
import { CSV_MARK, csvRow } from '../../base/csv.js'
import type { Text } from '../../base/message.js'
import { provinceName, unitOf } from '../../catalogue/index.js'
import type { Trust } from '../../trust/index.js'
import { capabilityWork } from '../kinds/capability.js'
import type { FoundCapability } from './find-capabilities.js'

/** Whether a claim is within the authorisation that it names. `ended`: the authorisation is not in force on the day of the question. */
export type CapabilityMark = 'granted' | 'ended' | 'beyond' | 'undecided'

/** Name of each mark, for people. */
export const capabilityMarks: Readonly<Record<CapabilityMark, Text>> = {
  granted: { zh: '在授权范围内', en: 'within its authorisation' },
  ended: { zh: '授权不在有效期内', en: 'authorisation not in force' },
  beyond: { zh: '超出授权范围', en: 'beyond its authorisation' },
  undecided: { zh: '是否在授权范围内不能断定', en: 'whether it is within its authorisation is undecided' },
}

/** Text for a claim whose range or uncertainty is missing, or is in a unit that cannot be compared with the question. */
export const notComparedText: Text = {
  zh: '测量范围或不确定度无法与所求比较',
  en: 'range or uncertainty could not be compared with what is asked',
}

export function capabilityMark({ isGranted, findings }: FoundCapability): CapabilityMark {
  if (isGranted) return 'granted'
  const wrong = findings.filter(({ status }) => status === 'fail')
  if (wrong.length === 0) return 'undecided'
  return wrong.some(({ code }) => code === 'claim.authorisation-ended') ? 'ended' : 'beyond'
}

type Language = 'zh' | 'en'

/** Texts in place of an empty cell. */
const ABSENT = {
  uncertainty: { zh: '未写明', en: 'not stated' },
  agreement: { zh: '没有互认协议，未判断', en: 'not decided: no agreement at hand' },
} as const satisfies Readonly<Record<string, Text>>

interface TableOptions {
  readonly trust: Trust
  readonly language: Language
}

/** Headers of the columns. */
export const capabilityHeads: readonly Text[] = [
  { zh: '核对', en: 'Compared' },
  { zh: '机构', en: 'Institute' },
  { zh: '省（市）', en: 'Province' },
  { zh: '项目', en: 'Work' },
  { zh: '测量范围', en: 'Range' },
  { zh: '最小扩展不确定度', en: 'Smallest expanded uncertainty' },
  { zh: '说明', en: 'Remarks' },
  { zh: '授权（认可）证书号', en: 'Authorisation or accreditation' },
  { zh: '列入其信任列表的主管部门', en: 'Authority that lists it' },
  { zh: '依据', en: 'By' },
  { zh: '声明有效期至', en: 'Claimed until' },
  { zh: '予以互认', en: 'Recognised in' },
]

const wordOf = ({ zh, en }: { readonly zh: string; readonly en?: string | undefined }, language: Language): string =>
  language === 'en' ? (en ?? zh) : zh

/** Symbol of a unit, as printed on certificates. */
const symbolOf = (unit: string): string => unitOf(unit)?.symbol ?? unit

/** Returns the cells of one answer, in the order of the headers. */
export function capabilityCells(one: FoundCapability, { trust, language }: TableOptions): string[] {
  const { statement, item, suffices, authority, region, results, findings } = one
  const and = language === 'zh' ? '、' : ', '
  const stop = language === 'zh' ? '；' : '; '
  const word = (text: Parameters<typeof wordOf>[0]): string => wordOf(text, language)
  const province = (code: string): string => word(provinceName(code))
  const { lower, upper, unit } = item.range
  const { uncertainty } = item
  const marks = [word(capabilityMarks[capabilityMark(one)]), ...(suffices === undefined ? [word(notComparedText)] : [])]
  const lister = trust.entity(authority)?.entity.name
  return [
    marks.join(stop),
    word(statement.issuer.name),
    province(region),
    `${capabilityWork[item.work][language === 'zh' ? 0 : 1]}${language === 'zh' ? '：' : ': '}${word(item.quantity)}`,
    `${lower ?? ''}~${upper ?? ''} ${symbolOf(unit)}`,
    uncertainty === undefined
      ? word(ABSENT.uncertainty)
      : `U = ${uncertainty.value} ${symbolOf(uncertainty.unit)} (k = ${uncertainty.k ?? '2'})`,
    findings.map(({ message }) => message[language]).join(stop),
    item.authorisationNo,
    lister === undefined ? authority : word(lister),
    (item.basis ?? []).map(({ number }) => number).join(and),
    statement.document.until,
    results.length > 0 ? results.map(({ message }) => message[language]).join(stop) : word(ABSENT.agreement),
  ]
}

/** Writes the answers as CSV for a spreadsheet: UTF-8 with a byte order mark, every cell quoted, no cell that begins as a formula. */
export function writeCapabilitiesCsv(found: readonly FoundCapability[], options: TableOptions): string {
  const heads = capabilityHeads.map((text) => wordOf(text, options.language))
  return CSV_MARK + [heads, ...found.map((one) => capabilityCells(one, options))].map(csvRow).join('')
}
