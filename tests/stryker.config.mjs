// Why this exists: lines that are covered are not yet lines that are proved. `npm run mutation` changes the source of the rooms that
// judge, one place at a time, and counts the changes that no test notices. One room: `npm run mutation -- --mutate 'src/trust/**/*.ts'`.

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: ['src/{envelope,recognition,status,trust,verify}/**/*.ts'],
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner', import.meta.url],
  ignorers: ['texts-for-people'],
  vitest: { configFile: 'tests/mutation.config.ts' },
  coverageAnalysis: 'perTest',
  incremental: true,
  incrementalFile: '.stryker-tmp/incremental.json',
  ignorePatterns: ['.ci', '.stryker-tmp', 'bench', 'dist', 'examples', 'schemas'],
  concurrency: 2,
  reporters: ['progress-append-only', 'clear-text', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: '.stryker-tmp/mutation.json' },
  tempDirName: '.stryker-tmp',
}

/**
 * What `about` says of a schema, in two languages, with its clause, is text for people. JSON Schemas made from it are compared with
 * the committed ones by a test of their own; emptied one by one here, a thousand of them would say nothing of the rules.
 */
const isDescription = (path) =>
  path.isStringLiteral() && path.parent.type === 'CallExpression' && path.parent.callee.name === 'about' && path.listKey === 'arguments'

export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'texts-for-people',
    value: { shouldIgnore: (path) => (isDescription(path) ? 'a description for people' : undefined) },
  },
]
