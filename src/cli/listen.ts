/** HTTP on a socket, for a fetch handler: with TLS or without, and with an end to every patience. */
import { createServer as createPlain, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecure } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { TonghengError } from '../base/error.js'
import type { Edge } from '../exchange/server.js'
import { oneByOne } from './one-by-one.js'

export interface Listening {
  readonly port: number
  /** The handler may come after the port is known, since a node signs with its own address. */
  serve(handler: FetchHandler): void
  /** Takes no new connections, closes those on which nothing is asked, and waits for the answers under way. */
  close(): Promise<void>
}

export type FetchHandler = (request: Request, edge?: Edge) => Promise<Response>

export interface ListenOptions {
  readonly tls?: { readonly cert: Uint8Array; readonly key: Uint8Array } | undefined
  /** Seconds within which a request must have come, body and all. @default 120 */
  readonly requestSeconds?: number | undefined
  /** Connections at once; more are closed unheard. @default 10000 */
  readonly connections?: number | undefined
}

/** Longest wait for the answers under way, in milliseconds: a caller that stopped in the middle would hold the process. */
const DRAIN = 10_000
/** Milliseconds within which the head of a request must have come, and after which an idle connection is closed. */
const HEAD = 10_000
const IDLE = 15_000
/** How often connections are looked at for having waited too long, in milliseconds. */
const LOOK = 2000

/** Octets that no target may have (RFC 9112 §3.2): read as Latin-1 they would name something else than was meant. */
const RAW = /[^\x21-\x7e]/

const edgeOf = ({ incoming }: HttpBindings): Edge => ({ address: incoming.socket.remoteAddress, boundsBodies: true })

/** @throws `cli.listen` where the port is taken or not allowed, or the certificate is none */
export async function listen(host: string, port: number, options: ListenOptions = {}): Promise<Listening> {
  const { tls, requestSeconds = 120, connections = 10_000 } = options
  let handler: FetchHandler = async () => new Response(null, { status: 503, headers: { 'retry-after': '1' } })
  const fault = (error: NodeJS.ErrnoException): TonghengError =>
    new TonghengError('cli.listen', { host, port, reason: error.code ?? error.message }, { cause: error })
  const serverOptions = {
    requestTimeout: requestSeconds * 1000,
    headersTimeout: Math.min(HEAD, requestSeconds * 1000),
    keepAliveTimeout: IDLE,
    connectionsCheckingInterval: LOOK,
    ...(tls && { cert: Buffer.from(tls.cert), key: Buffer.from(tls.key) }),
  }
  const server = (() => {
    try {
      const answer = getRequestListener(
        (request, env) =>
          handler(request, { ...edgeOf(env as HttpBindings), isTargetBroken: RAW.test((env as HttpBindings).incoming.url ?? '') }),
        // HTTP/1.0 knows no Host; the address that callers sign is that of the configuration in any case.
        { hostname: host, errorHandler: () => handler(new Request('http://target.invalid/'), { isTargetBroken: true }) },
      )
      const answerInTurn = oneByOne(answer)
      return tls === undefined ? createPlain(serverOptions, answerInTurn) : createSecure(serverOptions, answerInTurn)
    } catch (error) {
      throw fault(error as NodeJS.ErrnoException)
    }
  })()
  server.maxConnections = connections
  const sockets = new Map<Socket, number>()
  let isClosing = false
  // Under TLS the requests are on the secure socket, not on the one below it.
  server.on(tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
    sockets.set(socket, 0)
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const count = (by: number): void => {
      const requests = (sockets.get(socket) ?? 0) + by
      if (sockets.has(socket)) sockets.set(socket, requests)
      // Kept alive, it would hold the process for five seconds after its answer.
      if (isClosing && requests === 0) socket.end()
    }
    count(1)
    response.once('close', () => count(-1))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(fault(error)))
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    serve(next) {
      handler = next
    },
    close: () =>
      new Promise((resolve, reject) => {
        const end = (): void => {
          for (const socket of sockets.keys()) socket.destroy()
        }
        isClosing = true
        const timer = setTimeout(end, DRAIN)
        server.close((error) => {
          clearTimeout(timer)
          if (error === undefined) resolve()
          else reject(error)
        })
        // A connection without a request is not idle to Node until its headers time out.
        for (const [socket, requests] of sockets) if (requests === 0) socket.destroy()
      }),
  }
}
