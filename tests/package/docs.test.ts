// Why this exists: a link that leads nowhere ends the reading. Every page of docs/ is listed, and every link in it leads to a file.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createFakeAuthorities, fixtures, send } from 'tongheng/testing'
import { expect, it, vi } from 'vitest'

const DOCS = resolve(import.meta.dirname, '../../docs')
const pages = readdirSync(DOCS).filter((name) => name.endsWith('.md'))
const read = (name: string): string => readFileSync(join(DOCS, name), 'utf8')
const linksOf = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map((match) => match[1] as string).filter((link) => !link.startsWith('http'))

it.each(pages)('%s links to files that exist', (name) => {
  expect(linksOf(read(name)).filter((link) => !existsSync(join(DOCS, link)))).toEqual([])
})

/** The anchor that GitHub gives a heading. */
const anchorOf = (heading: string): string =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')
const anchorsOf = (file: string): string[] => {
  const text = readFileSync(file, 'utf8')
  const given = [...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map((match) => match[1] as string)
  return [...given, ...[...text.matchAll(/^#{1,6} (.+)$/gm)].map((match) => anchorOf(match[1] as string))]
}

it.each(['.', 'docs', 'docs/cookbook', 'examples', 'examples/deploy'])('links of the pages in %s to a heading lead to one', (folder) => {
  const from = resolve(DOCS, '..', folder)
  const dead = readdirSync(from)
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) =>
      [...readFileSync(join(from, name), 'utf8').matchAll(/\]\((?!http)([^)#]*)#([^)]+)\)/g)]
        .map(([, page = '', anchor = '']) => ({ file: join(from, page === '' ? name : page), anchor }))
        .filter(({ file, anchor }) => file.endsWith('.md') && !anchorsOf(file).includes(anchor))
        .map(({ file, anchor }) => `${name}: ${file}#${anchor}`),
    )
  expect(dead).toEqual([])
})

it('ARCHITECTURE.md names every room, and only rooms and files that exist', () => {
  const text = readFileSync(resolve(DOCS, '../ARCHITECTURE.md'), 'utf8')
  const source = resolve(DOCS, '../src')
  const rooms = readdirSync(source, { withFileTypes: true }).flatMap((each) => (each.isDirectory() ? [`${each.name}/`] : []))
  const named = [...text.matchAll(/`([a-z][a-z-]*\/(?:[a-z/-]+\.ts)?)`/g)].map((match) => match[1] as string)
  expect(named.filter((name) => !existsSync(join(source, name)))).toEqual([])
  expect(rooms.filter((name) => !named.includes(name))).toEqual([])
})

it('docs/README.md lists every page', () => {
  expect([...new Set(linksOf(read('README.md')).filter((link) => /^[a-z.-]+\.md$/.test(link)))].sort()).toEqual(
    pages.filter((name) => name !== 'README.md').sort(),
  )
})

it('the page about trust files shows code that opens one', async () => {
  const [, code] = /```ts\n([\s\S]*?)```/.exec(read('trust-lists.md')) as unknown as [string, string]
  const folder = mkdtempSync(join(import.meta.dirname, '.docs-'))
  const before = process.cwd()
  try {
    const world = await createFakeAuthorities({ witnessKeys: true, at: new Date().toISOString() })
    const { anchors, trustLists, signedAgreement } = world
    writeFileSync(join(folder, 'trust.json'), JSON.stringify({ anchors, trustLists, agreements: [signedAgreement] }))
    writeFileSync(join(folder, 'record.jws'), `${await send(world, fixtures.F01)}\n`)
    writeFileSync(join(folder, 'page.ts'), code)
    process.chdir(folder)
    await import(join(folder, 'page.ts'))
    // biome-ignore lint/suspicious/noConsole: it is the example that prints
    const log = vi.mocked(console.log)
    const printed = log.mock.calls.flat().join(' ')
    log.mockClear()
    expect(printed).toMatch(/^(?:recognised|not-recognised|indeterminate) (?:\w{18} 1(?:, )?){2}$/)
  } finally {
    process.chdir(before)
    rmSync(folder, { recursive: true, force: true })
  }
})
