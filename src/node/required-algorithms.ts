/** Required signature algorithms: a statement without one is rejected at submission and at import from a peer. */

import type { TonghengError } from '../base/error.js'
import type { EntryType } from '../contract/index.js'
import { type AlgorithmName, parseStatement } from '../envelope/index.js'
import { fault as verifyFault } from '../verify/verdict/messages.js'

/** `signature.algorithm-missing`, or undefined; a submission has a single signature, so it can never satisfy two required algorithms. */
export function missingAlgorithm(statement: string, typ: EntryType, required: readonly AlgorithmName[] = []): TonghengError | undefined {
  if (required.length === 0) return undefined
  const { alg } = parseStatement(statement, typ)
  const missing = required.find((one) => one !== alg)
  return missing && verifyFault('signature.algorithm-missing', { alg: missing })
}
