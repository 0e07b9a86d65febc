/**
 * Reads signed statements from a text, such as a file, a request body or standard input: one per line, ended by LF or CR LF. Blank
 * lines, blanks around a line and a byte order mark at the beginning are ignored. Consecutive lines with the same payload are the
 * signatures of one statement (`coSign`). Other content is rejected with an error that names what it is, so that a file chosen by
 * mistake never gets a verdict; a damaged statement is returned, and `verify` reports its fault.
 */

import { encodeUtf8, latin1 } from '#native'
import { concat } from '../base/concat.js'
import { TonghengError } from '../base/error.js'
import { createLineSplitter, type Line, startsWithByteOrderMark, withoutBlanks, withoutByteOrderMark } from '../base/lines.js'
import type { Text } from '../base/message.js'
import {
  aText,
  checkArgument,
  checkOptions,
  type Expectation,
  type OptionTable,
  octets,
  optional,
  textOrOctets,
  texts,
  whole,
} from '../base/options.js'
import { CONTENT_HEAD, contentCode } from './content.js'
import { fault as contentFault } from './content-messages.js'
import { isCompact, isSignedText } from './signed-text.js'
import { statedType } from './stated-type.js'
import { MAX_STATEMENT_LENGTH, type StatementType } from './statement.js'

/** A statement to be verified: one signature, or several over the same payload. */
export type SignedText = string | readonly string[]

export interface ReadStatement {
  /** Line of its first signature, from 1. */
  readonly line: number
  readonly signed: SignedText
}

export interface ReadStatementsOptions {
  /** Name of the text in errors, such as a file name. */
  readonly name?: string
  /** Expected types; a statement of another of our types is rejected by name. @default metrology-record+jwt */
  readonly types?: readonly StatementType[]
  /** Maximum buffered length of a line; a longer one is truncated, and rejected by the verifier's own limit. @default 262144 */
  readonly maxLength?: number
}

const RECORDS: readonly StatementType[] = ['metrology-record+jwt']
const INPUT: Text = { zh: '输入', en: 'The input' }

const OPTIONS: OptionTable = { name: optional(aText), types: optional(texts), maxLength: optional(whole) }
const PIECES: Expectation = {
  is: (value) => typeof value === 'object' && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value),
  expected: { zh: '字节片段的序列', en: 'an iterable of pieces of octets' },
}

/**
 * Reads all statements of a text, in order.
 * @throws `content.*` if there is none, or a line is something else
 */
export function readStatements(content: Uint8Array | string, options: ReadStatementsOptions = {}): ReadStatement[] {
  checkArgument('readStatements', 'content', content, textOrOctets)
  checkOptions('readStatements', options, OPTIONS)
  const reader = createStatementReader(options)
  const bytes = typeof content === 'string' ? encodeUtf8(content) : content
  return [...reader.push(bytes), ...reader.end()]
}

/** Reads the single statement of a text. @throws `content.*`, `content.several` */
export function readStatement(content: Uint8Array | string, options: ReadStatementsOptions = {}): SignedText {
  const [first, second] = readStatements(content, options)
  if (second !== undefined) throw contentFault('content.several', { file: options.name ?? INPUT })
  return (first as ReadStatement).signed
}

/** Reads the statements of a text that arrives in chunks, however long; buffers only the current statement. @throws `content.*` */
export async function* streamStatements(
  pieces: AsyncIterable<Uint8Array>,
  options: ReadStatementsOptions = {},
): AsyncGenerator<ReadStatement, void, undefined> {
  checkArgument('streamStatements', 'pieces', pieces, PIECES)
  checkOptions('streamStatements', options, OPTIONS)
  const reader = createStatementReader(options)
  for await (const piece of pieces) {
    checkArgument('streamStatements', 'pieces', piece, octets)
    yield* reader.push(piece)
  }
  yield* reader.end()
}

interface StatementReader {
  push(piece: Uint8Array): ReadStatement[]
  end(): ReadStatement[]
}

/** Consecutive lines with one payload. */
interface Group {
  readonly line: number
  readonly payload: string
  readonly signatures: string[]
}

/** Text that is not a statement, buffered until it can be identified. */
interface Other {
  readonly line: number
  readonly parts: Uint8Array[]
  size: number
}

function createStatementReader({ name, types = RECORDS, maxLength = MAX_STATEMENT_LENGTH }: ReadStatementsOptions): StatementReader {
  const file = name ?? INPUT
  // One more than the maximum, so that the verifier's limit rejects a truncated line.
  const lines = createLineSplitter(Math.max(maxLength + 1, CONTENT_HEAD))
  let group: Group | undefined
  let other: Other | undefined
  let isEmpty = true

  const gather = (held: Other, bytes: Uint8Array): ReadStatement[] => {
    held.parts.push(bytes, LINE_BREAK)
    held.size += bytes.length + 1
    if (held.size >= CONTENT_HEAD) throw refusal(file, held, group)
    return []
  }
  const take = ({ number, bytes: octets }: Line): ReadStatement[] => {
    const bytes = number === 1 ? withoutByteOrderMark(octets) : octets
    if (other !== undefined) return gather(other, bytes)
    const text = withoutBlanks(latin1(bytes))
    if (text === '') return []
    if (!isSignedText(text)) {
      other = { line: number, parts: [], size: 0 }
      return gather(other, bytes)
    }
    isEmpty = false
    const typ = statedType(text)
    if (typ !== undefined && !types.includes(typ)) throw new TonghengError(contentCode(bytes), { file, line: number })
    const payload = text.split('.', 2)[1] ?? ''
    if (group !== undefined && payload !== '' && group.payload === payload) {
      // A repeated line adds no signature.
      if (!group.signatures.includes(text)) group.signatures.push(text)
      return []
    }
    const done = finished(group)
    group = { line: number, payload, signatures: [text] }
    return done
  }
  return {
    push: (piece) => lines.push(piece).flatMap(take),
    end() {
      const read = lines.end().flatMap(take)
      if (other !== undefined) throw refusal(file, other, group)
      if (isEmpty) throw contentFault('content.empty', { file })
      return [...read, ...finished(group)]
    },
  }
}

const LINE_BREAK = Uint8Array.of(0x0a)

const finished = (group: Group | undefined): ReadStatement[] =>
  group === undefined
    ? []
    : [{ line: group.line, signed: group.signatures.length === 1 ? (group.signatures[0] as string) : group.signatures }]

/** The error about text that is no statement: identified by kind if it is the only content, otherwise by its line. */
function refusal(file: string | Text, { line, parts, size }: Other, group: Group | undefined): TonghengError {
  const bytes = concat(parts, size)
  // Concatenated files: a byte order mark is allowed only at the beginning of a file.
  if (startsWithByteOrderMark(bytes)) return contentFault('content.byte-order-mark', { file, line })
  if (group === undefined) return new TonghengError(contentCode(bytes), { file, line })
  const rest = latin1(bytes).split('\n').map(withoutBlanks)
  const isBroken = rest.every((text) => /^[\w.-]*$/.test(text)) && isCompact([...group.signatures, ...rest].join(''))
  return isBroken ? contentFault('content.broken-lines', { file, line: group.line }) : contentFault('content.line', { file, line })
}
