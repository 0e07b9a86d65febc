// Why this exists: who writes a record by hand knows 计价器 or JJG 517, not the slug that `category` wants.
import { categoryOf, findCategories, instrumentCategories } from 'tongheng/catalogue'
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
    expect(suggested('出租')).toEqual(['taximeter'])
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
      for (const alias of aliases) expect(named(alias) === slug || suggested(alias).includes(slug), `${alias} of ${slug}`).toBe(true)
    }
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
    expect(JSON.parse(json)).toEqual([expect.objectContaining({ slug: 'taximeter', name: instrumentCategories.get('taximeter')?.name })])
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
