/**
 * Imports a peer's entries: each is verified here (also against earlier entries of the same batch) and stored in log order. No
 * receipt is issued.
 */
import { TonghengError } from '../base/error.js'
import type { Code } from '../base/message.js'
import { otherWork } from '../base/other-work.js'
import type { EntryType } from '../contract/index.js'
import type { Statement } from '../envelope/index.js'
import type { OtherEntry, OtherType, Refusal } from './other-entry.js'
import type { Facts } from './read-facts.js'
import { NOTICE, type StoredEntry } from './store.js'
import type { Arrival, Stored } from './write-batch.js'

export interface PeerStatement {
  readonly statement: string
  /** The same statement, parsed by its declared type. */
  readonly parsed: Statement<EntryType>
  /** The peer's receipt, present if the key was revoked later. */
  readonly receipt?: string | undefined
}

/** A record from a peer with its verdict, or a statement of another type, which is verified when it is stored. */
export interface ReceivedPeerStatement {
  readonly statement: string
  readonly statementId: string
  readonly typ: EntryType
  /** Present for a record: the entry to store, or the code of the failed check if the record is not genuine. */
  readonly judged?: Omit<StoredEntry, 'receipt'> | Code
  /** Facts of the verdict. */
  readonly facts: Facts
  readonly receipt?: string | undefined
}

export interface PeerImport {
  /** Verifies statements of a peer's log without storing them, so that one batch can be verified while `takeOver` stores another. */
  receiveFromPeer(statements: readonly PeerStatement[]): Promise<readonly ReceivedPeerStatement[]>
  /**
   * Stores the statements in their order. Returns for each the stored entry, or an error with the code of the failed check if the
   * statement is not genuine.
   * @throws `log.halted`
   */
  takeOver(received: readonly ReceivedPeerStatement[]): Promise<readonly (Stored | TonghengError)[]>
}

type Entry = Omit<StoredEntry, 'receipt'>

/** What the import needs from the node. */
interface Own {
  current(): Promise<Facts>
  /** Returns the entry to store for a record, or the code of the failed check. */
  judge(facts: Facts, statement: string, parsed?: Statement, receipt?: string): Promise<Entry | Code>
  /** Returns the entry to store for a statement of another type, or why it is not genuine. */
  otherEntry(statement: string, typ: OtherType): Promise<OtherEntry | Refusal>
  storeAll(arrivals: readonly Arrival[]): Promise<readonly (Stored | TonghengError)[]>
}

/** Maximum number of statements verified before the event loop runs other work. */
const SIDE_BY_SIDE = 64
/** Maximum number of characters in such a group: one statement of the largest size (about 50 ms), or eighty ordinary ones. */
const CHARACTERS = 262_144

function groupsOf(statements: readonly PeerStatement[]): PeerStatement[][] {
  const groups: PeerStatement[][] = []
  let characters = 0
  for (const one of statements) {
    const last = groups.at(-1)
    characters += one.statement.length
    if (last === undefined || last.length >= SIDE_BY_SIDE || characters > CHARACTERS) {
      groups.push([one])
      characters = one.statement.length
    } else last.push(one)
  }
  return groups
}

/** Kinds of entries on which verdicts on other records depend. */
const OF_FACTS: ReadonlySet<string> = new Set(['technical-specification', NOTICE])
export const isOfFacts = ({ kind }: Pick<Entry, 'kind'>): boolean => OF_FACTS.has(kind)

export const createPeerImport = (own: Own): PeerImport => ({ receiveFromPeer: receiving(own), takeOver: takingOver(own) })

function receiving({ current, judge }: Own): PeerImport['receiveFromPeer'] {
  async function receive({ statement, parsed, receipt }: PeerStatement, facts: Facts): Promise<ReceivedPeerStatement> {
    const one = { statement, statementId: parsed.id, typ: parsed.typ, facts, receipt }
    return one.typ === 'metrology-record+jwt' ? { ...one, judged: await judge(facts, statement, parsed, receipt) } : one
  }

  return async (statements) => {
    const facts = await current()
    const groups = groupsOf(statements)
    const receiveSome = (group: readonly PeerStatement[] = []) => Promise.all(group.map((one) => receive(one, facts)))
    const all: ReceivedPeerStatement[] = []
    let some = receiveSome(groups[0])
    for (const at of groups.keys()) {
      // Pipelined: the thread pool verifies signatures of the next group while this group is evaluated.
      const next = receiveSome(groups[at + 1])
      next.catch(() => undefined)
      all.push(...(await some))
      await otherWork()
      some = next
    }
    return all
  }
}

function takingOver({ current, judge, otherEntry, storeAll }: Own): PeerImport['takeOver'] {
  return async (received) => {
    const results: (Stored | TonghengError)[] = []
    let waiting: { readonly at: number; readonly entry: Entry }[] = []
    const storeWaiting = async (): Promise<void> => {
      if (waiting.length === 0) return
      const stored = await storeAll(waiting.map(({ entry }) => ({ entry, isFromPeer: true })))
      for (const [n, { at }] of waiting.entries()) results[at] = stored[n] as Stored | TonghengError
      waiting = []
    }
    let facts = await current()
    // Store specifications and notices before the next record is evaluated; batch everything else.
    let isFactWaiting = false
    for (const [at, { statement, typ, judged, facts: by, receipt }] of received.entries()) {
      if (isFactWaiting && judged !== undefined) {
        await storeWaiting()
        isFactWaiting = false
        facts = await current()
      }
      // If the facts have changed since the verdict, verify again.
      const found =
        typ !== 'metrology-record+jwt'
          ? await otherEntry(statement, typ)
          : by === facts && judged !== undefined
            ? judged
            : await judge(facts, statement, undefined, receipt)
      if (typeof found === 'string') results[at] = new TonghengError(found, {})
      else if ('refused' in found) results[at] = found.refused
      else {
        const entry = 'entry' in found ? found.entry : found
        waiting.push({ at, entry })
        isFactWaiting ||= isOfFacts(entry)
      }
    }
    await storeWaiting()
    return results
  }
}
