/** Finds problems ahead: expiring documents, the state that the node reports, and counts over records judged here. */

import * as z from 'zod/mini'
import { civilDateOf, type Instant, parseInstant } from '../../base/date.js'
import { isTonghengError } from '../../base/error.js'
import type { Text } from '../../base/message.js'
import { parseShape } from '../../base/shape.js'
import type { Client } from '../../client/index.js'
import { type PublicJwk, thumbprint } from '../../envelope/index.js'
import { type AnyRecord, kindOf } from '../../records/index.js'
import { examine, openListedCheckpoint } from '../../verify/index.js'
import type { Holding } from '../holding.js'
import { fetchAnswer } from './session.js'

/** Number of days to look ahead. */
const AHEAD = 90
const DAY = 86_400

/** A name, possibly without English. */
type Name = Readonly<{ zh: string; en?: string | undefined }>

export interface Expiring {
  readonly what: 'trustList' | 'agreement' | 'catalogue' | 'statusList' | 'key'
  readonly name: Name
  readonly kid?: string
  readonly ends: Instant
}

/** Stored keys and documents that expire within 90 days or have expired, earliest first. */
export async function expiringIn(
  { opened: { trust, agreements, catalogues, status } }: Holding,
  at: Instant,
): Promise<readonly Expiring[]> {
  const nameOf = (uscc: string): Name => trust.entity(uscc)?.entity.name ?? { zh: uscc }
  const all: (Expiring & { readonly jwk?: PublicJwk })[] = [
    ...trust.lists.map(({ payload: { iss, exp } }) => ({ what: 'trustList', name: nameOf(iss), ends: exp }) as const),
    ...trust.lists.flatMap(({ payload }) =>
      payload.entities.flatMap(({ uscc, keys }) =>
        keys
          // Expired and revoked keys need no warning.
          .filter(({ notAfter, revoked }) => revoked === undefined && notAfter > at)
          .map(({ jwk, notAfter }) => ({ what: 'key', name: nameOf(uscc), jwk, ends: notAfter }) as const),
      ),
    ),
    ...agreements.flatMap(({ payload: { title, to } }) =>
      to === undefined ? [] : [{ what: 'agreement', name: title, ends: parseInstant(`${to}T23:59:59+08:00`) } as const],
    ),
    ...(catalogues?.published ?? []).map(({ payload: { iss, exp } }) => ({ what: 'catalogue', name: nameOf(iss), ends: exp }) as const),
    ...status.lists.flatMap(({ claims: { iss, exp } }) =>
      exp === undefined ? [] : [{ what: 'statusList', name: nameOf(iss), ends: exp } as const],
    ),
  ]
  const near = all.filter(({ ends }) => ends - at <= AHEAD * DAY).sort((a, b) => a.ends - b.ends)
  return Promise.all(near.map(async ({ jwk, ...one }) => ({ ...one, ...(jwk && { kid: await thumbprint(jwk) }) })))
}

const Words = z.looseObject({ zh: z.string().check(z.maxLength(2000)), en: z.string().check(z.maxLength(2000)) })
const Health = z.looseObject({
  status: z.string(),
  reasons: z.optional(z.array(Words).check(z.maxLength(100))),
  warnings: z.optional(z.array(Words).check(z.maxLength(100))),
})

export interface NodeState {
  readonly isReady: boolean
  readonly reasons: readonly Text[]
  /** False if the node publishes no metrics; the members up to the peers are then unknown. */
  readonly hasMetrics: boolean
  readonly isHalted: boolean
  readonly isConfirmed: boolean
  readonly size: number | undefined
  readonly alarms: readonly (readonly [code: string, count: number])[]
  readonly faults: readonly (readonly [code: string, count: number])[]
  readonly peers: readonly { readonly origin: string; readonly size: number; readonly cursor: number }[]
  readonly cosigned:
    | { readonly size: number; readonly by: readonly { readonly name: string; readonly at: Instant }[] }
    | { readonly reason: string }
    | undefined
}

/** @throws `page.answer-large`, and the errors of `fetch` */
export async function nodeState(client: Client, { opened: { trust } }: Holding): Promise<NodeState> {
  const read = async (path: string): Promise<string> => (await fetchAnswer(new Request(path))).text()
  const [healthText, metrics] = await Promise.all([read('/readyz'), read('/metrics')])
  const health = parseShape<z.infer<typeof Health>>(Health, jsonIn(healthText)).value
  const values = metricsIn(metrics)
  const labelled = (name: string, label: string) =>
    values.flatMap((one) => (one.name === name && one.labels[label] !== undefined ? [[one.labels[label], one.value] as const] : []))
  const only = (name: string): number | undefined => values.find((one) => one.name === name)?.value
  const cursors = new Map(labelled('tongheng_peer_cursor', 'origin'))
  return {
    isReady: health?.status === 'ok',
    reasons: [...(health?.reasons ?? []), ...(health?.warnings ?? [])],
    hasMetrics: only('tongheng_halted') !== undefined,
    isHalted: only('tongheng_halted') === 1,
    isConfirmed: only('tongheng_log_confirmed') !== 0,
    size: only('tongheng_log_size'),
    alarms: labelled('tongheng_alarms_total', 'code').filter(([, count]) => count > 0),
    faults: labelled('tongheng_store_faults_total', 'fault').filter(([, count]) => count > 0),
    peers: labelled('tongheng_peer_log_size', 'origin').map(([origin, size]) => ({ origin, size, cursor: cursors.get(origin) ?? 0 })),
    cosigned: await cosignedBy(client, trust),
  }
}

