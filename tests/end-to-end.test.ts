// Why this exists: `npm test` answers in a few minutes, because what starts other programs (a browser, a database server, the command
// line in a process of its own, the tools of other languages) is run by `npm run test:e2e`. The name of a file says which of both runs it.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const top = import.meta.dirname
const files = readdirSync(top, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'))

const PROGRAMS = /^import (?!type\b)[^;]*? from '(?:node:child_process|playwright-core|esbuild)'/m
const PROCESSES = /\.(?:runProcess|startProcess)\(/
/** These run for as long as a program does: the compiler over every declaration, and days of a simulated nation. */
const LONG = ['package/declarations.e2e.test.ts', 'sync/nation.e2e.test.ts']
/** It offers commands both in the test's process and in their own: what counts is which of them a test calls. */
const OFFERS_BOTH = 'cli/run.ts'

const known = new Map<string, boolean>()
/** Whether a file, or one of the tests' own that it imports, starts a program. */
function startsPrograms(file: string): boolean {
  const before = known.get(file)
  if (before !== undefined) return before
  known.set(file, false)
  if (file === OFFERS_BOTH) return false
  const text = readFileSync(join(top, file), 'utf8')
  const imported = [...text.matchAll(/^(?:import (?!type\b)|export )[^;]*? from '(\.[^']+\.(?:js|ts))'/gm)]
    .map(([, path = '']) => relative(top, join(top, dirname(file), path.replace(/\.js$/, '.ts'))))
    .filter((path) => !path.startsWith('..'))
  const found = PROGRAMS.test(text) || PROCESSES.test(text) || imported.some(startsPrograms)
  known.set(file, found)
  return found
}

describe('a file of tests that starts other programs', () => {
  const isNamed = (file: string) => file.endsWith('.e2e.test.ts')

  it('is named .e2e.test.ts, so that npm test does not wait for it', () => {
    expect(files.filter((file) => startsPrograms(file) && !isNamed(file))).toEqual([])
  })

  it('is the only one that is named so, so that npm test leaves out nothing else', () => {
    expect(files.filter((file) => isNamed(file) && !startsPrograms(file) && !LONG.includes(file))).toEqual([])
    expect(files.filter(isNamed).length).toBeGreaterThan(LONG.length)
  })
})
