// Why this exists: lines that are covered are not yet lines that are proved. `npm run mutation` changes the source of the rooms that
// judge, one place at a time, and counts the changes that no test notices. One room by the tests of that room alone, much the quicker
// and never the kinder: `ROOM=trust npm run mutation`. Some files: `npm run mutation -- --mutate 'src/trust/walk.ts'`.
import { env } from 'node:process'
import { strykerPlugins as vitestPlugins } from '@stryker-mutator/vitest-runner'

const room = env['ROOM']

export default {
  mutate: [`src/${room ?? '{envelope,recognition,status,trust,verify}'}/**/*.ts`],
  testRunner: 'vitest-strict',
  plugins: ['@stryker-mutator/vitest-runner', import.meta.url],
  ignorers: ['texts-for-people'],
  vitest: { configFile: 'tests/mutation.config.ts' },
  coverageAnalysis: 'perTest',
  // What only the loading of a module runs (schemas, tables of rows) would need every test for every mutant.
  ignoreStatic: true,
  incremental: true,
  incrementalFile: `.stryker-tmp/incremental-${room ?? 'all'}.json`,
  ignorePatterns: ['.ci', '.stryker-tmp', 'bench', 'dist', 'examples', 'schemas'],
  concurrency: 2,
  // A busy machine is not a dead loop; those are mostly found by counting anyway.
  timeoutMS: 60_000,
  reporters: ['progress-append-only', 'clear-text', 'json', 'event-recorder'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: `.stryker-tmp/mutation-${room ?? 'all'}.json` },
  eventReporter: { baseDir: `.stryker-tmp/events-${room}` },
  tempDirName: '.stryker-tmp',
}

/**
 * What `about` says of a schema, in two languages, with its clause, is text for people. It decides nothing; emptied one by one, a
 * thousand of them would say nothing of the rules.
 */
const isDescription = (path) =>
  path.isStringLiteral() && path.parent.type === 'CallExpression' && path.parent.callee.name === 'about' && path.listKey === 'arguments'

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

export const strykerPlugins = [
  { kind: 'TestRunner', name: 'vitest-strict', factory: strictRunner },
  {
    kind: 'Ignore',
    name: 'texts-for-people',
    value: { shouldIgnore: (path) => (isDescription(path) ? 'a description for people' : undefined) },
  },
]
