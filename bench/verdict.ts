/** Full verdicts per second on one core, compared with the raw signature check and with jose, in one run. */
import { createPublicKey, verify as verifyRaw } from 'node:crypto'
import { importJWK, jwtVerify } from 'jose'
import { createFakeAuthorities, DEMONSTRATION_TIME } from 'tongheng/testing'
import { verify, verifyMany } from 'tongheng/verify'
import type { Group } from './measure.js'
import { benchRecord } from './record.js'

const DISTINCT = 256
const world = await createFakeAuthorities({ witnessKeys: true })
const statements = await Promise.all(Array.from({ length: DISTINCT }, (_, index) => world.sign('LZ', benchRecord(index))))
export const options = {
  at: Date.parse(DEMONSTRATION_TIME) / 1000,
  trust: world.trust,
  agreements: [world.agreement],
  policy: { region: '50' },
}
const jwk = world.keys.get('LZ')?.publicJwk as NonNullable<ReturnType<typeof world.keys.get>>['publicJwk']
const key = { key: createPublicKey({ key: { ...jwk }, format: 'jwk' }), dsaEncoding: 'ieee-p1363' as const }
const joseKey = await importJWK(jwk, 'ES256')
const parts = statements.map((statement) => {
  const dot = statement.lastIndexOf('.')
  return { input: Buffer.from(statement.slice(0, dot)), signature: Buffer.from(statement.slice(dot + 1), 'base64url') }
})

/** The same for a page, as JSON. */
export const material = {
  statements,
  anchors: world.anchors,
  lists: world.trustLists,
  agreement: world.signedAgreement,
  at: options.at,
  jwk,
}

export function* repeated(times: number): Generator<string> {
  for (let i = 0; i < times; i++) yield statements[i % DISTINCT] as string
}

export const verdict: Group = {
  title: `statements of ${statements[0]?.length} characters`,
  contenders: [
    {
      name: 'raw-es256',
      run: (times) => {
        for (let i = 0; i < times; i++) {
          const { input, signature } = parts[i % DISTINCT] as (typeof parts)[number]
          if (!verifyRaw('sha256', input, key, signature)) throw new Error('raw')
        }
      },
    },
    {
      name: 'jose-jwt-verify',
      to: 'raw-es256',
      run: async (times) => {
        for (const statement of repeated(times)) await jwtVerify(statement, joseKey, { algorithms: ['ES256'] })
      },
    },
    {
      name: 'verdict-es256',
      to: 'raw-es256',
      run: async (times) => {
        for (const statement of repeated(times)) if ((await verify(statement, options)).outcome !== 'recognised') throw new Error('verdict')
      },
    },
    {
      name: 'verdict-es256-bulk',
      to: 'raw-es256',
      run: async (times) => {
        for await (const verdict of verifyMany(repeated(times), options)) if (verdict.outcome !== 'recognised') throw new Error('verdict')
      },
    },
  ],
}
