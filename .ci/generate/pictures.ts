// Draws the pictures of the README into docs/pictures: the page with a verdict, and a label, both by the code of the package.
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { signLabel, writeLabelSvg } from 'tongheng/label'
import { DEMONSTRATION_TIME, type FakeAuthorities, fixtures } from 'tongheng/testing'
import { launch, servePage } from '../../tests/support/browser.ts'

const FOLDER = resolve('docs/pictures')
/** Maximum size of both together in octets, because they are committed. */
const MOST = 150_000

// The browser shows dates by the language of its own window, not of the page.
process.env.LANGUAGE = 'zh_CN'
const [browser, served] = await Promise.all([launch(['--lang=zh-CN']), servePage()])
try {
  const { authorities } = served.world
  const statement = await authorities.sign('CD', fixtures.F01.record)
  await mkdir(FOLDER, { recursive: true })
  const pictures = { 'page.png': await pictureOfPage(authorities, statement), 'label.png': await pictureOfLabel(authorities, statement) }
  const size = Object.values(pictures).reduce((sum, { length }) => sum + length, 0)
  if (size > MOST) throw new Error(`the pictures have ${size} octets, at most ${MOST} are wanted`)
  for (const [name, octets] of Object.entries(pictures)) await writeFile(join(FOLDER, name), octets)
  process.stdout.write(`${Object.entries(pictures).map(([name, { length }]) => `${name} ${length}`)}\n`)
} finally {
  await browser.close()
  await served.close()
}

/** A statement judged on the page of a node, its root keys pinned. */
async function pictureOfPage({ anchors, trustLists, signedAgreement }: FakeAuthorities, statement: string): Promise<Buffer> {
  const context = await browser.newContext({ viewport: { width: 1120, height: 700 }, locale: 'zh-CN', serviceWorkers: 'block' })
  const page = await context.newPage()
  const file = (name: string, text: string) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) })
  await page.goto(`${served.url}/?at=${encodeURIComponent(DEMONSTRATION_TIME)}`)
  await page.setInputFiles(
    '.documents input[type=file]',
    file('trust.json', JSON.stringify({ anchors, trustLists, agreements: [signedAgreement] })),
  )
  await page.click('.pinning .primary')
  await page.waitForSelector('.held li')
  await page.click('.regions label:nth-of-type(1)')
  await page.setInputFiles('.ways .primary input', [file('F01.jws', statement)])
  await page.waitForSelector('.verdict.good')
  await page.evaluate('scrollTo(0, 0)')
  // Wait until animations have ended.
  await page.waitForTimeout(300)
  return page.screenshot()
}

/** The sticker of the same record, as printed. */
async function pictureOfLabel(authorities: FakeAuthorities, statement: string): Promise<Buffer> {
  const { iat } = JSON.parse(Buffer.from(statement.split('.')[1] ?? '', 'base64url').toString()) as { iat: number }
  const { octets } = await signLabel(statement, { signers: [authorities.signer('CD')], at: iat })
  const page = await browser.newPage({ deviceScaleFactor: 2 })
  await page.setContent(`<body style="margin:0">${writeLabelSvg(octets, { node: 'https://jl.example.cn' })}`)
  return page.locator('svg').screenshot()
}
