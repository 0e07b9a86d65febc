// Why this exists: a customer holds the certificate as a PDF. The page must judge the record inside, and must not seem to vouch for the pages.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { writeCertificatePdf } from 'tongheng/certificate'
import { DEMONSTRATION_TIME, fixtures } from 'tongheng/testing'
import { expect, it } from 'vitest'
import { launch, PATIENCE_MS, servePage } from '../support/browser.ts'

const FONT = createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf')

it('a certificate in PDF is judged by the record inside; its pages are not vouched for, and one without a record is reported', async () => {
  const [browser, served] = await Promise.all([launch(), servePage()])
  try {
    const { authorities } = served.world
    const statement = await authorities.sign('CD', fixtures.F01.record)
    const pdf = Buffer.from(await writeCertificatePdf(statement, { font: readFileSync(FONT), language: 'zh' }))
    const context = await browser.newContext({ locale: 'zh-CN', serviceWorkers: 'block' })
    context.setDefaultTimeout(PATIENCE_MS)
    const page = await context.newPage()
    await page.goto(`${served.url}/?at=${encodeURIComponent(DEMONSTRATION_TIME)}`)
    await page.waitForSelector('.documents')
    const { anchors, trustLists, signedAgreement } = authorities
    const buffer = Buffer.from(JSON.stringify({ anchors, trustLists, agreements: [signedAgreement] }))
    await page.setInputFiles('.documents input[type=file]', { name: 'trust.json', mimeType: 'application/json', buffer })
    await page.click('.pinning .primary')
    await page.waitForSelector('.held li')
    await page.click('.regions label:nth-of-type(1)')
    const give = (name: string, body: Buffer) =>
      page.setInputFiles('.ways .primary input', { name, mimeType: 'application/pdf', buffer: body })
    await give('F01.pdf', pdf)
    await page.waitForSelector('.verdict.good .remark:has-text("页面未在此比对")')
    await give('again.pdf', Buffer.concat([pdf, Buffer.from('\n% saved again\n')]))
    await page.waitForSelector('.verdict.good .remark:has-text("请勿采信其页面")')
    await give('none.pdf', Buffer.from('%PDF-1.7\n%none\n'))
    await page.waitForSelector('.fault')
    expect(await page.textContent('.fault')).toContain('certificate.pdf')
  } finally {
    await browser.close()
    await served.close()
  }
})
