/** Reads the material of joint statements: the statements, their receipts and notices, and the records that they refer to. */
import { civilDateOf } from '../../base/date.js'
import { isTonghengError } from '../../base/error.js'
import type { Text } from '../../base/message.js'
import { type SignedText, statementId } from '../../envelope/index.js'
import { type FindingRecord, JOINT, type Joint, openJoint } from '../../joint/index.js'
import { type AnyRecord, kindOf } from '../../records/index.js'
import { examine, openLogEvidence, openStatus } from '../../verify/index.js'
import { flawOf } from '../../verify/inside.js'
import type { Holding } from '../holding.js'
import { type Source, statementsOfTypes } from '../intake.js'
import { notUsed } from './texts.js'

const RECEIPT = 'metrology-receipt+jwt'
const NOTICE = 'metrology-notice+jwt'
const RECORD = 'metrology-record+jwt'

export interface JointMaterial {
  readonly joint: Joint
  readonly at: number
  readonly on: string
  /** Genuine, conforming findings of supervision. */
  readonly findings: readonly FindingRecord[]
  /** Genuine, conforming records of comparisons, by statement id. */
  readonly comparisons: ReadonlyMap<string, Extract<AnyRecord, { readonly kind: 'comparison-result' }>>
  /** All signed texts read, one statement, receipt, notice or record per line. */
  readonly lines: readonly string[]
  /** Inputs that were not used, with file name and reason. */
  readonly refused: readonly { readonly name: string; readonly reason: Text }[]
}

const firstOf = (signed: SignedText): string => (typeof signed === 'string' ? signed : (signed[0] ?? ''))

/** Reads and opens the sources for a time. */
export async function readMaterial(sources: readonly Source[], { opened, kept }: Holding, at: number): Promise<JointMaterial> {
  const { trust } = opened
  const texts = new Map<string, string[]>([JOINT, RECEIPT, NOTICE, RECORD].map((typ) => [typ, []]))
  const nameOf = new Map<string, string>()
  const refused: JointMaterial['refused'][number][] = []
  for await (const one of statementsOfTypes(sources, [JOINT, RECEIPT, NOTICE, RECORD])) {
    if ('error' in one) refused.push({ name: one.name, reason: textOf(one.error) })
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
  const leave = (signed: unknown, reason: Text): void => void refused.push({ name: nameOf.get(String(signed)) ?? '', reason })
  for (const { signed, error } of joint.refused) leave(signed, error.text)
  for (const { evidence, error } of log.refused) leave(evidence, error.text)
  // Only report dropped lists: stored ones were reported when they were stored.
  for (const { signed, error } of status.refused) if (nameOf.has(String(signed))) leave(signed, error.text)
  const findings: FindingRecord[] = []
  const comparisons = new Map<string, Extract<AnyRecord, { readonly kind: 'comparison-result' }>>()
  for (const signed of of(RECORD)) {
    const examined = await examine(signed, { trust, status, log, at, policy: { region: ANY } })
    const { record } = examined
    const flaw = flawOf(examined)
    const id = statementId(RECORD, signed.split('.')[1] ?? '')
    if (flaw !== undefined || record === undefined) leave(signed, flaw?.message ?? notUsed.unread)
    else if (record.kind === 'supervision-finding') findings.push({ statementId: id, record })
    else if (record.kind === 'comparison-result') comparisons.set(id, record)
    else leave(signed, notUsed.other(kindOf(record).title))
  }
  return { joint, at, on: civilDateOf(at), findings, comparisons, lines: [...new Set([...texts.values()].flat())], refused }
}

/** The message of an error. */
const textOf = (error: unknown): Text => (isTonghengError(error) ? error.text : { zh: String(error), en: String(error) })

/** Any region: recognition is not used here. */
const ANY = '50'
