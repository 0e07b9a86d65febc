// Why this exists: at the roadside a label is read by a camera. Each state of a label must be distinguished on a real picture, read by
// the real decoder in a real browser, with and without a network, live and by photograph.
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { DEMONSTRATION_TIME } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtAlone, launch, PATIENCE_MS, pictureFile, type ServedPage, servePage } from '../support/browser.ts'
import { fakeAuthorities } from '../support/nodes/world.ts'
import { pngOf, y4mOf } from '../support/picture-files.ts'
import { foreignModules, labelled, type Seen, taken } from './labelled.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const AT = `?at=${encodeURIComponent(DEMONSTRATION_TIME)}`
const PHONE: BrowserContextOptions = { locale: 'zh-CN', viewport: { width: 390, height: 844 } }
const png = (name: string, picture: Parameters<typeof pngOf>[0]) => ({ name: `${name}.png`, mimeType: 'image/png', buffer: pngOf(picture) })

let browser: Browser
let served: ServedPage
let world: Awaited<ReturnType<typeof labelled>>
beforeAll(async () => {
  browser = await launch()
  served = await servePage()
  world = await labelled(await fakeAuthorities())
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

async function open(address: string, options: BrowserContextOptions = {}, from = browser): Promise<Page> {
  const context = await from.newContext({ ...PHONE, ...options })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  await page.goto(address)
  await page.waitForSelector('.documents')
  return page
}

async function pin(page: Page): Promise<void> {
  const buffer = Buffer.from(world.trustFile)
  await page.setInputFiles('.documents input[type=file]', { name: 'trust.json', mimeType: 'application/json', buffer })
  await page.click('.pinning .primary')
  await page.waitForSelector('.held li')
  await page.click('.regions label:nth-of-type(1)')
}

/** Opens the scanner and selects photographs. */
async function photograph(page: Page, files: ReturnType<typeof png>[]): Promise<void> {
  if ((await page.locator('.scanner').count()) === 0) await page.click('.ways button:has-text("扫标签")')
  await page.setInputFiles('.scanner input[multiple]', files)
  await page.waitForSelector('.scanner', { state: 'detached' })
}

/** The expected answer of each: tone, word, and whether the members to compare by eye are shown. */
const ANSWERS: Readonly<Record<Seen, readonly [tone: string, word: string, isShown: boolean]>> = {
  good: ['good', '有效', true],
  expired: ['bad', '已超过有效期', true],
  revoked: ['bad', '已撤销', true],
  scope: ['bad', '超出机构的授权范围', true],
  failed: ['failed', '检定不合格，不得使用', true],
  forged: ['bad', '签名不成立，疑似伪造', false],
  damaged: ['unsure', '标签损坏，读不出', false],
  foreign: ['bad', '不是计量标签', false],
  unknown: ['unsure', '无法判定', true],
}

describe('a photograph of a label', () => {
  it('is answered by its state, each with its own word, by the decoder that the node serves', async () => {
    const page = await open(`${served.url}/${AT}`, { serviceWorkers: 'block' })
    try {
      const requests: string[] = []
      const errors: string[] = []
      page.on('request', (request) => requests.push(request.url()))
      page.on('pageerror', (error) => errors.push(String(error)))
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
      await pin(page)
      expect(requests.filter((url) => /wasm|scanner/.test(url))).toEqual([])
      for (const [name, [tone, word, isShown]] of Object.entries(ANSWERS) as [Seen, (typeof ANSWERS)[Seen]][]) {
        await photograph(page, [png(name, world.pictures[name])])
        await page.waitForSelector(`.verdict.${tone} h2:text-is("${word}")`)
        expect([name, (await page.locator('.large').count()) > 0]).toEqual([name, isShown])
        expect((await page.textContent('.band .reason'))?.length).toBeGreaterThan(5)
        await page.screenshot({ path: pictureFile(`scan-${name}-390`), fullPage: true })
      }
      expect(new Set(Object.values(ANSWERS).map(([, word]) => word)).size).toBe(9)
      expect(requests.some((url) => /zxing_reader-\w+\.wasm$/.test(url))).toBe(true)
      expect(requests.filter((url) => !url.startsWith(served.url) && !url.startsWith('blob:'))).toEqual([])
      expect(errors).toEqual([])
    } finally {
      await page.context().close()
    }
  })

  it('is answered with plate, K, seals and serial number in large type, and the age of the documents', async () => {
    const page = await open(`${served.url}/${AT}`, { serviceWorkers: 'block' })
    try {
      await pin(page)
      await photograph(page, [png('good', world.pictures.good)])
      await page.waitForSelector('.verdict.good')
      for (const said of ['川A·T0001', '1024', 'TX9A2303117', 'CDF-889201']) expect(await page.textContent('.large')).toContain(said)
      const size = await page.evaluate<number>(`parseFloat(getComputedStyle(document.querySelector('.large dd')).fontSize)`)
      expect(size).toBeGreaterThanOrEqual(24)
      expect(await page.textContent('.relied')).toMatch(/信任列表.*签发 · .*后失效[\s\S]*状态表.*1 天前签发|状态表.*24 小时前签发/)
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.screenshot({ path: pictureFile('scan-good-1440'), fullPage: true })
    } finally {
      await page.context().close()
    }
  })

  it('among many gives a row each; a picture without a code is reported; a sheet of labels gives one row a label', async () => {
    const page = await open(`${served.url}/${AT}`, { serviceWorkers: 'block' })
    try {
      await pin(page)
      const { good, failed, revoked } = world.pictures
      const side = Math.max(good.width, failed.width)
      const blank = { ...good, data: good.data.map(() => 200) }
      const beside = (one: typeof good, other: typeof good) => {
        const data = new Uint8ClampedArray(side * 2 * side * 4).fill(235)
        for (const [at, picture] of [one, other].entries())
          for (let y = 0; y < picture.height; y++)
            data.set(picture.data.subarray(y * picture.width * 4, (y + 1) * picture.width * 4), (y * side * 2 + at * side) * 4)
        return { width: side * 2, height: side, data }
      }
      const advertisement = taken(foreignModules('https://example.com/menu'), { turned: 0 })
      const files = [
        png('two', beside(good, failed)),
        png('revoked', revoked),
        png('blank', blank),
        png('advertised', beside(good, advertisement)),
        { name: 'broken.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('\xff\xd8\xff\xe0 no picture', 'latin1') },
      ]
      await photograph(page, files)
      await page.waitForSelector('.batch')
      const rows = await page.locator('tbody tr').allTextContents()
      expect(rows).toHaveLength(6)
      const batch = (await page.textContent('.batch')) ?? ''
      expect(batch).toContain('blank.png 中没有找到二维码')
      expect(batch).toContain('broken.jpg 不能作为照片打开')
      await page.screenshot({ path: pictureFile('scan-many-390'), fullPage: true })
      // The row of a sheet opens to the label of that row.
      const at = rows.findIndex((row) => row.includes('two.png:2'))
      await page.locator('tbody button').nth(at).click()
      await page.waitForSelector('.verdict')
      expect(await page.textContent('.band .where')).toContain('标签核验')
    } finally {
      await page.context().close()
    }
  })
})

describe('the live camera', () => {
  it('reads the label before it, and is switched off afterwards', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tongheng-camera-'))
    const file = join(folder, 'label.y4m')
    await writeFile(file, y4mOf(world.pictures.good, 1280, 720))
    const camera = await launch([
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${file}`,
    ])
    try {
      const page = await open(`${served.url}/${AT}`, { serviceWorkers: 'block', permissions: ['camera'] }, camera)
      await pin(page)
      await page.evaluate(`{
        const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
        navigator.mediaDevices.getUserMedia = async (given) => { globalThis.stream = await ask(given); return globalThis.stream }
        // The picture may be visible for less time than a call through the driver takes.
        const look = () => { if (document.querySelector('.scanner video') !== null) globalThis.wasShown = true }
        new MutationObserver(look).observe(document.body, { childList: true, subtree: true })
      }`)
      await page.click('.ways button:has-text("扫标签")')
      await page.waitForSelector('.verdict.good')
      expect(await page.evaluate('globalThis.wasShown')).toBe(true)
      expect(await page.textContent('.verdict h2')).toBe('有效')
      expect(await page.locator('.scanner').count()).toBe(0)
      expect(await page.evaluate(`globalThis.stream.getTracks().map(({ readyState }) => readyState)`)).toEqual(['ended'])
      // The next label is one tap away.
      await page.evaluate('delete globalThis.stream')
      await page.click('.next button')
      await expect.poll(() => page.evaluate('globalThis.stream !== undefined')).toBe(true)
      await page.waitForSelector('.scanner', { state: 'detached' })
      await page.waitForSelector('.verdict.good')
      expect(await page.evaluate(`globalThis.stream.getTracks().map(({ readyState }) => readyState)`)).toEqual(['ended'])
    } finally {
      await camera.close()
      await rm(folder, { recursive: true, force: true })
    }
  })

  it('reports a torn label as seen but unreadable, and continues until it is closed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tongheng-camera-'))
    const file = join(folder, 'torn.y4m')
    await writeFile(file, y4mOf(world.pictures.damaged, 1280, 720))
    const camera = await launch([
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${file}`,
    ])
    try {
      const page = await open(`${served.url}/${AT}`, { serviceWorkers: 'block', permissions: ['camera'] }, camera)
      await pin(page)
      await page.click('.ways button:has-text("扫标签")')
      await page.waitForSelector('.scanner p:has-text("看得到二维码，但读不出")')
      await page.screenshot({ path: pictureFile('camera-390') })
      await page.evaluate(AXE)
      const found = await page.evaluate(`axe.run('.scanner').then(({ violations }) => violations.map(({ id }) => id))`)
      expect(found).toEqual([])
      await page.click('.scanner button:has-text("关闭")')
      await page.waitForSelector('.scanner', { state: 'detached' })
      expect(await page.locator('.verdict').count()).toBe(0)
    } finally {
      await camera.close()
      await rm(folder, { recursive: true, force: true })
    }
  })

  it('names the reason of its absence, while a photograph works: refused, over plain http, in WeChat, without a camera', async () => {
    const cases: readonly (readonly [string, BrowserContextOptions, string, string])[] = [
      ['refused or absent', { permissions: [] }, '', '拍照识别'],
      ['plain http', {}, `Object.defineProperty(globalThis, 'isSecureContext', { value: false })`, '未加密的 http'],
      ['WeChat', { userAgent: 'Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/107 MicroMessenger/8.0.30' }, '', '在浏览器打开'],
      ['no camera', {}, `Object.defineProperty(navigator, 'mediaDevices', { value: undefined })`, '没有可用的摄像头'],
    ]
    for (const [name, options, script, said] of cases) {
      const context = await browser.newContext({ ...PHONE, serviceWorkers: 'block', ...options })
      context.setDefaultTimeout(PATIENCE_MS)
      const page = await context.newPage()
      if (script !== '') await page.addInitScript(script)
      await page.goto(`${served.url}/${AT}`)
      await page.waitForSelector('.documents')
      await pin(page)
      await page.click('.ways button:has-text("扫标签")')
      await page.waitForSelector(`.scanner p:has-text("${said}")`)
      expect(await page.locator('.scanner video').count(), name).toBe(0)
      await photograph(page, [png('good', world.pictures.good)])
      await page.waitForSelector('.verdict.good')
      await context.close()
    }
  })

  it('uses the browser’s own decoder where there is one, and fetches no program', async () => {
    const context = await browser.newContext({ ...PHONE, serviceWorkers: 'block' })
    context.setDefaultTimeout(PATIENCE_MS)
    const page = await context.newPage()
    const requests: string[] = []
    page.on('request', (request) => requests.push(request.url()))
    await page.addInitScript(`globalThis.BarcodeDetector = class {
      static async getSupportedFormats() { return ['qr_code'] }
      async detect({ width }) { return width > 100 ? [{ rawValue: 'https://example.com/menu' }] : [] }
    }`)
    await page.goto(`${served.url}/${AT}`)
    await page.waitForSelector('.documents')
    await pin(page)
    await photograph(page, [png('good', world.pictures.good)])
    await page.waitForSelector('.verdict.bad')
    expect(await page.textContent('.verdict h2')).toBe('不是计量标签')
    expect(requests.filter((url) => url.endsWith('.wasm'))).toEqual([])
    await context.close()
  })

  it('names the alternative in a browser that may not run the program', async () => {
    const page = await open(`${served.url}/${AT}`, { serviceWorkers: 'block' })
    try {
      await pin(page)
      await page.evaluate(`WebAssembly.instantiate = async () => { throw new Error('refused by policy') }`)
      await photograph(page, [png('good', world.pictures.good)])
      await page.waitForSelector('.fault')
      expect(await page.textContent('.fault')).toContain('手机自带的相机')
    } finally {
      await page.context().close()
    }
  })
})

describe('a day without a network', () => {
  it('allows reading and judging a label with the node unreachable, after the page was opened once', async () => {
    const cut = await servePage()
    const page = await open(`${cut.url}/${AT}`)
    try {
      await page.waitForSelector('.offline .ready')
      await pin(page)
      await cut.close()
      await page.goto(`${cut.url}/${AT}`)
      await page.waitForSelector('.held li')
      await page.click('.regions label:nth-of-type(1)')
      for (const name of ['revoked', 'good'] as const) {
        await photograph(page, [png(name, world.pictures[name])])
        await page.waitForSelector(`.verdict.${ANSWERS[name][0]}`)
        expect(await page.textContent('.verdict h2')).toBe(ANSWERS[name][1])
      }
    } finally {
      await page.context().close()
      await cut.close().catch(() => undefined)
    }
  })

  it('allows reading a photograph in verify.html, opened from a folder, by the program inside it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tongheng-alone-'))
    try {
      await writeFile(join(folder, 'verify.html'), await builtAlone())
      const page = await open(`${pathToFileURL(join(folder, 'verify.html')).href}${AT}`)
      await pin(page)
      await page.click('.ways button:has-text("扫标签")')
      await page.waitForSelector('.scanner p:has-text("从文件打开的页面没有实时摄像头")')
      await photograph(page, [png('good', world.pictures.good)])
      await page.waitForSelector('.verdict.good')
      expect(await page.textContent('.verdict h2')).toBe('有效')
      await page.context().close()
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})
