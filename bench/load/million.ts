/** A very long bulk request: memory of the process while it runs. */
import { readFile } from 'node:fs/promises'
import type { Serving } from './serving.js'

const EVERY = 20_000

export async function million({ clients, pids, statements }: Serving, count: number) {
  const [client] = clients as [(typeof clients)[number]]
  const resident: number[] = []
  async function* all(): AsyncGenerator<string> {
    for (let made = 0; made < count; made += 1000) yield* await statements(Math.min(1000, count - made))
  }
  const started = performance.now()
  let done = 0
  for await (const { problem } of client.records.submitMany(all())) {
    if (problem !== undefined) throw new Error(problem.code)
    if (++done % EVERY === 0) resident.push(await residentOf(pids[0] as number))
  }
  return {
    name: `bulk of ${count.toLocaleString('en-US')}`,
    perSecond: Math.round((done * 1000) / (performance.now() - started)),
    nodeMegabytesFirst: resident[0],
    nodeMegabytesMost: Math.max(...resident),
    nodeMegabytesLast: resident.at(-1),
    ownMegabytes: Math.round(process.memoryUsage().rss / 1e6),
  }
}

/** Resident memory of a process, from /proc on Linux. */
async function residentOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1000)
}
