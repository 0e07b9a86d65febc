/** Connections of a server: how many an address has, what is asked on them, and an end to those that neither send nor read. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { callerKey } from '../base/caller-key.js'
import type { CallerAddress } from './caller-address.js'

/** How often connections are looked at, in milliseconds. */
const LOOK = 2000
/** Looks after which a connection ends that has not moved `LEAST` octets since the first of them: 20 s. */
const MOST_LOOKS = 10
/** As a line of 8 kbit/s does in 20 s. */
const LEAST = 20_480

export interface Tracked {
  /** From now on a connection ends when nothing is asked on it; those of which that is so end at once. */
  endIdle(): void
  destroy(): void
}

export interface TrackOptions {
  readonly event: 'connection' | 'secureConnection'
  readonly callers: CallerAddress
  /** Connections of one address, unless it is a trusted proxy's; more are closed unheard. */
  readonly mostOfCaller: number
}

interface Connection {
  /** Not answered yet. */
  readonly requests: Set<IncomingMessage>
  /** Octets that had moved at the first look at which something waited to move, and looks since. */
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
      // Kept alive, it would hold the process for five seconds after its answer.
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

/** False where the caller has as many connections as it may; this one is closed. */
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

/** Whether a body that is not complete, or an answer that is not read, has waited too long: both are in memory meanwhile. */
function isStuck(socket: Socket, connection: Connection): boolean {
  const moved = socket.bytesRead + socket.bytesWritten - socket.writableLength
  // While the node itself works on an answer, nothing need move.
  const isWaiting = socket.writableLength > 0 || [...connection.requests].some(({ complete }) => !complete)
  if (!isWaiting || moved - connection.moved >= LEAST) {
    connection.moved = moved
    connection.looks = 0
    return false
  }
  connection.looks++
  return connection.looks >= MOST_LOOKS
}
