// Why this exists: rooms whose tests have state are mutated by Stryker whole, a process for each mutant. See `run.mjs`.
import process, { env } from 'node:process'
import { strykerPlugins as vitestPlugins } from '@stryker-mutator/vitest-runner'
import { choice, ROOMS, SLOW, sampled, testsOf, textsForPeople } from './rooms.mjs'

const room = env['ROOM'] ?? ''
const isPart = choice.size > 0 || choice.only !== '' || choice.isOwn || choice.tests.length > 0
const include = choice.tests.length > 0 ? choice.tests : testsOf(ROOMS[room]).map((folder) => `${folder}/**/*.test.ts`)
// The configuration of the tests, in this process and in those of the runners, reads it.
env['MUTATION_TESTS'] = JSON.stringify({ include, exclude: SLOW })

export default {
  mutate: [`${ROOMS[room].mutate}/**/*.ts`],
  testRunner: 'vitest-strict',
  plugins: ['@stryker-mutator/vitest-runner', import.meta.url],
  ignorers: ['texts-for-people'],
  checkers: isPart ? ['seeded-sample'] : [],
  vitest: { configFile: 'tests/mutation/vitest.config.ts' },
  coverageAnalysis: 'perTest',
  // What only the loading of a module runs (schemas, tables of rows) would need every test for every mutant.
  ignoreStatic: true,
  // What a sample left out was not tried, and is no result to use again.
  incremental: !isPart,
  incrementalFile: `.stryker-tmp/incremental-${room}.json`,
  ignorePatterns: ['.ci', '.stryker-tmp', 'bench', 'dist', 'examples', 'schemas'],
  concurrency: Number(env['CONCURRENCY'] ?? 2),
  // A busy machine is not an endless loop; those are mostly found by counting hits anyway. `run.mjs` prints what the clock alone ended.
  timeoutMS: 120_000,
  timeoutFactor: 5,
  dryRunTimeoutMinutes: 30,
  reporters: ['progress-append-only', 'clear-text', 'json', 'survivors'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportMutants: false },
  jsonReporter: { fileName: `.stryker-tmp/mutation-${room}.json` },
  tempDirName: '.stryker-tmp',
}

/**
 * What the sample left out is reported as an error of compilation: Stryker counts it in no score. It hands all mutants over at once,
 * to one checker.
 */
const seededSample = () => {
  let chosen
  return {
    init: async () => {},
    group: async (mutants) => {
      chosen = new Set(sampled(mutants, choice).map(({ id }) => id))
      return [mutants.map(({ id }) => id)]
    },
    check: async (mutants) =>
      Object.fromEntries(
        mutants.map(({ id }) => [id, chosen.has(id) ? { status: 'passed' } : { status: 'compileError', reason: 'not in the sample' }]),
      ),
  }
}

const FAILED = 1

/**
 * A file whose preparation fails, or that cannot be loaded, has only skipped tests or none, and Stryker's runner takes that for success:
 * a mutant that breaks everything would be said to survive. Here such a file has failed.
 */
const strictRunner = Object.assign(
  (injector) => {
    const runner = vitestPlugins[0].factory(injector)
    const run = runner.run.bind(runner)
    runner.run = async (options) => {
      const result = await run(options)
      const broken = runner.ctx.state.getFiles().find((file) => file.result?.state === 'fail')
      if (broken === undefined || result.tests === undefined || result.tests.some(({ status }) => status === FAILED)) return result
      const own = result.tests.find(({ fileName }) => fileName === broken.filepath) ?? {
        id: broken.name,
        name: broken.name,
        timeSpentMs: 0,
      }
      const failureMessage = broken.result.errors?.[0]?.message ?? 'the file failed'
      return { ...result, tests: [...result.tests.filter((test) => test !== own), { ...own, status: FAILED, failureMessage }] }
    }
    return runner
  },
  { inject: vitestPlugins[0].factory.inject },
)

/** A room takes a while: each survivor is printed at once. */
class SurvivorReporter {
  onMutantTested({ status, fileName, location: { start }, replacement }) {
    if (['Survived', 'NoCoverage', 'Timeout'].includes(status))
      process.stdout.write(`${status}: ${fileName.split('/src/').at(-1)}:${start.line}:${start.column} → ${replacement}\n`)
  }
}

export const strykerPlugins = [
  { kind: 'TestRunner', name: 'vitest-strict', factory: strictRunner },
  { kind: 'Checker', name: 'seeded-sample', factory: seededSample },
  { kind: 'Reporter', name: 'survivors', injectableClass: SurvivorReporter },
  { kind: 'Ignore', name: 'texts-for-people', value: textsForPeople },
]
