/** Finds the header of a sheet, of one row or several, below title rows and with merged cells; and the field that each header means. */
import { foldWidth } from '../base/fold.js'
import { parsePrinted } from '../catalogue/index.js'
import type { Cell, Sheet } from '../spreadsheet/index.js'
import { AMBIGUOUS, headersOf, LEFT_OUT, LEFT_OUT_WORDS, type LedgerField, ledgerFields, NUMBERING, OTHERS } from './fields.js'

/** First and last row of a header, from zero. */
export interface HeaderRows {
  readonly first: number
  readonly last: number
}

/** `sure`: it is a known header; `likely`: it contains one; `doubtful`: it may mean several fields. */
export type Certainty = 'sure' | 'likely' | 'doubtful' | 'unknown'
export interface HeaderMeaning {
  readonly certainty: Certainty
  readonly field?: LedgerField
  readonly candidates?: readonly LedgerField[]
  /** The column names a person, a price or a sequence, so it is not imported. */
  readonly isLeftOut?: true
  /** Unit stated in the header, as printed. */
  readonly unit?: string
}

/** Maximum number of rows searched for a header, and maximum number of rows of one. */
const MAX_TITLE_ROWS = 40
const MAX_DEPTH = 3

const keyOf = (text: string): string =>
  foldWidth(text)
    .replace(/[\s\u3000*★☆:]/g, '')
    .replace(/[【〔[]/g, '(')
    .replace(/[】〕\]]/g, ')')

const KNOWN: ReadonlyMap<string, LedgerField> = new Map(
  [...ledgerFields.keys()].flatMap((field) => headersOf(field).map((header) => [keyOf(header), field] as const)),
)
const LONGEST_FIRST = [...KNOWN].filter(([key]) => key.length > 1).sort(([a], [b]) => b.length - a.length)
const LEFT = new Set([...NUMBERING, ...LEFT_OUT].map(keyOf))
/** Headers such as 温度表编号: a number of the manufacturer or of the holder. */
const SOME_NUMBER = /(?:表|计|器|仪|秤|机|天平|设备)(?:编号|号码)$/
const DOUBTFUL: ReadonlyMap<string, readonly LedgerField[]> = new Map(Object.entries(AMBIGUOUS))
const UNKNOWN: HeaderMeaning = { certainty: 'unknown' }

const COUNTS = /^(?:台|件|个|只|台套|台件|必填|选填|自动|万元|元|年月日|yyyy-mm-dd|格式.*|可选|如.*|例.*)$/i
const PERIOD_UNIT = /^(?:个?月|年|天|日)$/
/** Symbols of quantities in a header, which are not units: 分度值(e). */
const LETTERS = /^[ed]$/

const isUnit = (text: string): boolean =>
  PERIOD_UNIT.test(text) || (!LETTERS.test(text) && text !== '' && !KNOWN.has(text) && parsePrinted(text).fault === undefined)

/** Looks a header up as it is, then without the unit in its brackets, then without a unit at its end. */
function exactly(key: string): HeaderMeaning | undefined {
  const whole = known(key)
  if (whole !== undefined) return whole
  const [, before = '', inside = ''] = /^(.+)\(([^()]*)\)$/.exec(key) ?? []
  if (before !== '') {
    const found = known(before)
    if (found === undefined) return undefined
    // 校准周期(月,6/12): a unit, then examples.
    const [first = ''] = inside.split(/[,，;；]/)
    if (isUnit(first)) return { ...found, unit: first }
    // 状态(合格/准用/停用): the choices of its cells.
    return LETTERS.test(inside) || COUNTS.test(inside) || /[/、]/.test(inside) ? found : undefined
  }
  // 量程kg, 测量范围/MPa, 测量范围,℃
  const [, name = '', unit = ''] = /^(.*[\u4e00-\u9fff])[/,，]?([A-Za-z°℃%Ωμµ·²³/]+|个?月)$/.exec(key) ?? []
  const found = name === '' ? undefined : known(name)
  return found !== undefined && isUnit(unit) ? { ...found, unit } : undefined
}

