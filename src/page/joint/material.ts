/** What joint statements rest on: those that were dropped, the receipts and notices among them, and the records that they are about. */
import { civilDateOf } from '../../base/date.js'
import { type SignedText, statementId } from '../../envelope/index.js'
import { type FindingRecord, JOINT, type Joint, openJoint } from '../../joint/index.js'
import type { AnyRecord } from '../../records/index.js'
import { examine, openLogEvidence, openStatus } from '../../verify/index.js'
import type { Holding } from '../holding.js'
import { type Source, statementsOfTypes } from '../intake.js'

const RECEIPT = 'metrology-receipt+jwt'
const NOTICE = 'metrology-notice+jwt'
const RECORD = 'metrology-record+jwt'

export interface JointMaterial {
  readonly joint: Joint
  readonly at: number
  readonly on: string
  /** Genuine findings of supervision that conform. */
  readonly findings: readonly FindingRecord[]
  /** Genuine records of comparisons that conform, by statement id. */
  readonly comparisons: ReadonlyMap<string, Extract<AnyRecord, { readonly kind: 'comparison-result' }>>
  /** Names of files that hold something else, and what was refused. */
  readonly refused: readonly { readonly name: string; readonly error: unknown }[]
}

const firstOf = (signed: SignedText): string => (typeof signed === 'string' ? signed : (signed[0] ?? ''))

/** Reads and opens all of it, for the moment asked about. */
export async function readMaterial(sources: readonly Source[], { opened, kept }: Holding, at: number): Promise<JointMaterial> {
  const { trust } = opened
  const texts = new Map<string, string[]>([JOINT, RECEIPT, NOTICE, RECORD].map((typ) => [typ, []]))
  const [nameOf, refused] = [new Map<string, string>(), [] as { name: string; error: unknown }[]]
  for await (const one of statementsOfTypes(sources, [JOINT, RECEIPT, NOTICE, RECORD])) {
    if ('error' in one) refused.push(one)
    else {
      const text = firstOf(one.signed)
      texts.get(one.typ)?.push(text)
      nameOf.set(text, one.name)
    }
  }
  const of = (typ: string): readonly string[] => texts.get(typ) ?? []
  const log = await openLogEvidence(of(RECEIPT), trust)
  const { statusLists = [], notices = [] } = kept.file
  const status = await openStatus({ statusLists, notices: [...notices, ...of(NOTICE)] }, trust, undefined, log)
  const joint = await openJoint(of(JOINT), { trust, at, status, log })
  for (const { signed, error } of joint.refused) refused.push({ name: nameOf.get(signed) ?? '', error })
  for (const { evidence, error } of log.refused) refused.push({ name: nameOf.get(evidence as string) ?? '', error })
  const [findings, comparisons] = [[] as FindingRecord[], new Map()]
  for (const signed of of(RECORD)) {
    const { verdict, record } = await examine(signed, { trust, status, log, at, policy: { region: '50' } })
    // Whether the other province recognises it does not matter here.
    const isWrong = verdict.checks.some(
      ({ status: result, group, blockedBy }) =>
        (result === 'fail' && group !== 'recognition') || (group === 'authenticity' && blockedBy !== undefined),
    )
    const id = statementId(RECORD, signed.split('.')[1] ?? '')
    if (record === undefined || isWrong)
      refused.push({ name: nameOf.get(signed) ?? '', error: verdict.checks.find(({ status: result }) => result !== 'pass') })
    else if (record.kind === 'supervision-finding') findings.push({ statementId: id, record })
    else if (record.kind === 'comparison-result') comparisons.set(id, record)
  }
  return { joint, at, on: civilDateOf(at), findings, comparisons, refused }
}
