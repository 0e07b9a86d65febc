// Why this exists: an inspector holds one meter of a certificate of a thousand. The page must say what holds of that meter, and not of the certificate.
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { VerificationRecord } from 'tongheng/records'
import { emptyStatuses, openStatus, signStatusList } from 'tongheng/status'
import { certificates, DEMONSTRATION_TIME, organisation } from 'tongheng/testing'
import { gatherEvidence, verify } from 'tongheng/verify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { change } from '../records/change.ts'
import { launch, PATIENCE_MS, pictureFile, type ServedPage, servePage } from '../support/browser.ts'

const record = certificates['energy-meters'].record as VerificationRecord
const SERIALS = (record.instruments ?? []).map(({ serialNumber }) => serialNumber)
const NOW = Date.parse(DEMONSTRATION_TIME) / 1000
const iss = organisation('SC-INST').uscc
const URI = `https://node.example/v1/status-lists/${iss}/1`

let browser: Browser
let served: ServedPage
let context: BrowserContext
let page: Page
let list: string
const errors: string[] = []
const file = (name: string, text: string) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) })
const give = (name: string, text: string) => page.setInputFiles('.ways .primary input', [file(name, text)])
const sign = (one: VerificationRecord = record) => served.world.authorities.sign('SC-INST', one, { status: { uri: URI, idx: 3 } })
const serials = () => page.locator('.lines li > b').allTextContents()

/** Opens the page with the trust file and a status list in which line 2 is revoked. */
async function open(width = 1440): Promise<void> {
  await context?.close()
  context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'zh-CN', serviceWorkers: 'block' })
  context.setDefaultTimeout(PATIENCE_MS)
  page = await context.newPage()
  errors.length = 0
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.goto(`${served.url}/?at=${encodeURIComponent(DEMONSTRATION_TIME)}`)
  await page.waitForSelector('.documents')
  const { anchors, trustLists, signedAgreement } = served.world.authorities
  const trust = { anchors, trustLists, agreements: [signedAgreement], statusLists: [list] }
  await page.setInputFiles('.documents input[type=file]', file('trust.json', JSON.stringify(trust)))
  await page.click('.pinning .primary')
  await page.waitForSelector('.held li')
  await page.click('.regions label:nth-of-type(2)')
}

beforeAll(async () => {
  browser = await launch()
  served = await servePage()
  const statuses = emptyStatuses(2000).with(3 + 1, 1)
  list = await signStatusList({ iss, uri: URI, iat: NOW - 60, exp: NOW + 86_400, statuses }, served.world.authorities.signer('SC-INST'))
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

describe('the verdict of a batch on the page', () => {
  it('lists its instruments with serial number, conclusion and own verdict, and shows the whole verdict of one', async () => {
    await open()
    const statement = await sign()
    await give('batch.jws', statement)
    await page.waitForSelector('.verdict.unsure')
    expect(await page.locator('.lines li').count()).toBe(0)
    await page.click('.lines summary')
    await page.waitForSelector('.lines li')
    expect(await serials()).toEqual(SERIALS)
    expect(await page.locator('.lines li.bad').allTextContents()).toEqual([expect.stringContaining(`${SERIALS[1]}`)])
    expect(await page.textContent('.lines li.bad')).toMatch(/第 2 行[\s\S]*合格[\s\S]*不予互认[\s\S]*撤销/)
    expect(await page.locator('.lines li.good').count()).toBe(SERIALS.length - 1)
    await page.screenshot({ path: pictureFile('lines'), fullPage: true })
    await page.click('.lines li.bad button')
    await page.waitForSelector('.verdict.bad')
    const { authorities: world } = served.world
    const options = { at: DEMONSTRATION_TIME, trust: world.trust, agreements: [world.agreement], policy: { region: '51' } }
    const status = await openStatus({ statusLists: [list] }, world.trust)
    const shown = JSON.parse((await page.textContent('.raw pre')) ?? '') as unknown
    expect(shown).toEqual(JSON.parse(JSON.stringify(await verify(statement, { ...options, status, line: 2 }))))
    expect(await page.textContent('.large')).toContain(SERIALS[1])
    expect(await page.textContent('.verdict')).toContain('只针对第 2 行')
    await page.click('button:has-text("返回整份证书")')
    await page.waitForSelector('.verdict.unsure')
    expect(errors).toEqual([])
  })

  it('says of the evidence of one line which instrument it is of', async () => {
    await open()
    const { anchors, trustLists } = served.world.authorities
    const material = { at: DEMONSTRATION_TIME, region: '51', anchors, trustLists, statusLists: [list], line: 2 }
    const bundle = await gatherEvidence(await sign(), material)
    await give('bundle.json', JSON.stringify(bundle))
    await page.waitForSelector('.verdict.bad')
    expect(await page.textContent('.verdict')).toContain(`只针对第 2 行的一台器具（出厂编号 ${SERIALS[1]}）`)
    expect(await page.textContent('.large')).toContain(SERIALS[1])
    expect(errors).toEqual([])
  })

  it('speaks English, and has no list where the record is of one instrument or is forged', async () => {
    await open()
    await page.click('button:has-text("English")')
    await give('batch.jws', await sign())
    await page.waitForSelector('.verdict.unsure')
    await page.click('.lines summary')
    await page.waitForSelector('.lines li')
    expect(await page.textContent('.lines')).toMatch(
      /Instruments \(\d+\)[\s\S]*line 2[\s\S]*Conclusion pass · Verdict on it not recognised/i,
    )
    await give('single.jws', await served.world.authorities.sign('SC-INST', certificates['energy-meter'].record))
    await page.waitForSelector('.verdict:not(:has(.lines))')
    await give('forged.jws', `${(await sign()).slice(0, -8)}AAAAAAAA`)
    await page.waitForSelector('.verdict.bad')
    expect(await page.locator('.lines').count()).toBe(0)
    expect(errors).toEqual([])
  })

  it('shows 25 of a thousand at a time, finds one by its number, and fits a phone', async () => {
    await open(390)
    const serialNumber = (n: number): string => `2025${String(n).padStart(6, '0')}`
    const instruments = Array.from({ length: 1000 }, (_, n) => ({
      serialNumber: n === 500 ? '<img src=x onerror=alert(1)>' : serialNumber(n),
    }))
    const large = change(record, ['/instruments', instruments], ['/results', record.results.slice(2)])
    await give('large.jws', await sign(large))
    await page.waitForSelector('.verdict')
    await page.click('.lines summary')
    await page.waitForSelector('.lines li')
    expect(await page.locator('.lines li').count()).toBe(25)
    expect(await page.textContent('.lines')).toContain('第 1–25 台，共 1000 台')
    await page.screenshot({ path: pictureFile('lines-phone'), fullPage: true })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    await page.click('.lines button:has-text("下一页")')
    expect((await serials())[0]).toBe(serialNumber(25))
    await page.fill('.lines input', '000999')
    await expect.poll(serials).toEqual([serialNumber(999)])
    await page.fill('.lines input', '<IMG')
    await expect.poll(serials).toEqual(['<img src=x onerror=alert(1)>'])
    expect(await page.locator('.lines img').count()).toBe(0)
    await page.fill('.lines input', 'nothing')
    await expect.poll(() => page.textContent('.lines')).toContain('没有这个编号的器具')
    expect(errors).toEqual([])
  })
})
