// Why this exists: a notice ends the validity of certificates. It must name its statements and have exactly one meaning.
import { createSigner, generateKey, parsePayload, parseStatement } from 'tongheng/envelope'
import { type NoticeInput, readNotice, signNotice } from 'tongheng/status'
import { describe, expect, it } from 'vitest'

const ID = 'A'.repeat(43)
const notice = {
  iss: '11510000MB00000014',
  jti: '01JP4ZZZZZABCDEFGHJKMNPQRS',
  iat: 1_750_000_000,
  action: 'revoke',
  statements: [ID],
  from: 1_740_000_000,
  reason: { zh: '标准器超差' },
}
const refusal = (path: string, more: object = {}) =>
  expect.objectContaining({ code: 'notice.shape', details: expect.objectContaining({ path, ...more }) })

describe('a notice', () => {
  it.each([
    ['of revocation', {}],
    ['of suspension, on a basis', { action: 'suspend', basis: '计量检定印、证管理办法' }],
    ['of reinstatement', { action: 'reinstate' }],
    ['of supersession', { action: 'supersede', replacedBy: ID }],
    ['of a thousand statements', { statements: Array(1000).fill(ID) }],
  ])('%s is read', (_, change) => {
    expect(readNotice({ ...notice, ...change })).toEqual({ ...notice, ...change })
  })

  it.each([
    ['/statements', { statements: [] }],
    ['/statements', { statements: Array(1001).fill(ID) }],
    ['/statements/0', { statements: ['x'] }],
    ['/action', { action: 'delete' }],
    ['/reason', { reason: undefined }],
    ['/colour', { colour: 'red' }],
  ])('with a schema error is refused at %s', (path, change) => {
    expect(() => readNotice({ ...notice, ...change })).toThrow(refusal(path))
  })

  it('names a replacement where its action is supersede, and nowhere else', () => {
    for (const change of [{ action: 'supersede' }, { replacedBy: ID }])
      expect(() => readNotice({ ...notice, ...change })).toThrow(refusal('/replacedBy', { faults: [] }))
  })

  it('is not signed where a statement would supersede itself; one that another system signed is read', async () => {
    const signer = await createSigner((await generateKey()).privateJwk)
    const itself = { ...notice, action: 'supersede', statements: [ID], replacedBy: ID } as NoticeInput
    await expect(signNotice(itself, signer)).rejects.toThrow(refusal('/replacedBy', { faults: [] }))
    expect(readNotice(itself).replacedBy).toBe(ID)
  })

  it('gets an id from the time of signing, if none is given', async () => {
    const signer = await createSigner((await generateKey()).privateJwk)
    const sign = async (given: object) =>
      readNotice(parsePayload(parseStatement(await signNotice(given as NoticeInput, signer), 'metrology-notice+jwt')))
    const { jti: _, ...unnamed } = notice
    const [one, other] = [await sign(unnamed), await sign(unnamed)]
    // 1,750,000,000,000 ms in Crockford's base 32.
    expect(one.jti.slice(0, 10)).toBe('01JXT21Q00')
    expect(other.jti).not.toBe(one.jti)
    expect((await sign(notice)).jti).toBe(notice.jti)
  })
})
