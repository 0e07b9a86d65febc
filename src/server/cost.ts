/** Cost of calls in units of about one millisecond of processor time, known from the request before any work. */
import { decodeBase64url } from '#native'
import { isTonghengError } from '../base/error.js'
import type { CallName } from '../contract/index.js'
import { algorithms } from '../envelope/index.js'

/** Octets of a statement that are verified for one unit. */
const OCTETS = 4096
/** Octets of a bulk request per unit of the rate; its lines are queued separately. */
const BULK_OCTETS = 16_384
/** Algorithms without native implementation in any runtime; the first signature by a key is the most expensive. */
const DEAR = [...algorithms.values()].filter(({ cost }) => cost > 1)
export const DEAREST_SIGNATURE = Math.max(...DEAR.map(({ cost }) => cost))
const LINE_BREAK = 0x0a

/** Octets of an answer that are serialised for one unit. */
const ANSWER_OCTETS = 131_072
/** Records of a standing that are verified for one unit. */
const JUDGED = 4

/** Calls that read several entries. */
const READING: Readonly<Partial<Record<CallName, number>>> = {
  listStandings: 8,
  listRecords: 8,
  listNotices: 4,
  listJoint: 4,
  listDirectory: 4,
  listSpecifications: 8,
  getEntries: 4,
}

export const signatureUnits = (alg: string): number => algorithms.get(alg)?.cost ?? 1

/** Units charged for a body, beyond the one unit of its request. */
export const bodyUnits = (name: CallName, body: Uint8Array): number =>
  name === 'submitRecords' ? Math.floor(body.length / BULK_OCTETS) : statementUnits(body) - 1

/** True if the cost of a call is known only after it has read. */
export const isReading = (name: CallName): boolean => READING[name] !== undefined

/** Units of a call in the work queue, as far as known in advance. Each line of a bulk request is queued separately. */
export const turnUnits = (name: CallName, body: Uint8Array): number =>
  READING[name] ?? (name === 'submitRecords' ? 1 + Math.floor(body.length / BULK_OCTETS / 64) : statementUnits(body))

export const answerUnits = (octets: number): number => Math.floor(octets / ANSWER_OCTETS)
export const judgedUnits = (records: number): number => Math.floor(records / JUDGED)

/** Cost of verifying a body or a line, by its length and its algorithms. */
export function statementUnits(body: Uint8Array): number {
  let units = 1 + Math.floor(body.length / OCTETS)
  for (let start = 0, lines = 0; start < body.length && lines < MAX_SIGNATURES; lines++) {
    const found = body.indexOf(LINE_BREAK, start)
    const end = found === -1 ? body.length : found
    units += dearSignature(body.subarray(start, end))
    start = end + 1
  }
  return units
}

/** Signatures of one content; more are rejected by number. */
const MAX_SIGNATURES = algorithms.size + 1
/** Number of octets that are searched for the end of a header. */
const HEAD = 512
const DOT = 0x2e
const latin1 = new TextDecoder('latin1')

/** Units of the algorithm in the header of a statement, if it is an expensive one. */
function dearSignature(line: Uint8Array): number {
  const end = line.subarray(0, HEAD).indexOf(DOT)
  if (end === -1) return 0
  try {
    const header = latin1.decode(decodeBase64url(latin1.decode(line.subarray(0, end)).trim()))
    return DEAR.find(({ alg }) => header.includes(alg))?.cost ?? 0
  } catch (error) {
    // Malformed header: rejected without verification.
    if (isTonghengError(error)) return 0
    throw error
  }
}
