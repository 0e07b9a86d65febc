// Why this exists: where time is faked, signatures are still verified on other threads, which need real time.
import { vi } from 'vitest'

const wait = setTimeout

/** Advances faked time by milliseconds, and lets real work continue in between. */
export async function pass(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds)
  await new Promise((done) => wait(done, 2))
}
