// Why this exists: each record must have the correct verdict for the stated reason, with the same rows in every release.
import { type Signer, signStatement, statementId } from 'tongheng/envelope'
import { kindOf } from 'tongheng/records'
import {
  type Fixture,
  faultyRecords,
  fixtures,
  type NegativeFixture,
  negatives,
  organisation,
  publications,
  send,
  sendOnTheWay,
} from 'tongheng/testing'
import { openTrust } from 'tongheng/trust'
import { assertRecognised, decidingCheck, type Verdict, verdictRows, verify } from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Change, change, valueAt } from '../records/change.ts'
import { entityAt, retrust } from '../trust/retrust.ts'
import { claimsOf, createWorld, forge, verdictOf, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})

const { F01, F06, F07, F08, F10, F11, F13 } = fixtures
const statusOf = (verdict: Verdict, id: string): string => verdict.checks.find((check) => check.id === id)?.status ?? 'absent'
const changed = (of: Fixture, ...changes: readonly Change[]): Fixture => ({ ...of, record: change(of.record, ...changes) })
/** `outcome code`: what was decided, and by what. */
const ask = async (of: Fixture, more: Parameters<World['optionsFor']>[1] = {}): Promise<string> => {
  const verdict = await verdictOf(await send(world, of), world.optionsFor(of, more))
  return `${verdict.outcome} ${decidingCheck(verdict).code}`
}

const ACCEPTED = '采信该不合格结论；重新检定合格前，器具不得使用'

describe('the fixture', () => {
  const expected: Readonly<Record<string, string>> = {
    F02: 'not-recognised outcome.failed-verification',
    P02: 'not-recognised specification.not-adopted-yet',
  }

  it.each([...Object.values(fixtures), ...publications])('$id, $title.en, has the expected outcome', async (fixture) => {
    expect(await ask(fixture)).toBe(expected[fixture.id] ?? 'recognised agreement.clause')
  })

  it.each([...negatives, ...faultyRecords])('$id, $title.en, is $outcome by $code', async (fixture: NegativeFixture) => {
    const at = fixture.at === undefined ? world : await createWorld(fixture.at)
    const verdict = await verdictOf(await sendOnTheWay(at, fixture), at.optionsFor(fixture))
    expect(verdict.outcome).toBe(fixture.outcome)
    expect(decidingCheck(verdict).code).toBe(fixture.code)
    expect(verdict.decidedBy).toBe(decidingCheck(verdict).id)
  })

  it.each(Object.values(fixtures))('$id is judged alike within its own province, where nothing needs recognition', async (fixture) => {
    const { region } = organisation(fixture.signer)
    const verdict = await verdictOf(await send(world, fixture), world.optionsFor(fixture, { policy: { region }, agreements: [] }))
    expect(verdict.outcome).toBe(fixture.id === 'F02' ? 'not-recognised' : 'recognised')
    expect(verdict.effect?.zh).toBe(fixture.id === 'F02' ? ACCEPTED : undefined)
    expect(verdict.reliedOn.agreement).toBeUndefined()
  })
})

