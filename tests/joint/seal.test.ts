// Only all pilots together can read a sealed result, no single pilot, and nobody if a character of it was changed.
import { CompactEncrypt, importJWK } from 'jose'
import { describe, expect, it } from 'vitest'
import { generateKey, type PrivateJwk, thumbprint } from '../../src/envelope/index.js'
import { MAX_SEALED, openSealed, type RoundProtocol, type RoundResult, resultDigest, sealResult } from '../../src/joint/index.js'
import { jointFixtures, organisation } from '../../src/testing/index.js'
import { documentsOf, noon, type Sent, saltOf, send, sendProtocol, stateOf, wholeRound } from './rounds.js'

const { protocol, roundResults, sealingKeys } = jointFixtures
const [first, second] = [sealingKeys['SC-INST'], sealingKeys['CQ-INST']] as readonly PrivateJwk[] as readonly [PrivateJwk, PrivateJwk]
const ROUND = 'A'.repeat(43)
const laboratory = organisation('CD').uscc
const sealed = await sealResult({ round: ROUND, protocol, laboratory, result: roundResults.CD, salt: saltOf('CD') })
const open = (text: string, key: PrivateJwk = first) => openSealed(text, key)
const layer = async (content: string, header: object = {}): Promise<string> =>
  new CompactEncrypt(new TextEncoder().encode(content))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: await thumbprint(second), ...header })
    .encrypt(await importJWK({ ...protocol.pilots[1]?.key } as never, 'ECDH-ES'))
const peeled = async (): Promise<string> => {
  const next = await open(sealed.sealed)
  return 'sealed' in next ? next.sealed : ''
}

describe('a sealed result', () => {
  it('is opened by both pilots, one layer each, with its salt', async () => {
    expect(await openSealed(await peeled(), second)).toEqual({ salt: saltOf('CD'), result: roundResults.CD })
    expect(sealed.digest).toBe(resultDigest({ round: ROUND, protocol, laboratory, salt: saltOf('CD'), result: roundResults.CD }))
  })

  it('is opened by the only pilot at once', async () => {
    const sole = { ...protocol, pilots: [protocol.pilots[0] as RoundProtocol['pilots'][number]] }
    const { sealed: text } = await sealResult({ round: ROUND, protocol: sole, laboratory, result: roundResults.CD, salt: saltOf('CD') })
    expect(await open(text)).toEqual({ salt: saltOf('CD'), result: roundResults.CD })
  })

  it('is opened by neither pilot alone (round.not-this-key): the first layer holds nothing but another for the second', async () => {
    await expect(openSealed(sealed.sealed, second)).rejects.toMatchObject({ code: 'round.not-this-key' })
    const next = await open(sealed.sealed)
    expect(Object.keys(next)).toEqual(['sealed'])
    const inner = await peeled()
    await expect(openSealed(inner, first)).rejects.toMatchObject({ code: 'round.not-this-key', details: { kid: await thumbprint(second) } })
    // The pilot that claims the key of the other in the header still cannot decrypt.
    const forged = [
      Buffer.from(
        Buffer.from(inner.split('.')[0] as string, 'base64url')
          .toString()
          .replace(await thumbprint(second), await thumbprint(first)),
      ).toString('base64url'),
      ...inner.split('.').slice(1),
    ].join('.')
    await expect(openSealed(forged, first)).rejects.toMatchObject({ code: 'round.sealed', details: { reason: 'decryption' } })
  })

  it('has a new salt each time, unless one is given', async () => {
    const [a, b] = await Promise.all([1, 2].map(() => sealResult({ round: ROUND, protocol, laboratory, result: roundResults.CD })))
    expect(a?.salt).not.toBe(b?.salt)
    expect(a?.digest).not.toBe(b?.digest)
    expect(Buffer.from(a?.salt ?? '', 'base64url')).toHaveLength(32)
  })

  it('is bound to round, laboratory, artefact, salt and every member of the result', () => {
    const bound = { round: ROUND, protocol, laboratory, salt: saltOf('CD'), result: roundResults.CD }
    const digests = [
      bound,
      { ...bound, round: `B${ROUND.slice(1)}` },
      { ...bound, laboratory: organisation('LZ').uscc },
      { ...bound, protocol: { ...protocol, artefact: { ...protocol.artefact, serialNumber: 'JJ-0552' } } },
      { ...bound, salt: saltOf('LZ') },
      { ...bound, result: { points: [{ ...roundResults.CD.points[0], value: '0.0340' }] } as RoundResult },
      { ...bound, result: { points: [{ ...roundResults.CD.points[0], measuredOn: '2025-03-19' }] } as RoundResult },
    ].map(resultDigest)
    expect(new Set(digests).size).toBe(digests.length)
    const [point] = roundResults.CD.points
    const reordered = Object.fromEntries(Object.entries(point ?? {}).reverse()) as RoundResult['points'][number]
    expect(resultDigest({ ...bound, result: { points: [reordered] } })).toBe(digests[0])
  })

  it.each([
    ['round.sealed-result', { points: [{ id: 'p55', value: '0.1', uncertainty: { value: '0', k: '2' } }] }],
    ['round.sealed-result', { points: [roundResults.CD.points[0], roundResults.CD.points[0]] }],
    ['joint.shape', { points: [] }],
    ['joint.shape', { points: [{ id: 'p55', value: 0.1, uncertainty: { value: '1', k: '2' } }] }],
  ])('is not made of a result that could not be evaluated (%s)', async (code, result) => {
    const made = sealResult({ round: ROUND, protocol, laboratory, result: result as RoundResult })
    await expect(made).rejects.toMatchObject({ code })
  })

  it('fits into a commitment with all the points that a protocol may have', async () => {
    const points = Array.from({ length: 200 }, (_, at) => ({
      id: `point-${at}`,
      value: '-12345678901234567890.12345678901234567890',
      uncertainty: { value: '0.12345678901234567890', k: '2.00' },
      measuredOn: '2025-03-18',
    }))
    const { sealed: text } = await sealResult({ round: ROUND, protocol, laboratory, result: { points } })
    expect(text.length).toBeLessThan(MAX_SEALED)
    expect((await documentsOf(ROUND, 'CD').commitment({ points })).sealed.length).toBe(text.length)
  })

  it.each([
    ['length', async () => `${sealed.sealed}${'A'.repeat(MAX_SEALED)}`],
    ['form', async () => 'a.b.c'],
    ['form', async () => sealed.sealed.replace('..', '.AAAA.')],
    ['header', async () => sealed.sealed.replace(/^[^.]+/, '!!')],
    ['header', async () => `${Buffer.from('{"alg":"dir","enc":"A256GCM"}').toString('base64url')}..AAAA.AAAA.AAAA`],
    ['header', async () => layer('{}', { enc: 'A128GCM' })],
    [
      'header',
      async () => layer('{}', { alg: 'ECDH-ES', zip: 'DEF' }).catch(() => `${Buffer.from('{"zip":"DEF"}').toString('base64url')}..A.A.A`),
    ],
    ['header', async () => layer('{}', { cty: 'text' })],
    ['decryption', async () => (await peeled()).replace(/.{4}$/, 'AAAA')],
    ['content', async () => layer('{}')],
    ['content', async () => layer('no JSON')],
    ['content', async () => layer(JSON.stringify({ salt: saltOf('CD'), result: roundResults.CD, more: 1 }))],
    ['form', async () => layer('not nested', { cty: 'JWE' })],
  ])('is refused if it is malformed or of another algorithm (round.sealed, %s)', async (reason, make) => {
    const text = await make()
    // The length is checked first, with the key of any pilot.
    const key = reason === 'length' || text.includes('..AAAA') ? first : second
    await expect(openSealed(text, key)).rejects.toMatchObject({ code: 'round.sealed', details: { reason } })
  })

  it('is not made for, nor opened with, a key that cannot encrypt (round.key)', async () => {
    const off = {
      ...protocol.pilots[0],
      key: { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) },
    } as RoundProtocol['pilots'][number]
    await expect(
      sealResult({ round: ROUND, protocol: { ...protocol, pilots: [off] }, laboratory, result: roundResults.CD }),
    ).rejects.toMatchObject({ code: 'round.key' })
    const { privateJwk } = await generateKey('Ed25519')
    await expect(openSealed(sealed.sealed, privateJwk)).rejects.toMatchObject({ code: 'round.key' })
  })
})

