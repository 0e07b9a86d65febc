// Why this exists: docs/frameworks.md says what works under which framework. This builds a small application under each of them, from
// the packed package, and judges a statement in it. Downloads some 300 MB, so it stands outside `npm test`: `npm run frameworks [NAME…]`.
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../..')
const APPLICATIONS = join(import.meta.dirname, 'applications')
const READY_WITHIN = 60_000

/** The folder of an application, what it installs, its build, and how it is started. An application answers `GET /verdict`, or ends by itself. */
const FRAMEWORKS = {
  'nestjs-10': { application: 'nestjs', packages: nestjs(10), serve: ['node', 'main.js'] },
  'nestjs-11': { application: 'nestjs', packages: nestjs(11), serve: ['node', 'main.js'] },
  'jest-29': { application: 'jest', packages: ['jest@29'], run: ['npx', 'jest', '--testMatch', '**/*.test.mjs'], modules: true },
  'next-edge': {
    application: 'next-edge',
    packages: ['next@16', 'react@19', 'react-dom@19'],
    build: ['npx', 'next', 'build'],
    serve: ['npx', 'next', 'start'],
  },
}

function nestjs(major) {
  return [`@nestjs/common@${major}`, `@nestjs/core@${major}`, `@nestjs/platform-express@${major}`, 'reflect-metadata', 'rxjs@7']
}

const chosen = process.argv.slice(2)
const unknown = chosen.filter((name) => !(name in FRAMEWORKS))
if (unknown.length > 0) throw new Error(`no framework ${unknown.join(', ')}: choose from ${Object.keys(FRAMEWORKS).join(', ')}`)

const folder = mkdtempSync(join(tmpdir(), 'tongheng-frameworks-'))
let failed = 0
try {
  const tarball = pack()
  for (const name of chosen.length > 0 ? chosen : Object.keys(FRAMEWORKS)) {
    try {
      const versions = await tryOn(name, tarball)
      process.stdout.write(`${name}: judged a statement (${versions}, Node ${process.versions.node})\n`)
    } catch (error) {
      failed++
      process.stdout.write(`${name}: FAILED\n${[error.stdout, error.stderr, error.stack].filter(Boolean).join('\n')}\n`)
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = failed === 0 ? 0 : 1

function pack() {
  const output = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { cwd: ROOT, encoding: 'utf8' })
  return join(folder, JSON.parse(output)[0].filename)
}

async function tryOn(name, tarball) {
  const { application, packages, build, run, serve, modules } = FRAMEWORKS[name]
  const cwd = join(folder, name)
  cpSync(join(APPLICATIONS, application), cwd, { recursive: true })
  writeFileSync(join(cwd, 'package.json'), JSON.stringify({ name: 'user', private: true }))
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...(modules && { NODE_OPTIONS: '--experimental-vm-modules' }) }
  const execute = ([program, ...args]) => execFileSync(program, args, { cwd, env, encoding: 'utf8', stdio: 'pipe' })
  execute(['npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', tarball, ...packages])
  if (build !== undefined) execute(build)
  if (run !== undefined) execute(run)
  if (serve !== undefined) await expectVerdict(serve, { cwd, env })
  const [first] = packages
  const framework = first.slice(0, first.lastIndexOf('@'))
  return `${framework} ${JSON.parse(readFileSync(join(cwd, 'node_modules', framework, 'package.json'), 'utf8')).version}`
}

/** Starts a server, asks it for a verdict, and ends it with everything it started. */
async function expectVerdict([program, ...args], { cwd, env }) {
  const port = await freePort()
  const child = spawn(program, args, { cwd, env: { ...env, PORT: String(port) }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  try {
    const answer = await firstAnswer(`http://127.0.0.1:${port}/verdict`, child)
    const text = await answer.text()
    if (answer.status !== 200 || text !== 'recognised not-recognised') throw new Error(`answered ${answer.status} ${text}\n${output}`)
  } catch (error) {
    throw new Error(output, { cause: error })
  } finally {
    if (child.exitCode === null) process.kill(-child.pid)
  }
}

async function firstAnswer(url, child) {
  for (const until = Date.now() + READY_WITHIN; ; ) {
    try {
      return await fetch(url)
    } catch (error) {
      if (child.exitCode !== null || Date.now() > until) throw error
      await new Promise((done) => setTimeout(done, 200))
    }
  }
}

async function freePort() {
  const server = createServer()
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address()
  await new Promise((done) => server.close(done))
  return port
}
