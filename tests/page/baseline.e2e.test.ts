// Why this exists: a phone of 2022 gives no error report: a page that needs one newer thing stays white. No script of the page may need what
// Chrome 103 or Safari 15.4 lack, unless a guard tests for it first; and the guard must still exist.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newerThanBaseline } from '../support/baseline.ts'
import { builtAlone, builtPage } from '../support/browser.ts'

const ROOT = resolve(import.meta.dirname, '../..')

/** Newer features behind a test for them: the file with the guard, and the guard. */
const GUARDED: readonly (readonly [name: string, file: string, guard: string])[] = [
  ['BarcodeDetector', 'src/page/scan/decoder.ts', 'if (BarcodeDetector === undefined) return undefined'],
  ['globalThis.BarcodeDetector', 'src/page/scan/decoder.ts', 'globalThis as { BarcodeDetector?: DetectorClass }'],
  ['CompressionStream', 'src/base/native.ts', "canDeflate = (): boolean => 'CompressionStream' in globalThis"],
  ['DecompressionStream', 'src/page/judge-pdf.ts', "if (!('DecompressionStream' in globalThis))"],
  ['trustedTypes', 'node_modules/lit-html/lit-html.js', 'globalThis'],
  ['globalThis.trustedTypes', 'src/page/offline.ts', 'trustedTypes?.createPolicy'],
  ['Uint8Array.fromHex', 'node_modules/@noble/hashes/utils.js', "typeof Uint8Array.fromHex === 'function'"],
  ['.fromHex', 'node_modules/@noble/hashes/utils.js', "typeof Uint8Array.fromHex === 'function'"],
  ['.toHex', 'node_modules/@noble/hashes/utils.js', "typeof Uint8Array.from([]).toHex === 'function'"],
  ['Error.captureStackTrace', 'node_modules/zod/v4/core/util.js', '"captureStackTrace" in Error ? Error.captureStackTrace'],
  ['AbortSignal.any', 'node_modules/ky/distribution/core/constants.js', "typeof globalThis.AbortSignal.any === 'function'"],
  ['Symbol.dispose', 'node_modules/zxing-wasm/dist/es/reader/index.js', 'Symbol.dispose;'],
  ['.resizable', 'node_modules/zxing-wasm/dist/es/reader/index.js', '.resizable'],
]
/** Members of this package and of libraries that only share the name of a newer one. */
const OWN: Readonly<Record<string, string>> = {
  '.bytes': 'octets in our own values and those of cborg',
  '.capture': 'an option of addEventListener in lit-html',
  '.chunks': 'pieces in the writer of cborg',
  '.duplex': 'read by ky of a request that it made, to find out whether it may stream',
  '.getPublicKey': 'of the curves of noble',
  '.grow': 'of WebAssembly.Memory, in the glue of zxing',
  '.ink': 'a colour of the plots',
  '.serial': 'a serial number',
  '.take': 'a method of our own quotas',
  '.use': 'a member of a record',
  '.when': 'a member of a text of a certificate',
  '.windows': 'of the arithmetic of noble',
  '.with': 'a method of our own list of statuses',
}
const nameOf = (name: string): string => name.replace(/ \(.*\)$/, '')
const found = (script: string): string[] => newerThanBaseline(script).map(({ name }) => nameOf(name))

describe('the lint of the baseline', () => {
  it.each([
    ['[1].findLast((x) => x)', []],
    ['[1].toSorted()', ['.toSorted']],
    ['const { toSpliced } = list', ['.toSpliced']],
    ['list?.["toReversed"]()', ['.toReversed']],
    ['structuredClone({})', []],
    ['Promise.withResolvers()', ['Promise.withResolvers']],
    ['Object.groupBy([], String)', ['Object.groupBy']],
    ['Object.hasOwn({}, "a")', []],
    ['URL.canParse("x")', ['URL.canParse']],
    ['AbortSignal.timeout(1)', ['AbortSignal.timeout']],
    ['globalThis.scheduler', ['globalThis.scheduler']],
    ['new DecompressionStream("gzip")', ['DecompressionStream']],
    ['navigator.userActivation', ['navigator.userActivation']],
    ['new Set([1]).isSubsetOf(new Set())', ['.isSubsetOf']],
    ['Array.fromAsync([])', ['Array.fromAsync']],
    ['/(?<=a)b/', ['syntax: lookbehind']],
    ['new RegExp("(?<!a)b")', ['syntax: lookbehind']],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template in the script that is read
    ['new RegExp(`(?<=\\\\d)[${x}]`, "g")', ['syntax: lookbehind']],
    ['/[a&&b]/v', ['syntax: flag v']],
    ['/a(?<name>b)\\p{L}/u', []],
    ['class A { static { f() } }', ['syntax: class static block']],
    ['class A { #x = 1; has(o) { return #x in o } }', []],
    ['{ using x = f() }', ['syntax: using']],
    ['a ??= b?.c ?? 1_000n', []],
    ['await f()', []],
  ])('of %s names %j', (script, names) => {
    expect(found(script)).toEqual(names)
  })

  it('does not mistake a name that the script declares for a global', () => {
    expect(found('function structuredClone() {} const DecompressionStream = 1; structuredClone(DecompressionStream)')).toEqual([])
  })

  it('finds newer features in the scripts of the page, served or in one file, only behind their guards', async () => {
    const scripts = [...(await builtPage())]
      .filter(([name]) => name.endsWith('.js'))
      .map(([name, body]) => [name, new TextDecoder().decode(body)] as const)
    const [alone = ''] = [...(await builtAlone()).matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text]) => text)
    expect(scripts.length).toBeGreaterThan(20)
    expect(alone.length).toBeGreaterThan(300_000)
    const met = new Set<string>()
    const wrong: string[] = []
    for (const [file, script] of [...scripts, ['verify.html', alone] as const])
      for (const { name, lacking } of newerThanBaseline(script)) {
        met.add(nameOf(name))
        if (OWN[nameOf(name)] === undefined && !GUARDED.some(([guarded]) => guarded === nameOf(name)))
          wrong.push(`${file}: ${name} is not in ${lacking}`)
      }
    expect(wrong).toEqual([])
    // Each exception is still used, and each guard still exists.
    expect([...Object.keys(OWN), ...GUARDED.map(([name]) => name)].filter((name) => !met.has(name))).toEqual([])
    for (const [name, file, guard] of GUARDED)
      expect([name, readFileSync(resolve(ROOT, file), 'utf8').includes(guard)]).toEqual([name, true])
  })
})
