// Why this exists: a rule that could not compare must report so. If no change of a number makes a pass fail, nothing was compared.
import { builtIn } from 'tongheng/catalogue'
import { rules } from 'tongheng/conformance'
import { type Condition, conditionOf, gatherSpecifications } from 'tongheng/recognition'
import { type AnyRecord, type Column, judgeRows, kindOf, readTable, type VerificationRecord } from 'tongheng/records'
import { fixtures, organisation } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { column, limits } from '../records/tables.ts'

/** The rules that compare numbers of a result table. */
const RULES = [
  'table.error',
  'table.correction',
  'table.hybrid',
  'limits.order',
  'uncertainty.digits',
  'uncertainty.place',
  'uncertainty.consistent',
  'verdict.limits',
  'verdict.outcome',
  'decision.uncertainty',
] as const

type Cell = string | null
interface Part {
  readonly columns: readonly Column[]
  readonly cells: readonly Cell[]
}

const part = (columns: readonly Column[], ...cells: readonly Cell[]): Part => ({ columns, cells })

/** Every form of stating an uncertainty in a table, and none. */
const uncertainties: Readonly<Record<string, Part>> = {
  none: part([]),
  expanded: part([column('uncertainty', 'L')], '0.02'),
  'in another unit': part([column('uncertainty', 'mL')], '20'),
  'expanded, in percent': part([column('uncertainty', '%')], '0.10'),
  relative: part([column('relative-uncertainty', '%')], '0.10'),
  'standard with k': part([column('standard-uncertainty', 'L', { k: '2' })], '0.010'),
  'standard without k': part([column('standard-uncertainty', 'L')], '0.010'),
  'expanded and standard': part([column('uncertainty', 'L'), column('standard-uncertainty', 'L')], '0.020', '0.010'),
  'expanded and relative': part([column('uncertainty', 'L'), column('relative-uncertainty', '%')], '0.020', '0.10'),
  'of another quantity': part([column('uncertainty', 'kg')], '0.02'),
  'of full scale': part([column('uncertainty', '%{FS}')], '0.02'),
}

/** Limits in the unit of the error, in a convertible unit, as a ratio, and in the unit of another quantity. */
const bounds: Readonly<Record<string, Part>> = {
  none: part([]),
  'in the unit of the error': part(limits('L'), '-0.30', '0.30'),
  'in another unit': part(limits('mL'), '-300', '300'),
  'in percent': part(limits('%'), '-1.5', '1.5'),
  'in percent of full scale': part(limits('%{FS}'), '-1.5', '1.5'),
  'of another quantity': part(limits('kg'), '-0.30', '0.30'),
  'in two units': part([column('lower-limit', 'mL'), column('upper-limit', 'L')], '-300', '0.30'),
  'of which one measures something else': part([column('lower-limit', 'kg'), column('upper-limit', 'L')], '-0.30', '0.30'),
  'the upper one only': part([column('upper-limit', 'L')], '0.30'),
}

/** The measured quantity and the further columns. */
const values: Readonly<Record<string, Part>> = {
  'an error': part([column('reference', 'L'), column('indication', 'L'), column('error', 'L')], '20.00', '20.05', '0.05'),
  'an error in percent': part([column('reference', 'L'), column('indication', 'L'), column('error', '%')], '20.00', '20.05', '0.25'),
  'an error alone': part([column('error', 'L')], '0.05'),
  'an indication': part([column('reference', 'L'), column('indication', 'L')], '20.00', '20.05'),
  'an error and its correction': part([column('error', 'L'), column('correction', 'mL')], '0.05', '-50'),
  'a correction': part([column('reference', 'L'), column('indication', 'L'), column('correction', 'L')], '20.00', '20.05', '-0.05'),
  'an indication in two units': part([column('indication', 'L'), column('indication', 'mL')], '20.05', '20050'),
}

const claims = ['pass', 'fail', null] as const
const decisionRules = [undefined, 'simple-acceptance', 'guarded-acceptance'] as const

interface Walk {
  readonly columns: readonly Column[]
  readonly cells: readonly Cell[]
  readonly rule: (typeof decisionRules)[number]
}

const { decisionRule: _, ...stated } = fixtures.F09.record as VerificationRecord
// A range of the instrument would be compared too, and no number of the table overturns that.
const { range: _range, ...instrument } = stated.instrument
const verification = { ...stated, instrument }

