// Why this exists: where time is faked, signatures are still checked on other threads, which take their own.
import { vi } from 'vitest'

const wait = setTimeout

/** Lets faked time pass, in milliseconds, and real work go on meanwhile. */
export async function pass(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds)
  await new Promise((done) => wait(done, 2))
}
