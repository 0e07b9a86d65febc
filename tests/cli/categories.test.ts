// Why this exists: a person who writes a record by hand knows 计价器 or JJG 517, but not the slug that `category` requires.
import { categoryOf, findCategories, instrumentCategories, specificationEditions } from 'tongheng/catalogue'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aliasedSlugs, aliasesOf } from '../../src/catalogue/aliases.ts'
import { type Cli, openCli } from './run.js'

let cli: Cli
beforeAll(async () => {
  cli = await openCli()
})
afterAll(() => cli.close())

const slugs = (text: string): string[] => findCategories(text).map(({ slug }) => slug)

describe('findCategories', () => {
  it.each([
    ['taximeter', 'taximeter'],
    ['TAXIMETER', 'taximeter'],
    ['计价器', 'taximeter'],
    ['JJG 517', 'taximeter'],
    ['ＪＪＧ５１７', 'taximeter'],
    ['fuel dispenser', 'fuel-dispenser'],
    ['加油机', 'fuel-dispenser'],
    ['电子计价秤', 'nawi-price'],
  ])('finds %s', (text, slug) => {
    expect(slugs(text)).toContain(slug)
  })

  it('puts the category with exactly this name first', () => {
    for (const slug of instrumentCategories.keys()) expect(slugs(slug)[0]).toBe(slug)
  })

  it('finds every category by an empty text, and none by a text that no category contains', () => {
    expect(slugs('')).toEqual([...instrumentCategories.keys()])
    expect(slugs('no such thing')).toEqual([])
  })
})

describe('categoryOf', () => {
  const named = (text: string) => categoryOf(text).category?.slug
  const suggested = (text: string): string[] => {
    const answer = categoryOf(text)
    return answer.category === undefined ? answer.suggestions.map(({ slug }) => slug) : []
  }

  it.each([
    ['出租车计价器', 'taximeter'],
    ['计价器', 'taximeter'],
    ['出租汽车里程计价表', 'taximeter'],
    ['ＣＮＧ 加气机', 'gas-filler'],
    ['电度表', 'energy-meter'],
    ['fuel dispenser', 'fuel-dispenser'],
  ])('knows %s', (text, slug) => {
    expect(named(text)).toBe(slug)
  })

  it('suggests, and never chooses, where a text names several or only the beginning of a name', () => {
    expect(suggested('电子秤')).toEqual(['nawi-digital', 'nawi-price'])
    expect(suggested('地磅')).toEqual(['nawi-digital', 'truck-scale-load-measuring'])
    expect(suggested('出租')).toEqual(['taximeter', 'network-taximeter'])
    expect(suggested('氧气表')).toEqual(['pressure-gauge', 'oxygen-inhaler'])
    expect(suggested('CT')).toEqual(['medical-ct', 'power-transformer-current'])
    for (const text of ['', ' ', 'no such thing', 'constructor', '__proto__'])
      expect([named(text), suggested(text)]).toEqual([undefined, []])
  })

  it('knows every category by its slug and by its names', () => {
    for (const { slug, name } of instrumentCategories.values())
      for (const text of [slug, name.zh, name.en]) expect(categoryOf(text).category?.slug, text).toBe(slug)
  })

  it('has only aliases of existing categories, each of which finds its category', () => {
    expect(aliasedSlugs().filter((slug) => !instrumentCategories.has(slug))).toEqual([])
    for (const slug of aliasedSlugs()) {
      const aliases = aliasesOf(slug)
      expect(new Set(aliases).size, slug).toBe(aliases.length)
      const partOf = instrumentCategories.get(slug)?.partOf
      for (const alias of aliases)
        expect([slug, partOf].includes(named(alias)) || suggested(alias).includes(slug), `${alias} of ${slug}`).toBe(true)
    }
  })
})

describe('categoryOf a name of a category and of its parts', () => {
  it('is the category: 压力表 is any of the gauges', () => {
    expect(categoryOf('压力表').category?.slug).toBe('pressure-gauge')
    expect(categoryOf('一般压力表').category?.slug).toBe('pressure-gauge-general')
    expect(categoryOf('互感器').category?.slug).toBe('instrument-transformer')
  })
})

