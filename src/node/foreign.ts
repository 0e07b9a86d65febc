/** Statements of another node's log: judged here, by what came before them too, and kept in their order, without a receipt. */
import { isTonghengError, TonghengError } from '../base/error.js'
import type { Code } from '../base/message.js'
import { otherWork } from '../base/other-work.js'
import type { EntryType } from '../contract/index.js'
import type { Statement } from '../envelope/index.js'
import type { Facts } from './read-facts.js'
import { NOTICE, type StoredEntry } from './store.js'
import type { Arrival, Kept } from './write-batch.js'

export interface ForeignStatement {
  readonly statement: string
  /** The same, parsed as what it says it is. */
  readonly parsed: Statement<EntryType>
  /** That node's receipt, asked for where the key was revoked since. */
  readonly receipt?: string | undefined
}

/** A foreign record as it was judged, or a notice, which is read when it is kept. */
export interface ReceivedForeign {
  readonly statement: string
  readonly statementId: string
  /** Present for a record: what is to be kept of it, or the code of the check that failed where it is not genuine. */
  readonly judged?: Omit<StoredEntry, 'receipt'> | Code
  /** What it was judged by. */
  readonly facts: Facts
  readonly receipt?: string | undefined
}

export interface ForeignKeeper {
  /** Judges statements of another node's log and stores nothing: the first half of `takeOver`, so that the next part can be judged while one is stored. */
  receiveForeign(statements: readonly ForeignStatement[]): Promise<readonly ReceivedForeign[]>
  /**
   * Keeps them in their order. Gives what is kept, or the code of the check that failed where a statement is not genuine.
   * @throws `log.halted`
   */
  takeOver(received: readonly ReceivedForeign[]): Promise<readonly (Kept | TonghengError)[]>
}

type Entry = Omit<StoredEntry, 'receipt'>

/** What a node does of itself. */
interface Own {
  current(): Promise<Facts>
  /** What is to be kept of a record, or the code of the check that failed. */
  judge(facts: Facts, statement: string, parsed?: Statement, receipt?: string): Promise<Entry | Code>
  /** @throws `status.signer`, `notice.shape`, `format.*` */
  noticeEntry(statement: string): Promise<Entry>
  keepAll(arrivals: readonly Arrival[]): Promise<readonly (Kept | TonghengError)[]>
}

/** Statements judged before whatever else the node does has its turn. */
const SIDE_BY_SIDE = 64
/** Characters of them: those of the largest statement, which takes some fifty milliseconds, or of eighty ordinary ones. */
const CHARACTERS = 262_144

function groupsOf(statements: readonly ForeignStatement[]): ForeignStatement[][] {
  const groups: ForeignStatement[][] = []
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

/** Kinds that verdicts on other records rest on. */
const OF_FACTS: ReadonlySet<string> = new Set(['technical-specification', NOTICE])
export const isOfFacts = ({ kind }: Pick<Entry, 'kind'>): boolean => OF_FACTS.has(kind)

export function createForeignKeeper({ current, judge, noticeEntry, keepAll }: Own): ForeignKeeper {
  async function receive({ statement, parsed, receipt }: ForeignStatement, facts: Facts): Promise<ReceivedForeign> {
    const one = { statement, statementId: parsed.id, facts, receipt }
    return parsed.typ === 'metrology-record+jwt' ? { ...one, judged: await judge(facts, statement, parsed, receipt) } : one
  }

  async function receiveForeign(statements: readonly ForeignStatement[]): Promise<readonly ReceivedForeign[]> {
    const facts = await current()
    const groups = groupsOf(statements)
    const receiveSome = (group: readonly ForeignStatement[] = []) => Promise.all(group.map((one) => receive(one, facts)))
    const all: ReceivedForeign[] = []
    let some = receiveSome(groups[0])
    for (const at of groups.keys()) {
      // Their signatures are checked on other threads while what is in hand is judged.
      const next = receiveSome(groups[at + 1])
      next.catch(() => undefined)
      all.push(...(await some))
      await otherWork()
      some = next
    }
    return all
  }

  async function takeOver(received: readonly ReceivedForeign[]): Promise<readonly (Kept | TonghengError)[]> {
    const results: (Kept | TonghengError)[] = []
    let waiting: { readonly at: number; readonly entry: Entry }[] = []
    const keepWaiting = async (): Promise<void> => {
      if (waiting.length === 0) return
      const kept = await keepAll(waiting.map(({ entry }) => ({ entry, isForeign: true })))
      for (const [n, { at }] of waiting.entries()) results[at] = kept[n] as Kept | TonghengError
      waiting = []
    }
    let facts = await current()
    // What verdicts rest on is there before the next record is looked at; everything else is written together.
    let isFactWaiting = false
    for (const [at, { statement, judged, facts: by, receipt }] of received.entries()) {
      if (isFactWaiting && judged !== undefined) {
        await keepWaiting()
        isFactWaiting = false
        facts = await current()
      }
      try {
        // What was judged by facts that have changed since is judged again.
        const found =
          judged === undefined ? await noticeEntry(statement) : by === facts ? judged : await judge(facts, statement, undefined, receipt)
        if (typeof found === 'string') throw new TonghengError(found, {})
        waiting.push({ at, entry: found })
        isFactWaiting ||= isOfFacts(found)
      } catch (error) {
        if (!isTonghengError(error)) throw error
        results[at] = error
      }
    }
    await keepWaiting()
    return results
  }

  return { receiveForeign, takeOver }
}
