/** A certificate in PDF: the signed record inside it is judged, its pages are not. Loaded at the first one. */
import { embeddedRecord } from '../certificate/inside.js'
import type { Asking, Judged } from './judge.js'
import { judgeStatement } from './judge.js'
import { fault } from './messages.js'

/** @throws `page.no-inflate` in browsers that cannot open what is compressed, `certificate.pdf` where no record is inside */
export async function judgePdf(bytes: Uint8Array, name: string, asking: Asking): Promise<Judged> {
  if (!('DecompressionStream' in globalThis)) throw fault('page.no-inflate', { file: name })
  const { statement, whole } = await embeddedRecord(bytes)
  const lines = statement.split('\n')
  const judged = await judgeStatement(lines.length === 1 ? statement : lines, { name }, asking)
  return { ...judged, remarks: [{ key: whole === undefined ? 'pdfSavedAgain' : 'pdfPages', isAlarm: true }] }
}
