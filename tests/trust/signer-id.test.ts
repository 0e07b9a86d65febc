// Why this exists: an SM2 signature depends on the signer id. Two keys with one point and two signer ids verify different
// signatures and must have different key ids.
import { createSigner, generateKey, importKey, type PrivateJwk, thumbprint } from 'tongheng/envelope'
import { signRecord } from 'tongheng/records'
import { createFakeAuthorities, DEMONSTRATION_TIME, fixtures, organisation } from 'tongheng/testing'
import { verify } from 'tongheng/verify'
import { describe, expect, it } from 'vitest'
import { entityAt, retrust } from './retrust.ts'

const NOW = Date.parse(DEMONSTRATION_TIME) / 1000

describe('the signer’s id of an SM2 key', () => {
  it('is part of its thumbprint, unless it is the default', async () => {
    const { publicJwk, kid } = await generateKey('SGD_SM3_SM2')
    expect(await thumbprint({ ...publicJwk, distid: '1234567812345678' } as typeof publicJwk)).toBe(kid)
    const named = { ...publicJwk, distid: 'ALICE123@YAHOO.COM' } as typeof publicJwk
    expect(await thumbprint(named)).not.toBe(kid)
    expect((await importKey(named)).kid).toBe(await thumbprint(named))
  })

  it('does not affect the record of a body where another lists the same point under another id, in either order', async () => {
    const world = await createFakeAuthorities({ witnessKeys: true })
    const { privateJwk, publicJwk } = await generateKey('SGD_SM3_SM2')
    const distid = 'CHENGDU-01'
    const key = world.trust.entity(organisation('CD').uscc)?.entity.keys[0]
    const listed = (name: 'CD' | 'SC-INST', jwk: object) => [`${entityAt(world, organisation(name).uscc)}/keys/-`, { ...key, jwk }] as const
    const own = listed('CD', { ...publicJwk, distid })
    const decoy = listed('SC-INST', publicJwk)
    const signer = await createSigner({ ...privateJwk, distid } as PrivateJwk)
    const statement = await signRecord(fixtures.F01.record, { at: NOW - 60, signer })
    for (const changes of [
      [own, decoy],
      [decoy, own],
    ] as const) {
      const trust = await retrust(world, '51', ...changes)
      const { checks } = await verify(statement, { at: NOW, trust, policy: { region: '51' } })
      expect(checks.find(({ id }) => id === 'signature')?.status).toBe('pass')
      expect(checks.find(({ id }) => id === 'issuer.key')?.status).toBe('pass')
      expect(trust.holders(signer.kid).map(({ entity }) => entity.uscc)).toEqual([organisation('CD').uscc])
    }
  })
})
