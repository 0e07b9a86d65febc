/** The specifications of a record: right family, in force on the day, and national before local. V05, V06, V18. */

import type { Finding } from '../base/check.js'
import type { CivilDate } from '../base/date.js'
import { identifierKey } from '../base/identifier.js'
import { defineTexts, listed, type Text } from '../base/message.js'
import {
  CATALOGUE_SOURCE,
  type Catalogue,
  type EditionDates,
  type EditionState,
  editionOn,
  instrumentCategories,
  parseSpecificationNumber,
  provinceName,
  type StatedEdition,
} from '../catalogue/index.js'
import { coded as catalogueCoded } from '../catalogue/messages.js'
import type { RecordOf } from '../records/index.js'
import { checkIt, group, isKind, needsOf, type Rule } from './rule.js'

export const basisTexts = defineTexts({
  rows: {
    'basis.regulation': { zh: '检定依据中的检定规程（JJG）', en: 'A verification regulation (JJG) among the bases' },
    'basis.in-force': {
      zh: '所依据国家规程（规范）在检定（校准）当日的时效',
      en: 'National specifications in force on the day of the work',
    },
    'basis.national-first': { zh: '国家规程优先于地方规程', en: 'National regulation before a local one' },
    'amendment.names-original': { zh: '换发证书所替代的证书编号', en: 'Original certificate that an amended one replaces' },
    'specification.replacement': { zh: '规程（规范）的代替关系', en: 'Replacement of editions' },
    'specification.requirements': { zh: '技术要求的限值', en: 'Limits of the requirements' },
    'specification.publisher': { zh: '地方规范的发布机关', en: 'Publisher of a local specification' },
  },
  codes: {
    'basis.other-category': {
      zh: '{number} 是{other}的规程，而器具类别为{category}',
      en: '{number} is a regulation of the category {other}, but the instrument is of the category {category}',
      advice: checkIt,
    },
    'basis.regulation-unknown': {
      zh: '看不出 {number} 是否为检定规程',
      en: 'Whether {number} is a verification regulation (JJG) is not known',
      advice: checkIt,
    },
    'basis.not-regulation': {
      zh: '检定依据中没有检定规程（JJG）：{number} 不是检定规程',
      en: 'No verification regulation (JJG) is among the bases: {number} is none',
      advice: {
        zh: '检定须执行检定规程（JJG）；只有校准规范的，应出具校准证书',
        en: 'A verification applies a JJG; where there is only a calibration specification, issue a calibration certificate',
      },
    },
    'basis.national-exists': {
      zh: '{number} 为地方规程，而该类器具有国家规程（{national}）',
      en: '{number} is local, though national regulations exist ({national})',
      advice: { zh: '请说明采用地方规程的理由', en: 'State why the local regulation was used' },
    },
    'amendment.replaces-itself': {
      zh: '换发证书的编号 {number} 与被替代的相同',
      en: 'The certificate {number} is said to replace itself',
      advice: { zh: '换发证书应另编号，注明所替代的原证书编号', en: 'Give the new certificate its own number and name the original' },
    },
    'specification.replaces-itself': {
      zh: '{number} 代替自身',
      en: '{number} is said to replace itself',
      advice: { zh: '请核对代替的编号与年号', en: 'Check the numbers and years of what is replaced' },
    },
    'specification.replaced-both-ways': {
      zh: '{number} 既列为代替对象，又列为代替它的版本',
      en: '{number} is both replaced by this edition and replaces it',
      advice: { zh: '请核对“代替”（replaces）与“被代替”（replacedBy），只保留一处', en: 'Keep it in one of replaces and replacedBy' },
    },
    'specification.abolition-undated': {
      zh: '写明已被代替，但未写废止日期',
      en: 'It is replaced, but no date of abolition is given',
      advice: { zh: '请填写“废止日期”（abolishedOn，当日起失效）', en: 'State abolishedOn, the first day out of force' },
    },
    'specification.publisher-region': {
      zh: '{number} 属{region}，发布机关的统一社会信用代码却登记在外地',
      en: '{number} belongs to {region}, but its publisher is registered elsewhere',
      advice: { zh: '请核对发布机关', en: 'Check the publisher' },
    },
    'limits.absent': {
      zh: '要求“{id}”没有上限也没有下限',
      en: 'The requirement “{id}” has neither limit',
      advice: { zh: '请至少写一个限值', en: 'State at least one' },
    },
    'requirement.twice': {
      zh: '有两条要求同用标识“{id}”',
      en: 'Two requirements share the name “{id}”',
      advice: { zh: '标识在规范内应唯一', en: 'Names are unique in a specification' },
    },
  },
})

