/** Pipelined requests: those that arrive on a connection before the first is answered (RFC 9112 §9.3.2). */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => unknown

/** Maximum number of queued requests per connection. Today's clients send one at a time. */
const MAX_WAITING = 24
/**
 * Octets parsed at once. One read may contain a thousand requests; in pieces, at most this many octets are parsed after the queue is
 * full.
 */
const PIECE = 1024
/** Octets parsed at once within a body. */
const MAX_PIECE = 8192
/** Milliseconds between two reads of the input that is discarded on a connection that ends. */
const DISCARD_EACH = 50
/**
 * Milliseconds until such a connection is closed although the client still sends. Closed at once, a client that reads only after it
 * has sent everything would lose the answer (RFC 9112 §9.6).
 */
const LINGER = 5000

export interface OneByOne {
  readonly answer: Listener
  /** Parses the input of a new connection piece by piece, until the queue is full. */
  readonly parse: (socket: Socket) => void
}

interface Connection {
  readonly waiting: (readonly [IncomingMessage, ServerResponse])[]
  /**
   * True if no more requests are parsed: the queue was full, or a request was answered before the end of its body. The client
   * repeats the others on a new connection.
   */
  isOver: boolean
}

/**
 * Runs one task per round of the event loop, over all connections: requests that arrive on many at once must not occupy a whole
 * round.
 */
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
 * Answers the requests of one connection serially. The event loop runs between two, so that other connections are served: Node
 * emits all requests of one read, possibly thousands, synchronously.
 */
export function oneByOne(answer: Listener): OneByOne {
  const connections = new WeakMap<Socket, Connection>()
  /** Requests of all connections. */
  let begun = 0
  const inRound = oneEachRound()
  function start(socket: Socket, connection: Connection, incoming: IncomingMessage, outgoing: ServerResponse): void {
    outgoing.once('close', () => {
      // Rejected before its end: the rest is not parsed, and can be megabytes.
      if (incoming.complete === false && !socket.destroyed) {
        connection.isOver = true
        connection.waiting.length = 0
        endSlowly(socket)
        return
      }
      // A client that sends one request at a time never queues, and waits for no round.
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
      } else if (connection.waiting.length < MAX_WAITING && !connection.isOver) connection.waiting.push([incoming, outgoing])
      else {
        connection.isOver = true
        socket.pause()
      }
    },
    parse: (socket) =>
      parseInPieces(
        socket,
        () => connections.get(socket)?.isOver === true,
        () => begun,
      ),
  }
}

/**
 * Passes the input of a connection to Node's parser in pieces, which grow while no request begins.
 * @param isOver true if no more requests are parsed
 * @param begun number of requests that have begun so far
 */
function parseInPieces(socket: Socket, isOver: () => boolean, begun: () => number): void {
  // The parser of Node's server: with a listener of ours it no longer consumes the socket directly.
  const parsers = socket.listeners('data') as ((piece: Buffer) => void)[]
  for (const parser of parsers) socket.removeListener('data', parser)
  let length = PIECE
  socket.on('data', (read: Buffer) => {
    for (let from = 0; from < read.length && !socket.destroyed; ) {
      if (isOver() || socket.writableEnded) return
      const piece = read.subarray(from, from + length)
      from += piece.length
      const before = begun()
      for (const parser of parsers) parser(piece)
      length = begun() === before ? Math.min(MAX_PIECE, 2 * length) : PIECE
    }
  })
}

/** Ends the sending side, and discards further input, one read at a time, until the client has closed. */
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
