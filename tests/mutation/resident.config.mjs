// Why this exists: loading zod and the source takes seconds, and running the tests of a mutant takes milliseconds. Stryker's instrumenter
// compiles all mutants of a room at once, and `resident-runner.mjs` activates one after another.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { env } from 'node:process'
import { fileURLToPath } from 'node:url'
import { Instrumenter } from '@stryker-mutator/instrumenter'
import { mergeConfig } from 'vitest/config'
import everything from '../vitest.config.ts'
import { isAskedFor, ROOMS, testsOf, textsForPeople } from './rooms.mjs'

const top = fileURLToPath(new URL('../..', import.meta.url))
const name = env['ROOM'] ?? ''
const { mutate } = ROOMS[name]
const tests = testsOf(ROOMS[name])
const filesOf = (folder, end) =>
  readdirSync(`${top}${folder}`, { recursive: true })
    .filter((file) => file.endsWith(end))
    .sort()
    .map((file) => `${folder}/${file}`)

const sources = filesOf(mutate, '.ts').map((file) => ({
  name: `${top}${file}`,
  mutate: true,
  content: readFileSync(`${top}${file}`, 'utf8'),
}))
const logger = { isDebugEnabled: () => false, debug() {}, info() {}, warn() {} }
const { files, mutants } = await new Instrumenter(logger).instrument(sources, {
  ignorers: [textsForPeople],
  plugins: null,
  excludedMutations: [],
})
const instrumented = new Map(files.map(({ name: file, content }) => [file, content]))
mkdirSync(`${top}.stryker-tmp`, { recursive: true })
// Remove the report of the previous run, so that a run that ends early has none.
rmSync(`${top}.stryker-tmp/mutation-${name}.json`, { force: true })
writeFileSync(`${top}.stryker-tmp/mutants-${name}.json`, JSON.stringify({ sources, mutants }))

export default mergeConfig(
  { ...everything, test: { ...everything.test, include: [] } },
  {
    plugins: [
      {
        name: 'mutants',
        enforce: 'pre',
        load: (id) => instrumented.get(id.split('?')[0]),
      },
      {
        name: 'tests-of-the-room',
        resolveId: (id) => (id === 'virtual:room-tests' ? `\0${id}` : undefined),
        load: (id) =>
          id === '\0virtual:room-tests'
            ? `import { describe } from 'vitest'\n${tests
                .flatMap((folder) => filesOf(folder, '.test.ts'))
                .filter(isAskedFor)
                .map((file) => `describe(${JSON.stringify(file)}, () => import(${JSON.stringify(top + file)}))`)
                .join('\n')}`
            : undefined,
      },
    ],
    test: {
      include: ['tests/mutation/room.mjs'],
      runner: `${top}tests/mutation/resident-runner.mjs`,
      maxWorkers: 1,
      reporters: ['dot'],
      // A test takes at most some seconds. What a mutant lets wait without end is ended sooner than in `npm test`.
      testTimeout: 45_000,
      hookTimeout: 45_000,
      expect: { poll: { timeout: 15_000 } },
      // A rejection that a mutant causes and nothing awaits must not end the other mutants.
      dangerouslyIgnoreUnhandledErrors: true,
    },
  },
)
