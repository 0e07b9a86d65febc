// Why this exists: tables of texts may both be whole and the page still speak two languages at once: a name, a unit, a reason that another room
// shown. Each state of the page is rendered in each language, and the shown text is read.
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { DEMONSTRATION_TIME, fixtures, send } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launch, PATIENCE_MS, type ServedPage, servePage } from '../support/browser.ts'
import { admit, uscc } from '../support/nodes/world.ts'
import { pngOf } from '../support/picture-files.ts'
import { makeZip } from '../support/zip.ts'
import { labelled, type Seen } from './labelled.ts'

type Language = 'zh' | 'en'
const CHINESE = /[\u3400-\u9fff\uff01-\uff5e\u3001-\u3011]/
/** Three consecutive English words: a sentence, or part of one. */
const ENGLISH = /[A-Za-z][a-z]+(?:[ ,]+[A-Za-z]?[a-z]+){2,}/

let browser: Browser
let served: ServedPage
let context: BrowserContext
let page: Page
let world: Awaited<ReturnType<typeof labelled>>
/** Texts of records and documents, which are shown as signed, longest first. */
let data: readonly string[]

function stringsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === 'string') found.add(value.replace(/\s+/g, ' '))
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) stringsIn(inner, found)
  return found
}
const payloadOf = (statement: string): unknown => JSON.parse(Buffer.from(statement.split('.')[1] ?? '', 'base64url').toString('utf8'))

beforeAll(async () => {
  browser = await launch()
  served = await servePage()
  const { authorities } = served.world
  world = await labelled(authorities)
  const statement = await authorities.sign('CD', fixtures.F01.record)
  await served.world.node.submit({ statement, sender: uscc('CD'), requestId: 'r' })
  const signed = [...authorities.trustLists.flat(), authorities.signedAgreement].flat().map((one) => payloadOf(one))
  const all = stringsIn([signed, Object.values(fixtures).map(({ record }) => record), '四川节点', '重庆节点', '张三'])
  data = [...all].filter((text) => CHINESE.test(text) || ENGLISH.test(text)).sort((a, b) => b.length - a.length)
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

const file = (name: string, content: string | Buffer) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) })
const give = (...files: ReturnType<typeof file>[]) => page.setInputFiles('.ways .primary input', files)

async function open(language: Language): Promise<void> {
  await context?.close()
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', serviceWorkers: 'block' })
  context.setDefaultTimeout(PATIENCE_MS)
  page = await context.newPage()
  await page.addInitScript(`localStorage.setItem('tongheng.language', ${JSON.stringify(language)})`)
  await page.goto(`${served.url}/?at=${encodeURIComponent(DEMONSTRATION_TIME)}`)
  await page.waitForSelector('.documents')
}

/** Displayed texts, and texts for screen readers, in the other language. */
async function strangers(language: Language, state: string): Promise<string[]> {
  const texts = await page.evaluate<string[]>(`(() => {
    for (const one of document.querySelectorAll('details')) one.open = true
    const texts = []
    for (const block of document.querySelectorAll('#page *')) {
      if (block.closest('pre, code, .jwk, #page [lang], iframe') !== null) continue
      const own = [...block.childNodes].filter(({ nodeType }) => nodeType === 3).map(({ data }) => data).join(' ').replace(/\\s+/g, ' ').trim()
      for (const text of [own, ...['aria-label', 'title', 'placeholder', 'alt'].map((name) => block.getAttribute(name) ?? '')]) if (text !== '') texts.push(text)
    }
    return [...texts, document.title]
  })()`)
  expect([state, texts.length > 5]).toEqual([state, true])
  const wrong = language === 'en' ? CHINESE : ENGLISH
  const bare = (text: string): string => data.reduce((left, one) => left.replaceAll(one, ''), text.replace(/\s+/g, ' '))
  return [...new Set(texts.filter((text) => wrong.test(text) && wrong.test(bare(text))))].map((text) => `${state}: ${text}`)
}

