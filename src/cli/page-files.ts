/** Reads the files of the page from the build of this package. */
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'
import type { PageFile } from '../server/index.js'

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
}

const PAGES = ['/', '/l', '/console']
const INDEX = 'index.html'
/** Names that are the same in every build, so browsers must revalidate them. */
const RENEWED: ReadonlySet<string> = new Set([INDEX, 'worker.js', 'icon.svg', 'manifest.webmanifest'])

/** Error codes if the package was built without its page, or the program runs outside the package. */
const ABSENT: ReadonlySet<string | undefined> = new Set(['MODULE_NOT_FOUND', 'ERR_PACKAGE_IMPORT_NOT_DEFINED'])

/** Undefined if there is no page, such as in a checkout that was not built. */
export async function readPageFiles(): Promise<ReadonlyMap<string, PageFile> | undefined> {
  let folder: string
  try {
    folder = dirname(createRequire(import.meta.url).resolve('#page'))
  } catch (error) {
    if (!ABSENT.has((error as NodeJS.ErrnoException).code)) throw error
    return undefined
  }
  return pageFiles(await filesIn(folder))
}

const filesIn = async (folder: string): Promise<ReadonlyMap<string, Uint8Array>> =>
  new Map(await Promise.all((await readdir(folder)).map(async (name) => [`/page/${name}`, await readFile(join(folder, name))] as const)))

/** The files of a build by the paths that they are served at; the page itself has three. */
export function pageFiles(built: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>()
  for (const [path, body] of built) {
    const name = path.slice(path.lastIndexOf('/') + 1)
    const mediaType = MEDIA_TYPES[extname(name)]
    if (mediaType === undefined) continue
    const brotli = built.get(`${path}.br`)
    const file: PageFile = { body, mediaType, isImmutable: !RENEWED.has(name), ...(brotli && { brotli }) }
    for (const at of name === INDEX ? PAGES : [path]) files.set(at, file)
  }
  return files
}