describe('a verdict', () => {
  it('names the record: issuer, kind, number and name, and the moment', async () => {
    for (const fixture of Object.values(fixtures)) {
      const verdict = await verdictOf(await send(world, fixture), world.optionsFor(fixture))
      const { record, signer } = fixture
      expect(verdict).toMatchObject({
        at: '2025-06-16T09:00:00+08:00',
        issuer: organisation(signer).uscc,
        issuerName: organisation(signer).name,
        kind: record.kind,
        number: kindOf(record).number(record),
        statementId: expect.stringMatching(/^[\w-]{43}$/),
      })
    }
  })

  it('quotes the clause as the reason of recognition, only if recognised', async () => {
    const [good, bad] = [
      await verify(await send(world, F01), world.optionsFor(F01)),
      await verify(await send(world, fixtures.F02), world.optionsFor(F01)),
    ]
    expect(good.effect).toEqual(world.agreement.payload.clauses[0]?.effect)
    expect(bad.effect?.zh).toBe(ACCEPTED)
    const forged = await verify(`${await send(world, F01)}A`, world.optionsFor(F01))
    expect(forged.effect).toBeUndefined()
  })

  it('accepts a failed verification as a failure only where nothing else is wrong or unknown', async () => {
    const of = fixtures.F02
    const statement = await send(world, of)
    const decidedOf = async (more: Parameters<World['optionsFor']>[1], text = statement) => {
      const { outcome, decidedBy, acceptedAs, effect } = await verify(text, world.optionsFor(of, more))
      return [outcome, decidedBy, acceptedAs, effect !== undefined]
    }
    expect(await decidedOf({})).toEqual(['not-recognised', 'record.outcome', 'failure', true])
    // A failed check excludes recognition, and so does an undecided one.
    expect(await decidedOf({ agreements: [] })).toEqual(['not-recognised', 'record.outcome', undefined, false])
    const listed = await world.sign('YB', of.record, { status: { uri: 'https://status.example/yb/1', idx: 3 } })
    expect(await decidedOf({}, listed)).toEqual(['not-recognised', 'record.outcome', undefined, false])
    // A fault of the record is reported before its content.
    const elsewhere = await send(world, changed(of, ['/issuer/authorisationNo', '（渝）法计（2020）59999号']))
    expect(await decidedOf({}, elsewhere)).toEqual(['not-recognised', 'condition.issuer-authorised', undefined, false])
    const forged = await sendOnTheWay(world, { ...of, outcome: 'not-recognised', code: 'signature.invalid', onTheWay: 'payload-changed' })
    expect(await decidedOf({}, forged)).toEqual(['not-recognised', 'signature', undefined, false])
    expect(await decidedOf({}, await send(world, F01))).toEqual(['recognised', 'agreement.clause', undefined, false])
  })

  it('names the documents it depends on', async () => {
    const { reliedOn } = await verify(await send(world, F13), world.optionsFor(F13))
    const list = world.trust.lists.find(({ payload }) => payload.region === '50')
    expect(reliedOn.trustLists).toEqual([{ id: organisation('CQ-AMR').uscc, version: 1, statementId: list?.statementId }])
    expect(reliedOn.agreement).toEqual({ id: 'chuan-yu-metrology', version: 1, statementId: world.agreement.statementId })
    expect(reliedOn.specifications).toEqual([
      { number: 'JJG653-2003', source: expect.stringMatching(/^catalogue 20\d\d-\d\d$/) },
      { number: 'JJF(渝)901-2024', source: expect.stringMatching(/^[\w-]{43}$/) },
    ])
  })

  it('quotes the record literally: text of a record is never read as one of our placeholders', async () => {
    const notice = changed(fixtures.F02, ['/certificateNo', '{today} {path}'])
    const verdict = await verify(await send(world, notice), world.optionsFor(notice))
    expect(decidingCheck(verdict).message.zh).toContain('检定结果通知书 {today} {path}')
  })

  it('repeats no claim of a forgery', async () => {
    const of = { ...F01, outcome: 'not-recognised', code: 'signature.invalid', onTheWay: 'payload-changed' } as const
    const verdict = await verdictOf(await sendOnTheWay(world, of), world.optionsFor(F01))
    expect([verdict.issuer, verdict.kind, verdict.number]).toEqual([undefined, undefined, undefined])
    expect(verdict.reliedOn).toEqual({ trustLists: [], specifications: [] })
  })

  it('is the same, byte for byte, each time and with trust opened again', async () => {
    const statements = await Promise.all(
      [...Object.values(fixtures), ...negatives].map(
        async (fixture) => [fixture, await sendOnTheWay(world, fixture as NegativeFixture)] as const,
      ),
    )
    const judge = async (trust: World['trust']): Promise<string[]> =>
      Promise.all(
        statements.map(async ([fixture, statement]) => JSON.stringify(await verify(statement, world.optionsFor(fixture, { trust })))),
      )
    const first = await judge(world.trust)
    expect(await judge(world.trust)).toEqual(first)
    expect(await judge(await openTrust({ anchors: world.anchors, lists: [...world.trustLists].reverse() }))).toEqual(first)
  })

  it('is the same for one instant in any notation; a value that is no instant throws', async () => {
    const statement = await send(world, F01)
    const [text, ...others] = await Promise.all(
      [world.at, '2025-06-16T01:00:00Z', new Date(world.at), Date.parse(world.at) / 1000].map((at) =>
        verify(statement, world.optionsFor(F01, { at })),
      ),
    )
    for (const other of others) expect(other).toEqual(text)
    await expect(verify(statement, world.optionsFor(F01, { at: '2025-06-16' }))).rejects.toMatchObject({
      code: 'verify.options',
      details: { member: 'at' },
    })
  })
})

