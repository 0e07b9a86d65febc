// Why this exists: a folder that imports sideways or upwards makes the whole house one knot, one convenient import at a time.
// The ranks are the architecture, and this test enforces them.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const SOURCE = resolve(import.meta.dirname, '../src')
const RANKS: Readonly<Record<string, number>> = {
  base: 0,
  catalogue: 1,
  envelope: 1,
  records: 2,
  comparison: 2,
  trust: 2,
  log: 2,
  archive: 2,
  // Opens the zip of a workbook as archive opens one.
  spreadsheet: 3,
  conformance: 3,
  recognition: 3,
  // A newer record displaces another only where it conforms, so status ranks above the rules.
  status: 4,
  verify: 5,
  dcc: 5,
  joint: 5,
  label: 6,
  certificate: 7,
  report: 6,
  testing: 6,
  ledger: 6,
  contract: 6,
  client: 7,
  node: 7,
  // Judges labels too.
  threads: 7,
  sync: 8,
  stores: 8,
  server: 9,
  page: 10,
  cli: 10,
}
/** Third-party packages and the only files that may import them. */
const HOMES: Readonly<Record<string, RegExp>> = {
  // Signatures in the envelope, encryption in rounds.
  jose: /^(envelope|joint\/round)\//,
  ky: /^client\/transport\.ts$/,
  hono: /^server\/server\.ts$/,
  'zod-openapi': /^server\/openapi\.ts$/,
  ulid: /^(joint|records|status)\//,
  '@noble/hashes/sha2.js': /^(base\/native|envelope\/algorithms\/ed25519-arithmetic)\.ts$/,
  '@noble/curves/nist.js': /^envelope\/algorithms\/es256-arithmetic\.ts$/,
  '@noble/curves/ed25519.js': /^envelope\/algorithms\/ed25519-arithmetic\.ts$/,
  'date-fns/formatDistanceStrict': /^cli\/calendar\.ts$/,
  'date-fns/locale/en-US': /^cli\/calendar\.ts$/,
  'date-fns/locale/zh-CN': /^cli\/calendar\.ts$/,
  '@hono/node-server': /^cli\/listen\.ts$/,
  'lit-html': /^page\//,
  'zxing-wasm/reader': /^page\/scan\/decoder\.ts$/,
  'zxing-wasm/reader/zxing_reader.wasm': /^page\/scan\/decoder\.ts$/,
  fflate: /^page\/(archives|scan\/embedded)\.ts$/,
  libsql: /^stores\//,
  pg: /^stores\//,
  '@noble/curves/abstract/weierstrass.js': /^envelope\/algorithms\/sm2-arithmetic\.ts$/,
  '@noble/curves/utils.js': /^envelope\/algorithms\/sm2-arithmetic\.ts$/,
  pdfkit: /^certificate\/pdf\//,
  cborg: /^label\/pack\.ts$/,
  'lean-qr': /^label\/code\.ts$/,
  'lean-qr/extras/svg': /^label\/code\.ts$/,
  '@noble/curves/abstract/der.js': /^envelope\/raw-signature\.ts$/,
}
const NODE_ONLY = /^(cli|stores|threads)\/|\.node\.ts$/
/** Doors: of a room, of its texts, of what it shows the rooms above it and not callers, and of the package. */
const DOOR =
  /^\w+\/(\w+\/)?index\.ts$|^\w+\/(\w+\/)?([a-z-]+-)?messages\.ts$|^(archive|certificate|client|conformance|joint|label|node|recognition|records|status|threads|trust|verify)\/inside\.ts$|^errors\.ts$/

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
const imports = files.flatMap((file) => {
  const text = readFileSync(join(SOURCE, file), 'utf8').replace(/^ \*.*$/gm, '') // Examples in docstrings import as users do.
  const found = [...text.matchAll(/^(?:import|export)\s(?:[^'"]*?\sfrom\s)?'([^']+)'/gm), ...text.matchAll(/\bimport\('([^']+)'\)/g)]
  return found.map((match) => ({ file, line: match[0], target: match[1] as string }))
})
/** Without comments and texts for people, which may name anything. */
const codeOf = (file: string): string =>
  readFileSync(join(SOURCE, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
    .replace(/\b(?:zh|en): (['"`])(?:\\.|(?!\1).)*\1/g, '')
const room = (file: string): string => file.split('/')[0] as string
const targetOf = (file: string, target: string): string => relative(SOURCE, resolve(SOURCE, dirname(file), target)).replace(/\.js$/, '.ts')

describe('architecture', () => {
  it('has a rank for every folder', () => {
    const folders = new Set(files.filter((file) => file.includes('/')).map(room))
    expect([...folders].filter((folder) => RANKS[folder] === undefined)).toEqual([])
    expect(imports.length).toBeGreaterThan(300)
  })

  it('imports only lower ranks across folders, never a sibling', () => {
    const wrong = imports
      .filter(({ file, target }) => target.startsWith('.') && file.includes('/'))
      .map(({ file, target }) => ({ file, to: targetOf(file, target) }))
      .filter(({ file, to }) => room(file) !== room(to) && to.includes('/') && (RANKS[room(to)] as number) >= (RANKS[room(file)] as number))
    expect(wrong).toEqual([])
  })

  it('has rooms whose subjects stand in order inside', () => {
    // Folder by folder: which others it may import. The verdict knows neither of what is made of verdicts.
    const MAY: Readonly<Record<string, readonly string[]>> = {
      'verify/verdict': [],
      'verify/standing': ['verify/verdict'],
      'verify/evidence': ['verify/verdict'],
      'records/kinds': ['records'],
      'joint/kinds': ['joint'],
      'envelope/algorithms': ['envelope'],
      'cli/check': ['cli'],
      'cli/trust': ['cli'],
      'cli/ledger': ['cli', 'cli/trust'],
      'cli/duplicates': ['cli'],
      'cli/joint': ['cli', 'cli/check'],
      'cli/round': ['cli', 'cli/joint'],
      'cli/supervise': ['cli', 'cli/joint'],
    }
    const folder = (file: string): string => dirname(file)
    const wrong = imports
      .filter(({ file, target }) => target.startsWith('.') && MAY[folder(file)] !== undefined)
      .map(({ file, target }) => ({ file, to: targetOf(file, target) }))
      .filter(({ file, to }) => room(file) === room(to) && folder(to) !== folder(file) && !MAY[folder(file)]?.includes(folder(to)))
    expect(wrong).toEqual([])
    const loose = files.filter((file) => /^verify\/[^/]+$/.test(file) && !/^verify\/(index|inside)\.ts$/.test(file))
    expect(loose).toEqual([])
    expect(Object.keys(MAY).filter((name) => !files.some((file) => folder(file) === name))).toEqual([])
  })

  it('enters another folder by its door only', () => {
    const wrong = imports
      .filter(({ file, target }) => target.startsWith('.') && file.includes('/') && room(file) !== 'base')
      .map(({ file, target }) => ({ file, to: targetOf(file, target) }))
      .filter(({ file, to }) => room(file) !== room(to) && room(to) !== 'base' && !DOOR.test(to))
    expect(wrong).toEqual([])
  })

  it('has the tools for texts in base, and the texts in the rooms; base names the union of their codes as a type only', () => {
    const above = imports.filter(({ file, target }) => room(file) === 'base' && target.startsWith('../'))
    expect(above.map(({ file, line }) => [file, line])).toEqual([
      ['base/message.ts', "import type { Code, ParamOf, RowId } from '../errors.js'"],
    ])
    expect(files.filter((file) => file.startsWith('base/') && file.endsWith('messages.ts'))).toEqual(['base/messages.ts'])
    const ofRooms =
      /\b(?:statement|verdict|certificate|agreement|trust list|status list|laborator|specification|metrolog)|签名记录|判定|证书|协议|信任列表|状态表|检定|校准/i
    expect(readFileSync(join(SOURCE, 'base/messages.ts'), 'utf8')).not.toMatch(ofRooms)
  })

  it('keeps node: modules to the edge', () => {
    expect(imports.filter(({ file, target }) => target.startsWith('node:') && !NODE_ONLY.test(file))).toEqual([])
  })

  it('keeps each third-party package in its one place', () => {
    const wrong = imports.filter(({ file, target }) => {
      if (target.startsWith('.') || target.startsWith('node:') || target.startsWith('#') || target === 'zod/mini') return false
      const home = HOMES[target]
      return home === undefined || !home.test(file)
    })
    expect(wrong).toEqual([])
  })

  it('imports zod/mini as a namespace: zod itself adds 17 kB brotli to a page, its named import 70 kB', () => {
    const zod = imports.filter(({ target }) => /^zod(?:$|\/)/.test(target))
    expect(zod.length).toBeGreaterThan(5)
    expect(zod.filter(({ line }) => !/^import (type )?\* as z from 'zod\/mini'$/.test(line))).toEqual([])
  })

  it('has no network below the client', () => {
    const below = files.filter((file) => (RANKS[room(file)] ?? 10) < 6)
    const wrong = below.filter((file) =>
      /\bfetch\(|XMLHttpRequest|WebSocket|EventSource|node:(net|http|https|tls|dgram)/.test(readFileSync(join(SOURCE, file), 'utf8')),
    )
    expect(below.length).toBeGreaterThan(40)
    expect(wrong).toEqual([])
  })

  it('reads no clock, no randomness and no console below the edge', () => {
    // A client needs a default clock, a signer a nonce, a statement a name. Each is an argument with a safe default.
    const allowed = new Set(['base/random.ts', 'client/transport.ts'])
    const wrong = files
      .filter((file) => !/^(?:cli|page)\//.test(file) && !allowed.has(file))
      .filter((file) => /Date\.now\(\)|new Date\(\)|Math\.random|getRandomValues|console\./.test(readFileSync(join(SOURCE, file), 'utf8')))
    expect(wrong).toEqual([])
  })

  it('writes to standard output and standard error through one function, which escapes hidden characters', () => {
    const door = 'cli/terminal.ts'
    const writing = /\bconsole\b\s*[.[]|\bstd(?:out|err)\b|process\.(?:emitWarning|_rawDebug)|\/dev\/(?:tty|std)|writeSync\(/
    const wrong = files
      .filter((file) => file !== door)
      .filter((file) => writing.test(readFileSync(join(SOURCE, file), 'utf8').replace(/^\s*(?:\/\/|\/?\*).*$/gm, '')))
    expect(wrong).toEqual([])
    expect(readFileSync(join(SOURCE, door), 'utf8')).toMatch(writing)
  })

  it('names the algorithms in their own files: elsewhere a list of them derives from that one', () => {
    const names = /(['"`|])(ES256|EdDSA|Ed25519|SGD_SM3_SM2|SM2|P-256|SM2-P-256)(?=['"`|])/g
    const own = files.filter((file) => file.startsWith('envelope/algorithms/'))
    const namedIn = (file: string): Set<string> => new Set([...codeOf(file).matchAll(names)].map(([, , name]) => name as string))
    // A file may require one, as C2SP requires Ed25519; one that has two is a list.
    const lists = files.filter((file) => !own.includes(file) && file !== 'records/types.ts' && namedIn(file).size > 1)
    expect(lists).toEqual([])
    expect(own.filter((file) => namedIn(file).size > 1).length).toBeGreaterThan(1)
    const list = codeOf('envelope/algorithms/index.ts')
    const defined = own.filter((file) => /^export const \w+ = defineAlgorithm\(/m.test(codeOf(file)))
    expect(defined.length).toBeGreaterThan(2)
    expect([...list.matchAll(/^import \{ \w+ \} from '\.\/(\w+)\.js'/gm)].map(([, name]) => `envelope/algorithms/${name}.ts`)).toEqual(
      defined.sort(),
    )
  })

  it('states what is true of a kind in the file of the kind: elsewhere a list of kinds derives from those', () => {
    const own = files
      .filter((file) => /^records\/kinds\/(?!index|kind\.|list)/.test(file))
      .map((file) => file.slice('records/kinds/'.length, -'.ts'.length))
    expect(own.length).toBeGreaterThan(5)
    const list = codeOf('records/kinds/list.ts')
    expect([...list.matchAll(/^import \{ \w+ \} from '\.\/([a-z-]+)\.js'/gm)].map(([, name]) => name).sort()).toEqual([...own].sort())
    // A rule is about the kinds whose members it reads, up to three; what is required of every kind is stated in the kind.
    const namedIn = (text: string): number => own.filter((kind) => text.includes(`'${kind}'`)).length
    const lists = files
      .filter((file) => !/^(records\/kinds|testing)\/|^records\/types\.ts$/.test(file))
      .flatMap((file) =>
        codeOf(file)
          .split(/^(?=(?:export |async )*(?:const|function|interface|type|class)\b)/m)
          .map((text) => ({ file, text })),
      )
      .filter(({ text }) => namedIn(text) > 3)
    expect(lists.map(({ file, text }) => `${file}: ${text.split('\n')[0]}`)).toEqual([])
  })

  it('imports nothing that is generated where it is generated from', () => {
    const generated = 'records/types.ts'
    const importsOf = (file: string): readonly string[] =>
      imports
        .filter((each) => each.file === file && each.target.startsWith('.'))
        .map(({ target }) => targetOf(file, target))
        // The union of all codes, which base names as a type: it imports the texts of every room.
        .filter((target) => target !== 'errors.ts')
    const sources = new Set([...importsOf(generated), 'records/json-schema.ts'])
    for (const file of sources) for (const target of importsOf(file)) sources.add(target)
    expect(sources.size).toBeGreaterThan(15)
    expect(sources).not.toContain(generated)
  })

  it('has no file that is two things', () => {
    const long = files
      .map((file) => ({ file, lines: readFileSync(join(SOURCE, file), 'utf8').trimEnd().split('\n').length }))
      .filter(({ file, lines }) => lines > 350 && file !== 'records/types.ts')
    expect(long).toEqual([])
  })

  it('has no function that is two things', () => {
    /** Their lines are data: a document, and statements of SQL. */
    const data = new Set([
      'testing/authorities.ts agreementPayload',
      'stores/postgres/migrations.ts log',
      'stores/sqlite/migrations.ts log',
    ])
    const long = files.flatMap((file) => longFunctions(file, 60)).filter((name) => !data.has(name))
    expect(long).toEqual([])
    expect(longFunctions('testing/authorities.ts', 60)).toContain('testing/authorities.ts agreementPayload')
  })
})

/** Functions of a file that have more lines than `most`, by file and name. */
function longFunctions(file: string, most: number): string[] {
  const source = ts.createSourceFile(file, readFileSync(join(SOURCE, file), 'utf8'), ts.ScriptTarget.Latest, true)
  const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && lineOf(node.end) - lineOf(node.getStart()) >= most)
      found.push(`${file} ${(node.name ?? (node.parent as Partial<ts.VariableDeclaration>).name)?.getText() ?? 'a function'}`)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}
