/** Turns at work that costs the process time: bounded at once, fair between callers, with rest after what took long. */
import { inNextTurn } from '#native'
import { ProblemError } from '../contract/index.js'

export interface TurnsOptions {
  /** Units of work under way at once, in all and of one caller; one piece of work always may be. */
  readonly atOnce: number
  /** The same in all, while somebody else would be served. @default atOnce */
  readonly atOnceBeside?: number
  readonly ofCaller: number
  /** Pieces of work that wait, in all and of one caller. */
  readonly waiting: number
  readonly waitingOfCaller: number
  /** Who rests after work that took long: its caller, or all callers of these turns together. */
  readonly rests: 'caller' | 'all'
  /** Whether somebody else would be served meanwhile; where nobody is, nobody rests. */
  readonly isOtherWork?: () => boolean
}

/** `spend` tells of units beyond those that were known before the work: its rest is by all of them. */
export type Work<T> = (spend: (units: number) => void) => Promise<T>

export interface Turns {
  /**
   * Does the work when it is the caller's turn: callers take turns one by one, however many pieces of work one of them has.
   * @param units what the work costs; about a millisecond of the processor each. What is known only later is told by `spend`
   * @param isAdmitted part of a request that was let in before: it waits, however much waits
   * @throws ProblemError `request.busy` where too much waits
   */
  take<T>(caller: string, units: number, work: Work<T>, isAdmitted?: boolean): Promise<T>
  /** Callers with work under way or waiting. */
  callers(): number
}

interface Piece {
  readonly units: number
  spent: number
  start(): void
  refuse(error: ProblemError): void
}

interface Caller {
  readonly waiting: Piece[]
  units: number
  pieces: number
}

/** Units that hold nobody up. */
const SHORT = 8
const LONGEST_REST = 1000

/**
 * Milliseconds of rest: short work delays nobody, and what occupies the processor for fifty milliseconds must be rare among the
 * requests of others, or each of them would meet it.
 */
const restAfter = (units: number): number => (units <= SHORT ? 0 : Math.min(LONGEST_REST, (units * units) / 4))

/** The same where all callers rest together: beside other work they have at most about half of the processor, however short their work is. */
const sharedRestAfter = (units: number): number => Math.max(units, restAfter(units))

/** Work under way and waiting. */
interface State {
  readonly options: TurnsOptions
  /** In the order of their turns: who was served goes to the end. */
  readonly callers: Map<string, Caller>
  /** Callers that rest; the empty name where all do. */
  readonly resting: Set<string>
  units: number
  pieces: number
  waiting: number
}

export function createTurns(options: TurnsOptions): Turns {
  const state: State = { options, callers: new Map(), resting: new Set(), units: 0, pieces: 0, waiting: 0 }
  const { callers } = state
  return {
    callers: () => callers.size,
    take(name, cost, work, isAdmitted = false) {
      const caller = callers.get(name) ?? { waiting: [], units: 0, pieces: 0 }
      callers.set(name, caller)
      return new Promise((resolve, reject) => {
        const spend = (more: number): void => {
          piece.spent += more
        }
        const start = (): void =>
          void work(spend)
            .then(resolve, reject)
            // Not at once: work that never waits would else be done by the hundred in one round of the event loop.
            .finally(() => inNextTurn(() => end(state, name, caller, piece)))
        const piece: Piece = { units: cost, spent: cost, start, refuse: reject }
        caller.waiting.push(piece)
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

/** False where nothing may start now. */
function startOne(state: State): boolean {
  const { callers, options } = state
  for (const [name, caller] of callers) {
    if (!mayStart(state, name, caller)) continue
    const next = caller.waiting[0] as Piece
    if (state.pieces > 0 && state.units + next.units > mostAtOnce(options)) return false
    caller.waiting.shift()
    state.waiting--
    begin(state, name, caller, next)
    return true
  }
  return false
}

const isOtherWork = ({ isOtherWork: ask }: TurnsOptions): boolean => ask?.() ?? false
const mostAtOnce = (options: TurnsOptions): number =>
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

function begin(state: State, name: string, caller: Caller, piece: Piece): void {
  toEnd(state, name, caller)
  count(caller, piece.units, 1)
  count(state, piece.units, 1)
  piece.start()
}

function end(state: State, name: string, caller: Caller, piece: Piece): void {
  const { callers, options, resting } = state
  count(caller, piece.units, -1)
  count(state, piece.units, -1)
  // Who came meanwhile is before it.
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

/** Refuses what waits beyond the limits: the last of its caller, or, where all places are taken, of the caller that has most. */
function refuseBeyond(state: State, name: string, caller: Caller): void {
  const { options, callers } = state
  const isOwnOver = caller.waiting.length > options.waitingOfCaller
  if (!isOwnOver && state.waiting <= options.waiting) return
  const [most, of] = isOwnOver
    ? [name, caller]
    : ([...callers].reduce((a, b) => (b[1].waiting.length > a[1].waiting.length ? b : a)) as [string, Caller])
  of.waiting.pop()?.refuse(new ProblemError('request.busy', {}, { retryAfter: 1 }))
  state.waiting--
  forgetIdle(state, most, of)
}

function forgetIdle({ callers }: State, name: string, { pieces, waiting }: Caller): void {
  if (pieces === 0 && waiting.length === 0) callers.delete(name)
}
