// Why this exists: an enterprise drops its ledger on the page and reads what is overdue, cell by cell what is wrong, and corrects how its
// columns are read; nothing of it may leave the browser.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { signLabel } from 'tongheng/label'
import { fixtures } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readWorkbook } from '../../src/spreadsheet/index.js'
import { launch, PATIENCE_MS, pictureFile, type ServedPage, servePage } from '../support/browser.ts'
import { ledgerShapes } from '../support/ledgers.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const AT = '2026-11-29T09:00:00+08:00'

let browser: Browser
let served: ServedPage
let page: Page
const requests: string[] = []
const errors: string[] = []

beforeAll(async () => {
  browser = await launch()
  served = await servePage()
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', serviceWorkers: 'block' })
  context.setDefaultTimeout(PATIENCE_MS)
  page = await context.newPage()
  page.on('request', (request) => requests.push(`${request.method()} ${request.url()}`))
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.goto(`${served.url}/?at=${encodeURIComponent(AT)}`)
  await page.waitForSelector('.documents')
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

async function give(id: keyof typeof ledgerShapes, name: string): Promise<void> {
  await page.setInputFiles('.ways .primary input', {
    name,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(ledgerShapes[id].bytes()),
  })
  await page.waitForSelector(`.ledger h2:has-text("${name}")`)
}

describe('a ledger that is dropped on the page', () => {
  it('shows what is due and what is wrong by its cell, without any trust document', async () => {
    await give('A5', '台账.xlsx')
    const text = await page.innerText('.ledger')
    expect(text).toContain('xlsx，读出 7 行器具')
    expect(text).toContain('设备台账!J6')
    expect(text).toContain('“2027.2.30”不是存在的日期')
    expect(text).toMatch(/已超期 \d+ 台/)
    expect(errors).toEqual([])
  })

  it('accepts a correction of its mapping, and reads by it', async () => {
    await give('A4', '计量器具.xlsx')
    const select = page.locator('select[aria-label="“线别”读作"]')
    expect(await select.inputValue()).toBe('')
    await select.selectOption('installedAt')
    // 线别 is mapped to the place of use now, so it is no longer reported as a column without a field.
    await page.waitForSelector('.ledger td:has-text("列“线别”没有对应项")', { state: 'detached' })
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('button:has-text("保存映射")')])
    const mapping = JSON.parse(readFileSync((await download.path()) as string, 'utf8')) as {
      sheets: { columns: { header: string; field?: string }[] }[]
    }
    expect(mapping.sheets[0]?.columns.find(({ header }) => header === '线别')?.field).toBe('installedAt')
  })

  it('accepts other header rows of a sheet, and proposes its columns again', async () => {
    const titled = '某厂 2026 年台账,,\n名称甲,编号甲,型号规格\n压力表,A1,Y-100\n压力表,A2,Y-60\n'
    await page.setInputFiles('.ways .primary input', { name: '无表头.csv', mimeType: '', buffer: Buffer.from(titled) })
    await page.waitForSelector('.ledger h2:has-text("无表头.csv")')
    expect(await page.innerText('.ledger')).toContain('csv，读出 0 行器具')
    expect(await page.innerText('.ledger .header > summary')).toBe('没有找到表头，未读取（可指定表头所在行）')
    await page.click('.ledger .header > summary')
    const first = page.locator('.ledger label:has-text("表头首行") select')
    await first.locator('option').nth(1).waitFor({ state: 'attached' })
    expect(await first.locator('option').allInnerTexts()).toEqual([
      '请选择',
      '第 1 行：某厂 2026 年台账',
      '第 2 行：名称甲 | 编号甲 | 型号规格',
      '第 3 行：压力表 | A1 | Y-100',
      '第 4 行：压力表 | A2 | Y-60',
    ])
    await first.selectOption('2')
    await page.waitForSelector('.ledger :text("csv，读出 2 行器具")')
    expect(await page.innerText('.ledger .header > summary')).toBe('表头为第 2 行（可另选）')
    const read = (header: string) => page.locator(`select[aria-label="“${header}”读作"]`).inputValue()
    expect([await read('型号规格'), await read('编号甲')]).toEqual(['model', ''])
    await page.locator('select[aria-label="“编号甲”读作"]').selectOption('serialNumber')
    await page.waitForSelector('.ledger td:has-text("列“编号甲”没有对应项")', { state: 'detached' })
    await page.screenshot({ path: pictureFile('ledger-header-1440'), fullPage: true })
    // The mapping contains the chosen rows, so the next ledger is read in the same way.
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('button:has-text("保存映射")')])
    expect(JSON.parse(readFileSync((await download.path()) as string, 'utf8'))).toMatchObject({
      sheets: [{ header: { first: 2, last: 2 } }],
    })
    await page.locator('.ledger label:has-text("表头行数") select').selectOption('2')
    await page.waitForSelector('.ledger :text("csv，读出 1 行器具")')
    expect(errors).toEqual([])
  })

  it('counts working days by the file of days off that is chosen, and says of another file that it was not used', async () => {
    await give('A4', '计量器具.xlsx')
    const choose = (name: string, text: string): Promise<void> =>
      page.setInputFiles('.ledger input[type=file]', { name, mimeType: 'application/json', buffer: Buffer.from(text) })
    await choose('节假日.json', '{"off":["2026-12-01","2026-12-02"],"work":["2026-12-05"]}')
    await page.waitForSelector('.ledger :text("扣除 2 天休息、补 1 天调休")')
    await choose('台账.json', '不是 JSON')
    await page.waitForSelector('.ledger [role=alert]:has-text("“台账.json”不是 JSON 文件，未采用。")')
    expect(await page.innerText('.ledger')).toContain('扣除 2 天休息')
  })

  it.each([
    ['下载到期和问题清单（Excel）', ['问题'], '单元格'],
    ['下载检定申请表（Excel）', ['检定申请表'], '规格型号'],
    ['下载强检备案导入表（Excel）', [], '器具名称'],
  ])('%s gives a workbook', async (button, names, head) => {
    await give('A5', '台账.xlsx')
    const [download] = await Promise.all([page.waitForEvent('download'), page.click(`button:has-text("${button}")`)])
    expect(download.suggestedFilename()).toMatch(/^台账\.xlsx-\w+\.xlsx$/)
    const { sheets } = await readWorkbook(readFileSync((await download.path()) as string))
    for (const name of names) expect(sheets.map((sheet) => sheet.name).join()).toContain(name)
    expect(sheets.flatMap(({ rows }) => rows[0]?.map((cell) => cell?.text) ?? [])).toContain(head)
  })

  it('reads a text and an older export too, and answers what it cannot read by its code', async () => {
    await give('A8', '校准.csv')
    expect(await page.innerText('.ledger')).toContain('csv，读出 2 行器具')
    await give('A11', '集贸市场.xls')
    expect(await page.innerText('.ledger')).toContain('html，读出 1 行器具')
    await page.setInputFiles('.ways .primary input', { name: '坏.xlsx', mimeType: '', buffer: Buffer.from([0x50, 0x4b, 3, 4, 0, 0]) })
    await page.waitForSelector('.fault code')
    expect(await page.innerText('.fault')).toMatch(/spreadsheet\./)
    expect(await page.locator('.ledger').count()).toBe(0)
  })

  it('is matched with the certificates and labels that are dropped with it, once there is trust and a province', async () => {
    const { authorities: world } = served.world
    const record = fixtures.F01.record
    const old = await world.sign('YB', fixtures.F02.record)
    const signed = await world.sign('CD', record)
    const { signed: label } = await signLabel(signed, { signers: [world.signer('CD')], at: '2025-03-12T17:00:00+08:00' })
    const own = '器具名称,型号规格,出厂编号\n出租汽车计价器,TX-9A,TX9A2303117\n计价器,CQ-TX2,230900777\n游标卡尺,,K-1\n'
    const named = (name: string, text: string) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) })
    await page.goto(`${served.url}/?at=${encodeURIComponent('2025-06-16T09:00:00+08:00')}`)
    await page.waitForSelector('.documents')
    await page.setInputFiles('.ways .primary input', [named('own.csv', own), named('F02.jws', old), named('F01.label.jws', String(label))])
    await page.waitForSelector('.ledger h2:has-text("own.csv")')
    expect(await page.innerText('.ledger')).toContain('有 2 个文件待核对：请先选择信任文件和采信方。')
    expect(await page.isDisabled('button:has-text("核对 2 个文件")')).toBe(true)
    const { anchors, trustLists, signedAgreement } = world
    const trust = JSON.stringify({ anchors, trustLists, agreements: [signedAgreement] })
    await page.setInputFiles('.documents input[type=file]', named('trust.json', trust))
    await page.click('.pinning .primary')
    await page.waitForSelector('.held li')
    await page.click('.regions label:nth-of-type(1)')
    await page.click('button:has-text("核对 2 个文件")')
    await page.waitForSelector('.ledger p:has-text("能用 1，不能用 1，无法判定 1")')
    const text = await page.innerText('.ledger')
    expect(text).toContain('标签核验成立')
    expect(text).toContain('检定不合格')
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 900 })
      await page.screenshot({ path: pictureFile(`ledger-match-${width}`), fullPage: true })
    }
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('button:has-text("下载核对结果（Excel）")')])
    const { sheets } = await readWorkbook(readFileSync((await download.path()) as string))
    expect(sheets[0]?.rows.slice(1).map((row) => row[0]?.text)).toEqual(expect.arrayContaining([expect.stringContaining('能用')]))
    // The record, added afterwards, replaces its label.
    await page.setInputFiles('.ledger label:has-text("选择证书或标签") input', named('F01.jws', signed))
    await page.click('button:has-text("核对 3 个文件")')
    await page.waitForSelector('.ledger td:has-text("检定合格，在有效期内")')
    expect(await page.innerText('.ledger')).not.toContain('标签核验成立')
    expect(errors).toEqual([])
    await page.goto(`${served.url}/?at=${encodeURIComponent(AT)}`)
    await page.waitForSelector('.documents')
  })

  it('sends nothing anywhere', async () => {
    await give('A12', '医院.xlsx')
    expect(requests.filter((one) => !one.startsWith(`GET ${served.url}`) && !one.startsWith('GET blob:'))).toEqual([])
    expect(requests.some((one) => /\/page\/ledger-\w+\.js$/.test(one))).toBe(true)
  })

  it('has no finding of axe and targets of 44 px, on a phone and on a desk, in both languages', async () => {
    for (const size of [
      { width: 390, height: 844 },
      { width: 1440, height: 900 },
    ]) {
      await page.setViewportSize(size)
      await give('A5', '台账.xlsx')
      await page.evaluate("document.querySelectorAll('.ledger details').forEach((one) => { one.open = true })")
      await page.screenshot({ path: pictureFile(`ledger-${size.width}`), fullPage: true })
      await page.evaluate(AXE)
      const found = await page.evaluate<string[]>(
        `axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' ' + target + ' ' + failureSummary)))`,
      )
      expect([size.width, found]).toEqual([size.width, []])
      const small = await page.evaluate<string[]>(
        `[...document.querySelectorAll('.ledger button, .ledger summary, .ledger select')].filter((one) => one.getBoundingClientRect().height > 0 && one.getBoundingClientRect().height < 44).map((one) => one.tagName + one.getBoundingClientRect().height)`,
      )
      expect([size.width, small]).toEqual([size.width, []])
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    }
    await page.click('button:has-text("English")')
    await page.waitForSelector('.ledger h2:has-text("Ledger:")')
    expect(await page.innerText('.ledger')).toContain('is no existing date')
    await page.click('button:has-text("Close the ledger")')
    await page.waitForSelector('.ledger', { state: 'detached' })
  })
})
