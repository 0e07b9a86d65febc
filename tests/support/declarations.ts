// The declarations (`.d.ts`) of every public subpath, emitted in memory by the same settings as `npm run build`, so that a test sees what
// a user's compiler sees and needs no build.
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import ts from 'typescript'

export const ROOT = resolve(import.meta.dirname, '../..')
const CONFIG = join(ROOT, '.ci/tsconfig.types.json')
/** A folder that exists only in memory; relative imports and node_modules resolve from it as from dist/types. */
const OUT = join(ROOT, 'dist/types')

export interface Door {
  /** `tongheng/verify` */
  readonly name: string
  readonly symbol: ts.Symbol
}

export interface Declarations {
  readonly checker: ts.TypeChecker
  readonly doors: readonly Door[]
  /** Whether a declaration is of this package, not of a dependency or of the language. */
  readonly isOurs: (node: ts.Node) => boolean
  /** Diagnostics of the compiler on modules of a user, by module name. The modules import this package by its name. */
  readonly faultsOf: (modules: ReadonlyMap<string, string>) => readonly string[]
}

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  exports: Record<string, { readonly types: string } | string>
}

/** Every `.d.ts` by its path. */
function emit(): ReadonlyMap<string, string> {
  const config = ts.getParsedCommandLineOfConfigFile(
    CONFIG,
    { outDir: OUT, noCheck: true },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: throwFor },
  )
  if (config === undefined) throw new Error(`${CONFIG} was not read`)
  const written = new Map<string, string>()
  ts.createProgram(config.fileNames, config.options).emit(undefined, (path, text) => void written.set(path, text), undefined, true)
  return written
}

const throwFor = (diagnostic: ts.Diagnostic): never => {
  throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'))
}

function read(): Declarations {
  const files = emit()
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    types: ['node'],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  }
  const host = ts.createCompilerHost(options)
  const users = new Map<string, string>()
  const onDisk = { read: host.readFile, exists: host.fileExists, folder: host.directoryExists }
  host.readFile = (path) => files.get(path) ?? users.get(path) ?? onDisk.read(path)
  host.fileExists = (path) => files.has(path) || users.has(path) || (!path.startsWith(`${OUT}/`) && onDisk.exists(path))
  const folders = new Set([...files.keys()].map((path) => dirname(path)))
  host.directoryExists = (path) => folders.has(path) || onDisk.folder?.(path) === true
  const getSourceFile = host.getSourceFile.bind(host)
  host.getSourceFile = (path, target, ...rest) => {
    const text = files.get(path) ?? users.get(path)
    return text === undefined ? getSourceFile(path, target, ...rest) : ts.createSourceFile(path, text, target, true)
  }
  const entries = Object.entries(manifest.exports).flatMap(([path, target]) =>
    typeof target === 'string' ? [] : [{ name: `tongheng${path.slice(1)}`, file: join(ROOT, target.types) }],
  )
  const program = ts.createProgram(
    entries.map(({ file }) => file),
    options,
    host,
  )
  const checker = program.getTypeChecker()
  const doors = entries.map(({ name, file }) => {
    const source = program.getSourceFile(file)
    const symbol = source && checker.getSymbolAtLocation(source)
    if (symbol === undefined) throw new Error(`${file} has no exports`)
    return { name, symbol }
  })
  const faultsOf = (modules: ReadonlyMap<string, string>): readonly string[] => {
    users.clear()
    for (const [name, text] of modules) users.set(join(ROOT, 'tests', name), text)
    const checked = ts.createProgram([...users.keys()], options, host, program)
    const diagnostics = [...users.keys()].flatMap((path) => ts.getPreEmitDiagnostics(checked, checked.getSourceFile(path)))
    return diagnostics.map(({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`)
  }
  return { checker, doors, faultsOf, isOurs: (node) => node.getSourceFile().fileName.startsWith(`${OUT}/`) }
}

let made: Declarations | undefined
export const declarations = (): Declarations => {
  made ??= read()
  return made
}

/** The declaration of an exported name, through any number of `export { … } from`. */
export const targetOf = (checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol =>
  (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol)
