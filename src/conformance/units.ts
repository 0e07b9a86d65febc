/** Legal units, wherever a record states a unit. V11. */
import type { Finding } from '../base/check.js'
import { messageOf } from '../base/messages/index.js'
import { legalReplacement, parseUcum, unitOf } from '../catalogue/index.js'
import type { AnyRecord, ResultTable } from '../records/index.js'
import type { Needs, Rule } from './rule.js'

const since = '0.1.0'
const group = 'conformance' as const

/** Members of each kind that hold units. */
const UNIT_MEMBERS = {
  'verification-record': ['results', 'standards', 'environment', 'instrument'],
  'calibration-result': ['results', 'standards', 'environment', 'instrument'],
  'technical-specification': ['requirements'],
  'comparison-result': ['points', 'artefacts'],
  'supervision-finding': ['results', 'standards', 'instrument'],
  'type-approval': ['models'],
} as const satisfies Required<Needs>

const units: Rule = {
  id: 'units.legal',
  group,
  since,
  basis: '计量法 第三条; 国务院关于在我国统一实行法定计量单位的命令（1984）; GB 3100—1993',
  needs: {
    ...UNIT_MEMBERS,
    'comparison-result': [...UNIT_MEMBERS['comparison-result'], 'category'],
    'type-approval': [...UNIT_MEMBERS['type-approval'], 'category'],
  },
  codes: { 'unit.not-legal': 'fail', 'unit.printed-symbol': 'fail', 'unit.unknown': 'fail' },
  evaluate({ record, kind }) {
    const findings: Finding[] = []
    const category = kind.category(record) ?? ''
    for (const member of UNIT_MEMBERS[record.kind]) {
      const value = record[member as keyof AnyRecord] as unknown
      if (member === 'results') visitColumns((value ?? []) as readonly ResultTable[], category, findings)
      else if (typeof value === 'object' && value !== null && !isLegalThroughout(value)) visitUnits(value, `/${member}`, category, findings)
    }
    return findings
  },
}

/** Cells have no units of their own, so only columns are visited. */
function visitColumns(tables: readonly ResultTable[], category: string, findings: Finding[]): void {
  tables.forEach(({ columns }, table) => {
    columns.forEach(({ unit, basis, formation }, column) => {
      const path = `/results/${table}/columns/${column}`
      if (unit !== undefined && unitOf(unit) === undefined) judgeUnit(unit, `${path}/unit`, category, findings)
      if (basis !== undefined) visitUnits(basis, `${path}/basis`, category, findings)
      if (formation !== undefined) visitUnits(formation, `${path}/formation`, category, findings)
    })
  })
}

/** Whether every member named `unit` is legal: nearly always, and then no place need be told. */
function isLegalThroughout(value: object): boolean {
  for (const name in value) {
    const member = (value as Record<string, unknown>)[name]
    if (typeof member === 'string') {
      if (name === 'unit' && unitOf(member) === undefined) return false
    } else if (member !== null && typeof member === 'object' && !isLegalThroughout(member)) return false
  }
  return true
}

/** Every member named `unit`, at any depth; the depth is bounded by the schema. */
function visitUnits(value: object, path: string, category: string, findings: Finding[]): void {
  for (const name in value) {
    const member = (value as Record<string, unknown>)[name]
    if (typeof member === 'string') {
      if (name === 'unit' && unitOf(member) === undefined) judgeUnit(member, `${path}/unit`, category, findings)
    } else if (member !== null && typeof member === 'object') visitUnits(member, `${path}/${name}`, category, findings)
  }
}

function judgeUnit(code: string, path: string, category: string, findings: Finding[]): void {
  // Blood pressure is the one place where mmHg is accepted beside kPa.
  if ((code === 'mm[Hg]' || code === 'mmHg') && category.startsWith('sphygmomanometer')) return
  const legal = legalReplacement(code)
  if (legal === undefined) {
    const { fault } = parseUcum(code)
    const why = fault === undefined ? '' : messageOf(fault.code, fault.params)
    findings.push({ code: 'unit.unknown', path, params: { unit: code, reason: why } })
    return
  }
  const params = { unit: code, code: legal.code, symbol: legal.symbol, name: legal.name }
  findings.push({ code: code === legal.symbol ? 'unit.printed-symbol' : 'unit.not-legal', path, params })
}

export const unitRules: readonly Rule[] = [units]
