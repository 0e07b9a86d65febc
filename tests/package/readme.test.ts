// Why this exists: the README's first screen is what a newcomer types. Its code must compile, run, and print what it claims.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8')
const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1] as string)

describe('README', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(ROOT, 'tests/.readme-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(['README.md', 'README.zh.md'])('runs the example of %s, which prints the verdict shown', async (name) => {
    const [code] = blocks(read(name), 'ts')
    const file = join(folder, `${name}.ts`)
    writeFileSync(file, code as string)
    await import(file)
    // biome-ignore lint/suspicious/noConsole: it is the example that prints
    const log = vi.mocked(console.log)
    const printed = log.mock.calls.map(([line]) => line).join('\n')
    log.mockClear()
    const [shown] = blocks(read(name), 'text')
    expect(printed.replace(/(签名记录标识：).*/, '$1…').trim()).toBe((shown as string).trim())
  })

  it('shows the page and a label on its first screen, by pictures that are in the repository and small', () => {
    const shown = ['README.md', 'README.zh.md'].map((name) =>
      [...read(name).matchAll(/<img src="([^"]+)"[^>]* alt="[^"]{20,}"/g)].map(([, source]) => source as string),
    )
    expect(shown).toEqual([
      ['docs/pictures/page.png', 'docs/pictures/label.png'],
      ['docs/pictures/page.png', 'docs/pictures/label.png'],
    ])
    const octets = shown.flat().map((source) => readFileSync(join(ROOT, source)))
    expect(octets.every((one) => one.subarray(1, 4).toString() === 'PNG')).toBe(true)
    expect((octets[0]?.length ?? 0) + (octets[1]?.length ?? 0)).toBeLessThanOrEqual(150_000)
  })

  it('names only subpaths, files and commands that exist', () => {
    const { exports, scripts } = JSON.parse(read('package.json')) as { exports: Record<string, unknown>; scripts: Record<string, string> }
    const text = read('README.md') + read('README.zh.md')
    const subpaths = [...text.matchAll(/`tongheng\/([a-z/]+)`/g)].map((match) => `./${match[1]}`)
    expect(subpaths.filter((path) => !(path in exports))).toEqual([])
    const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map((match) => match[1] as string).filter((link) => !link.startsWith('http'))
    expect(links.filter((link) => !existsSync(join(ROOT, link)))).toEqual([])
    const commands = [...text.matchAll(/npm run ([a-z][a-z0-9:]*)/g)].map((match) => match[1] as string)
    expect(commands.filter((command) => !(command in scripts))).toEqual([])
  })

  it('shows the commands of the demonstration and of the tests', () => {
    for (const name of ['README.md', 'README.zh.md']) expect(read(name)).toMatch(/npm ci && npm run demo[\s\S]*npm ci && npm test/)
  })
})
