/**
 * Rollback protection of the log: stores its head in a second place that is not lost with the database (a file on another disk).
 * Without it, a node that lost data while its witness is unreachable would sign a second history unnoticed. Size and root are
 * written by compare-and-swap before a receipt or checkpoint is published: commit, swap, answer. If the database is behind the second
 * place, the node halts; if it is ahead, as after a crash between commit and swap, the node continues. Without a second place, or if
 * it was lost, a node can be configured to reject submissions until a witness confirms that the log continues what the witness saw.
 */

import { isTonghengError, type TonghengError } from '../base/error.js'
import { coded as contractCoded, fault as contractFault } from '../contract/messages.js'
import { isSameHash, readCheckpoint, rootFrom, type TreeHead } from '../log/index.js'
import { tilesOfStore } from './log-reader.js'
import { isStoreFault, type Store } from './store.js'

/** Holds one text, for example in a file or in etcd. The new text must be durable before `swap` resolves. */
export interface HeadPlace {
  /** Undefined if nothing was written, or the text was lost. */
  read(): Promise<string | undefined>
  /** Compare-and-swap: writes `next` if the stored text is still `expected`; returns false if another process wrote first. */
  swap(expected: string | undefined, next: string): Promise<boolean>
}

export interface HeadLoss {
  readonly origin: string
  readonly size: number
  /** Size of the log according to the second place. */
  readonly seen: number
}

export interface HeadKeeper {
  /** Reads the second place at start; returns whether the node may sign the log. */
  open(): Promise<boolean>
  /**
   * Resolves once the second place holds this checkpoint or a later one of the same log.
   * @param before the tree that this process extended to the checkpoint. If the second place holds exactly it, no proof from the store
   * is needed.
   * @throws `log.behind-head`, `log.head-lost`, and faults of the store
   */
  settle(checkpoint: string, before?: Pick<TreeHead, 'size' | 'root'>): Promise<void>
  /**
   * Called before entries are stored; retries a second place that was unreachable.
   * @throws `log.behind-head`, `log.head-lost`, `log.unconfirmed`
   */
  ready(): Promise<void>
  /** Call when a witness has confirmed the current log. */
  confirm(): Promise<void>
  /** False until the second place or a witness has confirmed that no entry of the log is lost. */
  readonly isConfirmed: boolean
  readonly isKept: boolean
  /** Why submissions are rejected: the second place is lost or ahead of the log, or the log is not confirmed yet. */
  readonly fault: TonghengError | undefined
}

type Tree = Pick<TreeHead, 'size' | 'root'>

interface HeadOptions {
  readonly store: Store
  readonly origin: string
  readonly place: HeadPlace | undefined
  /** Without a second place: whether submissions are rejected until a witness confirms the log. */
  readonly awaitsWitness: boolean
}

/** Maximum number of swaps that may fail because another process wrote first. */
const ATTEMPTS = 64

/** State of the second place, as last read or written. */
interface State {
  /** False until the second place or a witness has confirmed that no entry of the log is lost. */
  isConfirmed: boolean
  /** The text that this process last read from or wrote to the second place. */
  settled: string | undefined
  fault: TonghengError | undefined
}

type Log = Pick<HeadOptions, 'store' | 'origin'>

export function createHeadKeeper({ store, origin, place, awaitsWitness }: HeadOptions): HeadKeeper {
  const state: State = { isConfirmed: place === undefined && !awaitsWitness, settled: undefined, fault: undefined }
  const log: Log = { store, origin }
  const faultNow = (): TonghengError | undefined =>
    state.fault ?? (state.isConfirmed ? undefined : contractFault('log.unconfirmed', { origin }))
  const { reachAgain, ...calls } = place === undefined ? nowhere(log, state) : inPlace(log, place, state)
  return {
    ...calls,
    async ready() {
      if (state.isConfirmed && isTonghengError(state.fault, contractCoded('log.head-lost'))) await reachAgain()
      const fault = faultNow()
      if (fault !== undefined) throw fault
    },
    get isConfirmed() {
      return state.isConfirmed
    },
    isKept: place !== undefined,
    get fault() {
      return faultNow()
    },
  }
}

interface HeadCalls extends Pick<HeadKeeper, 'open' | 'settle' | 'confirm'> {
  /** Retries the write of the newest checkpoint after a failure. */
  reachAgain(): Promise<void>
}

/** Without a second place only a witness can confirm that no entry of the log is lost. */
const nowhere = ({ store }: Log, state: State): HeadCalls => ({
  open: async () => true,
  settle: async () => undefined,
  reachAgain: async () => undefined,
  async confirm() {
    const { checkpoint } = await store.readLog()
    if (checkpoint !== undefined) state.isConfirmed = true
  },
})

