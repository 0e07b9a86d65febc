// Why this exists: callers act on codes and log messages; both must work across two copies of the package and in a plain log line.
import { type AnyTonghengError, type Code, codes, type ErrorOf, isTonghengError, type Text, TonghengError } from 'tongheng/errors'
import { describe, expect, expectTypeOf, it, vi } from 'vitest'

describe('TonghengError', () => {
  it('has the same message in Chinese and English, with its code, in one line', () => {
    const error = new TonghengError('json.duplicate-name', { name: '证书编号', line: 3, column: 7 })
    expect(error.text.zh).toBe('成员“证书编号”重复：第 3 行第 7 列')
    expect(error.text.en).toBe('Duplicate member “证书编号” at line 3, column 7')
    expect(error.message).toBe(`${error.text.zh} | ${error.text.en} [json.duplicate-name]`)
    expect(String(error)).toBe(`TonghengError: ${error.message}`)
  })

  it('is an Error with name, stack, details and cause', () => {
    const cause = new TypeError('below')
    const details = { length: 3, expected: 64 }
    const error = new TonghengError('signer.length', details, { cause })
    expect(error).toBeInstanceOf(Error)
    expect(error.name).toBe('TonghengError')
    expect(error.stack).toContain('error.test')
    expect(error.details).toBe(details)
    expect(error.cause).toBe(cause)
  })

  it('has no cause and no details if none were given', () => {
    const error = new TonghengError('key.invalid')
    expect('cause' in error).toBe(false)
    expect(error.details).toEqual({})
  })

  it('has advice if its code does', () => {
    expect(new TonghengError('format.segments').text).toHaveProperty('advice.zh')
    expect(new TonghengError('json.syntax').text).not.toHaveProperty('advice')
  })

  it('can be created for every code without parameters, and leaves no placeholder unfilled', () => {
    for (const code of Object.keys(codes) as Code[]) {
      const { message } = new TonghengError(code)
      expect(message).toContain(`[${code}]`)
      expect(message).not.toMatch(/\{[a-zA-Z]+\}/)
    }
  })

  it('narrows to the details of one code', () => {
    const thrown: unknown = new TonghengError('decimal.syntax', { text: 'x' })
    if (!isTonghengError(thrown)) return expect.unreachable('not narrowed')
    const all: [Code] extends [typeof thrown.code] ? ([typeof thrown.code] extends [Code] ? true : false) : false = true
    expect(all).toBe(true)
    switch (thrown.code) {
      case 'decimal.syntax':
        expectTypeOf(thrown).toEqualTypeOf<TonghengError<'decimal.syntax'>>()
        expect(thrown.details).toEqual({ text: 'x' })
        break
      default:
        expect.unreachable('another code')
    }
    if (!isTonghengError(thrown, 'decimal.syntax')) expect.unreachable('not narrowed')
    else expectTypeOf(thrown.code).toEqualTypeOf<'decimal.syntax'>()
    // Not `toEqualTypeOf`: it compares each of a thousand types with every other and is slow.
    const same: [AnyTonghengError] extends [ErrorOf<Code>] ? ([ErrorOf<Code>] extends [AnyTonghengError] ? true : false) : false = true
    expect(same).toBe(true)
  })

  it('has typed details per code', () => {
    const line = (error: unknown): number | undefined => {
      if (!isTonghengError(error)) return undefined
      if (error.code === 'json.duplicate-name') {
        expectTypeOf(error.details).toHaveProperty('column')
        expectTypeOf(error.details.name).toEqualTypeOf<string | Text | undefined>()
        return error.details.line
      }
      return undefined
    }
    expect(line(new TonghengError('json.duplicate-name', { name: 'a', line: 3, column: 7 }))).toBe(3)
    // @ts-expect-error A line is a number.
    expect(new TonghengError('json.duplicate-name', { name: 'a', line: '3', column: 7 }).code).toBe('json.duplicate-name')
  })

  it('leaves a value with a type of its own unchanged', () => {
    const value = (given: TonghengError | number): number => (isTonghengError(given) ? 0 : given + 1)
    expect([value(new TonghengError('key.invalid')), value(1)]).toEqual([0, 2])
  })

  it('uses the text of another system if given', () => {
    const text = { zh: '甲', en: 'A', advice: { zh: '乙', en: 'B' } }
    const error = new TonghengError('query.invalid', {}, { text, cause: 1 })
    expect([error.message, error.text, error.cause]).toEqual(['甲 | A [query.invalid]', text, 1])
  })
})

describe('isTonghengError', () => {
  it('is true for an error of this package, and of the given code', () => {
    const error = new TonghengError('json.utf8')
    expect(isTonghengError(error)).toBe(true)
    expect(isTonghengError(error, 'json.utf8')).toBe(true)
    expect(isTonghengError(error, 'json.syntax')).toBe(false)
  })

  it('is true across two copies of the package, where instanceof is false', async () => {
    vi.resetModules()
    const other = await import('tongheng/errors')
    const error = new other.TonghengError('key.invalid')
    expect(other.TonghengError).not.toBe(TonghengError)
    expect(error instanceof TonghengError).toBe(false)
    expect(isTonghengError(error, 'key.invalid')).toBe(true)
    expect(other.isTonghengError(new TonghengError('key.invalid'))).toBe(true)
  })

  it.each([
    ['another error', new Error('x')],
    ['a system error', Object.assign(new Error('x'), { code: 'ENOENT' })],
    ['its name without a code', Object.assign(new Error('x'), { name: 'TonghengError' })],
    ['a plain object', { name: 'TonghengError', code: 'json.utf8' }],
    ['null', null],
    ['undefined', undefined],
    ['a text', 'json.utf8'],
  ])('is false for %s', (_, value) => {
    expect(isTonghengError(value)).toBe(false)
    expect(isTonghengError(value, 'json.utf8')).toBe(false)
  })
})
