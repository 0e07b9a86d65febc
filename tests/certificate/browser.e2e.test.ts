// Why this exists: labels can be clipped unnoticed. Every document and plot is opened in a real browser with a Chinese font, and measured.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { writeCertificateHtml } from 'tongheng/certificate'
import { fixtures } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launch } from '../support/browser.ts'
import { font, records } from './records.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const FONT = `@font-face{font-family:"Noto Sans SC";src:url(/font.ttf)}body{font-family:"Noto Sans SC",sans-serif!important}`

const FILES: Readonly<Record<string, { body: Buffer | string; contentType: string }>> = {
  '/font.ttf': { body: Buffer.from(font), contentType: 'font/ttf' },
  '/': { body: writeCertificateHtml(fixtures.F01.record), contentType: 'text/html; charset=utf-8' },
}

let browser: Browser
let page: Page
beforeAll(async () => {
  browser = await launch()
  page = await (await browser.newContext({ bypassCSP: true })).newPage()
  // Answered here, without a network.
  await page.route('**/*', (route) => {
    const file = FILES[new URL(route.request().url()).pathname]
    return file === undefined ? route.abort() : route.fulfill(file)
  })
  await page.goto('http://certificate.test/')
  await page.addStyleTag({ content: FONT })
  await page.evaluate('document.fonts.load("16px \\"Noto Sans SC\\"", "证书").then(() => document.fonts.ready)')
})
afterAll(() => browser.close())

/** Replaces the document without loading the font again. */
async function show(text: string, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 900 })
  const main = JSON.stringify(text.slice(text.indexOf('<main>'), text.indexOf('</body>')))
  await page.evaluate(`document.querySelector('main').outerHTML = ${main}`)
}

/** Texts of drawings that cross the border of their drawing, or overlap on the same axis. */
const CLIPPED = `[...document.querySelectorAll('svg')].flatMap((svg) => {
  const box = svg.getBoundingClientRect()
  return [...svg.querySelectorAll('text')].filter((text) => {
    const { left, right, top, bottom } = text.getBoundingClientRect()
    return left < box.left - 0.5 || right > box.right + 0.5 || top < box.top - 0.5 || bottom > box.bottom + 0.5
  }).map((text) => text.textContent)
})`
/** Width of content beyond the page, without elements that scroll themselves. */
const TOO_WIDE = `document.documentElement.scrollWidth - document.documentElement.clientWidth`

describe('a document in a browser', () => {
  it('clips no label of a plot, in either language', async () => {
    for (const [name, record] of records)
      for (const language of ['zh', 'en'] as const) {
        await show(writeCertificateHtml(record, { language }), 1000)
        expect(await page.evaluate(CLIPPED), `${name} ${language}`).toEqual([])
      }
  })

  it('is not wider than a phone', async () => {
    for (const [name, record] of records) {
      await show(writeCertificateHtml(record, { language: 'both' }), 390)
      expect(await page.evaluate(TOO_WIDE), name).toBeLessThanOrEqual(0)
    }
  })

  it('has no finding of axe', async () => {
    for (const name of ['F01', 'F02', 'F07', 'F12', 'F14', 'pressure-gauge']) {
      await show(writeCertificateHtml(records.find(([id]) => id === name)?.[1] as never, { language: 'both' }), 1000)
      await page.evaluate(AXE)
      const found = (await page.evaluate(
        'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html))',
      )) as string[]
      expect(found, name).toEqual([])
    }
  })
})
