// Why this exists: an inspector beside a vehicle sees one word. Every fault of a label has its own word, and none of them is green.
import { encode } from 'cborg'
import { coSign, createSigner, generateKey } from 'tongheng/envelope'
import { type LabelVerdict, labelAnswer, labelOf, labelUrl, packLabel, signLabel, verifyLabel } from 'tongheng/label'
import { openAgreement, signAgreement } from 'tongheng/recognition'
import { writeVerdictText } from 'tongheng/report'
import { emptyStatuses, openStatus, type SignedStatus, signNotice, signStatusList } from 'tongheng/status'
import { agreementPayload, change, createFakeAuthorities, fixtures, organisation } from 'tongheng/testing'
import { decidingCheck, openLogEvidence, type VerifyOptions, verdictRows } from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'
import { entityAt, retrust } from '../trust/retrust.ts'
import { createWorld, type World } from '../verify/world.ts'
import { iatOf, LABEL, labelFor, NODE, payloadOf, signClaims } from './labels.ts'

const { F01, F02, F06 } = fixtures
const CD = organisation('CD').uscc
const DAY = 86_400
const URI = 'https://node-51.example/v1/status-lists/CD-1'
let world: World
let now: number
let record: string
let label: string
let octets: Uint8Array
let text: string

beforeAll(async () => {
  world = await createWorld()
  now = Date.parse(world.at) / 1000
  record = await world.sign('CD', F01.record)
  const made = await signLabel(record, { signers: [world.signer('CD')], at: iatOf(record) })
  label = made.signed[0] as string
  octets = made.octets
  text = labelUrl(octets, NODE)
})

const judge = (given: string | Uint8Array | readonly string[], more: Partial<VerifyOptions> = {}): Promise<LabelVerdict> =>
  verifyLabel(given, world.optionsFor(F01, more))

/** Code that decides, and the answer in a word. */
async function decided(given: string | Uint8Array | readonly string[], more: Partial<VerifyOptions> = {}) {
  const verdict = await judge(given, more)
  return [verdict.outcome, decidingCheck(verdict).code, labelAnswer(verdict).answer, verdict.label !== undefined]
}

