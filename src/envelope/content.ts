/** Identifies an unexpected input by its beginning, so that the error can name it and the command that accepts it. */

import { latin1 } from '#native'
import { withoutByteOrderMark } from '../base/lines.js'
import type { Code } from '../base/message.js'
import { checkArgument, octets } from '../base/options.js'
import { type ContentCode, coded } from './content-messages.js'
import { isSignedText } from './signed-text.js'
import { statedType } from './stated-type.js'
import type { StatementType } from './statement.js'

/** Number of octets that are examined; sufficient to identify every kind. */
export const CONTENT_HEAD = 65_536

const member = (name: string, value = ''): RegExp => new RegExp(`^\\s*[[{][^]*"${name}"\\s*:\\s*${value}`)

/** The first match applies: a bundle contains trust lists, and a verdict names a kind. */
const KINDS: readonly (readonly [RegExp, ContentCode])[] = [
  [/^\s*$/, 'content.empty'],
  [/^(?:.PNG\r\n|\xff\xd8\xff|GIF8|BM..\0\0|RIFF[\s\S]{4}WEBP|[\s\S]{4}ftyp(?:hei|mif|msf|avi))/, 'content.image'],
  [/^(?:\xff\xfe|(?:\0\0)?\xfe\xff|[!-~]\0(?:[!-~]\0|\0\0)|\0(?:[!-~]\0|\0\0)[!-~])/, 'content.utf-16'],
  [/^%PDF-/, 'content.pdf'],
  [/^(?:PK\x03\x04|\x1f.\x08|\xd0\xcf\x11\xe0|Rar!|7z\xbc)/, 'content.archive'],
  [/^\s*-----BEGIN /, 'content.pem'],
  [/^\s*</, 'content.xml'],
  [member('format', '"tongheng-evidence"'), 'content.evidence'],
  [member('format', '"tongheng-trust-draft"'), 'content.trust-draft'],
  [member('format', '"tongheng-agreement-draft"'), 'content.agreement-draft'],
  [member('anchors', '\\['), 'content.trust-file'],
  [member('outcome', '"(?:recognised|not-recognised|indeterminate)"'), 'content.verdict'],
  [member('statement', '"ey'), 'content.node-answer'],
  [member('signatures?', '[["]'), 'content.jws-json'],
  [member('kty', '"'), 'content.key'],
  [member('kind', '"'), 'content.record'],
  [/^\s*\[?\s*"ey[\w-]+\./, 'content.quoted'],
  [/^\s*[[{]/, 'content.json'],
]

const SIGNED: Readonly<Record<StatementType, ContentCode>> = {
  'metrology-record+jwt': 'content.signed-record',
  'metrology-request+jwt': 'content.request',
  'metrology-receipt+jwt': 'content.receipt',
  'metrology-notice+jwt': 'content.notice',
  'metrology-trust-list+jwt': 'content.signed-trust-list',
  'metrology-agreement+jwt': 'content.signed-agreement',
  'metrology-catalogue+jwt': 'content.signed-catalogue',
  'metrology-label+jwt': 'content.label',
  'metrology-joint+jwt': 'content.joint',
  'metrology-reader+jwt': 'content.reader',
  'statuslist+jwt': 'content.status-list',
}

/** The message code that names the kind of input and what to do with it. */
export function contentCode(bytes: Uint8Array): Code {
  checkArgument('contentCode', 'bytes', bytes, octets)
  const head = latin1(withoutByteOrderMark(bytes.subarray(0, CONTENT_HEAD)))
  const text = head.trim()
  if (isSignedText(text.split(/\s/, 1)[0] ?? '')) return coded(SIGNED[statedType(text) ?? 'metrology-record+jwt'])
  return coded(KINDS.find(([pattern]) => pattern.test(head))?.[1] ?? 'content.unknown')
}
