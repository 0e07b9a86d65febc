/** Fetches the documents of the node that serves the page, and from no other. They are not used before they are verified under pinned keys. */
import { isTonghengError } from '../base/error.js'
import {
  type Allowance,
  fetchBounded,
  fetchCatalogues,
  fetchPublished,
  isRecord,
  mustHaveJson,
  type PublishedSource,
  textAt,
} from '../client/inside.js'
import type { Offered } from '../verify/inside.js'
import { allowanceOf } from './bounded-fetch.js'
import { fault } from './messages.js'
import type { SavedDocuments } from './trust-store.js'

export interface NodeInfo {
  readonly id: string
  readonly url: string
  readonly authority: string
  readonly name: string
  readonly region: string
}

/** Limits of one answer, and of a whole update: octets and milliseconds. */
const ANSWER = [16 * 1024 * 1024, 20_000] as const
const UPDATE = [64 * 1024 * 1024, 120_000] as const

/** The node as a source of documents, within one allowance. Its methods throw `page.node`, `page.answer-large`. */
export const nodeSource = (allowance: Allowance = allowanceOf(...ANSWER)): PublishedSource => ({
  async text(path) {
    const most = allowance.octets
    try {
      const response = await fetchBounded(path, allowance)
      if (response.status === 404) return undefined
      if (!response.ok) throw wrong(path, String(response.status))
      return await response.text()
    } catch (error) {
      if (isTonghengError(error)) throw error
      // Browsers throw their own error if the body stream fails.
      if (allowance.octets < 0) throw fault('page.answer-large', { most }, { cause: error })
      const answer = Date.now() >= allowance.until ? 'timeout' : 'offline'
      throw fault('page.node', { what: path, answer }, { cause: error })
    }
  },
  wrong,
})

const wrong = (what: string, answer: string) => fault('page.node', { what, answer })

/** Undefined if no node serves the page. */
export async function readNode(): Promise<NodeInfo | undefined> {
  try {
    const told = await mustHaveJson(nodeSource(), '/.well-known/tongheng')
    const [id, url, authority, region] = ['id', 'url', 'authority', 'region'].map((member) => textAt(told, member))
    const name = isRecord(told.name) ? textAt(told.name, 'zh') : ''
    return authority && region ? { id: id ?? '', url: url ?? '', authority, name, region } : undefined
  } catch (error) {
    if (isTonghengError(error)) return undefined
    throw error
  }
}

/** A source for an update of all documents, which share one allowance. */
export const updateSource = (): PublishedSource => nodeSource(allowanceOf(...UPDATE))

/** All documents that the node publishes for the pinned authorities. @throws `page.node`, `page.answer-large` */
export async function fetchDocuments({ seen, file }: Pick<SavedDocuments, 'seen' | 'file'>): Promise<Offered> {
  const source = updateSource()
  const pinned = file.anchors.map(({ authority }) => ({
    authority,
    version: seen.find((one) => one.authority === authority)?.version ?? 0,
  }))
  return { ...(await fetchPublished(source, pinned)), catalogues: await fetchCatalogues(source, pinned) }
}