describe('a genuine label', () => {
  it('is recognised under the clause of its record, from the text of the code, from octets, and from its compact JWS', async () => {
    const verdict = await judge(text)
    expect(verdict).toMatchObject({
      outcome: 'recognised',
      scope: 'label',
      decidedBy: 'agreement.clause',
      number: '川计检字20250312-00417',
    })
    expect(verdict).toMatchObject({ issuer: CD, kind: 'verification-record', label: { plate: '川A·T0001', constant: '1024' } })
    expect(verdict.effect?.zh).toBe('有效期内对方不再重复检定')
    expect(await judge(octets)).toEqual(verdict)
    expect(await judge(label)).toEqual(verdict)
    expect(await judge([label])).toEqual(verdict)
    expect(await judge(`  ${text}\n`)).toEqual(verdict)
  })

  it('has the rows of a verdict, in their order, and marks each that needs the record as not carried by the label', async () => {
    const verdict = await judge(text)
    expect([...new Set(verdict.checks.map(({ id }) => id))]).toEqual(verdictRows.map(({ id }) => id))
    const absent = verdict.checks.filter(({ code }) => code === 'label.not-carried')
    expect(absent.every(({ status, blockedBy }) => status === 'skip' && blockedBy === undefined)).toBe(true)
    expect(absent.map(({ id }) => id)).toContain('issuer.named')
    expect(new Set(verdict.checks.filter(({ group }) => group === 'conformance').map(({ code }) => code))).toEqual(
      new Set(['label.not-carried']),
    )
    expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict)
    expect(verdict.reliedOn).toMatchObject({ agreement: { id: 'chuan-yu-metrology' }, specifications: [] })
  })

  it('is valid within its own province', async () => {
    expect(await decided(text, { policy: { region: '51' } })).toEqual(['recognised', 'clause.domestic', 'good', true])
  })

  it('by a body whose JSON orders members otherwise is judged like any other, as JWS', async () => {
    const sorted = Object.fromEntries(Object.entries(payloadOf(label)).sort(([a], [b]) => (a < b ? -1 : 1)))
    const java = await signClaims(sorted, world.signer('CD'))
    expect(await decided(java)).toEqual(['recognised', 'agreement.clause', 'good', true])
    // Packed by a program that does not check that unpacking restores the label: the rebuilt text was never signed.
    const signature = Buffer.from(java.split('.')[2] as string, 'base64url')
    const packed = Uint8Array.from([...octets.subarray(0, -64), ...signature])
    expect(await decided(packed)).toEqual(['not-recognised', 'signature.invalid', 'forged', false])
  })

  it('is called 标签核验, never 证书核验', async () => {
    const zh = writeVerdictText(await judge(text))
    expect(zh).toMatch(/^标签核验/)
    expect(zh).not.toMatch(/证书核验/)
    expect(writeVerdictText(await judge(text), { language: 'en' })).toMatch(/^Label check/)
  })

  it('of a failed verification is accepted as a failure', async () => {
    const failed = await world.sign('YB', F02.record)
    const { octets: packed } = await signLabel(failed, { signers: [world.signer('YB')], at: iatOf(failed) })
    const verdict = await verifyLabel(packed, world.optionsFor(F02))
    expect(verdict).toMatchObject({ outcome: 'not-recognised', acceptedAs: 'failure', decidedBy: 'record.outcome' })
    expect(decidingCheck(verdict).path).toBe('/outcome')
    expect(labelAnswer(verdict).answer).toBe('failed')
    expect(writeVerdictText(verdict)).toMatch(/采信（不合格）/)
  })
})

describe('a label with two signatures', () => {
  it('requires both, and shows both', async () => {
    const two = await createFakeAuthorities({ algorithms: ['ES256', 'SGD_SM3_SM2'] })
    const options = { at: world.at, trust: two.trust, agreements: [two.agreement], policy: { region: '50' } }
    const signers = [two.signer('CD'), two.signer('CD', 'SGD_SM3_SM2')] as const
    const made = await signLabel(await two.sign('CD', F01.record), { signers, at: '2025-03-12T17:00:00+08:00' })
    const verdict = await verifyLabel(made.octets, { ...options, policy: { region: '50', algorithms: ['SGD_SM3_SM2'] } })
    expect(verdict.outcome).toBe('recognised')
    expect(verdict.checks.filter(({ id }) => id === 'signature')).toHaveLength(2)
    const spoilt = made.octets.with(-1, (made.octets.at(-1) as number) ^ 1)
    expect(decidingCheck(await verifyLabel(spoilt, options)).code).toBe('signature.other-refused')
    const one = packLabel(made.signed[0] as string)
    const needs = await verifyLabel(one, { ...options, policy: { region: '50', algorithms: ['SGD_SM3_SM2'] } })
    expect(decidingCheck(needs).code).toBe('signature.algorithm-missing')
  })
})

