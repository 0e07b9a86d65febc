/**
  * A separate process that sends requests on many connections, regardless of the answers, and counts these by status. It has the lowest
  * priority, because a real attacker does not share a processor with the node and the honest caller.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { constants, setPriority } from 'node:os'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

export interface Requests {
  /** Texts up to the end of their headers. Each connection sends one after the other, from the beginning again after the last. */
  readonly heads: readonly string[]
  /** The body of each. */
  readonly body?: string
  /** Requests in each text. @default 1 */
  readonly inText?: number
  /** True for single-use tokens: each text is sent once, on the next free connection. */
  readonly isOnce?: boolean
  /** True to leave answers unread and connections open. */
  readonly isUnread?: boolean
}

interface Work extends Requests {
  readonly port: number
  readonly connections: number
}

/** Answers by status; `closed`: connections that the node ended. */
export type Answers = Readonly<Record<string, number>>

/** Sends until `end` is called. */
export async function flood(requests: Requests, port: number, connections: number): Promise<{ end(): Promise<Answers> }> {
  const work: Work = { ...requests, port, connections }
  // Use a single-threaded collector: a priority belongs to a thread, and threads of the collector would have the normal one.
  const execArgv = [...process.execArgv, '--single-threaded-gc']
  const child = fork(fileURLToPath(new URL('./load/flood.js', import.meta.url)), { serialization: 'advanced', execArgv })
  child.send(work)
  await once(child, 'message')
  return {
    async end() {
      child.send('end')
      const [answers] = (await once(child, 'message')) as [Answers]
      child.disconnect()
      await once(child, 'exit')
      return answers
    },
  }
}

/** Milliseconds until a connection that was ended is opened again. */
const AGAIN = 5

function send({ heads, body = '', inText = 1, isOnce = false, isUnread = false, port, connections }: Work) {
  const answers: Record<string, number> = {}
  const open = new Set<Socket>()
  let [sent, isEnded] = [0, false]
  const count = (what: string): void => {
    answers[what] = (answers[what] ?? 0) + 1
  }
  const textOf = (connection: number): string | undefined => {
    const at = isOnce ? sent : connection % heads.length
    sent++
    return isOnce && at >= heads.length ? undefined : `${heads[at]}${body}`
  }
  function begin(connection: number): void {
    if (isEnded) return
    const socket = connect(port, '127.0.0.1').setNoDelay()
    open.add(socket)
    let [awaited, rest] = [0, '']
    const next = (): void => {
      const text = textOf(connection)
      if (text === undefined) return
      awaited += inText
      socket.write(text)
    }
    socket.on('error', () => undefined)
    socket.on('close', () => {
      open.delete(socket)
      count('closed')
      if (!isOnce || sent < heads.length) setTimeout(begin, AGAIN, connection)
    })
    socket.on('connect', next)
    if (isUnread) return
    socket.on('data', (part: Buffer) => {
      const text = rest + part.toString('latin1')
      const found = [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)]
      for (const [, status] of found) count(status as string)
      // A status line may be split over two parts, and is counted once.
      rest = text.slice(Math.max((found.at(-1)?.index ?? -12) + 12, text.length - 11))
      awaited -= found.length
      if (awaited <= 0) next()
    })
  }
  for (let n = 0; n < connections; n++) begin(n)
  return (): Answers => {
    isEnded = true
    const found = { ...answers }
    for (const socket of open) socket.destroy()
    return found
  }
}

if (process.send !== undefined) {
  setPriority(constants.priority.PRIORITY_LOW)
  process.once('message', (work: Work) => {
    const end = send(work)
    process.send?.('begun')
    process.once('message', () => process.send?.(end()))
  })
}
