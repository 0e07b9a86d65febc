/**
 * Shapes of the files of a verifier: the trust file, with pinned root keys and signed documents, and the trust state, with the
 * versions seen. Nothing here is verified.
 */
import * as z from 'zod/mini'
import { Digest, Uscc } from '../../base/schema.js'
import type { Catalogues } from '../../recognition/index.js'
import type { Status } from '../../status/index.js'
import { type SignedTrustList, type Trust, TrustAnchors } from '../../trust/index.js'
import type { OpenedMaterial } from './open-material.js'

/** One document: the same payload under each signer's signature. */
const Signed = z.array(z.string().check(z.maxLength(8_000_000))).check(z.minLength(1), z.maxLength(20))

/** Several documents: authorities' lists, version after version. */
const SignedDocuments = z.array(Signed).check(z.minLength(1), z.maxLength(5000))

/** Signed status lists or notices. */
const StatusDocuments = z.array(z.string().check(z.maxLength(1_400_000))).check(z.maxLength(5000))

/** The trust file: pinned root keys, and the documents signed under them. */
export const TrustFile = z.strictObject({
  anchors: TrustAnchors,
  trustLists: SignedDocuments,
  agreements: z.optional(z.array(Signed).check(z.maxLength(100))),
  specifications: z.optional(z.array(z.string().check(z.maxLength(300_000))).check(z.maxLength(5000))),
  catalogues: z.optional(z.array(Signed).check(z.maxLength(100))),
  statusLists: z.optional(StatusDocuments),
  notices: z.optional(StatusDocuments),
})
export type TrustFile = z.infer<typeof TrustFile>

/** Octets. A trust file contains every version of every list; a list of hundreds of bodies has a quarter of a megabyte. */
export const MAX_TRUST_FILE = 256 * 1024 * 1024

/** The highest version seen of an authority; passed to the next opening, so that no older one is accepted. */
const Seen = z.strictObject({ authority: Uscc, version: z.int().check(z.minimum(1)), statementId: Digest })
export const TrustState = z.strictObject({
  seen: z.array(Seen).check(z.minLength(1), z.maxLength(50)),
  /** The newest catalogue of each authority. */
  seenCatalogues: z.optional(z.array(Seen).check(z.maxLength(50))),
  trustLists: SignedDocuments,
  /** The newest list of each issuer and address, and every notice, so that no revocation is lost. */
  statusLists: z.optional(StatusDocuments),
  notices: z.optional(StatusDocuments),
})
export type TrustState = z.infer<typeof TrustState>

/** The results of an opening from which the state is made. */
export type Remembered = Pick<OpenedMaterial, 'trust' | 'status'> & { readonly catalogues?: Catalogues }

/** The state to store after an opening. */
export const trustStateOf = ({ trust, status, catalogues }: Remembered): TrustState => ({
  seen: [...trust.seen],
  ...(catalogues !== undefined && catalogues.seen.length > 0 && { seenCatalogues: [...catalogues.seen] }),
  trustLists: signedLists(trust).map((signed) => [...signed]),
  ...(status.lists.length > 0 && { statusLists: newestLists(status) }),
  ...(status.notices.length > 0 && { notices: status.notices.map(({ signed }) => signed) }),
})

/** The newest list of each issuer at each address; two lists of the same second are both stored. */
const newestLists = (status: Status): string[] =>
  status.lists.filter(({ claims: { iss, sub, iat } }) => iat === status.listsOf(iss, sub).at(-1)?.claims.iat).map(({ signed }) => signed)

/** All verified versions of all authorities. */
export const signedLists = (trust: Trust): SignedTrustList[] =>
  trust.lists.flatMap(({ payload }) => trust.versions(payload.iss).map(({ signed }) => signed))
