// Why this exists: a mutant is run against the tests that bear on it, thousands of times; `stryker.config.mjs` lists them.
import { env } from 'node:process'
import { mergeConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import everything from '../vitest.config.ts'

const { include, exclude } = JSON.parse(env['MUTATION_TESTS'] ?? '{}') as { readonly include: string[]; readonly exclude: string[] }
const folders = include.map((pattern) => pattern.replace(/\*.*$/, ''))

/** The first test that fails ends a mutant: the tests of its own room run first, and those of the cost of a call last. */
class OwnFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isOfCost = ({ moduleId }: TestSpecification): number => Number(moduleId.includes('/cost-'))
    const folderOf = ({ moduleId }: TestSpecification): number => folders.findIndex((folder) => moduleId.includes(folder))
    return (await super.sort(files)).sort((a, b) => isOfCost(a) - isOfCost(b) || folderOf(a) - folderOf(b))
  }
}

export default mergeConfig(
  { ...everything, test: { ...everything.test, include: [] } },
  // One worker a mutant, its modules loaded once: loading them is the greater part of the time. A test that a busy machine slows down has
  // not noticed the mutant.
  { test: { include, exclude, isolate: false, maxWorkers: 1, testTimeout: 180_000, sequence: { sequencer: OwnFirst } } },
)
