// Runs readers over damaged inputs. What a reader throws must be a coded error, what it accepts must hold by a second way.
import { isTonghengError } from '../../src/base/error.js'
import { type Form, mutate } from './mutate.js'
import { randomOf } from './random.js'

/** A function of ours that reads data of others. A further reader needs only a row of this table. */
export interface Reader {
  readonly name: string
  readonly form: Form
  /** Genuine inputs. */
  readonly seeds: readonly Uint8Array[]
  /** True where the input was accepted. Throws a coded error where it was refused, `Broken` where a promise is broken. */
  read(input: Uint8Array): boolean | Promise<boolean>
}

/** A promise that does not hold: something accepted that a second way refuses, an answer too large, a fault of ours. */
export class Broken extends Error {}

export function promise(holds: boolean, text: string): void {
  if (!holds) throw new Broken(text)
}

export interface Finding {
  readonly reader: string
  readonly number: number
  readonly input: Uint8Array
  readonly error: unknown
}

export interface Count {
  cases: number
  accepted: number
  /** Milliseconds of the slowest input, and its number. */
  slowest: number
  slowestNumber: number
  seconds: number
}

export interface FuzzOptions {
  readonly seed: number
  /** Whether one more round, of a batch for each reader, is begun after so many. */
  readonly goesOn: (round: number) => boolean
  readonly batch: number
  /** The round to begin with. @default 0 */
  readonly first?: number
  /** Called before each input is read, so that a watcher can name the one that did not end. */
  readonly before?: (reader: number, number: number) => void
}

/** The input of a case. */
export const inputOf = ({ name, form, seeds }: Reader, seed: number, number: number): Uint8Array =>
  mutate(form, seeds, randomOf(`${seed} ${name} ${number}`))

/** Maximum number of findings of a reader; the rest would be the same. */
const MAX_FINDINGS = 5

export async function fuzz(readers: readonly Reader[], { seed, goesOn, batch, first = 0, before }: FuzzOptions) {
  const counts = new Map<string, Count>()
  const findings: Finding[] = []
  for (let round = first; goesOn(round - first); round++) {
    for (const [index, reader] of readers.entries()) {
      const count = counts.get(reader.name) ?? { cases: 0, accepted: 0, slowest: 0, slowestNumber: 0, seconds: 0 }
      counts.set(reader.name, count)
      const started = performance.now()
      for (let number = round * batch; number < (round + 1) * batch; number++) {
        const input = inputOf(reader, seed, number)
        before?.(index, number)
        const begun = performance.now()
        try {
          if (await reader.read(input)) count.accepted++
        } catch (error) {
          const isBroken = error instanceof Broken || !isTonghengError(error)
          if (isBroken && findings.filter((one) => one.reader === reader.name).length < MAX_FINDINGS)
            findings.push({ reader: reader.name, number, input, error })
        }
        const took = performance.now() - begun
        count.cases++
        if (took > count.slowest) Object.assign(count, { slowest: took, slowestNumber: number })
      }
      count.seconds += (performance.now() - started) / 1000
    }
  }
  return { counts, findings }
}