describe('a missing fact', () => {
  const expiry = () => world.trust.lists[0]?.payload as { nextUpdate: number; exp: number }
  const verifyAt = async (trust: World['trust'], at: number) => verifyF01(world.optionsFor(F01, { trust, at }))
  const verifyF01 = async (options: ReturnType<World['optionsFor']>) => verdictOf(await send(world, F01), options)

  it('is never a fault: an expired trust list leaves every record undecided', async () => {
    for (const fixture of Object.values(fixtures))
      expect(await ask(fixture, { at: expiry().exp + 1 })).toBe('indeterminate trust-list.expired')
    expect(await ask(F01, { at: expiry().exp })).toBe('recognised agreement.clause')
  })

  it('is only announced while a list is merely due', async () => {
    for (const [at, status] of [
      [expiry().nextUpdate, 'pass'],
      [expiry().nextUpdate + 1, 'warn'],
      [expiry().exp, 'warn'],
    ] as const) {
      const verdict = await verdictOf(await send(world, F01), world.optionsFor(F01, { at }))
      expect([verdict.outcome, statusOf(verdict, 'trust-list.current')]).toEqual(['recognised', status])
    }
  })

  it('may be a key that a newer list could contain, but not one that a current list lacks', async () => {
    const trust = await retrust(world, '51', [`${entityAt(world, organisation('CD').uscc)}/keys`, []])
    expect(await ask(F01, { trust })).toBe('not-recognised key.unknown')
    expect(await ask(F01, { trust, at: expiry().exp })).toBe('not-recognised key.unknown')
    expect(await ask(F01, { trust, at: expiry().exp + 1 })).toBe('indeterminate key.unknown-list-expired')
    // One expired list is enough: it may be the one that contains the key.
    const exp = Date.parse(world.at) / 1000
    const stale = await retrust(world, '51', [`${entityAt(world, organisation('CD').uscc)}/keys`, []], ['/nextUpdate', exp], ['/exp', exp])
    const verdict = await verifyAt(stale, exp + 1)
    expect([verdict.outcome, decidingCheck(verdict).code]).toEqual(['indeterminate', 'key.unknown-list-expired'])
    expect(decidingCheck(verdict).blockedBy).toBe('fact:trust-list')
    expect(decidingCheck(await verifyAt(stale, exp)).code).toBe('key.unknown')
  })

  it('may be an agreement, an edition, a condition or a status', async () => {
    expect(await ask(F01, { agreements: [] })).toBe('indeterminate agreement.not-supplied')
    const { agreements: __, ...without } = world.optionsFor(F01)
    expect(decidingCheck(await verifyF01(without)).code).toBe('agreement.not-supplied')
    expect(await ask(changed(F01, ['/basis/0/number', 'JJG 517-2024']))).toBe('indeterminate specification.edition-unknown')
    const { specifications: _, ...catalogueOnly } = world.optionsFor(F13)
    const verdict = await verdictOf(await send(world, F13), catalogueOnly)
    expect([verdict.outcome, decidingCheck(verdict).code]).toEqual(['indeterminate', 'specification.edition-unknown'])
    const status = { status_list: { idx: 7, uri: 'https://sc.example/status/1' } }
    const withStatus = await verdictOf(await forge(world.signer('CD'), claimsOf(F01, { status })), world.optionsFor(F01))
    expect([withStatus.outcome, decidingCheck(withStatus).code]).toEqual(['indeterminate', 'status.not-supplied'])
  })

  it('may be a kind or a version of a record that a later release may know', async () => {
    for (const [record, code] of [
      [{ ...F01.record, kind: 'weighing-note' }, 'kind.unknown'],
      [{ ...F01.record, version: 2 }, 'kind.version-unknown'],
    ] as const) {
      const verdict = await verdictOf(await forge(world.signer('CD'), claimsOf(F01, { record })), world.optionsFor(F01))
      expect([verdict.outcome, decidingCheck(verdict).code]).toEqual(['indeterminate', code])
    }
  })

  it('excuses no fault: a fault is reported before a missing fact', async () => {
    const unknown: Change = ['/basis/0/number', 'JJG 517-2024']
    const wrong: Change = ['/applicant/uscc', '91510100MA62KCT03W']
    expect(await ask(changed(F01, unknown, wrong))).toBe('not-recognised uscc.check-character')
    expect(await ask(changed(F01, wrong), { agreements: [] })).toBe('not-recognised uscc.check-character')
    // The failing row follows the undecided one.
    const expired = { at: '2026-04-01T09:00:00+08:00' }
    const later = await createWorld(expired.at)
    const verdict = await verdictOf(await send(later, changed(F01, unknown)), later.optionsFor(F01))
    expect([verdict.outcome, decidingCheck(verdict).code]).toEqual(['not-recognised', 'validity.expired'])
  })
})

