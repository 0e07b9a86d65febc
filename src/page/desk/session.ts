/** The signed-in user: the state of the key in the register of the node, and the signing client. The answer of the node affects access only. */
import { isTonghengError } from '../../base/error.js'
import { originOf } from '../../base/origin.js'
import { type Caller, type Client, createClient, type ReaderState } from '../../client/index.js'
import { fetchBounded } from '../../client/inside.js'
import { allowanceOf } from '../bounded-fetch.js'
import type { NodeInfo } from '../node-documents.js'
import { makeKey, type ReaderKey, readKey, type Unable, whyUnable } from './key.js'

export type Session =
  | { readonly is: 'unable'; readonly why: Unable | 'address' }
  | { readonly is: 'none' }
  | { readonly is: 'unknown'; readonly key: ReaderKey }
  | { readonly is: 'expired' | 'revoked' | 'settling'; readonly key: ReaderKey; readonly state: ReaderState }
  | { readonly is: 'in'; readonly key: ReaderKey; readonly state: ReaderState; readonly caller: Caller; readonly client: Client }
  | { readonly is: 'away'; readonly key: ReaderKey; readonly error: unknown }

/** Maximum size of an answer in octets. */
const MAX_ANSWER = 8 * 1024 * 1024
const TIMEOUT = 15_000

/** Fetches one answer within its limits. */
export const fetchAnswer = (request: Request): Promise<Response> => fetchBounded(request, allowanceOf(MAX_ANSWER, TIMEOUT))

const clientOf = ({ id }: NodeInfo, caller?: { readonly iss: string; readonly key: ReaderKey }): Client =>
  createClient({
    node: { url: location.origin, id },
    ...(caller && { caller: { iss: caller.iss, signer: caller.key.signer } }),
    fetch: fetchAnswer,
    retries: 1,
    timeout: TIMEOUT,
  })

/** True if the page is at the configured URL of the node: requests are signed for that URL, and the node rejects all others. */
const isAtHome = ({ url }: NodeInfo): boolean => originOf(url) === location.origin

export async function openSession(node: NodeInfo): Promise<Session> {
  if (!isAtHome(node)) return { is: 'unable', why: 'address' }
  const why = await whyUnable()
  if (why !== undefined) return { is: 'unable', why }
  const key = await readKey()
  return key === undefined ? { is: 'none' } : sessionOf(node, key)
}

export const makeSession = async (node: NodeInfo): Promise<Session> => sessionOf(node, await makeKey())

async function sessionOf(node: NodeInfo, key: ReaderKey): Promise<Session> {
  try {
    const state = await clientOf(node).reader(key.kid)
    if (state.state !== 'admitted') return { is: state.state, key, state }
    const client = clientOf(node, { iss: state.body, key })
    try {
      return { is: 'in', key, state, caller: await client.whoami(), client }
    } catch (error) {
      // The node may not know a new key yet: it reads its register every few seconds.
      if (isTonghengError(error, 'request.key')) return { is: 'settling', key, state }
      throw error
    }
  } catch (error) {
    if (isTonghengError(error, 'not-found')) return { is: 'unknown', key }
    return { is: 'away', key, error }
  }
}
