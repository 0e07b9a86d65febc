// Why this exists: a mutant is run against the tests that bear on it, thousands of times; `stryker.config.mjs` lists them.
import { env } from 'node:process'
import { mergeConfig } from 'vitest/config'
import everything from '../vitest.config.ts'

const { include, exclude } = JSON.parse(env['MUTATION_TESTS'] ?? '{}') as { readonly include: string[]; readonly exclude: string[] }

export default mergeConfig(
  { ...everything, test: { ...everything.test, include: [] } },
  // One worker a mutant, its modules loaded once: loading them is the greater part of the time.
  { test: { include, exclude, isolate: false, maxWorkers: 1 } },
)