describe('the signature of a record', () => {
  const uscc = organisation('CD').uscc
  const withKey = (...changes: readonly (readonly [member: string, to: unknown])[]) =>
    retrust(world, '51', ...changes.map(([member, to]): Change => [`${entityAt(world, uscc)}/keys/0/${member}`, to]))
  const signedAt = claimsOf(F01).iat

  it('must be by a key for records, within its interval', async () => {
    expect(await ask(F01, { trust: await withKey(['typ', ['metrology-request+jwt']]) })).toBe('not-recognised key.use-not-allowed')
    expect(await ask(F01, { trust: await withKey(['notBefore', signedAt]) })).toBe('recognised agreement.clause')
    expect(await ask(F01, { trust: await withKey(['notBefore', signedAt + 1]) })).toBe('not-recognised key.not-yet-valid')
    expect(await ask(F01, { trust: await withKey(['notAfter', signedAt - 1]) })).toBe('not-recognised key.expired')
  })

  it('is rejected under a retroactive revocation, from the moment of the revocation on', async () => {
    const revoked = (at: number, retroactive: boolean) => withKey(['revoked', { at, reason: '私钥泄露', retroactive }])
    expect(await ask(F01, { trust: await revoked(signedAt, false) })).toBe('not-recognised key.revoked')
    // The date written by the signer no longer proves anything; see tests/verify/stolen-key.test.ts for evidence that does.
    expect(await ask(F01, { trust: await revoked(signedAt + 1, false) })).toBe('indeterminate key.revoked-unproven')
    const today = Date.parse(world.at) / 1000
    expect(await ask(F01, { trust: await revoked(today, true) })).toBe('not-recognised key.revoked-retroactively')
    expect(await ask(F01, { trust: await revoked(today + 1, true) })).toBe('recognised agreement.clause')
  })

  it('warns where the name of the issuer is not the listed one; full width and spaces make no difference', async () => {
    const nameChecks = async (name: string) => {
      const record = change(F01.record, ['/issuer/name', name])
      const verdict = await verdictOf(await world.sign('CD', record), world.optionsFor(F01))
      return [verdict.outcome, ...verdict.checks.filter(({ id }) => id === 'issuer.named').map(({ status, code }) => `${status} ${code}`)]
    }
    const listed = organisation('CD').name.zh
    expect(await nameChecks(listed)).toEqual(['recognised', 'pass issuer.named'])
    expect(await nameChecks([...listed].join('　'))).toEqual(['recognised', 'pass issuer.named'])
    expect(await nameChecks('成都市某某计量中心')).toEqual(['recognised', 'warn issuer.name-differs'])
  })

  it('must be by the body that issued the record', async () => {
    const statement = await forge(world.signer('LZ'), claimsOf(F01, { iss: organisation('LZ').uscc }))
    const verdict = await verdictOf(statement, world.optionsFor(F01))
    expect([verdict.outcome, decidingCheck(verdict).code]).toEqual(['not-recognised', 'issuer.not-named'])
    expect(decidingCheck(verdict)).toMatchObject({
      path: '/record',
      message: { en: `Signed by ${organisation('LZ').uscc}, but the record names ${uscc} as its issuer` },
    })
  })

  it('must be by a body of some list', async () => {
    const statement = await forge(world.signer('CD'), claimsOf(F01, { iss: '91510100MA6C1A2B4Q' }))
    const verdict = await verdictOf(statement, world.optionsFor(F01))
    expect([verdict.outcome, decidingCheck(verdict).code]).toEqual(['not-recognised', 'issuer.unknown'])
  })

  it('belongs to each body where one key is listed for two', async () => {
    const shared = world.trust.entity(uscc)?.entity.keys[0]
    const trust = await retrust(world, '51', [`${entityAt(world, organisation('LZ').uscc)}/keys/-`, shared])
    expect(await ask(F01, { trust })).toBe('recognised agreement.clause')
    const verdict = await verdictOf(await forge(world.signer('CD'), claimsOf(F06)), world.optionsFor(F06, { trust }))
    expect(verdict).toMatchObject({ outcome: 'recognised', issuer: organisation('LZ').uscc })
  })

  it('is not made in the future, except for one minute of clock skew', async () => {
    const at = (offset: number) => ask(F01, { at: signedAt + offset })
    expect([await at(0), await at(-60)]).toEqual(['recognised agreement.clause', 'recognised agreement.clause'])
    expect(await at(-61)).toBe('not-recognised iat.in-future')
  })

  it('is not made before the day of the work', async () => {
    const midnight = Date.parse('2025-03-12T00:00:00+08:00') / 1000
    const signed = async (iat: number) => {
      const verdict = await verdictOf(await forge(world.signer('CD'), claimsOf(F01, { iat })), world.optionsFor(F01))
      return decidingCheck(verdict).code
    }
    expect([await signed(midnight), await signed(midnight - 1)]).toEqual(['agreement.clause', 'iat.before-fact'])
    const early = await verify(await forge(world.signer('CD'), claimsOf(F01, { iat: midnight - 1 })), world.optionsFor(F01))
    expect(early.checks.find(({ id }) => id === 'statement.after-fact')).toMatchObject({
      path: '/iat',
      message: { en: 'Signed at 2025-03-11T23:59:59+08:00, before the day of the work, 2025-03-12' },
    })
  })

  it('must be within the scope of the body', async () => {
    const scope = (of: Fixture, ...changes: readonly Change[]) => ask(changed(of, ...changes))
    expect(await scope(F01, ['/instrument/category', 'weights'])).toBe('not-recognised issuer.scope-category')
    const calibration = changed({ ...F07, signer: 'CD' }, ['/issuer', { uscc, name: '成都示例计量检定所' }])
    expect(await ask(calibration)).toBe('not-recognised issuer.scope-kind')
    const early = changed(F01, ['/verifiedOn', '2022-05-10'], ['/validUntil', '2023-05-09'])
    expect(await ask(early)).toBe('not-recognised issuer.authorisation-not-begun')
  })
})

