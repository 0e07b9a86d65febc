/** Keys of logs, from the trust lists of their authorities; a checkpoint cannot add keys. */

import { type Checkpoint, type NoteKey, type NoteRole, noteKeyOf, openCheckpoint, readCheckpoint } from '../../log/index.js'
import type { Trust, TrustedLog } from '../../trust/index.js'
import { fault } from './messages.js'

const known = new WeakMap<TrustedLog, Map<string, Promise<NoteKey>>>()

/**
 * The key of a log in an authority's list; for `witness`, the key with which the authority's node cosigns other logs. A list
 * without a witness key has the log key in its place, under another id, and `findings` of the trust report that.
 */
export async function logKeyOf(trust: Trust, authority: string, origin: string, role: NoteRole = 'log'): Promise<NoteKey | undefined> {
  const listed = trust.logs.find((log) => log.origin === origin && log.authority === authority)
  if (listed === undefined) return undefined
  const keys = known.get(listed) ?? new Map<string, Promise<NoteKey>>()
  known.set(listed, keys)
  const name = `${role} ${origin}`
  const key = keys.get(name) ?? noteKeyOf(origin, (role === 'witness' ? listed.witness : undefined) ?? listed.key, role)
  keys.set(name, key)
  return key
}

/** All listed logs with their authorities. */
export const listedLogs = ({ logs }: Trust): readonly TrustedLog[] => logs

/** Keys with which authorities cosign checkpoints. No authority is a witness of its own log. */
export const witnessKeys = async (trust: Trust, isWitness: (authority: string) => boolean): Promise<NoteKey[]> => {
  const logs = listedLogs(trust).filter(({ authority }) => isWitness(authority))
  const keys = await Promise.all(logs.map(({ authority, origin }) => logKeyOf(trust, authority, origin, 'witness')))
  return keys.filter((key) => key !== undefined)
}

/**
 * Opens a checkpoint of any listed log.
 * @throws `log.unknown` if no trust list has the log; `note.*`, `checkpoint.*`
 */
export async function openListedCheckpoint(
  note: string,
  trust: Trust,
  of?: { readonly authority: string },
): Promise<Checkpoint & { readonly authority: string }> {
  const { origin } = readCheckpoint(note)
  for (const { authority, origin: listed } of listedLogs(trust)) {
    if (listed !== origin || (of !== undefined && of.authority !== authority)) continue
    const key = (await logKeyOf(trust, authority, origin)) as NoteKey
    return { authority, ...(await openCheckpoint(note, key, await witnessKeys(trust, (one) => one !== authority))) }
  }
  throw fault('log.unknown', { origin: origin.slice(0, 200) })
}
