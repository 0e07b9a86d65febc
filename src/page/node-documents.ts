/** What the node that serves the page publishes, fetched from there alone. Nothing of it counts before it is verified under pinned keys. */
import { isTonghengError } from '../base/error.js'
import { type Allowance, allowanceOf, fetchBounded } from './bounded-fetch.js'
import type { Offered } from './holding.js'
import { fault } from './messages.js'
import type { SavedDocuments } from './trust-store.js'

export interface NodeInfo {
  readonly id: string
  readonly url: string
  readonly authority: string
  readonly name: string
  readonly region: string
}

/** Pages of notices or specifications, and versions of a list, that are read at most. */
const MAX_PAGES = 200
const MAX_VERSIONS = 2000
const MAX_LISTS = 500

/** What one answer, and a whole update, may have: octets and milliseconds. */
const ANSWER = [16 * 1024 * 1024, 20_000] as const
const UPDATE = [64 * 1024 * 1024, 120_000] as const

/** @throws `page.node`, `page.answer-large` */
async function getText(path: string, allowance: Allowance): Promise<string> {
  const most = allowance.octets
  try {
    const response = await fetchBounded(path, allowance)
    if (!response.ok) throw fault('page.node', { what: path, answer: String(response.status) })
    return await response.text()
  } catch (error) {
    if (isTonghengError(error)) throw error
    // Browsers give an error of their own for a body that errs.
    if (allowance.octets < 0) throw fault('page.answer-large', { most }, { cause: error })
    const answer = Date.now() >= allowance.until ? 'timeout' : 'offline'
    throw fault('page.node', { what: path, answer }, { cause: error })
  }
}

type Json = Record<string, unknown>
const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** An object: whatever its members are. @throws `page.node`, `page.answer-large` */
export async function getJson(path: string, allowance = allowanceOf(...ANSWER)): Promise<Json> {
  const text = await getText(path, allowance)
  try {
    const value: unknown = JSON.parse(text)
    if (isRecord(value)) return value
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw fault('page.node', { what: path, answer: 'JSON' })
}

export const textAt = (value: Json, name: string): string => (typeof value[name] === 'string' ? (value[name] as string) : '')

/** Undefined where the page was not served by a node. */
export async function readNode(): Promise<NodeInfo | undefined> {
  try {
    const told = await getJson('/.well-known/tongheng')
    const [id, url, authority, region] = ['id', 'url', 'authority', 'region'].map((member) => textAt(told, member))
    const name = isRecord(told.name) ? textAt(told.name, 'zh') : ''
    return authority && region ? { id: id ?? '', url: url ?? '', authority, name, region } : undefined
  } catch (error) {
    if (isTonghengError(error)) return undefined
    throw error
  }
}

/** Items of a document list, and of the pages of one, that have texts as they should. */
export const itemsOf = ({ items }: Json): Json[] => (Array.isArray(items) ? items.filter(isRecord) : [])

async function statementsOf(path: string, member: string, allowance: Allowance): Promise<string[]> {
  const statements: string[] = []
  let cursor = ''
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = await getJson(`${path}${cursor === '' ? '' : `?cursor=${encodeURIComponent(cursor)}`}`, allowance)
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
export async function newVersions(authority: string, from: number, allowance = allowanceOf(...UPDATE)): Promise<string[][] | undefined> {
  const path = `/v1/trust-lists/${encodeURIComponent(authority)}`
  let newest: Json
  try {
    newest = await getJson(path, allowance)
  } catch (error) {
    if (isTonghengError(error, 'page.node') && error.details.answer === '404') return undefined
    throw error
  }
  const { version } = newest
  if (!Number.isSafeInteger(version)) throw fault('page.node', { what: path, answer: 'version' })
  const last = version as number
  const versions: string[][] = []
  for (let at = Math.max(from + 1, last - MAX_VERSIONS); at < last; at++)
    versions.push(signedOf((await getJson(`${path}/${at}`, allowance)).signed))
  // The newest even if it is stored already: an older one offered instead is then detected, and rejected.
  versions.push(signedOf(newest.signed))
  return versions
}

/** All that the node publishes for the authorities that are pinned, in one allowance. @throws `page.node`, `page.answer-large` */
export async function fetchDocuments(kept: Pick<SavedDocuments, 'seen' | 'file'>): Promise<Offered> {
  const allowance = allowanceOf(...UPDATE)
  const trustLists: string[][] = []
  for (const { authority } of kept.file.anchors) {
    const from = kept.seen.find((one) => one.authority === authority)?.version ?? 0
    trustLists.push(...((await newVersions(authority, from, allowance)) ?? []))
  }
  const agreements = itemsOf(await getJson('/v1/agreements', allowance)).map(({ signed }) => signedOf(signed))
  const names = itemsOf(await getJson('/v1/status-lists', allowance)).slice(0, MAX_LISTS)
  const statusLists: string[] = []
  for (const name of names) {
    const [iss, list] = ['iss', 'name'].map((member) => encodeURIComponent(textAt(name, member)))
    statusLists.push(await getText(`/v1/status-lists/${iss}/${list}`, allowance))
  }
  const notices = await statementsOf('/v1/notices', 'statement', allowance)
  const specifications = await statementsOf('/v1/specifications', 'statement', allowance)
  return { trustLists, agreements, statusLists, notices, specifications }
}