const since = '0.1.0'

const regulation: Rule = {
  id: 'basis.regulation',
  group,
  since,
  revised: '0.2.0',
  basis: '计量法 第十条',
  needs: { 'verification-record': ['basis', 'instrument'] },
  codes: { 'basis.not-regulation': 'fail', 'basis.regulation-unknown': 'warn', 'basis.other-category': 'warn' },
  evaluate({ record, catalogue }) {
    if (!isKind(record, 'verification-record')) return undefined
    // Every verification applies a regulation (JJG); an additional JJF (such as JJF 1059.1) is allowed.
    if (record.basis.some(({ number, name = '' }) => /JJG|检定规程/.test(identifierKey(number + name))))
      return judgeCategory(record, catalogue)
    const isOther = record.basis.every(({ number }) => NOT_REGULATION.test(identifierKey(number)))
    const code = isOther ? 'basis.not-regulation' : 'basis.regulation-unknown'
    return record.basis.flatMap(({ number }, at): Finding[] =>
      isOther || !NOT_REGULATION.test(identifierKey(number)) ? [{ code, path: `/basis/${at}/number`, params: { number } }] : [],
    )
  },
}

/** Calibration specifications, standards (GB, DB51/T, QX/T, Q/…, T/…, ISO, IEC) and recommendations. Any other text may name a regulation. */
const NOT_REGULATION = /^(?:JJF|GB|DB\d|[A-Z]{2}\/T|[QT]\/|ISO|IEC|OIML)/

/** Points out that every regulation is of other instruments. Which regulations a category has is of grade c, so this only warns. */
function judgeCategory({ basis, instrument }: RecordOf<'verification-record'>, catalogue: Catalogue): readonly Finding[] {
  const own = catalogue.category(instrument.category)
  if (own === undefined) return []
  const seriesOf = ({ number }: (typeof basis)[number]): string => parseSpecificationNumber(number)?.seriesKey ?? ''
  const whole = own.partOf === undefined ? undefined : catalogue.category(own.partOf)
  const isOwn = (series: string): boolean => own.regulations.includes(series) || whole?.regulations.includes(series) === true
  const isKnown = own.regulations.length > 0 || (whole?.regulations.length ?? 0) > 0
  if (!isKnown || basis.some((one) => isOwn(seriesOf(one)))) return []
  return basis.flatMap((one, at): Finding[] => {
    const series = seriesOf(one)
    const other = [...instrumentCategories.values()].find((category) => category.regulations.includes(series))
    const params = { number: one.number, other: other?.name, category: own.name }
    return other === undefined ? [] : [{ code: 'basis.other-category', path: `/basis/${at}/number`, params }]
  })
}

const inForce: Rule = {
  id: 'basis.in-force',
  group,
  since,
  revised: '0.2.0',
  basis: '计量法 第十条; 国家计量技术规范管理办法',
  needs: needsOf(({ basisMember, factMember }) => basisMember && [basisMember, factMember]),
  codes: {
    'specification.not-yet-in-force': 'fail',
    'specification.abolished': 'fail',
    'specification.perhaps-not-in-force': 'warn',
    'specification.edition-unknown': 'warn',
    'specification.dates-unverified': 'warn',
    'specification.catalogues-differ': 'warn',
  },
  evaluate({ record, kind, factDate, catalogue }) {
    const findings: Finding[] = []
    const undated: { readonly number: string; readonly path: string }[] = []
    kind.basis(record).forEach(({ number }, at) => {
      const path = `${kind.basisPath}/${at}/number`
      const parsed = parseSpecificationNumber(number)
      // Local and joint editions are facts of the two authorities, and are checked in the recognition rules.
      if (parsed === undefined || parsed.level === 'local' || parsed.level === 'joint') return
      const edition = catalogue.edition(parsed.key)
      if (edition === undefined) findings.push({ code: catalogueCoded('specification.edition-unknown'), path, params: { number } })
      else {
        if (isUndated(edition, factDate)) undated.push({ number, path })
        else findings.push(...judgeEdition(number, edition, factDate).map((finding) => ({ ...finding, path })))
        findings.push(...differing(number, edition, factDate).map((finding) => ({ ...finding, path })))
      }
    })
    const [first] = undated
    if (first === undefined) return findings
    // Report them in one finding, however many editions there are.
    const number = listed(undated.map((one) => one.number))
    return [...findings, { code: catalogueCoded('specification.dates-unverified'), path: first.path, params: { number }, evidence: OURS }]
  },
}

