/** HTTP on a socket, for a fetch handler. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { TonghengError } from '../base/error.js'

export interface Listening {
  readonly port: number
  /** The handler may come after the port is known, since a node signs with its own address. */
  serve(handler: (request: Request) => Promise<Response>): void
  /** Takes no new connections, closes those on which nothing is asked, and waits for the answers under way. */
  close(): Promise<void>
}

/** Longest wait for the answers under way, in milliseconds: a caller that stopped in the middle would hold the process. */
const DRAIN = 10_000

/** @throws `cli.listen` where the port is taken or not allowed */
export async function listen(host: string, port: number): Promise<Listening> {
  let handler: (request: Request) => Promise<Response> = async () => new Response(null, { status: 503, headers: { 'retry-after': '1' } })
  const server = createAdaptorServer({ fetch: (request) => handler(request) })
  const sockets = new Map<Socket, number>()
  let isClosing = false
  server.on('connection', (socket: Socket) => {
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
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new TonghengError('cli.listen', { host, port, reason: error.code ?? error.message }, { cause: error })),
    )
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
        // A connection without a request is not idle to Node until its headers time out, a minute later.
        for (const [socket, requests] of sockets) if (requests === 0) socket.destroy()
      }),
  }
}
