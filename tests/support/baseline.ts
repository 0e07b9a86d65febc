// Why this exists: the page must run on a phone of 2022. This walks a built script and names all in it that the browsers of the baseline do not
// have: syntax, globals, and members, by the tables of MDN (browser-compat-data).
import { createRequire } from 'node:module'
import type { CompatData, CompatStatement, Identifier, SimpleSupportStatement } from '@mdn/browser-compat-data'
import ts from 'typescript'

const data = createRequire(import.meta.url)('@mdn/browser-compat-data') as CompatData

/** The oldest browsers in which the page runs. A separate test runs Firefox ESR. */
export const BASELINE = { chrome: 103, chrome_android: 103, webview_android: 103, safari: 15.4, safari_ios: 15.4 } as const

/** A feature that a script needs and the baseline lacks. */
export interface Newer {
  /** For example `Array.prototype.findLast`, `structuredClone`, `syntax: class static block`. */
  readonly name: string
  readonly lacking: readonly string[]
  readonly count: number
}

/** The first version of a browser with the feature under that name, without a flag. */
function since(support: SimpleSupportStatement): number {
  const { version_added: added, flags, prefix, alternative_name: other } = support
  if (typeof added !== 'string' || flags !== undefined || prefix !== undefined || other !== undefined) return Number.POSITIVE_INFINITY
  const version = Number.parseFloat(added.replace('≤', ''))
  return Number.isNaN(version) ? Number.POSITIVE_INFINITY : version
}

const lacking = new Map<CompatStatement, readonly string[]>()
/** Browsers of the baseline that lack the feature of a table; cached, because a script uses the same features thousands of times. */
function lackingOf(compat: CompatStatement | undefined): readonly string[] {
  if (compat === undefined) return []
  const known = lacking.get(compat) ?? lackingIn(compat)
  lacking.set(compat, known)
  return known
}
function lackingIn(compat: CompatStatement): readonly string[] {
  return Object.entries(BASELINE).flatMap(([browser, version]) => {
    const support = compat.support[browser as keyof typeof BASELINE]
    // Some tables have no data about views inside applications.
    if (support === undefined) return []
    const supports = (Array.isArray(support) ? support : [support]) as SimpleSupportStatement[]
    return Math.min(...supports.map(since)) <= version ? [] : [browser]
  })
}

/** The table at a path, such as `javascript.operators.await.top_level`. @throws if there is none */
function tableAt(path: string): CompatStatement {
  let found: unknown = data
  for (const name of path.split('.')) found = (found as Record<string, unknown> | undefined)?.[name]
  const compat = (found as Identifier | undefined)?.__compat
  if (compat === undefined) throw new Error(`no table ${path}`)
  return compat
}

const isRegex = (node: ts.Node, pattern: RegExp): boolean => {
  if (ts.isRegularExpressionLiteral(node)) return pattern.test(node.text)
  // The bundler writes a regular expression that a browser may not support as a string.
  const isMade =
    (ts.isNewExpression(node) || ts.isCallExpression(node)) && ts.isIdentifier(node.expression) && node.expression.text === 'RegExp'
  return isMade && pattern.test(`/${textsIn(node.arguments?.[0])}/${textsIn(node.arguments?.[1])}`)
}
/** All string literals in an expression, which may be a concatenation. */
function textsIn(node: ts.Node | undefined): string {
  if (node === undefined) return ''
  if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) return node.text
  let text = ''
  ts.forEachChild(node, (child) => {
    text += textsIn(child)
  })
  return text
}
const isTopLevel = (node: ts.Node): boolean => {
  for (let up = node.parent; up !== undefined; up = up.parent)
    if (ts.isFunctionLike(up) || ts.isClassStaticBlockDeclaration(up)) return false
  return true
}
const operator =
  (kind: ts.SyntaxKind) =>
  (node: ts.Node): boolean =>
    ts.isBinaryExpression(node) && node.operatorToken.kind === kind
const isUsing = (node: ts.Node): boolean => ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.Using) === ts.NodeFlags.Using

