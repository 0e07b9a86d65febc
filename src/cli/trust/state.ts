/** What a verifier has seen, in one file: read before, written after, never with less in it. */

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
  /** The newest list of each issuer and address, and every notice: what was revoked once is not forgotten. */
  statusLists: z.optional(StatusDocuments),
  notices: z.optional(StatusDocuments),
})
export type TrustState = z.infer<typeof TrustState>

/** @throws `cli.json`, `cli.trust-file` */
function stateIn(file: string, bytes: Uint8Array): TrustState {
  const { value, faults } = parseShape<TrustState>(TrustState, jsonOf({ name: file, bytes }, undefined, MAX_TRUST_FILE))
  // A state that cannot be read is not an empty one: to start again would forget what was seen.
  if (value === undefined) throw cliTrustFault('cli.trust-file', { file, path: faults[0]?.path ?? '' })
  return value
}

/** More turns than processes that would ever meet at one file. */
const MOST_TURNS = 100

/**
 * Opens what the file remembers together with what is at hand, and remembers what was opened. Where another process has
 * advanced the file meanwhile, all is opened again with what that one saw: the answer rests on both, and neither is forgotten.
 * A file that says all of it already is left alone.
 * @throws `cli.file`, `cli.json`, `cli.trust-file`, `cli.file-locked`, and what `open` throws
 */
export async function advanceTrustState<T extends Pick<OpenedMaterial, 'trust' | 'status'>>(
  file: string,
  open: (remembered?: TrustState) => Promise<T>,
): Promise<T> {
  for (let turn = 0; turn < MOST_TURNS; turn++) {
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

/** What each issuer said last under each address; two lists of one second are both kept. */
const newestLists = (status: Status): string[] =>
  status.lists.filter(({ claims: { iss, sub, iat } }) => iat === status.listsOf(iss, sub).at(-1)?.claims.iat).map(({ signed }) => signed)

/** Every version that was walked, of every authority. */
export const signedLists = (trust: Trust): SignedTrustList[] =>
  trust.lists.flatMap(({ payload }) => trust.versions(payload.iss).map(({ signed }) => signed))
