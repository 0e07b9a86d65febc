// Why this exists: developers in other languages validate documents by these files. Each must accept the real document and reject
// a wrong one.
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { signNotice } from 'tongheng/status'
import { createFakeAuthorities, DEMONSTRATION_TIME, fixtures } from 'tongheng/testing'
import { gatherEvidence } from 'tongheng/verify'
import { expect, it } from 'vitest'
import { SCHEMA_FOLDER } from '../../.ci/generate/schemas.ts'

type Json = Record<string, unknown>

const payloadOf = (statement: string | undefined): Json =>
  JSON.parse(Buffer.from(String(statement).split('.')[1] as string, 'base64url').toString('utf8')) as Json

const world = await createFakeAuthorities({ witnessKeys: true })
const { anchors, trustLists, signedAgreement } = world
const at = DEMONSTRATION_TIME
const statement = await world.sign('CD', fixtures.F01.record)
const agreements = [[...signedAgreement]]
const notice = await signNotice(
  {
    iss: payloadOf(statement).iss as string,
    iat: 1_750_000_000,
    action: 'revoke',
    statements: ['A'.repeat(43)],
    from: 1_750_000_000,
    reason: { zh: '标准器超差' },
  },
  world.signer('CD'),
)

const DOCUMENTS: Readonly<Record<string, { readonly document: Json; readonly wrong: Json }>> = {
  'trust-list': { document: payloadOf(trustLists[0]?.[0]), wrong: { version: '1' } },
  agreement: { document: payloadOf(signedAgreement[0]), wrong: { parties: [] } },
  notice: { document: payloadOf(notice), wrong: { statements: ['x'] } },
  'status-list': {
    document: { iss: payloadOf(statement).iss, sub: 'https://a.example/1', iat: 1, exp: 2, status_list: { bits: 2, lst: 'eJxjAAAAAQAB' } },
    wrong: { exp: undefined },
  },
  'trust-file': { document: { anchors, trustLists, agreements }, wrong: { anchors: [] } },
  'evidence-bundle': {
    document: (await gatherEvidence(statement, { at, region: '50', anchors, trustLists, agreements })) as unknown as Json,
    wrong: { version: 2 },
  },
}

it.each(Object.entries(DOCUMENTS))(
  '%s accepts the document as it is written, and rejects it with a wrong member',
  (name, { document, wrong }) => {
    const schema = JSON.parse(readFileSync(`${SCHEMA_FOLDER}${name}.v1.json`, 'utf8')) as object
    // Only this file is added to ajv, so a reference to another file would not compile.
    const validate = new Ajv2020({ strict: true }).compile(schema)
    const written = JSON.parse(JSON.stringify(document)) as Json
    expect([validate(written), validate.errors]).toEqual([true, null])
    expect(validate(JSON.parse(JSON.stringify({ ...document, ...wrong })))).toBe(false)
  },
)
