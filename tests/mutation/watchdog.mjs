// Why this exists: a mutant can make a loop that never returns to the event loop, as of settled promises. No timer runs then, so no time limit of
// a test ends it. This thread sees that the main thread no longer counts, and terminates what runs there; the test then ends by its time limit.
import { Session } from 'node:inspector/promises'
import { setTimeout } from 'node:timers/promises'
import { Worker, workerData } from 'node:worker_threads'

const SECONDS_WITHOUT_A_COUNT = 60

/** Counts once a second in the main thread, and starts the thread that looks at the count. */
export function startWatchdog() {
  const count = new Int32Array(new SharedArrayBuffer(4))
  setInterval(() => Atomics.add(count, 0, 1), 1000).unref()
  new Worker(new URL(import.meta.url), { workerData: { count } }).unref()
}

async function watch({ count }) {
  const session = new Session()
  session.connectToMainThread()
  for (;;) {
    const before = Atomics.load(count, 0)
    await setTimeout(SECONDS_WITHOUT_A_COUNT * 1000)
    if (Atomics.load(count, 0) === before) await session.post('Runtime.terminateExecution')
  }
}

if (workerData?.count !== undefined) await watch(workerData)
