/** Measures how much of the input has been read, to estimate the remaining time: the number of statements is not known before the end. */
import { stat } from 'node:fs/promises'

export interface Meter {
  /** Call when the next file begins. */
  next(): void
  /** Call with the number of octets read from the current file. */
  read(octets: number): void
  /** Share of the input that was read, from 0 to 1; undefined if its size is unknown. */
  share(): number | undefined
  /** True if the input is large enough to start judging threads: some thousand statements, or too many files to measure. */
  readonly isLarge: boolean
  /** True if some of it is standard input, whose statements may arrive slowly. */
  readonly isStream: boolean
}

/** Maximum number of files whose size is read; with more, files are counted in place of octets. */
const MAX_MEASURED = 10_000
/** Size in octets from which an input is large: about ten thousand statements. */
const LARGE = 16_777_216
const STDIN = '-'

export async function createMeter(files: readonly string[]): Promise<Meter> {
  const isMeasured = files.length <= MAX_MEASURED
  // A device or a missing file has no size; an error is reported when it is read.
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
