// Why this exists: a node that starts with a wrong option would sign with it for years; the fault must be reported before anything is
// written.
import type { NodeOptions } from 'tongheng/node'
import { emptyStatuses, signStatusList } from 'tongheng/status'
import { createMemoryStore } from 'tongheng/stores/memory'
import { createFakeAuthorities, organisation } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { createHeadKeeper } from '../../src/node/head.js'
import { headInMemory } from '../support/nodes/head-in-memory.js'
import { openChongqing } from '../support/nodes/pair.js'
import { claimsOf, fakeAuthorities, NOW, openWorld, reissue, taximeter, uscc } from '../support/nodes/world.js'
import { forge } from '../verify/world.ts'

describe('the options of a node', () => {
  it.each([
    [{ id: 7 }, 'id'],
    [{ url: 7 }, 'url'],
    [{ authority: undefined }, 'authority'],
    [{ name: 'name' }, 'name'],
    [{ region: 51 }, 'region'],
    [{ signer: {} }, 'signer'],
    [{ store: {} }, 'store'],
    [{ anchors: {} }, 'anchors'],
    [{ trustLists: ['a.b.c'] }, 'trustLists'],
    [{ agreements: [[7]] }, 'agreements'],
    [{ numberTwice: 'reject' }, 'numberTwice'],
    [{ policy: { algorithms: ['RS256'] } }, 'policy.algorithms'],
    [{ policy: 'strict' }, 'policy'],
    [{ now: 1_750_000_000 }, 'now'],
    [{ alarm: 'mail' }, 'alarm'],
    [{ log: {} }, 'log.origin'],
    [{ log: { origin: 'node.example/log', signer: {} } }, 'log.signer'],
  ])('%o are rejected at %s', async (options, member) => {
    await expect(openWorld({ node: options as unknown as Partial<NodeOptions> })).rejects.toMatchObject({
      code: 'verify.options',
      details: { member },
    })
  })

  it.each(['pending', 'refuse', undefined] as const)('may say of a number used twice: %s', async (numberTwice) => {
    await expect(openWorld({ node: { ...(numberTwice !== undefined && { numberTwice }) } })).resolves.toBeDefined()
  })
})

describe('the keys of a node', () => {
  const { name } = organisation('SC-AMR')
  it('must be in the list of its authority: its own, that of its log, and that of its cosignatures', async () => {
    const authorities = await fakeAuthorities()
    const { origin, signer, witness } = authorities.log('SC-AMR')
    const other = authorities.signer('CD')
    for (const [node, code, kid] of [
      [{ signer: other, name }, 'node.key-not-listed', other.kid],
      [{ log: { origin, signer: other, witness } }, 'log.not-listed', other.kid],
      [{ log: { origin, signer, witness: other } }, 'log.witness-not-listed', other.kid],
      [{ log: { origin, signer, witness: signer } }, 'log.witness-is-log', signer.kid],
    ] as const) {
      const rejected = openWorld({ node: node as Partial<NodeOptions> })
      await expect(rejected, code).rejects.toMatchObject({
        code,
        details: code === 'node.key-not-listed' ? { authority: uscc('SC-AMR'), kid } : { origin, kid },
      })
      if (code === 'log.witness-not-listed' || code === 'log.not-listed')
        await expect(rejected).rejects.toMatchObject({ details: { authority: uscc('SC-AMR') } })
    }
  })
})

describe('the region of a node', () => {
  it('is that of the list of its authority: otherwise it would judge for another province', async () => {
    await expect(openWorld({ node: { region: '50' } })).rejects.toMatchObject({
      code: 'node.region-differs',
      details: { authority: uscc('SC-AMR'), region: '50', listed: '51' },
    })
  })
})

