/** HTTP server for a fetch handler, with or without TLS, and with timeouts for everything. */

import { createServer as createPlain, type IncomingMessage } from 'node:http'
import { createServer as createSecure, Server as SecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import type { TonghengError } from '../base/error.js'
import type { Text } from '../base/message.js'
import type { ConnectionInfo } from '../server/index.js'
import { callerAddress } from './caller-address.js'
import { trackConnections } from './connections.js'
import { fault } from './messages.js'
import { oneByOne } from './one-by-one.js'

/** Messages for errors of the system. */
const REASONS: Readonly<Record<string, Text>> = {
  EADDRINUSE: { zh: '端口已被其他程序占用', en: 'another program has the port' },
  EADDRNOTAVAIL: { zh: '本机没有这个地址', en: 'this machine has no such address' },
  ENOTFOUND: { zh: '没有这个主机名', en: 'there is no host of that name' },
  EACCES: { zh: '没有权限使用该端口（1024 以下的须特权）', en: 'the port is not permitted (below 1024 it takes privileges)' },
}

function listenFault(host: string, port: number, error: NodeJS.ErrnoException): TonghengError {
  const code = error.code ?? error.message
  const why = REASONS[code]
  const reason = why === undefined ? code : { zh: `${why.zh}，${code}`, en: `${why.en}, ${code}` }
  return fault('cli.listen', { host, port, reason }, { cause: error })
}

export interface Listening {
  readonly port: number
  /** The handler can be set after the port is known, because a node signs its own URL. */
  serve(handler: FetchHandler): void
  /** Uses another certificate for new connections; without TLS it does nothing. @throws `cli.listen` if the certificate is invalid */
  renew(tls: NonNullable<ListenOptions['tls']>): void
  /** Stops accepting connections, closes idle ones, and waits for pending answers. */
  close(): Promise<void>
}

export type FetchHandler = (request: Request, edge?: ConnectionInfo) => Promise<Response>

export interface ListenOptions {
  readonly tls?: { readonly cert: Uint8Array; readonly key: Uint8Array } | undefined
  /** Seconds within which a request must be complete, including its body. @default 120 */
  readonly requestSeconds?: number | undefined
  /** Maximum number of connections; more are closed unread. A quarter per address, except for trusted proxies. @default 10000 */
  readonly connections?: number | undefined
  /** Addresses and networks of trusted proxies, whose forwarding headers are used. @default none */
  readonly trustedProxies?: readonly string[] | undefined
}

/** Maximum wait for pending answers at shutdown, in milliseconds: otherwise a stalled caller would block the exit. */
const DRAIN = 10_000
/** Milliseconds within which the head of a request must arrive, and after which an idle connection is closed. */
const HEAD = 10_000
const IDLE = 15_000
/** Interval of the timeout check, in milliseconds. */
const LOOK = 2000

/** Octets not allowed in a request target (RFC 9112 §3.2): decoded as Latin-1 they would name another resource. */
const RAW = /[^\x21-\x7e]/

/**
 * @throws `cli.proxy` if a proxy has no valid address; `cli.listen` if the port is in use or not permitted, or the certificate is
 * invalid
 */
export async function listen(host: string, port: number, options: ListenOptions = {}): Promise<Listening> {
  const { tls, requestSeconds = 120, connections = 10_000, trustedProxies = [] } = options
  const callers = callerAddress(trustedProxies)
  let handler: FetchHandler = async () => new Response(null, { status: 503, headers: { 'retry-after': '1' } })
  const notListening = (error: NodeJS.ErrnoException): TonghengError => listenFault(host, port, error)
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
        // HTTP/1.0 has no Host; callers sign the configured URL in any case.
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
  // With TLS, requests are on the secure socket, not on the one below it.
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
    renew: (next) => renewCertificate(server, next, notListening),
    close: () =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(tracked.destroy, DRAIN)
        server.close((error) => {
          clearTimeout(timer)
          if (error === undefined) resolve()
          else reject(error)
        })
        // Node does not treat a connection without a request as idle until its headers time out.
        tracked.endIdle()
      }),
  }
}

/** Renews the certificate for new connections; open connections continue with the old one. */
function renewCertificate(
  server: object,
  { cert, key }: NonNullable<ListenOptions['tls']>,
  faultFor: (error: NodeJS.ErrnoException) => TonghengError,
): void {
  if (!(server instanceof SecureServer)) return
  try {
    server.setSecureContext({ cert: Buffer.from(cert), key: Buffer.from(key) })
  } catch (error) {
    throw faultFor(error as NodeJS.ErrnoException)
  }
}
