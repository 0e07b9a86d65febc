/** The trust of a world with one list changed: its authority publishes the list again, with new root keys. */
import { createSigner, generateKey } from 'tongheng/envelope'
import type { FakeAuthorities } from 'tongheng/testing'
import { anchorOf, openTrust, signTrustList, type Trust, type TrustListPayload } from 'tongheng/trust'
import { type Change, change } from '../records/change.ts'

/** The pointer of a body in the list of its province. */
export function entityAt(world: FakeAuthorities, uscc: string): string {
  const list = world.trust.entity(uscc)?.list.payload
  return `/entities/${list?.entities.findIndex((entity) => entity.uscc === uscc)}`
}

export async function retrust(world: FakeAuthorities, region: '50' | '51', ...changes: readonly Change[]): Promise<Trust> {
  const published = world.trust.lists.find(({ payload }) => payload.region === region)?.payload as TrustListPayload
  const root = await generateKey()
  const payload = change({ ...published, roots: { keys: [root.publicJwk], threshold: 1 } }, ...changes)
  const signed = await signTrustList(payload, [await createSigner(root.privateJwk)])
  const others = world.trust.lists.filter((list) => list.payload.region !== region)
  return openTrust({
    anchors: [anchorOf(payload), ...world.anchors.filter((anchor) => anchor.region !== region)],
    lists: [signed, ...others.map((list) => list.signed)],
  })
}