describe('a forged label', () => {
  it('with any changed field is found by its signature, and none of its content is shown', async () => {
    const { decode } = await import('cborg')
    const array = decode(octets.subarray(1)) as unknown[]
    const other: Readonly<Record<number, unknown>> = {
      1: 1_741_770_001,
      2: new Uint8Array(32),
      3: '川计检字20250312-00418',
      4: 1,
      5: 1,
      6: 'TX9A2303118',
      7: '川A·T0009',
      8: 1025,
      9: 20_160,
      10: 729,
      13: ['CDF-889201'],
    }
    for (const [at, value] of Object.entries(other)) {
      const packed = Uint8Array.of(1, ...encode(array.with(Number(at), value)))
      expect(await decided(packed), `field ${at}`).toEqual(['not-recognised', 'signature.invalid', 'forged', false])
    }
    const status = Uint8Array.of(1, ...encode(array.with(11, Uint8Array.of(1, 2, 3, 4)).with(12, 7)))
    expect((await decided(status))[1]).toBe('signature.invalid')
  })

  it('by another body, by an unlisted key, or by a key of the issuer that did not sign is found', async () => {
    const payload = payloadOf(label)
    const stranger = await createSigner((await generateKey()).privateJwk)
    expect(await decided(await signClaims(payload, world.signer('LZ')))).toEqual(['not-recognised', 'issuer.key-mismatch', 'forged', false])
    expect(await decided(packLabel(await signClaims(payload, world.signer('LZ'))))).toEqual([
      'not-recognised',
      'key.unknown',
      'forged',
      false,
    ])
    expect(await decided(packLabel(await signClaims(payload, stranger)))).toEqual(['not-recognised', 'key.unknown', 'forged', false])
    const own = world.signer('CD')
    const impostor = { ...own, sign: stranger.sign }
    expect(await decided(packLabel(await signClaims(payload, impostor)))).toEqual(['not-recognised', 'signature.invalid', 'forged', false])
  })

  it('with another issuer, listed or not, is found', async () => {
    for (const iss of [organisation('LZ').uscc, '91510100MA00000000']) {
      const packed = packLabel(await signClaims({ ...payloadOf(label), iss }, world.signer('CD')))
      expect((await decided(packed)).slice(1)).toEqual(['key.unknown', 'forged', false])
    }
  })

  it('with another algorithm in its header is found: the key determines the algorithm', async () => {
    const [, payload, signature] = label.split('.')
    for (const alg of ['none', 'HS256', 'Ed25519', 'SGD_SM3_SM2']) {
      const header = Buffer.from(JSON.stringify({ alg, kid: world.signer('CD').kid, typ: LABEL })).toString('base64url')
      expect((await decided(`${header}.${payload}.${signature}`)).slice(2), alg).toEqual(['forged', false])
    }
  })

  it('with the type of a record, or by a key that may not sign labels, is found', async () => {
    expect((await decided(record)).slice(1)).toEqual(['typ.unexpected', 'forged', false])
    const trust = await retrust(world, '51', [`${entityAt(world, CD)}/keys/0/typ`, ['metrology-record+jwt']])
    expect(await decided(text, { trust })).toEqual(['not-recognised', 'key.use-not-allowed', 'forged', false])
  })

  it('is not attributed by a guess where two keys of the issuer share the octets that a label carries', async () => {
    const [holder] = world.trust.keysOf(CD)
    const twin = { ...holder, verification: { ...holder?.verification, kid: `${holder?.verification.kid.slice(0, 20)}${'A'.repeat(23)}` } }
    const trust = { ...world.trust, keysOf: () => [holder, twin] as never }
    expect(await decided(text, { trust })).toEqual(['indeterminate', 'label.kid-ambiguous', 'unknown', false])
  })

  it('is reported as such before its content: a changed date of an expired label is a forgery, not a validity', async () => {
    const expired = await labelFor(world, 'LZ', await world.sign('LZ', F06.record), { validUntil: '2025-04-07' })
    expect((await decided(packLabel(expired))).slice(1)).toEqual(['validity.expired', 'expired', true])
    const [header, , signature] = expired.split('.')
    const later = Buffer.from(JSON.stringify({ ...payloadOf(expired), validUntil: '2026-04-07' })).toString('base64url')
    expect((await decided(`${header}.${later}.${signature}`)).slice(1)).toEqual(['signature.invalid', 'forged', false])
  })
})