function known(key: string): HeaderMeaning | undefined {
  if (LEFT.has(key)) return { certainty: 'sure', isLeftOut: true }
  const candidates = DOUBTFUL.get(key)
  if (candidates !== undefined) return { certainty: 'doubtful', candidates }
  const field = KNOWN.get(key)
  return field === undefined ? undefined : { certainty: 'sure', field }
}

const GROUP_ENDS = /(?:信息|情况|记录|内容|要求|项目|管理|数据)$/
const REQUIRED = /计量要求|使用要求|要求$|^使用/
const REQUIREMENTS: Readonly<Partial<Record<LedgerField, LedgerField>>> = {
  range: 'requiredRange',
  accuracyClass: 'requiredAccuracy',
  maximumPermissibleError: 'requiredAccuracy',
}

/** The meaning of a header from its parts, top to bottom. */
export function meaningOf(parts: readonly string[]): HeaderMeaning {
  const keys = parts.map(keyOf).filter((key) => key !== '')
  const own = keys.at(-1)
  if (own === undefined) return UNKNOWN
  const group = keys.slice(0, -1).join('')
  if (group !== '') {
    const joined = exactly(group + own) ?? exactly(group.replace(GROUP_ENDS, '') + own)
    if (joined !== undefined) return joined
  }
  const exact = exactly(own)
  if (exact !== undefined) {
    const required = exact.field && REQUIRED.test(group) ? REQUIREMENTS[exact.field] : undefined
    return required === undefined ? exact : { ...exact, field: required }
  }
  if (OTHERS.some((word) => own.includes(word))) return UNKNOWN
  if (SOME_NUMBER.test(own)) return { certainty: 'doubtful', candidates: ['serialNumber', 'assetNumber'] }
  if (LEFT_OUT_WORDS.some((word) => own.includes(word))) return { certainty: 'sure', isLeftOut: true }
  const found = partly(group + own) ?? partly(own) ?? UNKNOWN
  return found.field === 'result' && isOfFailures(group + own) ? { certainty: 'doubtful', candidates: ['result'] } : found
}

/** True for 检定结果 > 不合格 and 检定结果(不合格打√): a mark under it means the opposite of one under 检定结果. */
function isOfFailures(key: string): boolean {
  const rest = key.replace(/不合格|不符合|未通过|不通过/g, '')
  return rest !== key && !/合格|符合|通过/.test(rest)
}

/** Finds the longest known header inside another: 仪表检定证书编号(新) contains 检定证书编号. */
function partly(key: string): HeaderMeaning | undefined {
  const bare = key.replace(/\([^()]*\)/g, '')
  const found = bare === key ? undefined : known(bare)
  if (found?.field !== undefined) return { certainty: 'likely', field: found.field }
  const [inside = ''] = (/\(([^()]*)\)$/.exec(key)?.[1] ?? '').split(/[,，;；]/)
  const match = LONGEST_FIRST.find(([name]) => bare.includes(name))
  if (match === undefined) return undefined
  return { certainty: 'likely', field: match[1], ...(isUnit(inside) && { unit: inside }) }
}

/** The texts of a header, per column from top to bottom; cells covered by a merged cell have its text. */
export function headerParts(sheet: Sheet, { first, last }: HeaderRows): readonly (readonly string[])[] {
  const width = widthOf(sheet, first, last)
  const grid: string[][] = []
  for (let row = first; row <= last; row++) grid.push(Array.from({ length: width }, (_, column) => textAt(sheet, row, column)))
  const isCovered = new Set<string>()
  for (const { top, left, bottom, right } of sheet.merges) {
    if (bottom < first || top > last) continue
    const text = textAt(sheet, top, left)
    for (let row = Math.max(top, first); row <= Math.min(bottom, last); row++)
      for (let column = left; column <= right && column < width; column++) {
        const line = grid[row - first] as string[]
        line[column] = text
        if (row > top) isCovered.add(`${row}:${column}`)
      }
  }
  fillGroups(grid)
  return Array.from({ length: width }, (_, column) => {
    const parts = grid.flatMap((line, at) => (isCovered.has(`${first + at}:${column}`) ? [] : [line[column] as string]))
    return parts.filter((part, at) => part !== '' && part !== parts[at - 1])
  })
}

