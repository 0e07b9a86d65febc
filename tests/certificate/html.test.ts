// Why this exists: people have the page, not the record. All content of the record must be on it, and no text of a record may act on it.
import { writeCertificateHtml } from 'tongheng/certificate'
import type { AnyRecord, ResultTable, VerificationRecord } from 'tongheng/records'
import { createFakeAuthorities, fixtures } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { records } from './records.ts'

/** The texts between the tags, with entities resolved. */
const shownText = (html: string): string =>
  html
    .replace(/<(?:style|title|desc)[\s\S]*?<\/(?:style|title|desc)>/g, ' ')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

function* leavesOf(value: unknown, path = ''): Generator<readonly [path: string, text: string]> {
  if (typeof value === 'string') yield [path, value]
  else if (value !== null && typeof value === 'object')
    for (const [member, each] of Object.entries(value)) yield* leavesOf(each, `${path}/${member}`)
}

/** Members that are shown as words or symbols, or are for programs only. */
const IN_WORDS =
  /\/(?:kind|unit|role|form|type|cause|mode|document|credential|method|rule|guardBand|purpose|scope|verificationType|outcome|state|direction|bounds|of|coverage|finding|seals|code|id|category|categories|division|homeRegion|operatingRegions|region|distribution|isConsistent|en|version|interval|recommendedInterval|relativeTo|mediaType|statement|uscc|roundTo|correlation)(?:\/|$)|\/(?:rows|categories|scopes)\/|\/span\/|\/basis\/span/
/** True if a text is printed. Codes of pilots and applicants need not be. */
const isShown = (shown: string, text: string): boolean =>
  [text, text.replace(/^-/, '\u2212'), text.replace(/^-/, '±')].some((form) => shown.includes(form))

