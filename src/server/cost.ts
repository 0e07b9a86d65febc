/** What calls cost, in units of about a millisecond of the processor: known from what is sent, before anything is done. */
import { decodeBase64url } from '#native'
import { isTonghengError } from '../base/error.js'
import type { CallName } from '../contract/index.js'
import { algorithms } from '../envelope/index.js'

/** Octets of a statement that are judged for one unit. */
const OCTETS = 4096
/** Octets of a bulk request for one unit of the rate: its lines take turns one by one besides. */
const BULK_OCTETS = 16_384
/** Algorithms that no runtime checks natively; the first signature by a key is the dearest. */
const DEAR = [...algorithms.values()].filter(({ cost }) => cost > 1)
export const DEAREST_SIGNATURE = Math.max(...DEAR.map(({ cost }) => cost))
const LINE_BREAK = 0x0a

/** Octets of an answer that are put together for one unit. */
const ANSWER_OCTETS = 131_072
/** Records of a standing that are judged for one unit. */
const JUDGED = 4

/** Calls that read several entries. */
const READING: Readonly<Partial<Record<CallName, number>>> = {
  listStandings: 8,
  listRecords: 8,
  listNotices: 4,
  listSpecifications: 8,
  getEntries: 4,
}

export const signatureUnits = (alg: string): number => algorithms.get(alg)?.cost ?? 1

/** What is charged for a body, beside the one unit of its request. */
export const bodyUnits = (name: CallName, body: Uint8Array): number =>
  name === 'submitRecords' ? Math.floor(body.length / BULK_OCTETS) : statementUnits(body) - 1

/** Whether what a call costs is known only once it has read. */
export const isReading = (name: CallName): boolean => READING[name] !== undefined

/** What a turn at a call takes, as far as it is known beforehand. Of a bulk request each line takes a turn of its own besides. */
export const turnUnits = (name: CallName, body: Uint8Array): number =>
  READING[name] ?? (name === 'submitRecords' ? 1 + Math.floor(body.length / BULK_OCTETS / 64) : statementUnits(body))

export const answerUnits = (octets: number): number => Math.floor(octets / ANSWER_OCTETS)
export const judgedUnits = (records: number): number => Math.floor(records / JUDGED)

/** What it takes to judge a body or a line: by its length, and by who signed with what. */
export function statementUnits(body: Uint8Array): number {
  let units = 1 + Math.floor(body.length / OCTETS)
  for (let start = 0, lines = 0; start < body.length && lines < MOST_SIGNATURES; lines++) {
    const found = body.indexOf(LINE_BREAK, start)
    const end = found === -1 ? body.length : found
    units += dearSignature(body.subarray(start, end))
    start = end + 1
  }
  return units
}

/** Signatures of one content; more are refused by count. */
const MOST_SIGNATURES = algorithms.size + 1
/** Octets in which the header of a statement ends. */
const HEAD = 512
const DOT = 0x2e
const latin1 = new TextDecoder('latin1')

/** Units of the algorithm that the header of a statement names, where it is a dear one. */
function dearSignature(line: Uint8Array): number {
  const end = line.subarray(0, HEAD).indexOf(DOT)
  if (end === -1) return 0
  try {
    const header = latin1.decode(decodeBase64url(latin1.decode(line.subarray(0, end)).trim()))
    return DEAR.find(({ alg }) => header.includes(alg))?.cost ?? 0
  } catch (error) {
    // No header: refused without a check of its signature.
    if (isTonghengError(error)) return 0
    throw error
  }
}
