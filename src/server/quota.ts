/**
 * Daily quota per issuer. A log and its notices are stored permanently, here and at every node that follows: a malicious body or a
 * faulty program must not fill them. Counts since the start of the process; a day is a UTC day.
 */
import type { Text } from '../base/message.js'
import { ProblemError } from '../contract/index.js'
import { createDailyCounts } from '../node/inside.js'
import type { ServerLimits } from './limits.js'

export interface Quota {
  /** Call before storing a statement. @throws ProblemError `request.quota` */
  check(iss: string, added: Added): void
  /** Call after storing it. */
  add(iss: string, added: Added): void
}

export interface Added {
  readonly kind: 'record' | 'notice' | 'joint'
  readonly octets: number
}

interface Used {
  record: number
  notice: number
  joint: number
  octets: number
}

const WORDS: Readonly<Record<keyof Used, Text>> = {
  record: { zh: '份记录', en: 'records' },
  notice: { zh: '份公告', en: 'notices' },
  joint: { zh: '份协同记录', en: 'joint statements' },
  octets: { zh: '字节', en: 'octets' },
}

export function createQuota(
  limits: Pick<ServerLimits, 'dailyRecords' | 'dailyNotices' | 'dailyJoint' | 'dailyOctets'>,
  now: () => number,
): Quota {
  const most: Used = { record: limits.dailyRecords, notice: limits.dailyNotices, joint: limits.dailyJoint, octets: limits.dailyOctets }
  // By issuer: only genuine statements are counted, so the number of issuers is bounded by the trust lists.
  const used = createDailyCounts<Used>(now)
  const usedBy = (iss: string): Used => used.get(iss) ?? { record: 0, notice: 0, joint: 0, octets: 0 }
  return {
    check(iss, { kind, octets }) {
      const by = usedBy(iss)
      const full = by[kind] >= most[kind] ? kind : by.octets + octets > most.octets ? 'octets' : undefined
      if (full === undefined) return
      throw new ProblemError('request.quota', { iss, most: most[full], what: WORDS[full] }, { retryAfter: used.secondsLeft() })
    },
    add(iss, { kind, octets }) {
      const by = usedBy(iss)
      by[kind]++
      by.octets += octets
      used.set(iss, by)
    },
  }
}
