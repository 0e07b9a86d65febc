/** Simulated time and network: one clock, and lines between parties with latency, loss and partitions. All of it follows from the seed. */
import { randomOf } from '../../tests/fuzz/random.js'

/**
  * Events run one after another, each from its own start; an exchange advances the clock by its latencies. `ends` has the time until which a
  * party is busy: an exchange begins only when both of its parties are free, so the clock of a party never goes back.
 */
export interface World {
  readonly seed: string
  readonly time: { now: number }
  readonly partitions: readonly Partition[]
  /** Share of lost requests, and of lost answers. */
  readonly loss: number
  readonly traffic: { requests: number; lost: number; octets: number }
}

export interface Partition {
  readonly from: number
  readonly to: number
  /** Parties on one side; the others are on the other. */
  readonly side: ReadonlySet<string>
}

/** Timeout of an exchange in seconds. */
const TIMEOUT = 10

export interface Line {
  readonly from: string
  readonly to: string
  /** Whether both ends are up. */
  readonly isUp: () => boolean
  readonly serve: (request: Request) => Promise<Response>
}

/**
  * A `fetch` for one exchange. The fate of a request depends on the seed, the exchange and the request, not on the order of concurrent
  * requests.
 */
export function openLine(world: World, exchange: number, { from, to, isUp, serve }: Line) {
  const { seed, time, traffic, partitions, loss } = world
  const counts = new Map<string, number>()
  const under = new Set<Promise<unknown>>()
  const apart = (): boolean =>
    partitions.some(({ from: start, to: end, side }) => start <= time.now && time.now < end && side.has(from) !== side.has(to))
  /** Base latency in seconds, similar for each request between the same two parties: 8 to 40 ms, and a few more. */
  const base = 0.008 + randomOf(`${seed} ${[from, to].sort().join(' ')}`).below(33) / 1000
  const failed = (): never => {
    traffic.lost++
    time.now += TIMEOUT
    throw new TypeError('fetch failed')
  }

  async function attempt(request: Request): Promise<Response> {
    const name = `${request.method} ${new URL(request.url).pathname}`
    const nth = (counts.get(name) ?? 0) + 1
    counts.set(name, nth)
    const random = randomOf(`${seed} ${exchange} ${name} ${nth}`)
    const sent = await request.clone().arrayBuffer()
    traffic.requests++
    traffic.octets += sent.byteLength + headOf(request.headers) + request.url.length
    if (!isUp() || apart() || random.below(1_000_000) < loss * 1_000_000) return failed()
    time.now += base + random.below(5) / 1000
    const response = await serve(request)
    const body = await response.arrayBuffer()
    traffic.octets += body.byteLength + headOf(response.headers)
    if (random.below(1_000_000) < loss * 1_000_000) return failed()
    time.now += base + random.below(5) / 1000
    return new Response([204, 304].includes(response.status) ? null : body, { status: response.status, headers: response.headers })
  }
  return {
    fetch: (request: Request): Promise<Response> => {
      const answer = attempt(request)
      const end = (): void => void under.delete(ended)
      const ended: Promise<void> = answer.then(end, end)
      under.add(ended)
      return answer
    },
    /** Resolves once no request is pending: a failed exchange may have requests that it no longer awaits. */
    async end(): Promise<void> {
      while (under.size > 0) await Promise.all(under)
    },
  }
}

const headOf = (headers: Headers): number => [...headers].reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0)
