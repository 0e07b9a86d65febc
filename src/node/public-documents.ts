/** The documents that anyone may read, in the form in which a node serves them; the same bytes as files. */
import { encodeUtf8 } from '#native'
import type { CatalogueNames, SignedDocument } from '../contract/index.js'
import type { NodeOptions } from './shapes.js'
import { listsPublished } from './status-lists.js'
import { type StoredDocument, statusListName } from './store.js'
import type { TileStore } from './tile-store.js'

/** Converts a stored document to the form of `GET /v1/trust-lists/…` and `GET /v1/agreements`. */
export const signedDocument = ({ name, version, signed }: StoredDocument): SignedDocument => ({ name, version, signed: [...signed] })

/** Returns the newest version of each authority's catalogue, in the form of `GET /v1/catalogues`. */
export const catalogueNames = async (store: NodeOptions['store']): Promise<CatalogueNames> => ({
  items: (await store.listDocumentNames({ collection: 'catalogue', newest: 1 })).map(({ name, version }) => ({ authority: name, version })),
})

/** Address under which a node publishes its status lists. */
export const statusListsOf = ({ url }: Pick<NodeOptions, 'url'>): string => `${url}/v1/status-lists`

/** Suffix of the path of a newest version. Without it, the path would be both a file and the folder of the versions. */
const NEWEST = '.newest'
/** Maximum number of attempts while other processes replace the same file. */
const ATTEMPTS = 16

interface Place {
  readonly options: Pick<NodeOptions, 'store' | 'url'>
  readonly tiles: TileStore
  /** Content that this process has published, by path: a text that identifies the content. */
  readonly done: Map<string, string>
}

/**
 * Publishes the documents that open calls serve: every version of every trust list and catalogue, agreements, and the status lists of this node. The
 * register of readers and evidence of forks are in the same store and are not public. Returns the number of files written.
 */
export async function publishDocuments(place: Place): Promise<number> {
  const { store } = place.options
  let written = (await publishVersions(place, 'trust-list')) + (await publishVersions(place, 'catalogue'))
  const agreements = (await store.listDocumentNames({ collection: 'agreement' })).map(({ name, version }) => `${name} ${version}`)
  written += await unlessDone(place, `v1/agreements${NEWEST}`, agreements.join('\n'), async () => ({
    items: (await store.listDocuments('agreement')).map(signedDocument),
  }))
  const catalogues = await catalogueNames(store)
  const published = catalogues.items.map(({ authority, version }) => `${authority} ${version}`).join('\n')
  written += await unlessDone(place, `v1/catalogues${NEWEST}`, published, () => catalogueNames(store))
  return written + (await publishStatusLists(place))
}

/** Paths of documents that have the authority as their name, and versions. */
const VERSIONED = { 'trust-list': 'v1/trust-lists', catalogue: 'v1/catalogues' } as const

async function publishVersions(place: Place, collection: keyof typeof VERSIONED): Promise<number> {
  const { tiles, done } = place
  const { store } = place.options
  const all = await store.listDocumentNames({ collection })
  const newest = new Map<string, number>()
  let written = 0
  for (const { name, version } of all) {
    const path = `${VERSIONED[collection]}/${name}/${version}`
    newest.set(name, Math.max(version, newest.get(name) ?? 0))
    if (done.has(path)) continue
    const stored = await store.getDocument(collection, name, version)
    if (stored === undefined) continue
    await tiles.put(path, encodeUtf8(JSON.stringify(signedDocument(stored))))
    done.set(path, '')
    written++
  }
  for (const [name, version] of newest)
    written += await unlessDone(place, `${VERSIONED[collection]}/${name}${NEWEST}`, String(version), async () => {
      const stored = await store.getDocument(collection, name)
      return stored && signedDocument(stored)
    })
  return written
}

async function publishStatusLists(place: Place): Promise<number> {
  const { store } = place.options
  const listed = () => listsPublished(store, statusListsOf(place.options))
  const lists = await listed()
  let written = 0
  for (const { iss, name, uri, iat } of lists)
    written += await unlessDone(place, `v1/status-lists/${iss}/${name}${NEWEST}`, String(iat), async () => {
      const stored = await store.getDocument('status-list', statusListName(iss, uri))
      return stored?.signed[0]
    })
  const names = lists.map(({ uri, iat }) => `${uri} ${iat}`).join('\n')
  return written + (await unlessDone(place, `v1/status-lists${NEWEST}`, names, async () => ({ items: await listed() })))
}

/**
 * Replaces a file unless this process has published this content. Returns the number of files written, 0 or 1.
 * @param of text that identifies the content
 * @param content returns text, a value to write as JSON, or undefined to write nothing
 */
async function unlessDone({ tiles, done }: Place, path: string, of: string, content: () => Promise<unknown>): Promise<number> {
  if (done.get(path) === of) return 0
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    // Read the file before the store: the content of the store is then at least as new, and `replace` fails if the file has changed since.
    const before = await tiles.get(path)
    const made = await content()
    if (made === undefined) return 0
    const next = encodeUtf8(typeof made === 'string' ? made : JSON.stringify(made))
    const isSame = before !== undefined && before.length === next.length && before.every((octet, at) => octet === next[at])
    if (isSame || (await tiles.replace(path, before, next))) {
      done.set(path, of)
      return isSame ? 0 : 1
    }
  }
  // Other processes publish the same path; the next round compares it again.
  return 0
}