describe('an attack on a round', () => {
  it('by a laboratory that encrypts something other than it commits to is seen once the pilots open it', async () => {
    const plan = await sendProtocol()
    const documents = documentsOf(plan.id, 'YB')
    const honest = await documents.commitment(roundResults.YB)
    const { sealed: swapped } = await documents.commitment(roundResults.CD)
    const commitment = await send('YB', { ...honest, sealed: swapped }, noon('2025-04-20'))
    const next = (await openSealed(swapped, first)) as { sealed: string }
    const found = (await openSealed(next.sealed, second)) as { salt: string; result: RoundResult }
    const opening = await send('SC-INST', documents.opening(commitment.id, found.result, found.salt), noon('2025-04-28'))
    const enrolment = await send('YB', documents.enrolment(), noon('2025-03-05'))
    const { findings } = await stateOf([plan, enrolment, commitment, opening], plan.id, noon('2025-04-29'))
    expect(findings).toContainEqual(expect.objectContaining({ code: 'round.sealed-other', status: 'fail' }))
  })

  it('by a laboratory that copies the commitment of another binds it to nothing that it could open', async () => {
    const round = await wholeRound()
    const { digest, sealed: text } = await documentsOf(round.plan.id, 'CD').commitment(roundResults.CD)
    const documents = documentsOf(round.plan.id, 'GA')
    const copied = { ...(await documents.commitment(roundResults.CD)), digest, sealed: text }
    const sent: Sent[] = [await send('GA', documents.enrolment(), noon('2025-03-05')), await send('GA', copied, noon('2025-04-21'))]
    sent.push(await send('GA', documents.opening(sent[1]?.id ?? '', roundResults.CD, saltOf('CD')), noon('2025-04-28')))
    const { findings } = await stateOf([...round.sent, ...sent], round.plan.id)
    expect(findings.map(({ code }) => code)).toEqual(['round.opened-other', 'round.unopened'])
  })
})
