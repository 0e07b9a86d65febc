// Why this exists: tests of a closed log need two logs of one authority, which its trust list has, and a node that follows them.
import { createMemoryStore } from 'tongheng/stores/memory'
import { createFakeAuthorities, type FakeAuthorities } from 'tongheng/testing'
import { nextList, openChongqing, signMany } from './pair.js'
import { openWorld, statementIdOf, uscc, type World } from './world.js'

export const NEXT = { origin: 'tongheng-51/2027', url: 'https://node-2027.example', id: 'tongheng-51-2027' }

export interface ClosingPair {
  readonly authorities: FakeAuthorities
  /** The version of the trust list of Sichuan that has both logs. */
  readonly next: Awaited<ReturnType<typeof nextList>>
  readonly old: World
  readonly young: World
  readonly chongqing: World
  readonly statements: readonly string[]
}

/** Two logs of Sichuan, a later version of whose list has both, and the node of Chongqing. */
export async function openPair(): Promise<ClosingPair> {
  const authorities = await createFakeAuthorities({ witnessKeys: true })
  const list = authorities.trust.lists.find(({ payload }) => payload.iss === uscc('SC-AMR'))
  if (list === undefined) throw new Error('no list')
  const { payload } = list
  const own = payload.logs[0] as (typeof payload.logs)[number]
  const prior = { payload, statementId: statementIdOf(list.signed[0] as string, 'metrology-trust-list+jwt') }
  const next = await nextList(prior, authorities.rootSigners('SC-AMR'), ['/logs', [...payload.logs, { ...own, origin: NEXT.origin }]])
  const trustLists = [...authorities.trustLists, next.signed]
  const log = { ...authorities.log('SC-AMR'), origin: NEXT.origin }
  const old = await openWorld({ authorities, store: createMemoryStore(), node: { trustLists } })
  const young = await openWorld({ authorities, node: { id: NEXT.id, url: NEXT.url, trustLists, log } })
  const chongqing = await openChongqing({ authorities })
  const more = await signMany(authorities, 12)
  return { authorities, next, old, young, chongqing, statements: more }
}
