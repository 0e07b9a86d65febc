// A joint statement counts only if a listed body that may sign its kind signed it, nothing in it contradicts itself, and nothing revoked it.
import { describe, expect, it } from 'vitest'
import { signStatement } from '../../src/envelope/index.js'
import { isTonghengError } from '../../src/errors.js'
import { type AnyJointDocument, JOINT, MAX_JOINT, openJoint, readJointDocument, signJoint } from '../../src/joint/index.js'
import { openStatus, signNotice } from '../../src/status/index.js'
import { createFakeAuthorities, DEMONSTRATION_TIME, fixtures, jointFixtures, organisation } from '../../src/testing/index.js'

const { assessment } = jointFixtures
const at = DEMONSTRATION_TIME
const signedAt = '2021-03-02T17:00:00+08:00'
const world = await createFakeAuthorities()
const sign = (key: 'SC-AMR' | 'CQ-AMR' | 'CD', document: AnyJointDocument = assessment) =>
  signJoint(document, { iss: organisation(key).uscc, signer: world.signer(key), at: signedAt })
const open = (signed: readonly string[], rest = {}) => openJoint(signed, { trust: world.trust, at, ...rest })

describe('a joint statement', () => {
  it('counts if the authority of a trust list signed it', async () => {
    const joint = await open([await sign('SC-AMR')])
    expect(joint.refused).toEqual([])
    const [one] = joint.of('standard-assessment', '[2021]川量标成证字第001号')
    expect(one).toMatchObject({ counts: true, findings: [], issuer: { uscc: organisation('SC-AMR').uscc, region: '51' } })
    expect(joint.of('standard-assessment', '〔2022〕川量标成证字第001号')).toEqual([])
  })

  it('is refused if its kind is for authorities and an institute signed it (joint.not-authority)', async () => {
    const joint = await open([await sign('CD')])
    expect(joint.statements).toEqual([])
    expect(joint.refused.map(({ code }) => code)).toEqual(['joint.not-authority'])
    expect(joint.refused[0]?.error.text.zh).toContain('计量标准考核证书')
  })

  it('is refused if a key that no list has signed it, or its octets changed (joint.signer)', async () => {
    const other = await createFakeAuthorities()
    const stranger = await signJoint(assessment, { iss: organisation('SC-AMR').uscc, signer: other.signer('SC-AMR'), at: signedAt })
    const good = await sign('SC-AMR')
    const [head, payload, signature] = good.split('.') as [string, string, string]
    const changed = `${head}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
    const borrowed = await signJoint(assessment, { iss: organisation('CQ-AMR').uscc, signer: world.signer('SC-AMR'), at: signedAt })
    const joint = await open([stranger, changed, borrowed, 'no statement', await world.sign('CD', fixtures.F01.record)])
    expect(joint.statements).toEqual([])
    expect(joint.refused.map(({ code, error }) => [code, error.details.reason])).toEqual([
      ['joint.signer', 'key.unknown'],
      ['joint.signer', 'signature.invalid'],
      ['joint.signer', 'issuer.key-mismatch'],
      ['format.segments', undefined],
      ['typ.unexpected', undefined],
    ])
  })

  it('is one statement however many sign the same content', async () => {
    const one = await sign('SC-AMR')
    expect((await open([one, one])).statements).toHaveLength(1)
  })

  it('no longer counts once its authority has revoked it (joint.revoked)', async () => {
    const signed = await sign('SC-AMR')
    const statementId = (await open([signed])).statements[0]?.statementId ?? ''
    const notice = await signNotice(
      {
        iss: organisation('SC-AMR').uscc,
        iat: 1_740_000_000,
        action: 'revoke',
        statements: [statementId],
        from: 1_740_000_000,
        reason: { zh: '计量标准封存' },
      },
      world.signer('SC-AMR'),
    )
    const status = await openStatus({ notices: [notice] }, world.trust)
    const [now] = (await open([signed], { status })).statements
    expect(now).toMatchObject({ counts: false, findings: [{ code: 'joint.revoked', status: 'fail' }] })
    const [before] = (await open([signed], { status, at: '2025-01-01T00:00:00+08:00' })).statements
    expect(before?.counts).toBe(true)
  })

  it('is undecided if a later version added members (joint.newer-members)', async () => {
    const claims = {
      iss: organisation('SC-AMR').uscc,
      jti: '01JQ0000000000000000000000',
      iat: 1_700_000_000,
      document: { ...assessment, conditions: ['as of 2030'] },
    }
    const joint = await open([await signStatement(claims, { typ: JOINT, signer: world.signer('SC-AMR') })])
    expect(joint.statements[0]).toMatchObject({ counts: false, findings: [{ code: 'joint.newer-members', status: 'unknown' }] })
  })

  it.each([
    ['joint.kind', { ...assessment, kind: 'standard-visit' }],
    ['joint.kind', { ...assessment, version: 2 }],
    ['joint.kind', null],
    ['joint.kind', 'text'],
    ['joint.shape', { ...assessment, number: '' }],
    ['joint.shape', { ...assessment, holder: { uscc: '1', name: '甲' } }],
    ['joint.fails', { ...assessment, validUntil: '2020-01-01' }],
    ['joint.fails', { ...assessment, equipment: [assessment.equipment[0], assessment.equipment[0]] }],
    ['joint.fails', { ...assessment, issuedOn: '2022-01-01' }],
  ])('is not signed if its document is faulty (%s)', async (code, document) => {
    const error = await sign('SC-AMR', document as AnyJointDocument).catch((one: unknown) => one)
    const isNoObject = document === null || typeof document === 'string'
    expect(isTonghengError(error) && error.code).toBe(isNoObject ? 'verify.options' : code)
    if (code === 'joint.kind') expect(() => readJointDocument(document)).toThrow(expect.objectContaining({ code }))
  })

  it('without kind and version is told that they are missing', () => {
    expect(() => readJointDocument({})).toThrow(
      expect.objectContaining({
        code: 'joint.kind',
        text: expect.objectContaining({
          zh: '本版本不认识协同记录的种类“—”第 — 版',
          advice: expect.objectContaining({ zh: expect.stringContaining('请核对 kind 和 version 的写法') }),
        }),
      }),
    )
  })

  it('names the member that is wrong', async () => {
    const error = await sign('SC-AMR', { ...assessment, validUntil: '2020-01-01' }).catch((one: unknown) => one)
    expect(isTonghengError(error, 'joint.fails') && [error.details.path, error.details.code]).toEqual(['/validUntil', 'joint.dates-order'])
  })

  it('is not opened with too many others (joint.many)', async () => {
    const many = Array.from({ length: MAX_JOINT + 1 }, (_, index) => `${index}`)
    await expect(open(many)).rejects.toMatchObject({ code: 'joint.many' })
  })

  it('counts with a warning if it lists no reference standard (standard-assessment.no-reference)', async () => {
    const [, auxiliary] = assessment.equipment
    const [one] = (await open([await sign('SC-AMR', { ...assessment, equipment: [auxiliary as (typeof assessment.equipment)[number]] })]))
      .statements
    expect(one).toMatchObject({ counts: true, findings: [{ code: 'standard-assessment.no-reference', status: 'warn' }] })
  })
})
