// Why this exists: a node that cannot reach another one asks it less and less often, and soon again once it answers.
import { TonghengError } from 'tongheng/errors'
import { followNode } from 'tongheng/sync'
import { expect, it, vi } from 'vitest'
import { openChongqing } from '../support/nodes/pair.js'
import { openWorld } from '../support/nodes/world.js'

/** Of every 7 seconds; no timer of the client has one of these lengths. */
const EXPECTED = [14, 28, 56, 112, 224, 300, 7, 14]

it('a follower doubles its pause after each round that failed, up to five minutes, and no longer after one that did not', async () => {
  const sichuan = await openWorld()
  const chongqing = await openChongqing({ authorities: sichuan.authorities })
  const client = sichuan.client('CQ-AMR')
  const pauses: number[] = []
  const refuse = () => Promise.reject(new TonghengError('client.network', { node: 'https://node-51.example', reason: 'ECONNREFUSED' }))
  const trustLists = new Proxy(client.trustLists, {
    // All rounds fail but the seventh.
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
