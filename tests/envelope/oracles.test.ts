// Why this exists: third parties have collected attacks for years; none of them may pass.
import { describe, expect, it } from 'vitest'
import { run as runAttacks } from '../oracles/attacks.ts'
import { run as runEdge } from '../oracles/ed25519-edge.ts'
import { run as runStatusList } from '../oracles/status-list.ts'
import { run as runJwk } from '../oracles/wycheproof-jwk.ts'
import { run as runJws } from '../oracles/wycheproof-jws.ts'
import { vectorFile } from '../support/vectors.ts'

const oracles = [
  ['Attack catalogue', 'attacks/jwt-attacks.json.gz', runAttacks],
  ['Token Status List', 'token-status-list/vectors.json.gz', runStatusList],
  ['Wycheproof JWS', 'wycheproof/json_web_signature_test.json.gz', runJws],
  ['Wycheproof JWK', 'wycheproof/json_web_key_test.json.gz', runJwk],
  ['CCTV Ed25519', 'cctv/ed25519vectors.json.gz', runEdge],
] as const

describe.each(oracles)('%s', (_, file, run) => {
  it('agrees in every case', async () => {
    const { lines, cases } = await run(vectorFile(file))
    expect(lines).toEqual([])
    expect(cases).toBeGreaterThan(15)
  })
})
