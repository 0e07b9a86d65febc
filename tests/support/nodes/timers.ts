// Why this exists: where time is faked, signatures are still verified on other threads, which need real time: as much as the machine takes,
// not so many milliseconds. What ends a fake wait too early on a slow machine is a failure of the test, not of the node.
import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { vi } from 'vitest'

const onThreads = promisify(randomBytes)
const immediate = setImmediate
/** Number of jobs per round: more than the threads of the pool, so that a round waits for the work queued before it. */
const JOBS = 8
const ROUNDS = 12

/** Lets real work proceed: runs rounds through the thread pool and the event loop, which take longer if the work does. */
async function settle(): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    await Promise.all(Array.from({ length: JOBS }, () => onThreads(1)))
    await new Promise((done) => immediate(done))
  }
}

/** Advances faked time by milliseconds, and lets real work proceed in between. */
export async function pass(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds)
  await settle()
}

/** Advances faked time in steps until the work has ended; returns its outcome. */
export async function passUntil<T>(work: Promise<T>, step = 100): Promise<T> {
  let isOver = false
  const over = (): void => {
    isOver = true
  }
  work.then(over, over)
  while (!isOver) await pass(step)
  return work
}
