// The functional tests of UCUM: every code whose atoms are legal units in China is valid or not as stated there, and converts as stated.
//   npx tsx --tsconfig tests/tsconfig.json tests/oracles/units.ts [folder or file]
import { convert, parseUcum, unitOf } from 'tongheng/catalogue'
import { type OracleResult, runAsScript, tally } from '../support/oracle.ts'
import { readText, xmlFiles } from '../support/vectors.ts'
import { type Element, elements, parseXml } from '../support/xml.ts'

/** Atoms of UCUM that are not legal units: valid codes that contain one are correctly refused. */
function foreignAtom(code: string): string | undefined {
  const bare = code.replace(/\{[^}]*\}/g, '')
  const atoms = bare.match(/10[*^]|(?:\[[^\]]*\]|[a-zA-Z%'"])+/g) ?? []
  return atoms.find((atom) => unitOf(atom) === undefined)
}

interface Case {
  readonly id: string
  readonly attributes: Readonly<Record<string, string>>
  readonly section: string
}

/** Year of the newest entry in the history of an edition. */
const yearOf = (root: Element): number =>
  Math.max(0, ...[...elements(root, 'entry')].map(({ attributes }) => Number(/\d{4}/.exec(attributes.date ?? '')?.[0] ?? 0)))

function casesOf(root: Element): Case[] {
  return ['validation', 'conversion', 'displayNameGeneration', 'multiplication', 'division'].flatMap((section) =>
    [...elements(root, section)].flatMap((part) =>
      [...elements(part, 'case')].map(({ attributes }) => ({ id: attributes.id ?? '', attributes, section })),
    ),
  )
}

const attribute = ({ attributes }: Case, name: string): string => attributes[name] ?? ''
const quotient = (a: string, b: string): string => `${a === '' ? '1' : a}/(${b === '' ? '1' : b})`

/** A decimal, with a power of ten where there is one, in units of 10^-90. */
function inNinetyPlaces(text: string): bigint {
  const [, sign, whole, places = '', power = '0'] = /^(-?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text) ?? []
  if (whole === undefined) throw new Error(`no number: ${text}`)
  const shift = 90 - places.length + Number(power)
  const digits = BigInt(whole + places)
  const scaled = shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift)
  return sign === '-' ? -scaled : scaled
}

const NUMBER = /^(-?\d*(?:\.(\d*))?)(?:e([+-]?\d+))?$/i
const placesOf = (text: string): number => {
  const [, , places = '', power = '0'] = NUMBER.exec(text) ?? []
  return places.length - Number(power)
}

/** The expected value is rounded to the digits in the data. Ours is exact and must be within half a unit of the last digit. */
function agrees(ours: string, expected: string): boolean {
  const digits = NUMBER.exec(expected)
  const places = placesOf(expected)
  // In a whole number of three significant digits, trailing zeros may be rounded.
  const zeros = digits?.[2] === undefined ? (/0*$/.exec(digits?.[1] ?? '')?.[0].length ?? 0) : 0
  if (digits === null) throw new Error(`no number: ${expected}`)
  const last = 10n ** BigInt(90 - places + zeros)
  const off = inNinetyPlaces(ours) - inNinetyPlaces(expected)
  return (off < 0n ? -off : off) * 2n <= last
}

export function run(path: string): OracleResult {
  const files = [...xmlFiles(path)]
  const lines: string[] = []
  const leftOut = tally()
  let [validations, conversions] = [0, 0]
  const editions = files
    .sort()
    .map((file) => ({ name: file.slice(file.lastIndexOf('/') + 1), root: parseXml(readText(file)) }))
    .sort((a, b) => yearOf(b.root) - yearOf(a.root) || casesOf(b.root).length - casesOf(a.root).length)
  /** The later edition by id; where the earlier one differs, it has been corrected. */
  const later = new Map<string, Set<string>>()
  for (const { name, root } of editions) {
    const said = new Map<string, Set<string>>()
    for (const one of casesOf(root)) {
      const label = `${name} ${one.id}`
      const key = `${one.section} ${one.id}`
      const { reason: _reason, ...saying } = one.attributes
      const text = JSON.stringify(Object.entries(saying).sort())
      said.set(key, (said.get(key) ?? new Set()).add(text))
      if (later.has(key) && later.get(key)?.has(text) === false) {
        leftOut.add('changed by the later edition of the suite')
        continue
      }
      if (later.size > 0 && !later.has(key)) {
        leftOut.add('withdrawn by the later edition of the suite')
        continue
      }
      if (one.section === 'validation') {
        const [code, expected] = [attribute(one, 'unit'), attribute(one, 'valid') === 'true']
        const foreign = expected ? foreignAtom(code) : undefined
        if (foreign !== undefined) {
          leftOut.add(`${foreign} is no legal unit`)
          continue
        }
        validations++
        const { unit, fault } = parseUcum(code)
        if ((unit !== undefined) !== expected)
          lines.push(
            `${label}: ${code} is ${expected ? 'valid' : 'not valid'}; ours: ${fault === undefined ? 'valid' : `${fault.code}, column ${fault.column}`}`,
          )
        continue
      }
      if (one.section === 'displayNameGeneration') {
        leftOut.add('display names: ours are those of GB 3100')
        continue
      }
      const [value, from, to, outcome] =
        one.section === 'conversion'
          ? [attribute(one, 'value'), attribute(one, 'srcUnit'), attribute(one, 'dstUnit'), attribute(one, 'outcome')]
          : productOf(one)
      const foreign = foreignAtom(from) ?? foreignAtom(to)
      if (foreign !== undefined) {
        leftOut.add(`${foreign} is no legal unit`)
        continue
      }
      conversions++
      const exact = convert(value, from, to)
      // π has no last digit: use as many digits as the data shows.
      const converted = exact.exact === false ? convert(value, from, to, { scale: placesOf(outcome) }) : exact
      if (converted.fault !== undefined) lines.push(`${label}: ${value} ${from} → ${to}: ${converted.fault.code}`)
      else if (!agrees(converted.value, outcome)) lines.push(`${label}: ${value} ${from} → ${to}: ${converted.value}, expected ${outcome}`)
    }
    for (const [key, texts] of said) later.set(key, texts)
  }
  return {
    lines,
    cases: validations + conversions,
    leftOut: leftOut.counts,
    of: `${validations} validations, ${conversions} conversions, products and quotients`,
  }
}

/** A product or a quotient as one conversion: 1.5 g × 2 m is 3.0 g.m. */
function productOf(one: Case): [value: string, from: string, to: string, outcome: string] {
  const [v1, u1, v2, u2] = [attribute(one, 'v1'), attribute(one, 'u1'), attribute(one, 'v2'), attribute(one, 'u2')]
  const [outcome, to] = [attribute(one, 'vRes'), attribute(one, 'uRes') || '1']
  if (one.section === 'multiplication') return [String(Number(v1) * Number(v2)), `(${u1}).(${u2})`, to, outcome]
  // The quotient of the values need not be a decimal, so the divisor is moved into the unit: v2 is an integer, or ten of it is.
  const whole = Number.isInteger(Number(v2)) ? [v1, v2] : [String(Number(v1) * 10), String(Number(v2) * 10)]
  return [whole[0] as string, quotient(u1, `${whole[1]}.(${u2})`), to, outcome]
}

await runAsScript(import.meta.url, 'ucum', run)
