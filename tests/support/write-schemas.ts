// Writes schemas/, the JSON Schemas the package publishes. A test fails where the folder differs from what this would write:
//   npx tsx --tsconfig tests/tsconfig.json tests/support/write-schemas.ts
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { AgreementPayload } from 'tongheng/recognition'
import { kinds, SCHEMA_BASE, writeJsonSchemas } from 'tongheng/records'
import { NoticeClaims, StatusListClaims } from 'tongheng/status'
import { TrustListPayload } from 'tongheng/trust'
import { EvidenceBundle } from 'tongheng/verify'
import * as z from 'zod/mini'
import { TrustFile } from '../../src/cli/files.ts'
import { NodeConfig } from '../../src/cli/node-config.ts'
import { writeProblems } from './write-problems.ts'
import { writeRules } from './write-rules.ts'

export const SCHEMA_FOLDER = fileURLToPath(new URL('../../schemas/', import.meta.url))

const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** Documents beside records, each in one file of its own. */
const DOCUMENTS: Readonly<Record<string, z.core.$ZodType>> = {
  'agreement.v1.json': AgreementPayload,
  'evidence-bundle.v1.json': EvidenceBundle,
  'node-config.v1.json': NodeConfig,
  'notice.v1.json': NoticeClaims,
  'status-list.v1.json': StatusListClaims,
  'trust-file.v1.json': TrustFile,
  'trust-list.v1.json': TrustListPayload,
}

/** A schema without references to other files: what it shares stands under `$defs`. */
const selfContained = (file: string, schema: z.core.$ZodType): object => ({
  $id: `${SCHEMA_BASE}${file}`,
  ...z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12', reused: 'inline' }),
})

/** Every file of schemas/ with its text. */
export function schemaFiles(): ReadonlyMap<string, string> {
  const documents = Object.entries(DOCUMENTS).map(([file, schema]) => [file, selfContained(file, schema)] as const)
  const written = [...writeJsonSchemas(), ...documents]
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
