// Why this exists: a clerk searches one meter of a batch certificate by its serial number. The desk must say what holds of that meter, in both
// provinces, and show what the node says of the lines as the word of the node.
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { VerificationRecord } from 'tongheng/records'
import { emptyStatuses, signStatusList } from 'tongheng/status'
import { certificates, DEMONSTRATION_TIME } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launch, PATIENCE_MS, pictureFile, type ServedPage, servePage } from '../support/browser.ts'
import { admit, NOW, uscc } from '../support/nodes/world.ts'

const record = certificates['energy-meters'].record as VerificationRecord
const SERIALS = (record.instruments ?? []).map(({ serialNumber }) => serialNumber)
const [FIRST = '', REVOKED = ''] = SERIALS

let browser: Browser
let served: ServedPage
let context: BrowserContext
let page: Page
const errors: string[] = []

beforeAll(async () => {
  browser = await launch()
  served = await servePage()
  const { authorities } = served.world
  const iss = uscc('SC-INST')
  const uri = `${served.url}/v1/status-lists/${iss}/1`
  const client = served.world.client('SC-INST')
  const statuses = emptyStatuses(100).with(3 + 1, 1)
  const list = await signStatusList({ iss, uri, iat: NOW - 60, exp: NOW + 86_400, statuses }, authorities.signer('SC-INST'))
  await client.statusLists.put({ iss, name: '1', list })
  await client.records.submit(await authorities.sign('SC-INST', record, { status: { uri, idx: 3 } }))

  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', serviceWorkers: 'block' })
  context.setDefaultTimeout(PATIENCE_MS)
  page = await context.newPage()
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.goto(`${served.url}/?at=${encodeURIComponent(DEMONSTRATION_TIME)}`)
  await page.waitForSelector('.documents')
  const { anchors, trustLists, signedAgreement } = authorities
  const buffer = Buffer.from(JSON.stringify({ anchors, trustLists, agreements: [signedAgreement] }))
  await page.setInputFiles('.documents input[type=file]', { name: 'trust.json', mimeType: 'application/json', buffer })
  await page.click('.pinning .primary')
  await page.waitForSelector('.held li:has-text("状态表")')
  await page.click('button:has-text("登录查询")')
  await page.click('button:has-text("生成密钥")')
  await page.waitForSelector('.jwk')
  await admit(served.world, JSON.parse((await page.textContent('.jwk')) ?? ''), { name: '张三', role: 'inspector' })
  await page.click('button:has-text("已准入，进入")')
  await page.waitForSelector('.signed')
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

async function find(by: string, text: string): Promise<string> {
  const back = page.locator('button:has-text("返回查询结果")')
  if ((await back.count()) > 0) await back.click()
  await page.click(`.bys label:has-text("${by}")`)
  await page.fill('input[name=text]', text)
  await page.click('.search .primary')
  await page.waitForSelector('.found tbody tr')
  await page.waitForSelector('.search .primary:not([disabled])')
  return (await page.textContent('.found tbody tr')) ?? ''
}

describe('a batch certificate at the desk', () => {
  it('found by the serial number of a line, has the verdict on that line beside that on the whole', async () => {
    expect(await find('出厂编号', REVOKED)).toMatch(/第 2 行：重庆 不予互认，四川 不予互认/)
    expect(await find('出厂编号', FIRST)).toContain('第 1 行：重庆 不予互认，四川 有效')
    expect(await page.textContent('.found tbody tr')).not.toContain('第 2 行')
  })

  it('found by its number, names no line; opened, it lists all of them, with the word of the node', async () => {
    expect(await find('证书编号', record.certificateNo)).not.toContain('行：')
    await page.click('button.outcome >> nth=1')
    await page.waitForSelector('.opened .lines')
    expect(await page.locator('.lines li').count()).toBe(0)
    await page.waitForSelector('.placed :has-text("包含证明已在本浏览器核验")')
    expect(await page.textContent('.placed')).toContain(`节点所称的各行现时状态：${SERIALS.length} 行中 ${SERIALS.length - 1} 行有效。`)
    expect(await page.textContent('.placed li')).toBe('第 2 行：已撤销')
    await page.click('.lines summary')
    await expect.poll(() => page.locator('.lines li').count()).toBe(SERIALS.length)
  })

  it('opened from the search of a line, shows that line, its verdict and the way back', async () => {
    await find('出厂编号', REVOKED)
    await page.click('button.outcome >> nth=1')
    await page.waitForSelector('.opened .lines li')
    expect(await page.locator('.lines li > b').allTextContents()).toEqual([REVOKED])
    await page.screenshot({ path: pictureFile('desk-batch-1440'), fullPage: true })
    await page.click('.lines li button')
    await page.waitForSelector('.opened .verdict.bad')
    expect(await page.textContent('.opened .verdict')).toContain('只针对第 2 行')
    expect(JSON.parse((await page.textContent('.opened .raw pre')) ?? '')).toMatchObject({ line: 2, outcome: 'not-recognised' })
    await page.click('button:has-text("返回整份证书")')
    await page.waitForSelector('.opened .lines')
    expect(errors).toEqual([])
  })
})