describe('the text of a statement', () => {
  interface Crafted {
    readonly code: string
    readonly row: string
    readonly text: (statement: string, signer: Signer) => string | Promise<string>
  }
  const part = (at: 0 | 1 | 2, to: (segment: string) => string) => (statement: string) => {
    const segments = statement.split('.')
    return segments.with(at, to(segments[at] as string)).join('.')
  }
  const payload = (to: string | Uint8Array | ((json: string) => string)) => (statement: string, signer: Signer) => {
    const json = Buffer.from(statement.split('.')[1] as string, 'base64url').toString('utf8')
    return forge(signer, typeof to === 'function' ? to(json) : to)
  }
  const header = (more: object | string) => (_: string, signer: Signer) => forge(signer, claimsOf(F01), more)
  const claims = (more: object) => (_: string, signer: Signer) => forge(signer, claimsOf(F01, more))
  const crafted: readonly Crafted[] = [
    { code: 'format.segments', row: 'statement.lexing', text: () => '' },
    { code: 'format.segments', row: 'statement.lexing', text: (text) => text.slice(0, text.lastIndexOf('.')) },
    { code: 'format.segments', row: 'statement.lexing', text: (text) => `${text}.x` },
    { code: 'format.segments', row: 'statement.lexing', text: (text) => JSON.stringify({ payload: text.split('.')[1] }) },
    { code: 'format.too-large', row: 'statement.size', text: (text) => text + 'A'.repeat(262_144) },
    { code: 'format.too-large', row: 'statement.lexing', text: part(0, () => 'A'.repeat(1025)) },
    { code: 'format.alphabet', row: 'statement.lexing', text: (text) => `${text}=` },
    { code: 'format.alphabet', row: 'statement.lexing', text: (text) => `${text}\n` },
    { code: 'format.alphabet', row: 'statement.lexing', text: part(1, (segment) => segment.replace(/^../, '+/')) },
    { code: 'format.length', row: 'statement.lexing', text: part(2, () => 'A') },
    {
      code: 'format.unused-bits',
      row: 'statement.lexing',
      text: part(2, (segment) => `${segment.slice(0, -1)}${String.fromCharCode(segment.charCodeAt(segment.length - 1) + 1)}`),
    },
    { code: 'format.header', row: 'statement.header', text: header('not json') },
    { code: 'format.header', row: 'statement.header', text: header('[]') },
    { code: 'header.member', row: 'statement.header', text: header({ jwk: {} }) },
    { code: 'header.member', row: 'statement.header', text: header({ x5u: 'https://evil.example/key' }) },
    { code: 'header.missing', row: 'statement.header', text: header('{"typ":"metrology-record+jwt"}') },
    { code: 'header.kid', row: 'statement.header', text: header({ kid: 'CD' }) },
    { code: 'alg.not-allowed', row: 'statement.header', text: header({ alg: 'none' }) },
    { code: 'alg.not-allowed', row: 'statement.header', text: header({ alg: 'HS256' }) },
    { code: 'typ.unexpected', row: 'statement.header', text: header({ typ: 'JWT' }) },
    {
      code: 'typ.unexpected',
      row: 'statement.header',
      text: (_, signer) => signStatement(claimsOf(F01), { typ: 'metrology-notice+jwt', signer }),
    },
    { code: 'crit.not-understood', row: 'statement.header', text: header({ crit: ['exp'] }) },
    { code: 'key.unknown', row: 'key.known', text: header({ kid: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }) },
    { code: 'alg.not-of-key', row: 'signature', text: header({ alg: 'Ed25519' }) },
    { code: 'alg.not-of-key', row: 'signature', text: header({ alg: 'EdDSA' }) },
    { code: 'signature.form', row: 'signature', text: part(2, () => 'AAAA') },
    { code: 'signature.invalid', row: 'signature', text: part(2, () => 'A'.repeat(86)) },
    { code: 'json.syntax', row: 'statement.payload', text: payload('{') },
    { code: 'json.not-object', row: 'statement.payload', text: payload('[]') },
    { code: 'json.utf8', row: 'statement.payload', text: payload(Uint8Array.of(0x7b, 0xff, 0x7d)) },
    { code: 'json.duplicate-name', row: 'statement.payload', text: payload((json) => json.replace('{', '{"iss":"12510100450770010L",')) },
    {
      code: 'json.duplicate-name',
      row: 'statement.payload',
      text: payload((json) => json.replace('"outcome":"pass"', '"outcome":"fail","outcome":"pass"')),
    },
    { code: 'json.number', row: 'statement.payload', text: payload((json) => json.replace('"-1.57"', '-1.57')) },
    { code: 'json.forbidden-name', row: 'statement.payload', text: payload((json) => json.replace('{', '{"__proto__":{},')) },
    { code: 'json.too-deep', row: 'statement.payload', text: payload(`{"a":${'['.repeat(40)}${']'.repeat(40)}}`) },
    { code: 'shape.missing', row: 'statement.claims', text: payload('{}') },
    { code: 'shape.format', row: 'statement.claims', text: claims({ iss: 'CD' }) },
    { code: 'shape.format', row: 'statement.claims', text: claims({ jti: 'x' }) },
    { code: 'shape.type', row: 'statement.claims', text: claims({ iat: '1741770000' }) },
    { code: 'kind.missing', row: 'record.kind', text: claims({ record: null }) },
    { code: 'shape.missing', row: 'record.schema', text: claims({ record: { kind: 'verification-record', version: 1 } }) },
  ]

  it.each(crafted.map((one, at) => [one.code, one.row, at] as const))('is rejected with %s in the row %s (%#)', async (code, row, at) => {
    const text = await (crafted[at] as Crafted).text(await send(world, F01), world.signer('CD'))
    const verdict = await verdictOf(text, world.optionsFor(F01))
    expect(verdict.outcome).toBe('not-recognised')
    expect(decidingCheck(verdict)).toMatchObject({ id: row, code })
    // Nothing after the row that ended the verification was checked.
    const rows = verdictRows.map(({ id }) => id)
    if (!row.startsWith('record.')) {
      for (const check of verdict.checks.filter(({ id }) => rows.indexOf(id) > rows.indexOf(row as (typeof rows)[number])))
        expect(check.blockedBy, check.id).toBe(row)
    }
  })

  it('has its id in the verdict once its header is read, and the pointer of the error', async () => {
    const named = async (text: string, options = world.optionsFor(F01)) => (await verify(text, options)).statementId
    const id = (text: string): string => statementId('metrology-record+jwt', text.split('.')[1] as string)
    const statement = await send(world, F01)
    const CD = world.signer('CD')
    for (const text of [
      await forge(CD, claimsOf(F01), { kid: 'A'.repeat(43) }),
      await forge(CD, claimsOf(F01), { alg: 'Ed25519' }),
      part(2, () => 'AAAA')(statement),
      part(2, () => 'A'.repeat(86))(statement),
      await forge(CD, '[]'),
      await forge(CD, '{}'),
      await forge(CD, claimsOf(F01, { iss: organisation('LZ').uscc })),
    ])
      expect(await named(text)).toBe(id(text))
    const exp = world.trust.lists[0]?.payload.exp ?? 0
    expect(await named(statement, world.optionsFor(F01, { at: exp + 1 }))).toBe(id(statement))
    for (const text of ['', `${statement}=`, await forge(CD, claimsOf(F01), { typ: 'JWT' })]) expect(await named(text)).toBeUndefined()

    const path = async (text: string) => decidingCheck(await verify(text, world.optionsFor(F01))).path
    expect(await path(await forge(CD, '{"a":[1,{"b":1,"b":2}]}'))).toBe('/a/1')
    expect(await path(await forge(CD, claimsOf(F01, { iat: 4_000_000_000 })))).toBe('/iat')
    expect(await path(`${statement}=`)).toBeUndefined()
  })

  it('is rejected with the evidence, where there is some', async () => {
    const statement = await send(world, F01)
    const told = async (text: string) =>
      decidingCheck(await verify(text, world.optionsFor(F01, { policy: { region: '50', maxLength: 5000 } })))
    expect(await told('A'.repeat(5001))).toMatchObject({ code: 'format.too-large', evidence: { length: 5001, maxLength: 5000 } })
    expect(await told(await forge(world.signer('CD'), claimsOf(F01), { jwk: {} }))).toMatchObject({ evidence: { member: 'jwk' } })
    const bare = await told(statement.slice(0, statement.lastIndexOf('.')))
    expect(bare.code).toBe('format.segments')
    expect(Object.keys(bare)).not.toContain('evidence')
    expect(Object.keys(bare)).not.toContain('path')
    const doubled = await told(await forge(world.signer('CD'), '{"a":[1,{"b":1,"b":2}]}'))
    expect([doubled.path, Object.keys(doubled.evidence ?? {})]).toEqual(['/a/1', expect.not.arrayContaining(['pointer'])])
  })

  it('skips rows that the kind or the shape of its record blocks, and names the blocking row', async () => {
    const judge = async (record: object) => verdictOf(await forge(world.signer('CD'), claimsOf(F01, { record })), world.optionsFor(F01))
    const blocks = (verdict: Verdict) => [
      ...new Set(verdict.checks.slice(verdict.checks.findIndex(({ id }) => id === 'issuer.named')).map(({ blockedBy }) => blockedBy)),
    ]
    const unknown = await judge({ ...F01.record, kind: 'weighing-note' })
    expect([blocks(unknown), unknown.kind, unknown.number]).toEqual([['record.kind'], undefined, undefined])
    const misshapen = await judge({ kind: 'verification-record', version: 1 })
    expect([blocks(misshapen), misshapen.kind, misshapen.number]).toEqual([['record.schema'], 'verification-record', undefined])
    expect(misshapen.issuer).toBe(organisation('CD').uscc)
  })

  it('is rejected with every error of its claims, each once', async () => {
    const verdict = await verify(await forge(world.signer('CD'), claimsOf(F01, { iss: 'CD', jti: 'x' })), world.optionsFor(F01))
    const told = verdict.checks.filter(({ id }) => id === 'statement.claims')
    expect(told.map(({ code, path, status }) => [code, path, status])).toEqual([
      ['shape.format', '/iss', 'fail'],
      ['shape.format', '/jti', 'fail'],
    ])
  })

  it('may be as long as the caller allows', async () => {
    const rows = Array.from({ length: 1000 }, (_, at) => [String(at), '点'.repeat(120)])
    const columns = ['次序', '条件'].map((zh) => ({ role: 'condition', name: { zh } }))
    const long = changed(F07, ['/results/-', { id: 'long', name: { zh: '长表' }, columns, rows }])
    const statement = await send(world, long)
    expect(statement.length).toBeGreaterThan(400_000)
    const judge = async (maxLength?: number) => {
      const verdict = await verdictOf(
        statement,
        world.optionsFor(F07, { policy: { region: '50', ...(maxLength !== undefined && { maxLength }) } }),
      )
      return `${verdict.outcome} ${decidingCheck(verdict).code}`
    }
    expect(await judge()).toBe('not-recognised format.too-large')
    expect(await judge(statement.length - 1)).toBe('not-recognised format.too-large')
    expect(await judge(statement.length)).toBe('recognised agreement.clause')
  })
})

