// Why this exists: if national cryptography is required, a record has two signatures; a valid one must not hide an invalid one.
import { coSign, createSigner, generateKey, parseStatement } from 'tongheng/envelope'
import { createFakeAuthorities, DEMONSTRATION_TIME, type FakeAuthorities, fixtures } from 'tongheng/testing'
import { openTrust } from 'tongheng/trust'
import { gatherEvidence, replayEvidence, type SignedRecord, verify, verifyMany } from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'
import { retrust } from '../trust/retrust.ts'

const typ = 'metrology-record+jwt'
const policy = { region: '50' }
const required = { region: '50', algorithms: ['SGD_SM3_SM2'] as const }
let world: FakeAuthorities
let es: string
let sm: string

beforeAll(async () => {
  world = await createFakeAuthorities({ witnessKeys: true, algorithms: ['ES256', 'SGD_SM3_SM2'] })
  es = await world.sign('CD', fixtures.F01.record)
  sm = await coSign(es, { typ, signer: world.signer('CD', 'SGD_SM3_SM2') })
})

const ask = async (statement: SignedRecord, asked: { region: string; algorithms?: readonly ['SGD_SM3_SM2'] } = policy) => {
  const verdict = await verify(statement, { at: DEMONSTRATION_TIME, trust: world.trust, agreements: [world.agreement], policy: asked })
  const told = verdict.checks.filter(({ id }) => id === 'signature')
  return { outcome: verdict.outcome, codes: told.map(({ code }) => code), statementId: verdict.statementId, told, verdict }
}

describe('a statement with SM2', () => {
  it('is recognised by SM2 alone, by ES256 alone, and by both, under one id', async () => {
    const answers = [await ask(es), await ask(sm), await ask([es, sm]), await ask([sm, es])]
    expect(answers.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 4 }, () => 'recognised'))
    expect(new Set(answers.map(({ statementId }) => statementId)).size).toBe(1)
    expect(answers.map(({ codes }) => codes.length)).toEqual([1, 1, 2, 2])
    expect(answers[2]?.told[1]?.evidence).toEqual({ alg: 'SGD_SM3_SM2', kid: world.signer('CD', 'SGD_SM3_SM2').kid })
  })

  it('is required where the policy says so', async () => {
    expect(await ask(es, required)).toMatchObject({ outcome: 'not-recognised', codes: ['signature', 'signature.algorithm-missing'] })
    expect((await ask(sm, required)).outcome).toBe('recognised')
    expect((await ask([es, sm], required)).outcome).toBe('recognised')
  })

  it('is verified under trust lists whose roots have keys of both algorithms', () => {
    expect(world.anchors.map(({ keys }) => keys.map(({ crv }) => crv))).toEqual([
      ['P-256', 'SM2-P-256'],
      ['P-256', 'SM2-P-256'],
    ])
    expect(world.trust.lists.length).toBe(2)
  })

  it('is not verified under a trust list without its SM2 signature: the list does not open', async () => {
    const lists = world.trustLists.map(([first]) => [first as string])
    await expect(openTrust({ anchors: world.anchors, lists })).rejects.toMatchObject({ code: 'trust-list.threshold' })
  })
})

