// What the tests of certificates share: every fixture, and the realistic records of ordinary instruments.
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { AnyRecord } from 'tongheng/records'
import { fixtures } from 'tongheng/testing'

const folder = join(import.meta.dirname, '../conformance/real-records')

export const records: readonly (readonly [name: string, record: AnyRecord])[] = [
  ...Object.values(fixtures).map(({ id, record }) => [id, record] as const),
  ...readdirSync(folder).map(
    (file) => [file.replace('.json', ''), (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { record: AnyRecord }).record] as const,
  ),
]

const FONT = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'
export const fontFile = createRequire(import.meta.url).resolve(FONT)
export const font: Uint8Array = readFileSync(fontFile)
