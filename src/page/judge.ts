/** Judges one statement by the stored documents with the same pipeline as in Node. */
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

/** A verdict and the data that the page shows with it. */
export interface Judged {
  readonly name: string
  readonly line?: number | undefined
  readonly verdict: Verdict
  /** The record; absent unless the statement is genuine, so that no content of a forged one is shown. */
  readonly record?: AnyRecord | undefined
  readonly remarks: readonly Remark[]
  /** Judges a line; only for a batch. */
  readonly ofLine?: (line: number) => Verdict
  /** Draws the lines of a batch, or the link back from one of them; loaded with the first batch. */
  readonly lines?: ((language: Language) => TemplateResult) | undefined
  /** The verdict of a label with its content; only for a label. */
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