describe('a text that is no whole label', () => {
  it('is classified: another code, a damaged one, one of a later version', async () => {
    for (const other of [
      '',
      'hello',
      'https://example.cn/',
      'https://example.cn/l#about',
      'WIFI:S:x;;',
      'https://example.cn/label#123',
      '川A·T0001',
    ])
      expect(await decided(other), other).toEqual(['not-recognised', 'label.not-ours', 'not-ours', false])
    const digits = text.slice(text.indexOf('#') + 1)
    const damaged = [
      text.slice(0, -1),
      text.slice(0, 80),
      `${text}1`,
      `${NODE}/l#`,
      `${NODE}/l`,
      `${NODE}/l#0${digits}`,
      `${NODE}/l#${digits}x`,
      `${NODE}/l#${digits} ${digits}`,
      `${NODE}/l#${'9'.repeat(5000)}`,
    ]
    for (const one of damaged) expect((await decided(one)).slice(1), one.slice(0, 60)).toEqual(['label.damaged', 'damaged', false])
    const later = octets.with(0, 2)
    expect(await decided(labelUrl(later, NODE))).toEqual(['indeterminate', 'label.version', 'not-supported', false])
    expect(await decided(new Uint8Array())).toEqual(['not-recognised', 'label.damaged', 'damaged', false])
  })

  it('but the address in capitals, or with a query before the digits, is a whole label all the same', async () => {
    const digits = text.slice(text.indexOf('#') + 1)
    const whole = await decided(text)
    for (const one of [text.toUpperCase(), `${NODE}/l?from=groupmessage&isappinstalled=0#${digits}`, ` ${text}\r\n`])
      expect(await decided(one), one.slice(0, 60)).toEqual(whole)
    for (const one of [`${NODE}/l?from=groupmessage`, `${text}&from=singlemessage`])
      expect((await decided(one)).slice(1), one.slice(0, 60)).toEqual(['label.damaged', 'damaged', false])
    for (const other of [`${NODE}/lx?a=1#${digits}`, `${NODE}/l?a=1#about`])
      expect(await decided(other), other.slice(0, 60)).toEqual(['not-recognised', 'label.not-ours', 'not-ours', false])
  })

  it('has every row nevertheless', async () => {
    for (const one of ['hello', text.slice(0, -1), labelUrl(octets.with(0, 2), NODE)]) {
      const verdict = await judge(one)
      expect(verdict.scope).toBe('label')
      expect([...new Set(verdict.checks.map(({ id }) => id))]).toEqual(verdictRows.map(({ id }) => id))
    }
  })
})

