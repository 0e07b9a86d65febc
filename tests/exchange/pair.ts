// Why this exists: two nodes that follow each other, and a log's own key, with which a test can lie as only that log could.
import { createNoteSigner, type NoteKey, type NoteSigner, noteKeyOf } from 'tongheng/log'
import { type FollowEvent, type FollowOptions, followNode, type NodeOptions } from 'tongheng/server'
import { type AuthorityKey, type FakeAuthorities, organisation } from 'tongheng/testing'
import { openWorld, uscc, type World, type WorldOptions } from './world.js'

/** The node of Chongqing. */
export const openChongqing = async (options: WorldOptions & { readonly authorities: FakeAuthorities }): Promise<World> =>
  openWorld({ ...options, node: { ...chongqing(options.authorities), ...options.node } })

const chongqing = (authorities: FakeAuthorities): Partial<NodeOptions> => ({
  id: 'tongheng-50',
  url: 'https://node-50.example',
  authority: uscc('CQ-AMR'),
  name: organisation('CQ-AMR').name,
  region: '50',
  signer: authorities.signer('CQ-AMR'),
  log: authorities.log('CQ-AMR'),
})

/** One node follows the other, one round; what it tells of it. */
export async function follow(receiver: World, sender: World, options: Partial<FollowOptions> = {}): Promise<FollowEvent[]> {
  const caller = receiver.node.options.region === '51' ? 'SC-AMR' : 'CQ-AMR'
  const events: FollowEvent[] = []
  for await (const event of followNode({
    node: receiver.node,
    client: sender.client(caller),
    authority: sender.node.options.authority,
    ...options,
  }))
    events.push(event)
  return events
}

/** The log's key, in the role of a log or of a witness. */
export async function logHolder(
  authorities: FakeAuthorities,
  authority: AuthorityKey,
  role: 'log' | 'witness' = 'log',
): Promise<{ readonly signer: NoteSigner; readonly key: NoteKey }> {
  const { origin, signer } = authorities.log(authority)
  const listed = authorities.trust.lists.flatMap(({ payload }) => payload.logs).find((log) => log.origin === origin)
  if (listed === undefined) throw new Error(`no list has ${origin}`)
  return {
    signer: await createNoteSigner({ name: origin, role, signer, jwk: listed.key }),
    key: await noteKeyOf(origin, listed.key, role),
  }
}
