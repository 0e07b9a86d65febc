/** Batches the items of many callers, so that one transaction serves all of them. */

export interface BatchOptions<Item, Result> {
  /**
   * Writes one batch and returns a result for each item. It calls `take` when it can write, for example once it holds the lock, and
   * again if it repeats the transaction: the batch then includes items that arrived since.
   */
  readonly write: (take: () => readonly Item[]) => Promise<readonly Result[]>
  /** Maximum total size of a batch. */
  readonly full: number
  /** @default 1 */
  readonly sizeOf?: (item: Item) => number
  /**
   * Starts a series of batches: at once, or in the next round of the event loop, so that all items of this round are in one batch.
   */
  readonly begin?: (work: () => void) => void
}

interface Waiting<Item, Result> {
  readonly item: Item
  readonly done: (result: Result) => void
  readonly failed: (error: unknown) => void
}

/** Returns a function that queues an item and resolves with its result. If a batch fails, only its items are rejected. */
export function createBatchQueue<Item, Result>({
  write,
  full,
  sizeOf = () => 1,
  begin = (work) => work(),
}: BatchOptions<Item, Result>): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = []
  let isBusy = false

  /** Moves the next items from the queue to the batch, until it is full. */
  function fill(batch: readonly Waiting<Item, Result>[]): readonly Waiting<Item, Result>[] {
    let size = batch.reduce((sum, { item }) => sum + sizeOf(item), 0)
    let next = 0
    for (; size < full && next < waiting.length; next++) size += sizeOf((waiting[next] as Waiting<Item, Result>).item)
    const more = waiting.slice(0, next)
    waiting = waiting.slice(next)
    return [...batch, ...more]
  }

  async function writeOne(): Promise<void> {
    let batch: readonly Waiting<Item, Result>[] = []
    try {
      const results = await write(() => {
        batch = fill(batch)
        return batch.map(({ item }) => item)
      })
      for (const [at, { done }] of batch.entries()) done(results[at] as Result)
    } catch (error) {
      // If `take` was never called, the write failed for the items that it would have returned.
      for (const { failed } of batch.length === 0 ? fill(batch) : batch) failed(error)
    }
  }

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) await writeOne()
    isBusy = false
  }

  return (item) =>
    new Promise<Result>((done, failed) => {
      waiting.push({ item, done, failed })
      if (isBusy) return
      isBusy = true
      begin(writeAll)
    })
}
