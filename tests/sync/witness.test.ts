// Why this exists: only a witness prevents a log from showing two histories, so what it signs, rejects and stores must be exact.
import { existsSync } from 'node:fs'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createTree,
  emptyRoot,
  type Hash,
  type NoteSigner,
  openCheckpoint,
  proveConsistency,
  readForkEvidence,
  rootOf,
  signCheckpoint,
  verifyFork,
  writeAddCheckpoint,
} from 'tongheng/log'
import type { Store } from 'tongheng/node'
import { createMemoryStore } from 'tongheng/stores/memory'
import { createSqliteStore } from 'tongheng/stores/sqlite'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { holderOf } from '../log/signers.js'
import { leavesOf } from '../log/trees.js'
import { fill, follow, logHolder, openChongqing, originOf, signMany } from '../support/nodes/pair.js'
import { fakeAuthorities, NOW, openWorld, problemOf, recordPath, type Sent, type World } from '../support/nodes/world.js'

let sichuan: World
let statements: readonly string[]

beforeAll(async () => {
  statements = await signMany(await fakeAuthorities(), 40)
})

beforeEach(async () => {
  sichuan = await openWorld()
})

describe('add-checkpoint (C2SP tlog-witness)', () => {
  /** The log of Chongqing with two hand-made histories. */
  const trees = ['one', 'other'].map((name) => {
    const tree = createTree()
    for (const leaf of leavesOf(40, name)) tree.append(leaf)
    return tree
  })
  const nodes = (history: number) => (trees[history] as (typeof trees)[number]).nodeAt
  let signer: NoteSigner

  beforeAll(async () => {
    ;({ signer } = await logHolder(await fakeAuthorities(), 'CQ-AMR'))
  })

  const head = (size: number, history = 0, by = signer): Promise<string> =>
    signCheckpoint({ origin: by.name, size, root: rootOf(size, nodes(history)) }, by)
  const proofTo = (size: number, from: number, history = 0): Hash[] => (from === 0 ? [] : proveConsistency(from, size, nodes(history)))
  const post = (body: string, to = sichuan): Promise<Response> => {
    const sent: Sent = { method: 'POST', path: '/v1/log/add-checkpoint', body, as: null, headers: { 'content-type': 'text/plain' } }
    return to.send(sent)
  }
  const add = async (oldSize: number, size: number, history = 0, proof = proofTo(size, oldSize, history)): Promise<Response> =>
    post(writeAddCheckpoint({ oldSize, proof, checkpoint: await head(size, history) }))
  const codeOf = async (response: Response): Promise<[number, string]> => [response.status, (await problemOf(response)).code]
  const seen = () => sichuan.store.getPeer(signer.name)

  it('answers 200 with cosignature lines that verify, for every growth of the tree', async () => {
    const { key: witness } = await logHolder(sichuan.authorities, 'SC-AMR', 'witness')
    const { key } = await logHolder(sichuan.authorities, 'CQ-AMR')
    let old = 0
    for (const size of [1, 2, 3, 8, 8, 17, 40]) {
      sichuan.clock.now += 10
      const response = await add(old, size)
      const lines = await response.text()
      expect([response.status, response.headers.get('content-type')], lines).toEqual([200, 'text/plain; charset=utf-8'])
      expect(lines).toMatch(/^— node-51\.example\/v1\/log [A-Za-z0-9+/]+=*\n$/)
      const opened = await openCheckpoint(`${await head(size)}${lines}`, key, [witness])
      expect(opened.cosignatures).toEqual([{ name: originOf(sichuan), at: sichuan.clock.now }])
      expect((await seen())?.size).toBe(size)
      old = size
    }
  })

  it('cosigns the empty tree', async () => {
    expect((await post(writeAddCheckpoint({ oldSize: 0, proof: [], checkpoint: await head(0) }))).status).toBe(200)
    const other = await signCheckpoint({ origin: signer.name, size: 0, root: emptyRoot() }, signer)
    expect((await post(writeAddCheckpoint({ oldSize: 0, proof: [], checkpoint: other }))).status).toBe(200)
  })

  it('answers 409 with the size in text/x.tlog.size if another size was seen last', async () => {
    await add(0, 8)
    for (const [old, size] of [
      [0, 8],
      [0, 17],
      [3, 17],
      [3, 3],
      [0, 3],
      [9, 17],
    ] as const) {
      const response = await add(old, size, 0, old === 0 ? [] : undefined)
      expect([response.status, response.headers.get('content-type'), await response.text()], `${old}→${size}`).toEqual([
        409,
        'text/x.tlog.size',
        '8\n',
      ])
    }
    expect((await seen())?.size).toBe(8)
  })

  it('answers 400 to a malformed request, or if the old size exceeds the new one', async () => {
    const checkpoint = await head(8)
    for (const body of [
      'hello',
      '',
      `old\n\n${checkpoint}`,
      `old -1\n\n${checkpoint}`,
      `old 01\n\n${checkpoint}`,
      `old 9007199254740993\n\n${checkpoint}`,
      `old 0\n${checkpoint}`,
      `old 0\nnot base64\n\n${checkpoint}`,
      `old 0\n${'AAAA\n'.repeat(64)}\n${checkpoint}`,
      `old 9\n\n${checkpoint}`,
    ])
      expect(await codeOf(await post(body)), body.slice(0, 30)).toEqual([400, 'witness.form'])
    for (const [note, code] of [
      ['hello\n', 'note.form'],
      [checkpoint.replace(/— .*\n/, ''), 'note.form'],
      [checkpoint.replace('\n8\n', '\n08\n'), 'checkpoint.form'],
      [checkpoint.replace('\n8\n', '\n9007199254740993\n'), 'checkpoint.form'],
    ] as const)
      expect(await codeOf(await post(`old 0\n\n${note}`)), code).toEqual([400, code])
    expect(await seen()).toBeUndefined()
  })

  it('answers 403 if the log did not sign the checkpoint', async () => {
    const forger = await holderOf(signer.name, 'log')
    const bodies = [
      writeAddCheckpoint({ oldSize: 0, proof: [], checkpoint: await head(8, 0, forger.signer) }),
      writeAddCheckpoint({ oldSize: 0, proof: [], checkpoint: (await head(8)).replace('\n8\n', '\n9\n') }),
    ]
    const answers = await Promise.all(bodies.map(async (body) => codeOf(await post(body))))
    expect(answers).toEqual([
      [403, 'note.unsigned'],
      [403, 'note.signature'],
    ])
    expect(await seen()).toBeUndefined()
  })

  it('answers 404 if no trust list has the log', async () => {
    const stranger = await holderOf('elsewhere.example/log', 'log')
    const body = writeAddCheckpoint({ oldSize: 0, proof: [], checkpoint: await head(8, 0, stranger.signer) })
    expect(await codeOf(await post(body))).toEqual([404, 'log.unknown'])
  })

  it('answers 404 at a node without a cosigning key', async () => {
    const silent = await openWorld({ node: { log: undefined } })
    const body = writeAddCheckpoint({ oldSize: 0, proof: [], checkpoint: await head(8) })
    expect(await codeOf(await post(body, silent))).toEqual([404, 'log.no-checkpoint'])
  })

  it('answers 422 if the proof does not verify', async () => {
    await add(0, 8)
    for (const proof of [[], proofTo(17, 8, 1), proofTo(17, 3), proofTo(17, 8).slice(1), [...proofTo(17, 8), ...proofTo(17, 8)]]) {
      expect(await codeOf(await add(8, 17, 0, proof))).toEqual([422, 'witness.proof'])
    }
    // Nothing proves that another history continues this one.
    expect(await codeOf(await add(8, 17, 1))).toEqual([422, 'witness.proof'])
    expect((await seen())?.size).toBe(8)
  })

  it('answers 409 for the same size with another tree, and stores the proof of the fork', async () => {
    await add(0, 8)
    const before = await seen()
    const response = await add(8, 8, 1, [])
    expect([response.status, await response.text()]).toEqual([409, '8\n'])
    expect(await seen()).toEqual(before)
    const [text] = (await sichuan.store.getDocument('fork', signer.name, 8))?.signed ?? []
    const { key } = await logHolder(sichuan.authorities, 'CQ-AMR')
    const proved = await verifyFork(readForkEvidence(text as string), key)
    expect(proved).toMatchObject({ origin: signer.name, first: { size: 8 }, second: { size: 8 } })
  })

  it('cosigns only one of many concurrent requests from one old size', async () => {
    await add(0, 8)
    // Seven checkpoints, four of them of another history: no two of them can both be true.
    const answers = await Promise.all([9, 10, 11, 12, 13, 17, 40].map((size) => add(8, size)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409, 409])
    const winner = answers.findIndex(({ status }) => status === 200)
    expect((await seen())?.size).toBe([9, 10, 11, 12, 13, 17, 40][winner])
  })

  it('cosigns only one of many concurrent first requests with two histories', async () => {
    const answers = await Promise.all([0, 1, 0, 1].map((history) => add(0, 8, history)))
    const cosigned = answers.flatMap(({ status }, at) => (status === 200 ? [at % 2] : []))
    expect(cosigned.length).toBeGreaterThan(0)
    expect(new Set(cosigned).size).toBe(1)
  })
})

