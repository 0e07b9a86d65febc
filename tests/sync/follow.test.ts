// Why this exists: a node follows a peer for years: it must import the peer's newer documents, end at once when it is aborted, and limit
// the memory of batches of long statements.
import { TonghengError } from 'tongheng/errors'
import { createTree, leafHash, rootOf, signCheckpoint } from 'tongheng/log'
import { signAgreement } from 'tongheng/recognition'
import { signNotice } from 'tongheng/status'
import { createMemoryStore } from 'tongheng/stores/memory'
import type { LogSource } from 'tongheng/sync'
import { agreementPayload } from 'tongheng/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { fill, follow, logHolder, nextList, openChongqing, originOf, signMany, sourceOf, sync } from '../support/nodes/pair.js'
import { NOW, openWorld, statementIdOf, taximeter, uscc, type World } from '../support/nodes/world.js'

const DAY = 86_400
let sichuan: World
let chongqing: World
beforeEach(async () => {
  sichuan = await openWorld()
  chongqing = await openChongqing({ authorities: sichuan.authorities })
})

const problem = (status: number): Response =>
  new Response(JSON.stringify({ type: 'x', title: 'x', status, code: 'not-found', text: { zh: '没有', en: 'no' } }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  })

describe('a round', () => {
  it('imports the newer agreement of a peer', async () => {
    const { authorities } = sichuan
    const payload = { ...agreementPayload(), version: 2 }
    const newer = await signAgreement(payload, [authorities.signer('SC-AMR'), authorities.signer('CQ-AMR')])
    expect(await sichuan.node.learn({ agreements: [newer] })).toEqual([])
    expect((await follow(chongqing, sichuan)).filter(({ kind }) => kind === 'learned')).toEqual([])
    expect((await chongqing.store.getDocument('agreement', payload.id))?.version).toBe(2)
  })

  it('continues if the peer does not have a trust list', async () => {
    await fill(sichuan, await signMany(sichuan.authorities, 2))
    const client = sichuan.client('CQ-AMR', {
      retries: 0,
      fetch: async (request) => (request.url.includes('/v1/trust-lists/') ? problem(404) : sichuan.server.fetch(request)),
    })
    expect((await follow(chongqing, sichuan, { client })).map(({ kind }) => kind)).toContain('progress')
  })

  it('transfers no trust list, catalogue or agreement again that has not changed, and one that has', async () => {
    const answers: [path: string, status: number, octets: number][] = []
    const client = sichuan.client('CQ-AMR', {
      fetch: async (request) => {
        const response = await sichuan.server.fetch(request)
        const { length } = await response.clone().text()
        answers.push([new URL(request.url).pathname.split('/').slice(0, 3).join('/'), response.status, length])
        return response
      },
    })
    const round = async (): Promise<string[]> => {
      answers.length = 0
      await follow(chongqing, sichuan, { client })
      return answers
        .filter(([path]) => /trust-lists|agreements/.test(path))
        .map(([path, status, octets]) => `${path} ${status} ${octets > 0}`)
    }
    const [lists, agreements] = ['/v1/trust-lists', '/v1/agreements']
    expect(await round()).toEqual([`${lists} 200 true`, `${lists} 200 true`, `${agreements} 200 true`])
    expect(await round()).toEqual([`${lists} 304 false`, `${lists} 304 false`, `${agreements} 304 false`])
    const { authorities } = sichuan
    const [held] = authorities.trust.lists
    const newer = await nextList(held as NonNullable<typeof held>, authorities.rootSigners('SC-AMR'), ['/iat', NOW - 10])
    expect(await sichuan.node.learn({ trustLists: [newer.signed] })).toEqual([])
    expect(await round()).toEqual([`${lists} 304 false`, `${lists} 200 true`, `${lists} 200 true`, `${agreements} 304 false`])
    expect(chongqing.node.trust.lists.map(({ payload }) => payload.version).toSorted()).toEqual([1, 2])
    expect(await round()).toEqual([`${lists} 304 false`, `${lists} 304 false`, `${agreements} 304 false`])
  })

  it('ends the request under way, and the round, at its signal', async () => {
    for (const path of ['/v1/agreements', '/v1/log/checkpoint']) {
      const stop = new AbortController()
      const asked: boolean[] = []
      const client = sichuan.client('CQ-AMR', {
        retries: 0,
        fetch: async (request) => {
          if (!request.url.endsWith(path)) return sichuan.server.fetch(request)
          stop.abort(new Error('enough'))
          asked.push(request.signal.aborted)
          throw new Error('enough')
        },
      })
      expect((await follow(chongqing, sichuan, { client, signal: stop.signal })).filter(({ kind }) => kind === 'failed')).toEqual([])
      expect(asked, path).toEqual([true])
    }
  })

  it('does not request the checkpoint of a witness if the request for a cosignature itself failed', async () => {
    await fill(sichuan, await signMany(sichuan.authorities, 2))
    const honest = chongqing.client('SC-AMR')
    for (const error of [
      new TonghengError('client.network', { node: 'https://node-50.example', reason: 'ECONNRESET' }),
      new Error('defect'),
    ]) {
      const asked: string[] = []
      const log = {
        ...honest.log,
        addCheckpoint: () => Promise.reject(error),
        witnessed: async (origin: string) => {
          asked.push(origin)
          return honest.log.witnessed(origin)
        },
      }
      await expect(follow(sichuan, chongqing, { client: { ...honest, log } })).rejects.toBe(error)
      expect(asked).toEqual([])
    }
  })
})

