/** The report of a comparison: participants, points with every result and score, and the conclusions (JJF 1117—2010). */

import type { Text } from '../../base/message.js'
import type { ComparisonPoint, ComparisonResult } from '../../records/index.js'
import { equivalencePlots } from '../plots/of-record.js'
import { attachmentBlocks } from './attachments.js'
import { budgetOf } from './budgets.js'
import { person, specificationsText } from './certificate.js'
import { type Block, type Content, fields, heading, joined, part, type Shown, shownText } from './model.js'
import { measured, perUnit, printedNumber, rangeText, uncertaintyText } from './quantities.js'
import { categoryText, word } from './words.js'

export function comparisonContent(record: ComparisonResult): Content {
  const { organisers, pilots, route, signatories } = record
  const scenes = equivalencePlots(record)
  return {
    title: { zh: '计量比对报告', en: 'Report of a Comparison' },
    issuer: record.issuer.name,
    number: { label: { zh: '项目编号', en: 'Project No.' }, value: record.projectNo },
    date: record.reportedOn,
    cover: [
      ...fields(
        ['比对名称', 'Title', shownText(record.title)],
        ['器具类别', 'Category', record.category && categoryText(record.category)],
        ['组织者', 'Organisers', joined(organisers.map(partyText), '、', ', ')],
        ['主导实验室', 'Pilot laboratories', pilots.join('、')],
        ['比对依据', 'Method', specificationsText(record.method)],
        [
          '比对路线',
          'Route',
          route && joined([word('route', route.form), ...(route.order === undefined ? [] : [route.order.join(' → ')])], '：', ': '),
        ],
        ['比对时间', 'Period', { zh: `${record.began} 至 ${record.ended}`, en: `${record.began} to ${record.ended}` }],
        ['报告日期', 'Reported on', record.reportedOn],
        ['编制', 'Author', signatories && person(signatories.author)],
        ['批准', 'Approved by', signatories && person(signatories.approver)],
        ['发布单位统一社会信用代码', 'USCC of the issuer', record.issuer.uscc],
      ),
    ],
    inner: [
      ...part('比对结论', 'Outcomes', [outcomesTable(record)]),
      ...part('传递标准', 'Travelling standards', [artefactsTable(record)]),
      heading('测量点', 'Points'),
      ...record.points.flatMap(pointBlocks),
      ...part(
        '等效度图',
        'Equivalence',
        scenes.map((scene): Block => ({ type: 'plot', scene })),
      ),
      ...part('说明', 'Remarks', record.remarks === undefined ? [] : [{ type: 'text', text: shownText(record.remarks) }]),
      ...part('不确定度预算', 'Uncertainty budgets', record.points.flatMap(budgetsOfPoint)),
      ...attachmentBlocks(record.attachments),
    ],
  }
}

const partyText = ({ name, uscc }: ComparisonResult['issuer']): Shown => ({ zh: `${name}（${uscc}）`, en: `${name} (${uscc})` })

/** A row for every participant, including the pilot and laboratories without an outcome. */
function outcomesTable({ outcomes, participants }: ComparisonResult): Block {
  const known = new Map(participants.map(({ code, party }) => [code, party]))
  const judged = new Set(outcomes.map(({ code }) => code))
  const nameOf = (code: string): Shown => {
    const party = known.get(code)
    return party === undefined ? { zh: '（保密）', en: '(confidential)' } : partyText(party)
  }
  return {
    type: 'table',
    table: {
      caption: { zh: '各实验室的结论', en: 'Outcome of each laboratory' },
      head: [
        { zh: '代码', en: 'Code' },
        { zh: '实验室', en: 'Laboratory' },
        { zh: '结论', en: 'Outcome' },
        { zh: '说明', en: 'Note' },
      ],
      rows: [
        ...outcomes.map(({ code, outcome, note }) => [
          code,
          nameOf(code),
          word('comparisonOutcome', outcome),
          note ? shownText(note) : '—',
        ]),
        ...participants.filter(({ code }) => !judged.has(code)).map(({ code }) => [code, nameOf(code), '—', '—']),
      ],
    },
  }
}

