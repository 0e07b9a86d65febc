/** Reports lists of a trust file that are older than those of a node, which is often why a request was rejected. */
import { isTonghengError } from '../../base/error.js'
import { jsonAt, type PublishedSource } from '../../client/inside.js'
import type { Trust } from '../../trust/index.js'
import { nodeSource } from '../node-source.js'
import type { Terminal } from '../terminal.js'
import { say } from './messages.js'
import { ANSWER_SECONDS, authorityName, versionsOf } from './pull.js'

export interface OldList {
  readonly authority: { readonly zh: string; readonly en: string }
  readonly held: number
  readonly version: number
}

/** Finds outdated lists by unverified information of the node: only a reason to pull. @throws errors of the source */
export async function oldLists(source: PublishedSource, trust: Trust): Promise<OldList[]> {
  const old: OldList[] = []
  for (const [authority, held] of versionsOf(trust)) {
    const { version } = (await jsonAt(source, `/v1/trust-lists/${encodeURIComponent(authority)}`)) ?? {}
    if (typeof version === 'number' && version > held) old.push({ authority: authorityName(authority, trust), held, version })
  }
  return old
}

export interface Asking {
  readonly file: string
  readonly trust: Trust
  readonly node: string
  readonly language: 'zh' | 'en'
}

/** Prints a line and the advice for each outdated list. */
export async function warnOfOldLists({ file, trust, node, language }: Asking, terminal: Terminal): Promise<void> {
  try {
    for (const old of await oldLists(nodeSource(node, ANSWER_SECONDS), trust)) {
      const text = say('cli.trust-old', { file, node, ...old })
      terminal.warn(`${terminal.paint('cli.trust-old', 'warn')} ${text[language]}`)
      terminal.warn(`  ${text.advice?.[language] ?? ''}`)
    }
  } catch (error) {
    // If the node does not answer, say nothing: the original error is reported in any case.
    if (!isTonghengError(error)) throw error
  }
}

/** Runs `work`; if it fails, reports outdated lists before it rethrows the error. */
export async function namingOldLists<T>(asking: Asking | undefined, terminal: Terminal, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (asking !== undefined && isTonghengError(error) && error.code !== 'client.network') await warnOfOldLists(asking, terminal)
    throw error
  }
}
