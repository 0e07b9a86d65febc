/** The draft of the next version of a trust list, in a file that operators pass on to each other. */

import * as z from 'zod/mini'
import { faultDetails } from '../../base/faults.js'
import { newerParams, parseShape } from '../../base/shape.js'
import { coSign, parseStatement, type Signer, thumbprint } from '../../envelope/index.js'
import { openTrust, type SignedTrustList, signTrustList, type TrustAnchor, type TrustList, TrustListPayload } from '../../trust/index.js'
import { fault as trustFault } from '../../trust/messages.js'
import type { TrustFile } from '../../verify/inside.js'
import { jsonOf, readBytes } from '../files.js'
import { replaceText } from '../outputs.js'
import { fault } from './messages.js'

const TYP = 'metrology-trust-list+jwt'
const LIMITS = { maxLength: 4_194_304 }

const Draft = z.strictObject({
  format: z.literal('tongheng-trust-draft'),
  payload: TrustListPayload,
  /** Signatures so far; after the first one the payload is fixed. */
  signed: z.array(z.string().check(z.maxLength(8_000_000))).check(z.maxLength(20)),
})
export type Draft = z.infer<typeof Draft>

export const draftOf = (payload: TrustListPayload): Draft => ({ format: 'tongheng-trust-draft', payload, signed: [] })

/** @throws `cli.file`, `cli.json`, `cli.trust-draft` */
export async function readDraft(file: string): Promise<Draft> {
  return checkDraft(file, jsonOf({ name: file, bytes: await readBytes(file) }))
}

/** Validates before writing: an invalid draft could not be signed. @throws `cli.trust-draft` */
export async function writeDraft(file: string, draft: Draft): Promise<void> {
  await replaceText(file, draftText(checkDraft(file, draft)), 0o600)
}

export const draftText = (draft: Draft): string => `${JSON.stringify(draft, null, 2)}\n`

/** @throws `cli.trust-draft` */
export function checkDraft(file: string, given: unknown): Draft {
  const { value, faults } = parseShape<Draft>(Draft, given)
  if (value === undefined) throw fault('cli.trust-draft', { file, ...faultDetails(faults, Draft) })
  return value
}

/** A draft after an edit of this command: a fault is one of the values given, not of the file. @throws `cli.trust-edit` */
export function checkEdited(file: string, draft: Draft): Draft {
  const { value, faults } = parseShape<Draft>(Draft, draft)
  if (value === undefined) throw fault('cli.trust-edit', { file, ...faultDetails(faults, Draft) })
  return value
}

/** The verified versions of an authority's list in a trust file, oldest first. @throws `trust-list.*` */
export async function versionsOf(file: TrustFile | undefined, iss: string): Promise<readonly TrustList[]> {
  return file === undefined ? [] : (await openTrust({ anchors: file.anchors, lists: file.trustLists })).versions(iss)
}

/**
 * The newest of them. A list that is understood only in part cannot be continued, because the unknown part would be lost. @throws
 * `trust-list.*`
 */
export async function newestOf(file: TrustFile | undefined, iss: string): Promise<TrustList | undefined> {
  const newest = (await versionsOf(file, iss)).at(-1)
  if (newest?.newer !== undefined) {
    const { iss: authority, version } = newest.payload
    throw trustFault('trust-list.newer-members', { authority, version, ...newerParams(newest.newer) })
  }
  return newest
}

/** Number of distinct root keys that still have to sign, of this version and of the one before. */
export interface Missing {
  readonly own: number
  readonly prior: number
}

export async function missingOf({ payload, signed }: Draft, prior: TrustListPayload | undefined): Promise<Missing> {
  const kids = new Set(signed.map((text) => parseStatement(text, TYP, LIMITS).kid))
  const lacking = async (roots: TrustListPayload['roots'] | undefined): Promise<number> => {
    if (roots === undefined) return 0
    const named = await Promise.all(roots.keys.map((key) => thumbprint(key)))
    return Math.max(0, roots.threshold - named.filter((kid) => kids.has(kid)).length)
  }
  return { own: await lacking(payload.roots), prior: await lacking(prior?.roots) }
}

/** Adds a signature over the same payload; a second signature by the same key is ignored. */
export async function addSignature(draft: Draft, signer: Signer): Promise<Draft> {
  const [first] = draft.signed
  if (first === undefined) return { ...draft, signed: await signTrustList(draft.payload, [signer]) }
  if (draft.signed.some((text) => parseStatement(text, TYP, LIMITS).kid === signer.kid)) return draft
  return { ...draft, signed: [...draft.signed, await coSign(first, { typ: TYP, signer, maxValues: 500_000 })] }
}

/** Guards against a draft whose displayed payload differs from the signed bytes. */
export function isOfPayload({ payload, signed }: Draft): boolean {
  return signed.every((text) => {
    const json: unknown = JSON.parse(new TextDecoder().decode(parseStatement(text, TYP, LIMITS).payload))
    const { value } = parseShape<TrustListPayload>(TrustListPayload, json)
    return JSON.stringify(value) === JSON.stringify(payload)
  })
}

/** Adds a list to the trust file. @throws `trust-list.*` if a verifier would reject it */
export async function published(file: TrustFile | undefined, anchor: TrustAnchor, signed: SignedTrustList): Promise<TrustFile> {
  const anchors = file?.anchors ?? []
  const next: TrustFile = {
    ...file,
    anchors: anchors.some(({ authority }) => authority === anchor.authority)
      ? anchors
      : [...anchors, { ...anchor, keys: [...anchor.keys] }],
    trustLists: [...(file?.trustLists ?? []), [...signed]],
  }
  await openTrust({ anchors: next.anchors, lists: next.trustLists })
  return next
}
