/** Reads joint statements from files, folders or the directory of a node, with their receipts as evidence of when a log had them. */

import { civilDateOf } from '../../base/date.js'
import { createClient } from '../../client/index.js'
import { readStatements, type SignedText, type StatementType, statedType } from '../../envelope/index.js'
import {
  JOINT,
  type Joint,
  type JointRecognition,
  type JointStatement,
  judgeJointClauses,
  MAX_JOINT,
  openJoint,
} from '../../joint/index.js'
import { fault as jointFault } from '../../joint/messages.js'
import { type Agreement, openAgreement } from '../../recognition/index.js'
import { openTrust, type Trust } from '../../trust/index.js'
import { type OpenedLogEvidence, openLogEvidence, openStatus, type Status } from '../../verify/index.js'
import { findFiles } from '../check/sources.js'
import type { Arguments } from '../command.js'
import { firstOf, readBytes, readTrustFile } from '../files.js'
import { fault as cliFault } from '../messages.js'
import type { Terminal } from '../terminal.js'
import { say } from './messages.js'

const STATEMENT_FILE = /\.(?:jws|jwt|ndjson|jsonl|txt)$/i
const TYPES = [JOINT, 'metrology-receipt+jwt', 'metrology-notice+jwt'] as const
const RECORD = 'metrology-record+jwt'

export interface ReadJoint {
  readonly joint: Joint
  readonly trust: Trust
  readonly status: Status
  readonly log: OpenedLogEvidence
  /** Signed records, not verified; empty unless requested. */
  readonly records: readonly { readonly file: string; readonly signed: SignedText }[]
}

/**
 * Opens the joint statements of files, folders and patterns. Reports what is left out on standard error.
 * @param alsoRecords true to return signed records of the files too
 * @throws `cli.no-statements` if a folder has no matching file, `content.*` if a file contains something else
 */
export async function readJoint(names: readonly string[], args: Arguments, terminal: Terminal, alsoRecords = false): Promise<ReadJoint> {
  const { files, empty } = await findFiles(names, STATEMENT_FILE)
  if (empty[0] !== undefined) throw cliFault('cli.no-statements', { file: empty[0] })
  const found = noTexts()
  const records: ReadJoint['records'][number][] = []
  const types: readonly StatementType[] = alsoRecords ? [...TYPES, RECORD] : TYPES
  for (const file of files)
    for (const { signed } of readStatements(await readBytes(file), { name: file, types })) {
      const text = firstOf(signed)
      if (statedType(text) === RECORD) records.push({ file, signed })
      else found[statedType(text) as (typeof TYPES)[number]].push(text)
      found.placeOf.set(text, file)
    }
  return { ...(await openTexts(found, args, terminal)), records }
}

/** Signed texts by type, with the place that each was read from. */
type Texts = Record<(typeof TYPES)[number], string[]> & { readonly placeOf: Map<string, string> }

const noTexts = (): Texts => ({
  'metrology-joint+jwt': [],
  'metrology-receipt+jwt': [],
  'metrology-notice+jwt': [],
  placeOf: new Map<string, string>(),
})

/** Opens the public directory of a node, with its receipts. Needs no key. */
export async function readDirectory(args: Arguments, terminal: Terminal): Promise<ReadJoint> {
  const [url, id] = [args.required('node'), args.text('node-id')]
  const client = createClient({ node: { url, ...(id !== undefined && { id }) }, now: terminal.now })
  const found = noTexts()
  for await (const { statement, receipt } of client.joint.directory()) {
    mayRead(found[JOINT].push(statement))
    if (receipt !== undefined) found['metrology-receipt+jwt'].push(receipt)
    found.placeOf.set(statement, url)
  }
  return { ...(await openTexts(found, args, terminal)), records: [] }
}

/** The agreements of the trust file. @throws `agreement.*` */
export async function agreementsIn(args: Arguments, trust: Trust): Promise<readonly Agreement[]> {
  const { agreements = [] } = await readTrustFile(args.required('trust'))
  return Promise.all(agreements.map((signed) => openAgreement(signed, trust)))
}

/** Returns a function that finds where a statement counts, by the agreements of the trust file. @throws `agreement.*` */
export async function recognitionsIn(
  { joint, trust }: Pick<ReadJoint, 'joint' | 'trust'>,
  args: Arguments,
  terminal: Terminal,
): Promise<(statement: JointStatement) => readonly JointRecognition[]> {
  const [agreements, on] = [await agreementsIn(args, trust), dayOf(args, terminal)]
  // For a statement that does not count by itself, the reason is printed already.
  return (statement) => (statement.counts ? judgeJointClauses(statement, { joint, trust, agreements, on }) : [])
}

/** The date of the option `--at`, by default today. */
export const dayOf = (args: Arguments, terminal: Terminal): string => civilDateOf(args.instant('at', terminal.now()))

/** Limits the number of statements, because a node could answer without end. @throws `joint.many` */
export function mayRead(count: number): void {
  if (count > MAX_JOINT) throw jointFault('joint.many', { count, most: MAX_JOINT })
}

async function openTexts(found: Texts, args: Arguments, terminal: Terminal): Promise<Omit<ReadJoint, 'records'>> {
  const language = args.choice('lang', ['zh', 'en'])
  const { anchors, trustLists, statusLists = [], notices = [] } = await readTrustFile(args.required('trust'))
  const trust = await openTrust({ anchors, lists: trustLists })
  const log = await openLogEvidence(found['metrology-receipt+jwt'], trust)
  const status = await openStatus({ statusLists, notices: [...notices, ...found['metrology-notice+jwt']] }, trust, undefined, log)
  const joint = await openJoint(found[JOINT], { trust, at: args.instant('at', terminal.now()), status, log })
  const refused = [
    ...joint.refused,
    ...status.refused,
    ...log.refused.map(({ evidence, error }) => ({ signed: typeof evidence === 'string' ? evidence : '', error })),
  ]
  for (const { signed, error } of refused)
    terminal.warn(say('cli.joint-refused', { file: found.placeOf.get(signed) ?? '—', reason: error.text })[language])
  return { joint, trust, status, log }
}
