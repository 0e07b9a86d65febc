/** How much of the input has been read, so that the time that remains can be told: nobody knows the number of statements before the end. */
import { stat } from 'node:fs/promises'

export interface Meter {
  /** The next file begins. */
  next(): void
  /** Octets of it that were read. */
  read(octets: number): void
  /** Share of the whole input, from 0 to 1; undefined where it has no known end. */
  share(): number | undefined
  /** True if threads that judge it are worth their start: some thousand statements, or too many files to measure. */
  readonly isLarge: boolean
  /** True if some of it is standard input, whose statements may arrive slowly. */
  readonly isStream: boolean
}

/** Beyond, files are counted and not measured: a folder of a million is not asked for every size first. */
const MAX_MEASURED = 10_000
/** From this number of octets on an input is large: about ten thousand statements. */
const LARGE = 16_777_216
const STDIN = '-'

export async function createMeter(files: readonly string[]): Promise<Meter> {
  const isMeasured = files.length <= MAX_MEASURED
  // A device or a file that is gone has no size; what is wrong with it is told when it is read.
  const sizes = isMeasured
    ? await Promise.all(
        files.map((file) =>
          stat(file).then(
            ({ size }) => size,
            () => 0,
          ),
        ),
      )
    : files.map(() => 1)
  const total = files.includes(STDIN) ? 0 : sizes.reduce((sum, size) => sum + size, 0)
  let [at, before, within] = [-1, 0, 0]
  return {
    isLarge: !isMeasured || total >= LARGE,
    isStream: files.includes(STDIN),
    next() {
      if (at >= 0) before += sizes[at] ?? 0
      at++
      within = 0
    },
    read(octets) {
      if (isMeasured) within += octets
    },
    share: () => (total === 0 ? undefined : Math.min(1, (before + Math.min(within, sizes[at] ?? 0)) / total)),
  }
}
