/**
 * Admission control: the cost of a request is charged to its caller before the work is done. The caller is the body that signed, or
 * the client address of an open call. The log has a separate budget, so that other nodes can always follow it.
 */

import { callerKey } from '../base/caller-key.js'
import { type CallName, ProblemError, problemStatus } from '../contract/index.js'
import { kidOf } from './check-request.js'
import { DEAREST_SIGNATURE, isReading, signatureUnits } from './cost.js'
import { createHeld, type Held } from './held.js'
import { createRateLimit, type RateLimit, type ServerLimits } from './limits.js'
import { createProven, type Proven } from './proven.js'
import type { ConnectionInfo } from './read-body.js'
import { createWorkQueue, type Work, type WorkQueue, type WorkQueueOptions } from './work-queue.js'

/** Monitoring calls of the operator, which are answered even when all others are rejected. */
const UNLIMITED: ReadonlySet<CallName> = new Set(['health', 'readiness', 'metrics'])

type BudgetName = 'signed' | 'reading' | 'open' | 'log'

interface Budget {
  readonly queue: WorkQueue
  readonly held: Held
}

/** Resources that one request can use. */
export interface Account {
  /** Charges units beyond the first one of every request, once the body is known. The balance can become negative. */
  charge(units: number): void
  /** Reserves memory and returns the function that releases it. @throws ProblemError `request.busy` */
  hold(octets: number): () => void
  /** Queues work. @throws ProblemError `request.busy` */
  take<T>(units: number, work: Work<T>): Promise<T>
  /** Queues a part of an admitted request; it is never rejected. */
  takePart<T>(units: number, work: () => Promise<T>): Promise<T>
}

export interface Admission {
  /**
   * Resolves when the request may be parsed: at once if its key was proven from this address, or for monitoring calls. All others
   * are queued by address, a few per round of the event loop, because parsing a request costs as much as rejecting it.
   * @throws ProblemError `request.busy`
   */
  enter(name: CallName | 'unknown', authorization: string | null, connection: ConnectionInfo): Promise<void>
  /** Charges one request to a signer. @throws ProblemError `request.rate` */
  throttleSigner(iss: string): void
  /** The account of a signed call, after `throttleSigner`. */
  ofSigner(iss: string, name: CallName): Account
  /** Charges one request of an open call, and returns its account. @throws ProblemError `request.rate` */
  ofOpenCall(name: CallName | 'unknown', path: string, connection: ConnectionInfo): Account
  /**
   * Runs authentication. A failure is charged to the client address, because anyone can send a token with a public kid.
   * @throws ProblemError `request.rate` after too many failures from that address
   */
  authenticate<T>(connection: ConnectionInfo, work: (check: CheckSignature) => Promise<T>): Promise<T>
}

/** Queues the verification of a signature. */
export type CheckSignature = (statement: { readonly alg: string; readonly kid: string }, check: () => Promise<boolean>) => Promise<boolean>

/** Units of open calls per round of the event loop, beside signed calls: a submission needs about ten rounds. */
const OPEN_IN_A_ROUND = { atOnce: 4, atOnceBeside: 1, ofCaller: 4 }

/** Requests of unproven keys parsed per round, in total and per address: each needs up to half a millisecond. */
const PARSED_IN_A_ROUND = { atOnce: 3, atOnceBeside: 1, ofCaller: 2 }

/** Units of verifying an unproven key: two at once, because they compete with other verifications for the processor. */
const UNPROVEN = DEAREST_SIGNATURE / 2

/** Maximum number of (key, address) pairs remembered as proven. */
const MAX_PROVEN = 10_000

