/** Agreements before they are in force: parsed from a draft, tested by the examples that they carry, and signed. */
import { faultOf } from '../base/error.js'
import { defineTexts, sayOf } from '../base/message.js'
import { readShape } from '../base/shape.js'
import { type Signer, signTogether } from '../envelope/index.js'
import { AgreementPayload, findClause, payloadOf, TYP } from './agreement.js'
import { coded } from './messages.js'

export const agreementTestTexts = defineTexts({
  codes: {
    'agreement.test-failed': {
      zh: '协议未通过随附测试“{title}”：应适用 {expected}，实为 {found}',
      en: 'The agreement fails its own test “{title}”: expected clause {expected}, found {found}',
    },
  },
})
const fault = faultOf(agreementTestTexts)
export const sayTest = sayOf(agreementTestTexts)

/**
 * Signs an agreement with the given signers; other parties add their signatures with `coSign` of `tongheng/envelope`.
 * @throws `agreement.shape`, `agreement.condition`; `agreement.test-failed` if one of its own tests fails; `signer.twice`
 * @example
 * ```ts
 * import { signAgreement } from 'tongheng'
 * import { agreementPayload, createFakeAuthorities } from 'tongheng/testing'
 *
 * const world = await createFakeAuthorities()
 * const signed = await signAgreement(agreementPayload(), [world.signer('SC-AMR'), world.signer('CQ-AMR')])
 * signed.length // => 2
 * ```
 */
export async function signAgreement(input: AgreementPayload, signers: readonly [Signer, ...Signer[]]): Promise<string[]> {
  const payload = payloadOf(input)
  testAgreement(payload)
  return signTogether(payload, signers, { typ: TYP })
}

/** Result of one test of an agreement: the id of the clause that must apply, and of the one that applies; null for no clause. */
export interface AgreementTestResult {
  readonly title: string
  readonly expected: string | null
  readonly found: string | null
}

/** Runs every test of an agreement, in order. @throws `agreement.shape` */
export const runAgreementTests = (payload: AgreementPayload): readonly AgreementTestResult[] =>
  readShape<AgreementPayload>(AgreementPayload, payload, coded('agreement.shape')).tests.map((test) => {
    const inForce = payload.from <= test.factDate && (payload.to === undefined || test.factDate <= payload.to)
    const match = inForce && findClause(payload, test)
    return { title: test.title, expected: test.clause, found: match && 'clause' in match ? match.clause.id : null }
  })

/** Runs the tests of an agreement. @throws `agreement.test-failed`, naming the first test that fails */
export function testAgreement(payload: AgreementPayload): void {
  const failed = runAgreementTests(payload).find(({ expected, found }) => expected !== found)
  if (failed === undefined) return
  const { title, expected, found } = failed
  throw fault('agreement.test-failed', { title, expected: expected ?? '—', found: found ?? '—' })
}

/**
 * Parses an agreement from a value of any origin. No signature is verified: see `openAgreement`.
 * @throws `agreement.shape`, `agreement.condition`, `agreement.test-failed` naming the first of its tests that fails
 */
export function readAgreement(json: unknown): AgreementPayload {
  const payload = payloadOf(json)
  testAgreement(payload)
  return payload
}
