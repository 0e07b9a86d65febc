/** Whether the highest standards of an enterprise need an assessment, as the catalogue of its authority states it. */
import { type CivilDate, parseInstant } from '../../base/date.js'
import type { MessageParams, Text } from '../../base/message.js'
import { isWithinDivision } from '../../catalogue/index.js'
import { divisionOf } from '../../conformance/inside.js'
import type { CataloguePayload } from '../../recognition/index.js'
import type { Certificate } from '../../records/index.js'
import { found, type JointFinding } from '../finding.js'
import type { CheckStandardsOptions } from './check-standards.js'

type Waiver = NonNullable<CataloguePayload['assessmentWaivers']>[number]
type Holder = Certificate['issuer']

/** GB 32100—2015: the first character 9 stands for bodies that the market regulation authorities register: enterprises above all. */
export const isEnterprise = ({ uscc }: Holder): boolean => uscc.startsWith('9')

const GRADES: Readonly<Record<Waiver['grade'], Text>> = {
  a: { zh: '来源为原文或官方页面', en: 'from the document or an official page' },
  b: { zh: '多个来源一致', en: 'from sources that agree' },
  c: { zh: '单一来源，未核对原文', en: 'from one source, text not checked' },
}

interface About {
  readonly path: string
  readonly params: MessageParams
  /** Day of the work. */
  readonly on: CivilDate
}

/** What is known of a standard of an enterprise that states no assessment. A waiver is a warning: the record does not state its level. */
export function waiverFinding(holder: Holder, { path, params, on }: About, options: CheckStandardsOptions): JointFinding {
  const waiver = waiverFor(holder, on, options)
  if (waiver === undefined) return found('standard.waiver-unknown', { status: 'unknown', path, params: { ...params, on } })
  const { documentNo, from, holders, grade, source } = waiver
  const stated = { documentNo, from, holders: { zh: holders.zh, en: holders.en ?? holders.zh }, grade: GRADES[grade], source }
  return found('standard.assessment-waived', { status: 'warn', path, basis: documentNo, params: { ...params, ...stated } })
}

/** The waiver that applies on a day; of several, the one with the better source. */
function waiverFor(holder: Holder, on: CivilDate, { catalogues, at }: CheckStandardsOptions): Waiver | undefined {
  if (catalogues === undefined || at === undefined) return undefined
  const division = divisionOf(holder)
  // 5102 was Chongqing before 1997 and stands in old codes of its bodies, so that it does not tell the province.
  const region = division.startsWith('5102') ? undefined : division.slice(0, 2)
  if (region === undefined) return undefined
  const [best] = catalogues
    .countingFor(region, parseInstant(at))
    .flatMap(({ payload }) => payload.assessmentWaivers ?? [])
    .filter(({ level, from, to }) => level === 'enterprise' && from <= on && (to === undefined || on <= to))
    .filter(({ divisions }) => divisions === undefined || divisions.some((one) => isWithinDivision(division, one)))
    .sort((a, b) => (a.grade < b.grade ? -1 : a.grade > b.grade ? 1 : a.from < b.from ? -1 : 1))
  return best
}
