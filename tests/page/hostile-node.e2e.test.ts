// Why this exists: the page requests newer documents from the node that serves it, and that node may be hacked. Whatever it answers, what is stored
// remains, the page continues, and it reports what it refused.
import type { Browser } from 'playwright-core'
import { DEMONSTRATION_TIME, type FakeAuthorities, fixtures } from 'tongheng/testing'
import { signTrustList } from 'tongheng/trust'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launch, PATIENCE_MS, type ServedPage, servePage } from '../support/browser.ts'
import { fakeAuthorities } from '../support/nodes/world.ts'

const AT = `?at=${encodeURIComponent(DEMONSTRATION_TIME)}`
const file = (name: string, text: string) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) })
const json = (value: unknown): Response => new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json' } })

let browser: Browser
let served: ServedPage
let world: FakeAuthorities
/** The node's answer to a request for a trust list or its description; undefined for the honest answer. */
let lie: (path: string) => Response | undefined = () => undefined

beforeAll(async () => {
  browser = await launch()
  world = await fakeAuthorities()
  served = await servePage({}, (request) => lie(new URL(request.url).pathname))
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

/** An endless stream: a chunk for each read, or none at all. */
const endless = (piece?: Uint8Array): Response =>
  new Response(
    new ReadableStream({
      pull: (controller) => (piece === undefined ? new Promise(() => undefined) : controller.enqueue(piece)),
    }),
    { headers: { 'content-type': 'application/json' } },
  )

async function signedList(change: object, version: number, by = 'SC-AMR'): Promise<string[]> {
  const { payload } = world.trust.lists[0] as (typeof world.trust.lists)[number]
  return signTrustList({ ...payload, ...change, version } as typeof payload, world.rootSigners(by as never))
}
const isList = (path: string): boolean => path.startsWith(`/v1/trust-lists/${world.trust.lists[0]?.payload.iss}`)
const answerLists = (answer: () => Response) => (path: string) => (isList(path) ? answer() : undefined)

/** Pins the page while the node is honest, then updates it while the node is hostile. */
async function updated(lying: typeof lie, { skips = 0 } = {}): Promise<{ held: string; refused: string; verdict: string }> {
  const context = await browser.newContext({ locale: 'zh-CN', serviceWorkers: 'block' })
  context.setDefaultTimeout(PATIENCE_MS)
  lie = () => undefined
  try {
    const page = await context.newPage()
    if (skips > 0) await page.clock.install()
    await page.goto(`${served.url}/${AT}`)
    await page.waitForSelector('.documents')
    const { anchors, trustLists, signedAgreement } = world
    await page.setInputFiles(
      '.documents input[type=file]',
      file('trust.json', JSON.stringify({ anchors, trustLists, agreements: [signedAgreement] })),
    )
    await page.click('.pinning .primary')
    await page.waitForSelector('.documents button:has-text("从本节点更新"):not([disabled])')
    lie = lying
    await page.click('.documents button:has-text("从本节点更新")')
    if (skips > 0) {
      await page.waitForSelector('.documents button[disabled]')
      await page.clock.fastForward(skips)
    }
    await page.waitForSelector('.documents .lacking code')
    const held = (await page.textContent('.held')) ?? ''
    const refused = (await page.textContent('.documents .lacking code')) ?? ''
    // The page still judges by its stored documents.
    await page.setInputFiles('.ways .primary input', file('F01.jws', await world.sign('CD', fixtures.F01.record)))
    await page.click('.regions label:nth-of-type(1)')
    await page.waitForSelector('.verdict h2')
    return { held, refused, verdict: (await page.textContent('.verdict h2')) ?? '' }
  } finally {
    lie = () => undefined
    await context.close()
  }
}

const MEGABYTE = new Uint8Array(1024 * 1024).fill(0x20)

describe('a node that lies to its page', () => {
  it.each<[string, string, () => Promise<typeof lie>]>([
    [
      'another list under the same version',
      'trust-list.',
      async () => {
        const signed = await signedList({ iat: (world.trust.lists[0]?.payload.iat ?? 0) + 1 }, 1)
        return answerLists(() => json({ version: 1, signed }))
      },
    ],
    [
      'a list signed by the keys of another authority',
      'trust-list.',
      async () => {
        const signed = await signedList({}, 2, 'CQ-AMR')
        return answerLists(() => json({ version: 2, signed }))
      },
    ],
    ['a list that is no statement', '', async () => answerLists(() => json({ version: 2, signed: ['a.b.c'] }))],
    ['text that is no JSON', 'page.node', async () => answerLists(() => new Response('<html>'))],
    ['null', 'page.node', async () => answerLists(() => json(null))],
    ['a version that counting never reaches', 'page.node', async () => answerLists(() => json({ version: 1e308, signed: [] }))],
    ['500', 'page.node', async () => answerLists(() => new Response('', { status: 500 }))],
    [
      'another address',
      'page.node',
      async () => answerLists(() => new Response(null, { status: 302, headers: { location: 'http://127.0.0.1:9/' } })),
    ],
    ['octets without end', 'page.answer-large', async () => answerLists(() => endless(MEGABYTE))],
    [
      'items that are none',
      '',
      async () => (path) => (path === '/v1/agreements' ? json({ items: [null, 1, { signed: ['x'] }] }) : undefined),
    ],
  ])('cannot change stored documents by %s, and the page reports it', async (_, code, prepare) => {
    const { held, refused, verdict } = await updated(await prepare())
    expect(held).toContain('第 1 版')
    expect(refused).toContain(code)
    expect(refused.length).toBeGreaterThan(5)
    expect(verdict).toBe('予以互认')
  })

  it('cannot stop the page by an endless answer: it continues after a timeout', async () => {
    const { held, refused, verdict } = await updated(
      answerLists(() => endless()),
      { skips: 130_000 },
    )
    expect([held.includes('第 1 版'), refused, verdict]).toEqual([true, 'page.node', '予以互认'])
  })
})
