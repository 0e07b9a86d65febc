/** Requests that come on one connection before the first is answered (pipelining, RFC 9112 §9.3.2). */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => unknown

/** Requests of one connection that wait for those before them. Clients of today send one at a time. */
const MOST_WAITING = 24
/** Octets that are parsed at once: of one read, which may hold a thousand requests, no more are parsed than may wait, and these. */
const PIECE = 1024
/** The same, of a body. */
const MOST_PIECE = 8192
/**
 * Milliseconds between two reads of what still arrives on a connection that ends, and until it is closed all the same. A client
 * that only reads after it has sent everything would lose the answer if its octets were refused at once (RFC 9112 §9.6).
 */
const DISCARD_EACH = 50
const LINGER = 5000

export interface OneByOne {
  readonly answer: Listener
  /** Has what comes on a new connection parsed piece by piece, until more has come than may wait. */
  readonly parse: (socket: Socket) => void
}

interface Connection {
  readonly waiting: (readonly [IncomingMessage, ServerResponse])[]
  /** No more requests of it are parsed: more came than may wait, or the body of one was answered before its end. Its client repeats the rest on another. */
  isOver: boolean
}

/** Runs one task a round of the event loop, of all connections: what many of them bring at once must not make up a round of its own. */
function oneEachRound(): (task: () => void) => void {
  const ready: (() => void)[] = []
  function runFirst(): void {
    const first = ready.shift()
    if (ready.length > 0) setImmediate(runFirst)
    first?.()
  }
  return (task) => {
    if (ready.push(task) === 1) setImmediate(runFirst)
  }
}

/**
 * Answers the requests of one connection one after the other. Between two the event loop runs, so that requests on other
 * connections are served meanwhile: Node emits all that one read brought, which may be thousands, in one go.
 */
export function oneByOne(answer: Listener): OneByOne {
  const connections = new WeakMap<Socket, Connection>()
  /** Requests, of all connections. */
  let begun = 0
  const inRound = oneEachRound()
  function start(socket: Socket, connection: Connection, incoming: IncomingMessage, outgoing: ServerResponse): void {
    outgoing.once('close', () => {
      // Refused before its end: the rest is not worth parsing, and it can be megabytes.
      if (incoming.complete === false && !socket.destroyed) {
        connection.isOver = true
        connection.waiting.length = 0
        endSlowly(socket)
        return
      }
      // A client that sends one request at a time has none that waits, and waits for no round.
      if (connection.waiting.length === 0) next(socket, connection)
      else inRound(() => next(socket, connection))
    })
    answer(incoming, outgoing)
  }
  function next(socket: Socket, connection: Connection): void {
    const request = connection.waiting.shift()
    if (request !== undefined && !socket.destroyed) start(socket, connection, ...request)
    else {
      connections.delete(socket)
      if (connection.isOver) socket.destroySoon()
    }
  }
  return {
    answer(incoming, outgoing) {
      begun++
      const { socket } = incoming
      const connection = connections.get(socket)
      if (connection === undefined) {
        const opened: Connection = { waiting: [], isOver: false }
        connections.set(socket, opened)
        start(socket, opened, incoming, outgoing)
      } else if (connection.waiting.length < MOST_WAITING && !connection.isOver) connection.waiting.push([incoming, outgoing])
      else {
        connection.isOver = true
        socket.pause()
      }
    },
    parse(socket) {
      // The parser of Node's server: with a listener of ours it no longer takes what is read past JavaScript.
      const parsers = socket.listeners('data') as ((piece: Buffer) => void)[]
      for (const parser of parsers) socket.removeListener('data', parser)
      let length = PIECE
      socket.on('data', (read: Buffer) => {
        for (let from = 0; from < read.length && !socket.destroyed; ) {
          if (connections.get(socket)?.isOver || socket.writableEnded) return
          const piece = read.subarray(from, from + length)
          from += piece.length
          const before = begun
          for (const parser of parsers) parser(piece)
          length = begun === before ? Math.min(MOST_PIECE, 2 * length) : PIECE
        }
      })
    },
  }
}

/** Ends the side of the answer, and discards what still arrives, one read at a time, until the client has closed its side. */
function endSlowly(socket: Socket): void {
  socket.removeAllListeners('data')
  const timer = setTimeout(() => socket.destroy(), LINGER)
  socket.once('close', () => clearTimeout(timer))
  socket.on('data', () => {
    socket.pause()
    setTimeout(() => socket.resume(), DISCARD_EACH)
  })
  socket.end()
  socket.resume()
}
