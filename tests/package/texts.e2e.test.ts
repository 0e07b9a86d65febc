// Why this exists: a bundler drops what nothing refers to. A program that can find or throw a code must have the words of it, in every bundle.
import { resolve } from 'node:path'
import { type BuildOptions, build } from 'esbuild'
import { codes } from 'tongheng/errors'
import ts from 'typescript'
import { beforeAll, describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const SOURCE = resolve(ROOT, 'src')
const ROOMS = ['catalogue', 'envelope', 'records', 'comparison', 'trust', 'status', 'log', 'conformance', 'recognition', 'verify']
const NODES = ['contract', 'client', 'node', 'sync', 'server', 'stores/memory', 'stores/sqlite', 'stores/postgres', 'stores/files']

const common: BuildOptions & { readonly write: false } = {
  absWorkingDir: ROOT,
  bundle: true,
  write: false,
  format: 'esm',
  packages: 'external',
  charset: 'utf8',
  target: 'es2022',
  platform: 'node',
  logLevel: 'error',
  alias: { '#native': `${SOURCE}/base/native.ts`, '#signature': `${SOURCE}/envelope/signature.ts` },
  external: ['#sqlite-thread', '#native', 'libsql', 'pg'],
}

/** Bundles of each export alone, as in a program that uses nothing else: by room, then by export. One build, so that each file is parsed once. */
async function bundles(rooms: readonly string[]): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const doorOf = (room: string): string => `${SOURCE}/${room}/index.ts`
  const whole = await build({ ...common, entryPoints: rooms.map(doorOf), outdir: '/', metafile: true })
  const exported = new Map(
    Object.values(whole.metafile.outputs).map(({ entryPoint = '', exports }) => [resolve(ROOT, entryPoint), exports] as const),
  )
  const all = rooms.flatMap((room) => (exported.get(doorOf(room)) ?? []).map((name) => ({ room, name })))
  const { outputFiles } = await build({
    ...common,
    entryPoints: Object.fromEntries(all.map(({ room, name }, at) => [String(at), `only:${room} ${name}`])),
    outdir: '/',
    plugins: [
      {
        name: 'one export',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^only:/ }, ({ path }) => ({ path: path.slice(5), namespace: 'only' }))
          onLoad({ filter: /.*/, namespace: 'only' }, ({ path }) => {
            const [room = '', name] = path.split(' ')
            return { contents: `export { ${name} } from '${doorOf(room)}'`, resolveDir: SOURCE }
          })
        },
      },
    ],
  })
  const texts = new Map(outputFiles.map(({ path, text }) => [Number(path.slice(1, -3)), text]))
  return new Map(
    rooms.map((room) => {
      const own = all.flatMap(({ name, ...one }, at) => (one.room === room ? [[name, texts.get(at) as string] as const] : []))
      return [room, new Map(own)] as const
    }),
  )
}
/** Codes that a program uses as values, and codes whose texts it contains. */
interface Codes {
  readonly named: ReadonlySet<string>
  readonly worded: ReadonlySet<string>
}

/** Cache of parsed parts, because most bundles share the same parts. */
const parts = new Map<string, Codes>()
function codesIn(program: string): Codes {
  const found = program.split(/^(?=\/\/ \S+$)/m).map((part) => {
    const known = parts.get(part) ?? codesInPart(part)
    parts.set(part, known)
    return known
  })
  const together = (of: keyof Codes): ReadonlySet<string> => new Set(found.flatMap((one) => [...one[of]]))
  return { named: together('named'), worded: together('worded') }
}

function codesInPart(program: string): Codes {
  const named = new Set<string>()
  const worded = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && ts.isObjectLiteralExpression(node.initializer) && isWords(node.initializer)) {
      worded.add((node.name as ts.StringLiteral).text)
    }
    if (ts.isStringLiteral(node) && node.text.includes('.') && node.text in codes && isSaid(node)) named.add(node.text)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('program.js', program, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS))
  return { named, worded }
}
const isWords = ({ properties }: ts.ObjectLiteralExpression): boolean => properties.some((one) => one.name?.getText() === 'zh')
/** True unless a code is only compared with, or is the name of a member. */
const isSaid = ({ parent }: ts.StringLiteral): boolean =>
  !(ts.isPropertyAssignment(parent) && parent.name.getText().includes('.')) &&
  !ts.isCaseClause(parent) &&
  !(ts.isBinaryExpression(parent) && /[=!]==/.test(parent.operatorToken.getText())) &&
  !(ts.isCallExpression(parent) && parent.expression.getText() === 'isTonghengError')

describe('a program that uses one export', () => {
  let built: ReadonlyMap<string, ReadonlyMap<string, string>>
  beforeAll(async () => {
    built = await bundles([...ROOMS, ...NODES])
  })

  it.each([...ROOMS, ...NODES])('of %s has the texts of every code that it names', (room) => {
    const wanting: string[] = []
    const programs = built.get(room) as ReadonlyMap<string, string>
    expect(programs.size).toBeGreaterThan(0)
    for (const [name, text] of programs) {
      const { named, worded } = codesIn(text)
      for (const code of named) if (!worded.has(code)) wanting.push(`${name}: ${code}`)
    }
    expect(wanting).toEqual([])
  })
})
