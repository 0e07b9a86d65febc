// Why this exists: an operator publishes, closes and audits a log by these commands, and a disk that was published is audited by others.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createFakeAuthorities, fixtures } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uscc } from '../support/nodes/world.js'
import { asChengdu, json, type NodeFiles, writeChengdu, writeNode } from './node-files.js'
import { type Cli, openCli } from './run.js'
import { serveNode } from './serve-node.js'

const en = ['--lang', 'en']
let cli: Cli
let files: NodeFiles

beforeAll(async () => {
  cli = await openCli()
  const world = await createFakeAuthorities({ witnessKeys: true })
  files = await writeNode(cli, world, 'SC-AMR', { publish: 'public' })
  await writeChengdu(cli, world)
  await cli.write('f01.jws', await world.sign('CD', fixtures.F01.record))
})
afterAll(() => cli.close())

const inFolder = (...path: string[]): string => join(cli.folder, ...path)
const audit = (folder: string, ...more: string[]) => cli.run(['log', 'audit', '--files', folder, '--trust', 'trust.json', ...more, ...en])

describe('a node that publishes', () => {
  it('writes its log into the folder while it runs, which is then audited without it', async () => {
    const node = await serveNode(cli, files)
    try {
      expect((await cli.run(['submit', 'f01.jws', ...asChengdu(files), ...en])).code).toBe(0)
      const checkpoint = inFolder('public', 'v1', 'log', 'checkpoint')
      await expect.poll(() => readFile(checkpoint, 'utf8').catch(() => '')).toContain('\n1\n')
      const served = await (await fetch(`${files.url}/v1/log/checkpoint`)).text()
      expect(await readFile(checkpoint, 'utf8')).toBe(served)
    } finally {
      await node.stop()
    }
    expect(await readdir(inFolder('public', '.incoming'))).toEqual([])
    expect(await audit('public')).toMatchObject({ code: 0, out: '1 entries proved again: everything agrees\n' })
  })
})

describe('tongheng log', () => {
  it('publish writes into a folder what a running node writes', async () => {
    const { code, out } = await cli.run(['log', 'publish', '--config', files.file, '--out', 'copy', '--format', 'json', ...en])
    expect([code, json(out)[0]]).toMatchObject([0, { folder: 'copy', size: 1 }])
    const listed = async (folder: string) => (await readdir(inFolder(folder, 'v1'), { recursive: true })).toSorted()
    expect(await listed('copy')).toEqual(await listed('public'))
  })

  it('audit --files exits with 1 and names the file where one is wrong, and with 2 where there is no key or folder', async () => {
    await cli.run(['log', 'publish', '--config', files.file, '--out', 'bad', ...en])
    await writeFile(inFolder('bad', 'v1', 'log', 'tile', 'entries', '000.p', '1'), new Uint8Array(34))
    const { code, out } = await audit('bad', '--format', 'json')
    expect([code, json(out)]).toMatchObject([1, [{ code: 'audit.file-changed', path: 'v1/log/tile/entries/000.p/1' }, { findings: 1 }]])
    expect(await cli.run(['log', 'audit', '--files', 'bad', ...en])).toMatchObject({ code: 2, err: expect.stringContaining('--log-key') })
    expect((await audit('nowhere')).code).toBe(2)
    expect(await readdir(cli.folder)).not.toContain('nowhere')
    expect((await cli.run(['log', 'audit', '--files', 'bad', '--log-key', 'x', ...en])).code).toBe(2)
    await rm(inFolder('bad'), { recursive: true })
  })

  it('publish exits with 2 and prints advice if the folder is of another log', async () => {
    await cli.run(['log', 'publish', '--config', files.file, '--out', 'other', ...en])
    const checkpoint = inFolder('other', 'v1', 'log', 'checkpoint')
    const own = await readFile(checkpoint, 'utf8')
    await writeFile(checkpoint, own.replace('\n1\n', '\n2\n'))
    const { code, err } = await cli.run(['log', 'publish', '--config', files.file, '--out', 'other', ...en])
    expect([code, err]).toEqual([2, expect.stringContaining('nothing was written')])
    expect(await readFile(checkpoint, 'utf8')).toBe(own.replace('\n1\n', '\n2\n'))
  })

  it('close requests confirmation, and rejects a log that the trust list lacks', async () => {
    const close = ['log', 'close', '--config', files.file, '--successor', 'x.example/2027', '--url', 'https://x.example', ...en]
    expect(await cli.run(close)).toMatchObject({ code: 2, err: expect.stringContaining('--yes') })
    const refused = await cli.run([...close, '--yes'])
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining(uscc('SC-AMR'))])
    expect((await cli.run(['log', 'show', '--config', files.file, ...en])).out).not.toContain('log-closed')
  })
})
