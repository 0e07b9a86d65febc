/** Judges an evidence bundle again. Loaded at the first one. */
import { parseJson } from '../base/json.js'
import { withoutByteOrderMark } from '../base/lines.js'
import { decodeRecord, recordOfLine } from '../records/index.js'
import { replayEvidence } from '../verify/index.js'
import type { Asking, Judged } from './judge.js'

/** Limits of a bundle; lower than those of `tongheng replay`, because a phone has less memory. */
const BUNDLE = { maxLength: 64 * 1024 * 1024, maxValues: 1_000_000 }

/** Judges a bundle under the root keys pinned here, never under its own. @throws `evidence.*`, `trust-list.*`, `json.*` */
export async function judgeBundle(bytes: Uint8Array, name: string, { holding }: Pick<Asking, 'holding'>): Promise<Judged> {
  const json = parseJson(withoutByteOrderMark(bytes), BUNDLE)
  const { bundle, verdict, comparison } = await replayEvidence(json, { anchors: holding.kept.file.anchors })
  const isSame = comparison.result === 'same' || comparison.result === 'extended'
  const { statement } = bundle
  const isGenuine = verdict.issuer !== undefined
  const whole = isGenuine ? decodeRecord(typeof statement === 'string' ? statement : (statement[0] as string))?.record : undefined
  // For a bundle about one line of a batch, show only the instrument of that line.
  const record = whole && verdict.line !== undefined ? recordOfLine(whole, verdict.line) : whole
  return {
    name,
    verdict,
    record,
    remarks: [
      { key: isSame ? 'bundleSame' : 'bundleDiffers', isAlarm: !isSame },
      { key: 'bundleMoment', params: { at: bundle.at }, isAlarm: true },
      { key: 'bundleRegion', params: { region: bundle.region } },
    ],
  }
}
