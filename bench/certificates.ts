/** Certificates written a second on one core, as HTML and as PDF, beside the raw signature check of the same records, in one run. */
import { createPublicKey, verify as verifyRaw } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { writeCertificateHtml, writeCertificatePdf } from 'tongheng/certificate'
import { change, createFakeAuthorities, fixtures } from 'tongheng/testing'
import type { Group } from './measure.js'

const DISTINCT = 32
const font = readFileSync(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'))
const world = await createFakeAuthorities()
const statements = await Promise.all(
  Array.from({ length: DISTINCT }, (_, index) =>
    world.sign('CD', change(fixtures.F01.record, ['/certificateNo', `川计检字20250312-${10_000 + index}`])),
  ),
)
const parts = statements.map((text) => {
  const dot = text.lastIndexOf('.')
  return { input: Buffer.from(text.slice(0, dot)), signature: Buffer.from(text.slice(dot + 1), 'base64url') }
})
const jwk = world.keys.get('CD')?.publicJwk as NonNullable<ReturnType<typeof world.keys.get>>['publicJwk']
const key = { key: createPublicKey({ key: { ...jwk }, format: 'jwk' }), dsaEncoding: 'ieee-p1363' as const }

export const certificates: Group = {
  title: 'certificates of a taximeter',
  contenders: [
    {
      name: 'raw-es256-certificate',
      run: (times) => {
        for (let i = 0; i < times; i++) {
          const { input, signature } = parts[i % DISTINCT] as (typeof parts)[number]
          if (!verifyRaw('sha256', input, key, signature)) throw new Error('raw')
        }
      },
    },
    {
      name: 'certificate-html',
      to: 'raw-es256-certificate',
      run: (times) => {
        for (let i = 0; i < times; i++)
          if (!writeCertificateHtml(statements[i % DISTINCT] as string).includes(String(10_000 + (i % DISTINCT)))) throw new Error('html')
      },
    },
    {
      name: 'certificate-pdf',
      to: 'raw-es256-certificate',
      run: async (times) => {
        for (let i = 0; i < times; i++)
          if ((await writeCertificatePdf(statements[i % DISTINCT] as string, { font })).length < 10_000) throw new Error('pdf')
      },
    },
  ],
}
