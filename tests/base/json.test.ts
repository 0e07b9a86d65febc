// Why this exists: two parsers must not read different contents from one signed text, so every rejection and every position is
// tested.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonLimits } from '../../src/base/json.js'
import { jsonPointer } from '../../src/base/json-pointer.js'
import { faultOf, outcomeOf } from './fault.js'
import { jsonTwins } from './json-twins.js'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Code points that I-JSON refuses: U+FDD0 to U+FDEF and the last two of each of the 17 planes. */
const NONCHARACTERS = [
  ...Array.from({ length: 32 }, (_, n) => 0xfdd0 + n),
  ...Array.from({ length: 17 }, (_, plane) => [plane * 0x10000 + 0xfffe, plane * 0x10000 + 0xffff]).flat(),
]
const isNoncharacter = (code: number): boolean => (code >= 0xfdd0 && code <= 0xfdef) || (code & 0xfffe) === 0xfffe
const escapedUnits = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')
const shown = (code: number): string => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`

/** Strings of our profile: any Unicode scalar value except non-characters, with a bias to characters common in records. */
const character = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) },
  { weight: 3, arbitrary: fc.integer({ min: 0x4e00, max: 0x9fff }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 0x1f }) },
  { weight: 1, arbitrary: fc.integer({ min: 0x1f300, max: 0x1faff }) },
  { weight: 1, arbitrary: fc.integer({ min: 0x80, max: 0x7ff }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 0x10ffff }).filter((code) => !(code >= 0xd800 && code <= 0xdfff)) },
)
const text = fc.array(
  character.filter((code) => !isNoncharacter(code)).map((code) => String.fromCodePoint(code)),
  { maxLength: 12 },
)
const string = text.map((characters) => characters.join(''))
/** Names with equal hashes in the reader's name cache: `Aa` and `BB` collide, and so does every combination of them. */
const COLLIDING = ['Aa', 'BB', 'AaAa', 'AaBB', 'BBAa', 'BBBB', 'AaAaAa', 'BBBBBB']
const name = fc.oneof(
  fc.constantFrom(...COLLIDING, '', 'constructor', 'toString', 'hasOwnProperty', '0', '1', '证书编号', 'x'.repeat(40), 'x'.repeat(41)),
  string.filter((key) => key !== '__proto__'),
)
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.integer({ min: -100, max: 100 }),
    string,
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('any'), { maxLength: 5 }),
  object: fc.dictionary(name, tie('any'), { maxKeys: 30, noNullPrototype: true }),
})).any
/** The JSON text of a string, each character randomly raw or escaped. */
const spelled = fc
  .array(
    fc.tuple(
      character.filter((code) => !isNoncharacter(code)).map((code) => String.fromCodePoint(code)),
      fc.boolean(),
    ),
    { maxLength: 12 },
  )
  .map((parts) => ({
    content: parts.map(([part]) => part).join(''),
    source: `"${parts.map(([part, escaped]) => (escaped ? escapedUnits(part) : JSON.stringify(part).slice(1, -1))).join('')}"`,
  }))

describe.each(jsonTwins)('parseJson %s', (_, { parseJson }) => {
  const parse = (source: string, limits?: JsonLimits) => parseJson(utf8(source), limits)
  const fault = (source: string, limits?: JsonLimits) => faultOf(() => parse(source, limits))
  const codeOf = (source: string, limits?: JsonLimits): string => fault(source, limits).code

  it('reads what JSON.stringify writes, with and without indentation', () => {
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 1, 2, '\t'), (written, indent) => {
        const source = JSON.stringify(written, null, indent)
        expect(parse(source)).toEqual(JSON.parse(source))
        expect(parse(source)).toEqual(written)
      }),
      { numRuns: 400 },
    )
  })

  it('reads a string the same whichever of its characters are escaped', () => {
    fc.assert(
      fc.property(fc.array(spelled, { minLength: 1, maxLength: 6 }), (strings) => {
        const contents = strings.map(({ content }) => content)
        expect(parse(`[${strings.map(({ source }) => source).join(' ,\n')}]`)).toEqual(contents)
      }),
      { numRuns: 400 },
    )
  })

  it('accepts no text that JSON.parse rejects, and never reads another value from it', () => {
    const edit = fc.tuple(
      fc.nat(),
      fc.nat(3),
      fc.constantFrom('"', '\\', ',', ':', '{', '}', '[', ']', '0', '-', '.', 'e', 't', ' ', '\n', '\0', '四', '😀', ''),
    )
    let accepted = 0
    let refused = 0
    fc.assert(
      fc.property(value, fc.array(edit, { minLength: 1, maxLength: 3 }), (written, edits) => {
        let source = JSON.stringify(written)
        for (const [at, remove, insert] of edits) {
          const place = at % (source.length + 1)
          source = source.slice(0, place) + insert + source.slice(place + remove)
        }
        // A cut may split a surrogate pair, so the text is decoded from the bytes, as a reader would receive it.
        const bytes = utf8(source)
        const outcome = outcomeOf(() => parseJson(bytes))
        if ('fault' in outcome) {
          expect(outcome.fault.code).toMatch(/^json\./)
          refused++
        } else {
          expect(outcome.value).toEqual(JSON.parse(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)))
          accepted++
        }
      }),
      { numRuns: 600, seed: 20250616 },
    )
    expect(Math.min(accepted, refused)).toBeGreaterThan(50)
  })

  it.each([
    ['null', null],
    ['true', true],
    ['false', false],
    ['""', ''],
    ['0', 0],
    [' \t\r\n[ ]\n', []],
    ['{ }', {}],
    ['{"":""}', { '': '' }],
    [String.raw`"\"\\\/\b\f\n\r\t"`, '"\\/\b\f\n\r\t'],
    [String.raw`"\u0000\u001f\u007f\u2028"`, '\0\u001f\u007f\u2028'],
    [String.raw`"\uD83d\uDe00"`, '😀'],
    ['"\u007f\u2028\u2029\ufeff"', '\u007f\u2028\u2029\ufeff'],
    ['{"toString":1,"constructor":{"prototype":2}}', { toString: 1, constructor: { prototype: 2 } }],
  ])('reads %j', (source, expected) => {
    expect(parse(source)).toEqual(expected)
  })

  it('splits Chinese, emoji and escapes that follow each other correctly', () => {
    const source = String.raw`{"四川":"重庆😀","a😀":["é","\ud83d\ude00四\u5ddd","汉\n字","plain",{"渝":"\u6e1d"}],"末":"尾"}`
    expect(parse(source)).toEqual({ 四川: '重庆😀', 'a😀': ['é', '😀四川', '汉\n字', 'plain', { 渝: '渝' }], 末: '尾' })
  })

  it('reads from a view into a longer buffer', () => {
    const all = utf8('xx{"证":"书"}yy')
    expect(parseJson(all.subarray(2, all.length - 2))).toEqual({ 证: '书' })
  })

  describe('names', () => {
    it.each([
      ['plain', '{"a":1,"a":1}'],
      ['by an escape', String.raw`{"iss":1,"\u0069ss":2}`],
      ['by another escape', String.raw`{"\u0061\u0062":1,"a\u0062":2}`],
      ['nested', '[{"x":{"a":[{"b":1,"b":2}]}}]'],
      ['Chinese', String.raw`{"四川":1,"\u56db川":2}`],
      ['beyond the Basic Multilingual Plane', String.raw`{"😀":1,"\ud83d\ude00":2}`],
      ['empty', '{"":1,"":2}'],
      ['inherited', '{"toString":1,"toString":2}'],
      ['index-like', '{"0":1,"0":2}'],
      ['with one hash', '{"Aa":1,"BB":2,"Aa":3}'],
      ['of more than forty characters', `{"${'n'.repeat(60)}":1,"${'n'.repeat(60)}":2}`],
      ['after a nested object with other names', '{"a":{"b":1,"c":2},"d":3,"a":4}'],
    ])('rejects a repeated name: %s', (_title, source) => {
      expect(codeOf(source)).toBe('json.duplicate-name')
    })

    it('rejects a repetition anywhere among any number of members', () => {
      fc.assert(
        fc.property(fc.integer({ min: 2, max: 60 }), fc.nat(), fc.nat(), (count, a, b) => {
          const names = Array.from({ length: count }, (_, n) => `成员${n}`)
          const first = a % (count - 1)
          const second = first + 1 + (b % (count - 1 - first))
          names[second] = names[first] as string
          const source = `{${names.map((each) => `"${each}":{"内":[]}`).join(',')}}`
          const { code, details } = fault(source)
          expect(code).toBe('json.duplicate-name')
          expect(details).toMatchObject({ name: names[first], pointer: '', column: source.lastIndexOf(`"${names[first]}"`) + 1 })
        }),
      )
    })

    it('does not confuse inherited names with repetitions', () => {
      const inherited = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf', '__defineGetter__']
      const names = [...Array.from({ length: 40 }, (_each, n) => `m${n}`), ...inherited]
      const source = `{${names.map((each, n) => `"${each}":${n}`).join(',')}}`
      expect(Object.entries(parse(source) as object)).toEqual(names.map((each, n) => [each, n]))
    })

    it('allows one name in two objects, beside or inside each other', () => {
      expect(parse('[{"a":1},{"a":{"a":{"a":[{"a":1}]}}}]')).toEqual([{ a: 1 }, { a: { a: { a: [{ a: 1 }] } } }])
    })

    it('distinguishes two Unicode forms of one name, by bytes', () => {
      expect(parse('{"\u00e9":1,"e\u0301":2}')).toEqual({ '\u00e9': 1, 'e\u0301': 2 })
    })

    it.each(['{"__proto__":{"iss":"x"}}', String.raw`{"\u005f_proto__":1}`, '[{"a":{"__proto__":null}}]'])(
      'rejects __proto__: %s',
      (source) => {
        expect(codeOf(source)).toBe('json.forbidden-name')
      },
    )

    it('changes no prototype', () => {
      const read = parse('{"constructor":{"prototype":{"polluted":true}}}') as object
      expect(Object.getPrototypeOf(read)).toBe(Object.prototype)
      expect('polluted' in {}).toBe(false)
    })
  })

  describe('numbers', () => {
    it.each([
      ['0', 0],
      ['7', 7],
      ['-1', -1],
      ['9007199254740991', 2 ** 53 - 1],
      ['-9007199254740991', -(2 ** 53 - 1)],
    ])('reads the safe integer %s', (source, expected) => {
      expect(parse(source)).toBe(expected)
    })

    it('reads -0 as a zero', () => {
      expect(parse('-0')).toBeCloseTo(0, 300)
      expect(parse('[-0]')).toEqual([-0])
    })

    it.each([
      ['9007199254740992', '9007199254740992'],
      ['-9007199254740992', '-9007199254740992'],
      ['12345678901234567890', '12345678901234567890'],
      ['1.5', '1.5'],
      ['1.0', '1.0'],
      ['-0.0', '-0.0'],
      ['1e3', '1e3'],
      ['1E+3', '1E+3'],
      ['0e0', '0e0'],
      ['1.', '1.'],
      ['1e', '1e'],
    ])('rejects %s, which other readers round or write differently', (source, found) => {
      expect(fault(`{"值":${source}}`)).toMatchObject({ code: 'json.number', details: { found, line: 1, column: 6, pointer: '/值' } })
    })

    it('rejects an integer beyond the safe range, and quotes at most forty digits of it', () => {
      fc.assert(
        fc.property(fc.bigInt({ min: 2n ** 53n, max: 10n ** 120n }), fc.boolean(), (magnitude, negative) => {
          const source = `${negative ? '-' : ''}${magnitude}`
          expect(fault(source)).toMatchObject({ code: 'json.number', details: { found: source.slice(0, 40) } })
        }),
      )
    })

    it.each(['00', '01', '-01', '007', '-00'])('rejects the leading zero of %s', (source) => {
      expect(fault(source)).toMatchObject({ code: 'json.syntax', details: { found: source } })
    })

    it.each(['-', '+1', '.5', '0x10', '1_000', 'NaN', 'Infinity', '-Infinity', '１', '1 2', '- 1', '--1'])(
      'rejects %s as not a number',
      (source) => {
        expect(codeOf(source)).toBe('json.syntax')
      },
    )
  })

  describe('characters', () => {
    it.each(['é', '川', '\u{1f300}'])('reads %s in texts of every length about the one from which the runtime decodes them', (wide) => {
      for (let before = 0; before < 4; before++) {
        for (let count = 1; count <= 40; count++) {
          const text = 'x'.repeat(before) + wide.repeat(count)
          expect(parseJson(utf8(JSON.stringify([text, `${text}\n${text}`])))).toEqual([text, `${text}\n${text}`])
        }
      }
    })

    it('rejects every non-character of every plane, raw and escaped, in values and names', () => {
      expect(NONCHARACTERS).toHaveLength(66)
      for (const code of NONCHARACTERS) {
        const raw = String.fromCodePoint(code)
        for (const inside of [raw, escapedUnits(raw), `四川${raw}`, `四川\\n${raw}`]) {
          expect(fault(`["${inside}"]`)).toMatchObject({ code: 'json.character', details: { character: shown(code) } })
          expect(codeOf(`{"${inside}":1}`)).toBe('json.character')
        }
      }
    })

    it('accepts their neighbours', () => {
      const neighbours = NONCHARACTERS.flatMap((code) => [code - 1, code + 1]).filter((code) => code <= 0x10ffff && !isNoncharacter(code))
      for (const code of neighbours) {
        const raw = String.fromCodePoint(code)
        expect(parse(`["${raw}","${escapedUnits(raw)}"]`)).toEqual([raw, raw])
      }
    })

    it.each([
      [String.raw`"\ud800"`, 'U+D800'],
      [String.raw`"\udbff"`, 'U+DBFF'],
      [String.raw`"\udc00"`, 'U+DC00'],
      [String.raw`"\udfff"`, 'U+DFFF'],
      [String.raw`"\ud800\ud800"`, 'U+D800'],
      [String.raw`"\udc00\ud800"`, 'U+DC00'],
      [String.raw`"\ud83dx"`, 'U+D83D'],
      [String.raw`"\ud83d\n"`, 'U+D83D'],
      [String.raw`"\ud83d\u0041"`, 'U+D83D'],
      [String.raw`"\ud83d\ue000"`, 'U+D83D'],
      [String.raw`"\ud83d\uffff"`, 'U+D83D'],
      [String.raw`"四川\ud83d"`, 'U+D83D'],
      [String.raw`{"\udead":1}`, 'U+DEAD'],
    ])('rejects the lone surrogate in %s', (source, character) => {
      expect(fault(source)).toMatchObject({ code: 'json.character', details: { character } })
    })

    it('rejects every unescaped control character, and reads it escaped', () => {
      for (let code = 0; code < 0x20; code++) {
        const raw = String.fromCharCode(code)
        expect(codeOf(`"a${raw}b"`)).toBe('json.syntax')
        expect(codeOf(`{"a${raw}b":1}`)).toBe('json.syntax')
        expect(parse(`"${escapedUnits(raw)}"`)).toBe(raw)
      }
    })

    it.each([
      ['a no-break space', '\u00a0{}'],
      ['an ideographic space', '[1,\u30002]'],
      ['a vertical tab', '\v{}'],
      ['a form feed', '\f{}'],
    ])('does not accept %s as white space', (_title, source) => {
      expect(codeOf(source)).toBe('json.syntax')
    })

    it('rejects a byte order mark as the first character, at column 1', () => {
      expect(fault('\ufeff{"a":1}').details).toMatchObject({ line: 1, column: 1, offset: 0 })
    })

    const UTF16 = (source: string, little: boolean): Uint8Array => {
      const bytes = new DataView(new ArrayBuffer(source.length * 2))
      for (let at = 0; at < source.length; at++) bytes.setUint16(at * 2, source.charCodeAt(at), little)
      return new Uint8Array(bytes.buffer)
    }
    it.each([
      ['UTF-16LE with a mark', UTF16('\ufeff{"a":"四"}', true), 'json.utf8'],
      ['UTF-16BE with a mark', UTF16('\ufeff{"a":"四"}', false), 'json.utf8'],
      ['UTF-16LE', UTF16('{"a":"四"}', true), 'json.utf8'],
      ['UTF-16LE of ASCII alone', UTF16('{"a":1}', true), 'json.syntax'],
      ['UTF-16BE of ASCII alone', UTF16('{"a":1}', false), 'json.syntax'],
      ['a lone continuation', Uint8Array.of(0x22, 0x80, 0x22), 'json.utf8'],
      ['a cut character', Uint8Array.of(0x22, 0xe5, 0x9b, 0x22), 'json.utf8'],
      ['an overlong quote', Uint8Array.of(0x22, 0xc0, 0xa2, 0x22), 'json.utf8'],
      ['an overlong NUL', Uint8Array.of(0x22, 0xe0, 0x80, 0x80, 0x22), 'json.utf8'],
      ['an encoded surrogate', Uint8Array.of(0x22, 0xed, 0xa0, 0xbd, 0x22), 'json.utf8'],
      ['a code beyond U+10FFFF', Uint8Array.of(0x22, 0xf4, 0x90, 0x80, 0x80, 0x22), 'json.utf8'],
      ['a byte order mark', Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0x7d), 'json.byte-order-mark'],
      ['GBK', Uint8Array.of(0x22, 0xcb, 0xc4, 0xb4, 0xa8, 0x22), 'json.utf8'],
    ])('rejects %s', (_title, bytes, code) => {
      expect(faultOf(() => parseJson(bytes)).code).toBe(code)
    })
  })

  describe('syntax', () => {
    const END = { zh: '文本结尾', en: 'end of text' }
    it.each([
      ['', END, 1],
      ['   ', END, 4],
      ['[1', END, 3],
      ['{"a"', END, 5],
      ['"四', END, 3],
      ['[1,]', ']', 4],
      ['[,1]', ',', 2],
      ['{,}', ',', 2],
      ['{"a":1,}', '}', 8],
      ['{"a" 1}', '1', 6],
      ['{a:1}', 'a', 2],
      ["{'a':1}", "'", 2],
      ['{1:2}', '1', 2],
      ['[1 2]', '2', 4],
      ['{}{}', '{', 3],
      ['[]四', '四', 3],
      ['nul', 'n', 1],
      ['True', 'T', 1],
      ['[true1]', '1', 6],
      ['// x\n1', '/', 1],
      ['[1/* x */]', '/', 3],
      ['😀', '😀', 1],
      [']', ']', 1],
    ])('rejects %j, finding %j at column %i', (source, found, column) => {
      expect(fault(source)).toMatchObject({ code: 'json.syntax', details: { found, line: 1, column } })
    })

    it.each([
      [String.raw`"\x41"`, String.raw`\x`],
      [String.raw`"\'"`, String.raw`\'`],
      [String.raw`"\U0041"`, String.raw`\U`],
      [String.raw`"\u12"`, String.raw`\u12"`],
      [String.raw`"\u 041"`, String.raw`\u?041`],
      [String.raw`"\uZZZZ"`, String.raw`\uZZZZ`],
      [String.raw`"\ud83d\uZZZZ"`, String.raw`\uZZZZ`],
      [String.raw`"\川"`, String.raw`\川`],
      [String.raw`"\😀"`, String.raw`\😀`],
      ['"\\', '\\'],
    ])('rejects the escape in %s', (source, found) => {
      expect(fault(source)).toMatchObject({ code: 'json.syntax', details: { found } })
    })

    it('quotes a raw line break by its escape, so that the message stays one line', () => {
      expect(fault('["a\nb"]').details).toMatchObject({ found: '\\n', column: 4 })
      expect(fault('["a\\\nb"]').details).toMatchObject({ found: '\\\\n', column: 4 })
    })
  })

  describe('limits', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
    const nestedObjects = (depth: number): string => '{"a":'.repeat(depth) + 1 + '}'.repeat(depth)

    it('reads 32 levels and rejects 33', () => {
      expect(JSON.stringify(parse(nested(32)))).toBe(nested(32))
      expect(JSON.stringify(parse(nestedObjects(32)))).toBe(nestedObjects(32))
      for (const source of [nested(33), nestedObjects(33), nested(100_000)]) {
        expect(fault(source)).toMatchObject({ code: 'json.too-deep', details: { maxDepth: 32 } })
      }
      expect(fault(nestedObjects(33)).details.pointer).toBe('/a'.repeat(32))
    })

    it('counts depth, not adjacent arrays', () => {
      expect(parse(`[${Array.from({ length: 100 }, () => nested(31)).join(',')}]`)).toHaveLength(100)
    })

    it('counts every value, containers too', () => {
      expect(parse('[1,[2]]', { maxValues: 4 })).toEqual([1, [2]])
      expect(fault('[1,[2]]', { maxValues: 3 })).toMatchObject({ code: 'json.too-many-values', details: { maxValues: 3, pointer: '/1/0' } })
      expect(parse(`[${'0,'.repeat(49_998)}0]`)).toHaveLength(49_999)
      expect(codeOf(`[${'0,'.repeat(49_999)}0]`)).toBe('json.too-many-values')
    })

    it('measures size in bytes, before parsing', () => {
      expect(parse('"四川"', { maxLength: 8 })).toBe('四川')
      expect(fault('"四川"', { maxLength: 7 })).toMatchObject({ code: 'json.too-large', details: { length: 8, maxLength: 7 } })
      expect(codeOf(' '.repeat(262_145))).toBe('json.too-large')
      expect(codeOf(' '.repeat(262_144))).toBe('json.syntax')
    })
  })

  describe('positions', () => {
    it('have line, column in UTF-16 units, byte offset and pointer of a fault after Chinese text', () => {
      const source = '{\n  "证书编号": "川检😀",\n  "结果": [{"示值": 1.50}]\n}'
      expect(fault(source)).toMatchObject({
        code: 'json.number',
        details: {
          line: 3,
          column: 17,
          offset: utf8(source.slice(0, source.indexOf('1.50'))).length,
          pointer: '/结果/0/示值',
          found: '1.50',
        },
      })
    })

    it('are correct for a fault after any text', () => {
      fc.assert(
        fc.property(fc.array(spelled, { maxLength: 4 }), fc.constantFrom('', ' ', '\n', '\r\n', '\n\n  '), (strings, space) => {
          const before = `[${strings.map(({ source }) => `${source},${space}`).join('')}`
          expect(fault(`${before}?]`)).toMatchObject({
            code: 'json.syntax',
            details: {
              found: '?',
              line: before.split('\n').length,
              column: before.length - (before.lastIndexOf('\n') + 1) + 1,
              offset: utf8(before).length,
              pointer: `/${strings.length}`,
            },
          })
        }),
      )
    })

    it('of a forbidden character are its own, not those of its string', () => {
      fc.assert(
        fc.property(spelled, fc.constantFrom(0xfdd0, 0xffff, 0x1fffe, 0x10ffff), fc.boolean(), ({ source }, code, escaped) => {
          const raw = String.fromCodePoint(code)
          const before = `{"名": ${source.slice(0, -1)}`
          expect(fault(`${before}${escaped ? escapedUnits(raw) : raw}尾"}`)).toMatchObject({
            code: 'json.character',
            details: { character: shown(code), line: 1, column: before.length + 1, offset: utf8(before).length, pointer: '/名' },
          })
        }),
      )
    })

    it('of a repeated or forbidden name are its opening quotation mark and the pointer of its object', () => {
      expect(fault('{"甲":[0,{"a":1,\n "b":2, "a":3}]}')).toMatchObject({
        code: 'json.duplicate-name',
        details: { line: 2, column: 9, pointer: '/甲/1', name: 'a' },
      })
      expect(fault('{"甲":{"__proto__":3}}').details).toMatchObject({ column: 7, pointer: '/甲', name: '__proto__' })
    })

    it('have escaped names in the pointer (RFC 6901)', () => {
      expect(fault('{"a/b~c":{"":[1.5]}}').details.pointer).toBe('/a~1b~0c//0')
    })
  })
})

