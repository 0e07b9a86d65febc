/** Shared by the tests of labels: labels of fixtures, of any claims, and of records that the package would not sign. */
import { type AlgorithmName, createSigner, generateKey, parsePayload, parseStatement, type Signer, signStatement } from 'tongheng/envelope'
import { type LabelClaims, labelOf } from 'tongheng/label'
import { linesOf, readRecord } from 'tongheng/records'
import {
  type FakeAuthorities,
  type Fixture,
  faults,
  faultyRecord,
  faultyRecords,
  fixtures,
  negatives,
  type OrganisationKey,
} from 'tongheng/testing'

export const LABEL = 'metrology-label+jwt'
export const NODE = 'https://jl.example.cn'

/** True if a value has the shape of a record; nothing else can be signed. */
function isWhole(record: unknown): boolean {
  try {
    return readRecord(record) !== undefined
  } catch {
    return false
  }
}

/** Fixtures, negatives and faulty records that are verifications, so that they have a label. */
export const verifications: readonly Fixture[] = [
  ...Object.values(fixtures),
  ...negatives,
  ...faultyRecords,
  ...faults.map((fault) => ({ ...fixtures[fault.fixture], id: fault.code, record: faultyRecord(fault) })),
  // A batch has a label for each line: tests/verify/batch.test.ts.
].filter(({ record }) => record.kind === 'verification-record' && isWhole(record) && linesOf(record) === undefined)

/** Signs any claims as a label, in the encoding of `JSON.stringify`. */
export const signClaims = (claims: object, signer: Signer): Promise<string> => signStatement(claims, { typ: LABEL, signer })

/** Signing time that a statement states. */
export const iatOf = (statement: string): number => parsePayload(parseStatement(statement, 'metrology-record+jwt')).iat as number

/** The label of a signed record, with the time of the record, even if the record does not conform. */
export async function labelFor(
  world: Pick<FakeAuthorities, 'signer'>,
  signer: OrganisationKey,
  statement: string,
  changes: Partial<LabelClaims> = {},
): Promise<string> {
  const { iss, ...facts } = labelOf(statement)
  return signClaims({ iss, iat: iatOf(statement), ...facts, ...changes }, world.signer(signer))
}

/** A signer that returns an invalid signature at once, for tests of the encoding only. */
export async function standIn(alg: AlgorithmName = 'ES256'): Promise<Signer> {
  const { kid } = await createSigner((await generateKey(alg)).privateJwk)
  return { kid, alg, sign: async () => Uint8Array.from({ length: 64 }, (_, at) => at * 3) }
}

/** The keys of an issuer, as far as unpacking needs them. */
export const keysOf = (...signers: readonly Pick<Signer, 'alg' | 'kid'>[]) => ({
  keysOf: () => signers.map((verification) => ({ verification })) as never,
})

export const payloadOf = (signed: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(signed.split('.')[1] as string, 'base64url').toString()) as Record<string, unknown>