/** A passed verification with one table of one row. */
const recordOf = ({ columns, cells, rule }: Walk): AnyRecord => ({
  ...verification,
  results: [{ id: 'table', name: { zh: '表' }, columns: [...columns], rows: [[...cells]] }],
  ...(rule && { decisionRule: { rule } }),
})

const SPOILERS: readonly Cell[] = ['999999999', '-999999999', '0.123456789', '0.00', '7']

/** The variants with one cell changed to an impossible value, for each cell and each such value. */
function* spoiled(walk: Walk): Generator<Walk> {
  for (const [at, cell] of walk.cells.entries()) {
    if (cell === null) continue
    const others = walk.columns[at]?.role === 'verdict' ? ['pass', 'fail'] : SPOILERS
    for (const other of others) if (other !== cell) yield { ...walk, cells: walk.cells.with(at, other) }
  }
}

/** Every combination, and every combination with one cell missing. */
function* walks(value: Part): Generator<readonly [string, Walk]> {
  for (const [bound, of] of Object.entries(bounds)) {
    for (const [uncertainty, u] of Object.entries(uncertainties)) {
      for (const claim of claims) {
        for (const rule of decisionRules) {
          const columns = [...value.columns, ...of.columns, ...u.columns, column('verdict')]
          const cells = [...value.cells, ...of.cells, ...u.cells, claim]
          const name = `limits ${bound}; U ${uncertainty}; verdict ${claim}; rule ${rule}`
          yield [name, { columns, cells, rule }]
          // Only the claim “pass” is combined with missing cells: the other claims use the same readings.
          if (claim !== 'pass') continue
          for (const at of cells.keys()) yield [`${name}; ${columns[at]?.role} missing`, { columns, cells: cells.with(at, null), rule }]
        }
      }
    }
  }
}

const numeric = rules.filter(({ id }) => (RULES as readonly string[]).includes(id))

/** Returns which of these rules pass. Runs them without the other rules because there are tens of thousands of tables. */
function passing(record: AnyRecord, asked = numeric): typeof numeric {
  const results = 'results' in record ? (record.results ?? []) : []
  const readings = results.map(readTable)
  const tables = readings.flatMap(({ read }) => read ?? [])
  const kind = kindOf(record)
  const context = {
    record,
    kind,
    factDate: kind.factDate(record),
    catalogue: builtIn,
    tables,
    tableFindings: readings.flatMap(({ findings }) => findings),
    rows: judgeRows(tables),
  }
  return asked.filter(({ evaluate }) => evaluate(context)?.length === 0)
}

describe.each(Object.entries(values))('a table of %s', (_, value) => {
  it('passes no rule unless some number in it could have overturned the pass', () => {
    const idle: string[] = []
    let passes = 0
    for (const [name, walk] of walks(value)) {
      let open = passing(recordOf(walk))
      passes += open.length
      for (const other of spoiled(walk)) {
        if (open.length === 0) break
        open = passing(recordOf(other), open)
      }
      for (const { id } of open) idle.push(`${id}: ${name}`)
    }
    expect(passes).toBeGreaterThan(100)
    expect(idle.slice(0, 20)).toEqual([])
  })
})

describe.each(['uncertainty-at-most', 'uncertainty-within-capability'])('the condition %s', (name) => {
  const condition = conditionOf(name) as Condition
  const capabilities = [{ categories: 'all' as const, quantity: { zh: '容量' }, smallest: '0.001', unit: 'L', lower: '1', upper: '100' }]
  const passes = (record: AnyRecord): boolean => {
    const kind = kindOf(record)
    const factDate = kind.factDate(record)
    const authorisations = organisation('SC-INST').authorisations.map((one) => ({ ...one, capabilities }))
    const facts = { record, kind, factDate, today: factDate, from: '51', to: '50', authorisations, specifications: gatherSpecifications() }
    return condition.evaluate(facts as never, { name, ratio: '1/3' } as never).every(({ status }) => status === 'pass')
  }

  it('passes no record unless some number in it could have overturned the pass', () => {
    const idle: string[] = []
    let passed = 0
    for (const value of Object.values(values)) {
      for (const [what, walk] of walks(value)) {
        if (!passes(recordOf(walk))) continue
        passed++
        if (![...spoiled(walk)].some((other) => !passes(recordOf(other)))) idle.push(what)
      }
    }
    expect(passed).toBeGreaterThan(20)
    expect(idle.slice(0, 20)).toEqual([])
  })
})
