/** What many callers hand in is written batch after batch, so that one transaction serves all that wait. */

export interface BatchOptions<Item, Result> {
  /**
   * Writes one batch, and gives a result for each of its items. It calls `take` when it can write, for example when it holds the lock,
   * and once more where it has to repeat the transaction: the batch then has what arrived meanwhile too.
   */
  readonly write: (take: () => readonly Item[]) => Promise<readonly Result[]>
  /** Sum of the sizes at which a batch is full. */
  readonly full: number
  /** @default 1 */
  readonly sizeOf?: (item: Item) => number
  /** Begins a series of batches: at once, or in the next round of the event loop, so that all that arrives in this one is written together. */
  readonly begin?: (work: () => void) => void
}

interface Waiting<Item, Result> {
  readonly item: Item
  readonly done: (result: Result) => void
  readonly failed: (error: unknown) => void
}

/** Gives what is called with an item and resolves with its result; an error of a batch rejects all items of that batch, and no other. */
export function createBatchQueue<Item, Result>({
  write,
  full,
  sizeOf = () => 1,
  begin = (work) => work(),
}: BatchOptions<Item, Result>): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = []
  let isBusy = false

  /** The next that wait, until the batch is full. */
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
      // Where nothing was taken, the write failed for all that wait.
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
