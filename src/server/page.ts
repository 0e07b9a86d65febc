/** Pages of a list, limited in octets as well as in number: a log of large statements must not fill the memory of the node. */
import type { EntryPage, EntryQuery, PlacedEntry, Store } from '../node/index.js'
import type { Account } from './admission.js'

export interface PageOptions {
  readonly from: number
  readonly limit: number
  /** Maximum number of octets of statements and receipts; one entry is always included. */
  readonly octets: number
}

/** Entries per read from the store: a few at first, then as many of average length as fit on the page. */
const FIRST_READ = 4
const MAX_READ = 16

export async function readPage(store: Store, query: EntryQuery, { from, limit, octets }: PageOptions): Promise<EntryPage> {
  const items: PlacedEntry[] = []
  let length = 0
  let next: number | undefined = from
  while (next !== undefined && items.length < limit) {
    const fitting = items.length === 0 ? FIRST_READ : Math.ceil(((octets - length) * items.length) / length)
    const count = Math.max(1, Math.min(fitting, MAX_READ, limit - items.length))
    const page: EntryPage = await store.listEntries(query, { from: next, limit: count })
    for (const item of page.items) {
      length += item.statement.length + (item.receipt?.length ?? 0)
      if (items.length > 0 && length > octets) return { items, next: item.position }
      items.push(item)
    }
    next = page.next
  }
  return { items, ...(next !== undefined && { next }) }
}

/** Reads the given statements in order, as many as fit on a page. `taken` counts them, including missing ones. */
export async function readEntries(
  store: Store,
  statementIds: readonly string[],
  { limit, octets }: Omit<PageOptions, 'from'>,
): Promise<{ readonly items: readonly PlacedEntry[]; readonly taken: number }> {
  const items: PlacedEntry[] = []
  let [length, taken] = [0, 0]
  for (const statementId of statementIds.slice(0, limit)) {
    const entry = await store.getEntry(statementId)
    length += (entry?.statement.length ?? 0) + (entry?.receipt?.length ?? 0)
    if (items.length > 0 && length > octets) break
    if (entry !== undefined) items.push(entry)
    taken++
  }
  return { items, taken }
}

/** Statements per read from the log: the number doubles while they are short. */
const FIRST = 8
const MOST = 32
const SHORT = 8192

/** Maximum number of octets buffered by such a stream. */
export const STATEMENTS_HELD = MOST * SHORT

/** Units of such a read: with the limits of reading calls, one per caller runs at a time. */
const READING = 8

/** Streams statements of the log, one per line; each read waits in the caller's queue. */
export function streamStatements(
  store: Store,
  { start, end, account }: { readonly start: number; readonly end: number; readonly account: Pick<Account, 'takePart'> },
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let [from, count] = [start, FIRST]
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const statements = await account.takePart(READING, () => store.statements(from, Math.min(end, from + count)))
        if (statements.length === 0) throw new Error(`no statements from ${from}`)
        from += statements.length
        const text = `${statements.join('\n')}\n`
        count = text.length > count * SHORT ? FIRST : Math.min(MOST, 2 * count)
        controller.enqueue(encoder.encode(text))
        if (from >= end) controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}
