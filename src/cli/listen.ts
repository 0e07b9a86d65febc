/** HTTP on a socket, for a fetch handler: with TLS or without, and with an end to every patience. */

import { createServer as createPlain, type IncomingMessage } from 'node:http'
import { createServer as createSecure } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import type { TonghengError } from '../base/error.js'
import type { ConnectionInfo } from '../server/index.js'
import { callerAddress } from './caller-address.js'
import { trackConnections } from './connections.js'
import { fault } from './messages.js'
import { oneByOne } from './one-by-one.js'

export interface Listening {
  readonly port: number
  /** The handler may come after the port is known, since a node signs with its own address. */
  serve(handler: FetchHandler): void
  /** Takes no new connections, closes those on which nothing is asked, and waits for the answers under way. */
  close(): Promise<void>
}

export type FetchHandler = (request: Request, edge?: ConnectionInfo) => Promise<Response>

export interface ListenOptions {
  readonly tls?: { readonly cert: Uint8Array; readonly key: Uint8Array } | undefined
  /** Seconds within which a request must have come, body and all. @default 120 */
  readonly requestSeconds?: number | undefined
  /** Connections at once; more are closed unheard. Of one address, unless it is a trusted proxy's, a quarter. @default 10000 */
  readonly connections?: number | undefined
  /** Addresses and networks of proxies in front: what they write of where a request came from counts. @default none */
  readonly trustedProxies?: readonly string[] | undefined
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

/** @throws `cli.proxy` where a proxy has no address; `cli.listen` where the port is taken or not allowed, or the certificate is none */
export async function listen(host: string, port: number, options: ListenOptions = {}): Promise<Listening> {
  const { tls, requestSeconds = 120, connections = 10_000, trustedProxies = [] } = options
  const callers = callerAddress(trustedProxies)
  let handler: FetchHandler = async () => new Response(null, { status: 503, headers: { 'retry-after': '1' } })
  const notListening = (error: NodeJS.ErrnoException): TonghengError =>
    fault('cli.listen', { host, port, reason: error.code ?? error.message }, { cause: error })
  const serverOptions = {
    requestTimeout: requestSeconds * 1000,
    headersTimeout: Math.min(HEAD, requestSeconds * 1000),
    keepAliveTimeout: IDLE,
    connectionsCheckingInterval: LOOK,
    ...(tls && { cert: Buffer.from(tls.cert), key: Buffer.from(tls.key) }),
  }
  const { server, parse } = (() => {
    try {
      const edgeOf = (incoming: IncomingMessage): ConnectionInfo => ({
        address: callers.of(incoming.socket.remoteAddress, incoming.headers),
        boundsBodies: true,
        isTargetBroken: RAW.test(incoming.url ?? ''),
      })
      const answer = getRequestListener((request, env) => handler(request, edgeOf((env as HttpBindings).incoming)), {
        // HTTP/1.0 knows no Host; the address that callers sign is that of the configuration in any case.
        hostname: host,
        errorHandler: () => handler(new Request('http://target.invalid/'), { isTargetBroken: true }),
      })
      const inTurn = oneByOne(answer)
      const made = tls === undefined ? createPlain(serverOptions, inTurn.answer) : createSecure(serverOptions, inTurn.answer)
      return { server: made, parse: inTurn.parse }
    } catch (error) {
      throw notListening(error as NodeJS.ErrnoException)
    }
  })()
  server.maxConnections = connections
  // Under TLS the requests are on the secure socket, not on the one below it.
  const event = tls === undefined ? 'connection' : 'secureConnection'
  server.on(event, parse)
  const tracked = trackConnections(server, { event, callers, mostOfCaller: Math.max(1, Math.floor(connections / 4)) })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(notListening(error)))
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    serve(next) {
      handler = next
    },
    close: () =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(tracked.destroy, DRAIN)
        server.close((error) => {
          clearTimeout(timer)
          if (error === undefined) resolve()
          else reject(error)
        })
        // A connection without a request is not idle to Node until its headers time out.
        tracked.endIdle()
      }),
  }
}
