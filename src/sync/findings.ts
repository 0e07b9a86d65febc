/** Collects the findings of an audit. */

import type { AuditFinding, AuditProgress } from './audit.js'
import type { Reporter } from './audit-entry.js'

export interface Findings extends Reporter {
  /** Findings and notes since the last call. */
  take(): Pick<AuditProgress, 'findings' | 'notes'>
}

export function createFindings(): Findings {
  let [findings, notes]: [AuditFinding[], AuditFinding[]] = [[], []]
  return {
    fault: (code, params) => void findings.push({ code, params }),
    note: (code, params) => void notes.push({ code, params }),
    take() {
      const taken = { findings, notes }
      ;[findings, notes] = [[], []]
      return taken
    },
  }
}
