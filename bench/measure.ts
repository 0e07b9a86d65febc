/** Measuring on a noisy machine: contenders take turns in short stretches, and a ratio is taken within each round. */

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
}

export interface Figure {
  readonly name: string
  readonly perSecond: number
  readonly ratio?: number
  readonly to?: string
}

const ROUNDS = 25
const STRETCH_MS = 60

/** Medians over the rounds: of the rate, and of the ratio within a round. */
export async function measure(contenders: readonly Contender[], rounds = ROUNDS): Promise<Figure[]> {
  const times = new Map<string, number>()
  for (const { name, run } of contenders) times.set(name, await calibrate(run))
  const rates = new Map<string, number[]>(contenders.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const { name, run } of contenders) {
      const n = times.get(name) as number
      const started = performance.now()
      await run(n)
      rates.get(name)?.push(n / ((performance.now() - started) / 1000))
    }
  }
  return contenders.map(({ name, to }) => {
    const own = rates.get(name) as number[]
    const perSecond = Math.round(median(own))
    const other = to === undefined ? undefined : rates.get(to)
    if (other === undefined || to === undefined) return { name, perSecond }
    return { name, perSecond, ratio: Number(median(own.map((rate, at) => rate / (other[at] as number))).toFixed(3)), to }
  })
}

/** Warms up, and finds how often the work fits into a stretch. */
async function calibrate(run: Contender['run']): Promise<number> {
  let n = 16
  for (;;) {
    const started = performance.now()
    await run(n)
    const took = performance.now() - started
    if (took >= STRETCH_MS) return Math.max(1, Math.round((n * STRETCH_MS) / took))
    n *= 2
  }
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] as number
