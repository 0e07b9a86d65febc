// Why this exists: a database holds plates and names, a configuration may hold a password, and a folder that others write to may hold
// a link, a pipe or a socket: nothing of ours is for others to read, and nothing of theirs is written through or waited for.
import { execFile } from 'node:child_process'
import { chmod, mkdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { createSqliteQueue, createSqliteStore } from 'tongheng/stores/sqlite'
import { createFakeAuthorities, type FakeAuthorities, fixtures, organisation } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type NodeFiles, writeNode } from './node-files.js'
import { type Cli, openCli } from './run.js'

let cli: Cli
let world: FakeAuthorities
let node: NodeFiles
let mask: number
const en = ['--lang', 'en']
const modeOf = async (name: string): Promise<number> => (await stat(join(cli.folder, name))).mode & 0o777

beforeAll(async () => {
  // The permissions must not depend on the umask of the process.
  mask = process.umask(0)
  cli = await openCli()
  world = await createFakeAuthorities({ witnessKeys: true })
  node = await writeNode(cli, world, 'SC-AMR')
  await cli.write('f01.json', fixtures.F01.record)
  await cli.run(['keygen', '--out', 'k.json'])
})

afterAll(async () => {
  process.umask(mask)
  await cli.close()
})

describe('a private file', () => {
  it('is created for its owner only: database, write-ahead log, outbox', async () => {
    const store = await createSqliteStore({ file: join(cli.folder, 'made.db') })
    await store.probe()
    for (const name of ['made.db', 'made.db-wal', 'made.db-shm']) expect([name, await modeOf(name)]).toEqual([name, 0o600])
    await store.close()
    const queue = await createSqliteQueue({ file: join(cli.folder, 'outbox.db') })
    await queue.add([{ id: 'a', statement: 'b' }])
    for (const name of ['outbox.db', 'outbox.db-wal', 'outbox.db-shm']) expect([name, await modeOf(name)]).toEqual([name, 0o600])
    await queue.close()
  })

  it('is created for its owner only: backup, restored database, configuration, keys, drafts of trust lists', async () => {
    // The command opens the node, which has no peer to follow.
    expect(await cli.run(['sync', '--config', node.file, ...en])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^Error: [^\n]*\[cli\.no-peers\]\n$/),
    })
    expect(await cli.run(['backup', '--config', node.file, '--out', 'backup.db', ...en])).toMatchObject({ code: 0 })
    expect(await cli.run(['restore', '--config', node.file, '--from', 'backup.db', '--yes', ...en])).toMatchObject({ code: 0 })
    const { uscc } = organisation('SC-AMR')
    const about = ['--authority', uscc, '--name', '节点', '--region', '51', '--url', 'https://sc.example']
    expect(await cli.run(['init', '--folder', 'new', ...about, ...en])).toMatchObject({ code: 0 })
    const args = ['--iss', uscc, '--region', '51', '--root', 'new/node.pub.json', '--threshold', '1', '--yes']
    const init = await cli.run(['trust', 'init', '--draft', 'draft.json', ...args, ...en])
    expect(init).toMatchObject({ code: 0 })
    for (const name of [
      'backup.db',
      '51.db',
      'new/node.json',
      'new/node.key.json',
      'new/log.key.json',
      'new/witness.key.json',
      'draft.json',
    ])
      expect([name, await modeOf(name)]).toEqual([name, 0o600])
  })

  it('that others could read is made private at start, and that is reported', async () => {
    await chmod(join(cli.folder, '51.db'), 0o666)
    const { err } = await cli.run(['sync', '--config', node.file, ...en])
    expect(err).toContain('51.db; it is now for its owner only')
    expect(await modeOf('51.db')).toBe(0o600)
    expect((await cli.run(['sync', '--config', node.file, ...en])).err).not.toContain('51.db')
  })
})

