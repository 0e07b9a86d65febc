/** Circumstances of a verification, failed items of a notice, roles of standards, and ranges as printed. */
import type { Finding } from '../base/check.js'
import { absolute, compare, parseDecimal, readComputed } from '../base/decimal.js'
import { defineTexts } from '../base/message.js'
import { unitOf } from '../catalogue/index.js'
import { isCertificate, isWithinLimits, type MeasurementStandard, type ReadTable, type RecordOf } from '../records/index.js'
import { isGuarded, rowVerdict } from './acceptance.js'
import { checkIt, group, isKind, needsOf, onCertificates, type Rule, type RuleContext } from './rule.js'

export const circumstanceTexts = defineTexts({
  rows: {
    'verification.circumstances': { zh: '检定的类别、原因、方式和印、证', en: 'Type, cause, mode and marks of the verification' },
    'verification.failed-items': { zh: '不合格项目与结果表的一致性', en: 'Agreement of the failed items with the tables' },
    'standards.roles': { zh: '装置、标准器、标准物质的考核与溯源', en: 'Assessment and traceability of each standard' },
    'instrument.ranges': { zh: '测量范围各种写法的一致性', en: 'Agreement of the measuring ranges' },
  },
  codes: {
    'verification.cause-differs': {
      zh: '检定原因为{cause}，检定类别却不是{type}',
      en: 'The cause is {cause}, yet the type is not {type}',
      advice: checkIt,
    },
    'verification.combined': {
      zh: '二检合一见于燃气表、水表的首次检定，此处不是',
      en: 'Combined with the factory inspection: known of the initial verification of gas and water meters, which this is not',
      advice: checkIt,
    },
    'verification.remote': {
      zh: '远程检定：所用检定规程是否允许，本软件未收录',
      en: 'Remote verification: whether the regulation permits it is not in the tables of this software',
      advice: checkIt,
    },
    'mark.on-notice': {
      zh: '检定不合格，却写有合格印、证',
      en: 'The verification failed, yet a mark of a passed one is stated',
      advice: checkIt,
    },
    'mark.earlier': {
      zh: '印、证的日期 {on} 早于检定日期 {verifiedOn}',
      en: 'A mark is dated {on}, before the verification of {verifiedOn}',
      advice: checkIt,
    },
    'failed-items.on-certificate': {
      zh: '检定结论为合格，却列有不合格项目',
      en: 'The conclusion is pass, yet failed items are listed',
      advice: { zh: '请核对检定结论，或删去 failedItems', en: 'Check the conclusion, or remove failedItems' },
    },
    'failed-items.not-failed': {
      zh: '不合格项目“{item}”对应的结果表 {table} 中没有不合格的行',
      en: 'No row of table {table} fails, yet “{item}” is listed as failed',
      advice: { zh: '请核对该项数据，或改正 failedItems', en: 'Check the numbers of the item, or correct failedItems' },
    },
    'failed-items.table-unknown': {
      zh: '不合格项目“{item}”对应的结果表 {table} 不存在',
      en: 'The failed item “{item}” names a table {table} that is not there',
      advice: checkIt,
    },
    'failed-items.incomplete': {
      zh: '结果表 {table} 有不合格的行，未列入不合格项目',
      en: 'A row of table {table} fails, and no failed item names it',
      advice: checkIt,
    },
    'standard.assessment-misplaced': {
      zh: '“{name}”写有计量标准考核证书号；考核的是计量标准装置',
      en: '“{name}” states an assessment, which is of the measurement standard system',
      advice: { zh: '请把考核证书号写在装置（role: "system"）上', en: 'State it on the system (role: "system")' },
    },
    'standard.document': {
      zh: '“{name}”的溯源文件不是检定证书或校准证书',
      en: 'The document of “{name}” is no verification or calibration certificate',
      advice: checkIt,
    },
    'standard.traced-later': {
      zh: '“{name}”末次检定（校准）日期 {on} 晚于本次工作（{factDate}）',
      en: '“{name}” was last verified or calibrated on {on}, after this work of {factDate}',
      advice: checkIt,
    },
    'reference-material.form': {
      zh: '标准物质编号“{number}”不是 GBW 加五位、GBW(E) 加六位数字',
      en: '“{number}” is not GBW with five digits, nor GBW(E) with six',
      advice: checkIt,
    },
    'range.not-listed': {
      zh: 'range 不是 ranges 所列测量范围之一',
      en: 'range is not among the ranges listed',
      advice: checkIt,
    },
    'range.text-differs': {
      zh: '测量范围写作“{text}”，其中没有数值 {bound}',
      en: 'The range is printed “{text}”, in which there is no {bound}',
      advice: checkIt,
    },
  },
})

