// What the tests of certificates share: every fixture, and the realistic records of ordinary instruments.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AnyRecord } from 'tongheng/records'
import { certificates, fixtures } from 'tongheng/testing'

export const records: readonly (readonly [name: string, record: AnyRecord])[] = [
  ...Object.values(fixtures).map(({ id, record }) => [id, record] as const),
  ...Object.entries(certificates).map(([name, { record }]) => [name, record] as const),
]

const FONT = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'
export const fontFile = createRequire(import.meta.url).resolve(FONT)
export const font: Uint8Array = readFileSync(fontFile)
