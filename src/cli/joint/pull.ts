/** `joint pull`: fetches the statements of a piece of work and their receipts from a node into a folder. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { statementId } from '../../envelope/index.js'
import { JOINT } from '../../joint/index.js'
import { asCaller } from '../caller.js'
import { fileFault } from '../file-error.js'
import { exists } from '../files.js'
import { writeNew } from '../outputs.js'
import type { Action } from './actions.js'
import { fault, say } from './messages.js'
import { mayRead } from './read-joint.js'

export const pull: Action = async (numbers, args, terminal) => {
  const language = args.choice('lang', ['zh', 'en'])
  const folder = args.required('out')
  await fileFault(folder, () => mkdir(folder, { recursive: true }))
  const counts = { statements: 0, added: 0, unproved: 0 }
  await asCaller(args, terminal, async (client) => {
    const { authority } = await client.discover()
    for (const work of numbers)
      for await (const { statementId: id, statement, receipt } of client.joint.list({ work })) {
        // The id is the digest of the statement, so a node cannot substitute another one, and a file name built from it is safe.
        if (statementId(JOINT, statement.split('.')[1] ?? '') !== id) throw fault('cli.joint-other', { id })
        mayRead(++counts.statements)
        if (receipt === undefined) counts.unproved++
        counts.added += await writeOnce(join(folder, `${id}.jws`), statement)
        if (receipt !== undefined) await writeOnce(join(folder, `${id}.${authority}.receipt.jws`), receipt)
      }
  })
  terminal.print(say('cli.joint-pulled', { ...counts, folder })[language])
  if (counts.unproved > 0) terminal.warn(say('cli.joint-unproved', { count: counts.unproved })[language])
  return counts.statements === 0 ? 1 : 0
}

/** Writes a file unless it exists: its name identifies its content. Returns the number of files written. */
async function writeOnce(file: string, text: string): Promise<0 | 1> {
  if (await fileFault(file, () => exists(file))) return 0
  await writeNew(file, `${text}\n`)
  return 1
}
