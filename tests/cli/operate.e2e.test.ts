// Why this exists: two operators run two nodes. The commands they type must work, survive interruptions, and report what they must know.
import { copyFile, readFile, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { createFakeAuthorities, type FakeAuthorities, organisation } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { taximeter } from '../support/nodes/world.js'
import { asChengdu, json, type NodeFiles, writeChengdu, writeNode } from './node-files.js'
import { type Cli, openCli } from './run.js'
import { type RunningNode, serveNode } from './serve-node.js'

let cli: Cli
let world: FakeAuthorities
let sichuan: NodeFiles
let chongqing: NodeFiles
let running: RunningNode[] = []
const en = ['--lang', 'en']

beforeAll(async () => {
  cli = await openCli()
  world = await createFakeAuthorities({ witnessKeys: true })
  await writeChengdu(cli, world)
  sichuan = await writeNode(cli, world, 'SC-AMR')
  const peers = [{ url: sichuan.url, id: sichuan.id, authority: organisation('SC-AMR').uscc, every: 1 }]
  chongqing = await writeNode(cli, world, 'CQ-AMR', { peers })
  const statements = await Promise.all(Array.from({ length: 300 }, (_, n) => world.sign('CD', taximeter(`川检-${n}`))))
  await cli.write('many.ndjson', `${statements.join('\n')}\n`)
  await cli.write('one.jws', `${await world.sign('CD', taximeter('川检-甲'))}\n`)
})

afterAll(async () => {
  for (const node of running) await node.stop('SIGKILL')
  await cli.close()
})

async function serve(files: NodeFiles): Promise<RunningNode> {
  const node = await serveNode(cli, files)
  running.push(node)
  return node
}

async function stop(node: RunningNode): Promise<void> {
  expect(await node.stop()).toBe(0)
  running = running.filter((other) => other !== node)
}

describe('an institute and two authorities', () => {
  it('submit many through an outbox, are interrupted, and continue; the other node follows and both logs hold', async () => {
    // The node does not run yet: all statements are queued in the outbox.
    const off = await cli.run([
      'submit',
      'many.ndjson',
      ...asChengdu(sichuan),
      '--outbox',
      'out.db',
      '--trust',
      'trust.json',
      '--patience',
      '0',
      ...en,
    ])
    expect([off.code, off.err]).toEqual([2, expect.stringContaining('cannot be reached')])
    const node = await serve(sichuan)
    const sent = await cli.run(['submit', '--outbox', 'out.db', ...asChengdu(sichuan), '--trust', 'trust.json', ...en])
    expect([sent.code, sent.err]).toEqual([0, ''])
    expect(sent.out).toMatch(/^300 statements: 300 accepted, 0 rejected, 0 pending, 0 refused \(\d+ a second\)\n$/)
    // A second run: the outbox is empty, and the node has each statement once.
    const again = await cli.run([
      'submit',
      'many.ndjson',
      '--outbox',
      'out.db',
      '--trust',
      'trust.json',
      ...asChengdu(sichuan),
      '--format',
      'json',
      ...en,
    ])
    expect([again.code, again.out]).toEqual([0, ''])
    const one = await cli.run(['submit', 'one.jws', ...asChengdu(sichuan), ...en])
    expect(one.out).toMatch(/^one\.jws {2}accepted {2}[\w-]{43}\n$/)

    const synced = await cli.run(['sync', '--config', chongqing.file, ...en])
    expect([synced.code, synced.err]).toEqual([0, ''])
    expect(synced.out).toContain(`${sichuan.url} has cosigned our log, of 301 entries`)
    expect(synced.out).toMatch(/: 301 new, 0 known, 0 not genuine as yet \(\d+ a second\)\n$/)
    const second = await cli.run(['sync', '--config', chongqing.file, '--format', 'json', ...en])
    expect(json(second.out).at(-1)).toMatchObject({ kind: 'total', taken: 0, skipped: 0 })

    for (const { file } of [sichuan, chongqing]) {
      const audit = await cli.run(['log', 'audit', '--config', file, ...en])
      expect([audit.code, audit.out]).toEqual([0, '301 entries proved again: everything agrees\n'])
    }
    const show = await cli.run(['log', 'show', '--config', chongqing.file, '--format', 'json', ...en])
    expect(json(show.out)[0]).toMatchObject({ size: 301, cosigned: 301, cosignatures: [{ name: 'node-51.example/v1/log' }] })
    await stop(node)
  })

  it('follow each other while they serve, and read a new trust file on a signal', async () => {
    const [first, second] = [await serve(sichuan), await serve(chongqing)]
    await cli.write('late.jws', `${await world.sign('CD', taximeter('川检-乙'))}\n`)
    expect((await cli.run(['submit', 'late.jws', ...asChengdu(sichuan), ...en])).code).toBe(0)
    await expect.poll(second.err).toMatch(/"kind":"progress","cursor":302/)
    await expect.poll(second.err).toMatch(/"kind":"cosigned","size":302/)
    const { anchors, trustLists, signedAgreement } = world
    await cli.write('trust.json', { anchors, trustLists, agreements: [signedAgreement], statusLists: ['x.y.z'] })
    first.signal('SIGHUP')
    await expect.poll(first.err).toMatch(/"kind":"reloaded","refused":\[\{"code":"format\./)
    await cli.write('trust.json', '{')
    first.signal('SIGHUP')
    await expect.poll(first.err).toMatch(/"kind":"reload-failed","code":"cli\.json"/)
    expect((await fetch(`${sichuan.url}/readyz`)).status).toBe(200)
    await cli.write('trust.json', { anchors, trustLists, agreements: [signedAgreement] })
    expect(`${first.err()}${second.err()}`).not.toContain('川A')
    await stop(first)
    await stop(second)
  })
})

describe('backup and restore', () => {
  it('back up a running node, prove the backup, protect existing files, and warn of what is lost', async () => {
    const node = await serve(sichuan)
    const backup = await cli.run(['backup', '--config', sichuan.file, '--out', 'backup.db', ...en])
    expect([backup.code, backup.out]).toEqual([0, 'Backed up into backup.db: a log of 302 entries\n'])
    expect((await cli.run(['backup', '--config', sichuan.file, '--out', 'backup.db', ...en])).err).toContain('(EEXIST)')
    const busy = await cli.run(['restore', '--config', sichuan.file, '--from', 'backup.db', '--yes', ...en])
    expect([busy.code, busy.err]).toEqual([2, expect.stringContaining('[cli.restore-running]')])
    await cli.write('after.jws', `${await world.sign('CD', taximeter('川检-丙'))}\n`)
    expect((await cli.run(['submit', 'after.jws', ...asChengdu(sichuan), ...en])).code).toBe(0)
    await cli.run(['sync', '--config', chongqing.file, ...en])
    await stop(node)

    const restored = await cli.run(['restore', '--config', sichuan.file, '--from', 'backup.db', '--yes', ...en])
    expect(restored.code).toBe(0)
    expect(restored.out).toContain('The backup (a log of 302 entries) will take the place of the database (a log of 303)')
    expect(restored.out).toContain('Note: 1 entries signed after the backup will be lost')
    expect((await cli.run(['log', 'audit', '--config', sichuan.file, ...en])).out).toBe('302 entries proved again: everything agrees\n')
    const aside = /kept as (\S+)\n/.exec(restored.out)?.[1] ?? ''
    expect((await stat(aside)).size).toBeGreaterThan(100_000)

    // The other node has seen more entries of this log than it now has, so it imports nothing.
    const witness = await serve(chongqing)
    const peers = [{ url: chongqing.url, id: chongqing.id, authority: organisation('CQ-AMR').uscc, intervalSeconds: 1 }]
    await cli.write(sichuan.file, { ...sichuan.config, peers })
    const behind = await serve(sichuan)
    // Until the other node has answered, the log is only unconfirmed.
    await expect.poll(async () => (await fetch(`${sichuan.url}/metrics`)).text()).toMatch(/^tongheng_halted 1$/m)
    expect((await fetch(`${sichuan.url}/readyz`)).status).toBe(503)
    await cli.write('more.jws', `${await world.sign('CD', taximeter('川检-丁'))}\n`)
    const refused = await cli.run(['submit', 'more.jws', ...asChengdu(sichuan), '--format', 'json', ...en])
    expect([refused.code, json(refused.out)[0]]).toMatchObject([1, { decision: 'refused', code: 'log.halted' }])
    await stop(behind)
    await stop(witness)
    await cli.write(sichuan.file, sichuan.config)
  })

  it('refuse a backup that was modified', async () => {
    await copyFile(join(cli.folder, 'backup.db'), join(cli.folder, 'touched.db'))
    const { openSqlite } = await import('tongheng/stores/sqlite')
    const db = await openSqlite(join(cli.folder, 'touched.db'))
    db.exec("UPDATE entries SET statement = replace(statement, '.', '.A') WHERE position = 7")
    db.close()
    const { code, out, err } = await cli.run(['restore', '--config', sichuan.file, '--from', 'touched.db', '--yes', ...en])
    expect([code, out]).toEqual([1, 'The backup touched.db has 1 faults; it is not restored\n'])
    expect(err).toContain('The statement of entry 7 does not have the id')
  })

  it('refuse a backup with a trigger that drops revocations, and so does an audit of such a database', async () => {
    const { openSqlite } = await import('tongheng/stores/sqlite')
    await copyFile(join(cli.folder, 'backup.db'), join(cli.folder, 'calm.db'))
    const db = await openSqlite(join(cli.folder, 'calm.db'))
    db.exec("CREATE TRIGGER calm BEFORE INSERT ON entries WHEN NEW.kind = 'notice' BEGIN SELECT RAISE(IGNORE); END")
    db.close()
    const before = (await stat(join(cli.folder, '51.db'))).mtimeMs
    const restored = await cli.run(['restore', '--config', sichuan.file, '--from', 'calm.db', '--yes', ...en])
    expect([restored.code, restored.out]).toEqual([1, 'The backup calm.db has 1 faults; it is not restored\n'])
    expect(restored.err).toContain('trigger calm')
    expect((await stat(join(cli.folder, '51.db'))).mtimeMs).toBe(before)
    await expect(stat(join(cli.folder, '51.db.restored'))).rejects.toThrow('ENOENT')
    await cli.write('calm.json', { ...sichuan.config, database: 'calm.db' })
    const audit = await cli.run(['log', 'audit', '--config', 'calm.json', ...en])
    expect([audit.code, audit.out]).toEqual([1, expect.stringContaining('store.altered')])
    const served = await cli.run(['serve', '--config', 'calm.json', ...en])
    expect([served.code, served.err]).toEqual([2, expect.stringContaining('[store.altered]')])
  })

  it('read other logs from their beginning again, because no stored cursor proves what came before it', async () => {
    const { createSqliteStore } = await import('tongheng/stores/sqlite')
    await cli.run(['backup', '--config', chongqing.file, '--out', 'other.db', ...en])
    const cursorOf = async (file: string): Promise<number | undefined> => {
      const store = await createSqliteStore({ file: join(cli.folder, file) })
      const [peer] = (await store.inspect()).peers
      await store.close()
      return peer?.cursor
    }
    expect(await cursorOf('other.db')).toBeGreaterThan(300)
    const restored = await cli.run(['restore', '--config', chongqing.file, '--from', 'other.db', '--yes', ...en])
    expect([restored.code, restored.err]).toEqual([0, ''])
    expect(await cursorOf('50.db')).toBe(0)
  })
})

describe('init', () => {
  it('writes a configuration and keys that serve, and overwrites nothing', async () => {
    const { uscc } = organisation('SC-AMR')
    const args = [
      'init',
      '--folder',
      'new',
      '--authority',
      uscc,
      '--name',
      '四川节点',
      '--region',
      '51',
      '--url',
      'https://sc.example',
      ...en,
    ]
    const { code, out } = await cli.run(args)
    expect(code).toBe(0)
    expect(out).toContain(
      'new/node.key.json, new/node.pub.json, new/log.key.json, new/log.pub.json, new/witness.key.json, new/witness.pub.json, new/node.json',
    )
    expect((await stat(join(cli.folder, 'new/node.key.json'))).mode & 0o777).toBe(0o600)
    const config = JSON.parse(await readFile(join(cli.folder, 'new/node.json'), 'utf8')) as Record<string, unknown>
    expect(config).toMatchObject({
      id: 'https://sc.example',
      listen: { host: '127.0.0.1', port: 8443 },
      log: { origin: 'sc.example/v1/log' },
    })
    expect(config.$schema).toMatch(/\/node-config\.v1\.json$/)
    const again = await cli.run(args)
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('(EEXIST)')])

    // The printed next steps, executed literally, start a node.
    const steps = [...out.matchAll(/^ {2}npx tongheng (.*)$/gm)].map(([, line]) => (line as string).replaceAll("'", '').split(' '))
    expect(steps.map(([command, action]) => `${command} ${action}`)).toEqual([
      'keygen --out',
      'trust init',
      'trust add-entity',
      'trust add-key',
      'trust add-log',
      'trust publish',
      'serve --config',
    ])
    // A node whose keys are not listed reports that, and does not run.
    for (const step of steps.slice(0, 3))
      expect(await cli.run([...step, ...(step[0] === 'trust' ? ['--yes'] : [])])).toMatchObject({ code: 0 })
    await copyFile(join(cli.folder, 'next.json'), join(cli.folder, 'early.json'))
    await cli.run(['trust', 'publish', '--draft', 'early.json', '--trust', 'new/trust.json', '--key', 'root.key.json', '--yes'])
    const early = await cli.run(['serve', '--config', 'new/node.json', ...en])
    expect([early.code, early.err]).toEqual([2, expect.stringContaining('[node.key-not-listed]')])
    await unlink(join(cli.folder, 'new/trust.json'))
    await unlink(join(cli.folder, 'new/node.db'))
    for (const step of steps.slice(3, 6)) expect(await cli.run([...step, '--yes', ...en])).toMatchObject({ code: 0 })
    const url = 'https://sc.example'
    const files = { url, id: url, port: 0, config, file: 'new/node.json' }
    await cli.write('new/node.json', { ...config, listen: { host: '127.0.0.1', port: 0 } })
    await stop(await serve(files))
    // Where the authority has a list, only the missing keys are reported.
    const second = await cli.run(['init', '--folder', 'second', '--trust', '../new/trust.json', ...args.slice(3)])
    expect([second.code, second.out.includes('trust init'), second.out.includes('trust add-key')]).toEqual([0, false, true])
    const missing = await cli.run(['init', '--folder', 'other', ...en])
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('--authority')])
    const wrong = await cli.run([...args.slice(0, 2), 'other', ...args.slice(3), '--listen', '0.0.0.0:99999'])
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('/listen/port')])
  })

  it('prints steps that a shell reads, for a folder with a blank and a trust file elsewhere', async () => {
    const about = ['--authority', organisation('SC-AMR').uscc, '--name', "四川'示例", '--region', '51', '--url', 'https://node.example']
    const { code, out } = await cli.run(['init', '--folder', '新 节点', ...about, '--trust', '/etc/node/trust.json', ...en])
    expect(code).toBe(0)
    expect(out).toContain("--jwk '新 节点/node.pub.json'")
    expect(out).toContain("npx tongheng serve --config '新 节点/node.json'\n")
    expect(out).toContain('--trust /etc/node/trust.json --iss')
    expect(out).toContain(String.raw`--name '四川'\''示例'`)
  })

  it('refuses a code with a wrong check character, and an address without a port, before it writes anything', async () => {
    const { uscc } = organisation('SC-AMR')
    const about = ['init', '--folder', 'refused', '--name', '示例局', '--region', '51', '--url', 'https://node.example', ...en]
    // A folder that cannot be made is named, as every file is.
    await cli.write('no-folder', 'a file')
    const under = await cli.run([
      ...about.map((one) => (one === 'refused' ? 'no-folder/in' : one)),
      '--authority',
      organisation('SC-AMR').uscc,
    ])
    expect([under.code, under.err]).toEqual([2, expect.stringMatching(/^Error: The file no-folder\/in .*\[cli\.file\]\n$/)])
    const away = await cli.run([...about.map((one) => (one === 'refused' ? 'away' : one)), '--authority', organisation('CQ-AMR').uscc])
    expect([away.code, away.err]).toEqual([0, expect.stringContaining('is registered in 50, which is not --region 51')])
    const mistyped = await cli.run([...about, '--authority', `${uscc.slice(0, -1)}X`])
    expect([mistyped.code, mistyped.err]).toEqual([2, expect.stringContaining('--authority takes: a unified social credit code')])
    for (const listen of ['0.0.0.0', '8443', '0.0.0.0：8443']) {
      const { code, err } = await cli.run([...about, '--authority', uscc, '--listen', listen])
      expect([code, err], listen).toEqual([2, expect.stringContaining('The option --listen takes: HOST:PORT')])
    }
    await expect(stat(join(cli.folder, 'refused'))).rejects.toThrow('ENOENT')
  })

  it('writes a head in etcd, of one member or several, and refuses one without a key', async () => {
    const about = ['--authority', organisation('SC-AMR').uscc, '--name', '示例局', '--region', '51', '--url', 'https://node.example']
    const headOf = async (folder: string, head: string) => {
      const { code, err } = await cli.run(['init', '--folder', folder, ...about, '--head', head, '--lang', 'en'])
      const file = join(cli.folder, folder, 'node.json')
      return { code, err, head: code === 0 ? (JSON.parse(await readFile(file, 'utf8')) as { head: unknown }).head : undefined }
    }
    expect((await headOf('file', '/mnt/other/head')).head).toBe('/mnt/other/head')
    expect((await headOf('etcd', 'http://127.0.0.1:2379/tongheng/51')).head).toEqual({ etcd: 'http://127.0.0.1:2379', key: '/tongheng/51' })
    expect((await headOf('several', 'https://a:2379,https://b:2379/head')).head).toEqual({
      etcd: ['https://a:2379', 'https://b:2379'],
      key: '/head',
    })
    expect(await headOf('none', 'http://127.0.0.1:2379')).toMatchObject({ code: 2, err: expect.stringContaining('/head') })
  })
})
