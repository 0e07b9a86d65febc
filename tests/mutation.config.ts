// Why this exists: a mutant is run against the tests that bear on it, thousands of times. Those that say the same at length stay out.
import { mergeConfig } from 'vitest/config'
import everything from './vitest.config.ts'

const FOLDERS = ['envelope', 'recognition', 'status', 'trust', 'verify']

export default mergeConfig(
  { ...everything, test: { ...everything.test, include: [] } },
  {
    test: {
      include: FOLDERS.map((folder) => `tests/${folder}/**/*.test.ts`),
      // Random damage to whole statements: fourteen seconds, and no mutant is its alone.
      exclude: ['tests/verify/robustness.test.ts'],
    },
  },
)
