// Why this exists: an operator admits a reader by what is typed here; the node that runs must follow, and the trust list must not know of it.

import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createClient } from 'tongheng/client'
import { createSigner, generateKey } from 'tongheng/envelope'
import { createSqliteStore } from 'tongheng/stores/sqlite'
import { createFakeAuthorities, DEMONSTRATION_TIME, type FakeAuthorities, organisation } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { json, type NodeFiles, writeNode } from './node-files.js'
import { type Cli, openCli } from './run.js'
import { type RunningNode, serveNode } from './serve-node.js'

let cli: Cli
let world: FakeAuthorities
let files: NodeFiles
let running: RunningNode | undefined
const en = ['--lang', 'en']

beforeAll(async () => {
  cli = await openCli()
  world = await createFakeAuthorities({ witnessKeys: true })
  files = await writeNode(cli, world, 'SC-AMR')
})
afterAll(async () => {
  await running?.stop('SIGKILL')
  await cli.close()
})

describe('node', () => {
  it('admits, lists and revokes readers; a running node accepts the key, and no other', async () => {
    const key = await generateKey('ES256')
    await cli.write('reader.pub.json', key.publicJwk)
    const admit = ['node', 'admit-reader', '--config', files.file, '--key', 'reader.pub.json', '--name', '李四 市场监管科', ...en]
    // The thumbprint is shown before the question.
    expect(await cli.run(admit)).toMatchObject({
      code: 2,
      out: expect.stringContaining(key.kid),
      err: expect.stringContaining('[cli.confirm-needed]'),
    })
    const admitted = await cli.run([...admit, '--yes', '--format', 'json'])
    expect([admitted.code, admitted.err]).toEqual([0, ''])
    expect(json(admitted.out.split('\n').slice(1).join('\n'))).toMatchObject([
      { kid: key.kid, state: 'admitted', role: 'inspector', body: organisation('SC-AMR').uscc },
    ])
    const clerk = await cli.run([...admit, '--role', 'clerk', '--yes'])
    expect([clerk.code, clerk.err]).toEqual([2, expect.stringContaining('--body')])
    expect((await cli.run([...admit, '--days', '91', '--yes'])).err).toContain('[cli.option-value]')

    running = await serveNode(cli, files)
    const shift = Date.parse(DEMONSTRATION_TIME) - Date.now()
    const client = createClient({
      node: { url: files.url, id: files.id },
      caller: { iss: organisation('SC-AMR').uscc, signer: await createSigner(key.privateJwk) },
      now: () => Math.floor((Date.now() + shift) / 1000),
    })
    const listed = async (): Promise<number> => {
      let count = 0
      for await (const _ of client.records.list()) count++
      return count
    }
    expect(await listed()).toBe(0)
    expect(await running.stop()).toBe(0)

    const secret = await cli.write('reader.key.json', key.privateJwk)
    const wrong = await cli.run(['node', 'admit-reader', '--config', files.file, '--key', secret, '--name', 'x', '--yes', ...en])
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('[cli.key-private]')])
    expect((await cli.run(['node', 'readers', '--config', files.file])).out).toContain('  已准入  监管读者  ')
    const readers = await cli.run(['node', 'readers', '--config', files.file, ...en])
    expect(readers.out).toMatch(new RegExp(`^${key.kid}  admitted  inspector  \\w{18}  \\S+  李四 市场监管科\n$`))
    const revoked = await cli.run(['node', 'revoke-reader', '--config', files.file, '--kid', key.kid, ...en])
    expect([revoked.code, revoked.out.split('  ')[1]]).toEqual([0, 'revoked'])
    running = await serveNode(cli, files)
    await expect(listed()).rejects.toMatchObject({ code: 'request.key', details: { problemCode: 'request.key' } })
    expect(await running.stop()).toBe(0)
    running = undefined
    expect(await cli.run(['node', 'revoke-reader', '--config', files.file, '--kid', 'x', ...en])).toMatchObject({
      code: 2,
      err: expect.stringContaining('[reader.unknown]'),
    })
    expect(await cli.run(['log', 'audit', '--config', files.file, ...en])).toMatchObject({ code: 0 })
    expect(await cli.run(['node', 'x', ...en])).toMatchObject({ code: 2, err: expect.stringContaining('[cli.action-unknown]') })
  })

  it('accepts no reader once the newest revocation was taken out of the database, until the operator has compared the list', async () => {
    const [first, second] = await Promise.all([generateKey('ES256'), generateKey('ES256')])
    const { file, config } = await writeNode(cli, world, 'CQ-AMR', { head: 'elsewhere/head' })
    await mkdir(join(cli.folder, 'elsewhere'))
    const node = async (action: string, ...more: string[]) => cli.run(['node', action, '--config', file, ...more, ...en])
    for (const [name, { publicJwk }] of Object.entries({ first, second })) {
      await cli.write(`${name}.pub.json`, publicJwk)
      expect((await node('admit-reader', '--key', `${name}.pub.json`, '--name', name, '--yes')).code).toBe(0)
    }
    expect((await node('revoke-reader', '--kid', first.kid)).code).toBe(0)
    const store = await createSqliteStore({ file: join(cli.folder, String(config['database'])) })
    const documents = await store.listDocuments('reader')
    await store.close()
    expect(documents.map(({ version }) => version)).toEqual([1, 2, 3])
    // An intruder with the database file can do this: the same node without the last entry.
    const altered = await createSqliteStore({ file: join(cli.folder, 'altered.db') })
    for (const document of documents.slice(0, 2)) await altered.putDocument(document)
    await altered.close()
    await copyFile(join(cli.folder, 'altered.db'), join(cli.folder, 'altered-before.db'))
    await cli.write(file, { ...config, database: 'altered.db' })

    expect(await node('readers')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('[reader.behind]') })
    const audit = await cli.run(['log', 'audit', '--config', file, ...en])
    expect([audit.code, audit.out]).toEqual([1, expect.stringContaining('audit.readers')])
    const asked = await node('confirm-readers')
    expect([
      asked.code,
      asked.out
        .split('\n')
        .slice(0, 2)
        .map((line) => line.split('  ')[1]),
    ]).toEqual([2, ['admitted', 'admitted']])
    expect((await node('confirm-readers', '--yes')).code).toBe(0)
    expect((await node('revoke-reader', '--kid', first.kid)).code).toBe(0)
    expect((await node('readers')).out).toContain(`${first.kid}  revoked`)
    expect((await cli.run(['log', 'audit', '--config', file, ...en])).code).toBe(0)

    // A restore of the older copy prints what the operator must do next.
    const restored = await cli.run(['restore', '--config', file, '--from', 'altered-before.db', '--yes', ...en])
    expect([restored.code, restored.err]).toEqual([0, expect.stringContaining('register of readers')])
    expect((await node('readers')).err).toContain('[reader.behind]')

    await cli.write(file, { ...config, head: undefined })
    expect(await node('confirm-readers', '--yes')).toMatchObject({ code: 2, err: expect.stringContaining('[cli.no-head]') })
  })
})
