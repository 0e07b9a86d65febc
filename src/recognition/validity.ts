/** Determines until when a record is valid: by its `validUntil`, or by the interval of the regulation if it states none. */

import { type Check, failed, missingFact, notApplicable, pass, passWith, type Row } from '../base/check.js'
import { addPeriod, type CivilDate, parsePeriod } from '../base/date.js'
import { builtIn, type Catalogue, describeInterval, intervalsOf, type VerificationInterval } from '../catalogue/index.js'
import type { AnyRecord, KindRow, RecordOf } from '../records/index.js'
import type { RecognitionFacts } from './condition.js'
import { coded, say } from './messages.js'

/** A last day that is computed from an interval. */
interface IntervalEnd {
  readonly interval: VerificationInterval
  readonly latest: CivilDate
}

/** The last day on which a record is valid. 有效期至 is inclusive. */
export type Validity =
  | { readonly by: 'statement'; readonly validUntil: CivilDate }
  /** The earliest and the latest possible last day: which interval applies may depend on a size that is not stated. */
  | { readonly by: 'interval'; readonly first: IntervalEnd; readonly last: IntervalEnd }
  /** 只作首次强制检定，失准报废. */
  | { readonly by: 'manner'; readonly interval: VerificationInterval }
  /** No end of validity: calibrations, notices, verifications of instruments outside mandatory control. */
  | { readonly by: 'kind' }
  /** A mandatory verification that states no validity, if no sourced interval is known. */
  | undefined

export function validityOf(record: AnyRecord, kind: KindRow, catalogue: Catalogue = builtIn): Validity {
  const validUntil = kind.validUntil(record)
  if (validUntil !== undefined) return { by: 'statement', validUntil }
  if (record.kind !== 'verification-record' || record.outcome === 'fail') return { by: 'kind' }
  // Owners outside mandatory control set their own intervals (计量法 第九条第二款); a conformance rule reports the omission.
  return record.purpose === 'other' ? { by: 'kind' } : validityByRegulation(record, catalogue)
}

function validityByRegulation(record: RecordOf<'verification-record'>, catalogue: Catalogue): Validity {
  const { verificationType, verifiedOn } = record
  // An in-service inspection and an arbitration begin no interval.
  if (verificationType !== 'initial' && verificationType !== 'subsequent') return undefined
  const intervals = intervalsOf(record, catalogue)
  if (intervals.some(({ provenance }) => provenance.grade === 'c')) return undefined
  const ends = intervals.flatMap((interval) =>
    interval.period === undefined ? [] : [{ interval, latest: addPeriod(verifiedOn, parsePeriod(interval.period)) }],
  )
  const [interval] = intervals
  // Only a regulation with initial verification alone states no period.
  if (ends.length === 0 && interval !== undefined) return { by: 'manner', interval }
  const [first] = ends.sort((a, b) => (a.latest < b.latest ? -1 : 1))
  const last = ends.at(-1)
  // If only some of the possible intervals end, it is unknown whether this one does.
  return first === undefined || last === undefined || ends.length < intervals.length ? undefined : { by: 'interval', first, last }
}

/** Checks that the record is valid on the day of the verdict. */
export function checkValidity(row: Row, { record, kind, today, catalogue }: RecognitionFacts): Check {
  if (record.kind === 'technical-specification') {
    const { abolishedOn, number } = record
    if (abolishedOn === undefined || today < abolishedOn) return pass(row)
    return failed(row, { code: coded('validity.abolished'), path: '/record/abolishedOn', params: { number, abolishedOn, today } })
  }
  const path = '/record/validUntil'
  const factDate = kind.factDate(record)
  if (today < factDate) return failed(row, { code: coded('validity.not-yet'), path: '/record', params: { factDate, today } })
  const validity = validityOf(record, kind, catalogue)
  if (validity === undefined)
    return Object.freeze(missingFact(row, 'validity', { code: coded('validity.not-stated'), path, params: { today } }))
  if (validity.by === 'kind') return notApplicable(row)
  if (validity.by === 'statement') {
    const { validUntil } = validity
    if (today <= validUntil) return passWith(row, { validUntil })
    return failed(row, { code: coded('validity.expired'), path, params: { validUntil, today } })
  }
  if (validity.by === 'manner') {
    const { regulation } = describeInterval(validity.interval)
    return {
      ...notApplicable(row),
      code: coded('validity.initial-only'),
      message: say('validity.initial-only', { regulation }),
    }
  }
  return checkInterval(row, validity.first, validity.last, today)
}

function checkInterval(row: Row, first: IntervalEnd, last: IntervalEnd, today: CivilDate): Check {
  const stated = ({ interval, latest }: IntervalEnd) => ({
    params: { ...describeInterval(interval), latest, today },
    evidence: { latest, interval: interval.period, source: interval.provenance.source },
  })
  const path = '/record/validUntil'
  if (today > last.latest) return failed(row, { code: coded('validity.interval-passed'), path, ...stated(last) })
  if (today > first.latest) return missingFact(row, 'validity', { code: coded('validity.not-stated'), path, params: { today } })
  const { params, evidence } = stated(first)
  return {
    ...passWith(row, evidence),
    code: coded('validity.by-interval'),
    message: say('validity.by-interval', params),
  }
}