async function judgeWalk(language: Language): Promise<string[]> {
  const { authorities } = served.world
  const found: string[] = []
  const see = async (state: string, shown?: string): Promise<void> => {
    if (shown !== undefined) await page.waitForSelector(shown)
    found.push(...(await strangers(language, state)))
  }
  await see('empty')
  await give(file('note.txt', 'Dear colleague,'))
  await page.setInputFiles('.documents input[type=file]', file('trust.json', world.trustFile))
  await see('pinning', '.pinning')
  await page.click('.pinning .primary')
  await page.waitForSelector('.held li')
  await page.click('.regions label:nth-of-type(1)')
  await see('fault', '.fault')
  await page.click('.ways > button >> nth=1')
  await see('paste', '.paste')
  const good = await authorities.sign('CD', fixtures.F01.record)
  const unsure = await authorities.sign('CD', fixtures.F01.record, { status: { uri: 'https://node.example/v1/status-lists/x/y', idx: 1 } })
  const sent = await Promise.all(Object.values(fixtures).map((fixture) => send(authorities, fixture)))
  const forged = `${good.slice(0, -8)}AAAAAAAA`
  for (const [state, statement] of [
    ['good', good],
    ['bad', forged],
    ['unsure', unsure],
    ...sent.map((one, at) => [`fixture ${at}`, one]),
  ] as [string, string][]) {
    await page.evaluate("document.querySelector('.verdict')?.classList.remove('verdict')")
    await give(file(`${state}.jws`, statement))
    await see(state, '.verdict')
  }
  const zip = makeZip([
    { name: '../a.jws', data: good },
    { name: 'locked.jws', data: good, flags: 0x801 },
    { name: 'inner.zip', data: makeZip([]) },
  ])
  await give(
    file('in.zip', zip),
    file('all.ndjson', [...sent, forged, unsure, good].join('\n')),
    file('cut.zip', zip.subarray(0, 300)),
    file('x.docx', makeZip([{ name: '[Content_Types].xml', data: '' }])),
  )
  await see('list', '.batch')
  await page.click('.ways > button >> nth=0')
  await see('scanner', '.scanner')
  for (const name of Object.keys(world.pictures) as Seen[]) {
    if ((await page.locator('.scanner').count()) === 0) await page.click('.ways > button >> nth=0')
    await page.setInputFiles('.scanner input[multiple]', {
      name: `${name}.png`,
      mimeType: 'image/png',
      buffer: pngOf(world.pictures[name]),
    })
    await page.waitForSelector('.scanner', { state: 'detached' })
    await see(`label ${name}`, '.verdict')
  }
  return found
}

async function deskWalk(language: Language): Promise<string[]> {
  const found: string[] = []
  const see = async (state: string, shown: string): Promise<void> => {
    await page.waitForSelector(shown)
    found.push(...(await strangers(language, state)))
  }
  await page.click('header button >> nth=0')
  await see('signed out', '.session')
  await page.click('#session .primary, .session .primary')
  await see('key', '.jwk')
  const key = JSON.parse((await page.textContent('.jwk')) ?? '')
  await admit(served.world, key)
  await page.click('#session .primary, .session .primary')
  await see('signed in', '.signed')
  await page.fill('input[name=text]', '川A·T0001')
  await page.click('.search .primary')
  await see('found', '.found tbody tr')
  await page.click('button.outcome >> nth=0')
  await see('opened', '.placed p')
  await page.click('.tabs button >> nth=2')
  await see('console', '.console .held li')
  await page.click('.console button >> nth=0')
  await page.waitForTimeout(500)
  await see('counted', '.console')
  return found
}

describe.each(['en', 'zh'] as const)('the page in %s', (language) => {
  it('shows nothing of the other language in any state of judging, except what was signed', async () => {
    await open(language)
    expect(await judgeWalk(language)).toEqual([])
  })

  it('shows nothing of the other language at the desk either', async () => {
    if (page === undefined || page.isClosed()) await open(language)
    await page.goto(`${served.url}/?at=${encodeURIComponent(DEMONSTRATION_TIME)}`)
    await page.waitForSelector('.documents')
    expect(await deskWalk(language)).toEqual([])
  })
})
