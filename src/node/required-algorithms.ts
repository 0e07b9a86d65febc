/** Required signature algorithms: a statement without one is rejected at submission and at import from a peer. */

import type { EntryType } from '../contract/index.js'
import { type AlgorithmName, parseStatement } from '../envelope/index.js'
import { fault as verifyFault } from '../verify/verdict/messages.js'

/** @throws `signature.algorithm-missing`; a submission has a single signature, so it can never satisfy two required algorithms */
export function requireAlgorithms(statement: string, typ: EntryType, required: readonly AlgorithmName[] = []): void {
  if (required.length === 0) return
  const { alg } = parseStatement(statement, typ)
  const missing = required.find((one) => one !== alg)
  if (missing !== undefined) throw verifyFault('signature.algorithm-missing', { alg: missing })
}