/** Syntax of ES2020 and later, by its table. */
const SYNTAX: readonly (readonly [name: string, path: string, is: (node: ts.Node) => boolean])[] = [
  ['class static block', 'javascript.classes.static.initialization_blocks', ts.isClassStaticBlockDeclaration],
  ['class field', 'javascript.classes.public_class_fields', (node) => ts.isPropertyDeclaration(node)],
  [
    'private field',
    'javascript.classes.private_class_fields',
    (node) => ts.isPropertyDeclaration(node) && ts.isPrivateIdentifier(node.name),
  ],
  [
    'private method',
    'javascript.classes.private_class_methods',
    (node) => ts.isMethodDeclaration(node) && ts.isPrivateIdentifier(node.name),
  ],
  [
    '#x in',
    'javascript.classes.private_class_fields_in',
    (node) => operator(ts.SyntaxKind.InKeyword)(node) && ts.isPrivateIdentifier((node as ts.BinaryExpression).left),
  ],
  ['?.', 'javascript.operators.optional_chaining', (node) => ts.isOptionalChain(node)],
  ['??', 'javascript.operators.nullish_coalescing', operator(ts.SyntaxKind.QuestionQuestionToken)],
  ['??=', 'javascript.operators.nullish_coalescing_assignment', operator(ts.SyntaxKind.QuestionQuestionEqualsToken)],
  ['||=', 'javascript.operators.logical_or_assignment', operator(ts.SyntaxKind.BarBarEqualsToken)],
  ['&&=', 'javascript.operators.logical_and_assignment', operator(ts.SyntaxKind.AmpersandAmpersandEqualsToken)],
  ['top-level await', 'javascript.operators.await.top_level', (node) => ts.isAwaitExpression(node) && isTopLevel(node)],
  ['for await', 'javascript.statements.for_await_of', (node) => ts.isForOfStatement(node) && node.awaitModifier !== undefined],
  ['using', 'javascript.statements.using', isUsing],
  ['import()', 'javascript.operators.import', (node) => ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword],
  ['import attributes', 'javascript.statements.import.import_attributes', (node) => ts.isImportAttributes(node)],
  ['import.meta', 'javascript.operators.import_meta', ts.isMetaProperty],
  ['numeric separator', 'javascript.grammar.numeric_separators', (node) => ts.isNumericLiteral(node) && node.getText().includes('_')],
  ['BigInt', 'javascript.builtins.BigInt', ts.isBigIntLiteral],
  ['export * as', 'javascript.statements.export.namespace', ts.isNamespaceExport],
  ['lookbehind', 'javascript.regular_expressions.lookbehind_assertion', (node) => isRegex(node, /\(\?<[=!]/)],
  ['named group', 'javascript.regular_expressions.named_capturing_group', (node) => isRegex(node, /\(\?<[A-Za-z]/)],
  ['\\p{}', 'javascript.regular_expressions.unicode_character_class_escape', (node) => isRegex(node, /\\p\{/i)],
  [
    'modifiers (?i:)',
    'javascript.regular_expressions.modifier',
    (node) => isRegex(node, /\(\?[ims]*(?:-[ims]+)?:/) && isRegex(node, /\(\?[ims-]+:/),
  ],
  ['flag v', 'javascript.builtins.RegExp.unicodeSets', (node) => isRegex(node, /\/[a-z]*v[a-z]*$/)],
  ['flag d', 'javascript.builtins.RegExp.hasIndices', (node) => isRegex(node, /\/[a-z]*d[a-z]*$/)],
]
for (const [, path] of SYNTAX) tableAt(path)

type Tables = Readonly<Record<string, Identifier & Record<string, Identifier>>>
const api = data.api as unknown as Tables
const builtins = data.javascript.builtins as unknown as Tables

/** Interface of a global object of the browser whose name differs from it. */
const OBJECTS: Readonly<Record<string, string>> = {
  navigator: 'Navigator', document: 'Document', location: 'Location', history: 'History', crypto: 'Crypto', window: 'Window',
  globalThis: 'Window', self: 'Window', performance: 'Performance', caches: 'CacheStorage', indexedDB: 'IDBFactory', screen: 'Screen',
} // biome-ignore format: a table
const MEMBER_SUFFIX = /_(?:static|event)$/

/** Interfaces of the browser whose members are identified by name alone; names of other interfaces are ambiguous. */
const HELD = new Set(
  'Blob File FileReader Response Request Headers URL URLSearchParams FormData AbortSignal AbortController ReadableStream TransformStream Event EventTarget Node Element HTMLElement Document DocumentFragment DataTransfer DataTransferItem FileSystemEntry IDBDatabase IDBObjectStore IDBTransaction Crypto SubtleCrypto CryptoKey Cache CacheStorage Clients ServiceWorkerRegistration HTMLCanvasElement CanvasRenderingContext2D OffscreenCanvas ImageBitmap HTMLVideoElement HTMLMediaElement MediaStream MediaStreamTrack MediaDevices StorageManager Storage TextEncoder TextDecoder DOMTokenList NodeList HTMLInputElement HTMLIFrameElement HTMLDetailsElement HTMLDialogElement Navigator Location History'.split(
    ' ',
  ),
)

/** Members of all objects by name, with their owner. */
const members = new Map<string, { owner: string; compat: CompatStatement }[]>()
for (const [owner, table] of [...Object.entries(api), ...Object.entries(builtins), ...Object.entries(builtins.Intl ?? {})])
  for (const [key, member] of Object.entries(table)) {
    if (key === '__compat' || member.__compat === undefined) continue
    const name = key.replace(MEMBER_SUFFIX, '')
    members.set(name, [...(members.get(name) ?? []), { owner, compat: member.__compat }])
  }

function globalTable(name: string): CompatStatement | undefined {
  const table = builtins[name] ?? api[name] ?? api.Window?.[name] ?? builtins.globalThis?.[name]
  return table?.__compat
}

/** The table of a member of an object that is known by its name. */
function memberTable(object: string, name: string): CompatStatement | undefined {
  const owner = OBJECTS[object] ?? object
  const table = builtins[owner] ?? api[owner]
  const member = table?.[name] ?? table?.[`${name}_static`]
  return member?.__compat ?? (owner === 'Window' ? globalTable(name) : undefined)
}

const isDeclaration = (node: ts.Identifier): boolean => {
  const { parent } = node
  return (
    ((ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isFunctionLike(parent) || ts.isClassLike(parent) || ts.isBindingElement(parent)) && parent.name === node) ||
    ts.isImportSpecifier(parent) || ts.isImportClause(parent) || ts.isNamespaceImport(parent)
  ) // biome-ignore format: one question
}

/** True if an identifier is used as a value, not as the name of a member or a label. */
function isValue(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isAccessor(parent))
    return parent.name !== node
  return !ts.isExportSpecifier(parent) && !ts.isImportSpecifier(parent) && !ts.isLabeledStatement(parent) && !isDeclaration(node)
}

/** All features that a script needs and the baseline lacks, without duplicates. */
export function newerThanBaseline(script: string): readonly Newer[] {
  const source = ts.createSourceFile('script.js', script, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS)
  const declared = new Set<string>()
  const walk = (node: ts.Node, see: (node: ts.Node) => void): void => {
    see(node)
    ts.forEachChild(node, (child) => walk(child, see))
  }
  walk(source, (node) => ts.isIdentifier(node) && isDeclaration(node) && declared.add(node.text))
  const found = new Map<string, { lacking: readonly string[]; count: number }>()
  const note = (name: string, compat: CompatStatement | undefined): void => {
    const without = lackingOf(compat)
    if (without.length > 0) found.set(name, { lacking: without, count: (found.get(name)?.count ?? 0) + 1 })
  }
  walk(source, (node) => {
    for (const [name, path, is] of SYNTAX) if (is(node)) note(`syntax: ${name}`, tableAt(path))
    if (ts.isIdentifier(node) && isValue(node) && !declared.has(node.text)) note(node.text, globalTable(node.text))
    for (const [object, name] of accessed(node)) {
      const known = object === undefined || declared.has(object) ? undefined : memberTable(object, name)
      if (known !== undefined) note(`${object}.${name}`, known)
      else noteByName(name, note)
    }
  })
  return [...found].map(([name, rest]) => ({ name, ...rest })).sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Members that a node accesses: the name of the object, if it is an identifier, and of the member. */
function accessed(node: ts.Node): (readonly [string | undefined, string])[] {
  const nameOf = (one: ts.Node): string | undefined => (ts.isIdentifier(one) ? one.text : undefined)
  if (ts.isPropertyAccessExpression(node)) return [[nameOf(node.expression), node.name.text]]
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))
    return [[nameOf(node.expression), node.argumentExpression.text]]
  if (!ts.isObjectBindingPattern(node)) return []
  const { parent } = node
  const from = ts.isVariableDeclaration(parent) && parent.initializer !== undefined ? nameOf(parent.initializer) : undefined
  return node.elements.flatMap(({ name, propertyName = name, dotDotDotToken }) =>
    dotDotDotToken === undefined && ts.isIdentifier(propertyName) ? [[from, propertyName.text] as const] : [],
  )
}

/** Notes a member of an object of unknown type if all objects with a member of that name have it only in newer browsers. */
function noteByName(name: string, note: (name: string, compat: CompatStatement | undefined) => void): void {
  const owners = members.get(name) ?? []
  const asked = owners.filter(({ owner }) => HELD.has(owner) || builtins[owner] !== undefined)
  const [first] = asked
  if (first !== undefined && owners.every(({ compat }) => lackingOf(compat).length > 0))
    note(`.${name} (${asked.map(({ owner }) => owner).join(', ')})`, first.compat)
}
