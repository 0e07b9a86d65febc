// Why this exists: what an inspector or a clerk sees is the page, not the library. It must give the verdict of Node in words that a person
// understands, pin nothing by itself, and show a record's text as text.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { signStatement } from 'tongheng/envelope'
import { createFakeAuthorities, DEMONSTRATION_TIME, fixtures, negatives, organisation, send, sendOnTheWay } from 'tongheng/testing'
import { gatherEvidence, verify } from 'tongheng/verify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readWorkbook } from '../../src/spreadsheet/index.js'
import { change } from '../records/change.ts'
import { builtPage, launch, PATIENCE_MS, pictureFile, type ServedPage, servePage } from '../support/browser.ts'
import { NOW } from '../support/nodes/world.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const AT = `?at=${encodeURIComponent(DEMONSTRATION_TIME)}`

let browser: Browser
let served: ServedPage
let context: BrowserContext
let page: Page
const requests: string[] = []
const errors: string[] = []

const trustFile = () => {
  const { anchors, trustLists, signedAgreement } = served.world.authorities
  return JSON.stringify({ anchors, trustLists, agreements: [signedAgreement] })
}
const file = (name: string, text: string) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) })

async function open(path = `/${AT}`, target = page): Promise<void> {
  await target.goto(`${served.url}${path}`)
  await target.waitForSelector('.documents')
}

/** Loads the trust file, compares and pins the keys, and chooses the province of use. */
async function pin(target = page): Promise<void> {
  await target.setInputFiles('.documents input[type=file]', file('trust.json', trustFile()))
  await target.click('.pinning .primary')
  await target.waitForSelector('.held li')
  await target.click('.regions label:nth-of-type(1)')
}
const give = (files: readonly ReturnType<typeof file>[], target = page) => target.setInputFiles('.ways .primary input', [...files])
const rawVerdict = async (target = page): Promise<string> => {
  await target.waitForSelector('.verdict .raw pre', { state: 'attached' })
  return JSON.stringify(JSON.parse((await target.textContent('.raw pre')) ?? ''))
}

beforeAll(async () => {
  browser = await launch()
  served = await servePage()
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})
beforeEach(async () => {
  await context?.close()
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', serviceWorkers: 'block' })
  context.setDefaultTimeout(PATIENCE_MS)
  page = await context.newPage()
  requests.length = 0
  errors.length = 0
  page.on('request', (request) => requests.push(request.url()))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  page.on('pageerror', (error) => errors.push(String(error)))
})

