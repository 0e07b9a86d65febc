// Why this exists: a folder of published files is written by processes that die at any moment and read by a web server meanwhile.
import { mkdir, mkdtemp, readdir, rm, stat, symlink, truncate, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFileTiles } from 'tongheng/stores/files'
import { createMemoryTiles } from 'tongheng/stores/memory'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultOfAsync } from '../base/fault.js'
import { tilesContract } from './tiles-contract.js'

let base: string
let count = 0
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'tongheng-files-'))
})
afterAll(() => rm(base, { recursive: true, force: true }))
const newFolder = (): string => join(base, String(count++))
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('files in memory', () => {
  tilesContract(async () => createMemoryTiles())
})

describe('files in a folder', () => {
  tilesContract(() => createFileTiles({ folder: newFolder() }))

  it('are readable by a web server whatever the umask, and no draft or lock is left', async () => {
    const folder = newFolder()
    const before = process.umask(0o077)
    try {
      const tiles = await createFileTiles({ folder })
      await tiles.put('log/tile/0/000', bytes('abc'))
      await tiles.replace('log/checkpoint', undefined, bytes('note'))
      await faultOfAsync(() => tiles.put('log/tile/0/000', bytes('other')))
    } finally {
      process.umask(before)
    }
    const modeOf = async (path: string): Promise<number> => (await stat(join(folder, path))).mode & 0o777
    expect([await modeOf('log/tile/0/000'), await modeOf('log/checkpoint')]).toEqual([0o644, 0o644])
    expect([await modeOf('log/tile/0'), await modeOf('log'), await modeOf('.')]).toEqual([0o755, 0o755, 0o755])
    expect(await readdir(join(folder, '.incoming'))).toEqual([])
  })

  it('are not read through a symbolic link', async () => {
    const folder = newFolder()
    const tiles = await createFileTiles({ folder })
    await writeFile(join(base, 'secret'), 'key')
    await symlink(join(base, 'secret'), join(folder, 'link'))
    expect(await faultOfAsync(() => tiles.get('link'))).toMatchObject({ code: 'files.unusable', details: { reason: 'ELOOP' } })
    expect(await faultOfAsync(() => tiles.put('link', bytes('key')))).toMatchObject({
      code: 'files.unusable',
      details: { reason: 'ELOOP' },
    })
  })

  it('that are too large are refused before they are read', async () => {
    const folder = newFolder()
    const tiles = await createFileTiles({ folder })
    await writeFile(join(folder, 'large'), '')
    await truncate(join(folder, 'large'), 2 ** 40)
    expect((await faultOfAsync(() => tiles.get('large'))).code).toBe('files.too-large')
  })

  it('that cannot be written have a code that names the file and the reason', async () => {
    await writeFile(join(base, 'file'), '')
    expect((await faultOfAsync(() => createFileTiles({ folder: join(base, 'file') }))).details).toMatchObject({ reason: 'ENOTDIR' })
    const folder = newFolder()
    const tiles = await createFileTiles({ folder })
    await rm(join(folder, '.incoming'), { recursive: true })
    expect(await faultOfAsync(() => tiles.put('a', bytes('x')))).toMatchObject({
      code: 'files.unusable',
      details: { path: 'a', reason: 'ENOENT' },
    })
  })

  it('lose the drafts of a process that died an hour ago, and not those of a process that is writing', async () => {
    const folder = newFolder()
    await mkdir(join(folder, '.incoming'), { recursive: true })
    for (const name of ['old', 'new']) await writeFile(join(folder, '.incoming', name), 'x')
    const past = (await stat(join(folder, '.incoming', 'new'))).mtimeMs / 1000 - 3_700
    await utimes(join(folder, '.incoming', 'old'), past, past)
    await createFileTiles({ folder })
    expect(await readdir(join(folder, '.incoming'))).toEqual(['new'])
  })

  it('are replaced although a process of this machine died with the lock', async () => {
    const folder = newFolder()
    const tiles = await createFileTiles({ folder })
    await tiles.replace('c', undefined, bytes('1'))
    const { createHash } = await import('node:crypto')
    const lock = join(folder, '.incoming', `${createHash('sha256').update('c').digest('base64url')}.lock`)
    // No process has this id: the kernel counts to 4,194,304 at most.
    await writeFile(lock, `4194999 ${hostname()} x\n`)
    expect(await tiles.replace('c', bytes('1'), bytes('2'))).toBe(true)
  })
})
