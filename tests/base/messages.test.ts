// Why this exists: no compiler detects a code without a text, or a text that no code produces, but every reader does.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { type Code, codes, type RowId } from 'tongheng/errors'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { faultOf } from '../../src/base/error.js'
import { codeOf, messageOf, rowText, unionOf } from '../../src/base/message.js'

const all = Object.entries(codes) as [Code, (typeof codes)[Code]][]
const placeholders = (text: string): string[] => [...new Set([...text.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name as string))].sort()
const CHINESE = /[\u4e00-\u9fff]/
/** A message text without placeholders and punctuation. */
const words = (text: string): string => text.replace(/\{[^{}]*\}/g, '').replace(/[^\p{L}\p{N}]/gu, '')

const SOURCE = resolve(import.meta.dirname, '../../src')
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
const parsed = (file: string): ts.SourceFile =>
  ts.createSourceFile(file, readFileSync(join(SOURCE, file), 'utf8'), ts.ScriptTarget.Latest, true)

/** The calls of a file that define a table. */
function tablesIn(source: ts.SourceFile): ts.CallExpression[] {
  const found: ts.CallExpression[] = []
  for (const statement of source.statements)
    if (ts.isVariableStatement(statement))
      for (const { initializer } of statement.declarationList.declarations)
        if (initializer !== undefined && ts.isCallExpression(initializer) && initializer.expression.getText() === 'defineTexts')
          found.push(initializer)
  return found
}

/** The source files, without the calls that define tables. */
const code = files
  .map((file) => {
    const source = parsed(file)
    return tablesIn(source).reduceRight((text, table) => text.slice(0, table.pos) + text.slice(table.end), source.text)
  })
  .join('\n')

/** Codes built from a template in the source: the start of the template, and the possible endings. */
const BUILT = [
  { prefix: 'clause.no-', words: ['kind', 'direction', 'category', 'date'] },
  { prefix: 'cli.decision-', words: ['accepted', 'rejected', 'pending'] },
  { prefix: 'case.', words: ['other-area', 'jurisdiction-not-judged'] },
  { prefix: 'cli.entry-', words: ['valid', 'revoked', 'suspended', 'superseded', 'unknown'] },
  { prefix: 'cli.ledger-export-', words: ['application', 'filing'] },
  { prefix: 'doctor.role-', words: ['receipts', 'log', 'witness'] },
  { prefix: 'cli.standing-', words: ['pass', 'fail'] },
  { prefix: 'cli.status-', words: ['valid', 'revoke', 'suspend', 'supersede'] },
  {
    prefix: 'unjudged.',
    words: [
      'value-missing',
      'limits-missing',
      'limits-absent',
      'limits-unit',
      'limits-ambiguous',
      'width-zero',
      'uncertainty-missing',
      'uncertainty-ambiguous',
    ],
  },
] as const

/** Errors created with literal details: the code and the names of the details. */
function errorsMade(): { readonly code: Code; readonly given: readonly string[] }[] {
  const made: ReturnType<typeof errorsMade> = []
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit)
    const isError = ts.isNewExpression(node) && node.expression.getText() === 'ProblemError'
    const isFault = ts.isCallExpression(node) && /^(?:fault|\w+Fault)$/.test(node.expression.getText())
    if (!isError && !isFault) return
    const [first, details] = node.arguments ?? []
    if (first === undefined || !ts.isStringLiteral(first) || !(first.text in codes)) return
    const members = details !== undefined && ts.isObjectLiteralExpression(details) ? details.properties : []
    const isOpen = (details !== undefined && !ts.isObjectLiteralExpression(details)) || members.some(ts.isSpreadAssignment)
    if (!isOpen) made.push({ code: first.text as Code, given: members.map(({ name }) => name?.getText() ?? '') })
  }
  visit(ts.createSourceFile('all.ts', code, ts.ScriptTarget.Latest, true))
  return made
}

