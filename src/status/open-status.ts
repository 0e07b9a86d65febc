/** Opens status lists and notices: verifies signature and permission, or rejects them with the reason. */

import { isTonghengError, type TonghengError } from '../base/error.js'
import type { Code } from '../base/message.js'
import { otherWork } from '../base/other-work.js'
import { replacesAny } from '../records/index.js'
import type { Trust } from '../trust/index.js'
import type { LogEvidence } from '../trust/inside.js'
import { coded as trustCoded } from '../trust/messages.js'
import { checkStatusOptions, checkSuccessors } from './check-options.js'
import { fault } from './messages.js'
import { type NoticeClaims, readForeignNotice } from './notice.js'
import { rememberView, viewNotices } from './notice-index.js'
import { type Opened, openSigned } from './open-signed.js'
import { readForeignStatusList, readStatuses, type Statuses, type StatusListClaims } from './status-list.js'
import { readClaims, readSuccessor, replacedNumber, type Successor } from './successor.js'

const RECORD = 'metrology-record+jwt'

export type { Opened } from './open-signed.js'

export interface StatusList extends Opened<StatusListClaims> {
  readonly statuses: Statuses
}
export type Notice = Opened<NoticeClaims>

/** Opened status; only `openStatus` creates one. */
export interface Status {
  /** All lists, oldest first. */
  readonly lists: readonly StatusList[]
  readonly notices: readonly Notice[]
  /** Lists of an issuer with a URI, oldest first; lists of other issuers with that URI are excluded. */
  listsOf(iss: string, uri: string): readonly StatusList[]
  /** Notices that name a statement, in the order in which they take effect. */
  noticesOf(statementId: string): readonly Notice[]
  /** Records that name a record they replace, oldest first. */
  readonly successors: readonly Successor[]
  /** Successors that name a statement, by its id, or by its issuer and certificate number. */
  successorsOf(of: { readonly statementId: string; readonly iss: string; readonly number?: string }): readonly Successor[]
  /** Rejected documents with the reason. */
  readonly refused: readonly { readonly signed: string; readonly code: Code; readonly error: TonghengError }[]
}

export interface SignedStatus {
  readonly statusLists?: readonly string[] | undefined
  readonly notices?: readonly string[] | undefined
  /**
   * Signed records that may be newer than the one in question. One that states, by `supersedes` or `amendment`, that it replaces
   * another record of its issuer supersedes that record; all others are ignored.
   */
  readonly successors?: readonly string[] | undefined
}

/**
 * Opens lists and notices. A document that is not genuine is listed in `refused`: a peer's folder may contain anything. Documents
 * of `known`, which was opened under the same trust, are not verified again. If the key of a document was revoked later, a list is
 * rejected, and its issuer signs it again with the new key; a notice is undecided unless `log` proves that it is older.
 * @example
 * ```ts
 * import { openStatus } from 'tongheng'
 * import { createFakeAuthorities, fixtures } from 'tongheng/testing'
 *
 * const world = await createFakeAuthorities()
 * const status = await openStatus({ statusLists: [], notices: ['no notice'] }, world.trust)
 * status.refused.length // => 1
 * ```
 */
export async function openStatus(documents: SignedStatus, trust: Trust, known?: Status, log?: LogEvidence): Promise<Status> {
  checkStatusOptions(documents, trust)
  const { statusLists = [], notices = [], successors = [] } = documents
  const refused: Refusal[] = []
  const openEach = openingEach(refused)
  const lists: StatusList[] = []
  const openList = cachingRecent(trust, async (signed) => {
    const opened = await openSigned(signed, { typ: 'statuslist+jwt', read: readForeignStatusList, trust })
    if (opened.isUnproven) throw fault('status.signer', { reason: trustCoded('key.revoked-unproven') })
    return { ...opened, statuses: await readStatuses(opened.claims.status_list) }
  })
  const openNotice = (signed: string): Promise<Notice> =>
    openSigned(signed, { typ: 'metrology-notice+jwt', read: readForeignNotice, trust, log })
  for await (const list of openEach(statusLists, remembering(known?.lists, openList))) lists.push(list)
  const given: Notice[] = []
  for await (const notice of openEach(notices, remembering(known?.notices, openNotice))) given.push(notice)
  const newer: Successor[] = []
  for await (const successor of openEach(successors, successorOpener(known, trust, log))) if (successor !== undefined) newer.push(successor)
  lists.sort((a, b) => a.claims.iat - b.claims.iat)
  const byIssuer = new Map<string, StatusList[]>()
  for (const list of lists) enter(byIssuer, `${list.claims.iss} ${list.claims.sub}`, list)
  const view = viewNotices(given, known)
  const status: Status = {
    lists,
    get notices() {
      return view.notices
    },
    listsOf: (iss, uri) => byIssuer.get(`${iss} ${uri}`) ?? [],
    noticesOf: view.noticesOf,
    ...indexOf(newer),
    refused,
  }
  rememberView(status, view)
  return status
}

