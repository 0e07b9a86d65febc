/**
 * Measuring on a noisy machine: contenders alternate in short intervals, and a ratio is formed within each round. If other
 * processes share the processor, compare the processor time of this process (all threads), not the elapsed time.
 */

export interface Contender {
  readonly name: string
  /** Runs the work this many times. */
  readonly run: (times: number) => Promise<void> | void
  /** Name of the contender that the ratio is to. */
  readonly to?: string
}

/** Contenders of one run, and what they work on. */
export interface Group {
  readonly title: string
  readonly contenders: readonly Contender[]
  /** Rounds, where one takes long. */
  readonly rounds?: number
}

export interface Figure {
  readonly name: string
  readonly perSecond: number
  readonly ratio?: number
  /** The same by processor time, where it is available. */
  readonly perSecondOfProcessor?: number
  readonly ratioOfProcessor?: number
  readonly to?: string
}

/** Milliseconds from some moment on. */
type Clock = () => number

const ROUNDS = 25
const STRETCH_MS = 60
const WARM_MS = 1000

/** Medians over the rounds: of the rate, and of the ratio within a round. `processor` returns the processor time used so far. */
export async function measure(contenders: readonly Contender[], processor?: Clock, rounds = ROUNDS): Promise<Figure[]> {
  const times = new Map<string, number>()
  for (const { name, run } of contenders) times.set(name, await calibrate(run, processor ?? (() => performance.now())))
  const wall = new Map<string, number[]>(contenders.map(({ name }) => [name, []]))
  const used = new Map<string, number[]>(contenders.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const { name, run } of contenders) {
      const n = times.get(name) as number
      const [started, before] = [performance.now(), processor?.() ?? 0]
      await run(n)
      wall.get(name)?.push(n / ((performance.now() - started) / 1000))
      if (processor !== undefined) used.get(name)?.push(n / ((processor() - before) / 1000))
    }
  }
  return contenders.map(({ name, to }): Figure => {
    const rate = (rates: typeof wall): number => Math.round(median(rates.get(name) as number[]))
    const ratio = (rates: typeof wall): number => {
      const other = rates.get(to as string) as number[]
      return Number(median((rates.get(name) as number[]).map((own, at) => own / (other[at] as number))).toFixed(3))
    }
    return {
      name,
      perSecond: rate(wall),
      ...(processor && { perSecondOfProcessor: rate(used) }),
      ...(to !== undefined && { to, ratio: ratio(wall), ...(processor && { ratioOfProcessor: ratio(used) }) }),
    }
  })
}

/** Warms up until the engine has compiled the hot code, and finds how often the work fits into an interval. */
async function calibrate(run: Contender['run'], clock: Clock): Promise<number> {
  let n = 16
  let warm = 0
  for (;;) {
    const started = clock()
    await run(n)
    const took = clock() - started
    warm += took
    if (took >= STRETCH_MS && warm >= WARM_MS) return Math.max(1, Math.round((n * STRETCH_MS) / took))
    if (took < STRETCH_MS) n *= 2
  }
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] as number
