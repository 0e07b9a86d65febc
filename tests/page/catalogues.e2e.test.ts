// Why this exists: a bureau's catalogue changes verdicts in its province. The page must judge by the catalogues of its node or of its trust
// file, name them, and neither take one that is forged, older or expired nor load the part that opens them where there is none.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { type CataloguePayload, openCatalogues, signCatalogue } from 'tongheng/recognition'
import { DEMONSTRATION_TIME, fixtures } from 'tongheng/testing'
import { verify } from 'tongheng/verify'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { builtAlone, launch, PATIENCE_MS, pictureFile, type ServedPage, servePage } from '../support/browser.ts'
import { fakeAuthorities, NOW, uscc } from '../support/nodes/world.ts'

const AT = `?at=${encodeURIComponent(DEMONSTRATION_TIME)}`
const DAY = 86_400
const CQ = uscc('CQ-AMR')
const file = (name: string, text: string) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) })

type Content = Partial<Omit<CataloguePayload, 'iss' | 'region'>>
/** A catalogue by which JJG 517-2016 was abolished before the verification of F01. */
const ENDED: Content = { editions: [{ number: 'JJG 517-2016', effectiveOn: '2017-05-30', abolishedOn: '2025-01-01' }] }
const catalogue = async (content: Content = {}, by: 'CQ-AMR' | 'SC-AMR' = 'CQ-AMR'): Promise<string[]> => {
  const times = { version: 1, iat: NOW - DAY, exp: NOW + 30 * DAY, title: { zh: '重庆市计量器具与规程目录' } }
  return signCatalogue({ iss: CQ, region: '50', ...times, ...content }, (await fakeAuthorities()).rootSigners(by))
}
const trustFile = async (catalogues?: readonly (readonly string[])[]): Promise<string> => {
  const { anchors, trustLists, signedAgreement } = await fakeAuthorities()
  return JSON.stringify({ anchors, trustLists, agreements: [signedAgreement], ...(catalogues && { catalogues }) })
}
/** The verdict of Node under the same catalogues, as text. */
async function expected(statement: string, catalogues: readonly (readonly string[])[]): Promise<string> {
  const { trust, agreement } = await fakeAuthorities()
  const opened = await openCatalogues({ catalogues, trust, at: DEMONSTRATION_TIME })
  const options = { at: DEMONSTRATION_TIME, trust, agreements: [agreement], catalogues: opened, policy: { region: '50' } }
  return JSON.stringify(await verify(statement, options))
}

let browser: Browser
let context: BrowserContext
let page: Page
let statement: string
const requests: string[] = []
const errors: string[] = []

beforeAll(async () => {
  browser = await launch()
  statement = await (await fakeAuthorities()).sign('CD', fixtures.F01.record)
})
afterAll(() => browser?.close())
afterEach(() => context?.close())

async function newPage(): Promise<void> {
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', serviceWorkers: 'block' })
  context.setDefaultTimeout(PATIENCE_MS)
  page = await context.newPage()
  requests.length = 0
  errors.length = 0
  page.on('request', (request) => requests.push(new URL(request.url()).pathname))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  page.on('pageerror', (error) => errors.push(String(error)))
}

async function pin(trust: string): Promise<void> {
  await page.waitForSelector('.documents')
  await page.setInputFiles('.documents input[type=file]', file('trust.json', trust))
  await page.click('.pinning .primary')
  await page.waitForSelector('.held li')
  await page.click('.regions label:has-text("重庆")')
}
async function judged(): Promise<string> {
  await page.setInputFiles('.ways .primary input', [file('F01.jws', statement)])
  await page.waitForSelector('.verdict .raw pre', { state: 'attached' })
  return JSON.stringify(JSON.parse((await page.textContent('.raw pre')) ?? ''))
}
const isOpenerLoaded = (): boolean => requests.some((path) => /\/catalogues-\w+\.js$/.test(path))
const heldText = async (): Promise<string> => (await page.textContent('.held')) ?? ''

