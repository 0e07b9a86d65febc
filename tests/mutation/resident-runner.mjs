// Why this exists: see `resident.config.mjs`. The tests run once without a mutant, to record which mutants each test and each `beforeAll`
// reaches. Then each mutant is activated, and the tests that reach it run, with their hooks, until one fails.
import { setMaxListeners } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { env } from 'node:process'
import { setImmediate } from 'node:timers/promises'
import { TestRunner } from 'vitest'
import { choice, SLOW_TESTS, sampled } from './rooms.mjs'
import { startWatchdog } from './watchdog.mjs'

// Each run of a test adds a listener for its end.
setMaxListeners(0)

/** The switchboard of the instrumented source. */
const board = {}
globalThis.__stryker__ = board

const testsOf = (task) => (task.type === 'suite' ? task.tasks.flatMap(testsOf) : [task])
/** A mutant that takes longer is printed: its tests wait for what never arrives, or nearly all tests of the room reach it. */
const SLOW_SECONDS = 20
/** Maximum number of hits of a mutant; more mean an endless loop. */
const hitLimit = (hits) => 1000 + 100 * hits

/** The hooks of a suite and of those around it, from the outermost. */
const hooksAround = (suite, name) =>
  suite === undefined ? [] : [...hooksAround(suite.suite ?? (suite.file === suite ? undefined : suite.file), name), ...hooksOf(suite, name)]
const hooksOf = (suite, name) => TestRunner.getSuiteHooks(suite)?.[name] ?? []

/** Runs hooks and returns their clean-up functions. */
async function begin(hooks, ...given) {
  const ends = []
  for (const hook of hooks) ends.push(await hook(...given))
  return ends.filter((end) => typeof end === 'function')
}

/** `reach` is called with the id of the suite or test that runs, and with `undefined` in between. */
async function runTest(test, reach) {
  const suite = test.suite ?? test.file
  const start = performance.now()
  reach(test.id)
  try {
    const ends = await begin(hooksAround(suite, 'beforeEach'), test.context, suite)
    try {
      await TestRunner.getTestFn(test)()
    } finally {
      for (const hook of hooksAround(suite, 'afterEach').reverse()) await hook(test.context, suite)
      for (const end of ends.reverse()) await end()
    }
    return undefined
  } catch (error) {
    return { test, error }
  } finally {
    reach(undefined)
    test.duration = performance.now() - start
  }
}

/** Runs the wanted tests of a suite in their order, until one fails; returns that one, or the suite whose preparation failed. */
async function runSuite(suite, isWanted, reach) {
  const start = performance.now()
  let ends = []
  let failed
  try {
    reach(suite.id)
    ends = await begin(hooksOf(suite, 'beforeAll'), suite)
    reach(undefined)
    suite.duration = performance.now() - start
    for (const task of suite.tasks) {
      if (!testsOf(task).some(isWanted)) continue
      failed = task.type === 'suite' ? await runSuite(task, isWanted, reach) : await runTest(task, reach)
      if (failed !== undefined) break
    }
  } catch (error) {
    failed = { test: suite, error }
  } finally {
    reach(undefined)
  }
  try {
    for (const hook of [...hooksOf(suite, 'afterAll')].reverse()) await hook(suite)
    for (const end of ends.reverse()) await end()
  } catch (error) {
    failed ??= { test: suite, error }
  }
  return failed
}

export default class ResidentRunner extends TestRunner {
  /** Mutants that are reached only while modules are loaded. */
  loading = {}
  /** Suites whose tests depend on those before them. */
  whole = new Set()
  /** Tests that sometimes fail without a mutant, for example on a busy machine: their failures prove nothing. */
  unsteady = new Set()

  /** Called when Vitest has loaded the tests; runs all of them. */
  onCollected(files) {
    this.loading = { ...board.mutantCoverage.static }
    this.tests = files.flatMap(testsOf).filter(({ name, mode }) => !SLOW_TESTS.includes(name) && mode === 'run')
    for (const test of files.flatMap(testsOf)) test.mode = 'skip'
  }

