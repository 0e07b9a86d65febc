// Why this exists: an authority that installs software must show the licence of every part of it. The page about that must agree with the lock.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8')
const page = read('docs/dependencies.md')
const manifest = JSON.parse(read('package.json')) as Record<'dependencies' | 'peerDependencies' | 'devDependencies', Record<string, string>>
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, { license?: string; dev?: boolean }> }

/** Rows of the table under a heading: package and licence. */
const rowsUnder = (heading: string): [string, string][] => {
  const section = page.split(/^## /m).find((text) => text.startsWith(heading)) ?? ''
  return [...section.matchAll(/^\| `([^`]+)` \| ([^|]+?) \|/gm)].map(([, name, licence]) => [name as string, licence as string])
}
const licensed = (names: readonly string[]): [string, string][] =>
  [...names].sort().map((name) => [name, packages[`node_modules/${name}`]?.license ?? 'not in the lock'])

it('docs list every package that is installed with ours, with its licence', () => {
  const installed = Object.entries(packages).flatMap(([path, { dev }]) => (path === '' || dev ? [] : [path.replace('node_modules/', '')]))
  expect(installed.sort()).toEqual(Object.keys(manifest.dependencies).sort())
  expect(rowsUnder('Installed')).toEqual(licensed(installed))
})

it('docs list the optional packages, and those for building and testing', () => {
  const optional = Object.keys(manifest.peerDependencies)
  expect(rowsUnder('Optional')).toEqual(licensed(optional))
  expect(rowsUnder('To build')).toEqual(licensed(Object.keys(manifest.devDependencies).filter((name) => !optional.includes(name))))
})

it('docs name every licence of the lock', () => {
  const named = page.slice(page.indexOf('They in turn'))
  const all = new Set(Object.entries(packages).flatMap(([path, { license }]) => (path === '' ? [] : (license ?? path).split(/[()]| OR /))))
  all.delete('')
  expect([...all].filter((licence) => !named.includes(licence))).toEqual([])
})

it('package.json names the origin of the package', () => {
  const { repository, homepage, bugs, author } = JSON.parse(read('package.json'))
  for (const text of [repository.url, homepage, bugs.url, author]) expect(text).toContain('github.com/tongheng')
})