describe('a node that may not sign yet', () => {
  it('names its log: unconfirmed by a witness, or with a head that is lost', async () => {
    const authorities = await fakeAuthorities()
    const statement = await authorities.sign('CD', taximeter('未确认'))
    const { origin } = authorities.log('SC-AMR')
    const submit = (world: Awaited<ReturnType<typeof openWorld>>) => world.node.submit({ statement, sender: uscc('CD'), requestId: 'r' })
    await expect(submit(await openWorld({ node: { awaitsWitness: true } }))).rejects.toMatchObject({
      code: 'log.unconfirmed',
      details: { origin },
    })
    const [head, store] = [headInMemory(), createMemoryStore()]
    const world = await openWorld({ store, node: { head } })
    await submit(world)
    for (const text of ['something else', undefined]) {
      head.text = text
      const next = await authorities.sign('CD', taximeter(`丢失 ${text}`))
      await expect(world.node.submit({ statement: next, sender: uscc('CD'), requestId: 'r' })).rejects.toMatchObject({
        code: 'log.head-lost',
        details: { origin },
      })
    }
  })

  it('appends nothing if its head was lost while the second place could not be reached', async () => {
    const authorities = await fakeAuthorities()
    const [head, store] = [headInMemory(), createMemoryStore()]
    const world = await openWorld({ store, node: { head } })
    const submit = async (no: string) =>
      world.node.submit({ statement: await authorities.sign('CD', taximeter(no)), sender: uscc('CD'), requestId: 'r' })
    await submit('先')
    head.isAway = true
    await expect(submit('中')).rejects.toMatchObject({ code: 'log.head-lost' })
    const { size } = await store.readLog()
    head.isAway = false
    head.text = undefined
    await expect(submit('后')).rejects.toMatchObject({ code: 'log.head-lost' })
    expect((await store.readLog()).size).toBe(size)
  })

  it('reads the second place once for each checkpoint, and tries to write sixty-four times while others write too', async () => {
    const authorities = await fakeAuthorities()
    const counts = { reads: 0, swaps: 0 }
    const inMemory = headInMemory()
    let isContended = false
    const head = {
      read: async () => {
        counts.reads++
        return inMemory.read()
      },
      swap: async (expected: string | undefined, next: string) => {
        counts.swaps++
        return isContended ? false : inMemory.swap(expected, next)
      },
    }
    const world = await openWorld({ node: { head } })
    const submit = async (no: string) =>
      world.node.submit({ statement: await authorities.sign('CD', taximeter(no)), sender: uscc('CD'), requestId: 'r' })
    await submit('一')
    const { reads } = counts
    for (let n = 0; n < 3; n++) await world.node.options.store.readLog()
    expect(counts.reads).toBe(reads)
    isContended = true
    counts.swaps = 0
    await expect(submit('二')).rejects.toMatchObject({ code: 'log.head-lost' })
    expect(counts.swaps).toBe(64)
  })

  it('treats the head of another log as a loss, not as newer entries of its own', async () => {
    const authorities = await fakeAuthorities()
    const { origin } = authorities.log('SC-AMR')
    const other = await openChongqing({ authorities })
    const statement = await authorities.sign('CD', taximeter('别的日志'))
    await other.node.submit({ statement, sender: uscc('CD'), requestId: 'r' })
    const head = headInMemory()
    head.text = (await other.store.readLog()).checkpoint
    const world = await openWorld({ node: { head } })
    await expect(world.node.submit({ statement, sender: uscc('CD'), requestId: 'r' })).rejects.toMatchObject({
      code: 'log.head-lost',
      details: { origin },
    })
    expect((await world.store.readLog()).size).toBe(0)
  })

  it('never puts an older head in the place of a newer one', async () => {
    const authorities = await fakeAuthorities()
    const [place, store] = [headInMemory(), createMemoryStore()]
    const world = await openWorld({ store })
    const submit = async (no: string) => {
      await world.node.submit({ statement: await authorities.sign('CD', taximeter(no)), sender: uscc('CD'), requestId: 'r' })
      return (await store.readLog()).checkpoint as string
    }
    const [older, newer] = [await submit('旧'), await submit('新')]
    const keeper = createHeadKeeper({ store, origin: authorities.log('SC-AMR').origin, place, awaitsWitness: false })
    await keeper.open()
    // The first head of a log is written once a witness has confirmed it.
    await keeper.confirm()
    expect(place.text).toBe(newer)
    await keeper.settle(older)
    expect(place.text).toBe(newer)
    // Nor is another text about the same tree written, such as that of another process on this database.
    place.text = `${newer}— witness.example AAAAAAAA\n`
    const { swaps } = place
    await keeper.settle(`${newer}— other.example AAAAAAAA\n`)
    expect(place.swaps).toBe(swaps)
  })
})

