// Why this exists: a taxi that failed in one province must not drive on with the certificate of the other.

import { parseStatement } from 'tongheng/envelope'
import type { VerificationRecord } from 'tongheng/records'
import { signNotice } from 'tongheng/status'
import { createFakeAuthorities, type FakeAuthorities, fixtures, type OrganisationKey, organisation } from 'tongheng/testing'
import { openStatus, standings, type VerifyOptions } from 'tongheng/verify'
import { ulid } from 'ulid'
import { beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from './world.js'

const AT = '2025-06-16T09:00:00+08:00'
const F01 = fixtures.F01.record as VerificationRecord
let world: World & FakeAuthorities
beforeAll(async () => {
  world = await createWorld(AT)
})

interface Made {
  by?: OrganisationKey
  no: string
  on: string
  until?: string
  fails?: boolean
  serial?: string
}
const sign = ({ by = 'CD', no, on, until, fails = false, serial }: Made): Promise<string> => {
  const { validUntil: _, ...rest } = F01
  const issuer = { ...F01.issuer, uscc: organisation(by).uscc, name: organisation(by).name.zh }
  const [authorisation] = organisation(by).authorisations
  return world.sign(by, {
    ...rest,
    certificateNo: no,
    issuer: { ...issuer, authorisationNo: authorisation?.number as string },
    instrument: { ...F01.instrument, ...(serial !== undefined && { serialNumber: serial }) },
    verifiedOn: on,
    outcome: fails ? 'fail' : 'pass',
    ...(until !== undefined && { validUntil: until }),
    ...(fails && { results: F01.results }),
  } as VerificationRecord)
}
const options = (more: Partial<VerifyOptions> = {}): VerifyOptions => ({ ...world.optionsFor({ signer: 'CD' }), at: AT, ...more })
const ask = async (made: readonly (Made | string)[], more: Partial<VerifyOptions> = {}) => {
  const statements = await Promise.all(made.map((one) => (typeof one === 'string' ? one : sign(one))))
  return { statements, found: await standings(statements, options(more)) }
}
const CERTIFICATE: Made = { no: 'A-1', on: '2025-03-12', until: '2026-03-11' }

describe('the standing of an instrument', () => {
  it('is that of its certificate', async () => {
    const { found, statements } = await ask([await world.sign('CD', F01)])
    const [one] = found
    expect(one).toMatchObject({ code: 'standing.valid', conflicts: [], instrument: { category: 'taximeter' } })
    expect(one?.decidedBy).toBe(parseStatement(statements[0] as string, 'metrology-record+jwt').id)
    expect(one?.zh).toContain(F01.certificateNo)
  })

  it.each<[string, Made, string]>([
    ['a later failure', { no: 'B-1', on: '2025-05-01', fails: true }, 'standing.failed'],
    ['a failure on the same day', { no: 'B-1', on: '2025-03-12', fails: true }, 'standing.failed'],
    ['an earlier failure, since repaired', { no: 'B-1', on: '2025-03-11', fails: true }, 'standing.valid'],
    ['a failure of another instrument', { no: 'B-1', on: '2025-05-01', fails: true, serial: 'another' }, 'standing.valid'],
    ['a failure that lies ahead of the moment asked about', { no: 'B-1', on: '2025-06-17', fails: true }, 'standing.valid'],
  ])('beside %s', async (_title, failure, code) => {
    for (const made of [
      [CERTIFICATE, failure],
      [failure, CERTIFICATE],
    ]) {
      const { found } = await ask(made)
      const own = found.find(({ entries }) => entries.some(({ certificateNo }) => certificateNo === 'A-1'))
      expect(own?.code).toBe(code)
      expect(own?.conflicts.map((one) => one.code)).toEqual(code === 'standing.failed' ? ['standing.fail-wins'] : [])
    }
  })

  it('is failed on the word of the other province too, and on its own', async () => {
    expect((await ask([CERTIFICATE, { by: 'YB', no: 'C-1', on: '2025-05-01', fails: true }])).found[0]?.code).toBe('standing.failed')
    const { found } = await ask([{ no: 'B-1', on: '2025-05-01', fails: true }])
    expect(found[0]).toMatchObject({ code: 'standing.failed', conflicts: [] })
  })

  it('names two certificates of different bodies that are in force at once', async () => {
    const { found } = await ask([CERTIFICATE, { ...CERTIFICATE, by: 'SC-INST', no: 'D-1' }])
    expect(found[0]?.entries.filter(({ isCounted }) => isCounted)).toHaveLength(2)
    expect(found[0]?.conflicts).toMatchObject([{ code: 'standing.duplicate', statementIds: expect.objectContaining({ length: 2 }) }])
  })

  it('counts one statement once, however often it comes, and leaves out what says nothing', async () => {
    const statement = await world.sign('CD', F01)
    const { found } = await ask([
      statement,
      statement,
      'x',
      await world.sign('SC-INST', fixtures.F07.record),
      `${statement.slice(0, -8)}AAAAAAAA`,
    ])
    expect(found.map(({ entries }) => entries.length)).toEqual([1])
    expect(await standings([], options())).toEqual([])
  })

  it('expires with its certificate', async () => {
    const statement = await sign(CERTIFICATE)
    const later = await createFakeAuthorities({ at: '2026-03-12T09:00:00+08:00' })
    expect(later.trust.lists).toHaveLength(2)
    const { found } = await ask([{ ...CERTIFICATE, on: '2024-07-10', until: '2025-06-15' }])
    expect(found[0]?.code).toBe('standing.expired')
    expect((await standings([statement], options()))[0]?.code).toBe('standing.valid')
  })

  it('is undecided while a fact is missing', async () => {
    expect((await ask([CERTIFICATE], { agreements: [] })).found[0]?.code).toBe('standing.undecided')
  })

  it('does not rest on a certificate that was revoked, nor on a failure that was', async () => {
    const revoking = async (statement: string) => {
      const notice = await signNotice(
        {
          iss: organisation('CD').uscc,
          jti: ulid(),
          iat: Date.parse(AT) / 1000 - 60,
          action: 'revoke',
          statements: [parseStatement(statement, 'metrology-record+jwt').id],
          from: Date.parse(AT) / 1000 - 60,
          reason: { zh: '误发' },
        },
        world.signer('CD'),
      )
      return openStatus({ notices: [notice] }, world.trust)
    }
    const [certificate, failure] = [await sign(CERTIFICATE), await sign({ no: 'B-1', on: '2025-05-01', fails: true })]
    const withdrawn = await standings([certificate], options({ status: await revoking(certificate) }))
    expect(withdrawn[0]).toMatchObject({ code: 'standing.none', entries: [{ isCounted: false, reason: { code: 'status.revoked' } }] })
    expect((await standings([certificate, failure], options({ status: await revoking(failure) })))[0]?.code).toBe('standing.valid')
  })
})
