// Why this exists: a clock set ahead makes a node delete used requests as expired; after it is set back, they must not be accepted
// again.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from 'tongheng/node'
import { createSqliteStore } from 'tongheng/stores/sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NOW, openWorld, problemOf, type World } from '../support/nodes/world.js'

const DAY = 86_400
const PATH = '/v1/records'
let folder: string
const stores: Store[] = []

const open = async (): Promise<World> => {
  const store = await createSqliteStore({ file: join(folder, 'node.db') })
  stores.push(store)
  return openWorld({ store })
}
const ask = async (world: World, authorization: string): Promise<string> => {
  const response = await world.send({ path: PATH, authorization })
  return response.ok ? 'taken' : (await problemOf(response)).code
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clock-'))
})
afterAll(async () => {
  for (const store of stores) await store.close()
  await rm(folder, { recursive: true })
})

describe('a clock that was ahead and is set back', () => {
  it('does not make a used request valid again, not even after a restart, and the answer names the clock', async () => {
    const world = await open()
    const used = await world.authorize({ path: PATH })
    expect([await ask(world, used), await ask(world, used)]).toEqual(['taken', 'request.replayed'])

    world.clock.now = NOW + DAY
    expect(await ask(world, await world.authorize({ path: PATH }))).toBe('taken')
    world.clock.now = NOW + 1
    expect(await ask(world, used)).toBe('request.clock-back')

    const again = await open()
    again.clock.now = NOW + 1
    const response = await again.send({ path: PATH, authorization: used })
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)])
    const { code, text, advice } = await problemOf(response)
    expect([code, text.zh, advice?.en]).toEqual(['request.clock-back', expect.stringContaining('时钟'), expect.stringContaining('NTP')])
  })

  it('does not cause rejections once the affected period has passed', async () => {
    const world = await open()
    // The deleted request would have been valid until three minutes after it was signed.
    world.clock.now = NOW + 10
    expect(await ask(world, await world.authorize({ path: PATH }))).toBe('taken')
  })

  it('does not affect a clock that only advances', async () => {
    const world = await open()
    for (const seconds of [0, 4, 9, 60, 200, 5000]) {
      world.clock.now = NOW + 2 * DAY + seconds
      expect(await ask(world, await world.authorize({ path: PATH }))).toBe('taken')
    }
  })
})
