// Writes schemas/, the JSON Schemas the package publishes. A test fails where the folder differs from what this would write:
//   npx tsx --tsconfig tests/tsconfig.json tests/support/write-schemas.ts
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { kinds, SCHEMA_BASE, writeJsonSchemas } from 'tongheng/records'
import * as z from 'zod/mini'
import { NodeConfig } from '../../src/cli/node-config.ts'
import { writeProblems } from './write-problems.ts'
import { writeRules } from './write-rules.ts'

export const SCHEMA_FOLDER = fileURLToPath(new URL('../../schemas/', import.meta.url))

const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** The configuration of a node: the command line's own document, for editors and for whoever writes one by hand. */
function nodeConfigSchema(): object {
  const $id = `${SCHEMA_BASE}node-config.v1.json`
  return { $id, ...z.toJSONSchema(NodeConfig, { io: 'input', target: 'draft-2020-12', reused: 'inline' }) }
}

/** Every file of schemas/ with its text. */
export function schemaFiles(): ReadonlyMap<string, string> {
  const written = [...writeJsonSchemas(), ['node-config.v1.json', nodeConfigSchema()] as const]
  const files = new Map(written.sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, schema]) => [file, pretty(schema)]))
  const index = [...files].map(([file, text]) => {
    const [name, version] = file.split(/\.v(\d+)\.json$/) as [string, string]
    const { $id } = JSON.parse(text) as { $id: string }
    const sha256 = createHash('sha256').update(text).digest('hex')
    return { ...(kinds.has(name) ? { kind: name } : { name }), version: Number(version), file, $id, sha256 }
  })
  return files.set('index.json', pretty(index)).set('rules.md', writeRules()).set('problems.md', writeProblems())
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = schemaFiles()
  mkdirSync(SCHEMA_FOLDER, { recursive: true })
  for (const stale of readdirSync(SCHEMA_FOLDER).filter((file) => !files.has(file))) rmSync(`${SCHEMA_FOLDER}${stale}`)
  for (const [file, text] of files) writeFileSync(`${SCHEMA_FOLDER}${file}`, text)
}
