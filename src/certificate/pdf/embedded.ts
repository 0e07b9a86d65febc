/** Reads the signed record embedded in a certificate in PDF. Ignores the pages, so no drawing code is needed. */
import { decodeUtf8, latin1 } from '#native'
import { fault } from '../messages.js'
import { findObjects, MAX_FILE, type PdfObject, readWhole } from './objects.js'

export const RECORD_FILE = 'record.jws'
export const RENDERING_FILE = 'rendering.json'

export interface EmbeddedRecord {
  /** The embedded signed record as text, not verified. */
  readonly statement: string
  /** All objects; absent if another program saved the file since, which may have changed the pages. */
  readonly whole?: readonly PdfObject[]
}

/** @throws `certificate.pdf` if no record is embedded */
export async function embeddedRecord(file: Uint8Array): Promise<EmbeddedRecord> {
  if (latin1(file.subarray(0, 5)) !== '%PDF-') throw fault('certificate.pdf', { reason: { zh: '不是 PDF', en: 'it is no PDF' } })
  if (file.length > MAX_FILE)
    throw fault('certificate.pdf', { reason: { zh: `超过 ${MAX_FILE} 字节`, en: `it has more than ${MAX_FILE} octets` } })
  const whole = await readWhole(file)
  const objects = whole ?? (await findObjects(file))
  const statement = textIn(objects, RECORD_FILE, 'Source')
  if (statement === undefined)
    throw fault('certificate.pdf', {
      reason: { zh: `其中没有 ${RECORD_FILE}，或不止一份`, en: `it has no ${RECORD_FILE}, or more than one` },
    })
  return { statement, ...(whole !== undefined && { whole }) }
}

/** The text of the embedded file with this name; undefined if there is none, or more than one. */
export function textIn(objects: readonly PdfObject[], name: string, relationship: string): string | undefined {
  const specs = objects.filter(
    ({ text }) =>
      text.includes('/Type /Filespec') && text.includes(`/AFRelationship /${relationship}\n`) && text.includes(`/F (${name})\n`),
  )
  const [only] = specs
  const id = specs.length === 1 ? /\/EF <<\n\/F (\d{1,9}) 0 R/.exec(only?.text ?? '')?.[1] : undefined
  const streams = objects.filter((object) => object.id === Number(id) && object.stream !== undefined)
  return streams.length === 1 ? decodeUtf8((streams[0] as { stream: Uint8Array }).stream) : undefined
}
