/**
 * The head of the log in a second place. After a loss of data a node whose witness is away would sign a second history and never
 * know; so the size and root of the log go by compare-and-swap into a place that is not lost with the database (a file on another
 * disk) before a receipt or a checkpoint is told to anyone: commit, then swap, then answer. A database behind that place halts,
 * one ahead of it, as after a crash between commit and swap, goes on. Without such a place, or where it was lost, a node may be
 * set to take nothing in until a witness has confirmed that its log continues what the witness saw.
 */

import { isTonghengError, type TonghengError } from '../base/error.js'
import { coded as contractCoded, fault as contractFault } from '../contract/messages.js'
import { isSameHash, readCheckpoint, rootFrom, type TreeHead } from '../log/index.js'
import { tilesOfStore } from './log-reader.js'
import type { Store } from './store.js'

/** A place that holds one text, of a file system or of etcd. What it gives is durable before `swap` resolves. */
export interface HeadPlace {
  /** Undefined where nothing was put there, or it was lost. */
  read(): Promise<string | undefined>
  /** Puts `next` where the place still holds `expected`; false where another process was quicker. */
  swap(expected: string | undefined, next: string): Promise<boolean>
}

export interface HeadLoss {
  readonly origin: string
  readonly size: number
  /** Entries that the second place knows of. */
  readonly seen: number
}

export interface HeadKeeper {
  /** Reads the place before anything is signed; gives whether the log may be signed. */
  open(): Promise<boolean>
  /** Resolves once the place holds this checkpoint or a later one of the same log. @throws `log.behind-head`, `log.head-lost` */
  settle(checkpoint: string): Promise<void>
  /** Asked before anything is taken in: a place that came back is used again. @throws `log.behind-head`, `log.head-lost`, `log.unconfirmed` */
  ready(): Promise<void>
  /** A witness has confirmed the log as it stands. */
  confirm(): Promise<void>
  /** False until the place or a witness has confirmed that the log is whole. */
  readonly isConfirmed: boolean
  readonly isKept: boolean
  /** Why nothing is taken in: the place is lost, knows more than the log has, or nobody has confirmed the log yet. */
  readonly fault: TonghengError | undefined
}

interface HeadOptions {
  readonly store: Store
  readonly origin: string
  readonly place: HeadPlace | undefined
  /** Without a place: whether a witness must confirm the log before anything is taken in. */
  readonly awaitsWitness: boolean
}

/** How often another process may be quicker before it is given up. */
const ATTEMPTS = 64

/** What is known of the place, and what is wrong with it. */
interface State {
  /** False until the place or a witness has confirmed that the log is whole. */
  isConfirmed: boolean
  /** What this process last knows the place to hold. */
  settled: string | undefined
  fault: TonghengError | undefined
}

type Log = Pick<HeadOptions, 'store' | 'origin'>

export function createHeadKeeper({ store, origin, place, awaitsWitness }: HeadOptions): HeadKeeper {
  const state: State = { isConfirmed: place === undefined && !awaitsWitness, settled: undefined, fault: undefined }
  const log: Log = { store, origin }
  const faultNow = (): TonghengError | undefined =>
    state.fault ?? (state.isConfirmed ? undefined : contractFault('log.unconfirmed', { origin }))
  const { reachAgain, ...kept } = place === undefined ? nowhere(log, state) : inPlace(log, place, state)
  return {
    ...kept,
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

interface Place extends Pick<HeadKeeper, 'open' | 'settle' | 'confirm'> {
  /** Settles the newest checkpoint in a place that was lost. */
  reachAgain(): Promise<void>
}

/** Without a second place: only a witness can say whether the log is whole. */
const nowhere = ({ store }: Log, state: State): Place => ({
  open: async () => true,
  settle: async () => undefined,
  reachAgain: async () => undefined,
  async confirm() {
    const { checkpoint } = await store.readLog()
    if (checkpoint !== undefined) state.isConfirmed = true
  },
})

function inPlace(log: Log, place: HeadPlace, state: State): Place {
  const { store } = log
  const settle = (checkpoint: string): Promise<void> => settleIn(place, checkpoint, log, state)
  const reach = <T>(work: () => Promise<T>): Promise<T> => reaching(work, log, state)
  /** The first head after a start: where the place holds none, it is put there. */
  const begin = (checkpoint: string) =>
    reach(async () => {
      const isFirst = !state.isConfirmed && (await place.read()) === undefined && (await place.swap(undefined, checkpoint))
      if (isFirst) state.settled = checkpoint
      state.isConfirmed = true
      await settle(checkpoint)
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
    async settle(checkpoint) {
      if (isTonghengError(state.fault, contractCoded('log.behind-head'))) throw state.fault
      // An empty log has nothing that could have been lost: its first head is put there.
      if (state.isConfirmed || readCheckpoint(checkpoint).size === 0) await begin(checkpoint)
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

/** What the place cannot do is lost, for whatever reason; a log behind it stays so until the process ends. */
async function reaching<T>(work: () => Promise<T>, { origin }: Log, state: State): Promise<T> {
  if (isTonghengError(state.fault, contractCoded('log.behind-head'))) throw state.fault
  try {
    const done = await work()
    state.fault = undefined
    return done
  } catch (error) {
    const isOurs = isTonghengError(error, 'log.behind-head') || isTonghengError(error, 'log.head-lost')
    state.fault = isOurs ? error : contractFault('log.head-lost', { origin }, { cause: error })
    throw state.fault
  }
}

/** @throws `log.head-lost` where the place holds something else than a head of this log */
function headIn(text: string, { origin }: Log): TreeHead {
  try {
    const head = readCheckpoint(text)
    if (head.origin === origin) return head
  } catch (error) {
    if (!isTonghengError(error)) throw error
  }
  throw contractFault('log.head-lost', { origin })
}

/** @throws `log.behind-head` where the log does not begin with what the place knows of */
async function mustContinue(head: TreeHead, { store, origin }: Log): Promise<void> {
  const { size } = await store.readLog()
  if (head.size <= size && isSameHash(await rootFrom(tilesOfStore(store), head.size), head.root)) return
  throw contractFault('log.behind-head', { origin, size, seen: head.size } satisfies HeadLoss)
}

/** Swaps a checkpoint into the place until the place holds it or a later one of the same log. */
async function settleIn(place: HeadPlace, checkpoint: string, log: Log, state: State): Promise<void> {
  if (checkpoint === state.settled) return
  const own = readCheckpoint(checkpoint)
  const { origin } = log
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const there = await place.read()
    // What was lost while the node ran is not written again unasked: a restart, and a witness, say whether the log is whole.
    if (there === undefined) throw contractFault('log.head-lost', { origin })
    const head = headIn(there, log)
    if (there !== state.settled) await mustContinue(head, log)
    state.settled = there
    if (head.size >= own.size) return
    if (await place.swap(there, checkpoint)) {
      state.settled = checkpoint
      return
    }
  }
  throw contractFault('log.head-lost', { origin })
}

/** The store as others may see it: no checkpoint leaves it before the second place holds it. */
export function tellingAfter(store: Store, keeper: HeadKeeper): Store {
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
          // Not published: a reader of it could hold this node to a history that may not be its own.
          if (isTonghengError(error, 'log.behind-head') || isTonghengError(error, 'log.head-lost')) return { ...log, checkpoint: undefined }
          throw error
        }
      },
    },
  }) as Store
}
