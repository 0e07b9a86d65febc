// Why this exists: rollback protection has the same requirements for every place of the head: it returns the stored value, reports whether
// a write succeeded, and refuses one of two concurrent writers. This suite runs against each place.
import type { HeadPlace } from 'tongheng/node'
import { describe, expect, it } from 'vitest'

/** @param open opens the second place of that `name` again, as another process would */
export function headContract(place: string, open: (name: string) => HeadPlace | Promise<HeadPlace>): void {
  const TEXT = 'node-51.example/v1/log\n7\nxxxx=\n\n— node-51.example/v1/log 签名\n'
  describe(`${place} as second place of the head`, () => {
    it('is empty before the first write, and after it holds the text to the octet', async () => {
      const head = await open('first')
      expect(await head.read()).toBeUndefined()
      expect(await head.swap(undefined, TEXT)).toBe(true)
      expect(await head.read()).toBe(TEXT)
      expect(await (await open('first')).read()).toBe(TEXT)
    })

    it('refuses a write by a process that saw another text, or none', async () => {
      const head = await open('refuse')
      await head.swap(undefined, TEXT)
      expect(await head.swap(undefined, 'another\n')).toBe(false)
      expect(await head.swap('another\n', 'third\n')).toBe(false)
      expect(await head.swap(TEXT.trimEnd(), 'third\n')).toBe(false)
      expect(await head.read()).toBe(TEXT)
      expect(await head.swap(TEXT, 'third\n')).toBe(true)
      expect(await head.swap(TEXT, 'fourth\n')).toBe(false)
      expect(await head.read()).toBe('third\n')
    })

    it('lets exactly one of many writers through that saw the same text', async () => {
      await (await open('race')).swap(undefined, TEXT)
      const writers = await Promise.all(Array.from({ length: 8 }, () => open('race')))
      const results = await Promise.all(writers.map((writer, n) => writer.swap(TEXT, `writer ${n}\n`)))
      expect(results.filter(Boolean)).toHaveLength(1)
      expect(await (await open('race')).read()).toBe(`writer ${results.indexOf(true)}\n`)
    })

    it('lets exactly one of many first writers through', async () => {
      const writers = await Promise.all(Array.from({ length: 8 }, () => open('begin')))
      const results = await Promise.all(writers.map((writer, n) => writer.swap(undefined, `writer ${n}\n`)))
      expect(results.filter(Boolean)).toHaveLength(1)
      expect(await (await open('begin')).read()).toBe(`writer ${results.indexOf(true)}\n`)
    })

    it('keeps places of different names apart', async () => {
      await (await open('one')).swap(undefined, 'one\n')
      expect(await (await open('one.readers')).read()).toBeUndefined()
    })
  })
}
