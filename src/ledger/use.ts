/** 这台能不能用: decides by the state of the line, the verdict on its certificate, the standing of the instrument, and the requirement. */
import { addPeriod, civilDateOf, parsePeriod } from '../base/date.js'
import { decidingCheck } from '../verify/index.js'
import { type Confirmation, confirm } from './confirm.js'
import type { LedgerLine } from './line.js'
import type { FoundCertificate, FoundLabel, MatchedLine } from './match.js'
import { because } from './use-messages.js'
import { dayAfter } from './validity.js'

type Decision = Pick<MatchedLine, 'use' | 'reason' | 'basis' | 'confirmation'>

/** States in which an instrument must not be used, even with a valid certificate. */
const NOT_USED: ReadonlySet<string> = new Set(['stopped', 'sealed-off', 'sent', 'repair', 'broken', 'scrapped', 'lost'])

export function decideUse(line: LedgerLine, certificate: FoundCertificate, at: number): Decision {
  const { verdict, record, number } = certificate
  const check = decidingCheck(verdict)
  if (record.kind === 'verification-record') return byVerification(line, certificate)
  const of = { reason: check.message, number }
  if (record.kind !== 'calibration-result') return { use: 'undecided', reason: because('ledger.use-other-kind', { number }), basis: '' }
  if (verdict.outcome === 'not-recognised')
    return { use: 'not-usable', reason: because('ledger.use-not-recognised', of), basis: check.basis }
  if (verdict.outcome === 'indeterminate') return { use: 'undecided', reason: because('ledger.use-undecided', of), basis: check.basis }
  const stopped = byState(line)
  if (stopped !== undefined) return stopped
  if (line.mandatory?.value === 'yes')
    return { use: 'not-usable', reason: because('ledger.use-mandatory', { number }), basis: '计量法 第九条' }
  const overdue = byInterval(line, record.calibratedOn, civilDateOf(at))
  if (overdue !== undefined) return overdue
  if (line.requirement?.accuracy === undefined)
    return { use: 'undecided', reason: because('ledger.use-calibration-only', { number }), basis: 'GB/T 19022—2003 7.1' }
  return byConfirmation(confirm(line.requirement, record))
}

function byState({ state }: LedgerLine): Decision | undefined {
  if (state?.value === undefined || !NOT_USED.has(state.value)) return undefined
  return { use: 'not-usable', reason: because('ledger.use-state', { state: state.text }), basis: 'GB/T 19022—2003 7.1.3' }
}

function byInterval({ interval }: LedgerLine, date: string, on: string): Decision | undefined {
  if (interval?.period === undefined) return undefined
  const until = dayAfter(addPeriod(date, parsePeriod(interval.period)), -1)
  if (on <= until) return undefined
  return {
    use: 'not-usable',
    reason: because('ledger.use-interval', { date, interval: interval.text, until }),
    basis: 'GB/T 19022—2003 7.1.2',
  }
}

/** Decides a verification by the standing of the instrument, which counts every record given, not only this one. */
function byVerification(line: LedgerLine, { verdict, record, number, standing }: FoundCertificate): Decision {
  const check = decidingCheck(verdict)
  if (record.kind !== 'verification-record') return { use: 'undecided', reason: because('ledger.use-other-kind', { number }), basis: '' }
  // A failure counts even if its recognition is undecided: the instrument is not safe to use.
  if (verdict.acceptedAs === 'failure') return { use: 'not-usable', reason: because('ledger.use-failed', { number }), basis: check.basis }
  if (verdict.outcome === 'not-recognised')
    return { use: 'not-usable', reason: because('ledger.use-not-recognised', { number, reason: check.message }), basis: check.basis }
  if (standing === undefined || verdict.outcome === 'indeterminate')
    return { use: 'undecided', reason: because('ledger.use-undecided', { number, reason: check.message }), basis: check.basis }
  const reason = because('ledger.use-standing', { reason: { zh: standing.zh, en: standing.en } })
  if (standing.code === 'standing.failed' || standing.code === 'standing.expired' || standing.code === 'standing.not-recognised')
    return { use: 'not-usable', reason, basis: check.basis }
  if (standing.code !== 'standing.valid') return { use: 'undecided', reason, basis: check.basis }
  const stopped = byState(line)
  if (stopped !== undefined) return stopped
  const { validUntil: until } = record
  const valid: Decision = {
    use: 'usable',
    reason: until === undefined ? reason : because('ledger.use-valid', { until }),
    basis: check.basis,
  }
  if (line.requirement?.accuracy === undefined) return valid
  const confirmation = confirm(line.requirement, record)
  // A valid verification does not meet a requirement by itself: one that cannot be compared leaves the use undecided.
  return byConfirmation(confirmation)
}

/** Decides by a label, which has no results: if the line has a requirement, the use is undecided. */
export function decideByLabel(line: LedgerLine, { verdict, label, number }: FoundLabel, at: number): Decision {
  const check = decidingCheck(verdict)
  if (verdict.acceptedAs === 'failure') return { use: 'not-usable', reason: because('ledger.use-failed', { number }), basis: check.basis }
  if (verdict.outcome === 'not-recognised')
    return { use: 'not-usable', reason: because('ledger.use-not-recognised', { number, reason: check.message }), basis: check.basis }
  if (verdict.outcome === 'indeterminate')
    return { use: 'undecided', reason: because('ledger.use-undecided', { number, reason: check.message }), basis: check.basis }
  if (label.validUntil !== undefined && label.validUntil < civilDateOf(at))
    return { use: 'not-usable', reason: because('ledger.use-label-expired', { number, until: label.validUntil }), basis: check.basis }
  const stopped = byState(line)
  if (stopped !== undefined) return stopped
  if (line.requirement?.accuracy !== undefined)
    return { use: 'undecided', reason: because('ledger.use-label-results', { number }), basis: check.basis }
  return { use: 'usable', reason: because('ledger.use-label', { number, until: label.validUntil ?? '—' }), basis: check.basis }
}

function byConfirmation(confirmation: Confirmation): Decision {
  const { outcome, reason, basis } = confirmation
  if (outcome === 'confirmed') return { use: 'usable', reason: because('ledger.use-confirmed', { reason }), basis, confirmation }
  if (outcome === 'limited') return { use: 'usable', reason: because('ledger.use-limited', { reason }), basis, confirmation }
  if (outcome === 'not-confirmed')
    return { use: 'not-usable', reason: because('ledger.use-not-confirmed', { reason }), basis, confirmation }
  return { use: 'undecided', reason: because('ledger.use-not-told', { reason }), basis, confirmation }
}