/** Repeats the title of a group over its other columns: without merged cells, only the first one has it. */
function fillGroups(grid: string[][]): void {
  for (let at = 0; at < grid.length - 1; at++) {
    const [line, below] = [grid[at] as string[], grid[at + 1] as string[]]
    for (let column = 1; column < line.length; column++)
      if (line[column] === '' && below[column] !== '' && below[column - 1] !== '' && line[column - 1] !== '')
        line[column] = line[column - 1] as string
  }
}

const textAt = ({ rows }: Sheet, row: number, column: number): string => (rows[row]?.[column]?.text ?? '').trim()
const widthOf = ({ rows }: Sheet, first: number, last: number): number =>
  Math.max(0, ...Array.from({ length: last - first + 1 }, (_, at) => rows[first + at]?.length ?? 0))

/** The header of a sheet; undefined if no row has two known headers. */
export function findHeader(sheet: Sheet): HeaderRows | undefined {
  let best: { readonly rows: HeaderRows; readonly score: number } | undefined
  for (let first = 0; first < Math.min(sheet.rows.length, MAX_TITLE_ROWS); first++) {
    for (let depth = 1; depth <= MAX_DEPTH && first + depth <= sheet.rows.length; depth++) {
      const rows = { first, last: first + depth - 1 }
      if (depth > 1 && !continuesHeader(sheet, rows)) break
      const score = scoreOf(sheet, rows)
      // Of equal scores, take fewer rows: rows above the header are titles.
      if (score > (best?.score ?? 0) || (score === best?.score && depth < depthOf(best.rows))) best = { rows, score }
    }
  }
  return best?.rows
}

const depthOf = ({ first, last }: HeaderRows): number => last - first + 1

/** Number of distinct fields, with half a point for each left-out column and minus a quarter for each unknown one; zero if fewer than two fields. */
function scoreOf(sheet: Sheet, rows: HeaderRows): number {
  const fields = new Set<string>()
  let left = 0
  let unknown = 0
  for (const parts of headerParts(sheet, rows)) {
    if (parts.length === 0) continue
    const { certainty, field, candidates, isLeftOut } = meaningOf(parts)
    if (isLeftOut === true) left++
    else if (certainty === 'sure' || certainty === 'doubtful') fields.add(field ?? String(candidates))
    else unknown++
  }
  return fields.size < 2 ? 0 : fields.size + left / 2 - unknown / 4
}

const isLabel = (cell: Cell): boolean => cell.type === 'text' && cell.text.length <= 30

/** True if the last row has only labels and at least half of them are known headers; a row of data has none. */
function continuesHeader(sheet: Sheet, { first, last }: HeaderRows): boolean {
  const cells = (sheet.rows[last] ?? []).flatMap((cell, column) =>
    cell === undefined || cell.text.trim() === '' ? [] : [{ cell, column }],
  )
  if (cells.length === 0 || !cells.every(({ cell }) => isLabel(cell))) return false
  const parts = headerParts(sheet, { first, last })
  const known = cells.filter(({ column }) => {
    const own = exactly(keyOf(textAt(sheet, last, column)))
    return own !== undefined || ['sure', 'doubtful'].includes(meaningOf(parts[column] ?? []).certainty)
  })
  return known.length * 2 >= cells.length
}

/** The parts of a header as one text, the form used in a mapping. */
export const headerText = (parts: readonly string[]): string => parts.map((part) => part.replace(/\s+/g, ' ')).join(' > ')
