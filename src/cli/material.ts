/** Opens the material of verdicts from the options of a command: trust file, state, newer records, log evidence, catalogues. */
import { readShape } from '../base/shape.js'
import { openCatalogues } from '../recognition/index.js'
import { replacesAny } from '../records/index.js'
import { openMaterial, type SignedLogEvidence, StatementPlace } from '../verify/index.js'
import type { TrustState } from '../verify/inside.js'
import { catalogueFiles } from './catalogues.js'
import { findFiles } from './check/sources.js'
import type { Arguments } from './command.js'
import { jsonOf, readBytes, type readTrustFile } from './files.js'
import { statementsOf } from './lines.js'
import { fault } from './messages.js'
import type { Terminal } from './terminal.js'
import { advanceTrustState } from './trust/state.js'
import { warnOfTrust } from './trust/tell.js'

export const STATE = {
  type: 'string',
  value: 'FILE',
  help: {
    zh: '信任状态文件：记住见过的各版列表，拒绝旧版',
    en: 'trust state: remembers every list seen, refuses older ones',
  },
} as const
export const NEWER = {
  type: 'string',
  value: 'FILE',
  multiple: true,
  help: {
    zh: '手头较新的签名记录（文件或文件夹，可重复）：由同一机构签署、声明替代的，使旧记录失效',
    en: 'newer statements at hand (a file or folder; repeatable): one that says it replaces a record of its issuer supersedes it',
  },
} as const
export const LOG = {
  type: 'string',
  value: 'FILE',
  multiple: true,
  help: {
    zh: '日志证据：回执（每行一份），或日志位置与会签检查点（JSON）；密钥撤销后，旧记录凭此证明其签署在先',
    en: 'log evidence: receipts (one a line), or a place with its cosigned checkpoint (JSON); once a key is revoked they prove that a record is older',
  },
} as const

/**
 * Opens the material of verdicts, and warns of rejected and expiring documents.
 * @throws `cli.*`, and the errors of the documents
 */
export async function openForJudging(file: Awaited<ReturnType<typeof readTrustFile>>, args: Arguments, terminal: Terminal, at: number) {
  const language = args.choice('lang', ['zh', 'en'])
  const log = (await Promise.all(args.list('log').map(readLogEvidence))).flat()
  const catalogues = [...(file.catalogues ?? []), ...(await catalogueFiles(args))]
  const successors = await successorsFrom(args.list('newer'), terminal)
  const open = async (state?: TrustState) => {
    const known = {
      statusLists: [...(state?.statusLists ?? []), ...(file.statusLists ?? [])],
      notices: [...(state?.notices ?? []), ...(file.notices ?? [])],
      successors,
    }
    const trustLists = [...(state?.trustLists ?? []), ...file.trustLists]
    const opened = await openMaterial({ ...file, ...known, log, trustLists, seen: state?.seen ?? [] }, at)
    const opening = { catalogues, trust: opened.trust, at, seen: state?.seenCatalogues ?? [] }
    return { ...opened, catalogues: await openCatalogues(opening), known }
  }
  const stateFile = args.text('state')
  const { known, ...opened } = await (stateFile === undefined ? open() : advanceTrustState(stateFile, open))
  warnOfTrust(opened.trust, args, terminal)
  // A rejected status list could hide a revocation: warn here; verdicts on its records are indeterminate.
  const refused = [...opened.status.refused, ...opened.log.refused].map(({ error }) => error)
  for (const error of [...refused, ...opened.catalogues.refused])
    terminal.warn(`${terminal.paint(error.code, 'warn')} ${error.text[language]}`)
  return { opened, known, catalogues, log }
}

/** Reads receipts, one per line, or one inclusion proof. @throws `cli.file`, `cli.json`, `log-evidence.shape` */
async function readLogEvidence(name: string): Promise<SignedLogEvidence[]> {
  const bytes = await readBytes(name)
  const text = new TextDecoder().decode(bytes).trim()
  if (text.startsWith('{')) return [readShape<StatementPlace>(StatementPlace, jsonOf({ name, bytes }), 'log-evidence.shape')]
  return text.split(/\r?\n/).filter((line) => line !== '')
}

const STATEMENT_FILE = /\.jws$/i

/**
 * Returns the statements that state that they replace another. If a content has several signatures, returns each, because one genuine
 * signature suffices.
 * @throws `cli.file`, `cli.no-statements` for a folder without statements, `content.*` if a file contains something else
 */
async function successorsFrom(given: readonly string[], terminal: Terminal): Promise<string[]> {
  if (given.length === 0) return []
  const { files, empty } = await findFiles(given, STATEMENT_FILE)
  if (empty.length > 0) throw fault('cli.no-statements', { file: empty.slice(0, 5).join(' ') })
  const successors: string[] = []
  for await (const { signed } of statementsOf(files, terminal)) successors.push(...[signed].flat().filter(replacesAny))
  return successors
}