describe('messages', () => {
  it('get all of their parameters wherever an error is created', () => {
    const made = errorsMade()
    expect(made.length).toBeGreaterThan(200)
    const wanting = made.flatMap(({ code, given }) => {
      const { zh, advice } = codes[code]
      const missing = placeholders(`${zh} ${advice?.zh ?? ''}`).filter((name) => !given.includes(name))
      return missing.length === 0 ? [] : [`${code}: ${missing.join(', ')}`]
    })
    expect(wanting).toEqual([])
  })

  it('number some hundreds', () => {
    expect(all.length).toBeGreaterThan(240)
  })

  it.each(all)('%s has Chinese and English text with the same parameters', (_code, { zh, en, advice }) => {
    expect(zh.trim()).not.toBe('')
    expect(en.trim()).not.toBe('')
    expect(placeholders(zh)).toEqual(placeholders(en))
    expect(placeholders(zh).filter((name) => !/^[a-zA-Z]+$/.test(name))).toEqual([])
    if (words(zh) !== '') expect(zh).toMatch(CHINESE)
    expect(en).not.toMatch(CHINESE)
    expect(en).not.toBe(zh)
    if (advice === undefined) return
    expect(advice.zh).toMatch(CHINESE)
    expect(words(advice.en)).not.toBe('')
    expect(placeholders(advice.zh)).toEqual(placeholders(advice.en))
  })

  it('include one without text: a path and its value', () => {
    expect(all.filter(([, { zh }]) => words(zh) === '').map(([name]) => name)).toEqual(['cli.json'])
  })

  it('use full-width punctuation in Chinese', () => {
    const halfWidth = all.filter(([, { zh }]) => /[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]/.test(zh)).map(([name]) => name)
    expect(halfWidth).toEqual([])
  })

  it('are spelled as words with dots and hyphens', () => {
    expect(all.map(([name]) => name).filter((name) => !/^[a-z]+(-[a-z]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)?$/.test(name))).toEqual([])
  })

  it('are all used somewhere', () => {
    const built = new Set<string>(BUILT.flatMap(({ prefix, words: endings }) => endings.map((ending) => `${prefix}${ending}`)))
    expect(all.map(([name]) => name).filter((name) => !code.includes(`'${name}'`) && !built.has(name))).toEqual([])
  })

  it('composed of parts are composed where this list says, and each exists', () => {
    for (const { prefix, words: endings } of BUILT) {
      expect(code).toContain(`\`${prefix}$`)
      expect(all.map(([name]) => name).filter((name) => name.startsWith(prefix))).toEqual(
        expect.arrayContaining(endings.map((ending) => `${prefix}${ending}`)),
      )
    }
  })
})

