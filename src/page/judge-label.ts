/** A label, judged by what the page holds. Loaded at the first one: who judges records alone does not wait for it. */
import type { SignedText } from '../envelope/index.js'
import { labelAnswer, verifyLabel } from '../label/index.js'
import type { Asking, Judged } from './judge.js'

/** A label: the text of its code, or its statement. Its answer is in words of its own, since it is no certificate. */
export async function judgeLabel(
  signed: SignedText,
  { name, line }: { name: string; line?: number | undefined },
  asking: Asking,
): Promise<Judged> {
  const { holding, region, at } = asking
  const verdict = await verifyLabel(signed, { at, ...holding.opened, policy: { region } })
  return { name, line, verdict, label: { verdict, ...labelAnswer(verdict) }, remarks: [] }
}
