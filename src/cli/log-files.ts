/** Actions of `tongheng log` on a log as files: publish it, close it, audit it without its node. */

import { readdir } from 'node:fs/promises'
import { isTonghengError, type TonghengError } from '../base/error.js'
import { messageOf } from '../base/message.js'
import { pause } from '../base/pause.js'
import { type Checkpoint, openCheckpoint, readCheckpoint, readNoteKey } from '../log/index.js'
import { createPublisher } from '../node/index.js'
import { createFileTiles, readFileTiles } from '../stores/files/index.js'
import { auditFiles, type FilesAuditProgress } from '../sync/index.js'
import { openTrust } from '../trust/index.js'
import { openListedCheckpoint } from '../verify/index.js'
import type { Arguments, ExitCode } from './command.js'
import { confirm } from './confirm.js'
import { fileFault } from './file-error.js'
import { readTrustFile } from './files.js'
import { fault, say } from './log-messages.js'
import { openNode } from './node-config.js'
import { createProgress } from './progress.js'
import type { Terminal } from './terminal.js'

/** `log publish`: one round into a folder; a running node publishes by itself (`publish` of node.json). */
export async function publishFiles(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const language = args.choice('lang', ['zh', 'en'])
  const asJson = args.choice('format', ['text', 'json']) === 'json'
  const folder = args.required('out')
  const { node, store } = await openNode(args.required('config'), terminal, { language, busy: 1 })
  try {
    const tiles = await createFileTiles({ folder })
    const progress = createProgress(terminal, language)
    let done: { readonly size: number; readonly documents: number } | undefined
    for await (const { written, size, documents, isDone } of createPublisher({ node, tiles }).round()) {
      if (!asJson) progress.show(written, size)
      if (isDone) done = { size, documents }
    }
    progress.end()
    if (asJson) terminal.print(JSON.stringify({ folder, ...done }))
    else terminal.print((done === undefined ? say('cli.publish-none') : say('cli.published', { folder, ...done }))[language])
    return 0
  } finally {
    await store.close()
  }
}

/** `log close`: asks, unless `--yes`. */
export async function closeLog(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const language = args.choice('lang', ['zh', 'en'])
  const [origin, url, id] = [args.required('successor'), args.required('url'), args.text('id')]
  const { node, store } = await openNode(args.required('config'), terminal, { language, busy: 1 })
  try {
    const { size } = await store.readLog()
    terminal.print(say('cli.log-closing', { origin: node.options.log?.origin, size, successor: origin, url })[language])
    if (!(await confirm(args, terminal))) return 1
    const head = readCheckpoint(await node.closeLog({ origin, url, id }))
    terminal.print(say('cli.log-now-closed', { origin: head.origin, size: head.size })[language])
    return 0
  } finally {
    await store.close()
  }
}

/** `log audit --files`: needs no database, no node and no network. */
export async function auditFolder(folder: string, args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const language = args.choice('lang', ['zh', 'en'])
  const asJson = args.choice('format', ['text', 'json']) === 'json'
  const open = await openingOf(args)
  await fileFault(folder, async () => void (await readdir(folder)))
  const files = readFileTiles({ folder })
  const progress = createProgress(terminal, language)
  const counts = { checked: 0, size: 0, findings: 0, notes: 0 }
  let last: FilesAuditProgress | undefined
  for await (const step of auditFiles({ files, open, path: args.text('path') })) {
    last = step
    ;[counts.checked, counts.size] = [step.checked, step.size]
    for (const [isNote, found] of [
      ...step.findings.map((one) => [false, one] as const),
      ...step.notes.map((one) => [true, one] as const),
    ]) {
      counts[isNote ? 'notes' : 'findings']++
      const text = messageOf(found.code, found.params)
      if (asJson) terminal.print(JSON.stringify({ code: found.code, ...(isNote && { isNote }), ...found.params, ...text }))
      else terminal.print(`${terminal.paint(found.code, isNote ? 'warn' : 'fail')} ${text[language]}`)
    }
    if (!asJson) progress.show(step.checked, step.size)
  }
  progress.end()
  const { successor } = last ?? {}
  if (asJson) terminal.print(JSON.stringify({ ...counts, successor }))
  else {
    if (successor !== undefined) terminal.print(say('cli.audit-closed', { successor: successor.origin, url: successor.url })[language])
    const { checked, findings: count } = counts
    terminal.print(messageOf(count === 0 ? 'cli.audit-good' : 'cli.audit-bad', { checked, count })[language])
  }
  return counts.findings === 0 ? 0 : 1
}

/** @throws `cli.audit-key`, `note.key`, `cli.file` */
async function openingOf(args: Arguments): Promise<(note: string) => Promise<Checkpoint>> {
  const [trustFile, keyText] = [args.text('trust'), args.text('log-key')]
  if (keyText !== undefined) {
    const key = await readNoteKey(keyText)
    return (note) => openCheckpoint(note, key)
  }
  if (trustFile === undefined) throw fault('cli.audit-key')
  const { anchors, trustLists } = await readTrustFile(trustFile)
  const trust = await openTrust({ anchors, lists: trustLists })
  return (note) => openListedCheckpoint(note, trust)
}

/** Milliseconds between two rounds of a node that publishes. */
const EVERY = 1000

export interface Publishing {
  readonly signal: AbortSignal
  /** Called when a round fails with a code other than that of the previous round, and when rounds succeed again. */
  readonly report: (fault: TonghengError | undefined) => void
}

/** Publishes a node's log until the signal; a round that fails is repeated. */
export async function publishOn(publisher: ReturnType<typeof createPublisher>, { signal, report }: Publishing): Promise<void> {
  let failing: string | undefined
  while (!signal.aborted) {
    try {
      for await (const _ of publisher.round()) if (signal.aborted) return
      if (failing !== undefined) report(undefined)
      failing = undefined
    } catch (error) {
      if (!isTonghengError(error)) throw error
      if (error.code !== failing) report(error)
      failing = error.code
    }
    // An abort ends the pause, and the loop with it.
    await pause(EVERY, signal).catch(() => undefined)
  }
}
