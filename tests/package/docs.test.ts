// Why this exists: a link that leads nowhere ends the reading. Every page of docs/ is listed, and every link in it leads to a file.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const DOCS = resolve(import.meta.dirname, '../../docs')
const pages = readdirSync(DOCS).filter((name) => name.endsWith('.md'))
const read = (name: string): string => readFileSync(join(DOCS, name), 'utf8')
const linksOf = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map((match) => match[1] as string).filter((link) => !link.startsWith('http'))

it.each(pages)('%s links to files that exist', (name) => {
  expect(linksOf(read(name)).filter((link) => !existsSync(join(DOCS, link)))).toEqual([])
})

it('lists every page', () => {
  expect([...new Set(linksOf(read('README.md')).filter((link) => /^[a-z-]+\.md$/.test(link)))].sort()).toEqual(
    pages.filter((name) => name !== 'README.md').sort(),
  )
})
