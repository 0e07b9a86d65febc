/**
 * The head of the log in a second place. After a loss of data a node whose witness is away would sign a second history and never
 * know; so the size and root of the log go by compare-and-swap into a place that is not lost with the database (a file on another
 * disk) before a receipt or a checkpoint is told to anyone: commit, then swap, then answer. A database behind that place halts,
 * one ahead of it, as after a crash between commit and swap, goes on. Without such a place, or where it was lost, a node may be
 * set to take nothing in until a witness has confirmed that its log continues what the witness saw.
 */
import { isTonghengError, TonghengError } from '../base/error.js'
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

export function createHeadKeeper({ store, origin, place, awaitsWitness }: HeadOptions): HeadKeeper {
  let isConfirmed = place === undefined && !awaitsWitness
  // What this process last knows the place to hold.
  let settled: string | undefined
  let fault: TonghengError | undefined

  /** What the place cannot do is lost, for whatever reason; what is behind it stays so until the process ends. */
  async function reach<T>(work: () => Promise<T>): Promise<T> {
    if (isTonghengError(fault, 'log.behind-head')) throw fault
    try {
      const done = await work()
      fault = undefined
      return done
    } catch (error) {
      const isOurs = isTonghengError(error, 'log.behind-head') || isTonghengError(error, 'log.head-lost')
      fault = isOurs ? error : new TonghengError('log.head-lost', { origin }, { cause: error })
      throw fault
    }
  }

  /** @throws `log.head-lost` where the place holds something else than a head of this log */
  function headIn(text: string): TreeHead {
    try {
      const head = readCheckpoint(text)
      if (head.origin === origin) return head
    } catch (error) {
      if (!isTonghengError(error)) throw error
    }
    throw new TonghengError('log.head-lost', { origin })
  }

  /** @throws `log.behind-head` where the log does not begin with what the place knows of */
  async function mustContinue(head: TreeHead): Promise<void> {
    const { size } = await store.readLog()
    if (head.size <= size && isSameHash(await rootFrom(tilesOfStore(store), head.size), head.root)) return
    throw new TonghengError('log.behind-head', { origin, size, seen: head.size } satisfies HeadLoss)
  }

  async function settle(checkpoint: string): Promise<void> {
    if (place === undefined || checkpoint === settled) return
    const own = readCheckpoint(checkpoint)
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const there = await place.read()
      // What was lost while the node ran is not written again unasked: a restart, and a witness, say whether the log is whole.
      if (there === undefined) throw new TonghengError('log.head-lost', { origin })
      const head = headIn(there)
      if (there !== settled) await mustContinue(head)
      settled = there
      if (head.size >= own.size || (await place.swap(there, checkpoint))) {
        if (head.size < own.size) settled = checkpoint
        return
      }
    }
    throw new TonghengError('log.head-lost', { origin })
  }

  const faultNow = (): TonghengError | undefined => fault ?? (isConfirmed ? undefined : new TonghengError('log.unconfirmed', { origin }))

  async function begin(checkpoint: string): Promise<void> {
    if (!isConfirmed && (await place?.read()) === undefined && (await place?.swap(undefined, checkpoint))) settled = checkpoint
    isConfirmed = true
    await settle(checkpoint)
  }

  return {
    async open() {
      if (place === undefined) return true
      try {
        await reach(async () => {
          const there = await place.read()
          if (there === undefined) return
          await mustContinue(headIn(there))
          settled = there
          isConfirmed = true
        })
        return true
      } catch (error) {
        if (error !== fault) throw error
        return false
      }
    },
    settle: async (checkpoint) => {
      if (place === undefined) return
      if (isTonghengError(fault, 'log.behind-head')) throw fault
      // An empty log has nothing that could have been lost: its first head is put there.
      if (isConfirmed || readCheckpoint(checkpoint).size === 0) await reach(() => begin(checkpoint))
    },
    async ready() {
      if (isConfirmed && isTonghengError(fault, 'log.head-lost')) {
        const { checkpoint } = await store.readLog()
        if (checkpoint !== undefined) await reach(() => settle(checkpoint))
      }
      const standing = faultNow()
      if (standing !== undefined) throw standing
    },
    async confirm() {
      const { checkpoint } = await store.readLog()
      if (isConfirmed || checkpoint === undefined) return
      if (place === undefined) isConfirmed = true
      else await reach(() => begin(checkpoint))
    },
    get isConfirmed() {
      return isConfirmed
    },
    isKept: place !== undefined,
    get fault() {
      return faultNow()
    },
  }
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
