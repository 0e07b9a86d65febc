// Why this exists: an inspector's page verifies offline. The path from text to verdict must fit into a page, hold no code of Node's,
// and give in a real browser the verdict it gives in Node.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'esbuild'
import type { Browser } from 'playwright-core'
import { coSign } from 'tongheng/envelope'
import { createFakeAuthorities, DEMONSTRATION_TIME, fixtures } from 'tongheng/testing'
import { verify } from 'tongheng/verify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launch } from '../support/browser.ts'
import { answersOf } from '../support/runtime-answers.ts'
import { givenToRuntimes } from '../support/runtime-given.ts'

const SOURCE = resolve(import.meta.dirname, '../../src')
const BUDGET = 128_000

/** Entries that the vectors import by package name. */
const ENTRIES = Object.fromEntries([
  ['tongheng/errors', `${SOURCE}/errors.ts`],
  ...['catalogue', 'envelope', 'recognition', 'trust', 'verify'].map((name) => [`tongheng/${name}`, `${SOURCE}/${name}/index.ts`] as const),
])

/** Bundles code for a browser: portable modules, minified; parts that are loaded on demand are separate files. */
async function bundle(code: string): Promise<Map<string, string>> {
  const result = await build({
    stdin: { contents: code, resolveDir: SOURCE, loader: 'ts', sourcefile: 'verify.ts' },
    outdir: '/',
    entryNames: 'verify',
    chunkNames: '[name]-[hash]',
    splitting: true,
    metafile: true,
    bundle: true,
    minify: true,
    format: 'esm',
    charset: 'utf8',
    platform: 'browser',
    write: false,
    alias: { ...ENTRIES, '#native': `${SOURCE}/base/native.ts`, '#signature': `${SOURCE}/envelope/signature.ts` },
  })
  return new Map(result.outputFiles.map(({ path, text }) => [path.slice(path.lastIndexOf('/')), text]))
}

/** The entry with all its static imports, and the parts that are loaded on demand. */
function loadedAtOnce(files: ReadonlyMap<string, string>): { readonly first: string; readonly later: string } {
  const names = new Set(['/verify.js'])
  for (const name of names)
    for (const [, imported] of (files.get(name) ?? '').matchAll(/(?:from|import)"\.(\/[^"]+)"/g)) names.add(imported as string)
  const texts = (wanted: boolean): string =>
    [...files]
      .filter(([name]) => names.has(name) === wanted)
      .map(([, text]) => text)
      .join('')
  return { first: texts(true), later: texts(false) }
}

const VERIFY_PATH = `
  export { verify, readSpecifications } from './verify/index.ts'
  export { openTrust } from './trust/index.ts'
  export { openAgreement } from './recognition/index.ts'
`

describe('in the browser', () => {
  let files: Map<string, string>
  let browser: Browser
  let server: Server
  let url: string

  beforeAll(async () => {
    files = await bundle(VERIFY_PATH)
    server = createServer((request, response) => {
      const script = files.get(request.url ?? '')
      response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript')
      response.end(script ?? '<!doctype html><title>tongheng</title>')
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    browser = await launch()
  })

  afterAll(async () => {
    await browser?.close()
    server?.close()
  })

  it('loads at most 128 kB brotli on the verify path, and 17 kB more for SM2 and signatures without WebCrypto', async () => {
    const { first, later } = loadedAtOnce(files)
    expect(brotliCompressSync(first).length).toBeLessThanOrEqual(BUDGET)
    const has = (text: string): boolean => text.includes('private key out of range')
    expect([has(first), has(later)]).toEqual([false, true])
    expect(brotliCompressSync(later).length).toBeLessThanOrEqual(17_000)
    expect(/node:/.test(first + later)).toBe(false)
  })

  it('gives the answers of every other runtime, octet for octet', async () => {
    const vectors = await bundle(`export { answersOf } from '../tests/support/runtime-answers.ts'`)
    for (const [name, text] of vectors) files.set(name === '/verify.js' ? '/vectors.js' : name, text)
    const given = await givenToRuntimes()
    const page = await browser.newPage()
    await page.goto(url)
    const answers = await page.evaluate<string[]>(`import('/vectors.js').then(({ answersOf }) => answersOf(${JSON.stringify(given)}))`)
    expect(answers).toEqual(await answersOf(given))
  })

  it('gives the verdict that Node gives', async () => {
    const world = await createFakeAuthorities({ witnessKeys: true, algorithms: ['ES256', 'SGD_SM3_SM2'] })
    const statement = await world.sign('CD', fixtures.F01.record)
    const national = await coSign(statement, { typ: 'metrology-record+jwt', signer: world.signer('CD', 'SGD_SM3_SM2') })
    const given = {
      statement,
      national,
      anchors: world.anchors,
      lists: world.trustLists,
      agreement: world.signedAgreement,
      at: DEMONSTRATION_TIME,
    }
    const page = await browser.newPage()
    await page.goto(url)
    // As text: the test runner would rewrite a dynamic import inside a function.
    const inBrowser = await page.evaluate<string[]>(`(async ({ statement, national, anchors, lists, agreement, at }) => {
      const tongheng = await import('/verify.js')
      const trust = await tongheng.openTrust({ anchors, lists })
      const agreements = [await tongheng.openAgreement(agreement, trust)]
      const judge = async (one) => JSON.stringify(await tongheng.verify(one, { at, trust, agreements, policy: { region: '50' } }))
      return [await judge(statement), await judge(statement.slice(0, -8) + 'AAAAAAAA'), await judge([statement, national])]
    })(${JSON.stringify(given)})`)
    const options = { at: DEMONSTRATION_TIME, trust: world.trust, agreements: [world.agreement], policy: { region: '50' } }
    expect(inBrowser[0]).toBe(JSON.stringify(await verify(statement, options)))
    expect(inBrowser[2]).toBe(JSON.stringify(await verify([statement, national], options)))
    expect(JSON.parse(inBrowser[2] as string).outcome).toBe('recognised')
    expect(JSON.parse(inBrowser[0] as string).outcome).toBe('recognised')
    expect(JSON.parse(inBrowser[1] as string).outcome).toBe('not-recognised')
  })
})
