/** Joint statements from files and folders, with the receipts among them as evidence of the time at which a log held them. */

import { readStatements, statedType } from '../../envelope/index.js'
import { JOINT, type Joint, openJoint } from '../../joint/index.js'
import { openTrust, type Trust } from '../../trust/index.js'
import { openLogEvidence, openStatus } from '../../verify/index.js'
import { findFiles } from '../check/sources.js'
import type { Arguments } from '../command.js'
import { firstOf, readBytes, readTrustFile } from '../files.js'
import { fault as cliFault } from '../messages.js'
import type { Terminal } from '../terminal.js'
import { say } from './messages.js'

const STATEMENT_FILE = /\.(?:jws|jwt|ndjson|jsonl|txt)$/i
const TYPES = [JOINT, 'metrology-receipt+jwt', 'metrology-notice+jwt'] as const

export interface ReadJoint {
  readonly joint: Joint
  readonly trust: Trust
}

/**
 * Opens the joint statements of the files, folders and patterns that are named. What is left out is named on standard error.
 * @throws `cli.no-statements` where a folder has no file, `content.*` where a file holds something else
 */
export async function readJoint(names: readonly string[], args: Arguments, terminal: Terminal): Promise<ReadJoint> {
  const language = args.choice('lang', ['zh', 'en'])
  const { anchors, trustLists } = await readTrustFile(args.required('trust'))
  const trust = await openTrust({ anchors, lists: trustLists })
  const { files, empty } = await findFiles(names, STATEMENT_FILE)
  if (empty[0] !== undefined) throw cliFault('cli.no-statements', { file: empty[0] })
  const byType = new Map<string, string[]>(TYPES.map((typ) => [typ, []]))
  const fileOf = new Map<string, string>()
  for (const file of files)
    for (const { signed } of readStatements(await readBytes(file), { name: file, types: TYPES })) {
      const text = firstOf(signed)
      byType.get(statedType(text) ?? JOINT)?.push(text)
      fileOf.set(text, file)
    }
  const log = await openLogEvidence(byType.get('metrology-receipt+jwt') ?? [], trust)
  const status = await openStatus({ notices: byType.get('metrology-notice+jwt') ?? [] }, trust, undefined, log)
  const joint = await openJoint(byType.get(JOINT) ?? [], { trust, at: args.text('at') ?? terminal.now(), status, log })
  const refused = [
    ...joint.refused,
    ...status.refused,
    ...log.refused.map(({ evidence, error }) => ({ signed: typeof evidence === 'string' ? evidence : '', error })),
  ]
  for (const { signed, error } of refused)
    terminal.warn(say('cli.joint-refused', { file: fileOf.get(signed) ?? '—', reason: error.text })[language])
  return { joint, trust }
}