const since = '0.2.0'
const initial = ['首次检定', 'initial verification', 'initial'] as const
const subsequent = ['后续检定', 'subsequent verification', 'subsequent'] as const
/** Causes that imply one type of verification; a dispute or a sample may occur with several. */
const CAUSES: Readonly<Record<string, readonly [zh: string, en: string, type: typeof initial | typeof subsequent]>> = {
  periodic: ['周期检定', 'periodic verification', subsequent],
  'after-repair': ['修理后检定', 'verification after repair', subsequent],
  'mandatory-initial': ['强制检定的首次检定', 'initial verification of a mandatory instrument', initial],
}

const circumstances: Rule = {
  id: 'verification.circumstances',
  group,
  since,
  basis: 'JJF 1001—2011 9; 计量检定印、证管理办法',
  needs: {
    'verification-record': ['verificationType', 'cause', 'mode', 'combinedWithFactory', 'instrument', 'marks', 'outcome', 'verifiedOn'],
  },
  codes: {
    'verification.cause-differs': 'warn',
    'verification.combined': 'warn',
    'verification.remote': 'warn',
    'mark.on-notice': 'fail',
    'mark.earlier': 'warn',
  },
  evaluate({ record }) {
    if (!isKind(record, 'verification-record')) return undefined
    const { cause, mode, combinedWithFactory, verificationType, instrument, outcome, verifiedOn, marks = [] } = record
    const findings: Finding[] = []
    const [zh, en, type] = CAUSES[cause ?? ''] ?? []
    if (type !== undefined && type[2] !== verificationType)
      findings.push({
        code: 'verification.cause-differs',
        path: '/cause',
        params: { cause: { zh, en }, type: { zh: type[0], en: type[1] } },
      })
    if (combinedWithFactory === true && !(verificationType === 'initial' && ['gas-meter', 'water-meter'].includes(instrument.category)))
      findings.push({ code: 'verification.combined', path: '/combinedWithFactory' })
    if (mode === 'remote') findings.push({ code: 'verification.remote', path: '/mode' })
    marks.forEach(({ kind, on }, at) => {
      const path = `/marks/${at}`
      if (outcome === 'fail' && kind !== 'cancellation') findings.push({ code: 'mark.on-notice', path })
      if (on !== undefined && on < verifiedOn) findings.push({ code: 'mark.earlier', path, params: { on, verifiedOn } })
    })
    const isAny = type !== undefined || combinedWithFactory === true || mode === 'remote' || marks.length > 0
    return isAny ? findings : undefined
  },
}

const failedItems: Rule = {
  id: 'verification.failed-items',
  group,
  since,
  basis: '计量检定印、证管理办法; JJF 1069—2012',
  needs: { 'verification-record': ['outcome', 'failedItems', 'results', 'decisionRule'] },
  codes: {
    'failed-items.on-certificate': 'fail',
    'failed-items.not-failed': 'fail',
    'failed-items.table-unknown': 'fail',
    'failed-items.incomplete': 'warn',
  },
  evaluate(context) {
    const { record, tables } = context
    if (!isKind(record, 'verification-record') || record.failedItems === undefined) return undefined
    const items = record.failedItems
    if (record.outcome === 'pass') return [{ code: 'failed-items.on-certificate', path: '/failedItems' }]
    const { failed, compared } = tablesThatFail(context)
    const findings: Finding[] = []
    items.forEach(({ name, table }, at) => {
      if (table === undefined || failed.has(table)) return
      const params = { item: name.zh, table }
      const path = `/failedItems/${at}`
      if (!record.results.some(({ id }) => id === table)) findings.push({ code: 'failed-items.table-unknown', path, params })
      else if (compared.has(table)) findings.push({ code: 'failed-items.not-failed', path, params })
    })
    // An item that names no table may be the failed item of this table.
    const isNamed = items.every(({ table }) => table !== undefined)
    for (const { index, table } of tables)
      if (isNamed && failed.has(table.id) && !items.some((item) => item.table === table.id))
        findings.push({ code: 'failed-items.incomplete', path: `/results/${index}`, params: { table: table.id } })
    return findings.length > 0 || items.some(({ table }) => table !== undefined && compared.has(table)) ? findings : undefined
  },
}

/** Tables with a row that fails, and tables of which a row was compared; results before an adjustment do not count. */
function tablesThatFail({ record, kind, tables, rows }: RuleContext): Readonly<Record<'failed' | 'compared', ReadonlySet<string>>> {
  const [failed, compared] = [new Set<string>(), new Set<string>()]
  const enter = ({ table }: ReadTable, isFailure: boolean): void => {
    if (table.state === 'as-found') return
    compared.add(table.id)
    if (isFailure) failed.add(table.id)
  }
  for (const read of tables)
    for (const row of read.table.rows.keys()) {
      const verdict = rowVerdict(read, row)
      if (verdict === 'pass' || verdict === 'fail') enter(read, verdict === 'fail')
    }
  const guarded = isGuarded({ record, kind })
  for (const one of rows.judged) {
    const within = isWithinLimits(one, guarded)
    if (within !== undefined) enter(one.read, !within)
  }
  return { failed, compared }
}

