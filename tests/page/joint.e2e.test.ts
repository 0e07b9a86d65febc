// Why this exists: two bureaus and their laboratories see on one page how a round or an inspection stands, each for itself, from the statements alone.
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { statementId } from 'tongheng/envelope'
import { checkReport, openJoint, type RoundReport, reportOf, roundOf, signJoint } from 'tongheng/joint'
import type { ComparisonResult } from 'tongheng/records'
import { DEMONSTRATION_TIME, fixtures, jointFixtures, organisation } from 'tongheng/testing'
import { openLogEvidence } from 'tongheng/verify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sent, send, wholeRound, world } from '../joint/rounds.js'
import { launch, pictureFile, type ServedPage, servePage } from '../support/browser.ts'
import { admit } from '../support/nodes/world.ts'

const AT = '2025-05-20T09:00:00+08:00'
let browser: Browser
let served: ServedPage
let context: BrowserContext
let page: Page
const errors: string[] = []
const file = (name: string, text: string) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) })
const give = (...files: readonly (readonly [name: string, text: string])[]) =>
  page.setInputFiles(
    '.ways .primary input',
    files.map(([name, text]) => file(name, text)),
  )

async function open(width = 1440, at = AT): Promise<void> {
  await context?.close()
  context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'zh-CN', serviceWorkers: 'block' })
  page = await context.newPage()
  errors.length = 0
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.goto(`${served.url}/?at=${encodeURIComponent(at)}`)
  await page.waitForSelector('.documents')
  const { anchors, trustLists, signedAgreement } = world
  await page.setInputFiles(
    '.documents input[type=file]',
    file('trust.json', JSON.stringify({ anchors, trustLists, agreements: [signedAgreement] })),
  )
  await page.click('.pinning .primary')
  await page.waitForSelector('.held li')
  await page.click('.regions label:nth-of-type(2)')
}

