/**
 * Content of an outbox, and manual removal of entries that no node will ever accept; nothing else removes an entry without proof.
 */

import { isTonghengError } from '../../base/error.js'
import { entryTypeOf, type OutboxItem, type OutboxQueue } from '../../client/index.js'
import { parsePayload, parseStatement } from '../../envelope/index.js'
import { type Arguments, actionOf, type Command, type ExitCode, FORMAT } from '../command.js'
import { confirm } from '../confirm.js'
import { fileError } from '../file-error.js'
import { exists } from '../files.js'
import { fault, say } from '../messages.js'
import { openQueue } from '../outbox-file.js'
import type { Terminal } from '../terminal.js'

type Action = (queue: OutboxQueue, args: Arguments, terminal: Terminal) => Promise<ExitCode>
const ACTIONS: Readonly<Record<string, Action>> = { list, drop }

export const outbox: Command = {
  name: 'outbox',
  usage: 'outbox list|drop --outbox FILE [ID …]',
  summary: { zh: '待发箱：列出待发各件，人工移除', en: 'The outbox: list what waits, remove entries by hand' },
  options: {
    outbox: { type: 'string', value: 'FILE', help: { zh: '待发箱文件', en: 'file of the outbox' } },
    yes: { type: 'boolean', help: { zh: '不再询问', en: 'do not ask' } },
    format: FORMAT,
  },
  notes: {
    zh: 'list 列出尚未了结的各件（编号、签名记录标识、机构和名称）；--format json 另附原文，移除前可存下。drop 按编号移除，确认后生效；已了结的留作凭据，不能移除。\n退出码：0 完成，list 时没有待发的；1 未确认，list 时有待发的；2 用法有误。',
    en: 'list shows what is not settled (id, statement id, body and name); --format json adds the text, to keep before a removal. drop removes by id, after a yes; what was settled stays as proof and cannot be removed.\nExit code: 0 done, or nothing waits; 1 not confirmed, or something waits; 2 misuse.',
  },
  async run(args, terminal) {
    const [action = ''] = args.files
    const run = actionOf('outbox', ACTIONS, action)
    const file = args.required('outbox')
    // Opening would create one.
    if (!(await exists(file))) throw fileError(file, 'ENOENT')
    const queue = await openQueue(file)
    try {
      return await run(queue, args, terminal)
    } finally {
      await queue.close()
    }
  },
}

const PAGE = 500

async function* waitingIn(queue: OutboxQueue): AsyncGenerator<OutboxItem> {
  for (let after: string | undefined; ; ) {
    const items = await queue.next(PAGE, after)
    yield* items
    after = items.at(-1)?.id
    if (items.length < PAGE) return
  }
}

/** Unverified content of a text; empty if it is not a statement. */
function namesOf({ statement: text }: OutboxItem): { readonly statementId?: string; readonly iss?: unknown; readonly jti?: unknown } {
  const trimmed = text.trim()
  try {
    const statement = parseStatement(trimmed, entryTypeOf(trimmed) ?? 'metrology-record+jwt')
    const { iss, jti } = parsePayload(statement)
    return { statementId: statement.id, iss, jti }
  } catch (error) {
    if (!isTonghengError(error)) throw error
    return {}
  }
}

function tell(item: OutboxItem, args: Arguments, terminal: Terminal): void {
  const { statementId, iss, jti } = namesOf(item)
  if (args.choice('format', ['text', 'json']) === 'json') terminal.print(JSON.stringify({ ...item, statementId, iss, jti }))
  else terminal.print([item.id, statementId ?? '—', iss ?? '—', jti ?? '—'].join('  '))
}

async function list(queue: OutboxQueue, args: Arguments, terminal: Terminal): Promise<ExitCode> {
  let count = 0
  for await (const item of waitingIn(queue)) {
    tell(item, args, terminal)
    count++
  }
  if (args.choice('format', ['text', 'json']) === 'text')
    terminal.print(say('cli.outbox-waiting', { count })[args.choice('lang', ['zh', 'en'])])
  return count === 0 ? 0 : 1
}

async function drop(queue: OutboxQueue, args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const ids = new Set(args.files.slice(1))
  if (ids.size === 0) throw fault('cli.outbox-ids')
  const found: OutboxItem[] = []
  for await (const item of waitingIn(queue)) if (ids.has(item.id)) found.push(item)
  const missing = [...ids].find((id) => !found.some((item) => item.id === id))
  // All or none: if one id is mistyped, the others may be too.
  if (missing !== undefined) throw fault('cli.outbox-unknown', { id: missing })
  for (const item of found) tell(item, args, terminal)
  if (!(await confirm(args, terminal))) return 1
  const count = await queue.drop(found.map(({ id }) => id))
  if (args.choice('format', ['text', 'json']) === 'text')
    terminal.print(say('cli.outbox-dropped', { count })[args.choice('lang', ['zh', 'en'])])
  return 0
}
