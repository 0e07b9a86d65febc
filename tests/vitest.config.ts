import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const source = (path: string): string => fileURLToPath(new URL(`../src/${path}`, import.meta.url))

/** Milliseconds after which a test, or what it runs before and after, is taken for one that never ends. */
const STOP = 300_000

/** Vitest expects a class. The tests of the packed package wait longest for other programs: started late, they would run alone at the end. */
class PackageFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isPackage = ({ moduleId }: TestSpecification): boolean => moduleId.endsWith('tests/package/package.test.ts')
    const sorted = await super.sort(files)
    return [...sorted.filter(isPackage), ...sorted.filter((file) => !isPackage(file))]
  }
}

// Tests import by package name, as a user does, and run the source.
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  resolve: {
    alias: [
      { find: '#native', replacement: source('base/native.node.ts') },
      { find: '#signature', replacement: source('envelope/signature.node.ts') },
      { find: /^tongheng$/, replacement: source('index.ts') },
      { find: 'tongheng/errors', replacement: source('errors.ts') },
      { find: /^tongheng\/stores\/(\w+)$/, replacement: source('stores/$1/index.ts') },
      { find: /^tongheng\/(\w+)$/, replacement: source('$1/index.ts') },
    ],
  },
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/unpack-browser.ts', 'tests/support/run-folder.ts'],
    setupFiles: ['tests/support/fail-on-console.ts'],
    // Stops for what hangs, not measures: the machine may be slow and have other work. No test has a shorter one of its own.
    testTimeout: STOP,
    hookTimeout: STOP,
    expect: { poll: { timeout: STOP / 3 } },
    // Processes, since tests of the command line change the working directory; as many as there are cores, of which Vitest leaves one idle.
    pool: 'forks',
    maxWorkers: '100%',
    // Files share what they import: zod and the source are loaded once a process, not once a file. Nothing may be left changed after a file.
    isolate: false,
    sequence: { sequencer: PackageFirst },
  },
})
