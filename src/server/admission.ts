/**
 * Who is served when, and who is refused: what a request costs is charged to its caller before the work is done. A caller is
 * the body that signed, or the address of an open call; the log has a budget of its own, since other nodes must be able to follow.
 */

import { callerKey } from '../base/caller-key.js'
import { type CallName, ProblemError, problemStatus } from '../contract/index.js'
import { kidOf } from './check-request.js'
import { DEAREST_SIGNATURE, isReading, signatureUnits } from './cost.js'
import { createHeld, type Held } from './held.js'
import { createRateLimit, type RateLimit, type ServerLimits } from './limits.js'
import { createProven, type Proven } from './proven.js'
import type { ConnectionInfo } from './read-body.js'
import { createTurns, type Turns, type TurnsOptions, type Work } from './turns.js'

/** Calls of the operator's own instruments: they answer when everything else is refused. */
const UNLIMITED: ReadonlySet<CallName> = new Set(['health', 'readiness', 'metrics'])

type BudgetName = 'signed' | 'reading' | 'open' | 'log'

interface Budget {
  readonly turns: Turns
  readonly held: Held
}

/** What one request may use. */
export interface Account {
  /** Charges more than the one unit of every request: what was not known before the body was there. It may be owed. */
  charge(units: number): void
  /** Gives what is called once the octets are held no longer. @throws ProblemError `request.busy` */
  hold(octets: number): () => void
  /** @throws ProblemError `request.busy` */
  take<T>(units: number, work: Work<T>): Promise<T>
  /** Part of a request that was let in: it waits for its turn, however many do. */
  takePart<T>(units: number, work: () => Promise<T>): Promise<T>
}

export interface Admission {
  /**
   * Resolves when the request may be looked at: at once where its key was proven from this address, or the operator asks; all others
   * address by address, a few in each round of the event loop, since to look at a request costs as much as to refuse it.
   * @throws ProblemError `request.busy`
   */
  enter(name: CallName | 'unknown', authorization: string | null, edge: ConnectionInfo): Promise<void>
  /** One request of a signer. @throws ProblemError `request.rate` */
  passSigner(iss: string): void
  /** The account of a signed call, whose signer has passed. */
  ofSigner(iss: string, name: CallName): Account
  /** One request of an open call, and its account. @throws ProblemError `request.rate` */
  ofOpenCall(name: CallName | 'unknown', path: string, edge: ConnectionInfo): Account
  /**
   * Authenticates. What fails is charged to the address from which it came: anyone may send a token under a kid that is public.
   * @throws ProblemError `request.rate` where too much has failed from there
   */
  authenticate<T>(edge: ConnectionInfo, work: (check: CheckSignature) => Promise<T>): Promise<T>
}

/** Runs a check of a signature when it is its turn. */
export type CheckSignature = (statement: { readonly alg: string; readonly kid: string }, check: () => Promise<boolean>) => Promise<boolean>

/** Units of open calls in one round of the event loop, and beside signed calls: a submission waits for some ten rounds. */
const IN_A_ROUND = { atOnce: 4, atOnceBeside: 1, ofCaller: 4 }

/** Requests looked at in one round, in all and of one address, that are not known to be by a listed caller: each takes up to half a millisecond. */
const LOOKED_AT = { atOnce: 3, atOnceBeside: 1, ofCaller: 2 }

/** Units of a check of a key that was not proven from where it came: two at once, since they take the processor from the checks of others. */
const UNPROVEN = DEAREST_SIGNATURE / 2

/** Addresses from which a key was proven, remembered at once. */
const MOST_PROVEN = 10_000

/** Turns and octets of each kind of call, of checks of signatures, and of requests that are looked at. */
function createBudgets(limits: ServerLimits) {
  const held = (share: number): Held => {
    const octets = limits.heldOctets * share
    return createHeld({ octets, octetsOfCaller: octets / 4, count: limits.waiting, countOfCaller: limits.waiting / 4 })
  }
  const signed: Turns = createTurns({
    atOnce: 256,
    ofCaller: 64,
    waiting: 10 * limits.waiting,
    waitingOfCaller: 2 * limits.waiting,
    rests: 'caller',
  })
  const isOtherWork = (): boolean => signed.callers() > 0
  const beside = (turns: Pick<TurnsOptions, 'atOnce' | 'atOnceBeside' | 'ofCaller'>): Turns =>
    createTurns({ ...turns, waiting: limits.waiting, waitingOfCaller: limits.waiting / 4, rests: 'all', isOtherWork })
  // Two at once: what one reads may be judged for a second, in small steps, and a submission waits for a step of each.
  const reading = createTurns({
    atOnce: 16,
    ofCaller: 8,
    waiting: 2 * limits.waiting,
    waitingOfCaller: limits.waiting / 2,
    rests: 'caller',
    isOtherWork,
  })
  const heldSigned = held(0.5)
  const calls: Readonly<Record<BudgetName, Budget>> = {
    signed: { turns: signed, held: heldSigned },
    reading: { turns: reading, held: heldSigned },
    open: { turns: beside(IN_A_ROUND), held: held(0.25) },
    log: { turns: beside(IN_A_ROUND), held: held(0.25) },
  }
  const entering = createTurns({
    ...LOOKED_AT,
    waiting: 4 * limits.waiting,
    waitingOfCaller: limits.waiting,
    rests: 'all',
    isOtherWork,
  })
  return { calls, checks: beside({ atOnce: DEAREST_SIGNATURE, ofCaller: DEAREST_SIGNATURE }), entering }
}

