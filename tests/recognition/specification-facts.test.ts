// Why this exists: facts about a specification decide verdicts in both provinces; a province may state them only for its own editions.
import { specificationEditions } from 'tongheng/catalogue'
import { catalogueOnly, declaredForOthers, gatherSpecifications, type PublishedSpecification } from 'tongheng/recognition'
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
  it('are those of the catalogue if no authority published the edition', () => {
    for (const { key, effectiveOn, abolishedOn, doubtful, isEnded, provenance } of specificationEditions.values()) {
      const isDated = (effectiveOn ?? abolishedOn) !== undefined && doubtful === undefined && isEnded === undefined
      expect(catalogueOnly.edition(key)).toMatchObject({
        source: 'catalogue',
        verified: provenance.grade !== 'c' && isDated,
        adoptions: [],
      })
      expect(catalogueOnly.edition(key)?.effectiveOn).toBe(effectiveOn)
      expect(catalogueOnly.edition(key)?.abolishedOn).toBe(abolishedOn)
    }
    expect(catalogueOnly.edition('JJG517-1900')).toBeUndefined()
    expect(catalogueOnly.edition(KEY)).toBeUndefined()
  })

  it('of a local edition come from its own province, and name their statement', () => {
    const own = published('50')
    expect(gatherSpecifications([own]).edition(KEY)).toMatchObject({ effectiveOn: '2025-01-20', verified: true, source: own.statementId })
    expect(gatherSpecifications([published('51')]).edition(KEY)).toBeUndefined()
  })

  it('are not overwritten by the other province', () => {
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

  it('of a joint edition count where both of its provinces declare it, each for itself, and from no third', () => {
    const [joint, key]: [Change, string] = [['/number', 'JJF(川渝) 4001-2024'], 'JJF(川渝)4001-2024']
    for (const region of ['50', '51', '52'])
      for (const asked of ['50', '51', undefined])
        expect(gatherSpecifications([published(region, joint)]).edition(key, asked)).toBeUndefined()
    const both = gatherSpecifications([published('50', joint), published('51', joint, ['/effectiveOn', '2025-02-01'])])
    expect(both.edition(key, '50')).toMatchObject({ verified: true, effectiveOn: '2025-01-20' })
    expect(both.edition(key, '51')).toMatchObject({ verified: true, effectiveOn: '2025-02-01' })
    expect(both.edition(key)?.effectiveOn).toBe('2025-02-01')
    // Neither province can end the specification for the other.
    const ended = gatherSpecifications([published('50', joint, ['/abolishedOn', '2025-02-02']), published('51', joint)])
    expect([ended.edition(key, '51')?.abolishedOn, ended.edition(key, '50')?.abolishedOn]).toEqual([undefined, '2025-02-02'])
  })

  it('of a national or ministry edition are those of the catalogue; beyond it an authority declares one for its own region alone', () => {
    for (const [number, key] of [
      ['JJG 517-2024', 'JJG517-2024'],
      ['JJG（交通）056—2027', 'JJG(交通)056-2027'],
    ] as const) {
      const national = published('51', ['/number', number], ['/effectiveOn', '2024-12-01'])
      const gathered = gatherSpecifications([national])
      expect(gathered.edition(key, '51')).toMatchObject({ effectiveOn: '2024-12-01', verified: true, source: national.statementId })
      expect([gathered.edition(key, '50'), gathered.edition(key)]).toEqual([undefined, undefined])
      expect(gathered.group('EQ-CY-901', '50')).toEqual([])
      expect(declaredForOthers([national], '50')).toEqual([national])
      expect(declaredForOthers([national], '51')).toEqual([])
    }
  })

  it('of a national edition in the catalogue cannot be changed for another region: neither begun, ended nor grouped', () => {
    const known = catalogueOnly.edition('JJG517-2016')
    const ended = published('50', ['/number', 'JJG 517-2016'], ['/effectiveOn', '2017-05-25'], ['/abolishedOn', '2025-01-01'])
    const gathered = gatherSpecifications([ended])
    expect(gathered.edition('JJG517-2016', '51')).toEqual(known)
    expect(gathered.edition('JJG517-2016', '50')?.abolishedOn).toBe('2025-01-01')
    expect(gathered.group('EQ-CY-901', '51')).toEqual([])
    expect(declaredForOthers([ended], '51')).toEqual([ended])
  })

  it('of a local edition that another province declares are reported, unless it adopts that edition', () => {
    const adopted = published('51', ['/adoptions', [{ region: '51', documentNo: '川市监函', from: '2025-03-01' }]])
    const claimed = published('51', ['/adoptions', undefined])
    expect(declaredForOthers([adopted], '50')).toEqual([])
    expect(declaredForOthers([claimed], '50')).toEqual([claimed])
  })

  it('are found in any form of the number', () => {
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

  it('count only where the adopting province published them', () => {
    expect(adoptions(published('50', adopting('50', '51')), published('51', adopting('51', '51')))).toEqual(['51 为 51'])
    expect(adoptions(published('50', adopting('50', '51')), published('51', adopting('51', '50')))).toEqual([])
    expect(adoptions(published('50', adopting('50', '51')))).toEqual([])
  })

  it('name their statement', () => {
    const notice = published('51', adopting('51', '51'))
    expect(gatherSpecifications([published('50'), notice]).edition(KEY)?.adoptions).toMatchObject([
      { region: '51', source: notice.statementId },
    ])
  })

  it('apply to one edition, not to other years of it', () => {
    expect(adoptions(published('50'), published('51', adopting('51', '51'), ['/number', 'JJF(渝) 901-2020']))).toEqual([])
  })
})

describe('groups of one text under several numbers', () => {
  const numbers = (...list: readonly PublishedSpecification[]): string[] =>
    gatherSpecifications(list)
      .group('EQ-CY-901')
      .map(({ number }) => number.key)
  const sichuan = (region: string): PublishedSpecification => published(region, ['/number', 'JJF(川) 901-2024'])

  it('contain what each province declared of its own edition', () => {
    expect(numbers(published('50'), sichuan('51'))).toEqual([KEY, 'JJF(川)901-2024'])
    expect(numbers(published('50'), sichuan('50'))).toEqual([KEY])
    expect(numbers(published('50', ['/equivalenceGroup', undefined]), sichuan('51'))).toEqual(['JJF(川)901-2024'])
    expect(gatherSpecifications([]).group('EQ-CY-901')).toEqual([])
  })
})
