/** Judges a label by the stored documents. Loaded at the first label. */
import type { SignedText } from '../envelope/index.js'
import { labelAnswer, verifyLabel } from '../label/index.js'
import type { Asking, Judged } from './judge.js'

/** Judges a label, given as the text of its code or as its statement. Its answer has its own words, because it is not a certificate. */
export async function judgeLabel(
  signed: SignedText,
  { name, line }: { name: string; line?: number | undefined },
  asking: Asking,
): Promise<Judged> {
  const { holding, region, at } = asking
  const verdict = await verifyLabel(signed, { at, ...holding.opened, policy: { region } })
  return { name, line, verdict, label: { verdict, ...labelAnswer(verdict) }, remarks: [] }
}
