/** The state file of a verifier: read before use, written afterwards, and never reduced. */

import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod/mini'
import { Digest, Uscc } from '../../base/schema.js'
import { parseShape } from '../../base/shape.js'
import type { SignedTrustList, Trust } from '../../trust/index.js'
import type { OpenedMaterial, Status } from '../../verify/index.js'
import { swapText } from '../file-lock.js'
import { jsonOf, MAX_TRUST_FILE, readExisting, SignedDocuments, StatusDocuments } from '../files.js'
import { fault } from '../messages.js'
import { fault as cliTrustFault } from './messages.js'

const TrustState = z.strictObject({
  seen: z
    .array(z.strictObject({ authority: Uscc, version: z.int().check(z.minimum(1)), statementId: Digest }))
    .check(z.minLength(1), z.maxLength(50)),
  trustLists: SignedDocuments,
  /** The newest list of each issuer and URI, and every notice: a revocation is never forgotten. */
  statusLists: z.optional(StatusDocuments),
  notices: z.optional(StatusDocuments),
})
export type TrustState = z.infer<typeof TrustState>

/** @throws `cli.json`, `cli.trust-file` */
function stateIn(file: string, bytes: Uint8Array): TrustState {
  const { value, faults } = parseShape<TrustState>(TrustState, jsonOf({ name: file, bytes }, undefined, MAX_TRUST_FILE))
  // An unreadable state is not an empty one: a fresh start would forget what was seen.
  if (value === undefined) throw cliTrustFault('cli.trust-file', { file, path: faults[0]?.path ?? '' })
  return value
}

/** More attempts than processes that would ever compete for one file. */
const MAX_TURNS = 100

/**
 * Opens the remembered documents together with the given ones, and remembers the result. If another process has advanced the file
 * in between, opens all again with its additions, so that the result includes both and neither is forgotten. The file is not
 * written if it is already up to date.
 * @throws `cli.file`, `cli.json`, `cli.trust-file`, `cli.file-locked`, and errors of `open`
 */
export async function advanceTrustState<T extends Pick<OpenedMaterial, 'trust' | 'status'>>(
  file: string,
  open: (remembered?: TrustState) => Promise<T>,
): Promise<T> {
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    const bytes = await readExisting(file)
    const before = bytes && stateIn(file, bytes)
    const opened = await open(before)
    const after = stateOf(opened)
    if (isDeepStrictEqual(before, after) || (await swapText(file, bytes, `${JSON.stringify(after)}\n`))) return opened
  }
  throw fault('cli.file-changed', { file })
}

const stateOf = ({ trust, status }: Pick<OpenedMaterial, 'trust' | 'status'>): TrustState => ({
  seen: [...trust.seen],
  trustLists: signedLists(trust).map((signed) => [...signed]),
  ...(status.lists.length > 0 && { statusLists: newestLists(status) }),
  ...(status.notices.length > 0 && { notices: status.notices.map(({ signed }) => signed) }),
})

/** The newest lists of each issuer and URI; two lists of one second are both stored. */
const newestLists = (status: Status): string[] =>
  status.lists.filter(({ claims: { iss, sub, iat } }) => iat === status.listsOf(iss, sub).at(-1)?.claims.iat).map(({ signed }) => signed)

/** All verified versions of all authorities. */
export const signedLists = (trust: Trust): SignedTrustList[] =>
  trust.lists.flatMap(({ payload }) => trust.versions(payload.iss).map(({ signed }) => signed))
