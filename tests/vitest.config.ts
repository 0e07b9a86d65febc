import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const source = (path: string): string => fileURLToPath(new URL(`../src/${path}`, import.meta.url))

// Tests import by package name, as a user does, and run the source.
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  resolve: {
    alias: [
      { find: '#native', replacement: source('base/native.node.ts') },
      { find: '#signature', replacement: source('envelope/signature.node.ts') },
      { find: /^tongheng$/, replacement: source('index.ts') },
      { find: 'tongheng/errors', replacement: source('errors.ts') },
      { find: 'tongheng/client', replacement: source('exchange/client.ts') },
      { find: 'tongheng/server', replacement: source('exchange/server.ts') },
      { find: /^tongheng\/stores\/(\w+)$/, replacement: source('stores/$1/index.ts') },
      { find: /^tongheng\/(\w+)$/, replacement: source('$1/index.ts') },
    ],
  },
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/support/fail-on-console.ts'],
    testTimeout: 20_000,
    pool: 'forks',
    isolate: false,
  },
})
