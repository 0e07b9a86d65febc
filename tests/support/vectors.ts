// Third-party vectors in tests/vectors, as their authors published them, compressed.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

/** Path of a file or folder of tests/vectors. */
export const vectorFile = (path: string): string => fileURLToPath(new URL(`../vectors/${path}`, import.meta.url))

/** Text of a file, compressed or not. */
export const readText = (path: string): string =>
  (path.endsWith('.gz') ? gunzipSync(readFileSync(path)) : readFileSync(path)).toString('utf8')

export const readJson = <T>(path: string): T => JSON.parse(readText(path)) as T

/** The XML files of a folder, or the one file. */
export function xmlFiles(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path]
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' })
  return names.filter((name) => /\.xml(?:\.gz)?$/.test(name)).map((name) => join(path, name))
}
