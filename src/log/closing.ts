/**
 * The last checkpoint of a log: an extension line (C2SP tlog-checkpoint) states that the log is closed and names its successor.
 * Other readers of C2SP treat the line as opaque. The log's own key signs it; the trust list of the authority decides whether the
 * successor is a log of the same authority.
 */
import { excerpt } from '../base/excerpt.js'
import { anObject, aText, checkArgument } from '../base/options.js'
import { readCheckpoint, signCheckpoint, type TreeHead } from './checkpoint.js'
import { fault } from './messages.js'
import { readNote } from './note.js'
import type { NoteSigner } from './note-key.js'

/** The log that continues a closed one, and the node that serves it. */
export interface Successor {
  /** Origin of the log, without spaces. */
  readonly origin: string
  /** URL of its node, without a trailing slash. */
  readonly url: string
  /** Id of its node (`aud` of requests). @default url */
  readonly id?: string | undefined
}

const NAME = 'tongheng.log-closed/v1'
/** Matches the closing line of any version, so that a log that a later version closed is not read as open. */
const OF_NAME = /^tongheng\.log-closed\//
const LINE = /^(\S{1,255}) (https?:\/\/[^\s/?#]+(?:\/[^\s?#]*[^\s/?#])?)(?: (\S(?:.{0,253}\S)?))?$/

/** Signs the last checkpoint of a log. @throws `log.closing` if the successor has not this form; what `signCheckpoint` throws */
export async function signClosing(head: TreeHead, successor: Successor, signer: NoteSigner): Promise<string> {
  checkArgument('signClosing', 'head', head, anObject)
  checkArgument('signClosing', 'successor', successor, anObject)
  const { origin, url, id } = successor
  const line = [NAME, origin, url, ...(id === undefined || id === url ? [] : [id])].join(' ')
  const read = readLine(line)
  if (read.origin !== origin || read.url !== url || (read.id ?? url) !== (id ?? url) || origin === head.origin)
    throw fault('log.closing', { found: excerpt(line, 200) })
  return signCheckpoint(head, signer, [line])
}

/**
 * The successor that a checkpoint names; undefined if its log is not closed. The caller must have verified the checkpoint.
 * @param note a signed note, or its text
 * @throws `log.closing` if a line about closing cannot be read, or there are several; `note.form`
 */
export function successorOf(note: string): Successor | undefined {
  checkArgument('successorOf', 'note', note, aText)
  // Fast path: this runs for every batch of a log, and nearly no checkpoint has the line.
  if (!note.includes('\ntongheng.log-closed/')) return undefined
  const text = note.includes('\n\n') ? readNote(note).text : note
  const lines = text
    .split('\n')
    .slice(3)
    .filter((line) => OF_NAME.test(line))
  if (lines.length > 1) throw fault('log.closing', { found: excerpt(lines[1] as string, 200) })
  return lines[0] === undefined ? undefined : readLine(lines[0])
}

/**
 * Compares a checkpoint with the last one seen of the same log:
 * - `open`: the last one does not close the log;
 * - `closed`: both are the last checkpoint;
 * - `stale`: the new one is from before the closing, of the same or a smaller tree, such as a cached copy;
 * - `reopened`: a closed log has grown, or names another successor (by origin or URL); the two signed checkpoints prove it.
 * @throws `log.closing`, `note.form`, `checkpoint.form`
 */
export function judgeClosing(seen: string, note: string): 'open' | 'closed' | 'stale' | 'reopened' {
  const [seenSuccessor, successor] = [successorOf(seen), successorOf(note)]
  if (seenSuccessor === undefined) return 'open'
  const [seenSize, size] = [readCheckpoint(seen).size, readCheckpoint(note).size]
  if (size > seenSize) return 'reopened'
  if (successor === undefined) return 'stale'
  return size === seenSize && successor.origin === seenSuccessor.origin && successor.url === seenSuccessor.url ? 'closed' : 'reopened'
}

/** @throws `log.closing` */
function readLine(line: string): Successor {
  const [, origin, url, id] = (line.startsWith(`${NAME} `) && LINE.exec(line.slice(NAME.length + 1))) || []
  if (origin === undefined || url === undefined || url.length > 300) throw fault('log.closing', { found: excerpt(line, 200) })
  return { origin, url, ...(id !== undefined && { id }) }
}
