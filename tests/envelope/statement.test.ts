// Why this exists: every signed text is parsed by this grammar. If it accepted two spellings, one certificate would have two ids.
import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import type { StatementType } from 'tongheng/envelope'
import { describe, expect, it } from 'vitest'
import { faultOf } from '../base/fault.js'
import { envelopeTwins } from './envelope-twins.js'

const TYP = 'metrology-record+jwt'
const TYPES: readonly StatementType[] = [
  'metrology-record+jwt',
  'metrology-request+jwt',
  'metrology-receipt+jwt',
  'metrology-notice+jwt',
  'metrology-trust-list+jwt',
  'metrology-agreement+jwt',
  'metrology-label+jwt',
  'statuslist+jwt',
]
const segment = (text: string): string => Buffer.from(text).toString('base64url')
const KID = 'A'.repeat(43)
const HEADER = { alg: 'ES256', kid: KID, typ: TYP }
const SIGNATURE = Buffer.alloc(64, 7).toString('base64url')
const token = (header: unknown, payload = segment('{"a":1}'), signature = SIGNATURE): string =>
  `${segment(typeof header === 'string' ? header : JSON.stringify(header))}.${payload}.${signature}`

describe.each(envelopeTwins)(
  'parseStatement %s',
  (_, { checkSize, MAX_STATEMENT_LENGTH, parsePayload, parseStatement, splitStatement, statementId }) => {
    const fault = (text: string) => faultOf(() => parseStatement(text, TYP))
    const codeOf = (text: string): string => fault(text).code

    it('returns the parts of a statement as they are in its text', () => {
      const text = token(HEADER)
      const [header, payload, signature] = text.split('.') as [string, string, string]
      const statement = parseStatement(text, TYP)
      expect(statement).toMatchObject({ typ: TYP, alg: 'ES256', kid: KID, payloadSegment: payload })
      expect(Buffer.from(statement.payload).toString()).toBe('{"a":1}')
      expect(Buffer.from(statement.signature).toString('base64url')).toBe(signature)
      expect(Buffer.from(statement.signingInput).toString()).toBe(`${header}.${payload}`)
    })

    it.each(TYPES)('returns an id that is SHA-256 over type, dot and payload segment: %s', (typ) => {
      const payload = segment(JSON.stringify({ 类型: typ }))
      const statement = parseStatement(token({ ...HEADER, typ }, payload), typ)
      const expected = createHash('sha256').update(`${typ}.${payload}`, 'ascii').digest('base64url')
      expect(statement.id).toBe(expected)
      expect(statementId(typ, payload)).toBe(expected)
    })

    it('returns one id whatever the signature, algorithm and key, and another for another type or payload', () => {
      const { id } = parseStatement(token(HEADER), TYP)
      expect(parseStatement(token({ ...HEADER, alg: 'Ed25519', kid: `${'B'.repeat(42)}A` }, segment('{"a":1}'), 'AAAA'), TYP).id).toBe(id)
      const others = [...TYPES.slice(1).map((typ) => statementId(typ, segment('{"a":1}'))), statementId(TYP, segment('{"a":1} '))]
      expect(new Set([id, ...others]).size).toBe(TYPES.length + 1)
    })

    it('accepts the header members in any order, with white space: that text is signed too', () => {
      expect(parseStatement(token(`{ "typ":"${TYP}",\n"kid":"${KID}", "alg":"Ed25519" }`), TYP)).toMatchObject({ alg: 'Ed25519', kid: KID })
    })

    it('returns the same however often and after however many other headers', () => {
      const texts = Array.from({ length: 700 }, (_each, n) => `${String(n).padStart(42, 'k')}A`)
      for (const kid of [...texts, ...texts]) expect(parseStatement(token({ ...HEADER, kid }), TYP).kid).toBe(kid)
      for (let again = 0; again < 3; again++) {
        expect(codeOf(token({ ...HEADER, zip: 'DEF' }))).toBe('header.member')
        expect(faultOf(() => parseStatement(token(HEADER), 'metrology-request+jwt')).code).toBe('typ.unexpected')
      }
    })

    describe('the segments', () => {
      const [header, payload, signature] = token(HEADER).split('.') as [string, string, string]

      it.each([
        ['nothing', ''],
        ['one segment', header],
        ['two segments', `${header}.${payload}`],
        ['four segments', `${header}.${payload}.${signature}.`],
        ['five segments, as of a JWE', `${header}.${payload}.${signature}.a.b`],
        ['an empty header', `.${payload}.${signature}`],
        ['an empty payload', `${header}..${signature}`],
        ['dots alone', '..'],
        ['a leading dot', `.${token(HEADER)}`],
      ])('refuse %s', (_title, text) => {
        expect(codeOf(text)).toBe('format.segments')
      })

      it('accept an empty signature as one of no octets, which no key verifies', () => {
        expect(parseStatement(`${header}.${payload}.`, TYP).signature).toHaveLength(0)
      })

      const foreign = ['=', '+', '/', ' ', '\n', '\r\n', '\t', '\0', '%2E', '&', '四', '😀', '\ufeff', '\u200b', 'Ａ', '\u0141']
      it.each(foreign)('refuse %j before, inside and behind each segment', (character) => {
        const parts = [header, payload, signature]
        for (let at = 0; at < 3; at++) {
          const part = parts[at] as string
          for (const spoiled of [character + part, part + character, part.slice(0, 5) + character + part.slice(5)]) {
            const text = parts.map((each, index) => (index === at ? spoiled : each)).join('.')
            expect(['format.alphabet', 'format.length']).toContain(codeOf(text))
          }
        }
      })

      it('name the position of the first foreign character', () => {
        expect(fault(`${header}.${payload.slice(0, 4)}==.${signature}`)).toEqual({ code: 'format.alphabet', details: { offset: 4 } })
      })

      it('refuse another character of the same low byte anywhere, which one runtime reads as the first', () => {
        const text = token(HEADER)
        fc.assert(
          fc.property(fc.nat(text.length - 1), fc.integer({ min: 1, max: 255 }), (at, high) => {
            fc.pre(text[at] !== '.')
            const spoiled = text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) + high * 256) + text.slice(at + 1)
            expect(codeOf(spoiled)).toBe('format.alphabet')
          }),
        )
      })

      it('refuse non-zero unused bits', () => {
        const spoil = (part: string): string => part.slice(0, -1) + String.fromCharCode(part.charCodeAt(part.length - 1) + 1)
        const twoLeft = [segment(JSON.stringify(HEADER).padEnd(112)), segment('{"a": 1}'), SIGNATURE] as const
        expect(twoLeft.map((part) => part.length % 4)).toEqual([2, 3, 2])
        for (let at = 0; at < 3; at++) {
          const text = twoLeft.map((part, index) => (index === at ? spoil(part) : part)).join('.')
          expect(codeOf(text)).toBe('format.unused-bits')
        }
      })

      it('refuse an impossible length', () => {
        expect(fault(`${header}.${payload}.AAAAA`)).toEqual({ code: 'format.length', details: { length: 5 } })
      })

      it('are decoded from any text, or refused with a code of format', () => {
        fc.assert(
          fc.property(fc.string({ unit: fc.constantFrom('.', '.', 'A', 'Q', 'g', '-', '=', '四'), maxLength: 12 }), (text) => {
            let parts: ReturnType<typeof splitStatement>
            try {
              parts = splitStatement(text)
            } catch {
              expect(faultOf(() => splitStatement(text)).code).toMatch(/^format\./)
              return
            }
            const joined = [parts.headerSegment, parts.payloadSegment, Buffer.from(parts.signature).toString('base64url')].join('.')
            expect(joined).toBe(text)
            expect(Buffer.from(parts.payload).toString('base64url')).toBe(parts.payloadSegment)
          }),
          { numRuns: 500 },
        )
      })
    })

    describe('the size', () => {
      it('is limited before anything is decoded', () => {
        expect(MAX_STATEMENT_LENGTH).toBe(262_144)
        expect(fault('?'.repeat(262_145))).toEqual({ code: 'format.too-large', details: { length: 262_145, maxLength: 262_144 } })
        expect(codeOf('?'.repeat(262_144))).toBe('format.segments')
        expect(codeOf('x.'.repeat(524_288))).toBe('format.too-large')
      })

      it('may be limited lower or higher by the caller', () => {
        const text = token(HEADER)
        expect(faultOf(() => parseStatement(text, TYP, { maxLength: text.length - 1 })).code).toBe('format.too-large')
        expect(parseStatement(text, TYP, { maxLength: text.length }).kid).toBe(KID)
        expect(checkSize('x'.repeat(300_000), { maxLength: 300_000 })).toBeUndefined()
        expect(faultOf(() => checkSize('x'.repeat(300_000))).details).toEqual({ length: 300_000, maxLength: 262_144 })
      })

      it('of the header is limited before it is decoded', () => {
        expect(fault(`${'?'.repeat(65_536)}.AAAA.AAAA`)).toEqual({ code: 'format.too-large', details: { length: 65_536, maxLength: 1024 } })
        expect(codeOf(`${'?'.repeat(1025)}.AAAA.AAAA`)).toBe('format.too-large')
        expect(codeOf(`${'?'.repeat(1024)}.AAAA.AAAA`)).toBe('format.alphabet')
        const longest = JSON.stringify(HEADER).padEnd(768)
        expect(segment(longest)).toHaveLength(1024)
        expect(parseStatement(token(longest), TYP).kid).toBe(KID)
      })
    })

    describe('the header', () => {
      it.each(['jwk', 'jku', 'x5u', 'x5c', 'x5t', 'x5t#S256', 'zip', 'b64', 'cty', 'exp', 'iss', 'ALG', 'Typ', '', 'toString', '证书'])(
        'refuses the member %j',
        (member) => {
          expect(fault(token({ ...HEADER, [member]: 'x' }))).toEqual({ code: 'header.member', details: { member } })
        },
      )

      it('quotes at most forty units of a refused member, and never half a character', () => {
        expect(fault(token({ ...HEADER, [`${'m'.repeat(39)}😀`]: 1 })).details).toEqual({ member: 'm'.repeat(39) })
      })

      it.each([
        ['no object', '[]', 'json.not-object'],
        ['null', 'null', 'json.not-object'],
        ['a text', '"ES256"', 'json.not-object'],
        ['nothing', ' ', 'json.syntax'],
        ['no JSON', '{alg:"ES256"}', 'json.syntax'],
        ['a byte-order mark', `\ufeff${JSON.stringify(HEADER)}`, 'json.byte-order-mark'],
        ['a repeated member', `{"alg":"none",${JSON.stringify(HEADER).slice(1)}`, 'json.duplicate-name'],
        ['a member repeated by an escape', `{"\\u0061lg":"none",${JSON.stringify(HEADER).slice(1)}`, 'json.duplicate-name'],
        ['__proto__', '{"__proto__":{"alg":"ES256"}}', 'json.forbidden-name'],
        ['a lone surrogate', '{"alg":"\\ud800"}', 'json.character'],
        ['a fraction', '{"alg":1.5}', 'json.number'],
        ['depth', '{"crit":[[1]]}', 'json.too-deep'],
        ['more values than any header has', `{"crit":[${'1,'.repeat(70)}1]}`, 'json.too-many-values'],
        ['something behind it', `${JSON.stringify(HEADER)}{}`, 'json.syntax'],
      ])('refuses %s', (_title, header, reason) => {
        expect(fault(token(header))).toEqual({ code: 'format.header', details: { reason } })
      })

      it('refuses bytes that are not UTF-8', () => {
        expect(fault(`${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}.AAAA.AAAA`)).toEqual({
          code: 'format.header',
          details: { reason: 'json.utf8' },
        })
      })

      it.each([
        ['none', '"none"'],
        ['NONE', '"NONE"'],
        ['', '""'],
        ['es256', '"es256"'],
        ['ES256 ', '"ES256 "'],
        ['EDDSA', '"EDDSA"'],
        ['Ed448', '"Ed448"'],
        ['ED25519', '"ED25519"'],
        ['HS256', '"HS256"'],
        ['ES384', '"ES384"'],
        ['ES256K', '"ES256K"'],
        ['toString', '"toString"'],
        [null, 'null'],
        [256, '256'],
        [['ES256'], '["ES256"]'],
        [{ alg: 1 }, '{"alg":1}'],
        [true, 'true'],
      ])('refuses the algorithm %j', (alg, shown) => {
        expect(fault(token({ ...HEADER, alg }))).toEqual({ code: 'alg.not-allowed', details: { alg: shown } })
      })

      it('requires alg, typ and kid', () => {
        const { alg, kid, typ } = HEADER
        expect(fault(token({ kid, typ }))).toEqual({ code: 'header.missing', details: { member: 'alg' } })
        expect(fault(token({ alg, kid }))).toEqual({ code: 'typ.unexpected', details: { typ: '(none)', expected: TYP } })
        expect(fault(token({ alg, typ }))).toEqual({ code: 'header.kid', details: {} })
      })

      it.each([
        'JWT',
        'jwt',
        '',
        'metrology-record',
        'METROLOGY-RECORD+JWT',
        'application/metrology-record+jwt',
        'metrology-record+jwt ',
        'dpop+jwt',
        5,
        null,
        [TYP],
        { typ: TYP },
      ])('refuses the type %j', (typ) => {
        expect(fault(token({ ...HEADER, typ }))).toEqual({ code: 'typ.unexpected', details: { typ: JSON.stringify(typ), expected: TYP } })
      })

      it('accepts no statement of one type for another', () => {
        for (const claimed of TYPES) {
          const taken = TYPES.filter((typ) => {
            try {
              return parseStatement(token({ ...HEADER, typ: claimed }), typ).alg === 'ES256'
            } catch {
              return false
            }
          })
          expect(taken).toEqual([claimed])
        }
      })

      it.each([
        ['of 42 characters', 'A'.repeat(42)],
        ['of 44 characters', 'A'.repeat(44)],
        ['with unused bits', `${'A'.repeat(42)}B`],
        ['with padding', `${'A'.repeat(43)}=`],
        ['in another alphabet', `+${'A'.repeat(42)}`],
        ['in hexadecimal', 'a'.repeat(64)],
        ['with a line break', `${'A'.repeat(43)}\n`],
        ['that is a path', '../../../../dev/null'],
        ['that is inherited', '__proto__'],
        ['that is empty', ''],
        ['that is a number', 1],
        ['that is null', null],
        ['that is a list', [KID]],
        ['that is an object', { $ne: '' }],
      ])('refuses a kid %s', (_title, kid) => {
        expect(fault(token({ ...HEADER, kid }))).toEqual({ code: 'header.kid', details: {} })
      })

      it.each([
        [['exp']],
        [['x']],
        [['alg']],
        [['b64']],
        [['crit']],
        [['x', 'x']],
        [[]],
        [[1]],
        [[null]],
        ['exp'],
        [null],
        [{}],
        [true],
        [0],
      ])('refuses crit %j: no extension is supported', (crit) => {
        expect(fault(token({ ...HEADER, crit }))).toEqual({ code: 'crit.not-understood', details: { crit: JSON.stringify(crit) } })
      })

      it('quotes at most eighty units of a refused value, and never half a character', () => {
        const { details } = fault(token({ ...HEADER, alg: `${'a'.repeat(78)}😀` }))
        expect(details.alg).toBe(`"${'a'.repeat(78)}`)
      })
    })

    describe('the payload', () => {
      const payloadFault = (payload: Uint8Array, limits?: Parameters<typeof parsePayload>[1]) =>
        faultOf(() => parsePayload({ payload }, limits))
      const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

      it('must be an object', () => {
        expect(parsePayload(parseStatement(token(HEADER, segment('{"四川":["重庆"]}')), TYP))).toEqual({ 四川: ['重庆'] })
        for (const other of ['[]', 'null', '"x"', '1', 'true']) expect(payloadFault(utf8(other)).code).toBe('json.not-object')
      })

      it.each([
        ['{"jti":1,"jti":2}', 'json.duplicate-name'],
        ['{"jti":1,"\\u006ati":2}', 'json.duplicate-name'],
        ['{"a":{"__proto__":1}}', 'json.forbidden-name'],
        ['{"a":1.0}', 'json.number'],
        ['{"a":9007199254740992}', 'json.number'],
        ['{"a":"\\ud800"}', 'json.character'],
        ['{"a":007}', 'json.syntax'],
        ['{"a":NaN}', 'json.syntax'],
        ['{/* */}', 'json.syntax'],
        ['\ufeff{}', 'json.byte-order-mark'],
      ])('must be I-JSON: %j is %s', (payload, code) => {
        expect(payloadFault(utf8(payload)).code).toBe(code)
      })

      it('obeys the limits of the caller', () => {
        expect(payloadFault(utf8('{"a":[1,2]}'), { maxValues: 3 }).code).toBe('json.too-many-values')
        expect(payloadFault(utf8('{"a":[1]}'), { maxDepth: 1 }).code).toBe('json.too-deep')
        expect(payloadFault(utf8('{"a":1}'), { maxLength: 6 }).code).toBe('json.too-large')
      })
    })
  },
)
