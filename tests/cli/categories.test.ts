// Why this exists: who writes a record by hand knows 计价器 or JJG 517, not the slug that `category` wants.
import { findCategories, instrumentCategories } from 'tongheng/catalogue'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

  it('puts the category named by just this text first', () => {
    for (const slug of instrumentCategories.keys()) expect(slugs(slug)[0]).toBe(slug)
  })

  it('finds all by nothing, and nothing by what no category has', () => {
    expect(slugs('')).toEqual([...instrumentCategories.keys()])
    expect(slugs('no such thing')).toEqual([])
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

  it('suggests the nearest slug where nothing fits', async () => {
    const { code, err } = await cli.run(['categories', 'taximetre', '--lang', 'en'])
    expect(code).toBe(2)
    expect(err).toContain('[cli.category-unknown]')
    expect(err).toContain('taximeter')
  })
})