describe('two nodes that follow each other', () => {
  it('cosign each other’s checkpoints, which then verify with the keys of both', async () => {
    const chongqing = await openChongqing({ authorities: sichuan.authorities })
    await fill(sichuan, statements.slice(0, 20))
    expect((await follow(chongqing, sichuan)).filter(({ kind }) => kind === 'cosigned')).toEqual([
      { kind: 'cosigned', size: 0 },
      { kind: 'cosigned', size: 20 },
    ])
    expect((await follow(sichuan, chongqing)).filter(({ kind }) => kind === 'cosigned')).toEqual([{ kind: 'cosigned', size: 20 }])
    for (const [of, log, by] of [
      [sichuan, 'SC-AMR', 'CQ-AMR'],
      [chongqing, 'CQ-AMR', 'SC-AMR'],
    ] as const) {
      const note = await of.client(undefined).log.cosignedCheckpoint()
      const [{ key }, { key: witness }] = await Promise.all([
        logHolder(sichuan.authorities, log),
        logHolder(sichuan.authorities, by, 'witness'),
      ])
      const opened = await openCheckpoint(note, key, [witness])
      expect([opened.size, opened.cosignatures]).toEqual([20, [{ name: witness.name, at: NOW }]])
      expect((await openCheckpoint(await of.client(undefined).log.checkpoint(), key, [witness])).cosignatures).toEqual([])
    }
    // A round without growth yields no event.
    expect([...(await follow(chongqing, sichuan)), ...(await follow(sichuan, chongqing))]).toEqual([])
  })

  it('report the checkpoint they have seen of each other, with the other’s own signature', async () => {
    const chongqing = await openChongqing({ authorities: sichuan.authorities })
    await fill(chongqing, statements.slice(0, 3))
    await follow(chongqing, sichuan)
    const held = await sichuan.client(undefined).log.witnessed(originOf(chongqing))
    const { key } = await logHolder(sichuan.authorities, 'CQ-AMR')
    expect((await openCheckpoint(held, key)).size).toBe(3)
  })
})

