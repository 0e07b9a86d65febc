// Why this exists: when a part of a bulk request is queued, the answer has begun; a queue that rejects the part would break off the answer.
import { describe, expect, it } from 'vitest'
import { createWorkQueue } from '../../src/server/work-queue.js'

const never = new Promise<void>(() => undefined)
const busy = expect.objectContaining({ code: 'request.busy' })

/** Queues work that does not start, and returns the list that it is added to if it is rejected. */
function queueOf(waiting: number, waitingOfCaller = waiting) {
  const queue = createWorkQueue({ atOnce: 1, ofCaller: 1, waiting, waitingOfCaller, rests: 'caller' })
  const rejected: [string, unknown][] = []
  const add = (caller: string, name: string, isAdmitted?: boolean): void =>
    void queue.take(caller, 1, () => never, isAdmitted).catch((error: unknown) => rejected.push([name, error]))
  add('running', 'running')
  return { add, rejected }
}
const settled = (): Promise<void> => new Promise((done) => setImmediate(done))

describe('a full work queue', () => {
  it('rejects the last request of the caller with the most requests', async () => {
    const { add, rejected } = queueOf(3)
    for (const name of ['a1', 'a2', 'b1', 'b2']) add(name.slice(0, 1), name)
    add('a', 'a3')
    await settled()
    expect(rejected).toEqual([
      ['a2', busy],
      ['a3', busy],
    ])
  })

  it('never rejects a part of an admitted request, and rejects a request of another caller in its place', async () => {
    const { add, rejected } = queueOf(3)
    for (const name of ['a1', 'a2', 'a3', 'a4']) add('a', name, true)
    add('b', 'b1')
    await settled()
    expect(rejected).toEqual([['b1', busy]])
  })

  it('rejects the request of a caller whose limit its admitted parts have used up', async () => {
    const { add, rejected } = queueOf(9, 2)
    add('a', 'a1', true)
    add('a', 'a2', true)
    add('a', 'a3')
    add('a', 'a4', true)
    await settled()
    expect(rejected).toEqual([['a3', busy]])
  })
})
