// Why this exists: what a clerk reads at the desk is of persons. Another site, a lying node, and the next person at the browser
// must get none of it.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { checkRecord } from 'tongheng/conformance'
import { parseStatement, signStatement } from 'tongheng/envelope'
import { change, DEMONSTRATION_TIME, fixtures } from 'tongheng/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launch, PATIENCE_MS, type ServedPage, servePage } from '../support/browser.ts'
import { admit, uscc } from '../support/nodes/world.ts'

const AT = `?at=${encodeURIComponent(DEMONSTRATION_TIME)}`
const NUMBER = '川计检字20250312-00417'
let browser: Browser
let served: ServedPage
let context: BrowserContext
let page: Page
const asked: string[] = []
let lie: (path: string) => Response | undefined = () => undefined

beforeAll(async () => {
  browser = await launch()
  served = await servePage({}, (request) => lie(new URL(request.url).pathname))
  const statement = await served.world.authorities.sign('CD', fixtures.F01.record)
  await served.world.node.submit({ statement, sender: uscc('CD'), requestId: 'r' })
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})
/** Opens a new window: no key, no documents, nothing stored. */
async function freshPage(): Promise<void> {
  lie = () => undefined
  await context?.close()
  context = await browser.newContext({ locale: 'zh-CN' })
  context.setDefaultTimeout(PATIENCE_MS)
  context.on('request', (request) => asked.push(request.url()))
  page = await context.newPage()
  asked.length = 0
}

async function openDesk(target = page): Promise<void> {
  await target.goto(`${served.url}/${AT}`)
  await target.waitForSelector('.documents')
  await target.click('button:has-text("登录查询")')
}

async function signIn(): Promise<void> {
  const { anchors, trustLists, signedAgreement } = served.world.authorities
  const buffer = Buffer.from(JSON.stringify({ anchors, trustLists, agreements: [signedAgreement] }))
  await page.goto(`${served.url}/${AT}`)
  await page.waitForSelector('.documents')
  await page.setInputFiles('.documents input[type=file]', { name: 'trust.json', mimeType: 'application/json', buffer })
  await page.click('.pinning .primary')
  await page.waitForSelector('.held li')
  await page.click('button:has-text("登录查询")')
  await page.click('button:has-text("生成密钥")')
  await page.waitForSelector('.jwk')
  const key = JSON.parse((await page.textContent('.jwk')) ?? '')
  await admit(served.world, key)
  await page.click('button:has-text("已准入，进入")')
  await page.waitForSelector('.signed')
}

async function find(target = page): Promise<void> {
  await target.fill('input[name=text]', '川A·T0001')
  await target.click('.search .primary')
}
async function signOut(target: Page): Promise<void> {
  await target.click('button:has-text("退出登录")')
  await target.click('button:has-text("删除密钥并退出")')
  await target.waitForSelector('#session:has-text("还没有登录密钥")')
}

/** Opens a page of another origin, on which a script of an attacker runs. */
async function withForeignPage<T>(html: string, act: (page: Page) => Promise<T>): Promise<T> {
  const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(html))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const foreign = await context.newPage()
    await foreign.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    return await act(foreign)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

describe('another site', () => {
  beforeEach(freshPage)

  it('cannot show the page in a frame, and so cannot hijack clicks', async () => {
    await withForeignPage(`<iframe src="${served.url}/console"></iframe>`, async (foreign) => {
      await foreign.waitForTimeout(500)
      const [, frame] = foreign.frames()
      expect(frame?.url()).toMatch(/^chrome-error:/)
    })
  })

  it('reads nothing of the node, with a signed request or without, and has no key of its own', async () => {
    await signIn()
    let authorization = ''
    page.on('request', (request) => {
      authorization ||= request.headers().authorization ?? ''
    })
    await find()
    await page.waitForSelector('.found tbody tr')
    expect(authorization).toMatch(/^Metrology /)
    await withForeignPage('', async (foreign) => {
      const read = (headers: object) =>
        foreign.evaluate<string>(
          `fetch(${JSON.stringify(`${served.url}/v1/records?plate=${encodeURIComponent('川A·T0001')}`)}, { credentials: 'include', headers: ${JSON.stringify(headers)} }).then((answer) => answer.text(), (error) => error.name)`,
        )
      expect(await read({})).toBe('TypeError')
      expect(await read({ authorization })).toBe('TypeError')
      const keys = await foreign.evaluate<string[]>('indexedDB.databases().then((all) => all.map(({ name }) => name))')
      expect(keys).toEqual([])
    })
  })

  it('is never opened by an address of the page', async () => {
    for (const path of [
      '/?next=https://evil.example/',
      '/l#https://evil.example/',
      '/console?return=//evil.example',
      '//evil.example/',
      '/\\evil.example',
    ]) {
      await page.goto(`${served.url}${path}`).catch(() => undefined)
      await page.waitForTimeout(200)
      expect([path, new URL(page.url()).origin]).toEqual([path, served.url])
    }
    expect(asked.filter((url) => !url.startsWith(served.url) && !url.startsWith('blob:'))).toEqual([])
  })
})

