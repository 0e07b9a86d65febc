// Why this exists: what is known of a specification decides certificates on both sides; a province speaks for its own editions and no other's.
import { specificationEditions } from 'tongheng/catalogue'
import { catalogueOnly, gatherSpecifications, type PublishedSpecification } from 'tongheng/recognition'
import type { TechnicalSpecification } from 'tongheng/records'
import { fixtures } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { type Change, change } from '../records/change.ts'

const published = (region: string, ...changes: readonly Change[]): PublishedSpecification => ({
  record: change(fixtures.F10.record as TechnicalSpecification, ...changes),
  region,
  statementId: `said by ${region}: ${JSON.stringify(changes)}`,
})
const KEY = 'JJF(渝)901-2024'

describe('facts of editions', () => {
  it('are those of the catalogue where nobody published', () => {
    for (const { key, effectiveOn, abolishedOn, provenance } of specificationEditions.values()) {
      expect(catalogueOnly.edition(key)).toMatchObject({
        source: 'catalogue',
        verified: provenance.confidence === 'published',
        adoptions: [],
      })
      expect(catalogueOnly.edition(key)?.effectiveOn).toBe(effectiveOn)
      expect(catalogueOnly.edition(key)?.abolishedOn).toBe(abolishedOn)
    }
    expect(catalogueOnly.edition('JJG517-1900')).toBeUndefined()
    expect(catalogueOnly.edition(KEY)).toBeUndefined()
  })

  it('of a local edition come from its own province, and name the statement they come from', () => {
    const own = published('50')
    expect(gatherSpecifications([own]).edition(KEY)).toMatchObject({ effectiveOn: '2025-01-20', verified: true, source: own.statementId })
    expect(gatherSpecifications([published('51')]).edition(KEY)).toBeUndefined()
  })

  it('are not overwritten by what the other province says of them', () => {
    const own = published('50')
    const foreign = published('51', ['/effectiveOn', '2030-01-01'], ['/abolishedOn', '2030-01-02'], ['/equivalenceGroup', 'EQ-OTHER'])
    for (const list of [
      [own, foreign],
      [foreign, own],
    ]) {
      expect(gatherSpecifications(list).edition(KEY)).toMatchObject({
        effectiveOn: '2025-01-20',
        abolishedOn: undefined,
        equivalenceGroup: 'EQ-CY-901',
      })
    }
  })

  it('of a joint edition come from either of its provinces, and from no third', () => {
    const joint: Change = ['/number', 'JJF(川渝) 4001-2024']
    for (const region of ['50', '51'])
      expect(gatherSpecifications([published(region, joint)]).edition('JJF(川渝)4001-2024')?.verified).toBe(true)
    expect(gatherSpecifications([published('52', joint)]).edition('JJF(川渝)4001-2024')).toBeUndefined()
  })

  it('of a national edition nobody knew may be published by either', () => {
    const national = published('51', ['/number', 'JJG 517-2024'], ['/effectiveOn', '2024-12-01'])
    expect(gatherSpecifications([national]).edition('JJG517-2024')).toMatchObject({
      effectiveOn: '2024-12-01',
      verified: true,
      source: national.statementId,
    })
  })

  it('are found however the number is printed', () => {
    expect(gatherSpecifications([published('50', ['/number', 'JJF（渝）901—2024'])]).edition(KEY)).toBeDefined()
    expect(gatherSpecifications([published('50', ['/number', 'no number'])]).published).toHaveLength(1)
    expect(gatherSpecifications([published('50'), published('51', ['/number', 'no number'])]).edition(KEY)?.adoptions).toEqual([])
  })
})

describe('adoptions', () => {
  const adopting = (region: string, of: string): Change => [
    '/adoptions',
    [{ region: of, documentNo: `${region} 为 ${of}`, from: '2025-03-01' }],
  ]
  const adoptions = (...list: readonly PublishedSpecification[]): string[] | undefined =>
    gatherSpecifications(list)
      .edition(KEY)
      ?.adoptions.map(({ documentNo }) => documentNo)

  it('count only as published by the province that adopts', () => {
    expect(adoptions(published('50', adopting('50', '51')), published('51', adopting('51', '51')))).toEqual(['51 为 51'])
    expect(adoptions(published('50', adopting('50', '51')), published('51', adopting('51', '50')))).toEqual([])
    expect(adoptions(published('50', adopting('50', '51')))).toEqual([])
  })

  it('name the statement they come from', () => {
    const notice = published('51', adopting('51', '51'))
    expect(gatherSpecifications([published('50'), notice]).edition(KEY)?.adoptions).toMatchObject([
      { region: '51', source: notice.statementId },
    ])
  })

  it('are those of the edition, not of another year of it', () => {
    expect(adoptions(published('50'), published('51', adopting('51', '51'), ['/number', 'JJF(渝) 901-2020']))).toEqual([])
  })
})

describe('groups of one text under several numbers', () => {
  const numbers = (...list: readonly PublishedSpecification[]): string[] =>
    gatherSpecifications(list)
      .group('EQ-CY-901')
      .map(({ number }) => number.key)
  const sichuan = (region: string): PublishedSpecification => published(region, ['/number', 'JJF(川) 901-2024'])

  it('hold what each province said of its own edition', () => {
    expect(numbers(published('50'), sichuan('51'))).toEqual([KEY, 'JJF(川)901-2024'])
    expect(numbers(published('50'), sichuan('50'))).toEqual([KEY])
    expect(numbers(published('50', ['/equivalenceGroup', undefined]), sichuan('51'))).toEqual(['JJF(川)901-2024'])
    expect(gatherSpecifications([]).group('EQ-CY-901')).toEqual([])
  })
})
