// Why this exists: a node must retry an unreachable peer less and less often, and return to its interval once the peer answers.
import { TonghengError } from 'tongheng/errors'
import { followNode } from 'tongheng/sync'
import { expect, it, vi } from 'vitest'
import { openChongqing } from '../support/nodes/pair.js'
import { openWorld } from '../support/nodes/world.js'

/** Pauses for an interval of 7 seconds; no timer of the client has one of these lengths. */
const EXPECTED = [14, 28, 56, 112, 224, 300, 7, 14]

it('a follower doubles its pause after each failed round, up to five minutes, and resets it after a successful one', async () => {
  const sichuan = await openWorld()
  const chongqing = await openChongqing({ authorities: sichuan.authorities })
  const client = sichuan.client('CQ-AMR')
  const pauses: number[] = []
  const refuse = () => Promise.reject(new TonghengError('client.network', { node: 'https://node-51.example', reason: 'ECONNREFUSED' }))
  const trustLists = new Proxy(client.trustLists, {
    // All rounds fail except the seventh.
    get: (lists, name) => (name === 'get' && pauses.length !== 6 ? refuse : Reflect.get(lists, name)),
  })
  Object.defineProperty(client, 'trustLists', { value: trustLists })
  const soon = globalThis.setTimeout
  const timers = vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, milliseconds = 0) => {
    const isPause = EXPECTED.includes(milliseconds / 1000)
    if (isPause) pauses.push(milliseconds / 1000)
    return soon(run, isPause ? 0 : milliseconds)
  }) as typeof setTimeout)
  const controller = new AbortController()
  try {
    const { node } = chongqing
    const { authority } = sichuan.node.options
    for await (const { kind } of followNode({ node, client, authority, intervalSeconds: 7, signal: controller.signal }))
      if (kind === 'failed' && pauses.length >= EXPECTED.length) controller.abort()
  } finally {
    timers.mockRestore()
  }
  expect(pauses.slice(0, EXPECTED.length)).toEqual(EXPECTED)
})
