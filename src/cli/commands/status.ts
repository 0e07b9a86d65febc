/** Changes the status of a signed statement: list and notice are displayed first, then signed. */

import { formatInstant } from '../../base/date.js'
import { isTonghengError } from '../../base/error.js'
import { parseShape } from '../../base/shape.js'
import { createClient } from '../../client/index.js'
import { createSigner, parsePayload, parseStatement, type Signer } from '../../envelope/index.js'
import { fault as envelopeFault } from '../../envelope/messages.js'
import { kindOf, linesOf, RecordClaims, readRecord } from '../../records/index.js'
import {
  type Action,
  emptyStatuses,
  readStatuses,
  readStatusList,
  STATUS_ACTIONS,
  type Statuses,
  type StatusListClaims,
  signNotice,
  signStatusList,
} from '../../status/index.js'
import { type Arguments, actionOf, type Command, type ExitCode } from '../command.js'
import { confirm } from '../confirm.js'
import { isUnchanged, locked, swapText } from '../file-lock.js'
import { firstOf, readBytes, readKey, statementOf } from '../files.js'
import { fault, say } from '../messages.js'
import { replaceText, writeNew } from '../outputs.js'
import { fault as statusFault, say as statusSay } from '../status-messages.js'
import type { Terminal } from '../terminal.js'

type Run = (files: readonly string[], args: Arguments, terminal: Terminal) => Promise<ExitCode>

const changes = (action: Action): Run => {
  return (files, args, terminal) => change(action, files, args, terminal)
}

const ACTIONS: Readonly<Record<string, Run>> = {
  create: (_files, args, terminal) => create(args, terminal),
  renew: (_files, args, terminal) => renewOrShow('renew', args, terminal),
  show: (_files, args, terminal) => renewOrShow('show', args, terminal),
  publish: (_files, args, terminal) => publish(args, terminal),
  revoke: changes('revoke'),
  suspend: changes('suspend'),
  reinstate: changes('reinstate'),
  supersede: changes('supersede'),
}
const DAY = 86_400
/** Maximum length of a status list in characters. */
const MAX_LIST = 1_400_000

export const status: Command = {
  name: 'status',
  usage: 'status create|renew|show|publish|revoke|suspend|reinstate|supersede [STATEMENT …] --list FILE --key FILE',
  summary: { zh: '状态表与状态公告：撤销、暂停、恢复、替代', en: 'Status lists and notices: revoke, suspend, reinstate, supersede' },
  options: {
    list: { type: 'string', value: 'FILE', help: { zh: '状态表文件，就地更新', en: 'file of the status list, replaced in place' } },
    notice: { type: 'string', value: 'FILE', help: { zh: '写出状态公告（新文件）', en: 'write the notice (a new file)' } },
    key: { type: 'string', value: 'FILE', help: { zh: '私钥文件', en: 'file with the private key' } },
    iss: { type: 'string', value: 'USCC', help: { zh: '公告机构，默认为出具机构', en: 'who gives notice, default the issuer' } },
    reason: { type: 'string', value: 'TEXT', help: { zh: '原因', en: 'reason' } },
    line: {
      type: 'string',
      value: 'N',
      multiple: true,
      help: {
        zh: '批量证书的行号，从 1 计，可重复；不写则为整份证书各行',
        en: 'line of a batch certificate, from 1; repeatable. Default every line',
      },
    },
    basis: { type: 'string', value: 'TEXT', help: { zh: '依据的条款或文件', en: 'clause or document it rests on' } },
    from: {
      type: 'string',
      value: 'TIME',
      help: { zh: '生效时间，默认当前；早于当前即为追溯', en: 'takes effect, default now; earlier is retroactive' },
    },
    'replaced-by': { type: 'string', value: 'FILE', help: { zh: '替代它的签名记录', en: 'the statement that supersedes it' } },
    uri: { type: 'string', value: 'URL', help: { zh: 'create：状态表地址', en: 'create: address of the list' } },
    size: { type: 'string', value: 'N', help: { zh: 'create：项数，默认 100000', en: 'create: entries, default 100000' } },
    days: { type: 'string', value: 'N', help: { zh: '状态表有效天数，默认 7', en: 'days until the list ends, default 7' } },
    node: {
      type: 'string',
      value: 'URL',
      help: { zh: 'publish：节点地址，默认取自状态表地址', en: 'publish: address of the node, default by the address of the list' },
    },
    'node-id': {
      type: 'string',
      value: 'ID',
      help: { zh: 'publish：节点标识，默认同地址', en: 'publish: id of the node, default its address' },
    },
    yes: { type: 'boolean', help: { zh: '不再询问', en: 'do not ask' } },
  },
  notes: {
    zh: '先列出将要改变的，确认后才签署。publish 把状态表发到它的地址所在的节点，公告用 submit 提交。主管部门推翻下级机构的签名记录时只写公告：不给 --list，给 --iss。退出码：0 完成；1 未确认；2 用法或输入有误。',
    en: 'Shows what will change and signs after a yes. publish sends the list to the node of its address; notices go by submit. An authority that overrules a body of its province writes a notice only: no --list, but --iss. Exit code: 0 done; 1 not confirmed; 2 misuse or broken input.',
  },
  async run(args, terminal) {
    const [action = '', ...files] = args.files
    return actionOf('status', ACTIONS, action)(files, args, terminal)
  },
}

