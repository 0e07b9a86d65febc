/** Submissions over HTTP, each acknowledged after `fsync`. */
import { endSending, type Prepared, prepare, submit } from './sender.js'
import { NODE, type Serving } from './serving.js'

const CALLERS = 64
const MOST = 60_000

/** Callers that send one statement after the other. */
export async function oneByOne(serving: Serving, seconds: number) {
  const supply = await prepared(serving, Math.min(MOST, Math.ceil(seconds * 4000)))
  const end = performance.now() + seconds * 1000
  let accepted = 0
  const started = performance.now()
  const caller = async (): Promise<void> => {
    while (performance.now() < end) {
      const next = supply.pop()
      if (next === undefined) return
      await submit(next)
      accepted++
    }
  }
  await Promise.all(Array.from({ length: CALLERS }, caller))
  endSending()
  return { name: 'submit one by one', callers: CALLERS, perSecond: Math.round((accepted * 1000) / (performance.now() - started)) }
}

async function prepared({ urls, statements, world }: Serving, count: number): Promise<Prepared[]> {
  const supply = await statements(count)
  return Promise.all(supply.map((statement, n) => prepare(urls[n % urls.length] as string, NODE, statement, world.signer('LZ'))))
}

/** Callers that send a thousand in a request. */
export async function bulk({ clients, statements }: Serving, seconds: number) {
  const supply = await statements(Math.min(MOST, Math.ceil(seconds * 6000)))
  const started = performance.now()
  let accepted = 0
  await Promise.all(
    clients.map(async (client, n) => {
      const own = supply.filter((_, at) => at % clients.length === n)
      for await (const { claims } of client.records.submitMany(own) as AsyncIterable<{ claims?: { decision: string } }>) {
        if (claims?.decision !== 'accepted') throw new Error('not accepted')
        accepted++
      }
    }),
  )
  return { name: 'submit in bulk', perSecond: Math.round((accepted * 1000) / (performance.now() - started)) }
}

/** Sends at a constant rate, independent of the answers; the wait counts from the time when a request was due. */
export async function steady(serving: Serving, seconds: number, rate: number) {
  const supply = await prepared(serving, seconds * rate)
  const waits: number[] = []
  const started = performance.now()
  await Promise.all(
    supply.map(async (next, n) => {
      const due = started + (n * 1000) / rate
      await new Promise((done) => setTimeout(done, due - performance.now()))
      await submit(next)
      waits.push(performance.now() - due)
    }),
  )
  endSending()
  waits.sort((a, b) => a - b)
  const at = (share: number): number =>
    Math.round((waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] as number) * 10) / 10
  return { name: `steady ${rate} a second`, p50Milliseconds: at(0.5), p99Milliseconds: at(0.99), mostMilliseconds: at(1) }
}
