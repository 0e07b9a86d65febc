/**
 * An evidence bundle (证据包): a statement, every document its verdict rests on, and the verdict, in one file. Years later
 * anyone computes the verdict again, offline, and sees whether it is the same, byte for byte, or what a later version adds.
 */

import * as z from 'zod/mini'
import { formatInstant, type Instant, parseInstant } from '../../base/date.js'
import { isTonghengError } from '../../base/error.js'
import type { Json } from '../../base/json.js'
import { Line, RegionCode } from '../../base/schema.js'
import { readShape } from '../../base/shape.js'
import { VERSION } from '../../base/version.js'
import { CATALOGUE_VERSION } from '../../catalogue/index.js'
import { AlgorithmName, algorithms, parsePayload, parseStatement } from '../../envelope/index.js'
import { decodeRecord } from '../../records/index.js'
import { type TrustAnchor, TrustAnchors } from '../../trust/index.js'
import { checkMaterial, checkReplay, checkStatement, evidenceOptions } from '../verdict/check-options.js'
import type { Verdict } from '../verdict/verdict.js'
import { type SignedRecord, verify } from '../verdict/verify.js'
import { compareVerdicts, type VerdictDifference } from './compare-verdicts.js'
import { StatementPlace } from './log-evidence.js'
import { coded, fault } from './messages.js'
import { type Material, openMaterial } from './open-material.js'

const Compact = z.string().check(z.maxLength(8_000_000))
const Signed = z.array(Compact).check(z.minLength(1), z.maxLength(20))

/** 证据包：一项判定及其全部依据 — Evidence bundle: a verdict and all that it rests on, in one JSON document. Zod schema. */
export const EvidenceBundle = z.strictObject({
  format: z.literal('tongheng-evidence'),
  version: z.literal(1),
  /** Package and catalogue that gave the verdict. */
  madeBy: z.strictObject({ package: Line, catalogue: Line }),
  /** RFC 3339: the moment asked about. */
  at: Line,
  /** Two-digit province that was asked to recognise. */
  region: RegionCode,
  /** One compact JWS, or several over the same payload. */
  statement: z.union([Compact, Signed]),
  /** Algorithms of which a signature was demanded. */
  algorithms: z.optional(z.array(AlgorithmName).check(z.maxLength(algorithms.size))),
  anchors: TrustAnchors,
  trustLists: z.array(Signed).check(z.minLength(1), z.maxLength(5000)),
  agreements: z.array(Signed).check(z.maxLength(100)),
  specifications: z.array(Compact).check(z.maxLength(5000)),
  statusLists: z.optional(z.array(Compact).check(z.maxLength(5000))),
  notices: z.optional(z.array(Compact).check(z.maxLength(5000))),
  successors: z.optional(z.array(Compact).check(z.maxLength(5000))),
  /** Receipts, and places in a log: when the statement was there. */
  log: z.optional(z.array(z.union([Compact, StatementPlace])).check(z.maxLength(5000))),
  verdict: z.looseObject({ outcome: z.enum(['recognised', 'not-recognised', 'indeterminate']) }),
})
export type EvidenceBundle = z.infer<typeof EvidenceBundle>

/** What a verdict is computed from. */
export interface EvidenceMaterial extends Omit<Material, 'seen'> {
  readonly at: string | Date | Instant
  /** Two-digit province that is asked to recognise. */
  readonly region: string
  /** Algorithms of which a signature is demanded. @default none */
  readonly algorithms?: readonly AlgorithmName[] | undefined
}

/** A bundle as it is made: its verdict is one of ours. */
export type GatheredEvidence = Omit<EvidenceBundle, 'verdict'> & { readonly verdict: Verdict }

/**
 * Judges a statement and gathers what the verdict rests on.
 * @throws `trust-list.*`, `agreement.*` where the documents are not what they say
 */