describe('the two readers', () => {
  it('report the same fault for the same text, with the same message and position', () => {
    const [[, { parseJson: onNode }], [, { parseJson: portably }]] = jsonTwins
    const alphabet = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      '\\',
      'u',
      'd',
      '8',
      '0',
      '1',
      '-',
      '.',
      'e',
      ' ',
      '\n',
      'a',
      '四',
      '😀',
      '\ufdd0',
      '\u0080',
      'true',
    )
    fc.assert(
      fc.property(fc.array(alphabet, { maxLength: 14 }), (parts) => {
        const bytes = utf8(parts.join(''))
        expect(outcomeOf(() => portably(bytes))).toEqual(outcomeOf(() => onNode(bytes)))
      }),
      { numRuns: 2000 },
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        const text = Uint8Array.of(0x22, ...bytes, 0x22)
        expect(outcomeOf(() => portably(text))).toEqual(outcomeOf(() => onNode(text)))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('jsonPointer', () => {
  it.each([
    [[], ''],
    [['a', 0, 'b'], '/a/0/b'],
    [[''], '/'],
    [['a/b', 'm~n', '~1'], '/a~1b/m~0n/~01'],
    [['证书', Symbol.for('x')], '/证书/Symbol(x)'],
  ])('of %j is %j', (path, pointer) => {
    expect(jsonPointer(path)).toBe(pointer)
  })
})