beforeAll(async () => {
  browser = await launch()
  served = await servePage({ authorities: world })
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

describe('a comparison round on the page', () => {
  it('shows who has committed and what is open, computes the report, and says whether the pilots have signed it', async () => {
    const { plan, sent } = await wholeRound()
    await open()
    await give(
      ['plan.jws', plan.signed],
      ['receipt.jws', plan.receipt ?? ''],
      ...sent.slice(1).map(({ signed }, n) => [`${n}.jws`, signed] as const),
    )
    await page.waitForSelector('.joint .round')
    const undecided = await page.textContent('.round')
    expect(undecided).toContain('川渝白酒用酒精计量值比对（示例）')
    expect(undecided).toContain('不能断定')
    expect(undecided).toContain('尚不能汇总')

    const all = sent.flatMap(({ signed, receipt }, n) => [
      [`${n}.jws`, signed] as const,
      ...(receipt === undefined ? [] : [[`${n}.receipt.jws`, receipt] as const]),
    ])
    const record = await recordOf(sent, plan.id)
    const signed = await world.sign('SC-AMR', record, { at: '2025-05-12T10:00:00+08:00' })
    const recordId = statementId('metrology-record+jwt', signed.split('.')[1] as string)
    await give(...all, ['record.jws', signed])
    await page.waitForSelector('.round table + * h4, .round h4')
    expect(await page.locator('.round table').first().locator('tbody tr.good').count()).toBe(5)
    expect(await page.textContent('.round')).toMatch(/不满意[\s\S]*LAB-0\d[\s\S]*0\.092[\s\S]*1\.34/)
    expect(await page.textContent('.round')).toContain('总结未得到证实：0 个主导实验室已签署，共 2 个')

    const reports = await Promise.all((['SC-INST', 'CQ-INST'] as const).map((key) => reportBy(key, sent, plan.id, record, recordId)))
    const signedReports = reports.map((text, n) => [`report-${n}.jws`, text] as const)
    await give(...all, ...signedReports)
    await page.waitForSelector('.round p.lacking:has-text("比对结果记录不在所给文件中")')
    expect(await page.textContent('.round')).toContain('2 个主导实验室已签署，共 2 个')
    await give(...all, ['record.jws', signed], ...signedReports)
    await page.waitForSelector('.round p.good')
    expect(await page.textContent('.round p.good')).toContain('各主导实验室均已签署')
    await page.screenshot({ path: pictureFile('joint-round'), fullPage: true })
    expect(errors).toEqual([])
  })

  it('shows supervision, an alliance and single statements in English, names what it leaves out, and closes', async () => {
    const by = async (key: 'SC-AMR' | 'CQ-INST' | 'SC-INST', document: Parameters<typeof signJoint>[0], at = '2025-04-01T17:00:00+08:00') =>
      signJoint(document, { iss: organisation(key).uscc, signer: world.signer(key), at })
    await open(390)
    await page.click('button:has-text("English")')
    const { task, engineAlliance, capability, assessment } = jointFixtures
    await give(
      ['task.jws', await by('SC-AMR', task)],
      ['alliance.jws', await by('CQ-INST', engineAlliance)],
      ['claim.jws', await by('CQ-INST', capability)],
      ['forged.jws', `${(await by('SC-AMR', assessment)).slice(0, -8)}AAAAAAAA`],
      ['note.txt', 'no statement'],
      ['certificate.jws', await world.sign('CD', fixtures.F01.record)],
      ['joins.jws', await by('SC-INST', { ...jointFixtures.joining, alliance: '川渝计联〔2099〕9号' })],
    )
    await page.waitForSelector('.joint')
    const text = (await page.textContent('.joint')) ?? ''
    expect(text).toMatch(/Joint supervision .*waiting for commitments|Joint supervision .*failed|Joint supervision .*undecided/)
    expect(text).toContain('claim of capabilities')
    // A statement whose piece of work is missing is shown by itself, and an unused input is reported.
    expect(text).toContain('川渝计联〔2099〕9号')
    expect(text).toMatch(/certificate\.jws: A record of another kind/)
    expect(text).toMatch(/Left out[\s\S]*forged\.jws[\s\S]*note\.txt|Left out[\s\S]*note\.txt[\s\S]*forged\.jws/)
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    await page.screenshot({ path: pictureFile('joint-narrow'), fullPage: true })
    await page.click('.joint button:has-text("Close")')
    await page.waitForSelector('.joint', { state: 'detached' })
    expect(errors).toEqual([])
  })
})

describe('the console', () => {
  it('fetches the joint statements of the node and the findings of supervision, and names the overdue case', async () => {
    await open(1440, DEMONSTRATION_TIME)
    await page.click('button:has-text("登录查询")')
    await page.click('button:has-text("生成密钥")')
    await page.waitForSelector('.jwk')
    await admit(served.world, JSON.parse((await page.textContent('.jwk')) ?? ''), { name: '张三', role: 'inspector' })
    await page.click('button:has-text("已准入，进入")')
    await page.click('button:has-text("运行预警")')
    await page.click('button:has-text("协同事项")')
    await page.waitForSelector('.console [role=status]:has-text("没有您可以读取的协同记录")')

    const { node } = served.world
    const finding = await world.sign('GA-AMR', fixtures.F14.record)
    await node.submit({ statement: finding, sender: organisation('GA-AMR').uscc, requestId: 'r' })
    const of = { findingStatement: statementId('metrology-record+jwt', finding.split('.')[1] as string) }
    for (const [key, document] of [
      ['SC-AMR', jointFixtures.task],
      ['GA-AMR', { ...jointFixtures.measure, finding: of.findingStatement }],
    ] as const) {
      const statement = await signJoint(document, {
        iss: organisation(key).uscc,
        signer: world.signer(key),
        at: '2025-05-14T17:00:00+08:00',
      })
      expect((await node.submitJoint({ statement, sender: organisation(key).uscc, requestId: 'r' })).error).toBeUndefined()
    }
    await page.click('button:has-text("协同事项")')
    await page.waitForSelector('.joint #cases')
    expect(await page.textContent('#cases')).toMatch(/监督检查案件（1 件，逾期 1 件）/)
    expect(await page.textContent('.joint')).toContain((fixtures.F14.record as { findingNo: string }).findingNo)
    await page.screenshot({ path: pictureFile('joint-console'), fullPage: true })
    // The browser logs failed requests of a key that is not admitted yet.
    expect(errors.filter((one) => !one.startsWith('Failed to load resource'))).toEqual([])
  })
})

async function openedRound(sent: readonly Sent[], id: string) {
  const { trust } = world
  const log = await openLogEvidence(
    sent.flatMap(({ receipt }) => receipt ?? []),
    trust,
  )
  const joint = await openJoint(
    sent.map(({ signed }) => signed),
    { trust, at: AT, log },
  )
  return roundOf(joint, { round: id, at: AT })
}

const recordOf = async (sent: readonly Sent[], id: string): Promise<ComparisonResult> => ({
  ...reportOf(await openedRound(sent, id)).record,
  reportedOn: '2025-05-12',
})

async function reportBy(
  key: 'SC-INST' | 'CQ-INST',
  sent: readonly Sent[],
  id: string,
  record: ComparisonResult,
  recordId: string,
): Promise<string> {
  const round = await openedRound(sent, id)
  const { statements, keyDigest, publicKey } = checkReport(round, { record, recordId }).expected
  const document: RoundReport = {
    kind: 'round-report',
    version: 1,
    number: round.protocol.number,
    round: id,
    record: recordId,
    statements: [...statements],
    keyDigest,
    ...(publicKey.length > 0 && { key: [...publicKey] }),
    on: '2025-05-12',
  }
  return (await send(key, document, '2025-05-12T12:00:00+08:00')).signed
}
