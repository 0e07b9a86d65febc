// Why this exists: a type that a public signature names and no subpath exports cannot be written down by a user: no variable, no
// parameter, no wrapper of a function can be typed without tricks.
import ts from 'typescript'
import { expect, it } from 'vitest'
import { declarations, targetOf } from '../support/declarations.ts'

const TYPES = ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias | ts.SymbolFlags.Class | ts.SymbolFlags.Enum

/** Types of this package that a declaration names. What is private is not part of it, and `typeof x` names a value. */
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

/** The type and those that it is only another name of: after `type X = Y`, a user who can import `X` can write `Y`. */
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

const VALUES = ts.SymbolFlags.Function | ts.SymbolFlags.Variable | ts.SymbolFlags.Class | ts.SymbolFlags.Enum

/** Values that a subpath exports, with their docstrings. */
function documented(): { readonly name: string; readonly text: string }[] {
  const { checker, doors } = declarations()
  return doors.flatMap(({ name, symbol }) =>
    checker.getExportsOfModule(symbol).flatMap((exported) => {
      const target = targetOf(checker, exported)
      const isTypeOnly = exported.declarations?.some((at) => ts.isExportSpecifier(at) && (at.isTypeOnly || at.parent.parent.isTypeOnly))
      if ((target.flags & VALUES) === 0 || isTypeOnly) return []
      const text = ts.displayPartsToString(target.getDocumentationComment(checker)).trim()
      return [{ name: `${name} ${exported.name}`, text }]
    }),
  )
}

// An editor shows it; without one a developer has to read the source.
it('an exported value has a docstring', () => {
  const all = documented()
  expect(all.length).toBeGreaterThan(250)
  expect(all.flatMap(({ name, text }) => (text.length < 15 ? [name] : []))).toEqual([])
})