describe.each(records)('%s as HTML', (_, record) => {
  const html = writeCertificateHtml(record)
  const shown = shownText(html)

  it('shows every text and number of the record', () => {
    const missing = [...leavesOf(record)].filter(([path, text]) => !IN_WORDS.test(path) && !isShown(shown, text))
    expect(missing).toEqual([])
  })

  it('shows every cell of its result tables', () => {
    const tables = 'results' in record ? (record.results ?? []) : []
    const cells = tables.flatMap(({ rows, columns }) => rows.flatMap((row) => row.filter((_, at) => columns[at]?.role !== 'verdict')))
    expect(cells.filter((cell) => cell !== null && !isShown(shown, cell))).toEqual([])
  })

  it('is self-contained: no script, and no request', () => {
    expect(html).not.toMatch(/<script|<link|<iframe|<img|\bon\w+=|url\(|@import/i)
    expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\//)
    expect(html).toMatch(/<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='">/)
  })

  it('is the same each time, in each language', () => {
    for (const language of ['zh', 'en', 'both'] as const)
      expect(writeCertificateHtml(record, { language })).toBe(writeCertificateHtml(record, { language }))
  })
})

describe('the printed form', () => {
  const { F01, F02, F07, F08, F12 } = fixtures

  it.each([
    ['检定证书', F01.record],
    ['检定结果通知书', F02.record],
    ['校准证书', F07.record],
    ['计量比对报告', F12.record],
  ] as const)('is called %s', (title, record) => {
    expect(writeCertificateHtml(record)).toContain(`<h1>${title}</h1>`)
  })

  it('has the fields of a certificate in the order of the form', () => {
    const shown = shownText(writeCertificateHtml(F01.record))
    const order = [
      '证书编号',
      '送检单位',
      '计量器具名称',
      '型号/规格',
      '出厂编号',
      '制造单位',
      '检定依据',
      '检定结论',
      '批准人',
      '核验员',
      '检定员',
      '检定日期',
      '有效期至',
      '计量检定机构授权证书号',
      '所用计量标准',
      '环境条件',
      '检定结果',
      '封印',
    ]
    const places = order.map((label) => shown.indexOf(label))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(places).not.toContain(-1)
  })

  it('lists what is out of limits on a notice, and no expiry there', () => {
    const shown = shownText(writeCertificateHtml(F02.record))
    expect(shown).toMatch(/不合格项目\s*计程误差（1 项）/)
    expect(shown).not.toContain('有效期至\n')
  })

  it('lists on a notice what failed as found, unless it was measured again after an adjustment', () => {
    const record = F02.record as VerificationRecord
    const withStates = (...states: readonly ('as-found' | 'as-left')[]): string => {
      const results = states.map((state, at) => ({ ...(record.results[0] as ResultTable), id: `t${at}`, state }))
      return shownText(writeCertificateHtml({ ...record, results } as AnyRecord))
    }
    expect(withStates('as-found')).toMatch(/不合格项目\s*计程误差（调修前）（1 项）/)
    expect(withStates('as-found', 'as-left')).toMatch(/不合格项目\s*计程误差（调修后）（1 项）\s/)
  })

  it('prints units, limits and coverage factors as metrologists write them', () => {
    const shown = shownText(writeCertificateHtml(F01.record)) + shownText(writeCertificateHtml(F08.record))
    for (const text of ['18.5 ℃', '62 %', 'MPE: ±0.2 %', '计程误差 / %', '−1.57', 'k = 2']) expect(shown).toContain(text)
  })

  it('prints the English under the Chinese in both languages', () => {
    const html = writeCertificateHtml(F01.record, { language: 'both' })
    expect(html).toContain('检定证书<small lang="en" class="en">Verification Certificate</small>')
    expect(shownText(writeCertificateHtml(F01.record, { language: 'en' }))).toMatch(/Serial No\.\s*TX9A2303117/)
  })

  it('marks a record without a signature as a draft, and names the statement of a signed one', async () => {
    expect(writeCertificateHtml(F01.record)).toContain('草稿：未签名，不具效力')
    const { sign } = await createFakeAuthorities()
    const html = writeCertificateHtml(await sign('CD', F01.record))
    expect(html).not.toContain('草稿')
    expect(html).toMatch(/签名记录标识：<code>[A-Za-z0-9_-]{43}<\/code>/)
  })
})

describe('a text of a record', () => {
  const PAYLOAD = `"><img src=x onerror=alert(1)>'</style></title><script>alert(1)</script>&lt;`

  it('never becomes markup, in any member', () => {
    for (const [name, record] of records) {
      const html = writeCertificateHtml(withPayload(record))
      expect(html, name).not.toMatch(/<img|<script/)
      expect(shownText(html), name).toContain('onerror=alert(1)')
    }
  })

  /** The record with the payload in place of every text for people. */
  function withPayload(record: AnyRecord): AnyRecord {
    const FREE =
      /\/(?:name|zh|en|address|contact|model|serialNumber|assetNumber|manufacturer|remarks|value|authorisationNo|rawRecordNo|certificateNo)$/
    const walk = (value: unknown, path: string): unknown => {
      if (typeof value === 'string') return FREE.test(path) && !/^[-\d.]+$/.test(value) ? PAYLOAD : value
      if (Array.isArray(value)) return value.map((each, at) => walk(each, `${path}/${at}`))
      if (value === null || typeof value !== 'object') return value
      return Object.fromEntries(Object.entries(value).map(([member, each]) => [member, walk(each, `${path}/${member}`)]))
    }
    return walk(record, '') as AnyRecord
  }
})

describe('a source that is no record', () => {
  it.each([
    ['an empty text', ''],
    ['some text', 'a.b.c'],
    ['an object of no kind', {}],
    ['a record of an unknown kind', { kind: 'cookery', version: 1 }],
    ['a record with a fault of shape', { ...fixtures.F01.record, outcome: 'perhaps' }],
  ])('is refused with a code: %s', (_, source) => {
    expect(() => writeCertificateHtml(source as never)).toThrow(expect.objectContaining({ code: 'certificate.record' }))
  })

  it('is refused where two signed lines differ in content', async () => {
    const { sign } = await createFakeAuthorities()
    const lines = `${await sign('CD', fixtures.F01.record)}\n${await sign('YB', fixtures.F02.record)}`
    expect(() => writeCertificateHtml(lines)).toThrow(expect.objectContaining({ code: 'certificate.record' }))
  })
})
