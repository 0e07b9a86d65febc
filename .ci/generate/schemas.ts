// Writes schemas/, the published JSON Schemas: `npm run schemas`. A test fails if the folder differs from the output of this program.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ReceiptClaims, StandingShape, VerdictShape } from 'tongheng/client'
import { JointClaims, jointKinds } from 'tongheng/joint'
import { LedgerLine, LedgerMapping } from 'tongheng/ledger'
import { AgreementPayload, CataloguePayload } from 'tongheng/recognition'
import { kinds, writeJsonSchemas } from 'tongheng/records'
import { NoticeClaims, StatusListClaims } from 'tongheng/status'
import { TrustListPayload } from 'tongheng/trust'
import { EvidenceBundle } from 'tongheng/verify'
import * as z from 'zod/mini'
import { NodeConfig } from '../../src/cli/node-config.ts'
import { describe, endingAtEnd, type Written } from '../../src/records/json-schema.ts'
import { TrustFile } from '../../src/verify/inside.ts'
import { documentTexts } from './document-texts.ts'
import { writeProblems } from './problems.ts'
import { writeRules } from './rules.ts'
import { standAlone } from './standalone-schema.ts'

export const SCHEMA_FOLDER = fileURLToPath(new URL('../../schemas/', import.meta.url))

const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** Documents beside records, each in one file of its own. */
const DOCUMENTS: Readonly<Record<string, z.core.$ZodType>> = {
  'agreement.v1.json': AgreementPayload,
  'catalogue.v1.json': CataloguePayload,
  'evidence-bundle.v1.json': EvidenceBundle,
  'joint-claims.v1.json': JointClaims,
  'ledger-entry.v1.json': LedgerLine,
  'ledger-mapping.v1.json': LedgerMapping,
  'node-config.v1.json': NodeConfig,
  'notice.v1.json': NoticeClaims,
  'receipt.v1.json': ReceiptClaims,
  'standing.v1.json': StandingShape,
  'status-list.v1.json': StatusListClaims,
  'trust-file.v1.json': TrustFile,
  'trust-list.v1.json': TrustListPayload,
  'verdict.v1.json': VerdictShape,
  ...Object.fromEntries([...jointKinds.values()].map(({ kind, version, schema }) => [`${kind}.v${version}.json`, schema])),
}

/** A schema without references to other files: shared schemas are under `$defs`. */
const selfContained = (file: string, schema: z.core.$ZodType): object => {
  const written = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12', reused: 'inline' })
  for (const [id, texts] of Object.entries(documentTexts[file.replace(/\.v\d+\.json$/, '')] ?? {}))
    describe((id === '' ? written : written.$defs?.[id]) as Written, texts)
  return standAlone(file, endingAtEnd(written) as never, () => undefined)
}

/** Folder of the kinds of record, each in one file for editors and code generators. */
const STANDALONE = 'standalone/'

/** Schema of each kind of record with all referenced schemas, by the path of its file. */
function standaloneKinds(schemas: ReadonlyMap<string, object>): ReadonlyMap<string, string> {
  const found = (id: string) => schemas.get(`${id}.v1.json`) as never
  return new Map(
    [...schemas]
      .filter(([file]) => kinds.has(file.replace(/\.v\d+\.json$/, '')))
      .map(([file, schema]) => [`${STANDALONE}${file}`, pretty(standAlone(`${STANDALONE}${file}`, schema as never, found, true))]),
  )
}

/** Entry of the index for a file. */
const published = (file: string, text: string): { readonly file: string; readonly $id: string; readonly sha256: string } => ({
  file,
  $id: (JSON.parse(text) as { $id: string }).$id,
  sha256: createHash('sha256').update(text).digest('hex'),
})

/** Every file of schemas/, by its path in it, with its text. */
export function schemaFiles(): ReadonlyMap<string, string> {
  const documents = Object.entries(DOCUMENTS).map(([file, schema]) => [file, selfContained(file, schema)] as const)
  const records = writeJsonSchemas()
  const standalone = standaloneKinds(records)
  const written = [...records, ...documents]
  const files = new Map(written.sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, schema]) => [file, pretty(schema)]))
  const index = [...files].map(([file, text]) => {
    const [name, version] = file.split(/\.v(\d+)\.json$/) as [string, string]
    const alone = standalone.get(`${STANDALONE}${file}`)
    return {
      ...(kinds.has(name) ? { kind: name } : { name }),
      version: Number(version),
      ...published(file, text),
      ...(alone !== undefined && { standalone: published(`${STANDALONE}${file}`, alone) }),
    }
  })
  for (const [file, text] of standalone) files.set(file, text)
  return files.set('index.json', pretty(index)).set('rules.md', writeRules()).set('problems.md', writeProblems())
}

/** Paths of the files in a folder and below, sorted. */
export const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort()

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = schemaFiles()
  mkdirSync(`${SCHEMA_FOLDER}${STANDALONE}`, { recursive: true })
  for (const stale of filesIn(SCHEMA_FOLDER).filter((file) => !files.has(file))) rmSync(`${SCHEMA_FOLDER}${stale}`)
  for (const [file, text] of files) writeFileSync(`${SCHEMA_FOLDER}${file}`, text)
}
