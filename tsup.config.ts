import { defineConfig } from 'tsup'

// One entry a subpath export, in the order of package.json; the platform modules are chosen by its `imports`.
const subpaths = {
  index: 'src/index.ts',
  errors: 'src/errors.ts',
  catalogue: 'src/catalogue/index.ts',
  envelope: 'src/envelope/index.ts',
  records: 'src/records/index.ts',
  trust: 'src/trust/index.ts',
  conformance: 'src/conformance/index.ts',
  recognition: 'src/recognition/index.ts',
  verify: 'src/verify/index.ts',
  report: 'src/report/index.ts',
  client: 'src/exchange/client.ts',
  server: 'src/exchange/server.ts',
  testing: 'src/testing/index.ts',
  'stores/memory': 'src/stores/memory/index.ts',
  'stores/sqlite': 'src/stores/sqlite/index.ts',
}
const platform = {
  'platform/native': 'src/base/native.ts',
  'platform/native.node': 'src/base/native.node.ts',
  'platform/signature': 'src/envelope/signature.ts',
  'platform/signature.node': 'src/envelope/signature.node.ts',
}

export default defineConfig({
  entry: { ...subpaths, ...platform, cli: 'src/cli/main.ts' },
  format: ['esm'],
  target: 'es2022',
  splitting: true,
  clean: true,
  dts: { entry: subpaths, compilerOptions: { ignoreDeprecations: '6.0', types: ['node'] } },
  external: ['#native', '#signature', 'libsql', 'node:sqlite'],
  // esbuild would write `sqlite` for `node:sqlite`, which no runtime has.
  removeNodeProtocol: false,
})
