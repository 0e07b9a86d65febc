// Why this exists: two institutes of two provinces follow one round, each in its own browser at its own node. Both must see the same report, and
// a person who looks for an institute must see what of its claim nobody could compare.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import {
  type AnyJointDocument,
  type CapabilityStatement,
  checkReport,
  openJoint,
  type RoundReport,
  reportOf,
  roundOf,
  signJoint,
} from 'tongheng/joint'
import { admitReader } from 'tongheng/node'
import type { ComparisonResult } from 'tongheng/records'
import { DEMONSTRATION_TIME, jointFixtures, type OrganisationKey, organisation } from 'tongheng/testing'
import { openLogEvidence } from 'tongheng/verify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documentsOf, noon, world } from '../joint/rounds.js'
import { launch, pictureFile, type ServedPage } from '../support/browser.ts'
import { statementIdOf, uscc } from '../support/nodes/world.ts'
import { at, file, openTwoNodes, type TwoNodes } from './two-nodes.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const { protocol, roundResults, capability, engineAlliance } = jointFixtures
const LABORATORIES = Object.keys(roundResults) as (keyof typeof roundResults)[]
const PILOTS: readonly OrganisationKey[] = ['SC-INST', 'CQ-INST']

let browser: Browser
let nodes: TwoNodes
const errors: string[] = []
/** A false answer of the node of Sichuan; undefined for the honest one. */
let lie: (url: URL) => Response | undefined = () => undefined

beforeAll(async () => {
  browser = await launch()
  nodes = await openTwoNodes((url) => lie(url))
})
afterAll(async () => {
  await browser?.close()
  await nodes?.close()
})

async function openWindow(served: ServedPage, moment: string): Promise<Page> {
  const page = await nodes.open(browser, served, moment)
  page.on('pageerror', (error) => errors.push(String(error)))
  return page
}

