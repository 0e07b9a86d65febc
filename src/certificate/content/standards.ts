/** 计量标准装置, 标准器 and 配套设备, with assessment and traceability. */
import { periodText } from '../../base/date.js'
import type { MeasurementStandard } from '../../records/index.js'
import { STATEMENT_ID } from '../words-of-page.js'
import { type Block, joined, type Shown, tableOf } from './model.js'
import { limitsText, uncertaintyText } from './quantities.js'
import { word } from './words.js'

/** One table per role of a standard, in the order of the printed form, and one for standards without a role. */
export function standardsTables(standards: readonly MeasurementStandard[]): Block[] {
  const known = ['system', 'standard', 'auxiliary']
  const roles = [undefined, ...known, ...standards.flatMap(({ role }) => (role === undefined || known.includes(role) ? [] : [role]))]
  return [...new Set(roles)].flatMap((role) => {
    const ofRole = standards.filter((one) => one.role === role)
    return ofRole.length === 0 ? [] : [standardsTable(ofRole, role)]
  })
}

/** Omits columns that are empty for all standards of the table, except names. */
function standardsTable(standards: readonly MeasurementStandard[], role: string | undefined): Block {
  const title = role === undefined ? { zh: '计量标准（标准器）', en: 'Measurement standards' } : word('standardRole', role)
  const rows = standards.map((standard): Shown[] => [
    [standard.name, standard.model].filter((text) => text !== undefined).join(' '),
    numbersText(standard),
    standard.range ?? '—',
    performanceOf(standard) ?? '—',
    assessmentText(standard),
    traceText(standard),
  ])
  const used = HEAD.map((_, at) => at === 0 || rows.some((row) => row[at] !== '—'))
  const inUse = <T>(cells: readonly T[]): T[] => cells.filter((_, at) => used[at])
  return tableOf(typeof title === 'string' ? { zh: title, en: title } : title, inUse(HEAD), rows.map(inUse))
}

const HEAD: readonly Shown[] = [
  { zh: '名称、型号', en: 'Name and model' },
  { zh: '编号', en: 'No.' },
  { zh: '测量范围', en: 'Range' },
  { zh: '不确定度/准确度等级/最大允许误差', en: 'Uncertainty, class or MPE' },
  { zh: '计量标准考核证书（标准物质证书）', en: 'Assessment, or certificate of the material' },
  { zh: '溯源', en: 'Traceability' },
]

function performanceOf(standard: MeasurementStandard): Shown | undefined {
  const { accuracyClass, maximumPermissibleError, uncertainty } = standard
  const said: Shown[] = []
  if (uncertainty !== undefined) said.push(uncertaintyText(uncertainty, maximumPermissibleError?.unit ?? '1'))
  if (accuracyClass !== undefined) said.push(accuracyClass)
  if (maximumPermissibleError !== undefined) said.push(`MPE: ${limitsText(maximumPermissibleError)}`)
  return said.length === 0 ? undefined : joined(said, '；', '; ')
}

function untilText(number: string | undefined, until: string | undefined): Shown {
  if (until === undefined) return number ?? '—'
  if (number === undefined) return { zh: `有效期至 ${until}`, en: `until ${until}` }
  return { zh: `${number}（有效期至 ${until}）`, en: `${number} (until ${until})` }
}

const numbersText = ({ number, serialNumbers = [] }: MeasurementStandard): Shown => {
  const all = [...(number === undefined ? [] : [number]), ...serialNumbers]
  return all.length === 0 ? '—' : all.join('、')
}

function assessmentText({ assessment, referenceMaterial }: MeasurementStandard): Shown {
  const said: Shown[] = []
  if (assessment !== undefined) said.push(untilText(assessment.number, assessment.validUntil))
  if (referenceMaterial !== undefined) {
    const { number, batch, validUntil } = referenceMaterial
    said.push(untilText(batch === undefined ? number : `${number} ${batch}`, validUntil))
  }
  return said.length === 0 ? '—' : joined(said, '；', '; ')
}

function traceText({ trace, interval }: MeasurementStandard): Shown {
  const said: Shown[] = []
  if (trace?.body !== undefined) said.push(trace.body)
  if (trace?.document !== undefined) said.push(word('document', trace.document))
  if (trace?.certificateNo !== undefined || trace?.validUntil !== undefined) said.push(untilText(trace.certificateNo, trace.validUntil))
  if (trace?.on !== undefined) said.push({ zh: `末次 ${trace.on}`, en: `last on ${trace.on}` })
  if (interval !== undefined) said.push(joined([{ zh: '周期', en: 'interval' }, periodText(interval)], ' ', ' '))
  if (trace?.statement !== undefined) said.push(joined([STATEMENT_ID, trace.statement], ' ', ' '))
  return said.length === 0 ? '—' : joined(said, '，', ', ')
}