/** Evidence that the dates are from the tables of this package; `tongheng specifications` shows the source of each. */
const OURS = { source: CATALOGUE_SOURCE, confidence: 'unverified' } as const

/** True if no date excludes that the edition is in force, and none proves it. */
function isUndated(edition: EditionDates, factDate: CivilDate): boolean {
  const { state, isCertain } = editionOn(edition, factDate)
  return state === 'unknown' || (state === 'in-force' && !isCertain)
}

function judgeEdition(number: string, edition: StatedEdition, factDate: CivilDate): readonly Finding[] {
  const { state, isCertain } = editionOn(edition, factDate)
  if (state === 'in-force') return []
  const { effectiveOn = '', abolishedOn = '' } = edition
  const isBefore = state === 'not-yet'
  if (!isCertain) {
    const change = isBefore ? { zh: '实施', en: 'takes effect' } : { zh: '废止', en: 'was abolished' }
    const params = { number, factDate, on: isBefore ? effectiveOn : abolishedOn, change }
    return [{ code: catalogueCoded('specification.perhaps-not-in-force'), params, evidence: OURS }]
  }
  const code = isBefore ? catalogueCoded('specification.not-yet-in-force') : catalogueCoded('specification.abolished')
  const params = { number, factDate, effectiveOn, abolishedOn, by: listed(edition.replacedBy ?? []) }
  return [{ code, params, evidence: { source: edition.source ?? CATALOGUE_SOURCE, confidence: 'published' } }]
}

/**
 * The catalogue of an authority takes precedence in its own region. Reports that the tables of this package state another result
 * with certainty.
 */
function differing(number: string, edition: StatedEdition, factDate: CivilDate): readonly Finding[] {
  const { over, source } = edition
  if (over === undefined || source === undefined) return []
  const [stated, ours] = [editionOn(edition, factDate), editionOn(over, factDate)]
  if (!ours.isCertain || ours.state === stated.state) return []
  return [
    {
      code: catalogueCoded('specification.catalogues-differ'),
      params: { number, factDate, catalogue: source, said: STATES[stated.state], ours: STATES[ours.state] },
      evidence: { source, over: CATALOGUE_SOURCE },
    },
  ]
}

const STATES: Readonly<Record<EditionState, Text>> = {
  'not-yet': { zh: '尚未实施', en: 'not yet in force' },
  abolished: { zh: '已废止', en: 'abolished' },
  'in-force': { zh: '现行', en: 'in force' },
  unknown: { zh: '日期不详', en: 'of unknown dates' },
}

const nationalFirst: Rule = {
  id: 'basis.national-first',
  group,
  since,
  basis: '计量法 第十条',
  needs: { 'verification-record': ['basis', 'instrument'] },
  codes: { 'basis.national-exists': 'warn' },
  evaluate({ record, catalogue }) {
    if (!isKind(record, 'verification-record')) return undefined
    const national = catalogue.category(record.instrument.category)?.regulations ?? []
    const findings: Finding[] = []
    record.basis.forEach(({ number }, at) => {
      const parsed = parseSpecificationNumber(number)
      const local = parsed?.family === 'JJG' && (parsed.level === 'local' || parsed.level === 'joint')
      // A local regulation may cover another method than the national one (JJG(京)177 beside JJG 517), so this is only a warning.
      if (local && national.length > 0)
        findings.push({ code: 'basis.national-exists', path: `/basis/${at}/number`, params: { number, national: national.join(', ') } })
    })
    return findings
  },
}