describe('a table of texts', () => {
  const one = { codes: { 'store.io': { zh: '一', en: 'one' } } } as const
  const two = { rows: { signature: { zh: '二', en: 'two' } }, codes: { 'store.io': { zh: '二', en: 'two' } } } as const
  const unlisted = { codes: { 'no.room': { zh: '三', en: 'three' } } } as const

  it('cannot share a code with another table: that does not compile', () => {
    // @ts-expect-error the code store.io is defined twice
    unionOf([one, two])
    // @ts-expect-error within one table, too
    unionOf([{ rows: { signature: { zh: '', en: '' } }, codes: { signature: { zh: '', en: '' } } }])
    expect(Object.keys(unionOf([one]))).toEqual(['store.io'])
  })

  it('creates errors and findings of its own codes only, and none if errors.ts does not list it', () => {
    // @ts-expect-error a code of another room
    faultOf(one)('store.full')
    // @ts-expect-error a code that is not defined
    codeOf(one)('store.nowhere')
    // @ts-expect-error a table that errors.ts does not list
    codeOf(unlisted)('no.room')
    expect([faultOf(one)('store.io').code, codeOf(two)('signature')]).toEqual(['store.io', 'signature'])
  })

  it('is in the folder of its codes, once each, and listed in errors.ts', () => {
    const listed = readFileSync(join(SOURCE, 'errors.ts'), 'utf8')
    const defined = files.flatMap((file) =>
      tablesIn(parsed(file)).map((table) => ({ file, name: (table.parent as ts.VariableDeclaration).name.getText(), table })),
    )
    expect(defined.length).toBeGreaterThan(30)
    expect(defined.filter(({ file, name }) => !listed.includes(`import { ${name} } from './${file.replace(/\.ts$/, '.js')}'`))).toEqual([])
    const keys = defined.flatMap(({ table }) =>
      (table.arguments[0] as ts.ObjectLiteralExpression).properties.flatMap((group) =>
        ((group as ts.PropertyAssignment).initializer as ts.ObjectLiteralExpression).properties.map(
          ({ name }) => (name as ts.StringLiteral | ts.Identifier).text,
        ),
      ),
    )
    expect(keys.sort()).toEqual(Object.keys(codes).sort())
  })

  it('is what an error refers to: an error created by its code only would have no text in a bundle', () => {
    const alone = files.filter(
      (file) => file !== join('base', 'error.ts') && /new TonghengError\(\s*'/.test(readFileSync(join(SOURCE, file), 'utf8')),
    )
    expect(alone).toEqual([])
  })
})

describe('messageOf', () => {
  it('fills every placeholder in both languages, and the advice', async () => {
    expect(messageOf('json.number', { found: '1.50', line: 2, column: 9 })).toEqual({
      zh: '数 1.50 不是可精确表示的整数：第 2 行第 9 列',
      en: 'The number 1.50 is not an exactly representable integer, at line 2, column 9',
      advice: codes['json.number'].advice,
    })
    // A text is available only after the module that defines it is loaded; a web page loads only the modules it uses.
    const apart = '../../src/base/message.js?apart'
    const fresh = (await import(apart)) as { readonly messageOf: typeof messageOf }
    expect(fresh.messageOf('cli.option-missing')).toEqual({ zh: 'cli.option-missing', en: 'cli.option-missing' })
    expect(messageOf('cli.option-missing', { command: 'sign', option: '--key' }).advice).toEqual({
      zh: '见 tongheng sign --help',
      en: 'See tongheng sign --help',
    })
  })

  it('shows a bilingual parameter in the language of the reader', () => {
    expect(messageOf('blocked', { row: rowText('signature'), by: rowText('key.known') })).toEqual({
      zh: '签名的有效性：未检查（“签名密钥在信任列表中的登记”未通过）',
      en: 'Validity of the signature: not checked (waits for: Listing of the signing key in a trust list)',
    })
  })

  it.each([
    [undefined, '—'],
    [null, '—'],
    [0, '0'],
    [false, 'false'],
    [10n, '10'],
    ['', ''],
    [['a', 1], '["a",1]'],
    [{ a: 1 }, '{"a":1}'],
    [{ zh: 1, en: 2 }, '{"zh":1,"en":2}'],
    ['$& $1 {name}', '$& $1 {name}'],
  ])('shows the parameter %s as %s', (what, shown) => {
    expect(messageOf('not-found', { what }).zh).toBe(`没有 ${shown}`)
  })

  it('names what an empty pointer points to', () => {
    expect(messageOf('agreement.shape', { path: '' })).toMatchObject({
      zh: '协议结构有误：整份内容',
      en: 'The agreement has a fault of shape at the whole content',
    })
    expect(messageOf('agreement.shape', { path: '/clauses' }).zh).toBe('协议结构有误：/clauses')
  })

  it('can always be signed: it contains no lone surrogate, whatever the parameter', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '四', '😀', '\ud83d', '\ude00', '"'), maxLength: 210 }), (what) => {
        for (const parameter of [what, { deep: what }]) {
          const { zh, en } = messageOf('not-found', { what: parameter })
          expect(zh + en).not.toMatch(/\p{Surrogate}/u)
        }
      }),
    )
    expect(messageOf('not-found', { what: '四😀川' }).zh).toBe('没有 四😀川')
    expect(messageOf('not-found', { what: `四\ud83d川` }).zh).toBe('没有 四\ufffd川')
  })

  it('shows at most two hundred units of an object', () => {
    expect(messageOf('not-found', { what: { deep: '😀'.repeat(200) } }).zh.length).toBeLessThanOrEqual('没有 '.length + 200)
  })
})

describe('the text of a row', () => {
  it('is that of a pass: a code of its own, without parameters', () => {
    const rows: RowId[] = ['statement.size', 'signature', 'identifier.uscc', 'agreement.clause']
    for (const row of rows) {
      expect(rowText(row)).toEqual(codes[row])
      expect(placeholders(rowText(row).zh)).toEqual([])
    }
  })
})
