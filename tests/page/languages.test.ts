// Why this exists: half a page in the other language is worse than none: an inspector reads one of them, and trusts what is there.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dueStepNames } from '../../src/joint/inside.ts'
import { DIRECTORY_TEXTS } from '../../src/page/joint/directory-texts.ts'
import { DUE_TEXTS } from '../../src/page/joint/due-texts.ts'
import { JOINT_TEXTS } from '../../src/page/joint/texts.ts'
import { pageTexts } from '../../src/page/messages.ts'
import { scanTexts } from '../../src/page/scan/messages.ts'
import { SCAN_TEXTS } from '../../src/page/scan/texts.ts'
import { TEXTS } from '../../src/page/texts.ts'
import { BATCH_TEXTS } from '../../src/page/views/batch-texts.ts'

const CHINESE = /[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/
/** Names in Latin letters that Chinese sentences may contain: commands, formats, programs, a quantity, and the folder of a command. */
const NAMES = /tongheng(?: \w+)?|PDF|JSON|CSV|Excel|--font|\.jws|\.zip|JPEG|PNG|https?|K\b|En\b|work\//g
/** The button to the other language is written in that language. */
const CROSSED: ReadonlySet<string> = new Set(['otherLanguage'])

type Table = Readonly<Record<string, { readonly zh: string; readonly en: string }>>
const tables: Readonly<Record<string, Table>> = {
  TEXTS,
  BATCH_TEXTS,
  SCAN_TEXTS,
  JOINT_TEXTS,
  DIRECTORY_TEXTS,
  DUE_TEXTS,
  dueStepNames,
}
const all = Object.entries(tables).flatMap(([table, texts]) =>
  Object.entries(texts).map(([key, { zh, en }]) => ({ name: `${table}.${key}`, key, zh, en })),
)
for (const [code, { zh, en, advice }] of Object.entries({ ...pageTexts.codes, ...scanTexts.codes })) {
  all.push({ name: code, key: code, zh, en })
  if (advice !== undefined) all.push({ name: `${code} advice`, key: code, ...advice })
}
const parameters = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string))].sort()

describe('the texts of the page', () => {
  it('have both languages, with the same parameters', () => {
    expect(all.length).toBeGreaterThan(150)
    expect(all.filter(({ zh, en }) => zh.trim() === '' || en.trim() === '').map(({ name }) => name)).toEqual([])
    expect(all.filter(({ zh, en }) => `${parameters(zh)}` !== `${parameters(en)}`).map(({ name }) => name)).toEqual([])
  })

  it('have no Chinese in the English, and only names in Latin letters in the Chinese', () => {
    const plain = all.filter(({ key }) => !CROSSED.has(key))
    expect(plain.filter(({ en }) => CHINESE.test(en)).map(({ name }) => name)).toEqual([])
    const latin = plain.filter(({ zh }) => /[A-Za-z]{2,}/.test(zh.replace(/\{\w+\}/g, '').replace(NAMES, '')))
    expect(latin.map(({ name, zh }) => [name, zh])).toEqual([])
  })

  it('are in the tables: no view has a sentence of its own', () => {
    const views = ['page', 'take', 'documents', 'batch', 'verdict'].map((name) => `views/${name}.ts`)
    for (const file of [...views, 'scan/scanner.ts', 'actions.ts', 'main.ts', 'many.ts']) {
      const code = readFileSync(resolve(import.meta.dirname, '../../src/page', file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
      const found = [...code.matchAll(/[\u4e00-\u9fff]{2,}/g)].map(([text]) => text)
      // Names of constants on a certificate are parsed data, not displayed text.
      expect([file, found.filter((text) => !/^(?:特征系数|常数)$/.test(text))]).toEqual([file, []])
    }
  })
})
