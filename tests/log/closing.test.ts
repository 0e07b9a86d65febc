// Why this exists: a log is closed at the end of its year. Every reader must find its successor in the last checkpoint, and must not read a
// closed log as an open one.
import { cosignCheckpoint, judgeClosing, openCheckpoint, signCheckpoint, signClosing, successorOf } from 'tongheng/log'
import { describe, expect, it } from 'vitest'
import { faultOf, faultOfAsync } from '../base/fault.js'
import { NEXT } from '../support/nodes/closing.js'
import { logHolder } from '../support/nodes/pair.js'
import { fakeAuthorities } from '../support/nodes/world.js'

describe('the last checkpoint of a log', () => {
  it('names its successor in a line that other readers of C2SP pass over, and is signed and cosigned whole', async () => {
    const { signer, key } = await logHolder(await fakeAuthorities(), 'SC-AMR')
    const witness = await logHolder(await fakeAuthorities(), 'CQ-AMR', 'witness')
    const head = { origin: signer.name, size: 3, root: new Uint8Array(32).fill(1) }
    const note = await signClosing(head, NEXT, signer)
    expect(note.split('\n').slice(0, 5)).toEqual([
      ...[signer.name, '3', Buffer.alloc(32, 1).toString('base64')],
      ...[`tongheng.log-closed/v1 ${NEXT.origin} ${NEXT.url} ${NEXT.id}`, ''],
    ])
    const cosigned = note + (await cosignCheckpoint(note, witness.signer, 1_750_000_000))
    expect(await openCheckpoint(cosigned, key, [witness.key])).toMatchObject({ size: 3, cosignatures: [{ name: witness.key.name }] })
    expect([successorOf(note), successorOf(cosigned)]).toEqual([NEXT, NEXT])
    expect(successorOf(await signCheckpoint(head, signer))).toBeUndefined()
    expect(successorOf(await signCheckpoint(head, signer, ['another extension']))).toBeUndefined()
    const forged = note.replace(NEXT.origin, 'mallory/2027')
    expect((await faultOfAsync(() => openCheckpoint(forged, key))).code).toBe('note.signature')
  })

  it.each([
    ['a space in the origin', { ...NEXT, origin: 'a b' }],
    ['no origin', { ...NEXT, origin: '' }],
    ['a URL of another scheme', { ...NEXT, url: 'ftp://x' }],
    ['a trailing slash', { ...NEXT, url: 'https://x/' }],
    ['a line break', { ...NEXT, id: 'a\nb' }],
    ['the log itself', { ...NEXT, origin: 'SELF' }],
  ])('is not signed with %s: log.closing', async (_, successor) => {
    const { signer } = await logHolder(await fakeAuthorities(), 'SC-AMR')
    const head = { origin: signer.name, size: 3, root: new Uint8Array(32).fill(1) }
    const given = successor.origin === 'SELF' ? { ...successor, origin: signer.name } : successor
    expect((await faultOfAsync(() => signClosing(head, given, signer))).code).toBe('log.closing')
  })

  it.each([
    ['of a later version', ['tongheng.log-closed/v2 a https://x']],
    ['twice', Array(2).fill('tongheng.log-closed/v1 a https://x')],
    ['without a URL', ['tongheng.log-closed/v1 a']],
  ])('with a line %s is rejected, not read as an open log: log.closing', async (_, lines: string[]) => {
    const { signer } = await logHolder(await fakeAuthorities(), 'SC-AMR')
    const note = await signCheckpoint({ origin: signer.name, size: 3, root: new Uint8Array(32) }, signer, lines)
    expect(faultOf(() => successorOf(note)).code).toBe('log.closing')
  })

  it('is distinguished from a stale copy and from a log that was reopened', async () => {
    const { signer } = await logHolder(await fakeAuthorities(), 'SC-AMR')
    const head = { origin: signer.name, size: 3, root: new Uint8Array(32).fill(1) }
    const [open, more] = [await signCheckpoint(head, signer), await signCheckpoint({ ...head, size: 4 }, signer)]
    const [closed, other] = [await signClosing(head, NEXT, signer), await signClosing(head, { ...NEXT, origin: 'x/2027' }, signer)]
    expect([judgeClosing(open, more), judgeClosing(open, closed), judgeClosing(closed, closed)]).toEqual(['open', 'open', 'closed'])
    expect([judgeClosing(closed, open), judgeClosing(closed, more), judgeClosing(closed, other)]).toEqual(['stale', 'reopened', 'reopened'])
    const smaller = { ...head, size: 2 }
    expect(judgeClosing(closed, await signCheckpoint(smaller, signer))).toBe('stale')
    expect(judgeClosing(closed, await signClosing(smaller, NEXT, signer))).toBe('reopened')
  })
})
