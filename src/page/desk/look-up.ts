/** Finds records at the node by an exact identifier, and judges each here for both provinces. Ignores the verdicts of the node. */
import { decodeBase64url } from '#native'
import { isTonghengError, type TonghengError } from '../../base/error.js'
import { identifierKey } from '../../base/identifier.js'
import type { Client, RecordEntry } from '../../client/index.js'
import { readReceipt } from '../../client/index.js'
import { statementId as idOf } from '../../envelope/index.js'
import { verifyInclusion } from '../../log/index.js'
import { decodeRecord, kindOf } from '../../records/index.js'
import { leafOf, openListedCheckpoint, openLogEvidence, type Standing, standings, withSuccessors } from '../../verify/index.js'
import { standingsOfPage } from '../../verify/inside.js'
import type { Holding } from '../holding.js'
import { type Judged, judgeStatement } from '../judge.js'
import { REGIONS } from '../state.js'

export type By = 'plate' | 'serial' | 'certificateNo'
export const BYS: readonly By[] = ['plate', 'serial', 'certificateNo']

export interface FoundRecord {
  readonly entry: RecordEntry
  /** Verdicts of this page, by province. */
  readonly judged: ReadonlyMap<string, Judged>
  /** Lines of a batch certificate, from 1, with the serial number of the query. */
  readonly lines: readonly number[]
}

export interface Found {
  readonly records: readonly FoundRecord[]
  /** Standings of the instruments found, by province. */
  readonly standings: ReadonlyMap<string, readonly Standing[]>
  /** True if the node has more records than were fetched. */
  readonly isCut: boolean
  /** Error of the queries for linked records, if any. */
  readonly refused?: TonghengError | undefined
}

/** Maximum number of records of one query, and of further identifiers that are followed. */
const MAX_RECORDS = 200
const MAX_LINKS = 10

/** @throws the errors of the client for the first query */
export async function lookUp(client: Client, { by, text }: { by: By; text: string }, holding: Holding, at: number): Promise<Found> {
  const entries = new Map<string, RecordEntry>()
  let isCut = false
  const read = async (query: Readonly<Partial<Record<By, string>>>): Promise<void> => {
    for await (const entry of client.records.list({ ...query, limit: 100 })) {
      if (entries.size >= MAX_RECORDS) {
        isCut = true
        return
      }
      entries.set(entry.statementId, entry)
    }
  }
  await read({ [by]: text })
  let refused: TonghengError | undefined
  const links = linksIn([...entries.values()]).filter((link) => link[by] !== text)
  if (links.length > MAX_LINKS) isCut = true
  for (const link of links.slice(0, MAX_LINKS)) {
    try {
      await read(link)
    } catch (error) {
      if (!isTonghengError(error)) throw error
      refused = error
    }
  }
  const serials = by === 'serial' ? [text] : []
  return { ...(await judgeAll([...entries.values()], { holding, at, isCut: isCut || refused !== undefined, serials })), isCut, refused }
}

/** Plates and serial numbers in verification records, to find further ones: an instrument that changed its vehicle has several. */
function linksIn(entries: readonly RecordEntry[]): readonly Readonly<Partial<Record<By, string>>>[] {
  const links = new Map<string, Readonly<Partial<Record<By, string>>>>()
  for (const { statement } of entries) {
    const record = decodeRecord(statement)?.record
    const instrument = record && kindOf(record).instrument(record)
    const [serial, plate] = [instrument?.serialNumber, instrument?.mobile?.plate]
    if (serial !== undefined) links.set(`s ${serial}`, { serial })
    if (plate !== undefined) links.set(`p ${plate}`, { plate })
  }
  return [...links.values()]
}

interface Judging {
  readonly holding: Holding
  readonly at: number
  readonly isCut: boolean
  /** Serial numbers of the query. */
  readonly serials: readonly string[]
}

async function judgeAll(entries: readonly RecordEntry[], { holding, at, isCut, serials }: Judging) {
  const { trust, agreements, specifications, catalogues } = holding.opened
  const statements = entries.map(({ statement }) => statement)
  // Receipts with valid signatures are evidence of time, and a later record may replace an earlier one.
  const receipts = await openLogEvidence(
    entries.flatMap(({ receipt }) => (receipt === undefined ? [] : [receipt])),
    trust,
  )
  const log = { seen: (id: string) => [...holding.opened.log.seen(id), ...receipts.seen(id)] }
  const status = await withSuccessors(holding.opened.status, statements, trust, log)
  const withAll: Holding = {
    ...holding,
    opened: { ...holding.opened, log: { ...holding.opened.log, ...log }, status: { ...holding.opened.status, ...status } },
  }
  const records: FoundRecord[] = []
  for (const entry of entries) {
    const judged = new Map<string, Judged>()
    for (const region of REGIONS) judged.set(region, await judgeStatement(entry.statement, { name: '' }, { holding: withAll, region, at }))
    records.push({ entry, judged, lines: linesWith(entry.statement, serials) })
  }
  const found = new Map<string, readonly Standing[]>()
  for (const region of REGIONS) {
    // For a batch, only the lines with the serial numbers of the query; all lines if it was found by its number.
    const asked = [...serials, ...linksIn(entries).flatMap(({ serial }) => serial ?? [])]
    const options = {
      at,
      trust,
      agreements,
      specifications,
      ...(catalogues && { catalogues }),
      status,
      log,
      ...(serials.length > 0 && { serials: asked }),
      policy: { region },
    }
    found.set(region, await (isCut ? standingsOfPage : standings)(statements, options))
  }
  return { records, standings: found }
}

/** Lines of a batch with one of these serial numbers; empty for other records. */
function linesWith(statement: string, serials: readonly string[]): readonly number[] {
  const record = decodeRecord(statement)?.record
  if (record?.kind !== 'verification-record') return []
  const keys = new Set(serials.map(identifierKey))
  return (record.instruments ?? []).flatMap(({ serialNumber }, at) => (keys.has(identifierKey(serialNumber)) ? [at + 1] : []))
}

/** The result of proving a statement's inclusion in the log. */
export interface Placed {
  readonly index: number
  readonly size: number
  readonly cosigned: readonly { readonly name: string; readonly at: number }[]
  readonly receipt?: { readonly decision: 'accepted' | 'rejected' | 'pending'; readonly at: number } | undefined
}

/**
 * Verifies the inclusion of a statement under the log keys of the trust lists. `refuted`: the proof of the node does not lead to the tree that
 * its log signed. Any other obstacle refutes nothing and is thrown.
 * @throws `log.*`, `note.*`, `checkpoint.*`, `receipt.invalid`, and the errors of the client
 */
export async function provePlace(
  client: Client,
  { statement, receipt }: RecordEntry,
  { opened: { trust } }: Holding,
): Promise<Placed | 'refuted'> {
  // Compute the id from the statement: the node may have sent another id.
  const id = idOf('metrology-record+jwt', statement.split('.')[1] ?? '')
  const { index, proof, checkpoint } = await client.log.place(id)
  const { size, root, cosignatures } = await openListedCheckpoint(checkpoint, trust)
  if (!verifyInclusion(index, size, leafOf(id), proof.map(decodeBase64url), root)) return 'refuted'
  const claims = receipt === undefined ? undefined : await readReceipt(receipt, trust)
  return {
    index,
    size,
    cosigned: cosignatures,
    ...(claims !== undefined && claims.sub === id && { receipt: { decision: claims.decision, at: claims.iat } }),
  }
}
