/** 计量比对: laboratory codes, origin of the reference value, and dates of measurement. */
import type { Finding } from '../base/check.js'
import { defineTexts } from '../base/message.js'
import type { ComparisonResult } from '../records/index.js'
import { group, isKind, type Rule } from './rule.js'

export const comparisonRuleTexts = defineTexts({
  rows: {
    'comparison.codes': { zh: '实验室代码的一致性', en: 'Agreement of laboratory codes' },
    'comparison.reference': { zh: '参考值的来源与产生方法', en: 'Origin of the reference value' },
    'comparison.dates': { zh: '测量日期与比对期间', en: 'Dates of measurement within the comparison' },
  },
  codes: {
    'laboratory.result-twice': {
      zh: '实验室 {code} 在测量点 {point} 有两个结果',
      en: 'Laboratory {code} has two results at point {point}',
      advice: { zh: '提交后不得更改；确需更改的，凭书面申请保留一个', en: 'Submitted data stay; keep one, on written request' },
    },
    'laboratory.without-outcome': {
      zh: '实验室 {code} 没有比对结论',
      en: 'Laboratory {code} has no outcome',
      advice: { zh: '请在“比对结论”（outcomes）中写明，退出的加以说明', en: 'State it in outcomes, with a note where it withdrew' },
    },
    'laboratory.measured-outside': {
      zh: '实验室 {code} 的测量日期 {measuredOn} 不在比对期间（{began} 至 {ended}）',
      en: 'Laboratory {code} measured on {measuredOn}, outside the comparison ({began} to {ended})',
      advice: { zh: '请核对日期', en: 'Check the dates' },
    },
    'point.twice': {
      zh: '有两个测量点同用标识“{id}”',
      en: 'Two points share the name “{id}”',
      advice: { zh: '标识在记录内应唯一', en: 'Names of points are unique in a record' },
    },
    'reference.contributors-missing': {
      zh: '参考值由实验室结果产生，但未写明是哪些实验室',
      en: 'The reference value was formed from results, but not from whose',
      advice: {
        zh: '请填写“参与形成参考值的实验室”（contributors）；相关与否影响 En 公式',
        en: 'State contributors; the formula of En depends on it',
      },
    },
    'reference.given-with-contributors': {
      zh: '参考值为给定值，又写有参与形成参考值的实验室',
      en: 'The reference value is given, yet contributors are named',
      advice: {
        zh: '请改“产生方法”（method），或删去“参与形成参考值的实验室”（contributors）',
        en: 'Change the method, or remove contributors',
      },
    },
    'reference.not-from-pilots': {
      zh: '参考值取主导实验室的值，而 {code} 不是主导实验室',
      en: 'The reference value is the pilots’, but {code} is no pilot',
      advice: { zh: '请核对“主导实验室”（pilots）与“参与形成参考值的实验室”（contributors）', en: 'Check pilots and contributors' },
    },
  },
})

const since = '0.1.0'

/** Yields every member that names a laboratory by its code. */
function* namedCodes(record: ComparisonResult): Generator<readonly [code: string, path: string]> {
  for (const [at, code] of record.pilots.entries()) yield [code, `/pilots/${at}`]
  for (const [at, code] of (record.route?.order ?? []).entries()) yield [code, `/route/order/${at}`]
  for (const [at, { code }] of record.outcomes.entries()) yield [code, `/outcomes/${at}/code`]
  for (const [point, { reference, results }] of record.points.entries()) {
    for (const [at, code] of (reference.contributors ?? []).entries()) yield [code, `/points/${point}/reference/contributors/${at}`]
    for (const [at, { code }] of results.entries()) yield [code, `/points/${point}/results/${at}/code`]
  }
}

const codes: Rule = {
  id: 'comparison.codes',
  group,
  since,
  basis: 'JJF 1117—2010',
  needs: { 'comparison-result': ['participants', 'pilots', 'route', 'outcomes', 'points'] },
  codes: {
    'laboratory.code-twice': 'fail',
    'laboratory.code-unknown': 'fail',
    'laboratory.result-twice': 'fail',
    'laboratory.without-outcome': 'warn',
    'point.twice': 'fail',
  },
  evaluate({ record }) {
    if (!isKind(record, 'comparison-result')) return undefined
    const findings: Finding[] = []
    const known = new Set<string>()
    record.participants.forEach(({ code }, at) => {
      if (known.has(code)) findings.push({ code: 'laboratory.code-twice', path: `/participants/${at}/code`, params: { code } })
      known.add(code)
    })
    for (const [code, path] of namedCodes(record)) {
      if (!known.has(code)) findings.push({ code: 'laboratory.code-unknown', path, params: { code } })
    }
    const points = new Set<string>()
    record.points.forEach(({ id, results }, point) => {
      if (points.has(id)) findings.push({ code: 'point.twice', path: `/points/${point}/id`, params: { id } })
      points.add(id)
      const reported = new Set<string>()
      results.forEach(({ code }, at) => {
        if (reported.has(code))
          findings.push({ code: 'laboratory.result-twice', path: `/points/${point}/results/${at}/code`, params: { code, point: id } })
        reported.add(code)
      })
    })
    const judged = new Set<string>()
    record.outcomes.forEach(({ code }, at) => {
      if (judged.has(code)) findings.push({ code: 'laboratory.code-twice', path: `/outcomes/${at}/code`, params: { code } })
      judged.add(code)
    })
    record.participants.forEach(({ code }, at) => {
      if (!judged.has(code)) findings.push({ code: 'laboratory.without-outcome', path: `/participants/${at}/code`, params: { code } })
    })
    return findings
  },
}

const contributors: Rule = {
  id: 'comparison.reference',
  group,
  since,
  basis: 'JJF 1117—2010; ISO 13528:2022 7',
  needs: { 'comparison-result': ['points', 'pilots'] },
  codes: { 'reference.contributors-missing': 'warn', 'reference.given-with-contributors': 'fail', 'reference.not-from-pilots': 'fail' },
  evaluate({ record }) {
    if (!isKind(record, 'comparison-result')) return undefined
    return record.points.flatMap(({ reference: { method, contributors: named } }, point): Finding[] => {
      const path = `/points/${point}/reference`
      if (method === 'given')
        return named === undefined ? [] : [{ code: 'reference.given-with-contributors', path: `${path}/contributors` }]
      if (named === undefined) return [{ code: 'reference.contributors-missing', path }]
      const stranger = method === 'pilot' ? named.find((code) => !record.pilots.includes(code)) : undefined
      return stranger === undefined ? [] : [{ code: 'reference.not-from-pilots', path: `${path}/contributors`, params: { code: stranger } }]
    })
  },
}

const measuredWithin: Rule = {
  id: 'comparison.dates',
  group,
  since,
  basis: 'JJF 1117—2010',
  needs: { 'comparison-result': ['points', 'began', 'ended'] },
  codes: { 'laboratory.measured-outside': 'warn' },
  evaluate({ record }) {
    if (!isKind(record, 'comparison-result')) return undefined
    const { began, ended } = record
    return record.points.flatMap(({ results }, point) =>
      results.flatMap(({ code, measuredOn }, at): Finding[] =>
        measuredOn === undefined || (began <= measuredOn && measuredOn <= ended)
          ? []
          : [
              {
                code: 'laboratory.measured-outside',
                path: `/points/${point}/results/${at}/measuredOn`,
                params: { code, measuredOn, began, ended },
              },
            ],
      ),
    )
  },
}

export const comparisonRules: readonly Rule[] = [codes, contributors, measuredWithin]