describe('the status of the record of a label', () => {
  const list = async (value: number, times: { iat?: number; exp?: number } = {}): Promise<string> => {
    const { iat = now - DAY, exp = now + DAY } = times
    return signStatusList({ iss: CD, uri: URI, iat, exp, statuses: emptyStatuses(100).with(7, value) }, world.signer('CD'))
  }
  const notice = async (statements: string[], action: 'revoke' | 'suspend' = 'revoke'): Promise<string> =>
    signNotice({ iss: CD, iat: now - 3600, from: now - 3600, action, statements, reason: { zh: '标准器超差' } }, world.signer('CD'))
  const ask = async (given: SignedStatus | undefined, of = text) => {
    const status = given && (await openStatus(given, world.trust))
    return decided(of, status ? { status } : {})
  }
  const listed = async (): Promise<string> => {
    const statement = await world.sign('CD', F01.record, { status: { uri: URI, idx: 7 } })
    const made = await signLabel(statement, { signers: [world.signer('CD')], at: iatOf(statement) })
    return labelUrl(made.octets, NODE)
  }

  it('is that in the status list that the label names: valid, revoked, suspended, superseded', async () => {
    const of = await listed()
    expect(await ask({ statusLists: [await list(0)] }, of)).toEqual(['recognised', 'agreement.clause', 'good', true])
    expect(await ask({ statusLists: [await list(1)] }, of)).toEqual(['not-recognised', 'status.revoked', 'revoked', true])
    expect(await ask({ statusLists: [await list(2)] }, of)).toEqual(['not-recognised', 'status.suspended', 'suspended', true])
    expect(await ask({ statusLists: [await list(3)] }, of)).toEqual(['not-recognised', 'status.superseded', 'superseded', true])
  })

  it('is unknown without the list, with another list, or past the end of the list: never green, never red', async () => {
    const of = await listed()
    const foreign = await signStatusList(
      { iss: CD, uri: `${URI}x`, iat: now - DAY, exp: now + DAY, statuses: emptyStatuses(100) },
      world.signer('CD'),
    )
    expect(await ask(undefined, of)).toEqual(['indeterminate', 'status.not-supplied', 'unknown', true])
    expect(await ask({ statusLists: [foreign] }, of)).toEqual(['indeterminate', 'status.not-supplied', 'unknown', true])
    const old = await list(0, { iat: now - 9 * DAY, exp: now - DAY })
    expect(await ask({ statusLists: [old] }, of)).toEqual(['indeterminate', 'status.list-expired', 'unknown', true])
    const verdict = await judge(of, { status: await openStatus({ statusLists: [old] }, world.trust) })
    expect(decidingCheck(verdict).message.zh).toMatch(/已于 2025-06-15T09:00:00\+08:00 失效/)
  })

  it('may be stated by a notice on the record, or on the label itself', async () => {
    const [recordId, labelId] = [labelOf(record).record, (await judge(text)).statementId as string]
    expect(await ask({ notices: [await notice([recordId])] })).toEqual(['not-recognised', 'status.revoked', 'revoked', true])
    expect(await ask({ notices: [await notice([labelId])] })).toEqual(['not-recognised', 'status.revoked', 'revoked', true])
    expect((await ask({ notices: [await notice([recordId], 'suspend'), await notice([labelId])] }))[1]).toBe('status.revoked')
    expect((await ask({ notices: [await notice(['A'.repeat(43)])] }))[0]).toBe('recognised')
  })

  it('may be stated by a newer record of the issuer that replaces it', async () => {
    const newer = await world.sign('CD', change(F01.record, ['/certificateNo', '川计检字20250312-00417-1']), {
      at: iatOf(record) + DAY,
      supersedes: labelOf(record).record,
    })
    expect(await ask({ successors: [newer] })).toEqual(['not-recognised', 'status.superseded', 'superseded', true])
  })
})

describe('time, trust and scope', () => {
  it('decide nothing past the end of the trust list, whose age is reported', async () => {
    const at = now + 40 * DAY
    expect(await decided(text, { at })).toEqual(['indeterminate', 'trust-list.expired', 'unknown', true])
    expect(decidingCheck(await judge(text, { at })).message.zh).toMatch(/2025-07-16/)
  })

  it('give three answers: an expired label, one before its verification, and a body outside its scope', async () => {
    expect((await decided(packLabel(await labelFor(world, 'CD', record, { validUntil: '2025-06-15' })))).slice(1)).toEqual([
      'validity.expired',
      'expired',
      true,
    ])
    expect((await decided(packLabel(await labelFor(world, 'CD', record, { validUntil: '2025-06-16' })))).slice(1)).toEqual([
      'agreement.clause',
      'good',
      true,
    ])
    expect((await decided(text, { at: '2025-03-11T09:00:00+08:00' }))[0]).not.toBe('recognised')
    const scope = await labelFor(world, 'CD', record, { category: 'sound-level-meter' })
    expect((await decided(packLabel(scope))).slice(2)).toEqual(['out-of-scope', true])
  })

  it('leave the validity unknown without a day of expiry: the interval depends on what a label does not carry', async () => {
    const { validUntil: _, ...rest } = payloadOf(label)
    expect((await decided(packLabel(await signClaims(rest, world.signer('CD'))))).slice(0, 2)).toEqual([
      'indeterminate',
      'validity.not-stated',
    ])
  })

  it('require evidence after the revocation of the key, and reject after a retroactive one', async () => {
    const revoked = (retroactive: boolean) =>
      retrust(world, '51', [`${entityAt(world, CD)}/keys/0/revoked`, { at: now - DAY, reason: '私钥泄露', retroactive }])
    const trust = await revoked(false)
    expect(await decided(text, { trust })).toEqual(['indeterminate', 'key.revoked-unproven', 'unknown', true])
    // That the record was in a log earlier proves nothing for the label: the holder of the key can name any record in a new label.
    const log = { seen: (id: string) => (id === labelOf(record).record ? [{ at: now - 9 * DAY }] : []) }
    expect((await decided(text, { trust, log }))[1]).toBe('key.revoked-unproven')
    const labelId = (await judge(text)).statementId as string
    const own = { seen: (id: string) => (id === labelId ? [{ at: now - 9 * DAY }] : []) }
    expect((await decided(text, { trust, log: own }))[0]).toBe('recognised')
    expect(await decided(text, { trust: await revoked(true) })).toEqual(['not-recognised', 'key.revoked-retroactively', 'forged', false])
    expect(await openLogEvidence([], world.trust)).toBeDefined()
  })
})

