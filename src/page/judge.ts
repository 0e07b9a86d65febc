/** One statement, judged by what the page holds: the same pipeline as in Node, and what to compare by eye. */
import type { TemplateResult } from 'lit-html'
import type { Text } from '../base/message.js'
import type { SignedText } from '../envelope/index.js'
import type { LabelAnswer, LabelVerdict } from '../label/index.js'
import type { AnyRecord } from '../records/index.js'
import type { Language } from '../report/index.js'
import { examine, type Verdict } from '../verify/index.js'
import type { Holding } from './holding.js'
import type { TextKey } from './texts.js'

/** A remark above the verdict. */
export interface Remark {
  readonly key: TextKey
  readonly params?: Readonly<Record<string, string | number>>
  readonly isAlarm?: boolean
}

/** A verdict with what the page shows beside it. */
export interface Judged {
  readonly name: string
  readonly line?: number | undefined
  readonly verdict: Verdict
  /** Of a genuine statement only: nothing of a forged one is shown. */
  readonly record?: AnyRecord | undefined
  readonly remarks: readonly Remark[]
  /** For a batch: the verdict on a line. */
  readonly ofLine?: (line: number) => Verdict
  /** For a batch: its lines, or for one of them the way back; drawn by a part that is loaded with the first batch. */
  readonly lines?: ((language: Language) => TemplateResult) | undefined
  /** For a label: its verdict again, with its statements about the instrument. */
  readonly label?: { readonly verdict: LabelVerdict; readonly answer: LabelAnswer; readonly text: Text }
}

export interface Asking {
  readonly holding: Holding
  readonly region: string
  readonly at: number
}

export async function judgeStatement(
  signed: SignedText,
  { name, line }: { name: string; line?: number | undefined },
  asking: Asking,
): Promise<Judged> {
  const { holding, region, at } = asking
  const { verdict, record, ofLine } = await examine(signed, { at, ...holding.opened, policy: { region } })
  return { name, line, verdict, record, remarks: [], ...(ofLine && { ofLine }) }
}