async function cosignedBy(client: Client, trust: Holding['opened']['trust']): Promise<NodeState['cosigned']> {
  try {
    const { size, cosignatures } = await openListedCheckpoint(await client.log.cosignedCheckpoint(), trust)
    return { size, by: cosignatures }
  } catch (error) {
    if (isTonghengError(error, 'log.no-checkpoint')) return undefined
    if (isTonghengError(error)) return { reason: error.code }
    throw error
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // An answer that is not JSON means that the node is not ready.
    return undefined
  }
}

interface Metric {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

const METRIC = /^([a-z_]{1,80})(?:\{(.{0,600})\})? (-?[0-9.e+]{1,24})$/gm
const MAX_METRICS = 2000

function metricsIn(text: string): Metric[] {
  const metrics: Metric[] = []
  for (const [, name = '', labels = '', value = ''] of text.matchAll(METRIC)) {
    if (metrics.length >= MAX_METRICS) break
    const pairs = [...labels.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g)].map(([, key = '', given = '']) => [key, given] as const)
    metrics.push({ name, labels: Object.fromEntries(pairs), value: Number(value) })
  }
  return metrics
}

/** Maximum number of log entries read for the counts. */
export const MAX_SCANNED = 1000

export interface Scan {
  readonly count: number
  /** First position read. */
  readonly from: number
  /** True if all records that the user may read were counted. */
  readonly isWhole: boolean
  readonly pending: number
  /** Number of records that are not genuine. */
  readonly untrue: number
  readonly overdue: readonly { readonly category: string; readonly division: string; readonly count: number }[]
  readonly twice: readonly string[]
}

interface Seen {
  readonly name: string
  readonly category: string
  readonly division: string
  readonly regions: Set<string>
  until: string
  on: string
}

/** Reads the newest records that the user may read, judges each, and counts. */
export async function scanNewest(
  client: Client,
  { holding, at, region, size, tell }: { holding: Holding; at: Instant; region: string; size: number; tell: (count: number) => void },
): Promise<Scan> {
  const from = Math.max(0, size - MAX_SCANNED)
  const instruments = new Map<string, Seen>()
  let [count, pending, untrue] = [0, 0, 0]
  let isWhole = from === 0
  for await (const { statement, decision } of client.records.list({ kind: 'verification-record', cursor: String(from), limit: 200 })) {
    if (count >= MAX_SCANNED) {
      // The log has grown meanwhile, or the node has not published all of it.
      isWhole = false
      break
    }
    count++
    if (decision === 'pending') pending++
    const { verdict, record } = await examine(statement, { at, ...holding.opened, policy: { region } })
    if (verdict.issuer === undefined || record === undefined) untrue++
    else note(instruments, record, holding.opened.trust.entity(verdict.issuer)?.list.payload.region ?? '')
    if (count % 20 !== 0) continue
    tell(count)
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
  const today = civilDateOf(at)
  const groups = new Map<string, { category: string; division: string; count: number }>()
  for (const { category, division, until } of instruments.values()) {
    if (until === '' || until >= today) continue
    const name = `${category} ${division}`
    groups.set(name, { category, division, count: (groups.get(name)?.count ?? 0) + 1 })
  }
  const twice = [...instruments.values()].flatMap(({ name, regions }) => (regions.size > 1 ? [name] : []))
  return { count, from, isWhole, pending, untrue, overdue: [...groups.values()].sort((a, b) => b.count - a.count), twice }
}

/** Counts the newest verification of each instrument; ignores a record that identifies no instrument. */
function note(instruments: Map<string, Seen>, record: AnyRecord, region: string): void {
  const kind = kindOf(record)
  const instrument = kind.instrument(record)
  const name = instrument?.serialNumber ?? instrument?.mobile?.plate
  if (instrument === undefined || name === undefined) return
  const key = JSON.stringify([instrument.category, instrument.manufacturer, instrument.serialNumber, instrument.mobile?.plate])
  const on = kind.factDate(record)
  const until = kind.validUntil(record) ?? ''
  const seen = instruments.get(key) ?? { name, category: instrument.category, division: divisionOf(record), regions: new Set(), until, on }
  instruments.set(key, seen)
  seen.regions.add(region)
  if (on >= seen.on) Object.assign(seen, { on, until })
}

const divisionOf = (record: AnyRecord): string => ('place' in record ? (record.place?.division ?? '') : '')
