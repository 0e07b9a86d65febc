/** What the node that serves the page publishes, fetched from there alone. Nothing of it counts before it is verified under pinned keys. */
import { isTonghengError } from '../base/error.js'
import type { Offered } from './holding.js'
import { fault } from './messages.js'
import type { Kept } from './trust-store.js'

export interface NodeInfo {
  readonly id: string
  readonly url: string
  readonly authority: string
  readonly name: string
  readonly region: string
}

/** Pages of notices or specifications, and versions of a list, that are read at most. */
const MOST_PAGES = 200
const MOST_VERSIONS = 2000
const MOST_LISTS = 500

/** @throws `page.node` */
async function get(path: string): Promise<Response> {
  let response: Response
  try {
    response = await fetch(path, { credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer' })
  } catch (error) {
    throw fault('page.node', { what: path, answer: 'offline' }, { cause: error })
  }
  if (!response.ok) throw fault('page.node', { what: path, answer: String(response.status) })
  return response
}

export const getJson = async (path: string): Promise<Record<string, unknown>> => (await (await get(path)).json()) as Record<string, unknown>

export const textAt = (value: Record<string, unknown>, name: string): string =>
  typeof value[name] === 'string' ? (value[name] as string) : ''

/** Undefined where the page was not served by a node. */
export async function readNode(): Promise<NodeInfo | undefined> {
  try {
    const told = await getJson('/.well-known/tongheng')
    const [id, url, authority, region] = ['id', 'url', 'authority', 'region'].map((member) => textAt(told, member))
    const name = textAt((told.name ?? {}) as Record<string, unknown>, 'zh')
    return authority && region ? { id: id ?? '', url: url ?? '', authority, name, region } : undefined
  } catch (error) {
    if (isTonghengError(error, 'page.node') || error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Items of a document list, and of the pages of one, that have texts as they should. */
export const itemsOf = (answer: Record<string, unknown>): Record<string, unknown>[] => (Array.isArray(answer.items) ? answer.items : [])

async function statementsOf(path: string, member: string): Promise<string[]> {
  const statements: string[] = []
  let cursor = ''
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await getJson(`${path}${cursor === '' ? '' : `?cursor=${encodeURIComponent(cursor)}`}`)
    statements.push(...itemsOf(answer).map((item) => textAt(item, member)))
    const next = textAt(answer, 'next')
    if (next === '' || next === cursor) break
    cursor = next
  }
  return statements.filter((text) => text !== '')
}

export const signedOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((text): text is string => typeof text === 'string') : []

/** Every version of an authority's list after the one that is held, oldest first. Undefined where the node has none. */
export async function newVersions(authority: string, from: number): Promise<string[][] | undefined> {
  const path = `/v1/trust-lists/${authority}`
  let newest: Record<string, unknown>
  try {
    newest = await getJson(path)
  } catch (error) {
    if (isTonghengError(error, 'page.node') && error.details.answer === '404') return undefined
    throw error
  }
  const version = Number(newest.version)
  const versions: string[][] = []
  for (let at = Math.max(from + 1, version - MOST_VERSIONS); at < version; at++)
    versions.push(signedOf((await getJson(`${path}/${at}`)).signed))
  // The newest even where it is held: an older one offered in its place is then seen, and refused.
  versions.push(signedOf(newest.signed))
  return versions
}

/** All that the node publishes for the authorities that are pinned. @throws `page.node` */
export async function fetchDocuments(kept: Pick<Kept, 'seen' | 'file'>): Promise<Offered> {
  const trustLists: string[][] = []
  for (const { authority } of kept.file.anchors) {
    const from = kept.seen.find((one) => one.authority === authority)?.version ?? 0
    trustLists.push(...((await newVersions(authority, from)) ?? []))
  }
  const agreements = itemsOf(await getJson('/v1/agreements')).map(({ signed }) => signedOf(signed))
  const names = itemsOf(await getJson('/v1/status-lists')).slice(0, MOST_LISTS)
  const statusLists: string[] = []
  for (const name of names)
    statusLists.push(
      await (await get(`/v1/status-lists/${encodeURIComponent(textAt(name, 'iss'))}/${encodeURIComponent(textAt(name, 'name'))}`)).text(),
    )
  const notices = await statementsOf('/v1/notices', 'statement')
  const specifications = await statementsOf('/v1/specifications', 'statement')
  return { trustLists, agreements, statusLists, notices, specifications }
}