describe('explain', () => {
  const told = async (...args: string[]) => (await cli.run(['explain', ...args])).out

  it('finds categories by alias, with regulations, their editions, intervals, units and rows of the mandatory lists', async () => {
    const out = await told('压力表')
    expect(out).toMatch(/^pressure-gauge {2}压力仪表 {2}pressure gauge$/m)
    expect(out).toMatch(/^pressure-gauge-general {2}/m)
    for (const part of ['JJG 52-2013', '6 个月', 'yymeters.com', '1987 年强检目录 25.1', '周期检定', 'MPa', '[c]'])
      expect(out).toContain(part)
    expect(await told('水表')).toMatch(/只作首次强制检定，限期使用，到期轮换；使用期限 6 年；DN25 及以下 \[a\] http/)
    expect(await told('体温计', '--lang', 'en')).toMatch(/initial verification only, scrapped when inaccurate/)
  })

  it.each([
    ['JJG 52', /JJG 52-1999 [\s\S]*JJG 52-2013[\s\S]*^pressure-gauge /m],
    ['JJG 52-2013', /^JJG 52-2013 +\[c\] 弹性元件式一般压力表/m],
    ['JJG 443-2023', /实施 2024-05-01\?[\s\S]*日期存疑/],
    ['P6M', /^breath-alcohol /m],
    ['MPa', /^pressure-transmitter /m],
    ['510104', /^510104 {2}成都锦江区$/m],
    ['锦江区', /^510104 {2}成都锦江区$/m],
    ['锦江', /^510104/m],
    ['渝北区', /^500112 {2}重庆渝北$/m],
    ['市中区', /^511002[\s\S]*^511102/m],
    ['Yubei', /^500112/m],
  ])('%s', async (name, expected) => {
    expect(await told(name)).toMatch(expected)
  })

  it('names the nearest where nothing is found, and answers as JSON', async () => {
    const { code, err } = await cli.run(['explain', '无此器具'])
    expect([code, err]).toEqual([2, expect.stringContaining('cli.code-unknown')])
    const { out } = await cli.run(['explain', '锦江区', '--format', 'json'])
    expect(JSON.parse(out)).toEqual([
      { name: '锦江区', catalogue: { divisions: [{ code: '510104', name: { zh: '成都锦江区', en: 'Jinjiang, Chengdu' } }] } },
    ])
  })
})

describe('specifications', () => {
  it('lists every edition, with grade and source', async () => {
    const { code, out } = await cli.run(['specifications'])
    expect([code, out.match(/^JJ[FG] \S+ +\[[abc]\]/gm)?.length]).toEqual([0, specificationEditions.size])
  })

  it('finds by number or title, in any width, as text or JSON', async () => {
    expect((await cli.run(['specifications', '--find', 'ＪＪＧ５１７'])).out.match(/^JJG 517-\d+/gm)).toEqual([
      'JJG 517-1998',
      'JJG 517-2009',
      'JJG 517-2016',
    ])
    const { out } = await cli.run(['specifications', '--find', '呼出气体', '--format', 'json'])
    expect(JSON.parse(out)).toMatchObject([
      { number: 'JJG 657-2006', abolishedOn: '2020-03-27', replacedBy: ['JJG 657-2019'], grade: 'a' },
      { number: 'JJG 657-2019', effectiveOn: '2020-03-27', publishedOn: '2019-09-27', grade: 'a' },
    ])
  })

  it('says where to look where it has none', async () => {
    const { code, err } = await cli.run(['specifications', '--find', 'JJG 9999'])
    expect([code, err]).toEqual([2, expect.stringMatching(/cli\.specification-unknown[\s\S]*jjg\.spc\.org\.cn/)])
  })
})

describe('categories', () => {
  it('lists every category with its name', async () => {
    const { code, out } = await cli.run(['categories'])
    expect([code, out.trim().split('\n').length]).toEqual([0, instrumentCategories.size])
    for (const { slug, name } of instrumentCategories.values()) expect(out).toMatch(new RegExp(`^${slug} .*${name.zh.slice(0, 3)}`, 'm'))
  })

  it('searches, in either language, as text or JSON', async () => {
    const { out } = await cli.run(['categories', 'JJG', '517', '--lang', 'en'])
    expect(out).toMatch(/^taximeter .*JJG517\n$/)
    const { out: json } = await cli.run(['categories', '计价器', '--format', 'json'])
    expect(JSON.parse(json)).toMatchObject([
      { slug: 'taximeter', name: instrumentCategories.get('taximeter')?.name, grade: 'c', interval: { period: 'P1Y', grade: 'c' } },
      { slug: 'network-taximeter' },
    ])
  })

  it('finds by a common name', async () => {
    const { code, out } = await cli.run(['categories', '地磅'])
    expect([code, out.match(/^\S+/gm)]).toEqual([0, ['nawi-digital', 'truck-scale-load-measuring']])
  })

  it('suggests the nearest slug where nothing matches', async () => {
    const { code, err } = await cli.run(['categories', 'taximetre', '--lang', 'en'])
    expect(code).toBe(2)
    expect(err).toContain('[cli.category-unknown]')
    expect(err).toContain('taximeter')
  })
})
