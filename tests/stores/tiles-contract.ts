// Why this exists: a log can be published to any store of files, so every adapter must pass this one suite with the same behaviour.
import type { TileStore } from 'tongheng/node'
import { beforeEach, describe, expect, it } from 'vitest'
import { faultOfAsync } from '../base/fault.js'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const text = (found: Uint8Array | undefined): string | undefined => found && new TextDecoder().decode(found)

export function tilesContract(open: () => Promise<TileStore>): void {
  let tiles: TileStore
  beforeEach(async () => {
    tiles = await open()
  })
  const pathsOf = async (under: string): Promise<string[]> => {
    const paths: string[] = []
    for await (const { path, octets } of tiles.list(under)) paths.push(`${path} ${octets}`)
    return paths.toSorted()
  }

  describe('put', () => {
    it('stores bytes that get returns, and a full tile next to the folder of its partial ones', async () => {
      await tiles.put('log/tile/0/000.p/3', bytes('abc'))
      await tiles.put('log/tile/0/000', bytes('abcd'))
      expect([text(await tiles.get('log/tile/0/000.p/3')), text(await tiles.get('log/tile/0/000'))]).toEqual(['abc', 'abcd'])
    })

    it('accepts the same bytes again, and refuses other bytes with files.other, which changes nothing', async () => {
      await tiles.put('a/b', bytes('one'))
      await tiles.put('a/b', bytes('one'))
      const { code, details } = await faultOfAsync(() => tiles.put('a/b', bytes('three')))
      expect([code, details]).toEqual(['files.other', { path: 'a/b', octets: 5, found: 3 }])
      expect(text(await tiles.get('a/b'))).toBe('one')
    })

    it('stores one of two contents that are put at once, and refuses the other', async () => {
      const results = await Promise.allSettled(['one', 'two'].map((content) => tiles.put('a', bytes(content))))
      expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
      const winner = results[0]?.status === 'fulfilled' ? 'one' : 'two'
      expect(text(await tiles.get('a'))).toBe(winner)
    })

    it('is not changed by a later change of the array it was given', async () => {
      const given = bytes('one')
      await tiles.put('a', given)
      given.fill(0)
      expect(text(await tiles.get('a'))).toBe('one')
    })

    it('refuses more octets than the largest bundle has, with files.too-large', async () => {
      expect((await faultOfAsync(() => tiles.put('a', new Uint8Array(16_777_473)))).code).toBe('files.too-large')
      expect(await tiles.get('a')).toBeUndefined()
    })
  })

  describe('get', () => {
    it('returns undefined for what is not stored, for a folder, and below a file', async () => {
      await tiles.put('a/b', bytes('one'))
      expect([await tiles.get('c'), await tiles.get('a'), await tiles.get('a/b/c')]).toEqual([undefined, undefined, undefined])
    })
  })

  describe('replace', () => {
    it('replaces what is expected, and returns false for anything else', async () => {
      expect(await tiles.replace('c', undefined, bytes('1'))).toBe(true)
      expect(await tiles.replace('c', undefined, bytes('2'))).toBe(false)
      expect(await tiles.replace('c', bytes('x'), bytes('2'))).toBe(false)
      expect(await tiles.replace('c', bytes('1'), bytes('2'))).toBe(true)
      expect(text(await tiles.get('c'))).toBe('2')
    })

    it('lets one of several that expect the same succeed', async () => {
      await tiles.replace('c', undefined, bytes('0'))
      const results = await Promise.all(['1', '2', '3', '4'].map((next) => tiles.replace('c', bytes('0'), bytes(next))))
      expect(results.filter(Boolean)).toHaveLength(1)
      expect(text(await tiles.get('c'))).toBe(String(results.indexOf(true) + 1))
    })

    it('refuses more octets than the largest bundle has, with files.too-large', async () => {
      expect((await faultOfAsync(() => tiles.replace('a', undefined, new Uint8Array(16_777_473)))).code).toBe('files.too-large')
    })
  })

  it('lists the files below a path with their octets, and no others', async () => {
    await tiles.put('log/tile/0/000', bytes('abc'))
    await tiles.put('log/tile/0/x001/000.p/9', bytes('abcde'))
    await tiles.put('logs/other', bytes('x'))
    await tiles.replace('log/checkpoint', undefined, bytes('note'))
    expect(await pathsOf('log')).toEqual(['log/checkpoint 4', 'log/tile/0/000 3', 'log/tile/0/x001/000.p/9 5'])
    expect(await pathsOf('none')).toEqual([])
  })

  it.each([
    [
      '..',
      '../x',
      'a/../b',
      'a/..',
      '.incoming/x',
      'a/.b',
      '/etc/passwd',
      'a//b',
      'a/',
      '',
      'a\\b',
      'a\u0000b',
      '规程',
      'a b',
      'x'.repeat(401),
    ],
  ])('refuses paths that lead elsewhere or mean something else to a server, with files.path (%s, …)', async (...paths) => {
    for (const path of paths) {
      expect((await faultOfAsync(() => tiles.put(path, bytes('x')))).code, path).toBe('files.path')
      expect((await faultOfAsync(() => tiles.get(path))).code, path).toBe('files.path')
      expect((await faultOfAsync(() => tiles.replace(path, undefined, bytes('x')))).code, path).toBe('files.path')
      expect((await faultOfAsync(() => pathsOf(path))).code, path).toBe('files.path')
    }
  })
}