describe('conditions of the agreement', () => {
  const under = async (changes: object, conditions: readonly object[]) => {
    const payload = agreementPayload()
    const [clause, ...others] = payload.clauses
    const changed = { ...payload, clauses: [{ ...clause, conditions, ...changes }, ...others] } as typeof payload
    const signed = await signAgreement(changed, [world.signer('SC-AMR'), world.signer('CQ-AMR')])
    return { agreements: [await openAgreement(signed, world.trust)] }
  }
  const needing = [{ name: 'mobile-only' }, { name: 'specification-in-force' }, { name: 'validity-remaining', min: 'P0D' }]

  it('on members that a label does not carry leave it undecided, unless the clause states that the label suffices', async () => {
    expect(await decided(text, await under({ labelSuffices: undefined }, needing))).toEqual([
      'indeterminate',
      'label.not-carried',
      'unknown',
      true,
    ])
    expect(await decided(text, await under({ labelSuffices: false }, needing))).toEqual([
      'indeterminate',
      'label.not-carried',
      'unknown',
      true,
    ])
    expect(await decided(text, await under({ labelSuffices: true }, needing))).toEqual(['recognised', 'agreement.clause', 'good', true])
  })

  it('on members that it carries are judged in any case', async () => {
    const carried = [{ name: 'mobile-only' }, { name: 'validity-remaining', min: 'P30D' }]
    expect((await decided(text, await under({ labelSuffices: undefined }, carried)))[0]).toBe('recognised')
    const soon = packLabel(await labelFor(world, 'CD', record, { validUntil: '2025-06-20' }))
    for (const labelSuffices of [undefined, true])
      expect((await decided(soon, await under({ labelSuffices }, carried)))[1]).toBe('validity.remaining-too-short')
  })

  it('on mobility are not judged without a plate', async () => {
    const { plate: _, ...rest } = payloadOf(label)
    const without = packLabel(await signClaims(rest, world.signer('CD')))
    expect((await decided(without, await under({ labelSuffices: undefined }, [{ name: 'mobile-only' }])))[1]).toBe('label.not-carried')
    expect((await decided(without, await under({ labelSuffices: true }, [{ name: 'mobile-only' }])))[0]).toBe('recognised')
  })

  it('that are unknown leave it undecided, even where the label suffices', async () => {
    expect((await decided(text, await under({ labelSuffices: true }, [{ name: 'later-condition' }])))[1]).toBe('condition.not-known')
  })
})

it('verifyLabel never throws because of its input, only on misuse', async () => {
  for (const wrong of [undefined, null, 7, {}, [], [7]]) await expect(judge(wrong as never)).rejects.toThrow(/verify\.options/)
  await expect(verifyLabel(text, { ...world.optionsFor(F01), trust: {} } as never)).rejects.toThrow(/verify\.options/)
  expect(await coSign(label, { typ: LABEL, signer: world.signer('CD') })).toMatch(/^ey/)
})
