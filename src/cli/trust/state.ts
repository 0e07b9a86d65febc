/** The state file of a verifier: read before use, written afterwards, and never reduced. */

import { isDeepStrictEqual } from 'node:util'
import { parseShape } from '../../base/shape.js'
import { MAX_TRUST_FILE, type Remembered, TrustState, trustStateOf } from '../../verify/inside.js'
import { swapText } from '../file-lock.js'
import { jsonOf, readExisting } from '../files.js'
import { fault } from '../messages.js'
import { fault as cliTrustFault } from './messages.js'

/** @throws `cli.json`, `cli.trust-file` */
function stateIn(file: string, bytes: Uint8Array): TrustState {
  const { value, faults } = parseShape<TrustState>(TrustState, jsonOf({ name: file, bytes }, undefined, MAX_TRUST_FILE))
  // An unreadable state must not count as empty: the versions seen would be lost.
  if (value === undefined) throw cliTrustFault('cli.trust-file', { file, path: faults[0]?.path ?? '' })
  return value
}

/** More attempts than processes that would ever compete for one file. */
const MAX_TURNS = 100

/**
 * Opens the documents of the state file together with the given ones, and stores the result. If another process changed the file meanwhile,
 * opens all again with its additions, so that the result includes both. Does not write a file that is already up to date.
 * @throws `cli.file`, `cli.json`, `cli.trust-file`, `cli.file-locked`, and errors of `open`
 */
export async function advanceTrustState<T extends Remembered>(file: string, open: (remembered?: TrustState) => Promise<T>): Promise<T> {
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    const bytes = await readExisting(file)
    const before = bytes && stateIn(file, bytes)
    const opened = await open(before)
    const after = trustStateOf(opened)
    if (isDeepStrictEqual(before, after) || (await swapText(file, bytes, `${JSON.stringify(after)}\n`))) return opened
  }
  throw fault('cli.file-changed', { file })
}