describe('several signatures', () => {
  const broken = (text: string): string => `${text.slice(0, -8)}AAAAAAAA`

  it.each<[string, () => Promise<SignedRecord>, string]>([
    ['one is invalid', async () => [es, broken(sm)], 'signature.other-refused'],
    ['one is no statement', async () => [es, 'x'], 'signature.other-refused'],
    ['one is empty, as a blank line at the end', async () => [es, ''], 'signature.other-refused'],
    ['one is by another body', async () => [es, await coSign(es, { typ, signer: world.signer('CQ-INST') })], 'signature.other-refused'],
    ['one is over another content', async () => [es, await world.sign('CD', fixtures.F01.record)], 'signature.other-statement'],
    ['there are more than four', async () => Array.from({ length: 5 }, () => es), 'signature.too-many'],
  ])('are rejected: %s', async (_title, make, code) => {
    const { outcome, codes } = await ask(await make(), required)
    expect(outcome).toBe('not-recognised')
    expect(codes).toContain(code)
    expect(codes).toContain('signature.algorithm-missing')
  })

  it('are at most four; a fifth is reported', async () => {
    expect((await ask(Array.from({ length: 4 }, () => es))).outcome).toBe('recognised')
    const { told } = await ask(Array.from({ length: 5 }, () => es))
    expect(told.map(({ code, message }) => [code, message.en])).toEqual([
      ['signature', expect.any(String)],
      ['signature.too-many', '5 signatures; at most 4 are taken'],
    ])
  })

  it('have their findings after the first signature, in order and with reasons', async () => {
    const other = await world.sign('CD', fixtures.F01.record)
    const stranger = await coSign(es, { typ, signer: world.signer('CQ-INST') })
    const { told, verdict } = await ask([es, stranger, other, broken(sm)], required)
    const at = verdict.checks.findIndex(({ id }) => id === 'signature')
    expect(verdict.checks.slice(at, at + 5)).toEqual(told)
    expect(told.slice(1).map(({ code, evidence }) => [code, evidence])).toEqual([
      ['signature.other-refused', { code: 'issuer.key-mismatch', kid: world.signer('CQ-INST').kid }],
      ['signature.other-statement', { statementId: parseStatement(other, typ).id }],
      ['signature.other-refused', { code: 'signature.invalid', kid: world.signer('CD', 'SGD_SM3_SM2').kid }],
      ['signature.algorithm-missing', { held: ['ES256'] }],
    ])
    expect(told[2]?.message.en).toBe('Signature 3 is of another content')
    expect(told[3]?.message.en).toMatch(/^Signature 4 \([^)]+\) does not hold: /)
    expect(told[4]?.message.en).toBe('A signature by SGD_SM3_SM2 is required, and there is none')
  })

  it('may each be as long as the caller allows', async () => {
    const ask = async (maxLength: number) =>
      (
        await verify([es, sm], {
          at: DEMONSTRATION_TIME,
          trust: world.trust,
          agreements: [world.agreement],
          policy: { region: '50', maxLength },
        })
      ).checks
        .filter(({ id }) => id === 'signature')
        .map(({ code }) => code)
    // The name of the SM2 algorithm is longer.
    expect(sm.length).toBeGreaterThan(es.length)
    expect(await ask(sm.length)).toEqual(['signature', 'signature'])
    expect(await ask(sm.length - 1)).toEqual(['signature', 'signature.other-refused'])
  })

  it('are undecided if one of them is: its key may be in a newer list', async () => {
    const exp = Date.parse(DEMONSTRATION_TIME) / 1000
    const trust = await retrust(world, '50', ['/nextUpdate', exp], ['/exp', exp])
    const stranger = await createSigner((await generateKey()).privateJwk)
    const options = { at: exp + 1, trust, agreements: [world.agreement], policy }
    const { outcome, checks } = await verify([es, await coSign(es, { typ, signer: stranger })], options)
    const told = checks.filter(({ id }) => id === 'signature')
    expect([outcome, told[1]?.code, told[1]?.evidence?.code]).toEqual([
      'not-recognised',
      'signature.other-refused',
      'key.unknown-list-expired',
    ])
    expect((await verify(es, options)).outcome).toBe('recognised')
  })

  it('are not judged if the first signature is invalid', async () => {
    expect(await ask([broken(es), sm])).toMatchObject({ outcome: 'not-recognised', codes: ['signature.invalid'] })
    await expect(ask([])).rejects.toMatchObject({ code: 'verify.options', details: { member: 'statement' } })
  })

  it('are named in the message, with number and reason, in both languages', async () => {
    const { told } = await ask([es, broken(sm)])
    expect(told[1]?.message.zh).toMatch(/^第 2 个签名（SGD_SM3_SM2）不成立：签名无效/)
    expect(told[1]?.message.en).toMatch(/^Signature 2 \(SGD_SM3_SM2\) does not hold: The signature is invalid/)
  })

  it('get the same verdicts from verifyMany as from verify', async () => {
    const given = [es, [es, sm], [es, broken(sm)], sm]
    const options = { at: DEMONSTRATION_TIME, trust: world.trust, agreements: [world.agreement], policy: required }
    const bulk = []
    for await (const verdict of verifyMany(given, options)) bulk.push(verdict)
    expect(bulk).toEqual(await Promise.all(given.map((one) => verify(one, options))))
  })

  it('are all contained in an evidence bundle, with the required algorithms', async () => {
    const bundle = await gatherEvidence([es, sm], {
      at: DEMONSTRATION_TIME,
      ...required,
      anchors: world.anchors,
      trustLists: world.trustLists,
      agreements: [world.signedAgreement],
    })
    expect(bundle.verdict.outcome).toBe('recognised')
    const again = await replayEvidence(JSON.parse(JSON.stringify(bundle)))
    expect(again.comparison.result).toBe('same')
    const { comparison, verdict } = await replayEvidence(JSON.parse(JSON.stringify({ ...bundle, statement: es })))
    expect([comparison.result, verdict.outcome]).toEqual(['different', 'not-recognised'])
  })
})
