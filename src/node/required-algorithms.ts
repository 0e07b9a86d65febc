/** Algorithms of which a node demands a signature: what lacks one is refused at submission, and not taken over from a peer. */

import type { EntryType } from '../contract/index.js'
import { type AlgorithmName, parseStatement } from '../envelope/index.js'
import { fault as verifyFault } from '../verify/verdict/messages.js'

/** @throws `signature.algorithm-missing`; a statement that is submitted has one signature, so of two algorithms it would lack one */
export function requireAlgorithms(statement: string, typ: EntryType, required: readonly AlgorithmName[] = []): void {
  if (required.length === 0) return
  const { alg } = parseStatement(statement, typ)
  const missing = required.find((one) => one !== alg)
  if (missing !== undefined) throw verifyFault('signature.algorithm-missing', { alg: missing })
}