async function create(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const [file, uri, iss] = [args.required('list'), args.required('uri'), args.required('iss')]
  const statuses = emptyStatuses(args.whole('size', 100_000))
  const signer = await signerOf(args, terminal)
  await writeNew(file, `${await signStatusList({ iss, uri, statuses, ...times(args, terminal) }, signer)}\n`)
  return 0
}

/** Signs the list again with the same statuses, or only displays it. */
async function renewOrShow(action: 'renew' | 'show', args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const language = args.choice('lang', ['zh', 'en'])
  const file = args.required('list')
  const { claims, statuses, bytes, kid } = await readList(file)
  const { sub: uri, iss } = claims
  if (action === 'renew') {
    const signer = await signerOf(args, terminal)
    warnOfOtherKey({ kid }, signer, args, terminal)
    const text = `${await signStatusList({ iss, uri, statuses, ...times(args, terminal, claims) }, signer)}\n`
    if (!(await swapText(file, bytes, text))) throw fault('cli.file-changed', { file })
    return 0
  }
  const counts = new Map<number, number>()
  for (let index = 0; index < statuses.size; index++) {
    const value = statuses.at(index) as number
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  const [iat, exp] = [formatInstant(claims.iat), formatInstant(claims.exp)]
  terminal.print(statusSay('cli.status-list', { uri, size: statuses.size, iat, exp })[language])
  for (const [value, count] of [...counts].sort(([a], [b]) => a - b)) terminal.print(`  ${wordOf(value, language)}  ${count}`)
  return 0
}

/** Sends the list to the node at whose URL it is published. @throws `cli.status-address` if the URL is not a node's; `client.*` */
async function publish(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const file = args.required('list')
  const { claims, bytes } = await readList(file)
  const { sub: uri, iss } = claims
  const address = ADDRESS.exec(uri)
  const [url, id] = [args.text('node') ?? address?.[1], args.text('node-id')]
  const name = address?.[3]
  if (url === undefined || name === undefined || address?.[2] !== iss) throw statusFault('cli.status-address', { file, uri })
  const caller = { iss: args.text('iss') ?? iss, signer: await signerOf(args, terminal) }
  const client = createClient({ node: { url, ...(id !== undefined && { id }) }, caller, now: terminal.now })
  await client.statusLists.put({ iss, name, list: firstOf(statementOf({ name: file, bytes }, 'statuslist+jwt', MAX_LIST)) })
  terminal.print(statusSay('cli.status-published', { uri })[args.choice('lang', ['zh', 'en'])])
  return 0
}

/** URL of a list at a node: node URL, issuer, name. */
const ADDRESS = /^(https?:\/\/.+)\/v1\/status-lists\/([0-9A-Z]{18})\/([^/]+)$/

async function change(action: Action, files: readonly string[], args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const [listFile, noticeFile, reason] = [args.text('list'), args.text('notice'), args.required('reason')]
  if (files.length === 0) throw statusFault('cli.status-files')
  if (listFile === undefined && noticeFile === undefined) throw statusFault('cli.status-nothing-to')
  const list = listFile === undefined ? undefined : { file: listFile, ...(await readList(listFile)) }
  const subjects = await Promise.all(files.map(readSubject))
  // A notice names statements, so it cannot apply to single lines of one.
  if (args.list('line').length > 0 && noticeFile !== undefined) throw statusFault('cli.status-line-notice')
  const now = terminal.now()
  const from = args.instant('from', now)
  const replacement = action === 'supersede' ? await replacementOf(subjects, args) : undefined
  const statuses = showChange(action, list, subjects, args, terminal)
  if (replacement !== undefined) tellReplacement(replacement, subjects, args, terminal)
  terminal.print(statusSay('cli.status-effect', { from: formatInstant(from), reason })[args.choice('lang', ['zh', 'en'])])
  // Before the confirmation: a list signed with the wrong key would be rejected everywhere.
  const signer = await signerOf(args, terminal)
  warnOfOtherKey(list, signer, args, terminal)
  if (!(await confirm(args, terminal))) return 1
  const basis = args.text('basis')
  const write = async (): Promise<void> => {
    // A concurrent revocation by another clerk must not be undone.
    if (list !== undefined && !(await isUnchanged(list.file, list.bytes))) throw fault('cli.file-changed', { file: list.file })
    if (noticeFile !== undefined) {
      const notice = {
        iss: args.text('iss') ?? (subjects[0] as Subject).claims.iss,
        iat: now,
        action,
        statements: subjects.map(({ id }) => id),
        from,
        reason: { zh: reason },
        ...(basis !== undefined && { basis }),
        ...(replacement && { replacedBy: replacement.id }),
      }
      // Write the notice first: after an interruption its reason is on disk, and the command can be repeated.
      await writeNew(noticeFile, `${await signNotice(notice, signer)}\n`)
    }
    if (list === undefined || statuses === undefined) return
    const { iss, sub: uri } = list.claims
    await replaceText(list.file, `${await signStatusList({ iss, uri, statuses, ...times(args, terminal, list.claims) }, signer)}\n`)
  }
  await (list === undefined ? write() : locked(list.file, write))
  return 0
}

/**
 * Prints each entry that will change. Returns the changed statuses, undefined without a list.
 * @throws `cli.status-other-list`, `cli.status-final`
 */
function showChange(
  action: Action,
  list: ReadList | undefined,
  subjects: readonly Subject[],
  args: Arguments,
  terminal: Terminal,
): Statuses | undefined {
  const language = args.choice('lang', ['zh', 'en'])
  const then = action === 'reinstate' ? 0 : STATUS_ACTIONS.indexOf(action)
  let statuses = list?.statuses
  for (const { file, claims, number } of subjects) {
    const reference = claims.status?.status_list
    for (const offset of linesIn(claims.record, args.list('line'))) {
      if (list === undefined || statuses === undefined) {
        // Without the list the present status is not known, and a notice applies to all lines.
        terminal.print(statusSay('cli.status-noticed', { file, number, after: wordOf(then, language) })[language])
        break
      }
      if (reference?.uri !== list.claims.sub || claims.iss !== list.claims.iss)
        throw statusFault('cli.status-other-list', { file, uri: reference?.uri ?? '—', iss: claims.iss })
      const shown = reference.idx + offset
      const before = statuses.at(shown) ?? 0
      checkStep(file, before, then, language)
      statuses = statuses.with(shown, then)
      const words = { before: wordOf(before, language), after: wordOf(then, language) }
      terminal.print(statusSay('cli.status-change', { file, idx: shown, number, ...words })[language])
    }
  }
  return statuses
}

/** @throws `cli.status-self` if a statement would be its own successor: it would be superseded for ever, by nothing */
async function replacementOf(subjects: readonly Subject[], args: Arguments): Promise<Subject> {
  const replacement = await readSubject(args.required('replaced-by'))
  const same = subjects.find(({ id }) => id === replacement.id)
  if (same !== undefined) throw statusFault('cli.status-self', { file: same.file })
  return replacement
}

/** Shows what takes the place, so that a wrong file is detected before it is signed. */
function tellReplacement({ file, claims, number }: Subject, subjects: readonly Subject[], args: Arguments, terminal: Terminal): void {
  const language = args.choice('lang', ['zh', 'en'])
  terminal.print(statusSay('cli.status-replaced', { file, number, iss: claims.iss })[language])
  if (subjects.some((one) => one.claims.iss !== claims.iss))
    terminal.warn(statusSay('cli.status-replaced-other', { file, iss: claims.iss })[language])
}

/** Offsets from the first index of the record: of the selected lines, by default of every line. @throws `cli.option-value` */
function linesIn(record: unknown, selected: readonly string[]): readonly number[] {
  const count = linesOf(record)
  if (selected.length === 0) return Array.from({ length: count ?? 1 }, (_, at) => at)
  if (count === undefined) throw statusFault('cli.status-no-lines')
  return selected.map((text) => {
    const line = /^[1-9]\d{0,3}$/.test(text) ? Number(text) : 0
    if (line === 0 || line > count) throw fault('cli.option-value', { option: '--line', expected: `1–${count}` })
    return line - 1
  })
}

/** Revoked is final; superseded can only become revoked; only a suspension can be reinstated. */
function checkStep(file: string, before: number, then: number, language: 'zh' | 'en'): void {
  const [revoked, suspended, superseded] = [1, 2, 3]
  const isAllowed =
    then === 0 ? before === suspended : before === 0 || before === suspended ? before !== then : before === superseded && then === revoked
  if (!isAllowed) throw statusFault('cli.status-final', { file, before: wordOf(before, language), after: wordOf(then, language) })
}

function wordOf(value: number, language: 'zh' | 'en'): string {
  const action = STATUS_ACTIONS[value]
  return action === undefined ? String(value) : statusSay(`cli.status-${action}`)[language]
}

interface Subject {
  readonly file: string
  readonly id: string
  readonly claims: RecordClaims
  readonly number: string
}

/** Unverified content of a statement; the verifier checks its signature. @throws `cli.status-statement` */
async function readSubject(file: string): Promise<Subject> {
  const text = firstOf(statementOf({ name: file, bytes: await readBytes(file) }, 'metrology-record+jwt'))
  try {
    const statement = parseStatement(text, 'metrology-record+jwt')
    const { value: claims } = parseShape<RecordClaims>(RecordClaims, parsePayload(statement))
    if (claims === undefined) throw envelopeFault('json.not-object')
    const record = readRecord(claims.record)
    return { file, id: statement.id, claims, number: kindOf(record).number(record) }
  } catch (error) {
    if (!isTonghengError(error)) throw error
    throw statusFault('cli.status-statement', { file, reason: error.text }, { cause: error })
  }
}

interface ReadList {
  readonly claims: StatusListClaims
  readonly statuses: Statuses
  /** The file as it was read. */
  readonly bytes: Uint8Array
  readonly kid: string
}

/** Unverified content of a status list. @throws `cli.status-list-file` */
async function readList(file: string): Promise<ReadList> {
  const bytes = await readBytes(file)
  const text = firstOf(statementOf({ name: file, bytes }, 'statuslist+jwt', MAX_LIST))
  try {
    const statement = parseStatement(text, 'statuslist+jwt', { maxLength: MAX_LIST })
    const claims = readStatusList(parsePayload(statement, { maxLength: statement.payload.length }))
    return { claims, statuses: await readStatuses(claims.status_list), bytes, kid: statement.kid }
  } catch (error) {
    if (!isTonghengError(error)) throw error
    throw statusFault('cli.status-list-file', { file, reason: error.text }, { cause: error })
  }
}

/** Warns if another key signed the list before: a key may have been rotated, or confused. */
function warnOfOtherKey(list: { readonly kid: string } | undefined, { kid }: Signer, args: Arguments, terminal: Terminal): void {
  if (list === undefined || list.kid === kid) return
  terminal.warn(statusSay('cli.status-other-key', { before: list.kid, after: kid })[args.choice('lang', ['zh', 'en'])])
}

async function signerOf(args: Arguments, terminal: Terminal): Promise<Signer> {
  const file = args.required('key')
  return createSigner(await readKey(file, terminal, say('cli.key-open', { file })[args.choice('lang', ['zh', 'en'])]))
}

/** A list must have a later date than the previous one, because readers use the newest. */
function times(args: Arguments, terminal: Terminal, before?: StatusListClaims): { iat: number; exp: number; ttl?: number | undefined } {
  const iat = Math.max(terminal.now(), (before?.iat ?? 0) + 1)
  return { iat, exp: iat + args.whole('days', 7) * DAY, ttl: before?.ttl }
}
