// Why this exists: a mutant is run against the tests that bear on it, thousands of times. Those that say the same at length stay out.
import { env } from 'node:process'
import { mergeConfig } from 'vitest/config'
import everything from './vitest.config.ts'

const ROOMS = ['envelope', 'recognition', 'status', 'trust', 'verify']

export default mergeConfig(
  { ...everything, test: { ...everything.test, include: [] } },
  {
    test: {
      include: (env['ROOM'] === undefined ? ROOMS : [env['ROOM']]).map((room) => `tests/${room}/**/*.test.ts`),
      // Random damage to whole statements: fourteen seconds, and no mutant is its alone.
      exclude: ['tests/verify/robustness.test.ts'],
      // One worker a mutant, its modules loaded once: loading them is the greater part of the time.
      isolate: false,
      maxWorkers: 1,
    },
  },
)
