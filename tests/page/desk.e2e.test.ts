// Why this exists: a clerk signs in with a key that no script can take out of the browser, and answers of a node are judged in the browser and shown as text.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { revokeReader } from 'tongheng/node'
import { DEMONSTRATION_TIME, fixtures } from 'tongheng/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launch, PATIENCE_MS, pictureFile, type ServedPage, servePage } from '../support/browser.ts'
import { admit, uscc } from '../support/nodes/world.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const AT = `?at=${encodeURIComponent(DEMONSTRATION_TIME)}`
let browser: Browser
let served: ServedPage
let context: BrowserContext
let page: Page
const errors: string[] = []
/** A false answer of the node at a path; undefined for the honest one. */
let lie: (path: string) => Response | undefined = () => undefined

const register = () => {
  const { store, node, clock, authorities } = served.world
  return { store, trust: node.trust, authority: uscc('SC-AMR'), now: clock.now, signer: authorities.signer('SC-AMR') }
}

async function open(): Promise<void> {
  await page.goto(`${served.url}/${AT}`)
  await page.waitForSelector('.documents')
  if ((await page.locator('.held li').count()) === 0) {
    const { anchors, trustLists, signedAgreement } = served.world.authorities
    const buffer = Buffer.from(JSON.stringify({ anchors, trustLists, agreements: [signedAgreement] }))
    await page.setInputFiles('.documents input[type=file]', { name: 'trust.json', mimeType: 'application/json', buffer })
    await page.click('.pinning .primary')
    await page.waitForSelector('.held li')
  }
  await page.click('button:has-text("登录查询")')
}

/** Generates a key on the page and admits it as the operator, from the text that the page shows for sending. */
async function signIn(role: 'inspector' | 'clerk', name = '张三'): Promise<string> {
  await page.click('button:has-text("生成密钥")')
  await page.waitForSelector('.jwk')
  const key = JSON.parse((await page.textContent('.jwk')) ?? '')
  const { kid } = await admit(served.world, key, { name, role })
  await page.click('button:has-text("已准入，进入")')
  await page.waitForSelector('.signed')
  return kid
}

/** Checks the current view at both widths and in both languages; runs axe, which is slow, once per language. */
async function check(name: string): Promise<void> {
  const findings: string[] = []
  for (const [button, language, axeAt] of [
    ['English', 'en', 1440],
    ['中文', 'zh', 390],
  ] as const) {
    await page.click(`button:has-text("${button}")`)
    await page.waitForSelector(`html[lang^=${language}]`)
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 900 })
      const found = await page.evaluate<string[]>(`[
        ...(document.documentElement.scrollWidth > innerWidth ? ['scrolls sideways'] : []),
        ...[...document.querySelectorAll('button.outcome')]
          .filter((one) => one.getBoundingClientRect().right > document.querySelector('.found .scroll').getBoundingClientRect().right)
          .map((one) => 'cut off ' + one.textContent),
        ...[...document.querySelectorAll('button, summary, .button, .bys span')]
          .filter((one) => one.getBoundingClientRect().height > 0 && one.getBoundingClientRect().height < 44)
          .map((one) => 'small ' + one.textContent),
      ]`)
      if (width === axeAt) {
        await page.screenshot({ path: pictureFile(`desk-${name}-${language}-${width}`), fullPage: true })
        if (!(await page.evaluate<boolean>('typeof axe === "object"'))) await page.evaluate(AXE)
        const broken = await page.evaluate<string[]>(
          `axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' ' + target + ' ' + failureSummary)))`,
        )
        found.push(...broken)
      }
      findings.push(...found.map((one) => `${name} ${language} ${width}: ${one}`))
    }
  }
  expect(findings).toEqual([])
}

beforeAll(async () => {
  browser = await launch()
  served = await servePage({}, (request) => lie(new URL(request.url).pathname))
  const statement = await served.world.authorities.sign('CD', fixtures.F01.record)
  await served.world.node.submit({ statement, sender: uscc('CD'), requestId: 'r' })
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})
beforeEach(async () => {
  lie = () => undefined
  await context?.close()
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', serviceWorkers: 'block' })
  context.setDefaultTimeout(PATIENCE_MS)
  page = await context.newPage()
  errors.length = 0
  page.on('pageerror', (error) => errors.push(String(error)))
})

