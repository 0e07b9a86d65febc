/** The catalogue of an authority as data: categories, intervals, editions, divisions, and standards that need no assessment. */
import * as z from 'zod/mini'
import {
  about,
  CivilDate,
  Digest,
  DivisionCode,
  Line,
  LocalizedText,
  named,
  PeriodText,
  RegionCode,
  Seconds,
  Slug,
  Uscc,
} from '../base/schema.js'
import { readShape } from '../base/shape.js'
import { isWithinDivision, parseSpecificationNumber, type StandardLevel, standardLevels } from '../catalogue/index.js'
import { coded, fault } from './catalogue-messages.js'

const Manner = about(
  z.enum(['periodic', 'initial-then-replacement', 'initial-only']),
  '检定方式：周期检定；只作首次强制检定，限期使用，到期轮换；只作首次强制检定，失准报废',
  'Manner: periodic; initial verification only with a term of use; initial verification only until inaccurate',
)
/** Series key of a regulation: the number without year and blank. */
const Series = z.string().check(z.regex(/^JJ[GF](?:\([\u4e00-\u9fff]{1,6}\))?\d{1,4}(?:\.\d{1,2})?$/))

const Category = z.strictObject({
  slug: about(Slug, '类别代号', 'Slug'),
  number: about(z.optional(Line), '强制管理目录序号', 'Number in the mandatory catalogue'),
  name: about(LocalizedText, '名称', 'Name'),
  aliases: about(z.optional(z.array(Line).check(z.maxLength(50))), '俗称、旧名', 'Other names'),
  control: about(
    z.enum(['P', 'V', 'P+V', 'none']),
    '管理方式：P 型式批准，V 强制检定',
    'Control: P type approval, V mandatory verification',
  ),
  manner: about(z.optional(Manner), '检定方式', 'Manner of verification'),
  mobility: about(z.optional(z.enum(['mobile', 'partly', 'fixed'])), '是否移动使用，缺省为固定', 'Whether it is moved; fixed if absent'),
  regulations: about(z.array(Series).check(z.maxLength(30)), '检定规程（系列，如 JJG517）', 'Verification regulations, as series: JJG517'),
  interval: about(z.optional(PeriodText), '规程未另定时的检定周期（使用期限）', 'Interval or term of use where no regulation states one'),
})
/** An integer, or a decimal as text: G1.6 is "1.6". */
const SizeNumber = z.union([z.int().check(z.minimum(0), z.maximum(100_000)), z.string().check(z.regex(/^\d{1,4}(?:\.\d{1,2})?$/))])
const Interval = z.strictObject({
  regulation: about(Series, '规程（系列）', 'Regulation, as series'),
  manner: Manner,
  period: about(z.optional(PeriodText), '检定周期，或使用期限', 'Maximum interval, or term of use'),
  classes: about(z.optional(z.array(Line).check(z.minLength(1), z.maxLength(30))), '准确度等级', 'Accuracy classes to which it applies'),
  after: about(z.optional(z.enum(['initial', 'subsequent'])), '检定类型：首次、后续', 'Kind of verification after which it applies'),
  size: about(
    z.optional(
      z.strictObject({
        designation: z.enum(['DN', 'G']),
        above: SizeNumber,
        upTo: z.optional(SizeNumber),
      }),
    ),
    '口径（规格），如 DN 大于 25 至 50',
    'Size, as DN above 25, up to 50',
  ),
  applies: about(z.optional(LocalizedText), '其他适用条件', 'Further conditions'),
  basis: about(z.optional(Line), '依据', 'Document it rests on'),
})
const Edition = z.strictObject({
  number: about(Line, '编号（带年号）', 'Number with its year'),
  title: about(z.optional(Line), '名称', 'Title'),
  publishedOn: about(z.optional(CivilDate), '发布日期', 'Day of publication'),
  effectiveOn: about(z.optional(CivilDate), '实施日期', 'First day in force'),
  abolishedOn: about(z.optional(CivilDate), '废止日期（当日起失效）', 'First day out of force'),
  replacedBy: about(z.optional(z.array(Line).check(z.maxLength(10))), '代替版本', 'Editions that replace it'),
  basis: about(z.optional(Line), '依据', 'Document it rests on'),
})
const Division = z.strictObject({ code: DivisionCode, name: LocalizedText })
const AssessmentWaiver = z.strictObject({
  level: about(
    z.enum(Object.keys(standardLevels) as [StandardLevel, ...StandardLevel[]]),
    '免于考核的计量标准类别',
    'Level of the measurement standards that need no assessment',
    '计量法 第六条至第八条',
  ),
  holders: about(LocalizedText, '适用对象，如“重庆市行政区域内的企业”', 'To whom it applies, in words'),
  divisions: about(
    z.optional(z.array(DivisionCode).check(z.minLength(1), z.maxLength(300))),
    '限于在这些行政区划登记的单位；缺省为全省（市）',
    'Only bodies registered in these divisions; the whole province if absent',
  ),
  documentNo: about(Line, '文件号', 'Number of the document'),
  from: about(CivilDate, '起始日期', 'First day on which it applies'),
  to: about(z.optional(CivilDate), '截止日期（含当日）；缺省为未定', 'Last day, inclusive; open if absent'),
  source: about(Line, '来源（网址、公报等）', 'Where the document was read'),
  grade: about(
    z.enum(['a', 'b', 'c']),
    '来源等级：a 原文或官方页面，b 多个来源一致，c 单一来源或未核对原文',
    'Grade of the source: a the document or an official page, b sources that agree, c one source, or text not checked',
  ),
})

