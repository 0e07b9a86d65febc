/** What a verifier has seen, in one file: read before, written after, never with less in it. */
import { rename } from 'node:fs/promises'
import * as z from 'zod/mini'
import { TonghengError } from '../base/error.js'
import { Digest, Uscc } from '../base/schema.js'
import { parseShape } from '../base/shape.js'
import type { Trust } from '../trust/index.js'
import { jsonOf, readBytes, SignedDocuments, writeText } from './files.js'

const TrustState = z.strictObject({
  seen: z
    .array(z.strictObject({ authority: Uscc, version: z.int().check(z.minimum(1)), statementId: Digest }))
    .check(z.minLength(1), z.maxLength(50)),
  trustLists: SignedDocuments,
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

/** Writes the state beside its place first: a file cut short by a full disk would be a memory lost. */
export async function writeTrustState(file: string, trust: Trust): Promise<void> {
  const trustLists = trust.lists.flatMap(({ payload }) => trust.versions(payload.iss).map(({ signed }) => signed))
  const draft = `${file}.new`
  await writeText(draft, `${JSON.stringify({ seen: trust.seen, trustLists })}\n`)
  await rename(draft, file)
}
