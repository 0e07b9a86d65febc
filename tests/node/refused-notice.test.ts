// Why this exists: a signed rejection of a notice is final for its sender. It must name the notice and the reason, and not be given where a
// newer trust list may yet vouch for the key.
import { readReceipt } from 'tongheng/client'
import { TonghengError } from 'tongheng/errors'
import { signNotice } from 'tongheng/status'
import { beforeEach, describe, expect, it } from 'vitest'
import { NOW, openWorld, statementIdOf, uscc, type World } from '../support/nodes/world.js'

let world: World
let notice: string
beforeEach(async () => {
  world = await openWorld()
  const of = { iss: uscc('CD'), iat: NOW, from: NOW, action: 'revoke' as const, statements: ['A'.repeat(43)], reason: { zh: '误发' } }
  notice = await signNotice(of, world.authorities.signer('CD'))
})
const rejected = async (statement: string, error: TonghengError) => {
  const receipt = await world.node.rejectNotice({ statement, sender: uscc('CD'), requestId: 'r' }, error)
  return receipt === undefined ? undefined : readReceipt(receipt, world.authorities.trust)
}
const expire = (): void => {
  world.clock.now = Math.max(...world.authorities.trust.lists.map(({ payload }) => payload.exp)) + 1
}

describe('a signed rejection of a notice', () => {
  it('names the notice, the request and the reason, with its place in the notice', async () => {
    const claims = await rejected(notice, new TonghengError('notice.shape', { path: '/reason' } as never))
    expect(claims).toMatchObject({ sub: statementIdOf(notice, 'metrology-notice+jwt'), req: 'r', decision: 'rejected', aud: uscc('CD') })
    expect(claims?.reasons).toMatchObject([{ code: 'notice.shape', path: '/reason' }])
    const ofKey = await rejected(notice, new TonghengError('status.signer', { reason: 'key.unknown' }))
    expect(ofKey?.reasons.map(({ id, code, path }) => [id, code, path])).toEqual([['key.known', 'status.signer', undefined]])
  })

  it('is not given where a newer trust list may have the key, and is for any other reason', async () => {
    expire()
    expect(await rejected(notice, new TonghengError('status.signer', { reason: 'key.unknown' }))).toBeUndefined()
    expect((await rejected(notice, new TonghengError('status.signer', { reason: 'signature.invalid' })))?.decision).toBe('rejected')
    expect((await rejected(notice, new TonghengError('notice.shape', { path: '' } as never)))?.decision).toBe('rejected')
  })

  it('is not given of a text that is no statement, which no receipt could name', async () => {
    for (const text of ['hello', '', 'a.b.c'])
      expect(await rejected(text, new TonghengError('status.signer', { reason: 'signature.invalid' })), text).toBeUndefined()
  })
})