const FORM = /^GBW(?:\d{5}|\(E\)\d{6})[A-Za-z]*(?:[-.]\d+)?$/

const standardRoles: Rule = {
  id: 'standards.roles',
  group,
  since,
  basis: 'JJF 1033—2023; JJF 1006—1994; CNAS-CL01-G002',
  needs: needsOf(({ limits, factMember }) => (limits.members.includes('standards') ? ['standards', factMember] : undefined)),
  codes: {
    'standard.assessment-misplaced': 'warn',
    'standard.document': 'warn',
    'standard.traced-later': 'warn',
    'reference-material.form': 'warn',
  },
  evaluate({ record, factDate }) {
    const { standards } = record as { readonly standards?: readonly MeasurementStandard[] }
    const findings: Finding[] = []
    let compared = false
    standards?.forEach((standard, at) => {
      const { name, role, assessment, referenceMaterial, trace } = standard
      const path = `/standards/${at}`
      const { document, on } = trace ?? {}
      compared ||= role !== undefined || referenceMaterial !== undefined || document !== undefined || on !== undefined
      if (assessment !== undefined && ((role !== undefined && role !== 'system') || referenceMaterial !== undefined))
        findings.push({ code: 'standard.assessment-misplaced', path: `${path}/assessment`, params: { name } })
      if (document !== undefined && document !== 'verification' && document !== 'calibration')
        findings.push({ code: 'standard.document', path: `${path}/trace/document`, params: { name } })
      if (on !== undefined && on > factDate)
        findings.push({ code: 'standard.traced-later', path: `${path}/trace/on`, params: { name, on, factDate } })
      const number = referenceMaterial?.number
      const folded = number?.normalize('NFKC').replace(/\s/g, '') ?? ''
      if (/^GBW/i.test(folded) && !FORM.test(folded))
        findings.push({ code: 'reference-material.form', path: `${path}/referenceMaterial/number`, params: { number } })
    })
    return compared ? findings : undefined
  },
}

const fold = (text: string): string => text.normalize('NFKC')

/** The unit after a number: “mg” and “g” of 0.1 mg～220 g. */
const UNIT_OF_NUMBER = /\d[\s)]*([A-Za-z°μΩ%‰′]+(?:[·/.][A-Za-z]+)*)/g

const ranges: Rule = {
  id: 'instrument.ranges',
  group,
  since,
  basis: '国质检量函〔2005〕861号; JJF 1001—2011 7.7',
  needs: onCertificates('instrument'),
  codes: { 'range.not-listed': 'warn', 'range.text-differs': 'warn' },
  evaluate({ record }) {
    if (!isCertificate(record)) return undefined
    const { range, ranges: all, rangeText } = record.instrument as RecordOf<'verification-record'>['instrument']
    const findings: Finding[] = []
    const isListed = all?.some((one) => range && one.unit === range.unit && one.lower === range.lower && one.upper === range.upper)
    if (range !== undefined && isListed === false) findings.push({ code: 'range.not-listed', path: '/instrument/range' })
    let compared = range !== undefined && all !== undefined
    if (rangeText === undefined) return compared ? findings : undefined
    const printed = fold(rangeText).replace(/(\d),(?=\d{3}(?!\d))/g, '$1')
    // Of any length: the text is free, and a number in it no value of the record.
    const numbers = [...printed.matchAll(/\d+(?:\.\d+)?/g)].map(([number]) => readComputed(number))
    for (const { lower, upper, unit } of all ?? (range === undefined ? [] : [range])) {
      // A range that is printed in another unit, or one end of it, or with a power of ten, cannot be compared by its digits.
      const written = [unit, unitOf(unit)?.symbol ?? unit].map(fold)
      const isOther = [...printed.matchAll(UNIT_OF_NUMBER)].some(([, found = '']) => !written.some((own) => own.startsWith(found)))
      if (isOther || /[×*]10/.test(printed) || !written.some((own) => printed.includes(own))) continue
      compared = true
      const bound = [lower, upper].find(
        (one) => one !== undefined && !numbers.some((number) => compare(number, absolute(parseDecimal(one))) === 0),
      )
      if (bound !== undefined)
        findings.push({ code: 'range.text-differs', path: '/instrument/rangeText', params: { text: rangeText, bound } })
    }
    return compared ? findings : undefined
  },
}

export const circumstanceRules: readonly Rule[] = [circumstances, failedItems, standardRoles, ranges]
