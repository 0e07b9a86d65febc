// Builds the JavaScript of the package into dist/ (`npm run build` adds the declarations, from tsc).
import { rm } from 'node:fs/promises'
import { build } from 'esbuild'

// One entry a subpath export, in the order of package.json.
const subpaths = {
  index: 'src/index.ts',
  errors: 'src/errors.ts',
  catalogue: 'src/catalogue/index.ts',
  envelope: 'src/envelope/index.ts',
  records: 'src/records/index.ts',
  trust: 'src/trust/index.ts',
  comparison: 'src/comparison/index.ts',
  conformance: 'src/conformance/index.ts',
  status: 'src/status/index.ts',
  log: 'src/log/index.ts',
  recognition: 'src/recognition/index.ts',
  verify: 'src/verify/index.ts',
  report: 'src/report/index.ts',
  client: 'src/exchange/client.ts',
  server: 'src/exchange/server.ts',
  testing: 'src/testing/index.ts',
  'stores/memory': 'src/stores/memory/index.ts',
  'stores/sqlite': 'src/stores/sqlite/index.ts',
  'stores/postgres': 'src/stores/postgres/index.ts',
}
// Chosen at run time by the `imports` of package.json.
const platform = {
  'platform/native': 'src/base/native.ts',
  'platform/native.node': 'src/base/native.node.ts',
  'platform/signature': 'src/envelope/signature.ts',
  'platform/signature.node': 'src/envelope/signature.node.ts',
  'platform/sqlite-thread': 'src/stores/sqlite/thread.ts',
}

// dist/bench and dist/types have their own makers and readers; everything here is written anew.
if (!process.argv.includes('--keep')) await rm('dist', { recursive: true, force: true })
await build({
  entryPoints: { ...subpaths, ...platform, cli: 'src/cli/bin.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  platform: 'node',
  packages: 'external',
  charset: 'utf8',
  external: ['#native', '#signature', '#sqlite-thread'],
  chunkNames: 'chunks/[name]-[hash]',
  logLevel: 'warning',
})
