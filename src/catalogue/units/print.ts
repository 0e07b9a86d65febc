/** Units as certificates print them, in symbols (km/h, N·m, ℃, m³/h, r/min, ㎏) and in Chinese names (兆帕, 千米每小时, 千克每立方米). */
import type { Code, MessageParams } from '../../base/messages/index.js'
import { type Atom, atoms, type Prefix, prefixes } from './atoms.js'
import { type ParsedUnit, parseUcum, unitOfTerms } from './legal-units.js'
import { notLegalUnits } from './not-legal.js'
import type { Term } from './ucum.js'
import { writeUcum } from './write.js'

const MAX_LENGTH = 60
const HAN = /\p{Script=Han}/u

/** Parses a printed unit. The fault names the column in the text given, from 1. */
export function parsePrinted(text: string): ParsedUnit {
  if (text === '') return stop('unit.empty', 0)
  if (text.length > MAX_LENGTH) return stop('unit.too-long', 0, { most: MAX_LENGTH })
  const foreign = notLegalUnits.get(text)
  if (foreign !== undefined) return stop('unit.atom-not-legal', 0, { found: text, name: foreign.name, code: foreign.legal })
  return HAN.test(text) ? parseNames(text) : parseSymbols(text)
}

function stop(code: Code, at: number, params: MessageParams = {}): ParsedUnit {
  return { fault: { code, column: at + 1, params: { ...params, column: at + 1 } } }
}

/** What print writes where UCUM writes something else; longest first. */
const SYMBOLS: readonly (readonly [printed: RegExp, ucum: string])[] = [
  [/^n mile/, '[nmi_i]'],
  [/^(?:°C|℃)/, 'Cel'],
  [/^%\s?RH/, '%{RH}'],
  [/^%\s?vol/, '%{vol}'],
  [/^r(?=\/|$)/, '{rev}'],
  [/^kn(?![a-zA-Z])/, '[kn_i]'],
  [/^10(?=[⁻⁰¹²³⁴-⁹])/, '10*'],
  [/^[\u00b5\u03bc]/, 'u'],
  [/^[\u2126\u03a9]/, 'Ohm'],
  [/^°/, 'deg'],
  [/^″/, "''"],
  [/^′/, "'"],
  [/^‰/, '[ppth]'],
  [/^[·⋅∙•]/, '.'],
  [/^[⁄∕／]/, '/'],
  [/^（/, '('],
  [/^）/, ')'],
  [/^[−⁻]/, '-'],
]

/** To a UCUM code, character by character, so that a fault is shown where it stands in the print. */
function parseSymbols(text: string): ParsedUnit {
  let code = ''
  const columns: number[] = []
  const put = (written: string, column: number): void => {
    for (const _ of written) columns.push(column)
    code += written
  }
  const characters = [...text]
  for (let at = 0; at < characters.length; ) {
    const rest = characters.slice(at).join('')
    const [found, ucum] =
      SYMBOLS.map(([printed, written]) => [printed.exec(rest)?.[0], written] as const).find(([one]) => one !== undefined) ?? []
    if (found !== undefined && ucum !== undefined) {
      put(ucum, at)
      at += [...found].length
      continue
    }
    // Single characters of squared form (㎏, ㎡) and raised digits stand for plain ones.
    put((characters[at] as string).normalize('NFKC'), at)
    at++
  }
  const parsed = parseUcum(code)
  if (parsed.fault === undefined) return parsed
  const at = columns[parsed.fault.column - 1] ?? characters.length - 1
  return stop(parsed.fault.code, at, parsed.fault.params)
}

/** Names beside those of GB 3100—1993: full names, and what people say for hour, minute and day. */
const SYNONYMS: Readonly<Record<string, string>> = {
  小时: 'h',
  分钟: 'min',
  天: 'd',
  安培: 'A',
  开尔文: 'K',
  摩尔: 'mol',
  坎德拉: 'cd',
  赫兹: 'Hz',
  牛顿: 'N',
  帕斯卡: 'Pa',
  焦耳: 'J',
  瓦特: 'W',
  库仑: 'C',
  伏特: 'V',
  法拉: 'F',
  欧姆: 'Ohm',
  西门子: 'S',
  韦伯: 'Wb',
  特: 'T',
  亨利: 'H',
  流明: 'lm',
  勒克斯: 'lx',
  贝可勒尔: 'Bq',
  戈瑞: 'Gy',
  希沃特: 'Sv',
  特克斯: 'tex',
}

/** The tex and the tesla are both 特; alone it is the tesla, as GB 3102 has it. */
const namedAtoms: readonly (readonly [name: string, atom: Atom])[] = [
  ...[...atoms.values()].filter(({ code }) => !['l', 'tex', '[pi]', '10*', '10^'].includes(code)).map((atom) => [atom.zh, atom] as const),
  ...Object.entries(SYNONYMS).flatMap(([name, code]) => {
    const atom = atoms.get(code)
    return atom === undefined ? [] : [[name, atom] as const]
  }),
].sort(([a], [b]) => b.length - a.length)
const namedPrefixes: readonly (readonly [name: string, prefix: Prefix])[] = [...prefixes.values()].map((prefix) => [prefix.zh, prefix])
const POWERS: Readonly<Record<string, number>> = { 平方: 2, 立方: 3, 二次方: 2, 三次方: 3, 四次方: 4 }

function parseNames(text: string): ParsedUnit {
  const terms: Term[] = []
  let sign = 1
  let at = 0
  while (at < text.length) {
    const rest = text.slice(at)
    if (rest.startsWith('每')) {
      if (sign === -1) return stop('unit.operator-missing', at, { found: '每' })
      if (rest.length === 1) return stop('unit.operator-dangling', at)
      sign = -1
      at++
      continue
    }
    if (rest.startsWith('转')) {
      terms.push({ annotation: 'rev', exponent: sign })
      at++
      continue
    }
    const [power, exponent] = Object.entries(POWERS).find(([word]) => rest.startsWith(word)) ?? ['', 1]
    const named = longest(rest.slice(power.length))
    if (named === undefined) return stop('unit.atom-unknown', at + power.length, { found: rest.slice(power.length, power.length + 8) })
    if (named.prefix !== undefined && !named.atom.takesPrefix)
      return stop('unit.prefix-not-allowed', at + power.length, { prefix: named.prefix.zh, atom: named.atom.zh })
    terms.push({ atom: named.atom, ...(named.prefix && { prefix: named.prefix }), exponent: exponent * sign })
    at += power.length + named.length
  }
  return unitOfTerms(terms, writeUcum(terms))
}

/** The longest name at the beginning, with a prefix or without: 分米 is a decimetre, 分 a minute. */
function longest(rest: string): { readonly atom: Atom; readonly prefix?: Prefix; readonly length: number } | undefined {
  const bare = namedAtoms.find(([name]) => rest.startsWith(name))
  const prefix = namedPrefixes.find(([name]) => rest.startsWith(name))
  const after = prefix && namedAtoms.find(([name]) => rest.slice(prefix[0].length).startsWith(name))
  if (prefix !== undefined && after !== undefined && prefix[0].length + after[0].length > (bare?.[0].length ?? 0))
    return { atom: after[1], prefix: prefix[1], length: prefix[0].length + after[0].length }
  return bare && { atom: bare[1], length: bare[0].length }
}
