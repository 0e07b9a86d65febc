// Why this exists: reference data is entered manually, and a wrong row fails a valid record, so everything that can be
// cross-checked is.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  aliasesOf,
  CATALOGUE_VERSION,
  categoryName,
  divisionName,
  type EditionDates,
  editionDates,
  editionOn,
  type InstrumentCategory,
  instrumentCategories,
  intervalApplies,
  intervalSource,
  isAmongCategories,
  isListedDivision,
  isWithinDivision,
  mandatoryRows,
  parseSpecificationNumber,
  provinceName,
  provinces,
  regions,
  remarkText,
  type SpecificationEdition,
  specificationEditions,
  verificationIntervals,
} from 'tongheng/catalogue'
import { describe, expect, it } from 'vitest'
import { type CivilDate, isCivilDate, parsePeriod } from '../../src/base/date.js'
import { DivisionCode, RegionCode, Slug } from '../../src/base/schema.js'

const source = (file: string): string => readFileSync(resolve(import.meta.dirname, `../../src/catalogue/${file}.ts`), 'utf8')
const editions = [...specificationEditions.values()]
const categories = [...instrumentCategories.values()]
const seriesOf = (number: string): string => parseSpecificationNumber(number)?.seriesKey ?? `unreadable ${number}`

describe('instrument categories', () => {
  it('are listed once each: no row is hidden by another with the same slug', () => {
    const slugs = [...source('categories').matchAll(/^(?:const TABLE = `)?([a-z0-9-]+)\|/gm)].map(([, slug]) => slug)
    expect(slugs).toEqual([...instrumentCategories.keys()])
    // 55 of release 0.1.0 and their parts, and 49 of the 54 added later (five were already present).
    expect(slugs).toHaveLength(104)
    expect(new Set(slugs).size).toBe(slugs.length)
  })

  it.each([...instrumentCategories])('%s is fully described, with its source', (slug, category) => {
    expect(Slug.safeParse(slug).success).toBe(true)
    expect(category.slug).toBe(slug)
    expect(category.name.zh).toMatch(/[\u4e00-\u9fff]{2}/)
    expect(category.name.en).toMatch(/^[A-Za-z ,-]+(\([A-Za-z, ]+\))?$/)
    expect(category.provenance.source).not.toBe('')
    expect(category.provenance.grade).toBe('c')
    if (category.interval === undefined) return
    expect(category.interval.provenance.source).not.toBe('')
    expect(parsePeriod(category.interval.period)).not.toEqual({ years: 0, months: 0, days: 0 })
  })

  it('have distinct names', () => {
    expect(new Set(categories.map(({ name }) => name.zh)).size).toBe(categories.length)
    expect(new Set(categories.map(({ name }) => name.en)).size).toBe(categories.length)
  })

  it('have every kind of mobility and control, `unknown` if no available list states it', () => {
    expect(new Set(categories.map(({ mobility }) => mobility))).toEqual(new Set(['mobile', 'partly', 'fixed']))
    expect(new Set(categories.map(({ control }) => control))).toEqual(new Set(['P', 'V', 'P+V', 'none', 'unknown']))
  })

  it('state a published interval only with a source, because only such an interval can fail a record', () => {
    // The interval of a category is the usual one; sources state the intervals of regulations.
    expect(categories.filter(({ interval }) => interval !== undefined && interval.provenance.grade !== 'c')).toEqual([])
    const all = [...verificationIntervals.values()].flat()
    const published = all.filter(({ provenance }) => provenance.grade !== 'c')
    // The page that states the interval of JJG 162 above DN 50, and the one about JJG 443, 527 and 528, are each the only source.
    expect(published.map(({ regulation, manner, period = '' }) => `${regulation} ${manner} ${period}`.trim())).toEqual([
      'JJG111 initial-only',
      'JJG162 initial-then-replacement P6Y',
      'JJG162 initial-then-replacement P4Y',
      'JJG577 initial-then-replacement P10Y',
      'JJG596 initial-then-replacement P6Y',
      'JJG596 initial-then-replacement P8Y',
    ])
    for (const interval of published) expect(intervalSource(interval)).toMatch(/\S+\.\S+/)
    for (const interval of all) {
      expect(intervalSource(interval)).not.toBe('')
      // A finding and `explain` must refer to the same source.
      const [, source = ''] = interval.provenance.source.split(`${CATALOGUE_VERSION}: `)
      expect(intervalSource(interval)).toContain(source.replace(/ .*/, ''))
      expect(/专业常识/.test(intervalSource(interval))).toBe(source === '')
    }
    const conditions = all.map(intervalApplies).filter((one) => one !== undefined)
    expect(conditions.map(({ zh }) => zh).slice(0, 2)).toEqual(['DN25 及以下', 'DN25 以上至 DN50'])
    expect(conditions).toHaveLength(9)
  })

  it('have an interval for each regulation listed, unless they are verified once, and each is one of a category', () => {
    const ofCategories = new Set(categories.flatMap(({ regulations }) => regulations))
    for (const [series, intervals] of verificationIntervals) {
      expect(ofCategories, series).toContain(series)
      for (const { manner, period } of intervals) {
        if (manner === 'initial-only') expect(period).toBeUndefined()
        else expect(parsePeriod(period as string)).not.toEqual({ years: 0, months: 0, days: 0 })
      }
    }
  })

  it('name regulations as series keys of the national JJG', () => {
    for (const { regulations } of categories) {
      expect(new Set(regulations).size).toBe(regulations.length)
      for (const series of regulations)
        expect(parseSpecificationNumber(`${series}-2020`)).toMatchObject({ family: 'JJG', level: 'national', seriesKey: series })
    }
    expect(categories.filter(({ regulations }) => regulations.length === 0).map(({ slug }) => slug)).toEqual([
      'hydrogen-filler',
      'torque-transducer',
      'temperature-transmitter',
      'bimetallic-thermometer',
      'thermocouple',
      'thermohygrometer',
      'multimeter',
      'activity-meter',
      'section-speed',
      'network-taximeter',
    ])
  })

  it('name no regulation without a known edition except these', () => {
    const known = new Set(editions.map(({ number }) => seriesOf(number)))
    const missing = new Set(categories.flatMap(({ regulations }) => regulations).filter((series) => !known.has(series)))
    expect([...missing].sort()).toEqual(['JJG17', 'JJG997'])
  })

  it('have a name even if unknown: the slug', () => {
    expect(categoryName('taximeter').zh).toBe('出租汽车计价器')
    expect(categoryName('no-such')).toEqual({ zh: 'no-such', en: 'no-such' })
    expect(categoryName('toString')).toEqual({ zh: 'toString', en: 'toString' })
  })

  it('agree for two categories that share a regulation only if they share the kind of instrument', () => {
    const users = new Map<string, InstrumentCategory[]>()
    for (const category of categories)
      for (const series of category.regulations) users.set(series, [...(users.get(series) ?? []), category])
    // The older, wider category includes the regulations of all its parts.
    for (const [series, each] of users) {
      const parts = new Set(each.map(({ partOf }) => partOf))
      users.set(
        series,
        each.filter(({ slug }) => !parts.has(slug)),
      )
    }
    const shared = [...users].filter(([, each]) => each.length > 1).map(([series, each]) => [series, each.map(({ slug }) => slug)])
    expect(shared).toEqual([['JJG539', ['nawi-digital', 'nawi-price']]])
  })
})

describe('electromedical instruments', () => {
  const parts = ['audiometer', 'electrocardiograph', 'electroencephalograph', 'patient-monitor']

  it('are four categories, of which 0.1.0 had one', () => {
    expect(categories.filter(({ partOf }) => partOf === 'medical-electrical').map(({ slug }) => slug)).toEqual(parts)
    expect(parts.map((slug) => instrumentCategories.get(slug)?.regulations.join(' '))).toEqual([
      'JJG388',
      'JJG543 JJG1041',
      'JJG1043 JJG954',
      'JJG1163 JJG760',
    ])
    // Monitors have their own regulation; those of other instruments do not apply.
    const whole = instrumentCategories.get('medical-electrical')
    expect([...(whole?.regulations ?? [])].sort()).toEqual(
      parts.flatMap((slug) => instrumentCategories.get(slug)?.regulations ?? []).sort(),
    )
  })

  it('are included in a scope for the older category, but not the reverse', () => {
    for (const slug of parts) {
      expect(isAmongCategories(['taximeter', 'medical-electrical'], slug)).toBe(true)
      expect(isAmongCategories([slug], slug)).toBe(true)
      expect(isAmongCategories([slug], 'medical-electrical')).toBe(false)
    }
    expect(isAmongCategories(['audiometer'], 'patient-monitor')).toBe(false)
    expect(isAmongCategories(['medical-electrical'], 'medical-electrical')).toBe(true)
    expect(isAmongCategories(['medical-electrical'], 'taximeter')).toBe(false)
    expect(isAmongCategories(['medical-electrical'], 'toString')).toBe(false)
  })
})

describe('specification editions', () => {
  const rows = ['jjf', 'jjg'].flatMap((family) =>
    source(`editions/${family}`)
      .split('\n')
      .filter((line) => /^\d.*\|/.test(line))
      .map((line) => `${family.toUpperCase()}${line.split('|')[0]}`),
  )

  it('are listed once each, in the table of dates and in that of sources', () => {
    expect(rows).toEqual([...specificationEditions.keys()])
    expect(new Set(rows).size).toBe(rows.length)
    expect([...editionDates.keys()].sort()).toEqual([...rows].sort())
  })

  it('are as many as the documentation states, by grade of source', () => {
    const count = (is: (edition: SpecificationEdition) => boolean): number => editions.filter(is).length
    const counts = {
      editions: editions.length,
      effective: count(({ effectiveOn }) => effectiveOn !== undefined),
      dated: count(({ effectiveOn, abolishedOn }) => (effectiveOn ?? abolishedOn) !== undefined),
      a: count(({ grade }) => grade === 'a'),
      b: count(({ grade }) => grade === 'b'),
      c: count(({ grade }) => grade === 'c'),
      categories: categories.length,
      aliases: new Set(categories.flatMap(({ slug }) => aliasesOf(slug))).size,
      mandatory: mandatoryRows.length,
    }
    expect(counts.editions).toBeGreaterThanOrEqual(350)
    expect(counts.effective).toBeGreaterThanOrEqual(160)
    const docs = readFileSync(resolve(import.meta.dirname, '../../docs/catalogue.md'), 'utf8')
    for (const [name, number] of Object.entries(counts)) expect(docs, name).toContain(`| ${name} | ${number} |`)
  })

  it.each([...specificationEditions])('%s is national, with its source', (key, edition) => {
    expect(edition.key).toBe(key)
    expect(parseSpecificationNumber(edition.number)).toMatchObject({ key, level: 'national' })
    if (edition.title !== undefined) expect(edition.title).toMatch(/[\u4e00-\u9fff]/)
    expect(edition.provenance.source).not.toBe('')
    expect(edition.remarks.map(remarkText)).not.toContain(undefined)
    const dates = [edition.publishedOn, edition.effectiveOn, edition.abolishedOn].filter((date) => date !== undefined)
    expect(dates.filter((date) => !isCivilDate(date))).toEqual([])
    expect(dates).toEqual([...dates].sort())
    // Only a source of grade a or b may fail a record.
    expect(edition.provenance.grade).toBe(edition.grade)
    expect(editionDates.get(key)?.confidence).toBe(edition.grade === 'c' ? 'unverified' : 'published')
    // A source of the workplace names nobody a page.
    expect(edition.provenance.source).not.toMatch(/shared|\brecord \d|search corpus/)
  })

  it('take effect in the year of their number or within the two that follow', () => {
    for (const { number, effectiveOn } of editions) {
      if (effectiveOn === undefined) continue
      const year = parseSpecificationNumber(number)?.year as number
      expect([number, Number(effectiveOn.slice(0, 4)) - year]).toEqual([number, expect.toSatisfy((late: number) => late >= 0 && late <= 2)])
    }
  })

  it('end on the day the next edition begins, unless their source gives another day', () => {
    const ended = editions.filter(({ abolishedOn }) => abolishedOn !== undefined)
    expect(ended.length).toBeGreaterThan(90)
    const otherwise = ended.filter(
      ({ abolishedOn, replacedBy = [] }) =>
        !editions.some(({ number, effectiveOn }) => number === replacedBy[0] && effectiveOn === abolishedOn),
    )
    expect(otherwise.map(({ number }) => number)).toEqual(['JJF 1002-1998', 'JJG 597-1989', 'JJG 919-1996'])
    // A doubtful date, or a successor known only from a weak source, must not decide.
    for (const { number, doubtful = [] } of otherwise) expect([number, doubtful]).toEqual([number, ['abolishedOn']])
  })

  it.each([
    // effective a, its abolition only from a weak source
    ['JJG59-2007', '2010-01-01', 'in-force', false],
    ['JJG59-2007', '2024-01-01', 'abolished', false],
    ['JJG59-2007', '2008-10-31', 'not-yet', true],
    // first day doubtful, last day not
    ['JJG162-2009', '2009-04-29', 'not-yet', false],
    ['JJG162-2009', '2015-01-01', 'in-force', false],
    ['JJG162-2009', '2020-03-30', 'in-force', false],
    ['JJG162-2009', '2020-03-31', 'abolished', true],
    ['JJG225-2001', '2025-04-18', 'in-force', true],
    ['JJG225-2001', '2025-04-19', 'abolished', true],
    // replaced in part, or marked obsolete without a day
    ['JJG98-1990', '2015-01-01', 'unknown', false],
    ['JJG274-2007', '2007-12-13', 'not-yet', true],
    ['JJG274-2007', '2015-01-01', 'unknown', false],
    ['JJG443-2015', '2024-05-01', 'abolished', false],
    ['JJG577-2012', '2020-01-01', 'unknown', false],
    ['JJG1204-2025', '2027-01-07', 'not-yet', false],
    ['JJG1204-2025', '2027-01-08', 'in-force', false],
  ] as const)('%s on %s: %s, certain %s', (key, day, state, isCertain) => {
    expect(editionOn(editionDates.get(key) as EditionDates, day as CivilDate)).toEqual({ state, isCertain })
  })
})

describe('regions', () => {
  const codes = [...regions.keys()]
  const below = (province: string): string[] => codes.filter((code) => code.startsWith(province) && !code.endsWith('0000'))
  const cities = below('51').filter((code) => code.endsWith('00'))
  const counties = below('51').filter((code) => !code.endsWith('00'))

  it('are the two provinces, 21 cities and prefectures with 183 counties, and 38 districts and counties of Chongqing', () => {
    expect(cities).toHaveLength(21)
    expect(counties).toHaveLength(183)
    expect(below('50')).toHaveLength(38)
    expect(codes).toHaveLength(2 + 21 + 183 + 38)
    expect(codes.filter((code) => code.endsWith('0000')).sort()).toEqual(['500000', '510000'])
    expect(codes.filter((code) => !isListedDivision(code))).toEqual([])
    expect(['510199', '511071', '500100', '510200', '110105'].filter(isListedDivision)).toEqual([])
  })

  it('are prefecture and county codes in Sichuan, and county codes in Chongqing, which has no prefectures', () => {
    expect(cities.filter((code) => !/^51\d\d00$/.test(code))).toEqual([])
    // Every county belongs to a listed city, every city has a county, and no development zone (71 to 80) is listed.
    expect(new Set(counties.map((code) => `${code.slice(0, 4)}00`))).toEqual(new Set(cities))
    expect(counties.filter((code) => /7\d$/.test(code))).toEqual([])
    // 区 have 01 to 20, 县 from 21, 县级市 from 81; in the three prefectures, county-level cities have 01 and 02.
    const wrong = counties.filter((code) => {
      const [name, last] = [regions.get(code)?.name.zh ?? '', Number(code.slice(4))]
      if (name.endsWith('区')) return last > 20
      return name.endsWith('市') ? last < 81 && !(code >= '513200' && last <= 2) : !name.endsWith('县') || last < 21 || last > 40
    })
    expect(wrong).toEqual([])
    const ending = (suffix: string): number => counties.filter((code) => regions.get(code)?.name.zh.endsWith(suffix)).length
    // Sichuan at the end of 2022: 55 districts, 19 county-level cities, 109 counties (four of them autonomous).
    expect([ending('区'), ending('市'), ending('县'), ending('自治县')]).toEqual([55, 19, 109, 4])
    expect(below('50').filter((code) => !/^50(01[0-5]|02[2-4])\d$/.test(code))).toEqual([])
    // 市辖区 have 01xx: 26 districts. 县 and 自治县 have 02xx: 8 and 4.
    expect(below('50').filter((code) => code.startsWith('5001'))).toHaveLength(26)
    expect(below('50').filter((code) => code.startsWith('5002'))).toHaveLength(12)
    // Sichuan: 18 cities and three autonomous prefectures.
    expect(cities.filter((code) => code >= '513200')).toEqual(['513200', '513300', '513400'])
  })

  it.each([...regions])('%s has a Chinese and a Latin name', (code, region) => {
    expect(region.code).toBe(code)
    expect(DivisionCode.safeParse(code).success).toBe(true)
    expect(region.name.zh).toMatch(/^[\u4e00-\u9fff]{2,7}$/)
    expect(region.name.en).toMatch(/^[A-Z][a-z]+(’[a-z]+)?$/)
  })

  it('have distinct names; a county has one within its city', () => {
    for (const language of ['zh', 'en'] as const) {
      const upper = codes.filter((code) => !counties.includes(code))
      expect(new Set(upper.map((code) => regions.get(code)?.name[language])).size).toBe(61)
      expect(new Set(codes.map((code) => divisionName(code)[language])).size).toBe(codes.length)
    }
  })

  it('are named with their parent, and by their code if they are not listed', () => {
    expect(divisionName('510104')).toEqual({ zh: '成都锦江区', en: 'Jinjiang, Chengdu' })
    expect(divisionName('500112')).toEqual({ zh: '重庆渝北', en: 'Yubei, Chongqing' })
    expect(divisionName('511600')).toEqual({ zh: '广安', en: 'Guang’an' })
    expect(divisionName('510000')).toEqual({ zh: '四川', en: 'Sichuan' })
    expect(divisionName('511071')).toEqual({ zh: '511071', en: '511071' })
  })

  it.each([
    ['510104', '510000', true],
    ['510104', '510100', true],
    ['510104', '510104', true],
    ['510100', '510104', false],
    ['510104', '510300', false],
    ['500112', '500000', true],
    ['500112', '510000', false],
    ['110105', '110000', true],
  ])('%s is within %s: %s', (code, division, expected) => {
    expect(isWithinDivision(code, division)).toBe(expected)
  })

  it.each([
    ['510100', '成都'],
    ['510500', '泸州'],
    ['511500', '宜宾'],
    ['511600', '广安'],
    ['510104', '锦江区'],
    ['510402', '东区'],
    ['510726', '北川羌族自治县'],
    ['511528', '兴文县'],
    ['513402', '会理市'],
    ['500101', '万州'],
    ['500112', '渝北'],
    ['500154', '开州'],
    ['500156', '武隆'],
    ['500243', '彭水'],
  ])('%s is %s', (code, zh) => {
    expect(regions.get(code)?.name.zh).toBe(zh)
  })
})

describe('provinces', () => {
  it('are Sichuan and Chongqing, each with the character of its specifications', () => {
    expect([...provinces.keys()].sort()).toEqual(['50', '51'])
    for (const { code, character, name } of provinces.values()) {
      expect(RegionCode.safeParse(code).success).toBe(true)
      expect(parseSpecificationNumber(`JJF(${character}) 1-2025`)).toMatchObject({ level: 'local', provinces: [code] })
      expect(provinceName(code)).toEqual(name)
      expect(regions.get(`${code}0000`)?.name).toEqual(name)
    }
    expect(provinceName('99')).toEqual({ zh: '99', en: '99' })
  })

  it('are all known by their character, so that JJG(京) is local and JJG(交通) is not', () => {
    const characters = [...'京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新']
    const codes = characters.map((character) => parseSpecificationNumber(`JJG(${character}) 1-2025`)?.provinces[0])
    expect(codes).toEqual('11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65'.split(' '))
    expect(['黔', '滇', '陇'].map((character) => parseSpecificationNumber(`JJG(${character}) 1-2025`)?.provinces[0])).toEqual([
      '52',
      '53',
      '62',
    ])
  })
})

describe('the catalogue', () => {
  it('is dated by a month', () => {
    expect(CATALOGUE_VERSION).toMatch(/^20\d\d-(0[1-9]|1[0-2])$/)
  })
})