/** Adds successors to an opened status; documents opened before are not verified again. */
export async function withSuccessors(known: Status, successors: readonly string[], trust: Trust, log?: LogEvidence): Promise<Status> {
  checkSuccessors(known, successors, trust)
  const refused = [...known.refused]
  const more = new Map(known.successors.map((one) => [one.signed, one]))
  for await (const successor of openingEach(refused)(successors, successorOpener(known, trust, log)))
    if (successor !== undefined) more.set(successor.signed, successor)
  return { ...known, ...indexOf([...more.values()]), refused }
}

/** Number of statements read before the event loop runs other work. */
const READ_BATCH = 32

/**
 * Adds statements that replace others to the status, so that among statements passed together a newer record supersedes the one
 * that it names.
 */
export async function knownTogether(
  statements: readonly string[],
  { trust, status, log }: { readonly trust: Trust; readonly status?: Status; readonly log?: LogEvidence },
): Promise<Status | undefined> {
  const successors: string[] = []
  for (const [at, statement] of statements.entries()) {
    if (replacesAny(statement)) successors.push(statement)
    if (at % READ_BATCH === READ_BATCH - 1) await otherWork()
  }
  if (successors.length === 0) return status
  return status === undefined ? openStatus({ successors }, trust, undefined, log) : withSuccessors(status, successors, trust, log)
}

type Refusal = Status['refused'][number]

/** Opens several texts; collects the errors of the others. */
const openingEach = (refused: Refusal[]) =>
  async function* openEach<T>(texts: readonly string[], open: (signed: string) => Promise<T>): AsyncGenerator<T> {
    for (const signed of new Set(texts)) {
      try {
        yield await open(signed)
      } catch (error) {
        if (!isTonghengError(error)) throw error
        refused.push({ signed, code: error.code, error })
      }
    }
  }

const successorOpener =
  (known: Status | undefined, trust: Trust, log: LogEvidence | undefined) =>
  async (signed: string): Promise<Successor | undefined> => {
    const remembered = known?.successors.find((one) => one.signed === signed)
    if (remembered !== undefined || !replacesAny(signed)) return remembered
    return readSuccessor(await openSigned(signed, { typ: RECORD, read: readClaims, trust, log }))
  }

function indexOf(given: readonly Successor[]): Pick<Status, 'successors' | 'successorsOf'> {
  const successors = [...given].sort((a, b) => a.claims.iat - b.claims.iat)
  const byReplaced = new Map<string, Successor[]>()
  for (const successor of successors) for (const name of successor.replaces) enter(byReplaced, name, successor)
  return {
    successors,
    successorsOf({ statementId, iss, number }) {
      if (successors.length === 0) return successors
      const numbered = number === undefined ? [] : (byReplaced.get(replacedNumber(iss, number)) ?? [])
      return [...new Set([...(byReplaced.get(statementId) ?? []), ...numbered])].filter(({ claims }) => claims.iss === iss)
    },
  }
}

/** Cache of recently opened lists per trust: a published list is opened three times, to check, to store and to use it. */
const recentLists = new WeakMap<Trust, Map<string, StatusList>>()
const MAX_RECENT = 4

function cachingRecent(trust: Trust, open: (signed: string) => Promise<StatusList>) {
  return async (signed: string): Promise<StatusList> => {
    const opened = recentLists.get(trust) ?? new Map<string, StatusList>()
    recentLists.set(trust, opened)
    const list = opened.get(signed) ?? (await open(signed))
    opened.delete(signed)
    opened.set(signed, list)
    if (opened.size > MAX_RECENT) opened.delete(opened.keys().next().value as string)
    return list
  }
}

/** Opens a text unless it was opened before. */
function remembering<T extends { readonly signed: string }>(known: readonly T[] | undefined, open: (signed: string) => Promise<T>) {
  const opened = new Map((known ?? []).map((one) => [one.signed, one]))
  return async (signed: string): Promise<T> => opened.get(signed) ?? open(signed)
}

function enter<T>(index: Map<string, T[]>, name: string, entry: T): void {
  const others = index.get(name)
  if (others === undefined) index.set(name, [entry])
  else others.push(entry)
}
