/** Connections of a server: limits per address, pending requests, and a timeout for those that neither send nor read. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { callerKey } from '../base/caller-key.js'
import type { CallerAddress } from './caller-address.js'

/** Interval of the connection watch, in milliseconds. */
const LOOK = 2000
/** Number of intervals within which a connection must move `LEAST` octets: 20 s. */
const MAX_LOOKS = 10
/** As much as a line of 8 kbit/s transfers in 20 s. */
const LEAST = 20_480

export interface Tracked {
  /** Shutdown: closes idle connections at once, and the others when they become idle. */
  endIdle(): void
  destroy(): void
}

export interface TrackOptions {
  readonly event: 'connection' | 'secureConnection'
  readonly callers: CallerAddress
  /** Maximum number of connections per address, except for trusted proxies; more are closed unread. */
  readonly mostOfCaller: number
}

interface Connection {
  /** Not answered yet. */
  readonly requests: Set<IncomingMessage>
  /** Octets transferred when data first waited, and intervals since. */
  moved: number
  looks: number
}

export function trackConnections(server: Server, { event, callers, mostOfCaller }: TrackOptions): Tracked {
  const connections = new Map<Socket, Connection>()
  const counts = new Map<string, number>()
  let isClosing = false

  server.on(event, (socket: Socket) => {
    if (!callers.isProxy(socket.remoteAddress) && !enter(counts, callerKey(socket.remoteAddress), mostOfCaller, socket)) return
    connections.set(socket, { requests: new Set(), moved: 0, looks: 0 })
    socket.once('close', () => connections.delete(socket))
  })
  server.on('request', (incoming: IncomingMessage, response: ServerResponse) => {
    const { socket } = incoming
    const requests = connections.get(socket)?.requests
    requests?.add(incoming)
    response.once('close', () => {
      requests?.delete(incoming)
      // A kept-alive connection would hold the process for five seconds after its answer.
      if (isClosing && requests?.size === 0) socket.end()
    })
  })
  const timer = setInterval(() => {
    for (const [socket, connection] of connections) if (isStuck(socket, connection)) socket.destroy()
  }, LOOK)
  timer.unref()
  server.once('close', () => clearInterval(timer))

  return {
    endIdle() {
      isClosing = true
      for (const [socket, { requests }] of connections) if (requests.size === 0) socket.destroy()
    },
    destroy() {
      for (const socket of connections.keys()) socket.destroy()
    },
  }
}

/** False if the caller has reached its limit; the connection is then closed. */
function enter(counts: Map<string, number>, caller: string, most: number, socket: Socket): boolean {
  const count = counts.get(caller) ?? 0
  if (count >= most) {
    socket.destroy()
    return false
  }
  counts.set(caller, count + 1)
  socket.once('close', () => {
    const left = (counts.get(caller) ?? 1) - 1
    if (left === 0) counts.delete(caller)
    else counts.set(caller, left)
  })
  return true
}

/** True if an incomplete body, or an unread answer, has waited too long: both occupy memory. */
function isStuck(socket: Socket, connection: Connection): boolean {
  const moved = socket.bytesRead + socket.bytesWritten - socket.writableLength
  // While the node processes a request, no transfer is expected.
  const isWaiting = socket.writableLength > 0 || [...connection.requests].some(({ complete }) => !complete)
  if (!isWaiting || moved - connection.moved >= LEAST) {
    connection.moved = moved
    connection.looks = 0
    return false
  }
  connection.looks++
  return connection.looks >= MAX_LOOKS
}