describe('after signing out', () => {
  beforeEach(freshPage)

  it('nothing that was read is left: not shown, not in a cache, not in the database, not behind the back button', async () => {
    await signIn()
    await find()
    await page.waitForSelector('.found tbody tr')
    await page.click('button.outcome >> nth=0')
    await page.click('button:has-text("查看证书")')
    await page.waitForSelector('.certificate iframe')
    const read = asked.filter((url) => url.startsWith(`${served.url}/v1/`))
    expect(read.some((url) => url.includes('/v1/records'))).toBe(true)
    await signOut(page)
    expect(await page.textContent('#page')).not.toMatch(/T0001|张三/)
    const left = await page.evaluate<string[]>(`(async () => {
      const done = (request) => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error) })
      const found = []
      for (const url of ${JSON.stringify(read)})
        await fetch(url, { cache: 'only-if-cached', mode: 'same-origin' }).then((answer) => answer.status === 504 || found.push('http ' + url), () => undefined)
      for (const name of await caches.keys())
        for (const { url } of await (await caches.open(name)).keys()) if (url.includes('/v1/')) found.push('cache ' + url)
      const database = await done(indexedDB.open('tongheng', 1))
      for (const name of database.objectStoreNames) {
        const text = JSON.stringify(await done(database.transaction(name).objectStore(name).getAll()))
        if (name === 'keys' ? text !== '[]' : /T0001|${NUMBER}/.test(text)) found.push('database ' + name)
      }
      for (const [name, value] of [...Object.entries(localStorage), ...Object.entries(sessionStorage)]) if (/T0001|张三/.test(value)) found.push('storage ' + name)
      return found
    })()`)
    expect(left).toEqual([])
    await page.goto('about:blank')
    await page.goBack()
    await page.waitForSelector('.documents, .session')
    expect(await page.textContent('#page')).not.toMatch(/T0001|张三/)
  })

  it('in one window, the other windows show nothing more either, nor what they were still waiting for', async () => {
    await signIn()
    await find()
    await page.waitForSelector('.found tbody tr')
    const other = await context.newPage()
    await openDesk(other)
    await other.waitForSelector('.signed')
    // The first window repeats its request, and the answer arrives after the key was deleted.
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route('**/v1/records?*', async (route) => {
      await held
      await route.continue()
    })
    await page.click('.search .primary')
    await signOut(other)
    await page.waitForSelector('#session:has-text("还没有登录密钥")')
    release()
    await page.waitForTimeout(500)
    expect(await page.textContent('#page')).not.toMatch(/T0001|张三/)
    await expect.poll(() => page.locator('.found').count()).toBe(0)
  })
})

describe('a node that lies at the desk', () => {
  // One session for all answers: the search at the end of each test proves that the page still works.
  beforeAll(async () => {
    await freshPage()
    await signIn()
  })

  const json = (text: string): Response => new Response(text, { headers: { 'content-type': 'application/json' } })
  const endless = (): Response =>
    new Response(new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1_048_576).fill(0x20)) }), {
      headers: { 'content-type': 'application/json' },
    })
  it.each<readonly [string, () => Response]>([
    ['no JSON', () => json('<html><script>document.title=1</script>')],
    ['null', () => json('null')],
    ['items that are none', () => json('{"items":[null,1,{"statement":"x"}]}')],
    [
      'a text of an error that is a tag',
      () =>
        new Response(
          '{"code":"request.key","title":"<img src=x onerror=document.title=1>","detail":"<script>document.title=1</script>","status":403}',
          { status: 403, headers: { 'content-type': 'application/problem+json' } },
        ),
    ],
    ['octets without end', endless],
    ['another address', () => new Response(null, { status: 302, headers: { location: 'https://evil.example/' } })],
  ])('that answers with %s is reported, and nothing in the answer is run', async (_, answer) => {
    expect(await page.locator('.desk [role=alert]').count()).toBe(0)
    lie = (path) => (path === '/v1/records' ? answer() : undefined)
    await find()
    await page.waitForSelector('.desk [role=alert]')
    expect(await page.locator('#page img, #page script').count()).toBe(0)
    expect(await page.title()).toBe('同衡 · 签名记录核验')
    expect(asked.filter((url) => url.includes('evil.example'))).toEqual([])
    lie = () => undefined
    await find()
    await page.waitForSelector('.found tbody tr')
    await page.waitForSelector('.desk [role=alert]', { state: 'detached' })
  })
})

