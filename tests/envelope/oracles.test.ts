// Why this exists: what attackers send has been collected by others for years; none of it may pass here.
import { describe, expect, it } from 'vitest'
import { run as runAttacks } from '../oracles/attacks.ts'
import { run as runEdge } from '../oracles/ed25519-edge.ts'
import { run as runStatusList } from '../oracles/status-list.ts'
import { run as runJwk } from '../oracles/wycheproof-jwk.ts'
import { run as runJws } from '../oracles/wycheproof-jws.ts'
import { sharedData } from '../support/shared-data.ts'

const oracles = [
  ['Attack catalogue', 'trust/attacks/jwt-attacks.json', runAttacks],
  ['Token Status List', 'trust/token-status-list/vectors.json', runStatusList],
  ['Wycheproof JWS', 'trust/wycheproof/json_web_signature_test.json', runJws],
  ['Wycheproof JWK', 'trust/wycheproof/json_web_key_test.json', runJwk],
  ['CCTV Ed25519', 'trust/cctv/ed25519vectors.json', runEdge],
] as const

describe.each(oracles)('%s (skipped where shared data is absent)', (_, file, run) => {
  const path = sharedData(file)

  it.skipIf(path === undefined)('agrees in every case', async () => {
    const { lines, cases } = await run(path as string)
    expect(lines).toEqual([])
    expect(cases).toBeGreaterThan(15)
  })
})