export async function gatherEvidence(statement: SignedRecord, material: EvidenceMaterial): Promise<GatheredEvidence> {
  checkStatement('gatherEvidence', statement)
  checkMaterial('gatherEvidence', material, evidenceOptions)
  const { region, anchors, trustLists, agreements = [], specifications = [], algorithms } = material
  const { statusLists = [], notices = [], successors = [], log = [] } = material
  const at = formatInstant(parseInstant(material.at))
  const verdict = await judge(statement, { ...material, at })
  return {
    format: 'tongheng-evidence',
    version: 1,
    madeBy: { package: VERSION, catalogue: CATALOGUE_VERSION },
    at,
    region,
    statement: typeof statement === 'string' ? statement : [...statement],
    ...(algorithms && { algorithms: [...algorithms] }),
    anchors: anchors.map((anchor) => ({ ...anchor, keys: [...anchor.keys] })),
    trustLists: trustLists.map((signed) => [...signed]),
    agreements: agreements.map((signed) => [...signed]),
    specifications: [...specifications],
    ...(statusLists.length > 0 && { statusLists: [...statusLists] }),
    ...(notices.length > 0 && { notices: [...notices] }),
    ...(successors.length > 0 && { successors: [...successors] }),
    ...(log.length > 0 && { log: [...log] }),
    verdict,
  }
}

export interface Replay {
  readonly bundle: EvidenceBundle
  /** The verdict, computed again. */
  readonly verdict: Verdict
  /** How it compares with the one in the bundle. */
  readonly comparison: VerdictDifference
}

/**
 * Computes the verdict of a bundle again. A bundle's own anchors prove nothing about themselves: a caller that
 * relies on the outcome gives the root keys that were pinned; without them the answer is only that the bundle agrees with itself.
 * @throws `evidence.shape`, `trust-list.*`, `agreement.*`
 */
export async function replayEvidence(
  json: Json | EvidenceBundle,
  options: { readonly anchors?: readonly TrustAnchor[] } = {},
): Promise<Replay> {
  checkReplay(options)
  const bundle = readShape<EvidenceBundle>(EvidenceBundle, json, coded('evidence.shape'))
  const verdict = await judge(bundle.statement, { ...bundle, ...(options.anchors && { anchors: options.anchors }) })
  return { bundle, verdict, comparison: compareVerdicts(bundle.verdict, verdict, bundle.madeBy.package) }
}

/** Lists of one address that a bundle may have; each inflates to 4 MiB, from a thousandth of that. */
const MOST_LISTS = 32

/**
 * The status lists whose addresses the statements name: no other can count, and each costs its inflated size.
 * @throws `evidence.lists` where there are more of them than any verdict rests on
 */
function consultedLists(lists: readonly string[] | undefined, statements: readonly string[]): readonly string[] | undefined {
  if (lists === undefined) return undefined
  const named = new Set(statements.map((one) => decodeRecord(one)?.claims.status?.status_list.uri))
  const consulted = [...new Set(lists)].filter((one) => named.has(addressOf(one)))
  if (consulted.length > MOST_LISTS) throw fault('evidence.lists', { count: consulted.length, most: MOST_LISTS })
  return consulted
}

/** Unverified, and read without inflating. */
function addressOf(list: string): string | undefined {
  try {
    const statement = parseStatement(list, 'statuslist+jwt', { maxLength: list.length })
    const { sub } = parsePayload(statement, { maxLength: statement.payload.length }) as { readonly sub?: unknown }
    return typeof sub === 'string' ? sub : undefined
  } catch (error) {
    if (isTonghengError(error)) return undefined
    throw error
  }
}

async function judge(statement: SignedRecord, given: EvidenceMaterial): Promise<Verdict> {
  const { at, region, algorithms, anchors, trustLists, agreements, specifications, statusLists, notices, successors, log } = given
  const consulted = consultedLists(statusLists, [...(typeof statement === 'string' ? [statement] : statement), ...(specifications ?? [])])
  const material = { anchors, trustLists, agreements, specifications, statusLists: consulted, notices, successors, log }
  const opened = await openMaterial(material, at)
  return verify(statement, { at, ...opened, policy: { region, ...(algorithms && { algorithms }) } })
}