describe('the password of a database', () => {
  const SECRET = 'S3cret%2Fw0rd'
  const FORMS = [
    `postgres://me:${SECRET}@127.0.0.1:9/x`,
    `postgresql://me:${SECRET}@127.0.0.1:9,127.0.0.1:10/x`,
    `POSTGRES://me:${SECRET}@127.0.0.1:9/x`,
    `postgres://127.0.0.1:9/x?user=me&password=${SECRET}`,
    `postgres://me:S3cret/w0rd@127.0.0.1:9/x`,
    `postgres://me:S3cret@w0rd@127.0.0.1:9/x`,
    `postgres://me:S3cret#w0rd@127.0.0.1:9/x`,
    `postgres://me:${SECRET}@[::1/x`,
    `postgres://me:${SECRET}@S3cret.invalid:99999/x`,
    `host=127.0.0.1 port=9 user=me password=${SECRET}`,
    `password = '${SECRET}'`,
    `mysql://me:${SECRET}@127.0.0.1/x`,
    `jdbc:postgresql://127.0.0.1/x?password=${SECRET}`,
  ]
  it.each(FORMS)('is not printed for %s', async (database) => {
    await cli.write('open.json', { ...node.config, database })
    for (const args of [['sync'], ['log', 'show'], ['backup', '--out', 'no.db'], ['serve']]) {
      const { code, out, err } = await cli.run([...args, '--config', 'open.json', ...en])
      expect([args, code]).toEqual([args, 2])
      expect(out + err).not.toMatch(/S3cret|w0rd/)
    }
  })
})

describe('an output', () => {
  it('is not written through a link; the link and its target are unchanged', async () => {
    await writeFile(join(cli.folder, 'victim'), 'mine')
    await symlink('victim', join(cli.folder, 'link'))
    await writeFile(join(cli.folder, 'empty.db'), '')
    for (const args of [
      ['sign', 'f01.json', '--key', 'k.json', '--out', 'link'],
      ['check', 'f01.json', '--out', 'link'],
      ['keygen', '--out', 'link'],
      ['backup', '--config', node.file, '--out', 'link'],
    ]) {
      const { code, err } = await cli.run([...args, ...en])
      expect([args[0], code, /\((?:LINK|EEXIST)\) \[cli\.file\]/.test(err)]).toEqual([args[0], 2, true])
    }
    expect([await readFile('victim', 'utf8'), await readlink('link')]).toEqual(['mine', 'victim'])
  })

  it('is not written through a link in the place of its temporary file', async () => {
    for (const name of ['a.jws', 'report.txt']) await symlink('victim', join(cli.folder, `${name}.${process.pid}.new`))
    expect((await cli.run(['sign', 'f01.json', '--key', 'k.json', '--out', 'a.jws'])).code).toBe(0)
    expect((await cli.run(['check', 'f01.json', '--out', 'report.txt'])).code).toBe(0)
    expect(await readFile('victim', 'utf8')).toBe('mine')
  })
})

describe('a folder to check', () => {
  it.skipIf(process.platform === 'win32')('yields its own files only: no pipe, no socket, no link to the outside', async () => {
    await mkdir('many/below', { recursive: true })
    await cli.write('many/good.json', fixtures.F01.record)
    await symlink('../good.json', join(cli.folder, 'many/below/inside.json'))
    await symlink('../f01.json', join(cli.folder, 'many/outside.json'))
    await symlink('/dev/zero', join(cli.folder, 'many/zero.json'))
    await symlink('nowhere', join(cli.folder, 'many/nowhere.json'))
    await promisify(execFile)('mkfifo', ['many/pipe.json'])
    const socket = createServer().listen('many/socket.json')
    const { code, out } = await cli.run(['check', 'many', '--format', 'json'])
    expect(code).toBe(0)
    expect(out).not.toMatch(/outside|zero|pipe|socket|nowhere/)
    const { out: pattern } = await cli.run(['check', 'many/**/*.json', '--format', 'json'])
    expect(pattern).toBe(out)
    await new Promise((resolve) => socket.close(resolve))
  })

  it('is limited in depth: a deeper folder is an error that names it', async () => {
    await mkdir(`deep/${'d/'.repeat(70)}`, { recursive: true })
    const { code, err } = await cli.run(['check', 'deep', ...en])
    expect([code, err]).toEqual([2, expect.stringContaining('(DEEP) [cli.file]')])
  })
})
