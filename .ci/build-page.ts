// Builds the page: dist/page, which a node serves, and dist/verify.html, a single file that works without a server.
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, brotliDecompress, deflateRawSync } from 'node:zlib'
import { type BuildOptions, build, type Plugin } from 'esbuild'

// tsup bundles this file with its configuration, so `import.meta.url` is of no use; npm runs scripts at the root.
const ROOT = resolve('.')
const SOURCE = join(ROOT, 'src')

/** Browsers of the baseline: phones sold since 2022, and the web views of that age. */
const TARGET = ['chrome103', 'safari15.4', 'firefox102']

const options = {
  bundle: true,
  minify: true,
  format: 'esm',
  charset: 'utf8',
  platform: 'browser',
  target: TARGET,
  write: false,
  legalComments: 'linked',
  logLevel: 'error',
  // pdfkit writes PDF, which the browser never does, but a module for reading imports it by name.
  external: ['pdfkit'],
  alias: { '#native': join(SOURCE, 'base/native.ts'), '#signature': join(SOURCE, 'envelope/signature.ts') },
} satisfies BuildOptions & { write: false }

/**
 * The page needs one file at the start, however many parts are loaded later. By default the bundler creates a file for each set of later
 * parts that share a module. Therefore each later part is declared to import the whole page, which is loaded by then.
 */
const MAIN = join(SOURCE, 'page/main.ts')
const oneFirstFile: Plugin = {
  name: 'one-first-file',
  setup({ onResolve, onLoad, resolve: resolveAgain }) {
    onResolve({ filter: /^page:main$/ }, () => ({ path: MAIN, sideEffects: true }))
    onResolve({ filter: /./ }, async ({ path, kind, resolveDir, importer, pluginData }) => {
      if (kind !== 'dynamic-import' || pluginData === oneFirstFile) return undefined
      const found = await resolveAgain(path, { kind, resolveDir, importer, pluginData: oneFirstFile })
      if (found.external) return { path, external: true }
      return { path: found.path, errors: found.errors, sideEffects: found.sideEffects, pluginData: { isLater: true } }
    })
    onLoad({ filter: /\.[jt]s$/ }, async ({ path, pluginData }) => {
      if (pluginData?.isLater !== true) return undefined
      return { contents: `${await readFile(path, 'utf8')}\nimport 'page:main'`, loader: path.endsWith('.ts') ? 'ts' : 'js' }
    })
  },
}

/**
 * A separate copy of the hash module for ids and Merkle trees. From one copy for all, the bundler would put SHA-512, which only the portable
 * Ed25519 uses, into the first file, beside SHA-256.
 */
const hashOfIds: Plugin = {
  name: 'hash-of-ids',
  setup({ onResolve, resolve: resolveAgain }) {
    onResolve({ filter: /^@noble\/hashes\/sha2\.js$/ }, async ({ path, kind, resolveDir, importer, pluginData }) => {
      if (pluginData === hashOfIds || !importer.endsWith('/base/native.ts')) return undefined
      const found = await resolveAgain(path, { kind, resolveDir, importer, pluginData: hashOfIds })
      return { path: found.path, errors: found.errors, sideEffects: found.sideEffects, suffix: '?ids' }
    })
  },
}

const BUNDLE = /\/judge-bundle\.js$/
const CATALOGUES = /^\.\/catalogues\.js$/
const DESK = /\/desk\/desk\.js$/
const JOINT = /\/joint\/joint\.js$/
const LEDGER = /\/ledger\/ledger\.js$/

/** Replaces the import of a part that was built separately by the path of its file. */
const builtAt = (filter: RegExp, path: string): Plugin => ({
  name: path,
  setup: (building) => building.onResolve({ filter }, () => ({ path, external: true })),
})

/** Files by the path at which they are served. */
export type PageBuild = ReadonlyMap<string, Uint8Array>

