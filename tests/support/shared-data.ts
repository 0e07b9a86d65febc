// Third-party vectors stand beside the checkout on the machines of this project's makers; elsewhere their tests are skipped by name.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../shared/data/', import.meta.url))

/** Path of a data file or folder, or undefined where it is absent. */
export const sharedData = (path: string): string | undefined => (existsSync(`${root}${path}`) ? `${root}${path}` : undefined)

export const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T