describe('the desk', () => {
  it('shows what is unknown: a node without figures is not in order, and an inclusion proof that cannot be requested is not refuted', async () => {
    lie = (path) => (/^\/(?:metrics|v1\/log\/proofs)/.test(path) ? new Response('', { status: 404 }) : undefined)
    await open()
    await signIn('inspector')
    await page.fill('input[name=text]', '川A·T0001')
    await page.click('.search .primary')
    await page.click('button.outcome >> nth=0')
    await page.waitForSelector('.placed p:has-text("未能核验其在日志中的位置")')
    expect(await page.textContent('.placed')).not.toContain('不成立')
    expect(await page.textContent('.placed')).toContain('节点所称的现时状态：有效')
    await page.click('.tabs button:has-text("运行预警")')
    await page.waitForSelector('.console .over:has-text("节点未给出运行数据")')
    expect(await page.textContent('.console')).not.toContain('尚未见到对方节点的日志')
    expect(errors).toEqual([])
  })

  it('signs in with an admitted key, finds by plate, judges here, proves the inclusion, shows the certificate', async () => {
    await open()
    await page.waitForSelector('.session:has-text("不可导出")')
    await signIn('inspector')
    expect(await page.textContent('.signed')).toContain('张三 · 监管读者')
    expect(await page.textContent('.signed')).toContain('两地全部记录')
    await page.screenshot({ path: pictureFile('desk-signed-1440'), fullPage: true })
    await page.fill('input[name=text]', '川A·T0001')
    await page.click('.search .primary')
    await page.waitForSelector('.found tbody tr')
    expect(await page.locator('.found tbody tr').count()).toBe(1)
    expect(await page.locator('button.outcome.good').count()).toBe(2)
    expect(await page.locator('.standings li.good').count()).toBe(2)
    await page.screenshot({ path: pictureFile('desk-found-1440'), fullPage: true })
    await page.click('button.outcome >> nth=0')
    await page.waitForSelector('.opened .verdict.good')
    await page.waitForSelector('.placed p:has-text("包含证明已在本浏览器核验")')
    await page.click('button:has-text("查看证书")')
    const frame = await (await page.waitForSelector('.certificate iframe')).contentFrame()
    await frame?.waitForSelector('table')
    expect(await frame?.textContent('body')).toContain('川计检字20250312-00417')
    await page.screenshot({ path: pictureFile('desk-certificate-1440'), fullPage: true })
    await page.click('button:has-text("返回查询结果")')
    await page.click('.tabs button:has-text("运行预警")')
    await page.waitForSelector('.console .held li')
    await page.click('button:has-text("统计")')
    await page.waitForSelector('.console p:has-text("全部 1 份")')
    await page.setViewportSize({ width: 390, height: 844 })
    await page.screenshot({ path: pictureFile('desk-console-390'), fullPage: true })
    expect(errors).toEqual([])
  })

  it('has a key that no script exports, that reads and never submits, and that the operator revokes', async () => {
    await open()
    const kid = await signIn('clerk', '<img src=x onerror="document.title=1">')
    expect(await page.locator('#page img').count()).toBe(0)
    expect(await page.textContent('.signed')).toContain('<img src=x')
    const stolen = await page.evaluate<string>(`(async () => {
      const done = (request) => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error) })
      const database = await done(indexedDB.open('tongheng', 1))
      const { privateKey } = await done(database.transaction('keys').objectStore('keys').get('reader'))
      const tried = []
      for (const format of ['jwk', 'pkcs8', 'raw']) tried.push(await crypto.subtle.exportKey(format, privateKey).then(() => 'exported', (error) => error.name))
      const url = ${JSON.stringify(served.url)}
      const b64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/[+]/g, '-').replace(/[/]/g, '_').replace(/=/g, '')
      const text = (value) => b64(new TextEncoder().encode(JSON.stringify(value)))
      const iat = ${served.world.clock.now}
      const body = 'a.b.c'
      const path = '/v1/records/${uscc('CD')}/01JXP00000000000000000000A'
      const claims = { iss: '${uscc('CD')}', aud: 'tongheng-51', iat, exp: iat + 60, jti: 'a'.repeat(22), htm: 'PUT', uri: url + path, dig: b64(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body))) }
      const input = text({ alg: 'ES256', typ: 'metrology-request+jwt', kid: '${kid}' }) + '.' + text(claims)
      const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, new TextEncoder().encode(input))
      const answer = await fetch(path, { method: 'PUT', body, headers: { authorization: 'Metrology ' + input + '.' + b64(signature), 'content-type': 'application/jose' } })
      return JSON.stringify([tried, answer.status, (await answer.json()).code])
    })()`)
    expect(JSON.parse(stolen)).toEqual([['InvalidAccessError', 'InvalidAccessError', 'InvalidAccessError'], 403, 'request.read-only'])
    await revokeReader({ ...register(), now: served.world.clock.now }, kid)
    served.world.clock.now += 6
    await open()
    await page.waitForSelector('#session:has-text("登记已被撤销")')
    await page.click('button:has-text("退出登录")')
    await page.click('button:has-text("删除密钥并退出")')
    await page.waitForSelector('#session:has-text("还没有登录密钥")')
    expect(errors).toEqual([])
  })

  it('has no finding of axe, nothing too wide and nothing too small, at two widths and in both languages', async () => {
    await open()
    await page.waitForSelector('.session:has-text("不可导出")')
    await check('signed-out')
    await page.click('button:has-text("生成密钥")')
    await page.waitForSelector('.jwk')
    await check('not-admitted')
    const key = JSON.parse((await page.textContent('.jwk')) ?? '')
    await admit(served.world, key)
    await page.click('button:has-text("已准入，进入")')
    await page.waitForSelector('.signed')
    await check('signed-in')
    await page.fill('input[name=text]', '川A·T0001')
    await page.click('.search .primary')
    await page.waitForSelector('.found tbody tr')
    await check('found')
    await page.click('button.outcome >> nth=0')
    await page.waitForSelector('.placed p:has-text("包含证明已在本浏览器核验")')
    await page.click('button:has-text("查看证书")')
    await (await (await page.waitForSelector('.certificate iframe')).contentFrame())?.waitForSelector('table')
    await check('opened')
    await page.click('.tabs button:has-text("运行预警")')
    await page.waitForSelector('.console .held li')
    await page.click('button:has-text("统计")')
    await page.waitForSelector('.console p:has-text("全部 1 份")')
    await check('console')
    expect(errors).toEqual([])
  })
})