const sha = (body: Uint8Array | string, encoding: 'hex' | 'base64'): string => createHash('sha256').update(body).digest(encoding)
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The page as a node serves it. */
export async function buildServed(): Promise<PageBuild> {
  const files = new Map<string, Uint8Array>()
  const named = (pattern: RegExp): string => [...files.keys()].find((name) => pattern.test(name)) as string
  const add = async (entryPoints: string[], plugins: Plugin[]): Promise<readonly string[]> => {
    const { outputFiles } = await build({
      ...options,
      entryPoints,
      outdir: join(ROOT, 'page'),
      entryNames: '[name]-[hash]',
      chunkNames: '[name]-[hash]',
      assetNames: '[name]-[hash]',
      publicPath: '/page',
      loader: { '.wasm': 'file' },
      splitting: true,
      // The page writes certificates as HTML.
      external: ['pdfkit'],
      plugins,
    })
    return outputFiles.map(({ path, contents }) => {
      const name = `/page/${path.slice(path.lastIndexOf('/') + 1)}`
      files.set(name, contents as Uint8Array)
      return name
    })
  }
  // Built separately: otherwise the bundler would move shared modules, and all exports of their rooms, into the part that is loaded to judge.
  const ofCatalogues = await add([join(SOURCE, 'page/catalogues.ts')], [])
  const catalogues = builtAt(CATALOGUES, `.${named(/\/catalogues-\w+\.js$/).replace('/page', '')}`)
  const ofLedger = await add([join(SOURCE, 'page/ledger/ledger.ts')], [catalogues])
  const ledger = builtAt(LEDGER, `.${named(/\/ledger-\w+\.js$/).replace('/page', '')}`)
  const ofJoint = await add([join(SOURCE, 'page/joint/joint.ts')], [catalogues])
  const joint = builtAt(JOINT, `.${named(/\/joint-\w+\.js$/).replace('/page', '')}`)
  await add([join(SOURCE, 'page/desk/desk.ts')], [ledger, joint, catalogues])
  const desk = builtAt(DESK, `.${named(/\/desk-\w+\.js$/).replace('/page', '')}`)
  const ofBundle = await add([join(SOURCE, 'page/judge-bundle.ts')], [])
  const bundle = builtAt(BUNDLE, `.${named(/\/judge-bundle-\w+\.js$/).replace('/page', '')}`)
  const ofPage = await add([MAIN, join(SOURCE, 'page/page.css')], [desk, joint, ledger, bundle, catalogues, hashOfIds, oneFirstFile])
  files.set('/page/icon.svg', await readFile(join(SOURCE, 'page/icon.svg')))
  files.set('/page/manifest.webmanifest', await readFile(join(SOURCE, 'page/manifest.webmanifest')))
  const html = (await readFile(join(SOURCE, 'page/page.html'), 'utf8'))
    .replace(
      '<!-- head -->',
      `<link rel="icon" href="/page/icon.svg" type="image/svg+xml" /><link rel="manifest" href="/page/manifest.webmanifest" /><link rel="stylesheet" href="${named(/page-\w+\.css$/)}" />`,
    )
    .replace('<!-- script -->', `<script type="module" src="${named(/main-\w+\.js$/)}"></script>`)
  files.set('/page/index.html', utf8(html))
  // The desk is not cached for offline use, because it needs the node; shared files, such as the decoder, are.
  const stored = [
    ...new Set([...ofPage, ...ofLedger, ...ofJoint, ...ofBundle, ...ofCatalogues]),
    '/page/icon.svg',
    '/page/manifest.webmanifest',
  ].filter((name) => !name.endsWith('.txt'))
  const id = sha([...files].map(([name, body]) => `${name} ${sha(body, 'hex')}`).join('\n'), 'hex').slice(0, 16)
  const worker = await build({
    ...options,
    entryPoints: [join(SOURCE, 'page/worker.ts')],
    outdir: join(ROOT, 'page'),
    format: 'iife',
    legalComments: 'eof',
    define: { PAGE_BUILD: JSON.stringify(id), PAGE_FILES: JSON.stringify(stored) },
  })
  files.set('/page/worker.js', worker.outputFiles[0]?.contents as Uint8Array)
  return compressed(files)
}

/** Adds a compressed version of each file for which it is worthwhile, with the suffix `.br`. */
async function compressed(files: PageBuild): Promise<PageBuild> {
  const small = await Promise.all([...files].map(async ([name, body]) => [`${name}.br`, await compress(body), body.length] as const))
  return new Map([...files, ...small.filter(([, body, whole]) => body.length < whole).map(([name, body]) => [name, body] as const)])
}

/** Cache of compressed files by hash: the highest level takes ten seconds for the page, and few files change between builds. */
const COMPRESSED = join(ROOT, 'node_modules/.cache/tongheng/brotli')

async function compress(body: Uint8Array): Promise<Uint8Array> {
  const file = join(COMPRESSED, sha(body, 'hex'))
  const known = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
  if (known !== undefined && Buffer.compare(await promisify(brotliDecompress)(known), body) === 0) return known
  const small = await promisify(brotliCompress)(body)
  await mkdir(COMPRESSED, { recursive: true })
  const draft = `${file}.${randomUUID()}`
  await writeFile(draft, small)
  await rename(draft, file)
  return small
}

/** The page in one file: script and style inside, allowed by their hashes and nothing else. */
export async function buildAlone(): Promise<string> {
  const [script, style] = await Promise.all(
    ['main.ts', 'page.css'].map(async (name) => {
      const { outputFiles } = await build({
        ...options,
        entryPoints: [join(SOURCE, 'page', name)],
        outdir: ROOT,
        legalComments: 'eof',
        // There is no node to sign in to.
        external: [...options.external, './desk/desk.js'],
        format: name.endsWith('.ts') ? 'iife' : 'esm',
        loader: { '.wasm': 'empty' },
      })
      return outputFiles[0]?.text as string
    }),
  )
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${sha(script as string, 'base64')}' 'wasm-unsafe-eval'`,
    `style-src 'sha256-${sha(style as string, 'base64')}'`,
    'img-src blob: data:',
    'media-src blob:',
    "form-action 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html tongheng',
  ].join('; ')
  const html = await readFile(join(SOURCE, 'page/page.html'), 'utf8')
  // Embed the decoder as data, which the content security policy does not restrict: 0.55 MB compressed, 0.9 MB inflated.
  const program = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
  const zxing = deflateRawSync(program, { level: 9 }).toString('base64')
  // Replace by functions, because a bundle may contain special patterns of `replace`, such as `$&`.
  return html
    .replace('<!-- head -->', () => `<meta http-equiv="content-security-policy" content="${policy}" /><style>${style}</style>`)
    .replace('<!-- script -->', () => `<script type="application/octet-stream" id="zxing">${zxing}</script><script>${script}</script>`)
}

/** Writes both into the package. */
export async function buildPage(dist: string): Promise<void> {
  await rm(join(dist, 'page'), { recursive: true, force: true })
  for (const [name, body] of await buildServed()) {
    const file = join(dist, name)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, body)
  }
  await writeFile(join(dist, 'verify.html'), await buildAlone())
}
