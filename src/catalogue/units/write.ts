/** Writes a unit for people and for other systems: Chinese print, names by GB 3100—1993 5, D-SI. */
import type { Text } from '../../base/message.js'
import { scales } from './scales.js'
import type { Term } from './ucum.js'

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'
const raised = (exponent: number): string =>
  exponent === 1 ? '' : String(exponent).replace(/[-\d]/g, (digit) => SUPERSCRIPTS[Number(digit)] ?? '⁻')

/** Counted items: how each is printed, and its names. */
const COUNTS: ReadonlyMap<string | undefined, readonly [symbol: string, zh: string, en: string]> = new Map([
  ['rev', ['r', '转', 'revolution']],
  ['r', ['r', '转', 'revolution']],
  ['imp', ['imp', '脉冲', 'pulse']],
  ['count', ['次', '次', 'count']],
])

/** The references of a percentage that are printed without brackets. */
const BARE = ['RH', 'vol']

function printed({ atom, prefix, number, annotation }: Term): string {
  const isScale = atom === undefined && number === undefined && annotation !== undefined && scales.has(annotation)
  if (isScale) return scales.get(annotation)?.symbol ?? ''
  const note = !annotation || BARE.includes(annotation) ? (annotation ?? '') : `(${annotation})`
  if (atom === undefined && number === undefined) return COUNTS.get(annotation)?.[0] ?? (note || '1')
  const bare = number === undefined ? `${prefixSymbol(prefix?.code)}${atom?.symbol ?? ''}` : String(number)
  return `${bare}${note}`
}

const prefixSymbol = (code: string | undefined): string => (code === 'u' ? 'μ' : (code ?? ''))

/** Factors above and below the line. */
function split(terms: readonly Term[]): readonly [above: readonly Term[], below: readonly Term[]] {
  return [terms.filter(({ exponent }) => exponent > 0), terms.filter(({ exponent }) => exponent < 0)]
}

/** As printed: `kg·m²/s³`, one slash, with brackets if more than one factor follows it. */
export function writeSymbol(terms: readonly Term[]): string {
  const [above, below] = split(terms)
  const product = (factors: readonly Term[], sign: number): string =>
    factors.map((term) => `${printed(term)}${raised(term.exponent * sign)}`).join('·')
  if (below.length === 0) return above.length === 0 ? '1' : product(above, 1)
  const under = product(below, -1)
  return `${above.length === 0 ? '1' : product(above, 1)}/${below.length > 1 ? `(${under})` : under}`
}

const ZH_POWERS: Readonly<Record<number, string>> = { 2: '二次方', 3: '三次方', 4: '四次方', 5: '五次方', 6: '六次方' }
const EN_POWERS: Readonly<Record<number, string>> = { 2: 'square', 3: 'cubic' }

function zhName({ atom, prefix, number, annotation, exponent }: Term): string {
  if (number !== undefined) return String(number)
  if (atom === undefined) return COUNTS.get(annotation)?.[1] ?? scales.get(annotation ?? '')?.name.zh ?? annotation ?? ''
  const name = `${prefix?.zh ?? ''}${atom.zh}`
  const power = Math.abs(exponent)
  if (power === 1) return name
  // For lengths, the second power is 平方 and the third 立方 (GB 3100—1993 5.2).
  if (atom.code === 'm' && power <= 3) return `${power === 2 ? '平方' : '立方'}${name}`
  return `${ZH_POWERS[power] ?? `${power}次方`}${name}`
}

function enName({ atom, prefix, number, annotation, exponent }: Term): string {
  if (number !== undefined) return String(number)
  if (atom === undefined) return COUNTS.get(annotation)?.[2] ?? scales.get(annotation ?? '')?.name.en ?? annotation ?? ''
  const name = `${prefix?.en ?? ''}${atom.en}`
  const power = Math.abs(exponent)
  if (power === 1) return name
  const word = EN_POWERS[power]
  return word === undefined ? `${name} to the power ${power}` : `${word} ${name}`
}

/** Names: 千米每时, 千克每立方米; kilometre per hour. 每 occurs once, however many factors follow (GB 3100—1993 5.1). */
export function writeName(terms: readonly Term[]): Text {
  const [above, below] = split(terms)
  const join = (name: (term: Term) => string, between: string, per: string): string => {
    const [over, under] = [above.map(name).join(between), below.map(name).join(between)]
    return under === '' ? over : `${over}${per}${under}`
  }
  return { zh: join(zhName, '', '每') || '一', en: join(enName, ' ', ' per ').trim() || 'one' }
}

/** D-SI 2: `\\kilo\\metre\\hour\\tothe{-1}`; a count is `\\one`. Empty if D-SI has no name for a factor (10*3, 100, a scale). */
export function writeDsi(terms: readonly Term[]): string {
  let written = ''
  for (const { atom, prefix, number, annotation, exponent } of terms) {
    if (atom?.dsi === '' || (number !== undefined && number !== 1n) || (atom === undefined && scales.has(annotation ?? ''))) return ''
    if (atom === undefined) continue
    const power = exponent === 1 ? '' : `\\tothe{${exponent}}`
    const name = prefix?.code === 'k' && atom.code === 'g' ? '\\kilogram' : `${prefix === undefined ? '' : `\\${prefix.en}`}\\${atom.dsi}`
    // In D-SI, 乏 is the volt ampere, and each of the two gets the exponent.
    written += `${atom.code === 'var' ? name.replace('\\ampere', `${power}\\ampere`) : name}${power}`
  }
  return written || '\\one'
}

/** The UCUM code of a product: `kg/(m.s2)`. */
export function writeUcum(terms: readonly Term[]): string {
  const [above, below] = split(terms)
  const product = (factors: readonly Term[], sign: number): string =>
    factors
      .map(({ atom, prefix, number, annotation, exponent }) => {
        const bare = number === undefined ? `${prefix?.code ?? ''}${atom?.code ?? ''}` : String(number)
        const power = exponent * sign
        return `${bare}${power === 1 ? '' : power}${annotation === undefined ? '' : `{${annotation}}`}`
      })
      .join('.')
  const over = product(above, 1)
  if (below.length === 0) return over === '' ? '1' : over
  // Without a numerator, use exponents: m-1, 10*-6. A number gets none.
  if (over === '' && below.every(({ atom }) => atom !== undefined)) return product(below, 1)
  const under = product(below, -1)
  return `${over}/${below.length > 1 ? `(${under})` : under}`
}
