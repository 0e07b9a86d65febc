// Why this exists: a label is read with any camera, which opens the node's page at `/l#…`. Its answer must be recognisable at a glance: good,
// failed, forged, damaged, and a code that is not ours.
import type { Browser, Page } from 'playwright-core'
import { labelUrl, signLabel } from 'tongheng/label'
import { DEMONSTRATION_TIME, fixtures, send } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { iatOf } from '../label/labels.ts'
import { launch, PATIENCE_MS, pictureFile, type ServedPage, servePage } from '../support/browser.ts'

const NODE = 'https://jl.example.cn'
const at = (moment: string): string => `?at=${encodeURIComponent(moment)}`

let browser: Browser
let served: ServedPage
let page: Page
let octets: Uint8Array
let failed: Uint8Array

beforeAll(async () => {
  browser = await launch()
  served = await servePage()
  const { authorities } = served.world
  const made = async (statement: string, signer: 'CD' | 'YB') =>
    (await signLabel(statement, { signers: [authorities.signer(signer)], at: iatOf(statement) })).octets
  octets = await made(await authorities.sign('CD', fixtures.F01.record), 'CD')
  failed = await made(await send(authorities, fixtures.F02), fixtures.F02.signer as 'YB')
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 390, height: 844 }, serviceWorkers: 'block' })
  context.setDefaultTimeout(PATIENCE_MS)
  page = await context.newPage()
  await page.goto(`${served.url}/${at(DEMONSTRATION_TIME)}`)
  await page.waitForSelector('.documents')
  const { anchors, trustLists, signedAgreement } = authorities
  const buffer = Buffer.from(JSON.stringify({ anchors, trustLists, agreements: [signedAgreement] }))
  await page.setInputFiles('.documents input[type=file]', { name: 'trust.json', mimeType: 'application/json', buffer })
  await page.click('.pinning .primary')
  await page.waitForSelector('.held li')
  await page.click('.regions label:nth-of-type(1)')
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

/** Pastes the text of a code; returns the displayed word. */
async function paste(text: string, tone: string): Promise<string | null> {
  if ((await page.locator('#text').count()) === 0) await page.click('button:has-text("粘贴")')
  await page.fill('#text', text)
  await page.click('.paste button')
  await page.waitForSelector(`.verdict.${tone}`)
  return page.textContent('#word')
}

describe('the text of a label', () => {
  it('is judged as a label where it is good, and shows what to compare with the instrument', async () => {
    expect(await paste(labelUrl(octets, NODE), 'good')).not.toBe('')
    expect(await page.textContent('.band .where')).toBe('重庆 · 标签核验')
    for (const said of ['川A·T0001', '1024', 'TX9A2303117', 'CDF-889201']) expect(await page.textContent('.large')).toContain(said)
    await page.screenshot({ path: pictureFile('label-390'), fullPage: true })
  })

  it('opens the page by itself: what follows # never reaches the node', async () => {
    const paths: string[] = []
    page.on('request', (request) => paths.push(request.url()))
    await page.goto(`${served.url}/l${at(DEMONSTRATION_TIME)}${labelUrl(octets, NODE).slice(`${NODE}/l`.length)}`)
    await page.waitForSelector('.verdict.good')
    expect(paths.every((path) => !/\d{100}/.test(new URL(path).pathname + new URL(path).search))).toBe(true)
  })

  it('remains while earlier input is judged again', async () => {
    await page.click('button:has-text("粘贴")')
    await page.fill('#text', 'half a text')
    await page.click('.regions label:nth-of-type(2)')
    await page.waitForSelector('.band .where:has-text("四川")')
    expect(await page.inputValue('#text')).toBe('half a text')
    await page.click('.regions label:nth-of-type(1)')
    await page.waitForSelector('.band .where:has-text("重庆")')
    await page.click('button:has-text("粘贴")')
    expect(await page.locator('#text').count()).toBe(0)
  })

  it('has words of its own for a failed verification, a forgery, damage, and a code that is not ours', async () => {
    const words = new Set<string | null>()
    words.add(await paste(labelUrl(failed, NODE), 'failed'))
    const forged = octets.slice()
    forged[forged.length - 3] = (forged[forged.length - 3] as number) ^ 1
    words.add(await paste(labelUrl(forged, NODE), 'bad'))
    expect(await page.locator('.large').count()).toBe(0)
    await page.goto(`${served.url}/l${at(DEMONSTRATION_TIME)}`)
    words.add(await paste(labelUrl(octets, NODE).slice(0, -40), 'bad'))
    await page.goto(`${served.url}/l${at(DEMONSTRATION_TIME)}`)
    words.add(await paste('https://example.com/menu', 'bad'))
    expect(words.size).toBe(4)
  })
})