/** Work queues and memory budgets per kind of call, for signature verification, and for parsing requests. */
function createBudgets(limits: ServerLimits) {
  const held = (share: number): Held => {
    const octets = limits.heldOctets * share
    return createHeld({ octets, octetsOfCaller: octets / 4, count: limits.waiting, countOfCaller: limits.waiting / 4 })
  }
  const signed: WorkQueue = createWorkQueue({
    atOnce: 256,
    ofCaller: 64,
    waiting: 10 * limits.waiting,
    waitingOfCaller: 2 * limits.waiting,
    rests: 'caller',
  })
  const isOtherWork = (): boolean => signed.callers() > 0
  const beside = (queue: Pick<WorkQueueOptions, 'atOnce' | 'atOnceBeside' | 'ofCaller'>): WorkQueue =>
    createWorkQueue({ ...queue, waiting: limits.waiting, waitingOfCaller: limits.waiting / 4, rests: 'all', isOtherWork })
  // Two calls at once: verifying the entries that one call reads can take a second, in small steps, and a submission waits for one step of
  // each call.
  const reading = createWorkQueue({
    atOnce: 16,
    ofCaller: 8,
    waiting: 2 * limits.waiting,
    waitingOfCaller: limits.waiting / 2,
    rests: 'caller',
    isOtherWork,
  })
  const heldSigned = held(0.5)
  const calls: Readonly<Record<BudgetName, Budget>> = {
    signed: { queue: signed, held: heldSigned },
    reading: { queue: reading, held: heldSigned },
    open: { queue: beside(OPEN_IN_A_ROUND), held: held(0.25) },
    log: { queue: beside(OPEN_IN_A_ROUND), held: held(0.25) },
  }
  const entering = createWorkQueue({
    ...PARSED_IN_A_ROUND,
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
  const proven = createProven(MAX_PROVEN)
  const accountOf = (budget: BudgetName, caller: string): Account => {
    const { queue, held } = calls[budget]
    return {
      charge: (units) => {
        if (caller !== '') rate.owe(`${budget === 'reading' ? 'signed' : budget} ${caller}`, now(), units)
      },
      hold: (octets) => held.take(caller, octets),
      take: (units, work) => queue.take(caller, units, work),
      takePart: (units, work) => queue.take(caller, units, work, true),
    }
  }
  const throttle = (caller: string): void => mustWait(rate.take(caller, now()))
  return {
    async enter(name, authorization, { address }) {
      const caller = callerKey(address)
      const id = `${kidOf(authorization)} ${caller}`
      if ((name !== 'unknown' && UNLIMITED.has(name)) || proven.has(id)) return
      await proven.inTurn({ queue: entering, caller, units: 1, id }, { unproven: async () => undefined, proven: async () => undefined })
    },
    throttleSigner: (iss) => throttle(`signed ${iss}`),
    ofSigner: (iss, name) => accountOf(isReading(name) ? 'reading' : 'signed', iss),
    ofOpenCall(name, path, connection) {
      if (name !== 'unknown' && UNLIMITED.has(name)) return FREE
      const budget = path.startsWith('/v1/log/') ? 'log' : 'open'
      const caller = callerKey(connection.address)
      if (caller !== '') throttle(`${budget} ${caller}`)
      return accountOf(budget, caller)
    },
    authenticate: createAuthentication({ rate, checks, proven, now }),
  }
}

interface Authenticating {
  readonly rate: RateLimit
  readonly checks: WorkQueue
  readonly proven: Proven
  readonly now: () => number
}

function createAuthentication({ rate, checks, proven, now }: Authenticating): Admission['authenticate'] {
  /** @throws ProblemError `request.rate` after too many failures from that address */
  function mayFail(caller: string): void {
    if (caller !== '') mustWait(rate.wait(failedOf(caller), now()))
  }

  /** A key proven from this address is verified at once, so that other requests from there cannot delay it. */
  async function checkFor(caller: string, id: string, units: number, verify: () => Promise<boolean>): Promise<boolean> {
    const unproven = async (): Promise<boolean> => {
      mayFail(caller)
      return verify()
    }
    const turn = { queue: checks, caller, units: Math.max(UNPROVEN, units), id }
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

/** Account of calls that are never charged. */
const FREE: Account = {
  charge: () => undefined,
  hold: () => () => undefined,
  take: (_, work) => work(() => undefined),
  takePart: (_, work) => work(),
}
