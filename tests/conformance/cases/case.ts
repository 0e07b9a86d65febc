import type { fixtures } from 'tongheng/testing'
import type { Change } from '../../records/change.ts'

/** A change to a fixture and the findings that it adds. */
export interface Case {
  readonly rule: string
  readonly of: keyof typeof fixtures
  readonly changes: readonly Change[]
  /** All added findings as `status code path`, in the order of the report. */
  readonly finds: readonly string[]
}

/** Number of a trial edition. */
export const trial = 'JJG 1204-2025(试行)'

/** A calibration at an enterprise: date, issuing body and customer. */
export interface Enterprise {
  readonly on?: string
  readonly uscc?: string
  readonly holder?: string | undefined
  readonly authorisationNo?: string
}
