// Builds the JavaScript of the package into dist/; `npm run build` adds the declarations, from tsc.
import { defineConfig } from 'tsup'
import { buildPage } from './.ci/build-page.ts'

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
  joint: 'src/joint/index.ts',
  label: 'src/label/index.ts',
  certificate: 'src/certificate/index.ts',
  ledger: 'src/ledger/index.ts',
  report: 'src/report/index.ts',
  client: 'src/client/index.ts',
  node: 'src/node/index.ts',
  sync: 'src/sync/index.ts',
  server: 'src/server/index.ts',
  testing: 'src/testing/index.ts',
  threads: 'src/threads/index.ts',
  'stores/memory': 'src/stores/memory/index.ts',
  'stores/sqlite': 'src/stores/sqlite/index.ts',
  'stores/postgres': 'src/stores/postgres/index.ts',
  'stores/files': 'src/stores/files/index.ts',
}
// The `imports` of package.json choose among these at run time.
const platform = {
  'platform/native': 'src/base/native.ts',
  'platform/native.node': 'src/base/native.node.ts',
  'platform/signature': 'src/envelope/signature.ts',
  'platform/signature.node': 'src/envelope/signature.node.ts',
  'platform/sqlite-thread': 'src/stores/sqlite/thread.ts',
  'platform/judging-thread': 'src/threads/thread.ts',
}

export default defineConfig({
  entry: { ...subpaths, ...platform, cli: 'src/cli/bin.ts' },
  format: 'esm',
  target: 'es2022',
  platform: 'node',
  splitting: true,
  // Without `skipNodeModulesBundle`, for which the `paths` of tsconfig.json come before this: package.json chooses at run time.
  external: ['#native', '#signature', '#sqlite-thread', '#judging-thread'],
  // Deno takes the modules of Node by this prefix only.
  removeNodeProtocol: false,
  // dist/bench and dist/types are written by other commands; `npm run build` removes them, `tsup --no-clean` does not.
  clean: true,
  silent: true,
  onSuccess: () => buildPage('dist'),
  esbuildOptions(options) {
    options.charset = 'utf8'
    options.chunkNames = 'chunks/[name]-[hash]'
  },
})
