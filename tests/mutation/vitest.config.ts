// Why this exists: thousands of mutants run against the tests of their room, which `stryker.config.mjs` lists.
import { env } from 'node:process'
import { mergeConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import everything from '../vitest.config.ts'

const { include, exclude } = JSON.parse(env['MUTATION_TESTS'] ?? '{}') as { readonly include: string[]; readonly exclude: string[] }
const folders = include.map((pattern) => pattern.replace(/\*.*$/, ''))

/** Runs the tests of the room itself first, and those of the cost of a call last, because the first failing test ends a mutant. */
class OwnFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isOfCost = ({ moduleId }: TestSpecification): number => Number(moduleId.includes('/cost-'))
    const folderOf = ({ moduleId }: TestSpecification): number => folders.findIndex((folder) => moduleId.includes(folder))
    return (await super.sort(files)).sort((a, b) => isOfCost(a) - isOfCost(b) || folderOf(a) - folderOf(b))
  }
}

export default mergeConfig(
  { ...everything, test: { ...everything.test, include: [] } },
  // One worker per mutant, with modules loaded once, because loading takes most of the time. The timeout is long, because a test that a busy
  // machine slows down has not detected the mutant.
  { test: { include, exclude, isolate: false, maxWorkers: 1, testTimeout: 180_000, sequence: { sequencer: OwnFirst } } },
)