describe('one round in two windows at two nodes', () => {
  const common = { version: 1, number: protocol.number } as const

  /** Reads the round from both nodes, as a pilot does for its report. */
  async function readRound(id: string) {
    const [statements, receipts] = [new Set<string>(), [] as string[]]
    for (const { world: node } of [nodes.sichuan, nodes.chongqing])
      for await (const { statement, receipt } of node.client('CD').joint.list({ work: protocol.number })) {
        statements.add(statement)
        if (receipt !== undefined) receipts.push(receipt)
      }
    const { trust } = world
    const joint = await openJoint([...statements], {
      trust,
      at: nodes.sichuan.world.clock.now,
      log: await openLogEvidence(receipts, trust),
    })
    return roundOf(joint, { round: id, at: nodes.sichuan.world.clock.now })
  }

  /** Signs a clerk in: the browser generates a key, and the operator of the node admits it. */
  async function signIn(page: Page, { world: node }: ServedPage, authority: 'SC-AMR' | 'CQ-AMR', body: OrganisationKey): Promise<void> {
    await page.click('button:has-text("登录查询")')
    await page.click('button:has-text("生成密钥")')
    await page.waitForSelector('.jwk')
    const key = JSON.parse((await page.textContent('.jwk')) ?? '')
    const register = {
      store: node.store,
      trust: node.node.trust,
      authority: uscc(authority),
      now: node.clock.now,
      signer: world.signer(authority),
    }
    await admitReader(register, { key, name: '张三', role: 'clerk', body: uscc(body) })
    // The node reads its register every five seconds.
    node.clock.now += 6
    await page.click('button:has-text("已准入，进入")')
    await page.waitForSelector('.signed')
  }

  /** Opens the page again at a moment, and fetches the round by its number. */
  async function look(page: Page, { url }: ServedPage, moment: string, isSignedIn = true): Promise<void> {
    if (isSignedIn) {
      await page.goto(`${url}/${at(moment)}`)
      await page.waitForSelector('.held li')
      await page.click('button:has-text("登录查询")')
      await page.waitForSelector('.signed')
    }
    await page.click('button:has-text("运行预警")')
    await page.fill('.console input[name=work]', protocol.number)
    await page.click('button:has-text("查看该事项")')
    await page.waitForSelector('.joint .round')
  }

  /** Adds the saved statements of each window in the other, because each node has only its own receipts. */
  async function share(...pages: readonly [Page, Page]): Promise<void> {
    const saved: string[] = []
    for (const page of pages) {
      const [download] = await Promise.all([page.waitForEvent('download'), page.click('button:has-text("另存协同记录和回执")')])
      saved.push(readFileSync((await download.path()) as string, 'utf8'))
    }
    for (const [n, page] of pages.entries()) {
      await page.setInputFiles('.joint label:has-text("加入文件") input', file('other.ndjson', saved[1 - n] ?? ''))
      await page.waitForSelector('.joint:not(:has-text("没有日志回执"))')
    }
  }
  const dueIn = async (page: Page): Promise<string> =>
    (await page.locator('.round .due').first().innerText()).replace(/\s+/g, ' ').replace(/http\S+/g, 'NODE')

  it('is followed from its protocol to its report, and both windows end with the same one', async () => {
    nodes.to(noon('2025-03-01'))
    const round = await nodes.submit('SC-AMR', protocol)
    nodes.to(noon('2025-03-05'))
    for (const key of LABORATORIES) if (!PILOTS.includes(key)) await nodes.submit(key, documentsOf(round, key).enrolment({ isNamed: true }))
    await nodes.exchange()
    const [pilot, participant] = await Promise.all([
      openWindow(nodes.sichuan, noon('2025-03-05')),
      openWindow(nodes.chongqing, noon('2025-03-05')),
    ])
    await signIn(pilot, nodes.sichuan, 'SC-AMR', 'SC-INST')
    await signIn(participant, nodes.chongqing, 'CQ-AMR', 'YB')
    await look(pilot, nodes.sichuan, noon('2025-03-05'), false)
    await look(participant, nodes.chongqing, noon('2025-03-05'), false)
    // Without the receipts of the other node nothing is decided, and the page says what to do.
    expect(await dueIn(participant)).toContain('取得两地节点的日志回执')
    await share(pilot, participant)
    for (const page of [pilot, participant]) {
      expect(await page.textContent('.round h3')).toContain('报名中')
      expect(await dueIn(page)).toMatch(/报名.*2025-03-10 前.*提交结果.*2025-04-25 前.*tongheng round commit work\//)
      expect(await page.locator('.round tr.good').count()).toBe(5)
    }
    // The command is for the chosen body.
    await participant.selectOption('.due select', uscc('YB'))
    expect(await participant.textContent('.due li:nth-child(2) pre')).toContain(
      `--round=${round} --trust trust.json --result result.json --secret result.secret --iss ${uscc('YB')}`,
    )

    nodes.to(noon('2025-04-20'))
    const commitments = new Map<OrganisationKey, string>()
    for (const key of LABORATORIES)
      commitments.set(key, await nodes.submit(key, await documentsOf(round, key).commitment(roundResults[key])))
    await nodes.exchange()
    await Promise.all([look(pilot, nodes.sichuan, noon('2025-04-21')), look(participant, nodes.chongqing, noon('2025-04-21'))])
    await share(pilot, participant)
    for (const page of [pilot, participant]) expect(await dueIn(page)).toMatch(/公开结果.*2025-04-26 起.*2025-05-09 前/)
    await participant.screenshot({ path: pictureFile('joint-due'), fullPage: true })

    nodes.to(noon('2025-04-28'))
    for (const key of LABORATORIES) {
      // LZ opens a result other than the committed one.
      const result = key === 'LZ' ? roundResults.CD : roundResults[key]
      await nodes.submit(key, documentsOf(round, key).opening(commitments.get(key) ?? '', result))
    }
    await nodes.exchange()
    nodes.to(noon('2025-05-12'))
    const record: ComparisonResult = { ...reportOf(await readRound(round)).record, reportedOn: '2025-05-12' }
    const signed = await world.sign('SC-AMR', record, { at: nodes.sichuan.world.clock.now })
    expect((await nodes.sichuan.world.client('SC-AMR').records.submit(signed)).claims.decision).toBe('accepted')
    for (const key of PILOTS) {
      const { statements, keyDigest, publicKey } = checkReport(await readRound(round), { record, recordId: statementIdOf(signed) }).expected
      const report: RoundReport = {
        kind: 'round-report',
        ...common,
        round,
        record: statementIdOf(signed),
        statements: [...statements],
        keyDigest,
        key: [...publicKey],
        on: '2025-05-12',
      }
      await nodes.submit(key, report)
    }
    await nodes.exchange()
    nodes.to(noon('2025-05-20'))
    await Promise.all([look(pilot, nodes.sichuan, noon('2025-05-20')), look(participant, nodes.chongqing, noon('2025-05-20'))])
    await share(pilot, participant)
    const seen = []
    for (const page of [pilot, participant]) {
      await page.waitForSelector('.round p.good:has-text("各主导实验室均已签署")')
      expect(await page.textContent('.round .found')).toMatch(/泸州示例计量所[^。]*\[round\.opened-other\]/)
      const tables = await page.locator('.round table').allInnerTexts()
      seen.push([await page.textContent('.round .digest'), await page.textContent('.round .remarks'), tables, await dueIn(page)])
    }
    expect(seen[0]).toEqual(seen[1])
    expect(seen[0]?.[0]).toMatch(/^[\w-]{43}$/)
    expect(seen[0]?.[3]).toContain('核对比对总结')
    await pilot.screenshot({ path: pictureFile('joint-pilot'), fullPage: true })
    await participant.screenshot({ path: pictureFile('joint-participant'), fullPage: true })
    expect(errors).toEqual([])
  })
})

describe('who can do it', () => {
  type Item = CapabilityStatement['items'][number]
  const [torque] = capability.items as [Item]
  const claim = (key: OrganisationKey, items: readonly Item[], rest: Partial<CapabilityStatement> = {}): CapabilityStatement => ({
    ...capability,
    number: `能力 ${key}`,
    holder: { uscc: uscc(key), name: organisation(key).name.zh },
    items: [...items],
    ...rest,
  })
  const { uncertainty: _, ...vague } = torque
  const claims: readonly (readonly [OrganisationKey, CapabilityStatement])[] = [
    ['CQ-INST', claim('CQ-INST', [torque, { ...torque, uncertainty: { value: '0.04', unit: '%' }, basis: [{ number: '=1+1' }] }])],
    ['SC-INST', claim('SC-INST', [{ ...torque, authorisationNo: 'CNAS L0000' }])],
    ['YB', claim('YB', [{ ...torque, work: 'verification', authorisationNo: '（渝）法计（2020）50041号' }])],
    ['LZ', claim('LZ', [{ ...vague, authorisationNo: 'CNAS L9999' }])],
    ['CD', claim('CD', [torque], { until: '2025-03-01' })],
  ]
  let page: Page
  const sent: string[] = []

  beforeAll(async () => {
    nodes.to(DEMONSTRATION_TIME)
    for (const [key, document] of claims) {
      const { clock, node } = nodes.sichuan.world
      const statement = await signJoint(document, { iss: uscc(key), signer: world.signer(key), at: clock.now })
      expect((await node.submitJoint({ statement, sender: uscc('SC-AMR'), requestId: 'r' })).error).toBeUndefined()
    }
    page = await openWindow(nodes.sichuan, DEMONSTRATION_TIME)
    page.on('request', (request) => sent.push(`${new URL(request.url()).pathname} ${request.headers().authorization ?? 'open'}`))
  })

  const ask = async (can: string, range = '', uncertainty = ''): Promise<void> => {
    await page.fill('[name=can]', can)
    await page.fill('[name=range]', range)
    await page.fill('[name=uncertainty]', uncertainty)
    await page.click('.ask .primary')
    await page.waitForSelector('.directory [role=status] h3, .directory .lacking, .directory [aria-invalid=true]')
  }
  const rows = () =>
    page
      .locator('.directory tbody tr')
      .evaluateAll((all) => (all as HTMLTableRowElement[]).map((row) => [...row.cells].map((cell) => cell.textContent ?? '')))

  it('answers without signing in, and marks in words what nobody could compare or is beyond the authorisation', async () => {
    sent.length = 0
    await page.click('header button:has-text("谁能做")')
    await ask('转矩', '0..500 N·m', '0.1 %')
    const found = await rows()
    // Claims beyond their authorisation come last, in any order.
    const marked = found.map(([mark = '', name = '']) => [mark, name])
    expect([...marked.slice(0, 3), ...marked.slice(3).sort()]).toEqual([
      ['√ 在授权范围内', '重庆示例计量质量检测院'],
      ['! 是否在授权范围内不能断定；测量范围或不确定度无法与所求比较', '泸州示例计量所'],
      ['! 超出授权范围', '重庆示例计量质量检测院'],
      ['! 授权不在有效期内', '渝北示例计量所'],
      ['! 超出授权范围', '四川示例计量测试研究院'],
    ])
    expect(found[0]?.slice(2)).toEqual([
      ...['重庆', '校准：转矩', '0~500 N·m', 'U = 0.06 % (k = 2)', '', 'CNAS L0002', '重庆示例市场监督管理局'],
      ...['JJG 995-2005', '2027-12-31', expect.stringContaining('其证书在四川予以互认')],
    ])
    expect(found[2]?.[6]).toContain('0.04')
    const text = (await page.textContent('.directory')) ?? ''
    expect(text).toContain('所查：转矩；0~500 N·m；U ≤ 0.1 %；按 2025-06-16 的情形。')
    expect(text).toContain('其中 1 项在授权范围内')
    expect(text).toContain('另有 1 份能力声明已过期或尚未开始')
    expect(sent).toContain('/v1/directory open')
    expect(sent.filter((one) => !one.endsWith(' open'))).toEqual([])
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('button:has-text("下载清单（CSV）")')])
    const lines = readFileSync((await download.path()) as string, 'utf8')
      .trimEnd()
      .split('\r\n')
    expect(lines).toHaveLength(6)
    expect(lines[0]).toContain('\ufeff"核对","机构","省（市）"')
    expect(lines.find((line) => line.includes('1+1'))).toContain(`"'=1+1"`)
  })

  it('has no finding of axe and nothing too wide, on a phone and on a desk, in both languages', async () => {
    const findings: string[] = []
    for (const [width, button, language] of [
      [360, 'English', 'en'],
      [1440, '中文', 'zh'],
    ] as const) {
      await page.click(`header button:has-text("${button}")`)
      await page.setViewportSize({ width, height: 900 })
      await page.screenshot({ path: pictureFile(`directory-${language}-${width}`), fullPage: true })
      findings.push(
        ...(await page.evaluate<string[]>(`document.documentElement.scrollWidth > innerWidth ? ['${width} scrolls sideways'] : []`)),
      )
      if (language === 'en')
        expect(await page.innerText('.directory')).toMatch(/√ within its authorisation[\s\S]*! authorisation not in force/)
      await page.evaluate(AXE)
      findings.push(
        ...(await page.evaluate<string[]>(
          `axe.run(document).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' ' + target + ' ' + failureSummary)))`,
        )),
      )
    }
    expect(findings).toEqual([])
  })

  it('names what it cannot read beside its field, in the language of the page, and asks nothing', async () => {
    sent.length = 0
    await ask(' ', '500 N.m', '0 %')
    expect(await page.textContent('#can-fault')).toMatch(/请填写检定、校准项目[\s\S]*joint\.question-empty/)
    expect(await page.textContent('#range-fault')).toMatch(/“500 N\.m”读不出[\s\S]*0\.\.500 N\.m[\s\S]*joint\.quantity-unread/)
    expect(await page.textContent('#uncertainty-fault')).toMatch(/应大于零[\s\S]*joint\.uncertainty-positive/)
    expect(await page.evaluate('document.activeElement.name')).toBe('can')
    await ask('转矩', '500..0 N.m')
    expect(await page.textContent('#range-fault')).toContain('joint.range-order')
    await page.click('header button:has-text("English")')
    expect(await page.textContent('#range-fault')).toContain('is above its upper end')
    await page.click('header button:has-text("中文")')
    expect(sent.filter((one) => one.startsWith('/v1/directory'))).toEqual([])
  })

  it('says that an empty answer does not mean that nobody can, that a partial one is partial, and that a lying node failed', async () => {
    await ask('照度')
    expect(await page.textContent('.directory')).toMatch(/没有符合的能力声明[\s\S]*所查：照度[\s\S]*不等于没有机构能做/)
    const [key, document] = claims[0] as (typeof claims)[number]
    const statement = await signJoint(document, { iss: uscc(key), signer: world.signer(key), at: DEMONSTRATION_TIME })
    const items = [{ statement }, ...Array.from({ length: 999 }, () => ({}))]
    lie = ({ pathname, searchParams }) =>
      pathname === '/v1/directory' ? Response.json({ items, next: String(Number(searchParams.get('cursor') ?? '0') + 1) }) : undefined
    await ask('转矩')
    await page.waitForSelector('.directory .lacking:has-text("只读了前 5000 份")')
    expect(await rows()).toHaveLength(2)
    lie = ({ pathname }) => (pathname === '/v1/directory' ? Response.json({ items: [], next: '1' }) : undefined)
    await ask('转矩')
    await page.waitForSelector('.directory .lacking[role=alert]:has-text("page.node")')
    lie = () => undefined
    expect(errors).toEqual([])
  })

  it('answers from files where no node serves the page, and prepares what a member of an alliance signs', async () => {
    lie = ({ pathname }) => (pathname === '/.well-known/tongheng' ? new Response('', { status: 404 }) : undefined)
    const sign = (key: OrganisationKey, document: AnyJointDocument) =>
      signJoint(document, { iss: uscc(key), signer: world.signer(key), at: '2025-06-01T09:00:00+08:00' })
    const given = [
      file('claim.jws', await sign(...(claims[0] as (typeof claims)[number]))),
      file('alliance.jws', await sign('CQ-INST', engineAlliance)),
    ]
    await page.reload()
    await page.waitForSelector('.held li')
    sent.length = 0
    await page.click('header button:has-text("谁能做")')
    expect(await page.locator('.ask').count()).toBe(0)
    await page.setInputFiles('.directory input[type=file]', given)
    await ask('力矩')
    expect(await page.textContent('.directory')).toContain('其他机构的声明可能不在这些文件中')
    await ask('torque')
    expect(await rows()).toHaveLength(2)
    await page.click('.regions label:nth-of-type(1)')
    await page.setInputFiles('.ways .primary input', given)
    await page.waitForSelector('.joint .due')
    expect(await page.textContent('.joint')).toContain('签名私钥不进入网页')
    expect(await page.textContent('.joint .due')).toMatch(/签署加入联盟的声明[\s\S]*tongheng joint sign membership\.json --iss USCC/)
    await page.selectOption('.due select', uscc('SC-INST'))
    expect(await page.textContent('.due pre')).toContain(`--iss ${uscc('SC-INST')}`)
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('.due button:has-text("下载加入声明")')])
    const prepared: unknown = JSON.parse(readFileSync((await download.path()) as string, 'utf8'))
    expect(prepared).toEqual({ ...jointFixtures.joining, on: '2025-06-16' })
    await page.click('.joint button:has-text("谁能做")')
    await ask('转矩')
    expect(await rows()).toHaveLength(2)
    expect(sent.filter((one) => one.startsWith('/v1/'))).toEqual([])
    expect(errors).toEqual([])
  })
})
