/** Checks whether a claimed capability is within the authorisation that the authority has granted. */
import { type CivilDate, civilDateOf } from '../../base/date.js'
import { identifierKey } from '../../base/identifier.js'
import { isAmongCategories } from '../../catalogue/index.js'
import type { Authorisation, ListedEntity } from '../../trust/index.js'
import { found, type JointFinding } from '../finding.js'
import { type CapabilityItem, capabilityWork } from '../kinds/capability.js'
import { compareUncertainties, isWithinRange, isWithinRanges } from '../ranges.js'

/**
 * Returns the faults of a claim by the authorisation that it names, on a day.
 * @param listed the body on its trust list; undefined if it is on none, so that no authorisation is known
 */
export function claimFindings(item: CapabilityItem, listed: ListedEntity | undefined, on: CivilDate): readonly JointFinding[] {
  const number = item.authorisationNo
  if (listed === undefined) return [found('claim.no-authorisation', { status: 'unknown', params: { number } })]
  const { entity, also = [] } = listed
  // If several authorities list the body, all its authorisations count.
  const named = [entity, ...also.map((one) => one.entity)]
    .flatMap(({ authorisations }) => authorisations)
    .filter((one) => identifierKey(one.number) === identifierKey(number))
  const [first] = named
  if (first === undefined) return [found('claim.no-authorisation', { status: 'unknown', params: { number } })]
  const current = named.filter(({ from, to }) => from <= on && on <= to)
  if (current.length === 0) return [found('claim.authorisation-ended', { params: { number, from: first.from, to: first.to, on } })]
  const kind = capabilityWork[item.work][2]
  const ofKind = current.filter(({ kinds }) => kinds.includes(kind))
  const [zh, en] = capabilityWork[item.work]
  if (ofKind.length === 0) return [found('claim.work-beyond', { params: { number, kind: { zh, en } } })]
  const findings = item.categories.flatMap((category) =>
    ofKind.some(({ categories }) => categories === 'all' || isAmongCategories(categories, category))
      ? []
      : [found('claim.category-beyond', { params: { number, category } })],
  )
  return [...findings, ...(findings.length > 0 ? [] : measureFindings(item, ofKind)), ...listFindings(listed, on)]
}

/** A list that has expired grants nothing: the authorisation may have changed since. */
function listFindings({ list: { payload } }: ListedEntity, on: CivilDate): readonly JointFinding[] {
  const ended = civilDateOf(payload.exp)
  return ended < on ? [found('claim.list-expired', { status: 'unknown', params: { authority: payload.iss, ended, on } })] : []
}

/** Compares range and uncertainty with the capabilities that the trust list states for the authorisation. */
function measureFindings({ categories, range, uncertainty, authorisationNo: number }: CapabilityItem, granted: readonly Authorisation[]) {
  const rows = granted
    .flatMap(({ capabilities = [] }) => capabilities)
    .filter((row) => row.categories === 'all' || categories.every((category) => isAmongCategories(row.categories as string[], category)))
    .map((row) => ({ row, range: { lower: row.lower, upper: row.upper, unit: row.rangeUnit ?? row.unit } }))
  const unknown = [found('claim.not-compared', { status: 'unknown' as const, params: { number } })]
  if (rows.length === 0) return unknown
  const within = isWithinRanges(
    range,
    rows.map((one) => one.range),
  )
  if (within === false) return [found('claim.range-beyond', { params: { number } })]
  if (within === undefined) return unknown
  if (uncertainty === undefined) return []
  const covering = rows.filter((one) => isWithinRange(range, one.range) === true)
  // Rows that only together cover the range may state different uncertainties.
  if (covering.length === 0) return unknown
  const orders = covering.map(({ row }) => compareUncertainties(uncertainty, { value: row.smallest, unit: row.unit }))
  if (orders.some((order) => order !== undefined && order >= 0)) return []
  if (orders.includes(undefined)) return unknown
  const { smallest, unit } = (covering[0] as (typeof covering)[number]).row
  const params = { number, claimed: `${uncertainty.value} ${uncertainty.unit}`, smallest: `${smallest} ${unit}` }
  return [found('claim.uncertainty-beyond', { params })]
}
