/** Verdicts of labels a second on one core, beside the raw signature check and the verdict of a record, and codes drawn a second, in one run. */
import { createPublicKey, verify as verifyRaw } from 'node:crypto'
import { labelUrl, signLabel, verifyLabel, writeLabelSvg } from 'tongheng/label'
import { change, createFakeAuthorities, DEMONSTRATION_TIME, fixtures } from 'tongheng/testing'
import type { Group } from './measure.js'

const DISTINCT = 256
const NODE = 'https://jl.example.cn'
const world = await createFakeAuthorities({ witnessKeys: true })
const options = { at: Date.parse(DEMONSTRATION_TIME) / 1000, trust: world.trust, agreements: [world.agreement], policy: { region: '50' } }
const labels = await Promise.all(
  Array.from({ length: DISTINCT }, async (_, index) => {
    const record = await world.sign('CD', change(fixtures.F01.record, ['/certificateNo', `川计检字20250312-${10_000 + index}`]))
    const { signed, octets } = await signLabel(record, { signers: [world.signer('CD')], at: '2025-03-12T17:00:00+08:00' })
    const text = signed[0] as string
    const dot = text.lastIndexOf('.')
    const raw = { input: Buffer.from(text.slice(0, dot)), signature: Buffer.from(text.slice(dot + 1), 'base64url') }
    return { octets, text: labelUrl(octets, NODE), raw }
  }),
)
const jwk = world.keys.get('CD')?.publicJwk as NonNullable<ReturnType<typeof world.keys.get>>['publicJwk']
const key = { key: createPublicKey({ key: { ...jwk }, format: 'jwk' }), dsaEncoding: 'ieee-p1363' as const }

function* repeated(times: number): Generator<(typeof labels)[number]> {
  for (let i = 0; i < times; i++) yield labels[i % DISTINCT] as (typeof labels)[number]
}

export const label: Group = {
  title: `labels of ${labels[0]?.octets.length} octets`,
  contenders: [
    {
      name: 'raw-es256-label',
      run: (times) => {
        for (const { raw } of repeated(times)) if (!verifyRaw('sha256', raw.input, key, raw.signature)) throw new Error('raw')
      },
    },
    {
      name: 'label-verdict',
      to: 'raw-es256-label',
      run: async (times) => {
        for (const { text } of repeated(times)) if ((await verifyLabel(text, options)).outcome !== 'recognised') throw new Error('verdict')
      },
    },
    {
      name: 'label-svg',
      to: 'raw-es256-label',
      run: (times) => {
        for (const { octets } of repeated(times)) if (writeLabelSvg(octets, { node: NODE }).length < 1000) throw new Error('picture')
      },
    },
  ],
}
