// Why this exists: for rooms whose tests have state, Stryker runs one process per mutant. See `run.mjs`.
import process, { env } from 'node:process'
import { strykerPlugins as vitestPlugins } from '@stryker-mutator/vitest-runner'
import { choice, ROOMS, SLOW, sampled, testsOf, textsForPeople } from './rooms.mjs'

const room = env['ROOM'] ?? ''
const isPart = choice.size > 0 || choice.only !== '' || choice.isOwn || choice.tests.length > 0
const include = choice.tests.length > 0 ? choice.tests : testsOf(ROOMS[room]).map((folder) => `${folder}/**/*.test.ts`)
// Read by the test configuration, in this process and in those of the runners.
env['MUTATION_TESTS'] = JSON.stringify({ include, exclude: SLOW })

export default {
  mutate: [`${ROOMS[room].mutate}/**/*.ts`],
  testRunner: 'vitest-strict',
  plugins: ['@stryker-mutator/vitest-runner', import.meta.url],
  ignorers: ['texts-for-people'],
  checkers: isPart ? ['seeded-sample'] : [],
  vitest: { configFile: 'tests/mutation/vitest.config.ts' },
  coverageAnalysis: 'perTest',
  // Mutants reached only while modules are loaded (schemas, tables) would need every test.
  ignoreStatic: true,
  // Mutants outside a sample were not tested, so their results must not be reused.
  incremental: !isPart,
  incrementalFile: `.stryker-tmp/incremental-${room}.json`,
  ignorePatterns: ['.ci', '.stryker-tmp', 'bench', 'dist', 'examples', 'schemas'],
  concurrency: Number(env['CONCURRENCY'] ?? 2),
  // Long, because a busy machine is not an endless loop; most of those are found by the hit limit. `run.mjs` prints the mutants that timed out.
  timeoutMS: 120_000,
  timeoutFactor: 5,
  dryRunTimeoutMinutes: 30,
  reporters: ['progress-append-only', 'clear-text', 'json', 'survivors'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportMutants: false },
  jsonReporter: { fileName: `.stryker-tmp/mutation-${room}.json` },
  tempDirName: '.stryker-tmp',
}

/**
 * Reports mutants outside the sample as compile errors, which Stryker does not count in the score. Stryker passes all mutants at once to one
 * checker.
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
 * Reports a file as failed if its `beforeAll` fails or it cannot be loaded. It then has only skipped tests or none, which Stryker's runner
 * counts as success: a mutant that breaks everything would survive.
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

/** Prints each survivor at once, because a room takes long. */
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
