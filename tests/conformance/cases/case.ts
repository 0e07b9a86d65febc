import type { fixtures } from 'tongheng/testing'
import type { Change } from '../../records/change.ts'

/** A change to a fixture, and what the rules find that they did not find before. */
export interface Case {
  readonly rule: string
  readonly of: keyof typeof fixtures
  readonly changes: readonly Change[]
  /** `status code path`, in the order of the report; all that is new. */
  readonly finds: readonly string[]
}

/** Number of a trial edition. */
export const trial = 'JJG 1204-2025(试行)'

/** A calibration by an enterprise: when, by which body, for which. */
export interface Enterprise {
  readonly on?: string
  readonly uscc?: string
  readonly holder?: string | undefined
  readonly authorisationNo?: string
}
