// Damage to genuine inputs: to their octets, their characters, their lines, their JSON, and the segments of a signed text.
import type { Random } from './random.js'

/** What an input is made of; it decides which damage is tried beside damage to its octets. */
export type Form = 'octets' | 'text' | 'lines' | 'json' | 'statement'

type Mutation = (input: Uint8Array, random: Random, seeds: readonly Uint8Array[]) => Uint8Array

/** Longest input that is made, a little above the largest limit of the readers for text. */
const MAX_OCTETS = 400_000

const TOKENS: readonly string[] = [
  ...[
    '',
    ' ',
    '\n',
    '\r\n',
    '\t',
    '\0',
    '.',
    '..',
    '"',
    '\\',
    '\\u0000',
    '\\ud800',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '/',
    '~1',
    '%00',
    '%',
    '+',
  ],
  ...[
    '-',
    '—',
    '−',
    '0',
    '-0',
    '00',
    '1e999',
    '1E-400',
    '0.1',
    '9007199254740993',
    '18446744073709551616',
    `${'9'.repeat(60)}`,
    `0.${'0'.repeat(60)}1`,
  ],
  ...['null', 'true', 'NaN', 'Infinity', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length'],
  ...['\u00a0', '\u200b', '\u202e', '\u2028', '\ufeff', '\ufffd', '\uffff', 'é', 'µ', 'μ', '０', '㎎', 'ﬁ', '𠮷', '计量', '（川）'],
  ...[
    '9999-12-31',
    '0000-00-00',
    '2025-02-29',
    'P9999Y',
    '1970-01-01T00:00:00Z',
    'https://x.example/',
    '[pH]',
    '10*',
    'k',
    'm2.kg/s3',
    '〔2022〕',
  ],
  'a'.repeat(300),
  '['.repeat(100),
  '('.repeat(300),
]
const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const textOf = (octets: Uint8Array): string => Buffer.from(octets).toString('utf8')
const joined = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))

const OCTETS: readonly Mutation[] = [
  (input, random) => {
    const changed = Uint8Array.from(input)
    const at = random.below(Math.max(1, input.length))
    changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8))
    return changed
  },
  (input, random) => {
    const changed = Uint8Array.from(input)
    changed[random.below(Math.max(1, input.length))] = random.of([
      0, 1, 9, 10, 13, 0x20, 0x22, 0x2c, 0x2e, 0x5c, 0x7f, 0x80, 0xc0, 0xe2, 0xed, 0xff,
    ])
    return changed
  },
  (input, random) => {
    const [from, to] = rangeOf(input, random)
    return joined(input.subarray(0, from), input.subarray(to))
  },
  (input, random) => {
    const [from, to] = rangeOf(input, random)
    return joined(input.subarray(0, to), input.subarray(from))
  },
  (input, random) => input.subarray(0, random.below(input.length + 1)),
  (input, random) => input.subarray(random.below(input.length + 1)),
  (input, random) =>
    joined(
      input,
      Uint8Array.from({ length: 1 + random.below(40) }, () => random.below(256)),
    ),
  (input, random, seeds) => {
    const other = random.of(seeds)
    return joined(input.subarray(0, random.below(input.length + 1)), other.subarray(random.below(other.length + 1)))
  },
]

function rangeOf(input: Uint8Array, random: Random): [number, number] {
  const from = random.below(input.length + 1)
  return [from, Math.min(input.length, from + 1 + random.below(random.of([2, 16, 300])))]
}

const TEXT: readonly Mutation[] = [
  (input, random) => {
    const at = random.below(input.length + 1)
    return joined(input.subarray(0, at), encode(random.of(TOKENS)), input.subarray(at))
  },
  (input, random) => {
    const [from, to] = rangeOf(input, random)
    return joined(input.subarray(0, from), encode(random.of(TOKENS)), input.subarray(to))
  },
  (input, random) => {
    const at = random.below(input.length + 1)
    return joined(input.subarray(0, at), encode(random.of(TOKENS).repeat(random.of([2, 50, 2000]))), input.subarray(at))
  },
]

const LINES: readonly Mutation[] = [
  (input, random, seeds) => {
    const lines = textOf(input).split('\n')
    const others = textOf(random.of(seeds)).split('\n')
    const at = random.below(lines.length + 1)
    const changed = random.of([
      () => lines.toSpliced(at, 1),
      () => lines.toSpliced(at, 0, random.of(others)),
      () => lines.toSpliced(at, 1, random.of(others)),
      () => lines.toSpliced(at, 0, random.of(TOKENS)),
      () => lines.toSpliced(at, 0, ...Array<string>(random.of([3, 120, 3000])).fill(random.of(lines))),
      () => lines.toReversed(),
      () => lines.map((line) => `${line}\r`),
    ])()
    return encode(changed.join('\n'))
  },
]

