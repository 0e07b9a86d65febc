// Why this exists: a log is closed at the end of its year. Nodes that followed it must continue with its successor, and with no other log.
import { readCheckpoint, signClosing, successorOf } from 'tongheng/log'
import type { FollowEvent, FollowOptions } from 'tongheng/sync'
import { describe, expect, it } from 'vitest'
import { faultOfAsync } from '../base/fault.js'
import { NEXT, openPair } from '../support/nodes/closing.js'
import { entriesOf, fill, follow, logHolder, originOf, sync } from '../support/nodes/pair.js'
import { openWorld, type World } from '../support/nodes/world.js'

const kinds = (events: readonly FollowEvent[]): string[] => events.map(({ kind }) => kind)

describe('a follower of a closed log', () => {
  const clientsOf = ({ young }: { readonly young: World }) => ({ clientOf: () => young.client('CQ-AMR') })

  it('imports the rest, follows the successor without configuration, and needs the old node no longer', async () => {
    const pair = await openPair()
    const { old, young, chongqing } = pair
    await fill(old, pair.statements.slice(0, 6))
    await follow(chongqing, old, clientsOf(pair))
    await old.node.closeLog(NEXT)
    await fill(young, pair.statements.slice(6, 9))
    const events = await follow(chongqing, old, clientsOf(pair))
    expect(events.filter(({ kind }) => kind === 'succeeded')).toEqual([{ kind: 'succeeded', successor: NEXT }])
    expect(await entriesOf(chongqing)).toHaveLength(9)
    await fill(young, pair.statements.slice(9))
    const asked: string[] = []
    const client = Object.create(old.client('CQ-AMR'), {
      log: {
        get() {
          throw new Error('the old node is gone')
        },
      },
    })
    const clientOf: FollowOptions['clientOf'] = ({ url }) => {
      asked.push(url)
      return young.client('CQ-AMR')
    }
    await follow(chongqing, old, { client, clientOf })
    expect(await entriesOf(chongqing)).toHaveLength(12)
    expect(asked).toEqual([NEXT.url])
  })

  it('does not believe a successor that only the log names: log.successor-unlisted, until the list has it', async () => {
    const pair = await openPair()
    const { old, young, chongqing, authorities } = pair
    await fill(old, pair.statements.slice(0, 3))
    const { signer } = await logHolder(authorities, 'SC-AMR')
    const head = readCheckpoint((await old.store.readLog()).checkpoint as string)
    const note = await signClosing(head, { origin: 'mallory.example/2027', url: 'https://mallory.example' }, signer)
    await old.store.sequence(({ append }) => append({ entries: [], tileRoots: [], checkpoint: note }))
    let asked = 0
    const clientOf = () => {
      asked++
      return young.client('CQ-AMR')
    }
    const { code, details } = await faultOfAsync(() => follow(chongqing, old, { clientOf }))
    expect([code, details.origin, asked]).toEqual(['log.successor-unlisted', 'mallory.example/2027', 0])
    expect(await entriesOf(chongqing)).toHaveLength(3)
  })

  it('stops at a closed log that has grown: sync.reopened with both checkpoints; and does not witness it', async () => {
    const pair = await openPair()
    const { old, chongqing, authorities, next } = pair
    await fill(old, pair.statements.slice(0, 3))
    await old.node.closeLog(NEXT)
    await sync(chongqing, old)
    const grown = await openWorld({ authorities, node: { trustLists: [...authorities.trustLists, next.signed] } })
    await fill(grown, pair.statements.slice(0, 4))
    const { code, details } = await faultOfAsync(() => sync(chongqing, grown))
    expect([code, details.size, details.seen, (details.checkpoints as unknown[]).length]).toEqual(['sync.reopened', 4, 3, 2])
    const refused = await faultOfAsync(() => follow(grown, chongqing))
    expect(refused.details).toMatchObject({ status: 422, problemCode: 'witness.closed' })
  })

  it('preserves the closing checkpoint, even if a stale copy of an earlier one is served or witnessed again', async () => {
    const pair = await openPair()
    const { old, chongqing } = pair
    await fill(old, pair.statements.slice(0, 3))
    const before = (await old.store.readLog()).checkpoint as string
    await old.node.closeLog(NEXT)
    await sync(chongqing, old)
    const origin = originOf(old)
    const kept = (await chongqing.store.getPeer(origin))?.checkpoint
    expect(successorOf(kept as string)).toEqual(NEXT)
    await old.store.sequence(({ append }) => append({ entries: [], tileRoots: [], checkpoint: before }))
    await follow(chongqing, old)
    await follow(old, chongqing)
    expect((await chongqing.store.getPeer(origin))?.checkpoint).toBe(kept)
  })

  it('ends with the closed log if no client of the successor is given, and a closed log imports nothing from its peers', async () => {
    const pair = await openPair()
    const { old, chongqing } = pair
    await fill(chongqing, pair.statements.slice(0, 2))
    await old.node.closeLog(NEXT)
    expect(kinds(await follow(old, chongqing))).not.toContain('progress')
    expect((await entriesOf(old)).length).toBe(0)
    expect(kinds(await follow(chongqing, old))).not.toContain('succeeded')
  })
})
