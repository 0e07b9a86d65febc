// Why this exists: each row of the attack catalogue is built here from a freshly signed token; one that passed would be a forged certificate.
import { describe, expect, it, vi } from 'vitest'
import { readJson, vectorFile } from '../support/vectors.js'
import {
  type Attack,
  answer,
  encode,
  freshToken,
  malleated,
  OF_TRUST,
  PAYLOADS,
  resigned,
  SERIALISATIONS,
  unevenPayload,
  withHeader,
} from './attack-forms.js'
import { envelopeTwins } from './envelope-twins.js'

const catalogue = readJson<{ readonly cases: readonly Attack[] }>(vectorFile('attacks/jwt-attacks.json.gz')).cases
const inClass = (...classes: string[]): Attack[] => catalogue.filter(({ cls }) => classes.includes(cls))

describe.each(envelopeTwins)('a forged token %s', (_, envelope) => {
  it('differs from a genuine one in the attack only: the fresh token is accepted', async () => {
    const token = await freshToken(envelope)
    expect(await answer(token, token.text)).toBe('accepted')
    expect(await answer(token, await resigned(token, token.parts[0], unevenPayload))).toBe('accepted')
  })

  it('with characters of the same low byte is refused, though every other byte is right', async () => {
    const token = await freshToken(envelope)
    for (const at of [0, token.parts[0].length + 1, token.parts[0].length + token.parts[1].length + 2]) {
      const spoiled = token.text.slice(0, at) + String.fromCharCode(token.text.charCodeAt(at) + 0x100) + token.text.slice(at + 1)
      expect(await answer(token, spoiled)).toBe('format.alphabet')
    }
  })

  describe('of the catalogue', () => {
    it.each(inClass('alg', 'typ', 'crit').map((attack) => [attack.id, attack] as const))(
      'is refused by its header: %s',
      async (_id, attack) => {
        const token = await freshToken(envelope)
        const family = attack.expect.replace(/^reject:(\w+).*$/, '$1')
        expect(['alg', 'typ', 'crit', 'header']).toContain(family)
        expect((await answer(token, await withHeader(token, attack))).split('.')[0]).toBe(family)
      },
    )

    it.each(
      inClass('key')
        .filter(({ id }) => !OF_TRUST.includes(id))
        .map((attack) => [attack.id.slice(0, 40), attack] as const),
    )('is refused by its header, without a call to anywhere: %s', async (_id, attack) => {
      const token = await freshToken(envelope)
      const call = vi.spyOn(globalThis, 'fetch')
      const { kid } = attack.mutation.header ?? {}
      const code = typeof kid === 'string' && kid.length > 1000 ? 'format.too-large' : kid === undefined ? 'header.member' : 'header.kid'
      expect(await answer(token, await withHeader(token, attack))).toBe(code)
      expect(call).not.toHaveBeenCalled()
    })

    it.each(inClass('serialisation').map((attack) => [attack.mutation.transform as string, attack] as const))(
      'is refused for every other lexical form: %s',
      async (transform, attack) => {
        const token = await freshToken(envelope)
        const transforms = SERIALISATIONS[transform]
        if (transforms === undefined) throw new Error(`nothing is known of ${transform}`)
        expect(attack.expect).toBe('reject:format')
        for (const each of [transforms].flat()) expect(await answer(token, await each(token))).toMatch(/^format\./)
      },
    )

    it.each(inClass('json').map((attack) => [attack.mutation.payload as string] as const))(
      'is refused unless it is I-JSON that its schema accepts: %s',
      async (name) => {
        const [payload, code] = PAYLOADS[name] ?? ['', 'nothing is known of this row']
        const token = await freshToken(envelope)
        expect(await answer(token, await resigned(token, token.parts[0], encode(payload)))).toBe(code)
        expect('iss' in {}).toBe(false)
      },
    )

    it('is refused for more values than the limit', async () => {
      const token = await freshToken(envelope)
      expect(await answer(token, await resigned(token, token.parts[0], encode(`{"a":[${'0,'.repeat(60_000)}0]}`)))).toBe(
        'json.too-many-values',
      )
    })

    it('is refused for a signature in DER, and for one of zeros', async () => {
      expect(inClass('malleability').map(({ id }) => id)).toEqual(['ecdsa-der', 'ecdsa-psychic'])
      const token = await freshToken(envelope)
      const [header, payload, signature] = token.parts
      for (const forged of Object.values(malleated(signature)))
        expect(await answer(token, `${header}.${payload}.${encode(forged)}`)).toBe('signature')
    })

    it('is tried in every row of these classes', () => {
      expect(
        Object.fromEntries(['alg', 'typ', 'crit', 'key', 'serialisation', 'json', 'malleability'].map((cls) => [cls, inClass(cls).length])),
      ).toEqual({
        alg: 13,
        typ: 7,
        crit: 7,
        key: 27,
        serialisation: 15,
        json: 18,
        malleability: 2,
      })
      expect(inClass('key').filter(({ id }) => OF_TRUST.includes(id))).toHaveLength(OF_TRUST.length)
    })
  })
})
