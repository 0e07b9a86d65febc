// Why this exists: what an institute signed and revoked must be visible in the other province, by commands alone.
import { readFile } from 'node:fs/promises'
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
const running: RunningNode[] = []
const en = ['--lang', 'en']

beforeAll(async () => {
  cli = await openCli()
  world = await createFakeAuthorities({ witnessKeys: true })
  await writeChengdu(cli, world)
  sichuan = await writeNode(cli, world, 'SC-AMR')
  const peers = [{ url: sichuan.url, id: sichuan.id, authority: organisation('SC-AMR').uscc, every: 1 }]
  chongqing = await writeNode(cli, world, 'CQ-AMR', { peers })
  for (const files of [sichuan, chongqing]) running.push(await serveNode(cli, files))
})

afterAll(async () => {
  for (const node of running) expect(await node.stop()).toBe(0)
  await cli.close()
})

describe('an institute that revokes', () => {
  it('publishes its list and its notice from the command line; the other side fetches both, and judges by them', async () => {
    const { uscc } = organisation('CD')
    const uri = `${sichuan.url}/v1/status-lists/${uscc}/2025`
    const key = ['--key', 'CD.key']
    expect((await cli.run(['status', 'create', '--list', 'list.jws', '--uri', uri, '--iss', uscc, ...key])).code).toBe(0)
    await cli.write('wrong.json', taximeter('川检-错'))
    const at = ['--at', '2025-03-12T17:00:00+08:00']
    const listed = ['--status-list', uri, '--status-index', '3']
    expect((await cli.run(['sign', 'wrong.json', ...key, ...at, ...listed, '--out', 'wrong.jws'])).code).toBe(0)
    const publish = () => cli.run(['status', 'publish', '--list', 'list.jws', '--node-id', sichuan.id, ...key, ...en])
    expect(await publish()).toEqual({ code: 0, out: `published ${uri}\n`, err: '' })
    expect((await cli.run(['submit', 'wrong.jws', ...asChengdu(sichuan), ...en])).code).toBe(0)
    const revoke = [
      'status',
      'revoke',
      'wrong.jws',
      '--list',
      'list.jws',
      '--notice',
      'wrong.notice',
      '--reason',
      '标准器超差',
      ...key,
      '--yes',
    ]
    expect((await cli.run(revoke)).code).toBe(0)
    expect(await publish()).toMatchObject({ code: 0 })
    // The notice may be in one file with records.
    await cli.write(
      'both.ndjson',
      `${await world.sign('CD', taximeter('川检-丁'))}\n${await readFile(join(cli.folder, 'wrong.notice'), 'utf8')}`,
    )
    const both = await cli.run(['submit', 'both.ndjson', ...asChengdu(sichuan), '--trust', 'trust.json', '--format', 'json', ...en])
    expect(json(both.out).map(({ decision, isNew }) => [decision, isNew])).toEqual([
      ['accepted', true],
      ['accepted', true],
    ])
    expect((await cli.run(['submit', 'wrong.notice', ...asChengdu(sichuan), ...en])).out).toContain('accepted')
    const judged = async ({ url }: NodeFiles) => {
      const headers = { 'content-type': 'application/jose' }
      const response = await fetch(`${url}/v1/verify`, {
        method: 'POST',
        headers,
        body: (await readFile(join(cli.folder, 'wrong.jws'), 'utf8')).trim(),
      })
      const { outcome, decidedBy, checks } = (await response.json()) as {
        outcome: string
        decidedBy: string
        checks: { id: string; code: string }[]
      }
      return [outcome, checks.find(({ id }) => id === decidedBy)?.code]
    }
    expect(await judged(sichuan)).toEqual(['not-recognised', 'status.revoked'])
    await expect.poll(() => judged(chongqing)).toEqual(['not-recognised', 'status.revoked'])
  })

  it('gets an error if its list is at no node, or if the node has a newer one', async () => {
    const { uscc } = organisation('CD')
    const key = ['--key', 'CD.key']
    await cli.run(['status', 'create', '--list', 'own.jws', '--uri', 'https://institute.example/status/1', '--iss', uscc, ...key])
    const nowhere = await cli.run(['status', 'publish', '--list', 'own.jws', ...key, ...en])
    expect([nowhere.code, nowhere.err]).toEqual([2, expect.stringContaining('[cli.status-address]')])
    expect(nowhere.err).toContain('https://NODE/v1/status-lists/ISSUER/NAME')
  })
})
