/** Determines from the catalogue of the authority whether the highest standards of an enterprise need an assessment. */
import { type CivilDate, parseInstant } from '../../base/date.js'
import type { MessageParams, Text } from '../../base/message.js'
import { isWithinDivision } from '../../catalogue/index.js'
import { divisionOf } from '../../conformance/inside.js'
import type { CataloguePayload } from '../../recognition/index.js'
import type { Certificate } from '../../records/index.js'
import { found, type JointFinding } from '../finding.js'
import { bothLanguages } from '../words.js'
import type { CheckStandardsOptions } from './check-standards.js'

type Waiver = NonNullable<CataloguePayload['assessmentWaivers']>[number]
type Holder = Certificate['issuer']

/** GB 32100—2015: a USCC that begins with 9 is of a body registered by a market regulation authority, usually an enterprise. */
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

/**
 * Returns the finding for a standard without an assessment, of an enterprise. A waiver is a warning only, because the record does not state
 * whether the standard is the highest.
 */
export function waiverFinding(holder: Holder, { path, params, on }: About, options: CheckStandardsOptions): JointFinding {
  const waiver = waiverFor(holder, on, options)
  if (waiver === undefined) return found('standard.waiver-unknown', { status: 'unknown', path, params: { ...params, on } })
  const { documentNo, from, holders, grade, source } = waiver
  const stated = { documentNo, from, holders: bothLanguages(holders), grade: GRADES[grade], source }
  return found('standard.assessment-waived', { status: 'warn', path, basis: documentNo, params: { ...params, ...stated } })
}

/** Returns the waiver that applies on a day; of several, the one with the best source. */
function waiverFor(holder: Holder, on: CivilDate, { catalogues, at }: CheckStandardsOptions): Waiver | undefined {
  if (catalogues === undefined || at === undefined) return undefined
  const division = divisionOf(holder)
  // 5102 was Chongqing before 1997, and old codes of its bodies still have it, so the province is ambiguous.
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
