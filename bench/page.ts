/**
 * The page of a node that is cut off, from opening the address of a label to its verdict on the screen, beside one raw signature check
 * by the WebCrypto of the same browser: median of 20, each in a page that was not open before.
 */
import { performance } from 'node:perf_hooks'
import { stderr } from 'node:process'
import { labelUrl, signLabel } from 'tongheng/label'
import { DEMONSTRATION_TIME, fixtures } from 'tongheng/testing'
import { iatOf } from '../tests/label/labels.ts'
import { launch, servePage } from '../tests/support/browser.ts'

const ROUNDS = 20
const AT = `?at=${encodeURIComponent(DEMONSTRATION_TIME)}`
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] as number

const RAW = `(async () => {
  const { publicKey, privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
  const how = { name: 'ECDSA', hash: 'SHA-256' }
  const input = new Uint8Array(600)
  const signature = await crypto.subtle.sign(how, privateKey, input)
  const times = []
  for (let round = 0; round < 20; round++) {
    const began = performance.now()
    for (let n = 0; n < 50; n++) if (!(await crypto.subtle.verify(how, publicKey, signature, input))) throw new Error('raw')
    times.push((performance.now() - began) / 50)
  }
  return times.sort((a, b) => a - b)[10]
})()`

const served = await servePage()
const browser = await launch()
try {
  const { authorities } = served.world
  const statement = await authorities.sign('CD', fixtures.F01.record)
  const { octets } = await signLabel(statement, { signers: [authorities.signer('CD')], at: iatOf(statement) })
  const [, digits] = labelUrl(octets, 'https://jl.example.cn').split('#')
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 390, height: 844 } })
  const first = await context.newPage()
  await first.goto(`${served.url}/${AT}`)
  await first.waitForSelector('.offline .ready')
  const { anchors, trustLists, signedAgreement } = authorities
  const buffer = Buffer.from(JSON.stringify({ anchors, trustLists, agreements: [signedAgreement] }))
  await first.setInputFiles('.documents input[type=file]', { name: 'trust.json', mimeType: 'application/json', buffer })
  await first.click('.pinning .primary')
  await first.waitForSelector('.held li')
  await first.click('.regions label:nth-of-type(1)')
  const raw = await first.evaluate<number>(RAW)
  await first.close()
  await served.close()
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const page = await context.newPage()
    const began = performance.now()
    await page.goto(`${served.url}/l${AT}#${digits}`, { waitUntil: 'commit' })
    await page.waitForSelector('.verdict.good')
    times.push(performance.now() - began)
    await page.close()
  }
  const page = median(times)
  stderr.write(`Chromium, node cut off: page from open to the verdict of a label, median of ${ROUNDS}\n\n`)
  stderr.write(`page-open-to-verdict ${page.toFixed(0)} ms (${Math.min(...times).toFixed(0)} – ${Math.max(...times).toFixed(0)})`)
  stderr.write(` = ${(page / raw).toFixed(0)} × chromium-webcrypto-es256 (${(raw * 1000).toFixed(0)} µs)\n\n`)
} finally {
  await browser.close()
  await served.close().catch(() => undefined)
}
