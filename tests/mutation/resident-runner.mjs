// Why this exists: see `resident.config.mjs`. The tests run once with no mutant, to see which mutants each of them reaches; then each
// mutant is switched on, and the tests that reach it run until one fails.
import { setMaxListeners } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { env } from 'node:process'
import { setImmediate } from 'node:timers/promises'
import { TestRunner } from 'vitest'
import { choice, SLOW_TESTS, sampled } from './rooms.mjs'

// Each run of a test listens for its end.
setMaxListeners(0)

/** The switchboard of the instrumented source. */
const board = {}
globalThis.__stryker__ = board

const testsOf = (task) => (task.type === 'suite' ? task.tasks.flatMap(testsOf) : [task])
/** A loop that a mutant makes endless runs its own line more often than this. */
const hitLimit = (hits) => 1000 + 100 * hits

async function failure(test) {
  try {
    await TestRunner.getTestFn(test)()
    return undefined
  } catch (error) {
    return error
  }
}

export default class ResidentRunner extends TestRunner {
  onBeforeTryTask(test) {
    super.onBeforeTryTask(test)
    board.currentTestId = test.id
  }

  onAfterTryTask(test) {
    board.currentTestId = undefined
    super.onAfterTryTask(test)
  }

  async onAfterRunFiles(files) {
    const tests = files.flatMap(testsOf).filter(({ name }) => !SLOW_TESTS.includes(name))
    const failed = tests.find(({ result }) => result?.state !== 'pass')
    if (failed !== undefined || tests.length === 0) throw new Error(`without a mutant a test fails: ${failed?.name}`)
    const room = env['ROOM']
    const { sources, mutants } = JSON.parse(readFileSync(`.stryker-tmp/mutants-${room}.json`, 'utf8'))
    const { perTest, static: loading } = board.mutantCoverage
    board.mutantCoverage = { perTest: {}, static: {} }
    const reaching = ({ id }) =>
      tests.filter((test) => perTest[test.id]?.[id] !== undefined).sort((a, b) => a.result.duration - b.result.duration)
    // What only the loading of a module runs (tables of rows) would need the modules loaded for every mutant.
    const isTried = (mutant) => mutant.status !== 'Ignored' && (loading[mutant.id] === undefined || reaching(mutant).length > 0)
    const tried = sampled(mutants.filter(isTried), choice)
    for (const [at, mutant] of tried.entries()) {
      mutant.status = await this.#tryOne(mutant, reaching(mutant), perTest)
      if (at % 100 === 0) process.stdout.write(`${at} of ${tried.length}\n`)
      if (mutant.status !== 'Killed') process.stdout.write(`${describe(mutant)}\n`)
      await setImmediate()
    }
    const report = sources.map(({ name, content }) => [
      name.slice(name.lastIndexOf('/src/') + 1),
      { source: content, mutants: tried.filter(({ fileName }) => fileName === name).map(oneBased) },
    ])
    writeFileSync(`.stryker-tmp/mutation-${room}.json`, JSON.stringify({ files: Object.fromEntries(report) }))
    super.onAfterRunFiles(files)
  }

  async #tryOne({ id }, tests, perTest) {
    if (tests.length === 0) return 'NoCoverage'
    for (const test of tests) {
      Object.assign(board, { activeMutant: id, hitCount: 0, hitLimit: hitLimit(perTest[test.id][id]) })
      const error = await failure(test)
      board.activeMutant = undefined
      if (error === undefined) continue
      // What a mutant leaves behind in the process would be held against the next ones.
      const after = await failure(test)
      if (after !== undefined) throw new Error(`after mutant ${id} the test “${test.name}” fails without it`, { cause: after })
      return 'Killed'
    }
    return 'Survived'
  }
}

/** What survives is printed at once: a whole room takes a while. */
const describe = ({ fileName, location: { start }, replacement }) =>
  `${fileName.slice(fileName.lastIndexOf('/src/') + 1)}:${start.line + 1}:${start.column + 1} → ${replacement}`

/** Lines and columns as people and Stryker’s report count them. */
const oneBased = ({ location: { start, end }, ...mutant }) => ({
  ...mutant,
  location: { start: { line: start.line + 1, column: start.column + 1 }, end: { line: end.line + 1, column: end.column + 1 } },
})
