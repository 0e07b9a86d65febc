// Why this exists: with no server at all a person opens verify.html from the package by double click; and an inspector who has opened the
// node's page once works a day without a network.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { DEMONSTRATION_TIME, fixtures, send } from 'tongheng/testing'
import { signTrustList } from 'tongheng/trust'
import { verify } from 'tongheng/verify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtAlone, launch, PATIENCE_MS, pictureFile, servePage } from '../support/browser.ts'
import { fakeAuthorities } from '../support/nodes/world.ts'

const AT = `?at=${encodeURIComponent(DEMONSTRATION_TIME)}`
const file = (name: string, text: string) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) })

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())

async function trustFile(): Promise<string> {
  const { anchors, trustLists, signedAgreement } = await fakeAuthorities()
  return JSON.stringify({ anchors, trustLists, agreements: [signedAgreement] })
}

describe('verify.html, opened from a folder', () => {
  it('judges under a trust file that is dropped on it, without any request', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tongheng-alone-'))
    const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 390, height: 844 } })
    context.setDefaultTimeout(PATIENCE_MS)
    try {
      await writeFile(join(folder, 'verify.html'), await builtAlone())
      const page = await context.newPage()
      const address = pathToFileURL(join(folder, 'verify.html')).href
      const requests: string[] = []
      const errors: string[] = []
      page.on('request', (request) => requests.push(request.url()))
      page.on('pageerror', (error) => errors.push(String(error)))
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
      await page.goto(`${address}${AT}`)
      await page.waitForSelector('.documents')
      const world = await fakeAuthorities()
      const statement = await world.sign('CD', fixtures.F01.record)
      await page.setInputFiles('.documents input[type=file]', file('trust.json', await trustFile()))
      await page.click('.pinning .primary')
      await page.waitForSelector('.held li')
      await page.setInputFiles('.ways .primary input', [file('F01.jws', statement)])
      // Before a province is chosen, the page requests one and judges nothing.
      await page.waitForSelector('.regions .lacking')
      expect(await page.locator('.verdict').count()).toBe(0)
      await page.click('.regions label:nth-of-type(1)')
      await page.waitForSelector('.verdict.good')
      const raw = JSON.stringify(JSON.parse((await page.textContent('.raw pre')) ?? ''))
      const options = { at: DEMONSTRATION_TIME, trust: world.trust, agreements: [world.agreement], policy: { region: '50' } }
      expect(raw).toBe(JSON.stringify(await verify(statement, options)))
      await page.screenshot({ path: pictureFile('alone-390'), fullPage: true })
      expect(requests.filter((url) => !url.startsWith('file:') && !url.startsWith('blob:'))).toEqual([])
      expect(errors).toEqual([])
    } finally {
      await context.close()
      await rm(folder, { recursive: true, force: true })
    }
  })
})

describe('the page of an unreachable node', () => {
  it('opens again and judges by its stored documents, with the age of each', async () => {
    const served = await servePage()
    const context = await browser.newContext({ locale: 'zh-CN' })
    context.setDefaultTimeout(PATIENCE_MS)
    try {
      const page = await context.newPage()
      await page.goto(`${served.url}/${AT}`)
      await page.waitForSelector('.offline .ready')
      await page.setInputFiles('.documents input[type=file]', file('trust.json', await trustFile()))
      await page.click('.pinning .primary')
      await page.waitForSelector('.held li')
      await served.close()
      await page.goto(`${served.url}/l${AT}`)
      await page.waitForSelector('.held li')
      expect(await page.textContent('.held')).toMatch(/签发/)
      await page.setInputFiles('.ways .primary input', [file('F02.jws', await send(await fakeAuthorities(), fixtures.F02))])
      await page.click('.regions label:nth-of-type(1)')
      await page.waitForSelector('.verdict.failed')
      // The page reports a missing status list before a record needs it.
      expect(await page.textContent('.missing')).toContain('没有状态表')
    } finally {
      await context.close()
      await served.close().catch(() => undefined)
    }
  })

  it('does not replace the newer list by an older one of the node', async () => {
    const { anchors, trustLists, rootSigners, trust } = await fakeAuthorities()
    const served = await servePage()
    const context = await browser.newContext({ locale: 'zh-CN', serviceWorkers: 'block' })
    context.setDefaultTimeout(PATIENCE_MS)
    try {
      const [first] = trust.lists
      if (first === undefined) throw new Error('no list')
      const { payload, statementId } = first
      const next = await signTrustList({ ...payload, version: 2, previous: statementId, iat: payload.iat + 60 }, rootSigners('SC-AMR'))
      const page = await context.newPage()
      await page.goto(`${served.url}/${AT}`)
      await page.waitForSelector('.documents')
      await page.setInputFiles(
        '.documents input[type=file]',
        file('new.json', JSON.stringify({ anchors, trustLists: [...trustLists, next] })),
      )
      await page.click('.pinning .primary')
      await page.waitForSelector('.held li')
      expect(await page.textContent('.held')).toContain('第 2 版')
      // The node still has version 1 only: the stored documents remain, and the page continues.
      await page.click('.documents button:has-text("从本节点更新")')
      await page.waitForSelector('.documents button:has-text("从本节点更新"):not([disabled])')
      expect(await page.textContent('.held')).toContain('第 2 版')
    } finally {
      await context.close()
      await served.close()
    }
  })
})
