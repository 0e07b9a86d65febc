/** Submissions over HTTP, each acknowledged after `fsync`. */
import type { Client } from 'tongheng/client'
import type { Serving } from './serving.js'

const CALLERS = 64
const MOST = 60_000

/** Callers that send one statement after the other. */
export async function oneByOne({ clients, statements }: Serving, seconds: number) {
  const supply = await statements(Math.min(MOST, Math.ceil(seconds * 4000)))
  const end = performance.now() + seconds * 1000
  let accepted = 0
  const started = performance.now()
  const caller = async (client: Client): Promise<void> => {
    while (performance.now() < end) {
      const statement = supply.pop()
      if (statement === undefined) return
      if ((await client.records.submit(statement)).claims.decision !== 'accepted') throw new Error('not accepted')
      accepted++
    }
  }
  await Promise.all(Array.from({ length: CALLERS }, (_, n) => caller(clients[n % clients.length] as Client)))
  return { name: 'submit one by one', callers: CALLERS, perSecond: Math.round((accepted * 1000) / (performance.now() - started)) }
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

/** So many a second, whatever the answers do: the wait counts from when a request was due. */
export async function steady({ clients, statements }: Serving, seconds: number, rate: number) {
  const supply = await statements(seconds * rate)
  const waits: number[] = []
  const started = performance.now()
  await Promise.all(
    supply.map(async (statement, n) => {
      const due = started + (n * 1000) / rate
      await new Promise((done) => setTimeout(done, due - performance.now()))
      await (clients[n % clients.length] as Client).records.submit(statement)
      waits.push(performance.now() - due)
    }),
  )
  waits.sort((a, b) => a - b)
  const at = (share: number): number =>
    Math.round((waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] as number) * 10) / 10
  return { name: `steady ${rate} a second`, p50Milliseconds: at(0.5), p99Milliseconds: at(0.99), mostMilliseconds: at(1) }
}
