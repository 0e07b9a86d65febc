/** What a verifier has seen, in one file: read before, written after, never with less in it. */
import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod/mini'
import { TonghengError } from '../base/error.js'
import { Digest, Uscc } from '../base/schema.js'
import { parseShape } from '../base/shape.js'
import type { SignedTrustList, Trust } from '../trust/index.js'
import type { OpenedMaterial, Status } from '../verify/index.js'
import { jsonOf, readBytes, replaceText, SignedDocuments, StatusDocuments } from './files.js'

const TrustState = z.strictObject({
  seen: z
    .array(z.strictObject({ authority: Uscc, version: z.int().check(z.minimum(1)), statementId: Digest }))
    .check(z.minLength(1), z.maxLength(50)),
  trustLists: SignedDocuments,
  /** The newest list of each address, and every notice: what was revoked once is not forgotten. */
  statusLists: z.optional(StatusDocuments),
  notices: z.optional(StatusDocuments),
})
export type TrustState = z.infer<typeof TrustState>

/** The state of a file; undefined where there is none yet. @throws `cli.file`, `cli.json`, `cli.trust-file` */
export async function readTrustState(file: string): Promise<TrustState | undefined> {
  let bytes: Uint8Array
  try {
    bytes = await readBytes(file)
  } catch (error) {
    if (error instanceof TonghengError && error.details.reason === 'ENOENT') return undefined
    throw error
  }
  const { value, faults } = parseShape<TrustState>(TrustState, jsonOf({ name: file, bytes }))
  // A state that cannot be read is not an empty one: to begin anew would forget what was seen.
  if (value === undefined) throw new TonghengError('cli.trust-file', { file, path: faults[0]?.path ?? '' })
  return value
}

/** Keeps what has been seen; a file that says so already is left alone, so that a reader undoes no other's writing. */
export async function writeTrustState(
  file: string,
  { trust, status }: Pick<OpenedMaterial, 'trust' | 'status'>,
  before?: TrustState,
): Promise<void> {
  const after: TrustState = {
    seen: [...trust.seen],
    trustLists: signedLists(trust).map((signed) => [...signed]),
    ...(status.lists.length > 0 && { statusLists: newestLists(status) }),
    ...(status.notices.length > 0 && { notices: status.notices.map(({ signed }) => signed) }),
  }
  if (!isDeepStrictEqual(before, after)) await replaceText(file, `${JSON.stringify(after)}\n`)
}

/** What each address said last; two lists of one second are both kept. */
const newestLists = (status: Status): string[] =>
  status.lists.filter(({ claims }) => claims.iat === status.listsAt(claims.sub).at(-1)?.claims.iat).map(({ signed }) => signed)

/** Every version that was walked, of every authority. */
export const signedLists = (trust: Trust): SignedTrustList[] =>
  trust.lists.flatMap(({ payload }) => trust.versions(payload.iss).map(({ signed }) => signed))
