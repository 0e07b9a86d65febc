/** Reads documents from a node for the command line, with limits of octets and time for each answer and for all together. */
import { isTonghengError, type TonghengError } from '../base/error.js'
import { type Allowance, allowanceOf, fetchBounded, networkFault, type PublishedSource } from '../client/inside.js'
import { fault as clientFault } from '../client/messages.js'
import { fault } from './trust/messages.js'

/** Maximum octets of one answer. */
const ANSWER = 16 * 1024 * 1024
/** Maximum octets of all answers of a command. */
const ALL = 256 * 1024 * 1024
/** Maximum time of all answers together, as a multiple of that of one. */
const ANSWERS = 10

const now = (): number => Date.now()
const tooLargeFrom =
  (node: string) =>
  (most: number): TonghengError =>
    fault('cli.node-large', { node, most })
const base = (node: string): string => node.replace(/\/+$/, '')

export interface NodeAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** One answer of an untrusted node. @throws `client.network`, also on timeout; `cli.node-large` */
export const askNode = (node: string, path: string, seconds: number): Promise<NodeAnswer> =>
  answerOf(node, path, allowanceOf(ANSWER, seconds * 1000, { now, tooLarge: tooLargeFrom(node) }))

async function answerOf(node: string, path: string, allowance: Allowance): Promise<NodeAnswer> {
  const most = allowance.octets
  try {
    const response = await fetchBounded(`${base(node)}${path}`, allowance)
    const { status, headers } = response
    // Always read the body, so that the connection and its timer end.
    return { status, headers, text: await response.text() }
  } catch (error) {
    if (isTonghengError(error)) throw error
    if (allowance.octets < 0) throw allowance.tooLarge(most)
    const during = now() >= allowance.until ? { reason: 'timeout', during: path } : networkFault(error)
    throw clientFault('client.network', { node, ...during }, { cause: error })
  }
}

/**
 * A source of documents from an untrusted node. Its methods throw the errors of `askNode`, and `cli.node-answer`.
 * @param seconds timeout of each answer
 */
export function nodeSource(node: string, seconds: number): PublishedSource {
  const tooLarge = tooLargeFrom(node)
  const wrong = (path: string, answer: string): TonghengError => fault('cli.node-answer', { node, path, answer })
  const all = allowanceOf(ALL, ANSWERS * seconds * 1000, { now, tooLarge })
  return {
    wrong,
    async text(path) {
      const octets = Math.min(ANSWER, all.octets)
      const allowance: Allowance = { octets, until: Math.min(now() + seconds * 1000, all.until), now, tooLarge }
      try {
        const { status, text } = await answerOf(node, path, allowance)
        if (status === 404) return undefined
        if (status < 200 || status > 299) throw wrong(path, String(status))
        return text
      } finally {
        all.octets -= octets - allowance.octets
      }
    },
  }
}