const JSON_TEXT: readonly Mutation[] = [
  (input, random, seeds) => {
    const value = parsed(input)
    return value === undefined ? input : encode(JSON.stringify(damaged(value, random, parsed(random.of(seeds)))))
  },
  // A name twice: what `JSON.stringify` cannot write.
  (input, random) => {
    const text = textOf(input)
    const names = [...text.matchAll(/"(\w+)":/g)]
    if (names.length === 0) return input
    const [first, second] = [random.of(names), random.of(names)]
    return encode(`${text.slice(0, first.index)}${second[0]}${random.of(['null', '1', '"x"', '{}'])},${text.slice(first.index)}`)
  },
]

const STATEMENT: readonly Mutation[] = [
  (input, random, seeds) => {
    const segments = textOf(input).split('.')
    const at = random.below(segments.length)
    const octets = new Uint8Array(Buffer.from(segments[at] ?? '', 'base64url'))
    const mutation = random.of([...OCTETS, ...TEXT, ...JSON_TEXT, ...JSON_TEXT, ...JSON_TEXT])
    const others = seeds.map((seed) => new Uint8Array(Buffer.from(textOf(seed).split('.')[at] ?? '', 'base64url')))
    return encode(segments.with(at, Buffer.from(mutation(octets, random, others)).toString('base64url')).join('.'))
  },
  (input, random, seeds) => {
    const [segments, others] = [textOf(input).split('.'), textOf(random.of(seeds)).split('.')]
    const at = random.below(segments.length)
    return encode(segments.with(at, random.of(others)).join('.'))
  },
]

const MUTATIONS: Readonly<Record<Form, readonly Mutation[]>> = {
  octets: OCTETS,
  text: [...OCTETS, ...TEXT],
  lines: [...OCTETS, ...TEXT, ...LINES, ...LINES],
  json: [...OCTETS, ...TEXT, ...JSON_TEXT, ...JSON_TEXT, ...JSON_TEXT, ...JSON_TEXT],
  statement: [...OCTETS, ...TEXT, ...LINES, ...STATEMENT, ...STATEMENT, ...STATEMENT],
}

/** A seed with one to four damages. */
export function mutate(form: Form, seeds: readonly Uint8Array[], random: Random): Uint8Array {
  let input = random.of(seeds)
  for (let left = random.of([1, 1, 1, 2, 2, 4]); left > 0; left--) input = random.of(MUTATIONS[form])(input, random, seeds)
  return input.subarray(0, MAX_OCTETS)
}

function parsed(input: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(input))
  } catch {
    // Damaged before: there is no tree to damage.
    return undefined
  }
}

const VALUES: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1, 2 ** 31, 2 ** 53, 2 ** 53 - 1, -(2 ** 53), 0.5, 1e300, '', {}, [], [[]], [null], { a: 1 }],
  ...TOKENS,
  ...[Array.from({ length: 400 }, (_, n) => n), Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`n${n}`, n]))],
]

/** A JSON value with one value in it replaced, left out, doubled, or copied from another value. */
export function damaged(value: unknown, random: Random, other: unknown): unknown {
  const places: (readonly (string | number)[])[] = []
  collect(value, [], places)
  const donors: (readonly (string | number)[])[] = []
  collect(other, [], donors)
  const donor = (): unknown => (donors.length === 0 ? null : random.of(donors).reduce<unknown>(memberOf, other))
  const path = random.of(places)
  return replaced(value, path, (old) =>
    random.of([
      () => random.of(VALUES),
      () => random.of(VALUES),
      donor,
      () => undefined,
      () => (Array.isArray(old) ? [...old, ...old] : typeof old === 'string' ? old + random.of(TOKENS) : [old]),
      () => (Array.isArray(old) ? old.toReversed() : isObject(old) ? { ...old, [random.of(TOKENS)]: donor() } : String(old)),
      () =>
        typeof old === 'number'
          ? old + random.of([-1, 1, 0.5, 86_400, 1e9])
          : typeof old === 'string'
            ? old.slice(random.below(3))
            : { old },
    ])(),
  )
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const memberOf = (value: unknown, step: string | number): unknown => (value as Record<string | number, unknown>)[step]

function collect(value: unknown, path: readonly (string | number)[], into: (readonly (string | number)[])[]): void {
  into.push(path)
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value)) collect(member, [...path, name], into)
}

function replaced(value: unknown, [step, ...rest]: readonly (string | number)[], by: (old: unknown) => unknown): unknown {
  if (step === undefined) return by(value) ?? null
  const member = replaced(memberOf(value, step), rest, by)
  if (Array.isArray(value)) return value.map((one: unknown, at) => (String(at) === String(step) ? member : one))
  return Object.fromEntries(Object.entries(value as object).map(([name, one]) => [name, name === step ? member : one]))
}