describe('the warnings of a node', () => {
  const english = (texts: readonly { readonly en: string }[]) => texts.map(({ en }) => en)

  it('are about its own configuration, and empty if nothing is missing', async () => {
    const { origin, signer } = (await fakeAuthorities()).log('SC-AMR')
    for (const [node, expected] of [
      [{ head: headInMemory() }, []],
      [{ awaitsWitness: true }, []],
      [{}, [/second place/]],
      [{ log: undefined }, [/log/]],
      [{ log: { origin, signer } }, [/witness|cosign/, /second place/]],
    ] as const) {
      const world = await openWorld({ node: node as Partial<NodeOptions> })
      expect(english(world.node.warnings())).toEqual(expected.map((part) => expect.stringMatching(part)))
    }
  })

  it('do not require a witness key that no list names', async () => {
    const authorities = await createFakeAuthorities()
    const { origin, signer } = authorities.log('SC-AMR')
    const world = await openWorld({ authorities, node: { log: { origin, signer }, awaitsWitness: true } })
    // The trust already warns that the lists name none.
    expect(world.node.warnings()).toHaveLength(world.node.trust.findings.length)
  })

  it('do not require the witness key that the list has for another authority, or for another of its logs', async () => {
    const authorities = await fakeAuthorities()
    const { origin, signer } = authorities.log('SC-AMR')
    const listed = await reissue(authorities, 'SC-AMR', (payload) => ({
      ...payload,
      logs: payload.logs.flatMap(({ witness, ...log }) => [log, { ...log, origin: `${origin}/old`, ...(witness && { witness }) }]),
    }))
    const world = await openWorld({ node: { ...listed, agreements: [], log: { origin, signer }, awaitsWitness: true } })
    expect(world.node.trust.logs.filter(({ witness }) => witness !== undefined)).toHaveLength(2)
    expect(english(world.node.warnings()).filter((text) => text.includes('cannot cosign'))).toEqual([])
    // A node may have its witness key before the list names one with its log; that of another log is no contradiction.
    const before = await reissue(authorities, 'SC-AMR', (payload) => ({
      ...payload,
      logs: payload.logs.flatMap(({ witness, ...log }) => [{ ...log, origin: `${origin}/old`, ...(witness && { witness }) }, log]),
    }))
    const { signer: witness } = await createFakeAuthorities().then((other) => other.log('SC-AMR'))
    const early = await openWorld({ node: { ...before, agreements: [], log: { origin, signer, witness }, awaitsWitness: true } })
    expect(early.node.identity).toBeDefined()
    // The list has one for this log.
    const lacking = await openWorld({ node: { log: { origin, signer }, awaitsWitness: true } })
    expect(english(lacking.node.warnings())).toEqual([expect.stringContaining(`with the log ${origin} that this node does not have`)])
  })

  it('make a node unready, with both sizes, once its log is halted', async () => {
    const { node } = await openWorld()
    const { origin } = (await fakeAuthorities()).log('SC-AMR')
    expect(node.unready()).toEqual([])
    node.halt({ origin, size: 3, seen: 5, witness: uscc('CQ-AMR'), checkpoint: 'x' })
    expect(english(node.unready())).toEqual([expect.stringMatching(/\b5\b/)])
  })

  it('name a status list that a later version of the format has extended, and the member that is not understood', async () => {
    const world = await openWorld({ node: { head: headInMemory() } })
    const uri = 'https://lists.institute.example/2025'
    const of = { iss: uscc('CD'), uri, iat: NOW - 60, exp: NOW + 86_400, statuses: emptyStatuses(16) }
    const claims = claimsOf<{ status_list: object }>(await signStatusList(of, world.authorities.signer('CD')))
    const newer = await forge(
      world.authorities.signer('CD'),
      { ...claims, status_list: { ...claims.status_list, meaning: 'other' } },
      { typ: 'statuslist+jwt' },
    )
    expect(await world.node.learn({ statusLists: [newer] })).toEqual([])
    expect(english(world.node.warnings())).toEqual([expect.stringMatching(/lists\.institute\.example\/2025.*\/status_list\/meaning/s)])
  })

  it('say which trust list ends soon; one that has ended makes the node unready', async () => {
    const world = await openWorld({ node: { head: headInMemory() } })
    const [list] = world.authorities.trust.lists
    const exp = list?.payload.exp as number
    const named = (texts: readonly { readonly en: string }[]) =>
      english(texts).filter((text) => world.authorities.trust.lists.some(({ payload }) => text.includes(payload.iss))).length
    expect([named(world.node.warnings()), named(world.node.unready())]).toEqual([0, 0])
    world.clock.now = exp - 86_400
    expect([named(world.node.warnings()), named(world.node.unready())]).toEqual([2, 0])
    world.clock.now = exp + 1
    expect([named(world.node.warnings()), named(world.node.unready())]).toEqual([0, 2])
  })
})
