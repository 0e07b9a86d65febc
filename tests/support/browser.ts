// Why this exists: the page is tested in a real browser, served by a real node. This starts both, with a Chinese font, and names the folder for pictures.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'
import { createServer } from 'tongheng/server'
import { buildPage, type PageBuild } from '../../.ci/build-page.ts'
import { pageFiles } from '../../src/cli/page-files.ts'
import { type Served, serve } from './nodes/http.ts'
import { openWorld, type World, type WorldOptions } from './nodes/world.ts'
import { folderOnce } from './once.ts'

export const fontFolder = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'))

/** Configures a font with Chinese characters, which the machine may lack. */
export function fontConfiguration(): string {
  const folder = join(tmpdir(), 'tongheng-test-fonts')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'fonts.conf')
  const folders = ['400Regular', '700Bold'].map((name) => `<dir>${join(fontFolder, name)}</dir>`).join('')
  const text = `<?xml version="1.0"?><fontconfig>${folders}<cachedir>${join(folder, 'cache')}</cachedir></fontconfig>`
  // Another test process may be reading it.
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text)
  return file
}

/** Timeout in milliseconds for waiting in a page; long enough for a slow machine. */
export const PATIENCE_MS = 120_000

// A page of text needs no graphics processor: without an emulated one it is drawn in half the time.
chromium.setGraphicsMode = false

/** Restores the separation of origins that a user's browser has and that this package disables. */
export async function launch(args: readonly string[] = []): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [
      ...chromium.args.filter((arg) => !/^--(?:single-process|no-zygote|disable-web-security|allow-running-insecure-content)$/.test(arg)),
      ...args,
    ],
    env: { ...process.env, FONTCONFIG_FILE: fontConfiguration() },
    headless: true,
    timeout: PATIENCE_MS,
  })
}

const pageFolder = (): Promise<string> => folderOnce('page', buildPage)

/** The built page: files by the path at which a node serves them, built once per test run. */
export async function builtPage(): Promise<PageBuild> {
  const folder = await pageFolder()
  const names = (await readdir(join(folder, 'page'))).map((name) => `/page/${name}`)
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)))
}

/** The page in one file, of the same build. */
export const builtAlone = async (): Promise<string> => readFile(join(await pageFolder(), 'verify.html'), 'utf8')

export interface ServedPage extends Served {
  readonly world: World
}

/** Serves the page of a node on loopback; a hostile node answers some requests itself. */
export async function servePage(
  options: WorldOptions = {},
  lie: (request: Request) => Response | undefined = () => undefined,
): Promise<ServedPage> {
  const page = pageFiles(await builtPage())
  let world: World | undefined
  const served = await serve(async (url) => {
    world = await openWorld({ ...options, node: { url, ...options.node } })
    const { fetch } = createServer({ node: world.node, page })
    return async (request, edge) => lie(request) ?? fetch(request, edge)
  })
  return { ...served, world: world as World }
}

/** Path of a picture of the page, for people; pictures are not compared. */
export function pictureFile(name: string): string {
  const folder = resolve(import.meta.dirname, '../../node_modules/.cache/tongheng/pictures')
  mkdirSync(folder, { recursive: true })
  return join(folder, `${name}.png`)
}
