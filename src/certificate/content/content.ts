/** Builds the content of the pages from a statement or a record. */
import type { Text } from '../../base/message.js'
import { statementId } from '../../envelope/index.js'
import { type AnyRecord, decodeRecord, isCertificate, kindOfValue, parseRecord } from '../../records/index.js'
import { fault } from '../messages.js'
import { certificateContent } from './certificate.js'
import { comparisonContent } from './comparison.js'
import { generalContent } from './general.js'
import { labelBlock } from './label-code.js'
import type { Content } from './model.js'
import { withNewer } from './newer.js'

/** A signed record (compact JWS; one line per signature over the same content), or an unsigned record. */
export type CertificateSource = string | AnyRecord

export interface Opened {
  readonly content: Content
  /** Absent if the source is an unsigned record: the pages are then marked as a draft. */
  readonly statementId?: string
  /** The signed text as given. */
  readonly statement?: string
}

export const DRAFT: Text = { zh: '草稿：未签名，不具效力', en: 'DRAFT: not signed, without effect' }

/**
 * @param label text of the code of the label of the record
 * @throws `certificate.record` if the source is not a record of a known kind; `certificate.label*`, `label.kind` if the label is not of it
 */
export function openSource(source: CertificateSource, label?: string): Opened {
  const opened = openRecord(source)
  if (label === undefined) return opened
  const { content, statement } = opened
  const [first] = statement?.split('\n') ?? []
  return { ...opened, content: { ...content, cover: [...content.cover, labelBlock(label, first)] } }
}

function openRecord(source: CertificateSource): Opened {
  if (typeof source !== 'string') return { content: contentOf(recordOf(source)) }
  const lines = source.trim().split(/\r?\n/)
  const [first = ''] = lines
  const decoded = decodeRecord(first)
  if (decoded === undefined) throw fault('certificate.record', { reason: { zh: '不是签名记录', en: 'no signed record' } })
  if (decoded.record === undefined) throw fault('certificate.record', { reason: reasonOf(decoded.claims.record) })
  const ids = new Set(lines.map(idOf))
  if (ids.size !== 1) throw fault('certificate.record', { reason: { zh: '各行内容不同', en: 'its lines are of different content' } })
  const content = withNewer(contentOf(decoded.record), decoded.claims.record, decoded.newer ?? [])
  return { content, statementId: idOf(first), statement: lines.join('\n') }
}

const idOf = (line: string): string => statementId('metrology-record+jwt', line.split('.')[1] ?? '')

function recordOf(value: unknown): AnyRecord {
  const kind = kindOfValue(value)
  const record = kind.row === undefined ? undefined : parseRecord(value, kind.row).value
  if (record === undefined) throw fault('certificate.record', { reason: reasonOf(value) })
  return record
}

/** The first schema error. */
function reasonOf(value: unknown): string {
  const kind = kindOfValue(value)
  if (kind.row === undefined) return kind.fault.code
  const [first] = parseRecord(value, kind.row).faults
  return first === undefined ? 'shape' : `${first.path} ${first.code}`
}

function contentOf(record: AnyRecord): Content {
  if (isCertificate(record)) return certificateContent(record)
  return record.kind === 'comparison-result' ? comparisonContent(record) : generalContent(record)
}