function inPlace(log: Log, place: HeadPlace, state: State): HeadCalls {
  const { store } = log
  const settle = (checkpoint: string, before?: Tree): Promise<void> => settleIn(place, { checkpoint, before }, log, state)
  const reach = <T>(work: () => Promise<T>): Promise<T> => reaching(work, log, state)
  /** Writes the first head after a start; an empty second place is initialised with it. */
  const begin = (checkpoint: string, before?: Tree) =>
    reach(async () => {
      const isFirst = !state.isConfirmed && (await place.read()) === undefined && (await place.swap(undefined, checkpoint))
      if (isFirst) state.settled = checkpoint
      state.isConfirmed = true
      await settle(checkpoint, before)
    })
  return {
    async open() {
      try {
        await reach(async () => {
          const there = await place.read()
          if (there === undefined) return
          await mustContinue(headIn(there, log), log)
          state.settled = there
          state.isConfirmed = true
        })
        return true
      } catch (error) {
        if (error !== state.fault) throw error
        return false
      }
    },
    async settle(checkpoint, before) {
      if (isTonghengError(state.fault, contractCoded('log.behind-head'))) throw state.fault
      // An empty log cannot have lost entries, so its first head needs no confirmation.
      if (state.isConfirmed || readCheckpoint(checkpoint).size === 0) await begin(checkpoint, before)
    },
    async reachAgain() {
      const { checkpoint } = await store.readLog()
      if (checkpoint !== undefined) await reach(() => settle(checkpoint))
    },
    async confirm() {
      const { checkpoint } = await store.readLog()
      if (!state.isConfirmed && checkpoint !== undefined) await begin(checkpoint)
    },
  }
}

/**
 * Reports every failure of the second place as `log.head-lost`. `log.behind-head` is final until the process restarts. A fault of the
 * store says nothing about the second place and is thrown unchanged; the next call settles the head again.
 */
async function reaching<T>(work: () => Promise<T>, { origin }: Log, state: State): Promise<T> {
  if (isTonghengError(state.fault, contractCoded('log.behind-head'))) throw state.fault
  try {
    const done = await work()
    state.fault = undefined
    return done
  } catch (error) {
    if (isStoreFault(error)) throw error
    const isOurs = isTonghengError(error, 'log.behind-head') || isTonghengError(error, 'log.head-lost')
    state.fault = isOurs ? error : contractFault('log.head-lost', { origin }, { cause: error })
    throw state.fault
  }
}

/** @throws an error of ours if the text is not a head of this log; `reaching` reports each as `log.head-lost` */
function headIn(text: string, { origin }: Log): TreeHead {
  const head = readCheckpoint(text)
  if (head.origin !== origin) throw contractFault('log.head-lost', { origin })
  return head
}

/** Rollback check. @throws `log.behind-head` if the log is not a continuation of the given head */
async function mustContinue(head: TreeHead, { store, origin }: Log): Promise<void> {
  const { size } = await store.readLog()
  if (head.size <= size && isSameHash(await rootFrom(tilesOfStore(store), head.size), head.root)) return
  throw contractFault('log.behind-head', { origin, size, seen: head.size } satisfies HeadLoss)
}

interface Settling {
  readonly checkpoint: string
  readonly before: Tree | undefined
}

/**
 * Repeats compare-and-swap until the second place holds this checkpoint or a later one of the same log. That this process read or
 * wrote the stored head before proves nothing about the database: a standby with fewer entries may have been promoted since, while the
 * process was running.
 */
async function settleIn(place: HeadPlace, { checkpoint, before }: Settling, log: Log, state: State): Promise<void> {
  if (checkpoint === state.settled) return
  const own = readCheckpoint(checkpoint)
  const { origin } = log
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const there = await place.read()
    // Do not rewrite a head that was lost at run time: after a restart, a witness must confirm that no entry is lost.
    if (there === undefined) throw contractFault('log.head-lost', { origin })
    const head = headIn(there, log)
    if (!isSameTree(head, before)) await mustContinue(head, log)
    state.settled = there
    if (head.size >= own.size) return
    if (await place.swap(there, checkpoint)) {
      state.settled = checkpoint
      return
    }
  }
  throw contractFault('log.head-lost', { origin })
}

const isSameTree = (head: TreeHead, tree: Tree | undefined): boolean =>
  tree !== undefined && tree.size === head.size && isSameHash(tree.root, head.root)

/** Wraps the store so that `readLog` returns a checkpoint only after it is in the second place. */
export function withSettledCheckpoint(store: Store, keeper: HeadKeeper): Store {
  if (!keeper.isKept) return store
  return Object.create(store, {
    readLog: {
      async value() {
        const log = await store.readLog()
        if (log.checkpoint === undefined) return log
        try {
          await keeper.settle(log.checkpoint)
          return log
        } catch (error) {
          // Withhold the checkpoint: if the log was rolled back, publishing it would look like a rewritten history.
          if (isTonghengError(error, 'log.behind-head') || isTonghengError(error, 'log.head-lost')) return { ...log, checkpoint: undefined }
          throw error
        }
      },
    },
  }) as Store
}