describe('a log that does not continue what its witness has seen', () => {
  let folder: string
  let chongqing: World
  const opened: Store[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tongheng-witness-'))
  })
  afterAll(async () => {
    for (const store of opened) await store.close()
    await rm(folder, { recursive: true, force: true })
  })
  beforeEach(async () => {
    chongqing = await openChongqing({ authorities: sichuan.authorities })
  })

  const openFile = async (name: string): Promise<World> => {
    const store = await createSqliteStore({ file: join(folder, name) })
    opened.push(store)
    return openWorld({ store })
  }

  /** A node restored from a backup at `backup` entries, after its witness had seen ten. */
  async function restored(name: string, backup: number, isCosigned: boolean): Promise<World> {
    const before = await openFile(`${name}.db`)
    await fill(before, statements.slice(0, backup))
    if (isCosigned) await follow(before, chongqing)
    // Copy the file and its WAL.
    for (const part of ['', '-wal']) {
      const file = join(folder, `${name}.db${part}`)
      if (existsSync(file)) await copyFile(file, join(folder, `${name}-backup.db${part}`))
    }
    await fill(before, statements.slice(backup, 10))
    await follow(before, chongqing)
    const world = await openFile(`${name}-backup.db`)
    expect((await world.store.readLog()).size).toBe(backup)
    return world
  }

  /** Expects that the node rejects submissions, and reports the reason everywhere. */
  async function expectHalted(world: World): Promise<void> {
    const [, next] = statements.slice(30) as [string, string]
    const size = (await world.store.readLog()).size
    const response = await world.send({ method: 'PUT', path: recordPath(next), body: next })
    expect([response.status, (await problemOf(response)).code, response.headers.get('retry-after')]).toEqual([503, 'log.halted', '5'])
    const bulk = { method: 'POST', path: '/v1/records', body: next, headers: { 'content-type': 'application/jose+ndjson' } }
    expect(JSON.parse(await (await world.send(bulk)).text())).toMatchObject({ status: 503, problem: { code: 'log.halted' } })
    expect((await world.store.readLog()).size).toBe(size)
    const readiness = await world.send({ path: '/readyz', as: null })
    const { reasons } = (await readiness.json()) as { reasons: { zh: string; en: string }[] }
    expect([readiness.status, reasons.map(({ en }) => en)]).toEqual([503, [expect.stringContaining('nothing is taken in')]])
    expect(reasons[0]?.zh).toContain('已停止接收')
    expect(await (await world.send({ path: '/metrics', as: null })).text()).toMatch(/^tongheng_halted 1$/m)
    // Stored entries can still be read and verified.
    expect((await world.send({ path: '/v1/records' })).status).toBe(200)
    expect((await world.send({ path: '/healthz', as: null })).status).toBe(200)
  }

  it('halts the node before it imports anything, after a restore of an old backup', async () => {
    const world = await restored('old', 6, false)
    await fill(chongqing, statements.slice(20, 25))
    expect(await (await world.send({ path: '/metrics', as: null })).text()).toMatch(/^tongheng_halted 0$/m)
    await expect(follow(world, chongqing)).rejects.toMatchObject({
      code: 'log.halted',
      details: { origin: originOf(world), size: 6, seen: 10, witness: chongqing.node.options.authority },
    })
    expect(world.node.halted).toMatchObject({ checkpoint: await chongqing.client(undefined).log.witnessed(originOf(world)) })
    await expectHalted(world)
    await expect(follow(world, chongqing)).rejects.toMatchObject({ code: 'log.halted' })
  })

  it('halts the node even if the backup is from just after a cosignature', async () => {
    const world = await restored('cosigned', 6, true)
    await expect(follow(world, chongqing)).rejects.toMatchObject({ code: 'log.halted' })
    await expectHalted(world)
  })

  it('halts the node even if it has grown to the same size or beyond', async () => {
    for (const [name, more] of [
      ['same', 4],
      ['beyond', 7],
    ] as const) {
      const world = await restored(name, 6, false)
      await fill(world, statements.slice(20, 20 + more))
      await expect(follow(world, chongqing), name).rejects.toMatchObject({ code: 'log.halted', details: { size: 6 + more, seen: 10 } })
      await expectHalted(world)
      sichuan = await openWorld()
      chongqing = await openChongqing({ authorities: sichuan.authorities })
    }
  })

  it('does not halt the node on the unsigned word of a witness', async () => {
    await fill(sichuan, statements.slice(0, 6))
    await follow(sichuan, chongqing)
    const honest = chongqing.client('SC-AMR')
    const client = { ...honest, log: { ...honest.log, addCheckpoint: async () => ({ seen: 1_000_000 }) } }
    await expect(follow(sichuan, chongqing, { client })).rejects.toMatchObject({ code: 'client.answer' })
    const forged = await holderOf(originOf(sichuan), 'log')
    const large = await signCheckpoint({ origin: originOf(sichuan), size: 1_000_000, root: emptyRoot() }, forged.signer)
    const lying = { ...client, log: { ...client.log, witnessed: async () => large } }
    await expect(follow(sichuan, chongqing, { client: lying })).rejects.toMatchObject({ code: 'note.unsigned' })
    expect(sichuan.node.halted).toBeUndefined()
    expect((await sichuan.client('CD').records.submit(statements[7] as string)).isNew).toBe(true)
  })

  it('is not assumed if another process of the same node appended first', async () => {
    const store = { ...createMemoryStore() }
    const [world, second] = [await openWorld({ store }), await openWorld({ store })]
    await fill(world, statements.slice(0, 4))
    const { readLog } = store
    let isFirst = true
    store.readLog = async () => {
      const log = await readLog()
      if (!isFirst) return log
      isFirst = false
      // Before the request to the witness, the other process appends and obtains a cosignature.
      await fill(second, statements.slice(4, 8))
      await follow(second, chongqing)
      return log
    }
    await follow(world, chongqing).catch((error: unknown) => expect(error).toMatchObject({ code: 'client.answer' }))
    expect(world.node.halted).toBeUndefined()
    await follow(world, chongqing)
    expect((await world.store.readLog()).cosigned).toBeDefined()
  })
})
