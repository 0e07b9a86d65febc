// Why this exists: a peer's log is imported in batches. An entry that changes verdicts must count for the entries after it in the same batch,
// as it did at the peer.
import { signNotice } from 'tongheng/status'
import { beforeEach, describe, expect, it } from 'vitest'
import { entriesOf, takeOver } from '../support/nodes/pair.js'
import { NOW, openWorld, statementIdOf, taximeter, uscc, type World } from '../support/nodes/world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
const decisions = async (): Promise<unknown> => (await entriesOf(world)).map(({ kind, decision }) => [kind, decision])

it('an empty batch from a peer has no results', async () => {
  expect(await takeOver(world, [])).toEqual([])
})

describe('a notice in a batch from a peer', () => {
  it('counts for the records after it, however many are between them, and not for those before it', async () => {
    const sign = (number: string) => world.authorities.sign('CD', taximeter(number))
    const [before, revoked, ...others] = await Promise.all(['前', '后', ...[...Array(70).keys()].map((n) => `其他-${n}`)].map(sign))
    const notice = await signNotice(
      {
        iss: uscc('CD'),
        jti: '01JQ0000000000000000000009',
        iat: NOW - 30,
        action: 'revoke',
        statements: [before, revoked].map((one) => statementIdOf(one as string)),
        from: NOW - 60,
        reason: { zh: '标准器超差' },
      },
      world.authorities.signer('CD'),
    )
    const batch = [before as string, notice, ...others, revoked as string]
    expect((await takeOver(world, batch)).map((one) => 'isNew' in one && one.isNew)).toEqual(batch.map(() => true))
    expect(await decisions()).toEqual([
      ['verification-record', 'accepted'],
      ['notice', 'accepted'],
      ...others.map(() => ['verification-record', 'accepted']),
      ['verification-record', 'rejected'],
    ])
  })
})