function artefactsTable({ artefacts }: ComparisonResult): Block {
  return {
    type: 'table',
    table: {
      caption: { zh: '传递标准', en: 'Travelling standards' },
      head: [
        { zh: '名称', en: 'Name' },
        { zh: '型号', en: 'Model' },
        { zh: '编号', en: 'Serial No.' },
        { zh: '测量范围', en: 'Range' },
        { zh: '稳定性', en: 'Stability' },
      ],
      rows: artefacts.map(({ name, model, serialNumber, range, stability }) => [
        name,
        model ?? '—',
        serialNumber ?? '—',
        range ? rangeText(range) : '—',
        stability ? shownText(stability) : '—',
      ]),
    },
  }
}

function budgetsOfPoint({ quantity, unit, reference, drift, results }: ComparisonPoint): Block[] {
  const of = (what: Shown): Text => joined([shownText(quantity), what], '，', ', ')
  return [
    ...budgetOf(of({ zh: '参考值', en: 'reference value' }), reference.uncertainty, unit),
    ...budgetOf(of({ zh: '传递标准不稳定性', en: 'instability of the standard' }), drift, unit),
    ...results.flatMap(({ code, uncertainty }) => budgetOf(of(code), uncertainty, unit)),
  ]
}

function pointBlocks({ quantity, nominal, unit, reference, results, consistency, drift, sigma }: ComparisonPoint): Block[] {
  const title = shownText(quantity)
  // The name of the measurand may already contain the point.
  const at = nominal === undefined || title.zh.includes(nominal.value) ? '' : ` ${measured(nominal)}`
  const scores = (['en', 'zeta', 'z'] as const).filter((score) => results.some((result) => result[score] !== undefined))
  const isDated = results.some(({ measuredOn }) => measuredOn !== undefined)
  const notes: Shown[] = []
  if (drift !== undefined)
    notes.push(joined([{ zh: '传递标准不稳定性', en: 'instability of the standard' }, uncertaintyText(drift, unit)], '：', ': '))
  if (consistency !== undefined) {
    const { observed, degreesOfFreedom: nu, isConsistent } = consistency
    notes.push({
      zh: `一致性检验：χ² = ${observed}，自由度 ${nu}，${isConsistent ? '一致' : '不一致'}`,
      en: `consistency: χ² = ${observed}, ${nu} degrees of freedom, ${isConsistent ? 'consistent' : 'not consistent'}`,
    })
  }
  return [
    ...fields(
      ['被测量', 'Measurand', title],
      ['测量点', 'Point', nominal && measured(nominal)],
      [
        '参考值',
        'Reference value',
        joined([measured({ value: reference.value, unit }), uncertaintyText(reference.uncertainty, unit)], '，', ', '),
      ],
      ['产生方法', 'Formed as', word('method', reference.method)],
      ['参与实验室', 'Contributors', reference.contributors?.join('、')],
      ['说明', 'In words', reference.formedBy && shownText(reference.formedBy)],
      ['σpt', 'σpt', sigma && measured({ value: sigma, unit })],
    ),
    {
      type: 'table',
      table: {
        caption: joined([title, at], '', ''),
        head: [
          { zh: '代码', en: 'Code' },
          ...(isDated ? [{ zh: '测量日期', en: 'Measured on' }] : []),
          { zh: perUnit('测量结果', unit), en: perUnit('Result', unit) },
          { zh: '不确定度', en: 'Uncertainty' },
          ...scores.map((score) => ({ en: 'En', zeta: 'ζ', z: 'z' })[score]),
          { zh: '评价', en: 'Outcome' },
        ],
        rows: results.map((result) => [
          result.code,
          ...(isDated ? [result.measuredOn ?? '—'] : []),
          printedNumber(result.value),
          uncertaintyText(result.uncertainty, unit),
          ...scores.map((score) => printedNumber(result[score] ?? '—')),
          evaluated(result),
        ]),
        ...(notes.length > 0 && { notes }),
      },
    },
  ]
}

/** The outcome of a result, and the reason if it was excluded. */
function evaluated({ outcome, excluded }: ComparisonPoint['results'][number]): Shown {
  const said = [
    ...(outcome === undefined ? [] : [word('comparisonOutcome', outcome)]),
    ...(excluded === undefined ? [] : [shownText(excluded)]),
  ]
  return said.length === 0 ? '—' : joined(said, '；', '; ')
}
