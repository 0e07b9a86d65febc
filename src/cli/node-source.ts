/** A node as a source of documents for the command line: each answer, and all of them together, have limits of octets and of time. */
import { isTonghengError, type TonghengError } from '../base/error.js'
import { type Allowance, allowanceOf, fetchBounded, networkFault, type PublishedSource } from '../client/inside.js'
import { fault as clientFault } from '../client/messages.js'
import { fault } from './trust/messages.js'

/** Octets of one answer, and of all answers of a command. */
const ANSWER = 16 * 1024 * 1024
const ALL = 256 * 1024 * 1024
/** All answers together may take this many times as long as one. */
const ANSWERS = 10

/**
 * Reads from a node that is not trusted. Its errors: `client.network`, also for an answer that takes too long; `cli.node-large`,
 * `cli.node-answer`.
 * @param seconds within which each answer must be complete
 */
export function nodeSource(node: string, seconds: number): PublishedSource {
  const url = node.replace(/\/+$/, '')
  const now = (): number => Date.now()
  const tooLarge = (most: number): TonghengError => fault('cli.node-large', { node, most })
  const wrong = (path: string, answer: string): TonghengError => fault('cli.node-answer', { node, path, answer })
  const all = allowanceOf(ALL, ANSWERS * seconds * 1000, { now, tooLarge })
  return {
    wrong,
    async text(path) {
      const octets = Math.min(ANSWER, all.octets)
      const until = Math.min(now() + seconds * 1000, all.until)
      const allowance: Allowance = { octets, until, now, tooLarge }
      try {
        const response = await fetchBounded(`${url}${path}`, allowance)
        // The body is read in any case, so that the connection and its timer end.
        const text = await response.text()
        if (response.status === 404) return undefined
        if (!response.ok) throw wrong(path, String(response.status))
        return text
      } catch (error) {
        if (isTonghengError(error)) throw error
        if (allowance.octets < 0) throw tooLarge(octets)
        const during = now() >= until ? { reason: 'timeout', during: path } : networkFault(error)
        throw clientFault('client.network', { node, ...during }, { cause: error })
      } finally {
        all.octets -= octets - allowance.octets
      }
    },
  }
}
