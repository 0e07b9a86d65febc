/** Statements of another node's log: judged here, by what came before them too, and kept in their order, without a receipt. */
import { isTonghengError, TonghengError } from '../../base/error.js'
import type { Statement } from '../../envelope/index.js'
import { decidingCheck } from '../../verify/index.js'
import type { EntryType } from '../entry-type.js'
import type { Received } from '../node.js'
import { NOTICE, type StoredEntry } from '../store.js'
import type { Kept } from './log-writer.js'

export interface ForeignStatement {
  readonly statement: string
  /** The same, parsed as what it says it is. */
  readonly parsed: Statement<EntryType>
}

/** A foreign statement as it was judged; a notice is read when it is kept. */
export type ReceivedForeign = ForeignStatement & {
  readonly received?: Received
}

export interface ForeignKeeper {
  /** Judges, and keeps nothing. */
  receiveForeign(statements: readonly ForeignStatement[]): Promise<readonly ReceivedForeign[]>
  /**
   * Keeps them in their order. Gives what is kept, or the code of the check that failed where a statement is not genuine.
   * @throws `log.halted`
   */
  takeOver(received: readonly ReceivedForeign[]): Promise<readonly (Kept | TonghengError)[]>
}

type Entry = Omit<StoredEntry, 'receipt'>

/** What a node does with one statement. */
interface Own {
  receive(statement: string, parsed: Statement): Promise<Received>
  upToDate(statement: string, received: Received): Promise<Received>
  entryOf(statement: string, received: Received): Entry | undefined
  noticeEntry(statement: string): Promise<Entry>
  keep(entry: Entry): Promise<Kept>
}

/** Signatures that wait for a thread at once: more would keep whatever else the node does waiting. */
const SIDE_BY_SIDE = 128

/** Kinds that verdicts on other records rest on. */
const OF_FACTS: ReadonlySet<string> = new Set(['technical-specification', NOTICE])
export const isOfFacts = ({ kind }: Pick<Entry, 'kind'>): boolean => OF_FACTS.has(kind)

export function createForeignKeeper({ receive, upToDate, entryOf, noticeEntry, keep }: Own): ForeignKeeper {
  const judge = async (one: ForeignStatement): Promise<ReceivedForeign> =>
    one.parsed.typ === 'metrology-record+jwt' ? { ...one, received: await receive(one.statement, one.parsed) } : one

  async function receiveForeign(statements: readonly ForeignStatement[]): Promise<readonly ReceivedForeign[]> {
    const judgeSome = (start: number) => Promise.all(statements.slice(start, start + SIDE_BY_SIDE).map(judge))
    const all: ReceivedForeign[] = []
    let ahead = judgeSome(0)
    for (let start = 0; start < statements.length; start += SIDE_BY_SIDE) {
      const some = await ahead
      ahead = judgeSome(start + SIDE_BY_SIDE)
      all.push(...some)
    }
    return all
  }

  /** What of a foreign statement is to be kept. @throws the code of the check that failed */
  async function entryOfForeign({ statement, received }: ReceivedForeign): Promise<Entry> {
    if (received === undefined) return noticeEntry(statement)
    const judged = await upToDate(statement, received)
    const entry = entryOf(statement, judged)
    if (entry === undefined) throw new TonghengError(decidingCheck(judged.examined.verdict).code, {})
    return entry
  }

  async function takeOver(received: readonly ReceivedForeign[]): Promise<readonly (Kept | TonghengError)[]> {
    const results: (Kept | TonghengError)[] = []
    let waiting: { readonly at: number; readonly entry: Entry }[] = []
    const keepWaiting = async (): Promise<void> => {
      const kept = await Promise.all(waiting.map(({ entry }) => keep(entry)))
      for (const [n, { at }] of waiting.entries()) results[at] = kept[n] as Kept
      waiting = []
    }
    // What verdicts rest on is there before the next record is looked at; everything else is written together.
    let isFactWaiting = false
    for (const [at, one] of received.entries()) {
      if (isFactWaiting && one.received !== undefined) {
        await keepWaiting()
        isFactWaiting = false
      }
      try {
        const entry = await entryOfForeign(one)
        waiting.push({ at, entry })
        isFactWaiting ||= isOfFacts(entry)
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
