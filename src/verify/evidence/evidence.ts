/**
 * An evidence bundle (证据包): a statement, every document on which its verdict depends, and the verdict, in one file. Years later the
 * verdict can be recomputed offline and compared, byte for byte except for additions of later versions.
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
import { openCatalogues } from '../../recognition/index.js'
import { decodeRecord, MAX_LINES } from '../../records/index.js'
import { type TrustAnchor, TrustAnchors } from '../../trust/index.js'
import { checkEvidence, checkReplay, checkStatement } from '../verdict/check-options.js'
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
  /** Package and catalogue that produced the verdict. */
  madeBy: z.strictObject({ package: Line, catalogue: Line }),
  /** RFC 3339: the time of the verdict. */
  at: Line,
  /** Two-digit province for which recognition was decided. */
  region: RegionCode,
  /** One compact JWS, or several over the same payload. */
  statement: z.union([Compact, Signed]),
  /** Line of a batch certificate, from 1, if the verdict is of that instrument. */
  line: z.optional(z.int().check(z.minimum(1), z.maximum(MAX_LINES))),
  /** Algorithms of which a signature was required. */
  algorithms: z.optional(z.array(AlgorithmName).check(z.maxLength(algorithms.size))),
  anchors: TrustAnchors,
  trustLists: z.array(Signed).check(z.minLength(1), z.maxLength(5000)),
  agreements: z.array(Signed).check(z.maxLength(100)),
  specifications: z.array(Compact).check(z.maxLength(5000)),
  catalogues: z.optional(z.array(Signed).check(z.maxLength(100))),
  statusLists: z.optional(z.array(Compact).check(z.maxLength(5000))),
  notices: z.optional(z.array(Compact).check(z.maxLength(5000))),
  successors: z.optional(z.array(Compact).check(z.maxLength(5000))),
  /** Receipts and inclusion proofs, which prove when the statement existed. */
  log: z.optional(z.array(z.union([Compact, StatementPlace])).check(z.maxLength(5000))),
  verdict: z.looseObject({ outcome: z.enum(['recognised', 'not-recognised', 'indeterminate']) }),
})
export type EvidenceBundle = z.infer<typeof EvidenceBundle>

/** Input of a verdict. */
export interface EvidenceMaterial extends Omit<Material, 'seen'> {
  readonly at: string | Date | Instant
  /** Two-digit province for which recognition is decided. */
  readonly region: string
  /** Line of a batch certificate, from 1: the bundle is then of that instrument. @default the whole certificate */
  readonly line?: number | undefined
  /** Algorithms of which a signature is required. @default none */
  readonly algorithms?: readonly AlgorithmName[] | undefined
}

/** A bundle with the verdict that was computed when it was created. */
export type GatheredEvidence = Omit<EvidenceBundle, 'verdict'> & { readonly verdict: Verdict }

/**
 * Verifies a statement and collects the documents on which the verdict depends.
 * @throws `trust-list.*`, `agreement.*` if a document does not verify
 */
export async function gatherEvidence(statement: SignedRecord, material: EvidenceMaterial): Promise<GatheredEvidence> {
  checkStatement('gatherEvidence', statement)
  checkEvidence(material)
  const { region, anchors, trustLists, agreements = [], specifications = [], algorithms, line } = material
  const { catalogues = [], statusLists = [], notices = [], successors = [], log = [] } = material
  const at = formatInstant(parseInstant(material.at))
  const verdict = await judge(statement, { ...material, at })
  return {
    format: 'tongheng-evidence',
    version: 1,
    madeBy: { package: VERSION, catalogue: CATALOGUE_VERSION },
    at,
    region,
    statement: typeof statement === 'string' ? statement : [...statement],
    ...(line !== undefined && { line }),
    ...(algorithms && { algorithms: [...algorithms] }),
    anchors: anchors.map((anchor) => ({ ...anchor, keys: [...anchor.keys] })),
    trustLists: trustLists.map((signed) => [...signed]),
    agreements: agreements.map((signed) => [...signed]),
    specifications: [...specifications],
    ...(catalogues.length > 0 && { catalogues: catalogues.map((signed) => [...signed]) }),
    ...(statusLists.length > 0 && { statusLists: [...statusLists] }),
    ...(notices.length > 0 && { notices: [...notices] }),
    ...(successors.length > 0 && { successors: [...successors] }),
    ...(log.length > 0 && { log: [...log] }),
    verdict,
  }
}

export interface Replay {
  readonly bundle: EvidenceBundle
  /** The recomputed verdict. */
  readonly verdict: Verdict
  /** Its comparison with the one in the bundle. */
  readonly comparison: VerdictDifference
}

/**
 * Recomputes the verdict of a bundle. A bundle's own anchors prove nothing: a caller that relies on the outcome must pass the root
 * keys it pinned; without them the result only shows that the bundle is consistent with itself.
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

/** Maximum number of lists per URI in a bundle; each can inflate to 4 MiB, from a thousandth of that. */
const MAX_LISTS = 32

/**
 * The status lists whose URIs the statements reference: no other can apply, and inflating each is expensive. Of successors, only those
 * of the issuer of the record in question can replace it.
 * @throws `evidence.lists` if there are more of them than any verdict depends on
 */
function consultedLists(
  lists: readonly string[] | undefined,
  statements: readonly string[],
  successors: readonly string[],
): readonly string[] | undefined {
  if (lists === undefined) return undefined
  const claims = statements.map((one) => decodeRecord(one)?.claims)
  const newer = successors.map((one) => decodeRecord(one)?.claims).filter((one) => one?.iss === claims[0]?.iss)
  const named = new Set([...claims, ...newer].map((one) => one?.status?.status_list.uri))
  const consulted = [...new Set(lists)].filter((one) => named.has(addressOf(one)))
  if (consulted.length > MAX_LISTS) throw fault('evidence.lists', { count: consulted.length, most: MAX_LISTS })
  return consulted
}

/** Reads the URI of a list without verifying or inflating it. */
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
  const statements = [...(typeof statement === 'string' ? [statement] : statement), ...(specifications ?? [])]
  const consulted = consultedLists(statusLists, statements, successors ?? [])
  const material = { anchors, trustLists, agreements, specifications, statusLists: consulted, notices, successors, log }
  const opened = await openMaterial(material, at)
  const opening = { catalogues: given.catalogues ?? [], trust: opened.trust, at }
  return verify(statement, {
    at,
    ...opened,
    catalogues: await openCatalogues(opening),
    ...(given.line !== undefined && { line: given.line }),
    policy: { region, ...(algorithms && { algorithms }) },
  })
}
