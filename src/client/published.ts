/**
 * Reads the documents that a node publishes: versions of trust lists, agreements, catalogues, status lists, notices, specifications. Every
 * read has a limit. The caller must verify the documents under pinned root keys before use.
 */
import { isTonghengError, type TonghengError } from '../base/error.js'
import { parsePayload, parseStatement, thumbprint } from '../envelope/index.js'
import type { TrustListPayload } from '../trust/index.js'
import type { Offered } from '../verify/inside.js'

export interface PublishedSource {
  /** Returns the body of the answer at a path of the node; undefined if the node answers 404. */
  text(path: string): Promise<string | undefined>
  /** Creates the error for an answer that does not match the contract; `answer` is its status, or its fault. */
  wrong(path: string, answer: string): TonghengError
}

/** Maximum numbers of pages of notices or specifications, of versions of a list, and of status lists that are read. */
const MAX_PAGES = 200
const MAX_VERSIONS = 2000
const MAX_LISTS = 500

type JsonObject = Record<string, unknown>
export const isRecord = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)
export const textAt = (value: JsonObject, name: string): string => (typeof value[name] === 'string' ? (value[name] as string) : '')

/** Returns the items of a list or page that are objects. */
export const itemsOf = ({ items }: JsonObject): JsonObject[] => (Array.isArray(items) ? items.filter(isRecord) : [])

export const signedOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((text): text is string => typeof text === 'string') : []

/** Returns the JSON object at a path, with any members; undefined if the node answers 404. @throws errors of the source */
export async function jsonAt(source: PublishedSource, path: string): Promise<JsonObject | undefined> {
  const text = await source.text(path)
  if (text === undefined) return undefined
  try {
    const value: unknown = JSON.parse(text)
    if (isRecord(value)) return value
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw source.wrong(path, 'JSON')
}

/** @throws errors of the source, also if the node answers 404 */
export async function mustHaveJson(source: PublishedSource, path: string): Promise<JsonObject> {
  const json = await jsonAt(source, path)
  if (json === undefined) throw source.wrong(path, '404')
  return json
}

async function statementsOf(source: PublishedSource, path: string): Promise<string[]> {
  const statements: string[] = []
  let cursor = ''
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = await mustHaveJson(source, `${path}${cursor === '' ? '' : `?cursor=${encodeURIComponent(cursor)}`}`)
    statements.push(...itemsOf(answer).map((item) => textAt(item, 'statement')))
    const next = textAt(answer, 'next')
    if (next === '' || next === cursor) break
    cursor = next
  }
  return statements.filter((text) => text !== '')
}

/**
 * Returns every version of an authority's list after the version `from`, oldest first, and always the newest. Undefined if the node has
 * none.
 */
export async function newVersions(source: PublishedSource, authority: string, from: number): Promise<string[][] | undefined> {
  const path = `/v1/trust-lists/${encodeURIComponent(authority)}`
  const newest = await jsonAt(source, path)
  if (newest === undefined) return undefined
  const { version } = newest
  if (!Number.isSafeInteger(version)) throw source.wrong(path, 'version')
  const last = version as number
  const versions: string[][] = []
  for (let at = Math.max(from + 1, last - MAX_VERSIONS); at < last; at++)
    versions.push(signedOf((await mustHaveJson(source, `${path}/${at}`)).signed))
  // Add the newest even if the caller has it: if the node offers an older one in its place, the caller detects the rollback.
  versions.push(signedOf(newest.signed))
  return versions
}

/** An authority whose root keys are pinned, and the version of its list that the caller has; 0 for none. */
interface Pinned {
  readonly authority: string
  readonly version: number
}

/** Fetches all published documents of the pinned authorities, except catalogues. @throws errors of the source */
export async function fetchPublished(source: PublishedSource, pinned: readonly Pinned[]): Promise<Omit<Required<Offered>, 'catalogues'>> {
  const trustLists: string[][] = []
  for (const { authority, version } of pinned) trustLists.push(...((await newVersions(source, authority, version)) ?? []))
  const agreements = itemsOf(await mustHaveJson(source, '/v1/agreements')).map(({ signed }) => signedOf(signed))
  const names = itemsOf(await mustHaveJson(source, '/v1/status-lists')).slice(0, MAX_LISTS)
  const statusLists: string[] = []
  for (const name of names) {
    const [iss, list] = ['iss', 'name'].map((member) => encodeURIComponent(textAt(name, member)))
    const path = `/v1/status-lists/${iss}/${list}`
    const text = await source.text(path)
    if (text === undefined) throw source.wrong(path, '404')
    statusLists.push(text)
  }
  const notices = await statementsOf(source, '/v1/notices')
  const specifications = await statementsOf(source, '/v1/specifications')
  return { trustLists, agreements, statusLists, notices, specifications }
}

/** Fetches the newest catalogue of each pinned authority, if the node has one. @throws errors of the source */
export async function fetchCatalogues(source: PublishedSource, pinned: readonly Pick<Pinned, 'authority'>[]): Promise<string[][]> {
  // A node of an earlier release has no such call: it answers 404.
  const listed = new Set(itemsOf((await jsonAt(source, '/v1/catalogues')) ?? {}).map((item) => textAt(item, 'authority')))
  const catalogues: string[][] = []
  for (const { authority } of pinned.filter((one) => listed.has(one.authority))) {
    const newest = await mustHaveJson(source, `/v1/catalogues/${encodeURIComponent(authority)}`)
    catalogues.push(signedOf(newest.signed))
  }
  return catalogues
}

/** An unverified list, with the thumbprints of its root keys for a person to compare. */
interface UnverifiedList {
  readonly payload: TrustListPayload
  readonly signed: readonly string[]
  readonly thumbprints: readonly string[]
}

const LIST_BOUNDS = { maxLength: 4_194_304, maxValues: 500_000 }

/** Parses a list without verification; undefined if it is not a list of that authority, or has no root keys. */
export async function unverifiedList(signed: readonly string[], authority?: string): Promise<UnverifiedList | undefined> {
  const [first] = signed
  if (first === undefined) return undefined
  try {
    const payload = parsePayload(parseStatement(first, 'metrology-trust-list+jwt', LIST_BOUNDS), LIST_BOUNDS) as unknown as TrustListPayload
    const keys = Array.isArray(payload.roots?.keys) ? payload.roots.keys : []
    const isOther = authority !== undefined && payload.iss !== authority
    if (isOther || keys.length === 0) return undefined
    return { payload, signed, thumbprints: await Promise.all(keys.map((key) => thumbprint(key))) }
  } catch (error) {
    if (isTonghengError(error)) return undefined
    throw error
  }
}