describe('the page of a node that has a catalogue', () => {
  let served: ServedPage
  /** A false answer of the node; undefined for the honest one. */
  let lie: (path: string) => Response | undefined = () => undefined
  const answer = (signed: readonly string[], version = 1): Response => Response.json({ name: CQ, version, signed })
  beforeAll(async () => {
    served = await servePage({ node: { catalogues: [await catalogue(ENDED)] } }, ({ url }) => lie(new URL(url).pathname))
  })
  afterAll(() => served?.close())
  afterEach(() => {
    lie = () => undefined
  })

  it('judges by it in its own province, octet for octet as Node does, and names it', async () => {
    await newPage()
    await page.goto(`${served.url}/${AT}`)
    await pin(await trustFile())
    await expect.poll(heldText).toMatch(/器具与规程目录 重庆示例市场监督管理局第 1 版 · 24 小时前签发 · 30 天后失效/)
    expect(await judged()).toBe(await expected(statement, [await catalogue(ENDED)]))
    expect(await page.textContent('.verdict .checks')).toContain('specification.abolished')
    expect(await page.textContent('.relied')).toMatch(/器具与规程目录 重庆示例市场监督管理局 · 第 1 版 · 24 小时前签发 · 30 天后失效/)
    await page.screenshot({ path: pictureFile('catalogue-1440'), fullPage: true })
    await page.click('.regions label:has-text("四川")')
    await expect.poll(() => page.textContent('.relied')).not.toContain('器具与规程目录')
    expect(await page.textContent('.verdict .checks')).not.toContain('specification.abolished')
    expect(isOpenerLoaded()).toBe(true)
    expect(errors).toEqual([])
  })

  it('uses it when the node hides it later, and rejects another history, whatever the node says', async () => {
    await newPage()
    await page.goto(`${served.url}/${AT}`)
    await pin(await trustFile())
    await expect.poll(heldText).toContain('器具与规程目录')
    lie = (path) => (path === '/v1/catalogues' ? Response.json({ items: [] }) : undefined)
    await page.reload()
    await page.waitForSelector('.held li:has-text("器具与规程目录")')
    const other = await catalogue({ iat: NOW - 2 * DAY })
    lie = (path) => (path === `/v1/catalogues/${CQ}` ? answer(other) : undefined)
    await page.click('.documents button:has-text("从本节点更新")')
    await page.waitForSelector('.lacking code:has-text("catalogue.fork")')
    expect(await judged()).toBe(await expected(statement, [await catalogue(ENDED)]))
    expect(errors).toEqual([])
  })

  it.each([
    ['catalogue.threshold', 'forged: signed by root keys of another authority', () => catalogue(ENDED, 'SC-AMR')],
    ['catalogue.expired', 'expired', () => catalogue({ ...ENDED, exp: NOW - 1 })],
  ] as const)('names %s and judges without it: %s', async (code, _, make) => {
    const signed = await make()
    lie = (path) => (path === `/v1/catalogues/${CQ}` ? answer(signed) : undefined)
    await newPage()
    await page.goto(`${served.url}/${AT}`)
    await pin(await trustFile())
    await page.waitForSelector(`.lacking code:has-text("${code}")`)
    expect(await judged()).toBe(await expected(statement, []))
    expect(await heldText()).not.toContain('器具与规程目录')
    expect(errors).toEqual([])
  })
})

describe('the page of a node without catalogues', () => {
  it('does not load the part that opens them, and asks for none of an authority', async () => {
    const served = await servePage()
    try {
      await newPage()
      await page.goto(`${served.url}/${AT}`)
      await pin(await trustFile())
      expect(await judged()).toBe(await expected(statement, []))
      expect(isOpenerLoaded()).toBe(false)
      expect(requests.filter((path) => path.startsWith('/v1/catalogues'))).toEqual(['/v1/catalogues'])
      expect(errors).toEqual([])
    } finally {
      await served.close()
    }
  })
})

describe('verify.html', () => {
  it('judges by the catalogues of its trust file, without any request', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tongheng-catalogue-'))
    try {
      await writeFile(join(folder, 'verify.html'), await builtAlone())
      await newPage()
      await page.goto(`${pathToFileURL(join(folder, 'verify.html')).href}${AT}`)
      await pin(await trustFile([await catalogue(ENDED)]))
      expect(await judged()).toBe(await expected(statement, [await catalogue(ENDED)]))
      expect(await page.textContent('.relied')).toContain('器具与规程目录')
      expect(requests).toHaveLength(1)
      expect(errors).toEqual([])
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})