describe('assertRecognised', () => {
  it('returns on a recognised verdict, and throws any other with the verdict in it', async () => {
    const [good, bad] = await Promise.all(
      [F01, fixtures.F02].map(async (fixture) => verify(await send(world, fixture), world.optionsFor(F01))),
    )
    expect(() => assertRecognised(good as Verdict)).not.toThrow()
    expect(() => assertRecognised(bad as Verdict)).toThrow(
      expect.objectContaining({
        name: 'TonghengError',
        code: 'verdict.not-recognised',
        details: expect.objectContaining({ verdict: bad }),
      }),
    )
    expect(() => assertRecognised(bad as Verdict)).toThrow(decidingCheck(bad as Verdict).message.zh)
    const undecided = await verify(await send(world, F01), world.optionsFor(F01, { agreements: [] }))
    expect(() => assertRecognised(undecided)).toThrow(expect.objectContaining({ code: 'verdict.not-recognised' }))
  })
})

describe('rows', () => {
  it('have a name, a group, a basis, and the release that introduced them', () => {
    expect(new Set(verdictRows.map(({ id }) => id)).size).toBe(verdictRows.length)
    for (const { basis, since } of verdictRows) expect([basis.length > 0, ['0.1.0', '0.2.0'].includes(since)]).toEqual([true, true])
  })

  it('are in the order of the work: form and origin, content, issuer, recognition', () => {
    const groups = verdictRows.map(({ group }) => group)
    expect(groups.lastIndexOf('conformance')).toBeLessThan(groups.indexOf('recognition'))
    expect(verdictRows[0]?.id).toBe('statement.size')
    expect(verdictRows.at(-1)?.id).toBe('condition.known')
  })
})

describe('a specification', () => {
  it('is judged by the publications of the others, and by its own content', async () => {
    const { specifications: _, ...alone } = world.optionsFor(F10)
    const verdict = await verdictOf(await send(world, F10), alone)
    expect([verdict.outcome, decidingCheck(verdict).code]).toEqual(['not-recognised', 'specification.not-adopted'])
    expect(await ask(F11)).toBe('recognised agreement.clause')
  })

  it('may not adopt in the name of the other province', async () => {
    const claimed = changed(F10, ['/equivalenceGroup', undefined], ['/number', 'JJF(渝) 999-2025'])
    expect(valueAt(claimed.record, '/adoptions')).toMatchObject([{ region: '51' }])
    expect(await ask(claimed)).toBe('not-recognised specification.not-adopted')
  })
})

it('verify reports the error of a laboratory as a failed rule, before recognition', async () => {
  expect(await ask(changed(F08, ['/results/0/rows/1/2', '0.003']))).toBe('not-recognised error.not-indication-minus-reference')
})
