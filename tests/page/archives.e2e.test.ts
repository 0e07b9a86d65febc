// Why this exists: a partner agency drops the .zip that it was sent on the page. What the command line answers of an archive, ordinary or
// hostile, the page answers too, with other code inflating; and a row of it opens to its verdict.
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { DEMONSTRATION_TIME, fixtures } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sample, sampleArchives } from '../support/archives.ts'
import { launch, PATIENCE_MS, pictureFile, type ServedPage, servePage } from '../support/browser.ts'

let browser: Browser
let served: ServedPage
let page: Page
let samples: readonly Sample[]
let good: string
const errors: string[] = []
const file = (name: string, octets: Buffer | string) => ({ name, mimeType: 'application/zip', buffer: Buffer.from(octets) })

beforeAll(async () => {
  browser = await launch()
  served = await servePage()
  const { authorities: world } = served.world
  good = await world.sign('CD', fixtures.F01.record)
  const other = await world.sign('CD', { ...fixtures.F01.record, certificateNo: '川检证2025-2' } as typeof fixtures.F01.record)
  samples = sampleArchives({ good, lines: `${good}\n${other}\n`, broken: `${good.slice(0, -8)}AAAAAAAA` })
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', serviceWorkers: 'block' })
  context.setDefaultTimeout(PATIENCE_MS)
  page = await context.newPage()
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.goto(`${served.url}/?at=${encodeURIComponent(DEMONSTRATION_TIME)}`)
  await page.waitForSelector('.documents')
  const { anchors, trustLists, signedAgreement } = world
  const trust = JSON.stringify({ anchors, trustLists, agreements: [signedAgreement] })
  await page.setInputFiles('.documents input[type=file]', file('trust.json', trust))
  await page.click('.pinning .primary')
  await page.waitForSelector('.held li')
  await page.click('.regions label:nth-of-type(1)')
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

/** The rows of the list that the page shows for files, from its CSV: file, line and code. */
async function rowsOf(files: readonly ReturnType<typeof file>[]): Promise<string[][]> {
  await page.evaluate("document.querySelector('.batch')?.remove()")
  await page.setInputFiles('.ways .primary input', [...files])
  // Slow: one archive inflates half a gigaoctet.
  await page.waitForSelector('.batch')
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('button:has-text("下载清单")')])
  const [head = [], ...rows] = readFileSync((await download.path()) as string, 'utf8')
    .replace(/^\ufeff/, '')
    .trimEnd()
    .split('\r\n')
    .map((line) => [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = '']) => cell))
  const code = head.indexOf('代码')
  return rows.map((row) => [row[1] === '' ? row[0] : `${row[0]}:${row[1]}`, row[code]] as string[])
}

describe('an archive that is dropped on the page', () => {
  it('gives the answer of the command line for every archive, ordinary and hostile', async () => {
    for (const { name, octets, rows } of samples) {
      // With another file, so that an archive of one row is shown as a list too.
      const found = await rowsOf([file(name, octets), file('beside.jws', good)])
      const expected = [...rows.map(([place, code]) => [`${name}${place}`, code]), ['beside.jws', 'agreement.clause']]
      expect([name, found]).toEqual([name, expected])
    }
    expect(errors).toEqual([])
  })

  it('opens the verdict of a row, also of two files with one name, and returns to the list', async () => {
    const names = samples.find(({ name }) => name === 'names.zip') as Sample
    await rowsOf([file('other.zip', (samples.find(({ name }) => name === 'zip64.zip') as Sample).octets), file('names.zip', names.octets)])
    await page.screenshot({ path: pictureFile('archive-1440'), fullPage: true })
    await page.click('tbody tr:has-text("twice.jws (2)") button')
    await page.waitForSelector('.verdict.bad')
    await page.click('button:has-text("返回列表")')
    await page.click('tbody tr:has-text("计量/证书.jws") button')
    await page.waitForSelector('.verdict.good')
    await page.click('button:has-text("返回列表")')
    expect(await page.locator('tbody tr').count()).toBe(8)
  })

  it('is shown as that file where it has one, and as a fault with its code where it is unreadable', async () => {
    await page.setInputFiles('.ways .primary input', [
      file('commented.zip', (samples.find(({ name }) => name === 'commented.zip') as Sample).octets),
    ])
    await page.waitForSelector('.verdict.good')
    await page.setInputFiles('.ways .primary input', [file('cut.zip', (samples.find(({ name }) => name === 'cut.zip') as Sample).octets)])
    await page.waitForSelector('.fault')
    expect(await page.textContent('.fault')).toContain('archive.damaged')
  })
})
