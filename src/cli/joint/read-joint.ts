/** Joint statements from files and folders, with the receipts among them as evidence of the time at which a log held them. */

import { readStatements, type SignedText, type StatementType, statedType } from '../../envelope/index.js'
import { JOINT, type Joint, openJoint } from '../../joint/index.js'
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
  /** Records, where they were asked for; nothing is verified yet. */
  readonly records: readonly { readonly file: string; readonly signed: SignedText }[]
}

/**
 * Opens the joint statements of the files, folders and patterns that are named. What is left out is named on standard error.
 * @param alsoRecords signed records in the files are returned too
 * @throws `cli.no-statements` where a folder has no file, `content.*` where a file holds something else
 */
export async function readJoint(names: readonly string[], args: Arguments, terminal: Terminal, alsoRecords = false): Promise<ReadJoint> {
  const language = args.choice('lang', ['zh', 'en'])
  const { anchors, trustLists, statusLists = [], notices = [] } = await readTrustFile(args.required('trust'))
  const trust = await openTrust({ anchors, lists: trustLists })
  const { files, empty } = await findFiles(names, STATEMENT_FILE)
  if (empty[0] !== undefined) throw cliFault('cli.no-statements', { file: empty[0] })
  const byType = new Map<string, string[]>(TYPES.map((typ) => [typ, []]))
  const fileOf = new Map<string, string>()
  const records: ReadJoint['records'][number][] = []
  const types: readonly StatementType[] = alsoRecords ? [...TYPES, RECORD] : TYPES
  for (const file of files)
    for (const { signed } of readStatements(await readBytes(file), { name: file, types })) {
      const text = firstOf(signed)
      if (statedType(text) === RECORD) records.push({ file, signed })
      else byType.get(statedType(text) ?? JOINT)?.push(text)
      fileOf.set(text, file)
    }
  const log = await openLogEvidence(byType.get('metrology-receipt+jwt') ?? [], trust)
  const status = await openStatus(
    { statusLists, notices: [...notices, ...(byType.get('metrology-notice+jwt') ?? [])] },
    trust,
    undefined,
    log,
  )
  const joint = await openJoint(byType.get(JOINT) ?? [], { trust, at: args.text('at') ?? terminal.now(), status, log })
  const refused = [
    ...joint.refused,
    ...status.refused,
    ...log.refused.map(({ evidence, error }) => ({ signed: typeof evidence === 'string' ? evidence : '', error })),
  ]
  for (const { signed, error } of refused)
    terminal.warn(say('cli.joint-refused', { file: fileOf.get(signed) ?? '—', reason: error.text })[language])
  return { joint, trust, status, log, records }
}