describe('the page', () => {
  it('judges nothing before root keys are pinned, and pins only what the user confirms', async () => {
    await open()
    expect(await page.textContent('.documents')).toContain('尚未固定主管部门的根公钥')
    await give([file('F01.jws', await served.world.authorities.sign('CD', fixtures.F01.record))])
    await page.setInputFiles('.documents input[type=file]', file('trust.json', trustFile()))
    await page.waitForSelector('.pinning')
    expect(await page.locator('.verdict').count()).toBe(0)
    expect(await page.locator('.thumbprint').count()).toBe(4)
    await page.click('.pinning .primary')
    // The first record is judged now: the node is of Sichuan, so that province is preselected.
    await page.waitForSelector('.verdict')
    expect(await page.textContent('.band .where')).toBe('四川')
    await open()
    expect(await page.locator('.held li').count()).toBeGreaterThan(2)
    expect(errors).toEqual([])
  })

  it('gives the verdict of Node, octet for octet, for every fixture and every negative one', async () => {
    await open()
    await pin()
    const { authorities: world } = served.world
    const options = { at: DEMONSTRATION_TIME, trust: world.trust, agreements: [world.agreement], policy: { region: '50' } }
    const statements = [
      ...(await Promise.all(Object.values(fixtures).map((fixture) => send(world, fixture)))),
      ...(await Promise.all(
        negatives.map((fixture) => (fixture.onTheWay === undefined ? send(world, fixture) : sendOnTheWay(world, fixture))),
      )),
    ]
    expect(statements.length).toBeGreaterThan(20)
    for (const [at, statement] of statements.entries()) {
      await give([file(`${at}.jws`, statement)])
      const expected = JSON.stringify(await verify(statement, options))
      // The previous verdict is shown until it is replaced.
      await expect.poll(() => rawVerdict()).toBe(expected)
    }
    expect(errors).toEqual([])
  })

  it('shows a verdict at three depths: the word with its shape and the reason, the deciding check, every check', async () => {
    await open()
    await pin()
    await give([file('F01.jws', await served.world.authorities.sign('CD', fixtures.F01.record))])
    await page.waitForSelector('.verdict.good')
    expect(await page.textContent('#word')).toBe('予以互认')
    expect(await page.locator('.band .shape circle').count()).toBe(1)
    expect(await page.textContent('.large')).toContain('川A·T0001')
    expect(await page.textContent('.large')).toContain('1024')
    expect(await page.textContent('.verdict')).toContain('不是现在')
    expect(await page.textContent('.relied')).toMatch(/第 1 版 · .*签发 · .*后失效/)
    await page.click('.why summary')
    expect(await page.textContent('.why')).toContain('agreement.clause')
    await page.click('.checks summary')
    expect(await page.locator('.check').count()).toBeGreaterThan(30)
    await page.click('button:has-text("English")')
    expect(await page.textContent('#word')).toBe('Recognised')
    expect(await page.getAttribute('html', 'lang')).toBe('en')
    await give([file('F02.jws', await send(served.world.authorities, fixtures.F02))])
    await page.waitForSelector('.verdict.failed')
    expect(await page.locator('.band .shape path.fill').getAttribute('d')).toBe('M24 3L46 43H2z')
  })

  it('shows nothing of a forged record', async () => {
    await open()
    await pin()
    const statement = await served.world.authorities.sign('CD', fixtures.F01.record)
    const [header, payload, signature] = statement.split('.') as [string, string, string]
    const forged = Buffer.from(Buffer.from(payload, 'base64url').toString().replace('T0001', 'T9999')).toString('base64url')
    await give([file('forged.jws', `${header}.${forged}.${signature}`)])
    await page.waitForSelector('.verdict.bad')
    expect(await page.textContent('.verdict')).toContain('不显示记录内容')
    expect(await page.textContent('.verdict .band')).not.toContain('T9999')
    expect(await page.locator('.large').count()).toBe(0)
  })

  it('replays an evidence bundle under the keys that are pinned here, not under its own', async () => {
    await open()
    await pin()
    const statement = await served.world.authorities.sign('CD', fixtures.F01.record)
    const bundleOf = async ({ anchors, trustLists, signedAgreement }: typeof served.world.authorities, one: string) =>
      JSON.stringify(
        await gatherEvidence(one, { anchors, trustLists, agreements: [signedAgreement], at: DEMONSTRATION_TIME, region: '50' }),
      )
    await give([file('bundle.json', await bundleOf(served.world.authorities, statement))])
    await page.waitForSelector('.verdict.good')
    expect(await page.textContent('.verdict')).toContain('与证据包所载一致')
    // In a list, its row states the different time of judgement.
    await give([file('bundle.json', await bundleOf(served.world.authorities, statement)), file('F01.jws', statement)])
    await page.waitForSelector('.batch')
    expect(await page.locator('.batch tbody tr:has-text("不是现在")').count()).toBe(1)
    const foreign = await createFakeAuthorities()
    await give([file('bundle.json', await bundleOf(foreign, await foreign.sign('CD', fixtures.F01.record)))])
    await page.waitForSelector('.fault')
    expect(await page.textContent('.fault')).toContain('trust-list.threshold')
  })

  it('judges many at once: a row each, counts, duplicates by name, a list for Excel', async () => {
    await open()
    await pin()
    const { authorities: world } = served.world
    const F01 = await world.sign('CD', fixtures.F01.record)
    const lines = [F01, await send(world, fixtures.F02), await send(world, fixtures.F03)].join('\n')
    await give([file('bulk.ndjson', lines), file('again.jws', F01), file('note.txt', 'nothing signed')])
    await page.waitForSelector('.batch')
    expect(await page.locator('tbody tr').count()).toBe(5)
    expect(await page.textContent('.batch h2')).toBe('共 5 份')
    expect(await page.textContent('.batch .why')).toMatch(/bulk\.ndjson:1、again\.jws/)
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('button:has-text("下载清单")')])
    const csv = readFileSync((await download.path()) as string, 'utf8')
    expect(csv.startsWith('\ufeff"文件","行","结论"')).toBe(true)
    expect(csv.trim().split('\r\n')).toHaveLength(6)
    const [book] = await Promise.all([page.waitForEvent('download'), page.click('button:has-text("下载清单（Excel）")')])
    const { sheets } = await readWorkbook(readFileSync((await book.path()) as string))
    expect(sheets.map(({ name, rows }) => [name, rows.length]).at(-1)).toEqual(['逐份结论', 6])
    await page.click('tbody tr:nth-child(2) button')
    await page.waitForSelector('.verdict.failed')
    await page.click('button:has-text("返回列表")')
    expect(await page.locator('tbody tr').count()).toBe(5)
    await page.screenshot({ path: pictureFile('batch-1440'), fullPage: true })
  })

  it('shows every text of a record as text, never as a tag, a script or a hidden change of direction', async () => {
    await open()
    await pin()
    const payload = '<img src=x onerror="document.title=1">‮<script>document.title=1</script>{{x}}'
    const { record } = fixtures.F01
    const paths: string[] = []
    const strings = (value: unknown, path: string): void => {
      if (typeof value === 'string') paths.push(path)
      else if (typeof value === 'object' && value !== null)
        for (const [name, inner] of Object.entries(value)) strings(inner, `${path}/${name}`)
    }
    strings(record, '')
    expect(paths.length).toBeGreaterThan(50)
    const signer = served.world.authorities.signer('CD')
    const statements = await Promise.all(
      paths.map((path, at) =>
        signStatement(
          {
            iss: organisation('CD').uscc,
            jti: `01JXP0000000000000000000${String(at).padStart(2, '0')}`.slice(0, 26),
            iat: NOW - 3600,
            record: change(record, [path, payload]),
          },
          { typ: 'metrology-record+jwt', signer },
        ),
      ),
    )
    // Lists of sixteen, because a list is drawn again at each return to it. A script in the page opens each row, because a click through the
    // driver takes a second on a loaded machine.
    let opened = 0
    for (let from = 0; from < statements.length; from += 16) {
      const part = statements.slice(from, from + 16)
      await give([file(`attack-${from}.ndjson`, part.join('\n'))])
      await page.waitForSelector(`.batch tbody tr:has-text("attack-${from}.ndjson")`)
      expect(await page.locator('tbody tr').count()).toBe(part.length)
      opened += await page.evaluate<number>(`(async () => {
        const shown = async (selector) => {
          while (document.querySelector(selector) === null) await new Promise((resolve) => setTimeout(resolve, 1))
          return document.querySelector(selector)
        }
        let count = 0
        for (let at = 0; at < ${part.length}; at++) {
          (await shown('.batch')).querySelectorAll('tbody button')[at].click()
          await shown('.verdict')
          if (document.querySelector('#page img, #page script') !== null) throw new Error('a text became a tag: row ' + at)
          count++
          ;[...document.querySelectorAll('#page button')].find(({ textContent }) => textContent.includes('返回列表')).click()
        }
        await shown('.batch')
        return count
      })()`)
      expect(await page.textContent('.batch')).not.toContain('\u202e')
    }
    expect(opened).toBe(paths.length)
    expect(await page.title()).toBe('同衡 · 签名记录核验')
    expect(errors).toEqual([])
  })

  it('has no finding of axe, at the width of a phone and of a desk', async () => {
    await open()
    const check = async (name: string): Promise<void> => {
      await page.screenshot({ path: pictureFile(name), fullPage: true })
      await page.evaluate(AXE)
      const found = await page.evaluate<string[]>(
        `axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' ' + target + ' ' + failureSummary)))`,
      )
      expect([name, found]).toEqual([name, []])
    }
    const sizes = [
      { width: 390, height: 844 },
      { width: 1440, height: 900 },
    ]
    for (const size of sizes) {
      await page.setViewportSize(size)
      await check(`empty-${size.width}`)
    }
    await page.setInputFiles('.documents input[type=file]', file('trust.json', trustFile()))
    await page.waitForSelector('.pinning')
    for (const size of sizes) {
      await page.setViewportSize(size)
      await check(`pinning-${size.width}`)
    }
    await page.click('.pinning .primary')
    await page.waitForSelector('.held li')
    await page.click('.regions label:nth-of-type(1)')
    const { authorities: world } = served.world
    for (const [name, statement] of [
      ['good', await world.sign('CD', fixtures.F01.record)],
      ['failed', await send(world, fixtures.F02)],
      ['bad', `${(await world.sign('CD', fixtures.F01.record)).slice(0, -8)}AAAAAAAA`],
      ['unsure', await world.sign('CD', fixtures.F01.record, { status: { uri: 'https://node.example/v1/status-lists/x/y', idx: 1 } })],
    ] as const) {
      await give([file(`${name}.jws`, statement)])
      await page.waitForSelector(`.verdict.${name}`)
      for (const size of sizes) {
        await page.setViewportSize(size)
        await check(`${name}-${size.width}`)
        // No horizontal scrolling, and every control is large enough for a thumb.
        expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
        const small = await page.evaluate<string[]>(
          `[...document.querySelectorAll('button, summary, .button, .regions span')].filter((one) => one.getBoundingClientRect().height > 0 && one.getBoundingClientRect().height < 44).map((one) => one.textContent)`,
        )
        expect(small).toEqual([])
      }
    }
    await page.click('.checks summary')
    await check('checks-1440')
  })

  it('sends requests to its own node only, under a policy without inline scripts', async () => {
    const response = await page.goto(`${served.url}/`)
    const policy = response?.headers()['content-security-policy'] ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe-inline')
    expect(response?.headers()['referrer-policy']).toBe('no-referrer')
    expect(response?.headers()['x-content-type-options']).toBe('nosniff')
    await page.waitForSelector('.documents')
    await pin()
    await give([file('F01.jws', await served.world.authorities.sign('CD', fixtures.F01.record))])
    await page.waitForSelector('.verdict')
    expect(requests.filter((url) => !url.startsWith(served.url) && !url.startsWith('blob:'))).toEqual([])
  })

  it('shows the verdict of the latest input, even if an earlier one takes longer', async () => {
    await open()
    await pin()
    const { authorities } = served.world
    const [good, failed] = [await send(authorities, fixtures.F01), await send(authorities, fixtures.F02)]
    let release = (): void => undefined
    const held = new Promise<void>((done) => {
      release = done
    })
    // The list is loaded at the second statement: the first judging waits for it.
    await page.route(/\/many-\w+\.js$/, async (route) => {
      await held
      await route.continue()
    })
    await give([file('F01.jws', good), file('F01-again.jws', good)])
    await page.waitForSelector('.working')
    await give([file('F02.jws', failed)])
    await page.waitForSelector('.verdict.failed')
    const loaded = page.waitForResponse(/\/many-\w+\.js$/)
    release()
    await (await loaded).finished()
    // The list of the earlier judging would be drawn in the next tasks.
    await page.evaluate(() => new Promise((done) => setTimeout(done, 300)))
    expect(await page.locator('.verdict.failed').count()).toBe(1)
    expect(await page.locator('.batch').count()).toBe(0)
  })

  it('loads at most 160 kB brotli to judge', async () => {
    await open()
    await pin()
    await give([file('F01.jws', await served.world.authorities.sign('CD', fixtures.F01.record))])
    await page.waitForSelector('.verdict')
    const files = await builtPage()
    const loaded = new Set(requests.map((url) => new URL(url).pathname))
    const octets = [...files]
      .filter(([path]) => loaded.has(path.replace(/\.br$/u, '')) || path.includes('index.html'))
      .filter(([path]) => path.endsWith('.br') || !files.has(`${path}.br`))
      .map(([, body]) => body.length)
    expect(octets.length).toBeGreaterThan(3)
    expect(octets.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(160_000)
  })
})