describe('a batch', () => {
  /** Unsigned statements of `length` characters, and a log of them that its authority has signed. */
  async function logOfLong(count: number, length: number): Promise<LogSource & { readonly asked: number[] }> {
    const { signer } = await logHolder(sichuan.authorities, 'SC-AMR')
    const [header, , signature] = (await sichuan.authorities.sign('CD', taximeter('长'))).split('.') as [string, string, string]
    const room = length - header.length - signature.length - 2
    const statements = Array.from({ length: count }, (_, n) => `${header}.${String(n).padStart(room, 'A')}.${signature}`)
    const tree = createTree()
    for (const statement of statements) tree.append(leafHash(Buffer.from(statementIdOf(statement), 'base64url')))
    const asked: number[] = []
    return {
      asked,
      checkpoint: () => signCheckpoint({ origin: signer.name, size: count, root: rootOf(count, tree.nodeAt) }, signer),
      tile: async (level, index, width) => Array.from({ length: width }, (_, at) => tree.nodeAt(8 * level, 256 * index + at)),
      entries: async (page, width) => {
        asked.push(page)
        return statements.slice(256 * page, 256 * page + width)
      },
    }
  }

  it('has the pages of a whole batch, read in one', async () => {
    await fill(sichuan, await signMany(sichuan.authorities, 260))
    expect(await sync(chongqing, sichuan, sourceOf(sichuan), Infinity, 1024)).toMatchObject([{ cursor: 260, taken: 260 }])
  })

  it('ends at four million characters, however few statements those are', async () => {
    // Two pages have 4 MiB exactly.
    const source = await logOfLong(4 * 256, 8192)
    const progress = await sync(chongqing, sichuan, source, Infinity, 10_000)
    expect(progress.map(({ cursor, skipped }) => [cursor, skipped])).toEqual([
      [512, 512],
      [1024, 512],
    ])
    expect(source.asked).toEqual([0, 1, 2, 3])
  })
})

describe('a failure of the store', () => {
  it('while a record is judged again, after a notice before it was stored, ends the import: the record is no known one', async () => {
    const [statement] = (await signMany(sichuan.authorities, 1)) as [string]
    const notice = await signNotice(
      { iss: uscc('CD'), iat: NOW, from: NOW, action: 'revoke', statements: [statementIdOf(statement)], reason: { zh: '误发' } },
      sichuan.authorities.signer('CD'),
    )
    await fill(sichuan, [notice, statement])
    const store = { ...createMemoryStore() }
    const receiver = await openChongqing({ authorities: sichuan.authorities, store })
    const { sequence, entriesBy } = store
    let isBroken = false
    store.sequence = (work) => {
      isBroken = true
      return sequence(work)
    }
    store.entriesBy = (...of) => (isBroken ? Promise.reject(new Error('disk full')) : entriesBy(...of))
    await expect(sync(receiver, sichuan)).rejects.toThrow('disk full')
    Object.assign(store, { sequence, entriesBy })
    expect(await sync(receiver, sichuan)).toMatchObject([{ cursor: 2, taken: 1, known: 1 }])
  })
})

describe('an entry that was skipped', () => {
  it('remains recorded if it is still not genuine when it is retried', async () => {
    await fill(sichuan, await signMany(sichuan.authorities, 3))
    const spoiling = (places: readonly number[]) =>
      sourceOf(sichuan, {
        entries: async (page, width) =>
          (await sichuan.client('SC-AMR').log.entries(page, width)).map((statement, at) =>
            places.includes(at) ? statement.replace(/.{6}$/, 'AAAAAA') : statement,
          ),
      })
    await sync(chongqing, sichuan, spoiling([0, 1]))
    const recorded = async () => (await chongqing.store.listSkipped(originOf(sichuan), { not: '', limit: 9 })).map(({ index }) => index)
    expect(await recorded()).toEqual([0, 1])
    chongqing.clock.now += DAY
    expect(await sync(chongqing, sichuan, spoiling([1]))).toMatchObject([{ taken: 1, skipped: 1 }])
    expect(await recorded()).toEqual([1])
  })
})
