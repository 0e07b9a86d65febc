// Why this exists: a record that a verifier would refuse by schema must not be signed, and a retry must yield the same statement.
import fc from 'fast-check'
import { createSigner, generateKey, parsePayload, parseStatement, type Signer } from 'tongheng/envelope'
import { isTonghengError } from 'tongheng/errors'
import { type AnyRecord, kindOf, RecordClaims, type SignRecordOptions, signRecord } from 'tongheng/records'
import { fixtures } from 'tongheng/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { change } from './change.ts'

const { F01, F07, F10 } = fixtures
const JTI = '01JZXA9GQ0ABCDEFGHJKMNPQRS'
const AT = '2025-03-12T17:00:00+08:00'
let signer: Signer

beforeAll(async () => {
  signer = await createSigner((await generateKey()).privateJwk)
})

const claimsOf = (statement: string) => RecordClaims.parse(parsePayload(parseStatement(statement, 'metrology-record+jwt')))
const faultsOf = async (record: AnyRecord, options: Partial<SignRecordOptions> = {}): Promise<string[]> => {
  const error = await signRecord(record, { signer, at: AT, ...options }).catch((thrown: unknown) => thrown)
  if (!isTonghengError(error, 'record.invalid')) throw error
  const { path, count, faults = [] } = error.details
  expect({ path, count }).toEqual({ path: faults[0]?.path, count: faults.length })
  return faults.map((fault) => `${fault.code} ${fault.path}`)
}
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const timeOf = (ulid: string): number => [...ulid.slice(0, 10)].reduce((time, character) => time * 32 + ALPHABET.indexOf(character), 0)

describe('signRecord', () => {
  it.each(Object.values(fixtures))('signs $id in the name of the issuer in the record', async ({ record }) => {
    const claims = claimsOf(await signRecord(record, { signer, at: AT }))
    expect(claims.iss).toBe(kindOf(record).issuer(record))
    expect(claims.record).toEqual(record)
    expect(claims.iat).toBe(Date.parse(AT) / 1000)
    expect(Object.keys(claims)).toEqual(['iss', 'jti', 'iat', 'record'])
  })

  it('rejects a record with any schema error, and names every error', async () => {
    const record = change(F01.record, ['/certificateNo', undefined], ['/outcome', 'passed'], ['/results/0/rows/0/1', -1.57])
    expect(await faultsOf(record)).toEqual(['shape.missing /certificateNo', 'shape.number /results/0/rows/0/1', 'shape.value /outcome'])
  })

  it('rejects an unknown kind or version', async () => {
    expect(await faultsOf(change(F01.record, ['/kind', 'weighing-note']))).toEqual(['kind.unknown /kind'])
    expect(await faultsOf(change(F01.record, ['/version', 2]))).toEqual(['kind.version-unknown /version'])
    expect(await faultsOf({} as AnyRecord)).toEqual(['kind.missing /kind'])
  })

  it('assigns a new ULID of the time of signing at every call', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 253_402_300_799 }), async (at) => {
        const [first, second] = [
          claimsOf(await signRecord(F10.record, { signer, at })),
          claimsOf(await signRecord(F10.record, { signer, at })),
        ]
        expect(timeOf(first.jti)).toBe(at * 1000)
        expect(timeOf(second.jti)).toBe(at * 1000)
        expect(first.jti).not.toBe(second.jti)
      }),
      { numRuns: 25 },
    )
  })

  it('signs the same statement again where the caller passes its jti', async () => {
    const [first, second] = [
      await signRecord(F07.record, { signer, at: AT, jti: JTI }),
      await signRecord(F07.record, { signer, at: AT, jti: JTI }),
    ]
    const id = (text: string): string => parseStatement(text, 'metrology-record+jwt').id
    expect(claimsOf(first).jti).toBe(JTI)
    expect(id(first)).toBe(id(second))
  })

  it('accepts the time as text with an offset, as a Date, or in seconds', async () => {
    const seconds = Date.parse(AT) / 1000
    for (const at of [AT, new Date(AT), seconds]) expect(claimsOf(await signRecord(F07.record, { signer, at })).iat).toBe(seconds)
  })

  it.each(['2025-03-12T17:00:00', '2025-03-12', 1.5, -1, Number.NaN])('rejects %s as the time', async (at) => {
    await expect(signRecord(F07.record, { signer, at })).rejects.toMatchObject({ code: 'date.instant' })
  })

  it('writes the id of the statement that is replaced', async () => {
    const { id } = parseStatement(await signRecord(F07.record, { signer, at: AT }), 'metrology-record+jwt')
    expect(claimsOf(await signRecord(F07.record, { signer, at: AT, supersedes: id })).supersedes).toBe(id)
  })

  it('rejects claims that every verifier would reject', async () => {
    expect(await faultsOf(F07.record, { jti: 'retry-1' })).toEqual(['shape.format /jti'])
    expect(await faultsOf(F07.record, { supersedes: 'SCJL-C2025-0341' })).toEqual(['shape.format /supersedes'])
  })
})
