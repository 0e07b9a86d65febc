// Why this exists: a type that a public signature names and no subpath exports cannot be written down by a user: no variable, no
// parameter, no wrapper of a function can be typed without tricks.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { declarations, targetOf } from '../support/declarations.ts'

const TYPES = ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias | ts.SymbolFlags.Class | ts.SymbolFlags.Enum

/** Types of this package that a declaration names, without private members and `typeof x`, which names a value. */
function typesNamedIn(node: ts.Node, checker: ts.TypeChecker): ts.Symbol[] {
  if (ts.isTypeQueryNode(node) || (ts.canHaveModifiers(node) && node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword)))
    return []
  const name = typeNameIn(node)
  const symbol = name && checker.getSymbolAtLocation(name)
  const found = symbol === undefined ? [] : [targetOf(checker, symbol)]
  ts.forEachChild(node, (child) => void found.push(...typesNamedIn(child, checker)))
  return found
}

/** The name of the type in `A.B` or `import('a').B`. */
const typeNameIn = (node: ts.Node): ts.Node | undefined =>
  ts.isTypeReferenceNode(node)
    ? node.typeName
    : ts.isExpressionWithTypeArguments(node)
      ? node.expression
      : ts.isImportTypeNode(node) && !node.isTypeOf
        ? node.qualifier
        : undefined

/** A type and its aliases: after `type X = Y`, a user who can import `X` can write `Y`. */
function namesOf(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol[] {
  const alias = symbol.declarations?.find(ts.isTypeAliasDeclaration)
  const name = alias && typeNameIn(alias.type)
  const same = name && checker.getSymbolAtLocation(name)
  const isGeneric = alias !== undefined && (alias.type as ts.NodeWithTypeArguments).typeArguments !== undefined
  return same === undefined || isGeneric ? [symbol] : [symbol, ...namesOf(targetOf(checker, same), checker)]
}

/** Names of the types that cannot be imported, each with an export that mentions it. */
function missingTypes(): string[] {
  const { checker, doors, isOurs } = declarations()
  const exported = doors.flatMap(({ name, symbol }) =>
    checker
      .getExportsOfModule(symbol)
      .flatMap((each) => namesOf(targetOf(checker, each), checker).map((type) => ({ type, by: `${name} ${each.name}` }))),
  )
  const importable = new Set(exported.map(({ type }) => type))
  const missing = new Map<ts.Symbol, string>()
  for (const { type: exporting, by } of exported) {
    for (const type of exporting.declarations?.flatMap((declaration) => typesNamedIn(declaration, checker)) ?? []) {
      const at = type.declarations?.[0]
      if (at === undefined || !isOurs(at) || (type.flags & TYPES) === 0 || importable.has(type)) continue
      const file = at.getSourceFile().fileName.replace(/.*\/types\//, '')
      missing.set(type, missing.get(type) ?? `${type.name} (${file}), named by ${by}`)
    }
  }
  return [...missing.values()].sort()
}

it('every type that a public signature names can be imported from a public subpath', () => {
  expect(missingTypes()).toEqual([])
})

/** Its example needs a database: tests/stores/postgres.test.ts runs it. */
const NEEDS_A_DATABASE = 'process.env.DATABASE_URL'

const VALUES = ts.SymbolFlags.Function | ts.SymbolFlags.Variable | ts.SymbolFlags.Class | ts.SymbolFlags.Enum

interface Documented {
  readonly door: string
  readonly name: string
  readonly text: string
  /** Code of the `@example` tags. */
  readonly examples: readonly string[]
}

/** Values that a subpath exports, with their docstrings. */
function documented(): Documented[] {
  const { checker, doors } = declarations()
  return doors.flatMap(({ name: door, symbol }) =>
    checker.getExportsOfModule(symbol).flatMap((exported) => {
      const target = targetOf(checker, exported)
      const isTypeOnly = exported.declarations?.some((at) => ts.isExportSpecifier(at) && (at.isTypeOnly || at.parent.parent.isTypeOnly))
      if ((target.flags & VALUES) === 0 || isTypeOnly) return []
      const text = ts.displayPartsToString(target.getDocumentationComment(checker)).trim()
      const examples = target.getJsDocTags(checker).flatMap(({ name, text: tag }) => {
        const code = name === 'example' && /```ts\n([\s\S]*?)```/.exec(ts.displayPartsToString(tag))?.[1]
        return code ? [code] : []
      })
      return [{ door, name: exported.name, text, examples }]
    }),
  )
}

// An editor shows it; without one a developer has to read the source.
it('every exported value has a docstring', () => {
  const all = documented()
  expect(all.length).toBeGreaterThan(250)
  expect(all.flatMap(({ door, name, text }) => (text.length < 15 ? [`${door} ${name}`] : []))).toEqual([])
})

const COOKBOOK = resolve(import.meta.dirname, '../../docs/cookbook')

/** Code of the docstrings and of the cookbook, each a program of its own, by a name. */
const programs = (): ReadonlyMap<string, string> =>
  new Map([
    ...documented().flatMap(({ name, examples }) => examples.map((code, at) => [`${name}-${at}`, code] as const)),
    ...readdirSync(COOKBOOK).flatMap((page) =>
      [...readFileSync(join(COOKBOOK, page), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(
        ([, code], at) => [`${page.replace('.md', '')}-${at}`, code as string] as const,
      ),
    ),
  ])

describe('examples in docstrings and in the cookbook', () => {
  it('exist for every export of the root, and at every subpath', () => {
    const all = documented()
    expect(all.flatMap(({ door, name, examples }) => (door === 'tongheng' && examples.length === 0 ? [name] : []))).toEqual([])
    const shown = new Set(all.flatMap(({ door, examples }) => (examples.length > 0 ? [door] : [])))
    expect([...new Set(all.map(({ door }) => door))].filter((door) => !shown.has(door))).toEqual([])
  })

  it('compile against the declarations of the package, by its name', () => {
    const modules = new Map([...programs()].map(([name, code]) => [`${name}.example.ts`, code]))
    expect(modules.size).toBeGreaterThan(25)
    expect(declarations().faultsOf(modules)).toEqual([])
    // Proves that the compiler checks them.
    expect(declarations().faultsOf(new Map([['wrong.example.ts', "import { verify } from 'tongheng'\nverify(1)\n"]]))).not.toEqual([])
  })

  it('run, and give the documented results', async () => {
    const folder = mkdtempSync(join(import.meta.dirname, '.examples-'))
    try {
      const codes = programs()
      let compared = 0
      for (const [name, code] of codes) {
        if (code.includes(NEEDS_A_DATABASE)) continue
        const file = join(folder, `${name}.ts`)
        const checked = code.replace(/^( *);?(.+) \/\/ => (.+)$/gm, '$1expect($2).toEqual($3)')
        compared += (checked.match(/toEqual/g) ?? []).length
        writeFileSync(file, `import { expect } from 'vitest'\n${checked}`)
        await import(file)
      }
      expect(compared).toBeGreaterThanOrEqual(codes.size - 1)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
