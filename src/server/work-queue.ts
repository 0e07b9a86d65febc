/** Work queue for processor time: bounded concurrency, fair between callers, with pauses after long work. */
import { inNextTurn } from '#native'
import { ProblemError } from '../contract/index.js'

export interface WorkQueueOptions {
  /** Maximum units of concurrent work, in total and per caller; one piece of work can always run. */
  readonly atOnce: number
  /** The maximum in total while other queues have work. @default atOnce */
  readonly atOnceBeside?: number
  readonly ofCaller: number
  /** Maximum number of queued pieces of work, in total and per caller. */
  readonly waiting: number
  readonly waitingOfCaller: number
  /** Who pauses after long work: its caller, or all callers of this queue. */
  readonly rests: 'caller' | 'all'
  /** True if other queues have work; otherwise no pause is needed. */
  readonly isOtherWork?: () => boolean
}

/** `spend` charges units that were not known before the work; the pause depends on the total. */
export type Work<T> = (spend: (units: number) => void) => Promise<T>

export interface WorkQueue {
  /**
   * Queues work. Callers are served round-robin, however many pieces of work one of them has queued.
   * @param units cost of the work, about one millisecond of processor time each; further units are charged by `spend`
   * @param isAdmitted part of an admitted request: it is never rejected
   * @throws ProblemError `request.busy` if the queue is full
   */
  take<T>(caller: string, units: number, work: Work<T>, isAdmitted?: boolean): Promise<T>
  /** Number of callers with running or queued work. */
  callers(): number
}

interface QueuedWork {
  readonly units: number
  readonly isAdmitted: boolean
  spent: number
  start(): void
  refuse(error: ProblemError): void
}

interface Caller {
  readonly waiting: QueuedWork[]
  /** Number of queued pieces that may be rejected: those that are not admitted. */
  rejectable: number
  units: number
  pieces: number
}

/** Units after which no pause is needed. */
const SHORT = 8
const LONGEST_REST = 1000

/**
 * Pause in milliseconds. After short work there is none. Work that blocks the processor for fifty milliseconds must be rare, because it
 * delays every request of other callers.
 */
const restAfter = (units: number): number => (units <= SHORT ? 0 : Math.min(LONGEST_REST, (units * units) / 4))

/**
 * Pause of queues in which all callers pause together: while other queues have work, these use at most about half of the processor, however
 * short the pieces are.
 */
const sharedRestAfter = (units: number): number => Math.max(units, restAfter(units))

/** Running and queued work. */
interface State {
  readonly options: WorkQueueOptions
  /** In round-robin order: a served caller moves to the end. */
  readonly callers: Map<string, Caller>
  /** Callers that pause; the empty name represents all. */
  readonly resting: Set<string>
  units: number
  pieces: number
  waiting: number
}

export function createWorkQueue(options: WorkQueueOptions): WorkQueue {
  const state: State = { options, callers: new Map(), resting: new Set(), units: 0, pieces: 0, waiting: 0 }
  const { callers } = state
  return {
    callers: () => callers.size,
    take(name, cost, work, isAdmitted = false) {
      const caller = callers.get(name) ?? { waiting: [], rejectable: 0, units: 0, pieces: 0 }
      callers.set(name, caller)
      return new Promise((resolve, reject) => {
        const spend = (more: number): void => {
          piece.spent += more
        }
        const start = (): void =>
          void work(spend)
            .then(resolve, reject)
            // Not synchronously: otherwise hundreds of pieces that never await would run in one round of the event loop.
            .finally(() => inNextTurn(() => end(state, name, caller, piece)))
        const piece: QueuedWork = { units: cost, spent: cost, isAdmitted, start, refuse: reject }
        caller.waiting.push(piece)
        if (!isAdmitted) caller.rejectable++
        state.waiting++
        startNext(state)
        if (!isAdmitted) refuseBeyond(state, name, caller)
      })
    },
  }
}

function startNext(state: State): void {
  while (state.waiting > 0 && startOne(state));
}

/** Returns false if nothing can start now. */
function startOne(state: State): boolean {
  const { callers, options } = state
  for (const [name, caller] of callers) {
    if (!mayStart(state, name, caller)) continue
    const next = caller.waiting[0] as QueuedWork
    if (state.pieces > 0 && state.units + next.units > mostAtOnce(options)) return false
    caller.waiting.shift()
    if (!next.isAdmitted) caller.rejectable--
    state.waiting--
    begin(state, name, caller, next)
    return true
  }
  return false
}

const isOtherWork = ({ isOtherWork: ask }: WorkQueueOptions): boolean => ask?.() ?? false
const mostAtOnce = (options: WorkQueueOptions): number =>
  options.atOnceBeside !== undefined && isOtherWork(options) ? options.atOnceBeside : options.atOnce
const restOf = ({ options: { rests } }: State, name: string): string => (rests === 'all' ? '' : name)

function mayStart(state: State, name: string, { waiting: [next], units, pieces }: Caller): boolean {
  if (next === undefined || state.resting.has(restOf(state, name))) return false
  return pieces === 0 || units + next.units <= state.options.ofCaller
}

function toEnd({ callers }: State, name: string, caller: Caller): void {
  callers.delete(name)
  callers.set(name, caller)
}

function count(of: { units: number; pieces: number }, units: number, pieces: 1 | -1): void {
  of.units += units * pieces
  of.pieces += pieces
}

function begin(state: State, name: string, caller: Caller, piece: QueuedWork): void {
  toEnd(state, name, caller)
  count(caller, piece.units, 1)
  count(state, piece.units, 1)
  piece.start()
}

function end(state: State, name: string, caller: Caller, piece: QueuedWork): void {
  const { callers, options, resting } = state
  count(caller, piece.units, -1)
  count(state, piece.units, -1)
  // Callers that arrived during the work go first.
  toEnd(state, name, caller)
  forgetIdle(state, name, caller)
  const rest = (options.rests === 'all' ? sharedRestAfter : restAfter)(piece.spent)
  const isAnyoneElse = isOtherWork(options) || (options.rests === 'caller' && callers.size > (callers.has(name) ? 1 : 0))
  if (rest > 0 && isAnyoneElse) {
    resting.add(restOf(state, name))
    setTimeout(() => {
      resting.delete(restOf(state, name))
      startNext(state)
    }, rest)
  }
  startNext(state)
}

/**
 * Rejects one piece of work beyond the limits: the last of its caller or, if the whole queue is full, of the caller with the most queued
 * work. Parts of admitted requests are never rejected, so there may be none to reject.
 */
function refuseBeyond(state: State, name: string, caller: Caller): void {
  const { options, callers } = state
  const isOwnOver = caller.waiting.length > options.waitingOfCaller
  if (!isOwnOver && state.waiting <= options.waiting) return
  const [most, of] = isOwnOver
    ? [name, caller]
    : ([...callers].reduce((a, b) => (b[1].rejectable > a[1].rejectable ? b : a)) as [string, Caller])
  const at = of.waiting.findLastIndex(({ isAdmitted }) => !isAdmitted)
  if (at === -1) return
  const [rejected] = of.waiting.splice(at, 1) as [QueuedWork]
  of.rejectable--
  state.waiting--
  rejected.refuse(new ProblemError('request.busy', {}, { retryAfter: 1 }))
  forgetIdle(state, most, of)
}

function forgetIdle({ callers }: State, name: string, { pieces, waiting }: Caller): void {
  if (pieces === 0 && waiting.length === 0) callers.delete(name)
}
