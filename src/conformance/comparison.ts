/** 计量比对: codes agree with each other, and every outcome follows from its scores. */
import type { Finding } from '../base/check.js'
import type { ComparisonResult } from '../records/index.js'
import { isKind, type Rule } from './rule.js'

const since = '0.1.0'
const group = 'conformance' as const

/** Every place where a laboratory is named by its code. */
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
