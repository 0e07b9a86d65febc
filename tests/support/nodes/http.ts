// Why this exists: what happens between two machines happens on sockets; this serves a handler on the loopback and speaks bytes to it.
import { once } from 'node:events'
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { ConnectionInfo } from 'tongheng/server'

export interface Served {
  readonly port: number
  readonly url: string
  close(): Promise<void>
}

type Handler = (request: Request, edge?: ConnectionInfo) => Promise<Response>

/** Serves a fetch handler on a free port; `makeHandler` is called when the URL is known. */
export async function serve(makeHandler: (url: string) => Promise<Handler>): Promise<Served> {
  let handler: Handler | undefined
  const server = createAdaptorServer({ fetch: (request) => (handler as Handler)(request, { boundsBodies: true }) })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  handler = await makeHandler(url)
  return {
    port,
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}

/** A peer that sends any answer to any caller. */
export async function serveBytes(onConnection: (socket: Socket) => void): Promise<Served> {
  const sockets = new Set<Socket>()
  const server = createTcpServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    onConnection(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** Resolves when a socket is closed for any reason. */
export const closing = (socket: Socket): Promise<void> => new Promise((resolve) => socket.once('close', () => resolve()))

/** Sends bytes and returns everything received until the other side closes. */
export async function speak(port: number, text: string | Uint8Array): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.setEncoding('utf8')
  socket.on('data', (part: string) => {
    answer += part
  })
  socket.on('error', () => undefined)
  socket.write(text)
  await closing(socket)
  return answer
}
