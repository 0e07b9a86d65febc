/** Judges the signed record embedded in a certificate in PDF; does not compare the pages. Loaded at the first one. */
import { embeddedRecord } from '../certificate/inside.js'
import type { Asking, Judged } from './judge.js'
import { judgeStatement } from './judge.js'
import { fault } from './messages.js'

/**
 * The embedded record, and the octets of the PDF if no other program changed it.
 * @throws `page.no-inflate` in browsers without decompression, `certificate.pdf` if no record is embedded
 */
export async function signedInPdf(bytes: Uint8Array, name: string) {
  if (!('DecompressionStream' in globalThis)) throw fault('page.no-inflate', { file: name })
  const { statement, whole } = await embeddedRecord(bytes)
  const lines = statement.split('\n')
  return { signed: lines.length === 1 ? statement : lines, whole }
}

/** @throws `page.no-inflate`, `certificate.pdf` */
export async function judgePdf(bytes: Uint8Array, name: string, asking: Asking): Promise<Judged> {
  const { signed, whole } = await signedInPdf(bytes, name)
  const judged = await judgeStatement(signed, { name }, asking)
  return { ...judged, remarks: [{ key: whole === undefined ? 'pdfSavedAgain' : 'pdfPages', isAlarm: true }] }
}
