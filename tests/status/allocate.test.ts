// Why this exists: if two certificates share a status index, revoking one revokes the other. Despite crashes and concurrent
// allocations, each index is allocated at most once.
import { allocateStatusIndex, type StatusCounter, type StatusCounterPort } from 'tongheng/status'
import { describe, expect, it } from 'vitest'

const uri = 'https://status.example/cd/1'

/** A database row, compared and replaced as text. Each call resolves one turn of the event loop later. */
function row(stored?: unknown): StatusCounterPort & { text: string | undefined } {
  return {
    text: stored === undefined ? undefined : JSON.stringify(stored),
    async read() {
      await undefined
      return this.text === undefined ? undefined : JSON.parse(this.text)
    },
    async swap(before: unknown, after: StatusCounter) {
      await undefined
      if ((before === undefined ? undefined : JSON.stringify(before)) !== this.text) return false
      this.text = JSON.stringify(after)
      return true
    },
  }
}

describe('an index of a status list', () => {
  it('is assigned once, from 0 on, to any number of concurrent callers', async () => {
    const port = row()
    const given = await Promise.all(Array.from({ length: 40 }, () => allocateStatusIndex(port, { uri })))
    expect(given.map(({ idx }) => idx).sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, at) => at))
    expect(await allocateStatusIndex(port)).toEqual({ uri, idx: 40 })
  })

  it('is lost where the caller crashes after it was assigned, and is never assigned again', async () => {
    const port = row({ uri, size: 10, next: 3 })
    const crashing: StatusCounterPort = {
      read: () => port.read(),
      async swap(before, after) {
        await port.swap(before, after)
        throw new Error('the process ends here')
      },
    }
    await expect(allocateStatusIndex(crashing)).rejects.toThrow('the process ends here')
    expect(await allocateStatusIndex(port)).toEqual({ uri, idx: 4 })
  })

  it('is not assigned beyond the length of the list', async () => {
    const port = row()
    for (const idx of [0, 1]) expect(await allocateStatusIndex(port, { uri, size: 2 })).toEqual({ uri, idx })
    await expect(allocateStatusIndex(port)).rejects.toMatchObject({ code: 'status-index.full', details: { uri, size: 2 } })
  })

  it.each([
    ['null', null],
    ['a text', 'next: 4'],
    ['a negative index', { uri, size: 10, next: -1 }],
    ['an index that is no whole number', { uri, size: 10, next: 1.5 }],
    ['a foreign member', { uri, size: 10, next: 1, last: 0 }],
    ['another list', { uri: `${uri}2`, size: 10, next: 1 }],
    ['no address', { uri: '文件', size: 10, next: 1 }],
  ])('is not assigned where %s is stored', async (_what, stored) => {
    const port = row(stored)
    await expect(allocateStatusIndex(port, { uri })).rejects.toMatchObject({ code: 'status-index.counter' })
    expect(port.text).toBe(JSON.stringify(stored))
  })

  it('fails after a bounded number of conflicts, and on a port of the wrong form', async () => {
    await expect(allocateStatusIndex({ read: async () => undefined, swap: async () => false }, { uri })).rejects.toMatchObject({
      code: 'status-index.busy',
    })
    await expect(allocateStatusIndex(row())).rejects.toMatchObject({ code: 'verify.options', details: { member: 'uri' } })
    await expect(allocateStatusIndex({} as never, { uri })).rejects.toMatchObject({ code: 'verify.options', details: { member: 'port' } })
  })
})
