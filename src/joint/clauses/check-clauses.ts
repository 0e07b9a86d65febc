/** Checks the clauses on joint work of an agreement before it is signed. */
import { faultDetails } from '../../base/faults.js'
import { checkArgument, type Expectation, isArrayOf, isObject } from '../../base/options.js'
import { parseShape } from '../../base/shape.js'
import { type AgreementPayload, type Clause, conditionOf } from '../../recognition/index.js'
import { fault as recognitionFault } from '../../recognition/messages.js'
import { kinds } from '../../records/index.js'
import { jointKinds } from '../kinds/list.js'
import { fault } from '../messages.js'
import { type JointCondition, jointConditionOf } from './conditions.js'

const A_CLAUSE = (clause: unknown): boolean =>
  isObject(clause) && isArrayOf((kind) => typeof kind === 'string')(clause.kinds) && isArrayOf(isObject)(clause.conditions)
const A_PAYLOAD: Expectation = {
  is: (value) => isObject(value) && isArrayOf(A_CLAUSE)(value.clauses),
  expected: { zh: '协议的内容（readAgreement 的结果）', en: 'the content of an agreement, as readAgreement gives it' },
}

/**
 * Checks the conditions on joint work in an agreement: their parameters, and that a clause does not mix them with records, which no such
 * condition can judge. `signAgreement` checks conditions on records only; call this before it for an agreement with clauses on joint work.
 * Conditions that this version does not know are not checked.
 * @throws `agreement.condition`, `joint.clause-mixed`
 */
export function checkJointClauses(payload: AgreementPayload): void {
  checkArgument('checkJointClauses', 'payload', payload, A_PAYLOAD)
  payload.clauses.forEach((clause, index) => {
    clause.conditions.forEach((stated, at) => {
      const path = `/clauses/${index}/conditions/${at}`
      const condition = jointConditionOf(stated.name)
      if (condition !== undefined) checkParameters(condition, clause, at, path)
      const other = condition === undefined ? (conditionOf(stated.name) === undefined ? undefined : jointKinds) : kinds
      const mixed = clause.kinds.filter((kind) => other?.has(kind))
      if (mixed.length > 0) throw fault('joint.clause-mixed', { clause: clause.id, condition: stated.name, kinds: mixed.join(', '), path })
    })
  })
}

/** @throws `agreement.condition` */
function checkParameters({ name, parameters }: JointCondition, clause: Clause, at: number, path: string): void {
  const { value, faults } = parseShape(parameters, clause.conditions[at])
  // With two conditions of one name, it would be unclear which one the parties meant.
  const isRepeated = clause.conditions.findIndex((one) => one.name === name) !== at
  if (value !== undefined && !isRepeated) return
  const details = { ...faultDetails(faults, parameters), path: `${path}${faults[0]?.path ?? ''}` }
  throw recognitionFault('agreement.condition', { clause: clause.id, condition: name, ...details })
}