describe('a node that is silent at the desk', () => {
  beforeEach(freshPage)

  it('ends the search with a message when the node is silent, and the next search works', async () => {
    await signIn()
    lie = (path) =>
      path === '/v1/records' ? new Response(new ReadableStream(), { headers: { 'content-type': 'application/json' } }) : undefined
    await page.clock.install()
    await find()
    for (let passed = 0; passed < 300 && (await page.locator('.desk [role=alert]').count()) === 0; passed += 5)
      await page.clock.runFor(5_000)
    expect(await page.locator('.desk [role=alert]').count()).toBe(1)
    lie = () => undefined
    await find()
    await page.waitForSelector('.found tbody tr')
  })
})

describe('a text that an institute or a node writes', () => {
  const payload = '<img src=x onerror="document.title=1"><script>document.title=1</script>"\'><b>'
  const pathsIn = (value: unknown, path = ''): string[] =>
    typeof value === 'string'
      ? [path]
      : typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, `${path}/${name}`))
        : []
  const noTag = async (): Promise<void> => {
    const frames = await Promise.all(page.frames().map((frame) => frame.locator('#page img, #page script, #page b, body > img').count()))
    expect([...frames, await page.title()]).toEqual([...frames.map(() => 0), '同衡 · 签名记录核验'])
  }

  // Both tests use one session.
  beforeAll(async () => {
    await freshPage()
    await signIn()
  })

  /** A row of a search result of the node. */
  async function listed(): Promise<object> {
    for await (const row of served.world.client('SC-AMR').records.list()) return JSON.parse(JSON.stringify(row)) as object
    throw new Error('the node has no record')
  }

  it('stays a text in a record: in the row of a search, opened, and in its certificate', async () => {
    const { record } = fixtures.F01
    const isFree = (path: string): boolean =>
      checkRecord(change(record, [path, payload])).checks.some(({ id, status }) => id === 'record.schema' && status === 'pass')
    // One record with a certificate has the payload in every member of free text; a sample of the other members has it one at a time:
    // a test of judging covers all.
    const free = pathsIn(record).filter(isFree)
    expect(free.length).toBeGreaterThan(8)
    const others = pathsIn(record).filter((path, at) => at % 8 === 0 && !isFree(path))
    const records = [
      change(record, ...free.map((path) => [path, payload] as const)),
      ...others.map((path) => change(record, [path, payload])),
    ]
    const signer = served.world.authorities.signer('CD')
    const row = await listed()
    const statements = await Promise.all(
      records.map((changed, at) =>
        signStatement(
          {
            iss: uscc('CD'),
            jti: `01JXP00000000000000000${String(1000 + at)}`,
            iat: served.world.clock.now - 60,
            record: changed,
          },
          { typ: 'metrology-record+jwt', signer },
        ),
      ),
    )
    const items = statements.map((statement, position) => {
      const { id } = parseStatement(statement, 'metrology-record+jwt')
      return { ...row, statement, statementId: id, jti: `01JXP00000000000000000${String(1000 + position)}`, position }
    })
    lie = (path) => (path === '/v1/records' ? Response.json({ items }) : undefined)
    await find()
    await page.waitForSelector('.found tbody tr')
    expect(await page.locator('.found tbody tr').count()).toBe(items.length)
    await noTag()
    let certificates = 0
    for (const at of items.keys()) {
      await page.locator('.found tbody tr').nth(at).locator('button.outcome').first().click()
      await page.waitForSelector('.opened .verdict')
      const button = page.locator('button:has-text("查看证书")')
      if ((await button.count()) > 0) {
        await button.click()
        await page.waitForSelector('.certificate iframe, .certificate [role=alert], .certificate p')
        certificates++
      }
      await noTag()
      await page.click('button:has-text("返回查询结果")')
      await page.waitForSelector('.found tbody tr')
    }
    expect(certificates).toBeGreaterThan(0)
  })

  it('stays a text in every member of a row, or the answer is refused', async () => {
    const row = await listed()
    const paths = pathsIn(row)
    expect(paths.length).toBeGreaterThan(8)
    for (const path of paths) {
      lie = (asked) => (asked === '/v1/records' ? Response.json({ items: [change(row, [path, payload])] }) : undefined)
      await Promise.all([page.waitForResponse(/\/v1\/records\?/), find()])
      await page.waitForSelector('.desk [role=alert], .found tbody tr')
      await noTag()
    }
  })
})