const amendment: Rule = {
  id: 'amendment.names-original',
  group,
  since,
  basis: 'ISO/IEC 17025:2017 7.8.8',
  needs: {
    'verification-record': ['amendment', 'certificateNo'],
    'calibration-result': ['amendment', 'certificateNo'],
    'type-approval': ['amendment', 'number'],
  },
  codes: { 'amendment.replaces-itself': 'fail' },
  evaluate({ record, kind }) {
    const amended = 'amendment' in record ? record.amendment : undefined
    if (amended === undefined) return undefined
    const number = kind.number(record)
    if (identifierKey(amended.replaces) !== identifierKey(number)) return []
    return [{ code: 'amendment.replaces-itself', path: '/amendment/replaces', params: { number } }]
  },
}

const replacement: Rule = {
  id: 'specification.replacement',
  group,
  since,
  basis: 'JJF 1002—2010; 国家计量技术规范管理办法',
  needs: { 'technical-specification': ['number', 'replaces', 'replacedBy', 'abolishedOn'] },
  codes: { 'specification.replaces-itself': 'fail', 'specification.replaced-both-ways': 'fail', 'specification.abolition-undated': 'warn' },
  evaluate({ record }) {
    if (!isKind(record, 'technical-specification')) return undefined
    const { number, replaces = [], replacedBy = [], abolishedOn } = record
    if (replaces.length === 0 && replacedBy.length === 0) return undefined
    const key = (printed: string): string => parseSpecificationNumber(printed)?.key ?? identifierKey(printed)
    const [own, later] = [key(number), new Set(replacedBy.map(key))]
    const findings: Finding[] = []
    replaces.forEach((one, at) => {
      const path = `/replaces/${at}`
      if (key(one) === own) findings.push({ code: 'specification.replaces-itself', path, params: { number } })
      else if (later.has(key(one))) findings.push({ code: 'specification.replaced-both-ways', path, params: { number: one } })
    })
    replacedBy.forEach((one, at) => {
      if (key(one) === own) findings.push({ code: 'specification.replaces-itself', path: `/replacedBy/${at}`, params: { number } })
    })
    if (replacedBy.length > 0 && abolishedOn === undefined)
      findings.push({ code: 'specification.abolition-undated', path: '/replacedBy', params: { number } })
    return findings
  },
}

const requirements: Rule = {
  id: 'specification.requirements',
  group,
  since,
  revised: '0.2.0',
  basis: 'JJF 1002—2010; JJF 1001—2011 7.27',
  needs: { 'technical-specification': ['requirements'] },
  codes: { 'limits.absent': 'warn', 'requirement.twice': 'fail' },
  evaluate({ record }) {
    if (!isKind(record, 'technical-specification') || record.requirements === undefined) return undefined
    const seen = new Set<string>()
    return record.requirements.flatMap(({ id, limits: { lower, upper } }, at): Finding[] => {
      const findings: Finding[] = []
      if (seen.has(id)) findings.push({ code: 'requirement.twice', path: `/requirements/${at}/id`, params: { id } })
      seen.add(id)
      const path = `/requirements/${at}/limits`
      if (lower === undefined && upper === undefined) findings.push({ code: 'limits.absent', path, params: { id } })
      return findings
    })
  },
}

const publisherRegion: Rule = {
  id: 'specification.publisher',
  group,
  since,
  basis: '计量法 第十条; 国家计量技术规范管理办法; 民政部《县以上行政区划代码》',
  needs: { 'technical-specification': ['number', 'publisher', 'adoptions'] },
  codes: { 'specification.publisher-region': 'warn' },
  evaluate({ record }) {
    if (!isKind(record, 'technical-specification')) return undefined
    const provinces = parseSpecificationNumber(record.number)?.provinces ?? []
    if (provinces.length === 0) return undefined
    // Characters 3 and 4 of the USCC are the province in which the publisher is registered.
    const registered = record.publisher.uscc.slice(2, 4)
    // The adopting province publishes the other's text under its own name.
    const adopts = record.adoptions?.some(({ region }) => region === registered) ?? false
    if (registered === '10' || adopts || provinces.includes(registered)) return []
    const names = provinces.map(provinceName)
    const params = { number: record.number, region: { zh: names.map(({ zh }) => zh).join('、'), en: names.map(({ en }) => en).join(', ') } }
    return [{ code: 'specification.publisher-region', path: '/publisher/uscc', params }]
  },
}

export const basisRules: readonly Rule[] = [regulation, inForce, nationalFirst, amendment, replacement, requirements, publisherRegion]