/** 主管部门发布的器具与规程目录 — Catalogue of an authority. Zod schema. */
export const CataloguePayload = named(
  'catalogue',
  about(
    z.strictObject({
      iss: about(Uscc, '发布机关', 'Publishing authority'),
      region: about(RegionCode, '适用省（市）', 'Province it speaks for'),
      version: about(z.int().check(z.minimum(1), z.maximum(1_000_000_000)), '版本，每次加一', 'Version, one more each time'),
      previous: about(z.optional(Digest), '上一版的签名记录标识', 'Statement id of the version before'),
      iat: about(Seconds, '签名时间', 'Time of issue'),
      exp: about(Seconds, '失效时间，过后不再采用', 'End, after which it is not used'),
      title: about(LocalizedText, '目录名称', 'Title'),
      categories: about(z.optional(z.array(Category).check(z.maxLength(2000))), '器具类别', 'Categories of instruments'),
      intervals: about(
        z.optional(z.array(Interval).check(z.maxLength(5000))),
        '检定周期：一规程的各项须一并给出',
        'Intervals: those of one regulation together',
      ),
      editions: about(z.optional(z.array(Edition).check(z.maxLength(10_000))), '规程（规范）版本', 'Editions of specifications'),
      divisions: about(z.optional(z.array(Division).check(z.maxLength(1000))), '行政区划', 'Administrative divisions'),
      assessmentWaivers: about(
        z.optional(z.array(AssessmentWaiver).check(z.maxLength(200))),
        '免于计量标准考核的规定',
        'Measurement standards that need no assessment',
      ),
    }),
    '主管部门发布的器具与规程目录',
    'Catalogue of instruments and specifications that an authority publishes',
  ),
)
export type CataloguePayload = z.infer<typeof CataloguePayload>

/**
 * Parses a catalogue from a value of any origin. No signature is verified: see `openCatalogues`.
 * @throws `catalogue.shape`, `catalogue.times`, `.twice`, `.edition`, `.division`, `.interval`, `.waiver`
 */
export function readCatalogue(json: unknown): CataloguePayload {
  const payload = readShape<CataloguePayload>(CataloguePayload, json, coded('catalogue.shape'))
  checkCatalogue(payload)
  return payload
}

/** @throws `catalogue.times`, `.twice`, `.edition`, `.division`, `.interval`, `.waiver` */
export function checkCatalogue(payload: CataloguePayload): void {
  const { iss: authority, version, region, iat, exp, categories = [], editions = [], divisions = [], intervals = [] } = payload
  if (iat > exp) throw fault('catalogue.times', { authority, version })
  // One word for two categories would name neither; within a category it may be repeated by a careless hand only.
  const words = new Map<string, string>()
  const once = (name: string, path: string, seen: Map<string, string> = words): void => {
    const key = name.normalize('NFKC').toLowerCase().replace(/\s/g, '')
    if (seen.has(key)) throw fault('catalogue.twice', { name, path })
    seen.set(key, path)
  }
  categories.forEach(({ slug, name, aliases = [] }, at) => {
    once(slug, `/categories/${at}/slug`)
    once(name.zh, `/categories/${at}/name/zh`)
    aliases.forEach((alias, of) => {
      once(alias, `/categories/${at}/aliases/${of}`)
    })
  })
  const numbers = new Map<string, string>()
  editions.forEach(({ number, effectiveOn, abolishedOn, publishedOn }, at) => {
    const path = `/editions/${at}/number`
    const parsed = parseSpecificationNumber(number)
    if (parsed === undefined || parsed.provinces.some((province) => province !== region)) throw fault('catalogue.edition', { number, path })
    once(parsed.key, path, numbers)
    const days = [publishedOn, effectiveOn, abolishedOn].filter((day) => day !== undefined)
    if (days.some((day, of) => of > 0 && day < (days[of - 1] as string))) throw fault('catalogue.edition', { number, path })
  })
  const mustBeWithin = (division: string, path: string): void => {
    if (!isWithinDivision(division, `${region}0000`)) throw fault('catalogue.division', { division, region, path })
  }
  divisions.forEach(({ code }, at) => {
    mustBeWithin(code, `/divisions/${at}/code`)
  })
  intervals.forEach(({ manner, period }, at) => {
    if ((manner === 'initial-only') !== (period === undefined)) throw fault('catalogue.interval', { path: `/intervals/${at}` })
  })
  payload.assessmentWaivers?.forEach(({ from, to, divisions: limitedTo = [] }, at) => {
    if (to !== undefined && to < from) throw fault('catalogue.waiver', { from, to, path: `/assessmentWaivers/${at}/to` })
    limitedTo.forEach((division, of) => {
      mustBeWithin(division, `/assessmentWaivers/${at}/divisions/${of}`)
    })
  })
}