  async onAfterRunFiles(files) {
    const { tests } = this
    if (tests.length === 0) throw new Error('the room has no tests')
    startWatchdog()
    const room = env['ROOM']
    const { sources, mutants } = JSON.parse(readFileSync(`.stryker-tmp/mutants-${room}.json`, 'utf8'))
    const isTest = new Set(tests)
    const perTask = await this.#reached(files, (test) => isTest.has(test) && !this.unsteady.has(test))
    const reaches = (task, { id }) => perTask[task.id]?.[id] !== undefined || (task.suite !== undefined && reaches(task.suite, { id }))
    const reaching = (mutant) => tests.filter((test) => reaches(test, mutant))
    // Mutants reached only while modules are loaded, such as tables, would require loading the modules for each.
    const isTried = (mutant) => mutant.status !== 'Ignored' && (this.loading[mutant.id] === undefined || reaching(mutant).length > 0)
    const tried = sampled(mutants.filter(isTried), choice)
    const hits = ({ id }) => Object.values(perTask).reduce((sum, counts) => Math.max(sum, counts[id] ?? 0), 0)
    for (const [at, mutant] of tried.entries()) {
      const start = performance.now()
      Object.assign(mutant, await this.#tryOne(mutant, reaching(mutant), hits(mutant)))
      const seconds = Math.round((performance.now() - start) / 1000)
      if (seconds >= SLOW_SECONDS) process.stdout.write(`${seconds} s: ${describe(mutant)}\n`)
      if (at % 20 === 0) process.stdout.write(`${at} of ${tried.length}\n`)
      if (mutant.status !== 'Killed') process.stdout.write(`${mutant.status}: ${describe(mutant)}\n`)
      await setImmediate()
    }
    const report = sources.map(({ name, content }) => [
      name.slice(name.lastIndexOf('/src/') + 1),
      { source: content, mutants: tried.filter(({ fileName }) => fileName === name).map(oneBased) },
    ])
    writeFileSync(`.stryker-tmp/mutation-${room}.json`, JSON.stringify({ files: Object.fromEntries(report) }))
    super.onAfterRunFiles(files)
  }

  /** How often each suite and each test reaches each mutant. */
  async #reached(files, isWanted) {
    const coverage = board.mutantCoverage
    coverage.perTest = {}
    const reach = (id) => Object.assign(board, { currentTestId: id })
    for (const file of files.flatMap(({ tasks }) => tasks)) {
      while (testsOf(file).some(isWanted)) {
        const failed = await runSuite(file, isWanted, reach)
        if (failed === undefined) break
        this.#leaveOut(failed)
      }
    }
    const reached = coverage.perTest
    coverage.perTest = {}
    return reached
  }

  #leaveOut({ test, error }) {
    process.stdout.write(`Left out, since it fails without a mutant: ${test.name}: ${error?.message ?? error}\n`)
    for (const one of testsOf(test)) this.unsteady.add(one)
  }

  async #tryOne(mutant, tests, hits) {
    for (const [file, some] of byFile(tests)) {
      const failed = await this.#tryFile(mutant, file, some, hits)
      if (failed !== undefined)
        return { status: 'Killed', statusReason: String(failed.error?.message ?? failed.error), killedBy: [failed.test.name] }
    }
    return { status: tests.length === 0 ? 'NoCoverage' : 'Survived' }
  }

  /**
   * Finds the test that detects the mutant: it fails with it, passes without it, and fails with it again. This excludes failures caused by
   * state that a mutant left in the process, or by a busy machine.
   */
  async #tryFile(mutant, file, some, hits) {
    const isWanted = (test) => (this.whole.has(file) || some.has(test)) && !this.unsteady.has(test)
    const run = async (of, id) => {
      Object.assign(board, { activeMutant: id, hitCount: 0, hitLimit: hitLimit(hits) })
      const failed = await runSuite(file, of, () => undefined)
      board.activeMutant = undefined
      return failed
    }
    while (testsOf(file).some(isWanted)) {
      const failed = await run(isWanted, mutant.id)
      if (failed === undefined) break
      const until = new Set(upTo(testsOf(file).filter(isWanted), failed.test))
      const without = await run((test) => until.has(test))
      if (without === undefined) {
        // Do not repeat a test that ended by timeout; the report lists these mutants.
        if (isByClock(failed) || (await run((test) => until.has(test), mutant.id)) !== undefined) return failed
        this.#leaveOut(failed)
      } else if (this.whole.has(file)) this.#leaveOut(without)
      else this.whole.add(file)
    }
    return undefined
  }
}

const isByClock = ({ error }) => /timed out in \d+ms/.test(error?.message)

/** The tests up to this one; all if it is a suite. */
const upTo = (tests, test) => (tests.includes(test) ? tests.slice(0, tests.indexOf(test) + 1) : tests)

/** The suite of the file of a test, which `room.mjs` creates. */
const fileOf = (test) => (test.suite === undefined || test.suite.suite === undefined ? test.suite : fileOf(test.suite))

/** Tests by file, fastest files first. */
function byFile(tests) {
  const files = new Map()
  for (const test of tests) files.set(fileOf(test), (files.get(fileOf(test)) ?? new Set()).add(test))
  const cost = ([file, some]) => file.duration + [...some].reduce((sum, { duration }) => sum + duration, 0)
  return [...files].sort((a, b) => cost(a) - cost(b))
}

/** Describes a survivor, which is printed at once, because a room takes long. */
const describe = ({ fileName, location: { start }, replacement }) =>
  `${fileName.slice(fileName.lastIndexOf('/src/') + 1)}:${start.line + 1}:${start.column + 1} → ${replacement}`

/** Lines and columns from one, as in editors and in the report of Stryker. */
const oneBased = ({ location: { start, end }, ...mutant }) => ({
  ...mutant,
  location: { start: { line: start.line + 1, column: start.column + 1 }, end: { line: end.line + 1, column: end.column + 1 } },
})