export function createAdmission(limits: ServerLimits, now: () => number): Admission {
  const rate = createRateLimit(limits)
  const { calls, checks, entering } = createBudgets(limits)
  const proven = createProven(MOST_PROVEN)
  const accountOf = (budget: BudgetName, caller: string): Account => {
    const { turns, held } = calls[budget]
    return {
      charge: (units) => {
        if (caller !== '') rate.owe(`${budget === 'reading' ? 'signed' : budget} ${caller}`, now(), units)
      },
      hold: (octets) => held.take(caller, octets),
      take: (units, work) => turns.take(caller, units, work),
      takePart: (units, work) => turns.take(caller, units, work, true),
    }
  }
  const pass = (caller: string): void => mustWait(rate.take(caller, now()))
  return {
    async enter(name, authorization, { address }) {
      const caller = callerKey(address)
      const id = `${kidOf(authorization)} ${caller}`
      if ((name !== 'unknown' && UNLIMITED.has(name)) || proven.has(id)) return
      await proven.inTurn({ turns: entering, caller, units: 1, id }, { unproven: async () => undefined, proven: async () => undefined })
    },
    passSigner: (iss) => pass(`signed ${iss}`),
    ofSigner: (iss, name) => accountOf(isReading(name) ? 'reading' : 'signed', iss),
    ofOpenCall(name, path, edge) {
      if (name !== 'unknown' && UNLIMITED.has(name)) return FREE
      const budget = path.startsWith('/v1/log/') ? 'log' : 'open'
      const caller = callerKey(edge.address)
      if (caller !== '') pass(`${budget} ${caller}`)
      return accountOf(budget, caller)
    },
    authenticate: createAuthentication({ rate, checks, proven, now }),
  }
}

interface Authenticating {
  readonly rate: RateLimit
  readonly checks: Turns
  readonly proven: Proven
  readonly now: () => number
}

function createAuthentication({ rate, checks, proven, now }: Authenticating): Admission['authenticate'] {
  /** @throws ProblemError `request.rate` where too much has failed from there */
  function mayFail(caller: string): void {
    if (caller !== '') mustWait(rate.wait(failedOf(caller), now()))
  }

  /** A key that was proven from this address is checked at once: what others do there must not hold it up. */
  async function checkFor(caller: string, id: string, units: number, verify: () => Promise<boolean>): Promise<boolean> {
    const unproven = async (): Promise<boolean> => {
      mayFail(caller)
      return verify()
    }
    const turn = { turns: checks, caller, units: Math.max(UNPROVEN, units), id }
    const isValid = await (proven.has(id) ? verify() : proven.inTurn(turn, { unproven, proven: verify }))
    proven.checked(id, isValid)
    return isValid
  }

  return async ({ address }, work) => {
    const caller = callerKey(address)
    let units = 1
    const check: CheckSignature = ({ alg, kid }, verify) => {
      units = signatureUnits(alg)
      return checkFor(caller, `${kid} ${caller}`, units, verify)
    }
    try {
      return await work(check)
    } catch (error) {
      if (caller !== '' && error instanceof ProblemError && problemStatus(error.code) === 401) {
        mayFail(caller)
        rate.owe(failedOf(caller), now(), units)
      }
      throw error
    }
  }
}

/** @throws ProblemError `request.rate` */
function mustWait(seconds: number): void {
  if (seconds > 0) throw new ProblemError('request.rate', { seconds }, { retryAfter: seconds })
}

const failedOf = (caller: string): string => `failed ${caller}`

/** Calls that are never charged. */
const FREE: Account = {
  charge: () => undefined,
  hold: () => () => undefined,
  take: (_, work) => work(() => undefined),
  takePart: (_, work) => work(),
}
