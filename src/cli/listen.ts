/** HTTP on a socket, for a fetch handler. */
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { TonghengError } from '../base/error.js'

export interface Listening {
  readonly port: number
  /** The handler may come after the port is known, since a node signs with its own address. */
  serve(handler: (request: Request) => Promise<Response>): void
  /** Takes no new connections and waits for the answers under way. */
  close(): Promise<void>
}

/** @throws `cli.listen` where the port is taken or not allowed */
export async function listen(host: string, port: number): Promise<Listening> {
  let handler: (request: Request) => Promise<Response> = async () => new Response(null, { status: 503, headers: { 'retry-after': '1' } })
  const server = createAdaptorServer({ fetch: (request) => handler(request) })
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
        server.close((error) => (error === undefined ? resolve() : reject(error)))
        if ('closeIdleConnections' in server) server.closeIdleConnections()
      }),
  }
}
