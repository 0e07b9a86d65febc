/** The requests of each attack: within the limits for a stranger, a listed institute or the key of a peer. */
import { Buffer } from 'node:buffer'
import { createHash, randomBytes } from 'node:crypto'
import { createClient } from 'tongheng/client'
import { type Signer, signStatement } from 'tongheng/envelope'
import { createNoteSigner, signCheckpoint } from 'tongheng/log'
import { emptyStatuses, signNotice, signStatusList } from 'tongheng/status'
import { type OrganisationKey, organisation } from 'tongheng/testing'
import { benchRecord } from '../record.js'
import type { Requests } from './flood.js'
import { NODE, type Serving } from './serving.js'

export const CONNECTIONS = 64
/** Number of requests with single-use tokens: more than are answered during an attack. */
const SUPPLY = 1500

const seconds = (): number => Math.floor(Date.now() / 1000)
const urlOf = ({ urls: [url] }: Serving): string => url as string

/** Head of a request; each connection has its own source address, as if it passed through the proxy of the node. */
const head = (line: string, n: number, more: readonly string[] = []): string =>
  [`${line} HTTP/1.1`, 'Host: node', `X-Forwarded-For: 198.51.100.${n + 1}`, ...more, '', ''].join('\r\n')
const each = (make: (n: number) => string, count = CONNECTIONS): string[] => Array.from({ length: count }, (_, n) => make(n))
const bodyHead = (path: string, type: string, length: number, n = 0, more: readonly string[] = []): string =>
  head(`POST ${path}`, n, [`Content-Type: ${type}`, `Content-Length: ${length}`, ...more])
/** The same request on every connection. */
const posts = (path: string, type: string, body: string): Requests => ({
  heads: each((n) => bodyHead(path, type, Buffer.byteLength(body), n)),
  body,
})

interface Asked {
  readonly path: string
  readonly method?: 'GET' | 'POST'
  readonly body?: string
}

async function tokenOf(serving: Serving, caller: OrganisationKey, { path, method = 'GET', body = '' }: Asked, signer?: Signer) {
  const iat = seconds()
  const claims = {
    iss: organisation(caller).uscc,
    aud: NODE,
    iat,
    exp: iat + 120,
    jti: randomBytes(16).toString('base64url'),
    htm: method,
    uri: `${urlOf(serving)}${path}`,
    dig: createHash('sha256').update(body).digest('base64url'),
  }
  const by = signer ?? serving.world.signer(caller)
  return `Authorization: Metrology ${await signStatement(claims, { typ: 'metrology-request+jwt', signer: by })}`
}
const tokens = (serving: Serving, caller: OrganisationKey, asked: Asked, count = SUPPLY): Promise<string[]> =>
  Promise.all(Array.from({ length: count }, () => tokenOf(serving, caller, asked)))

/** Requests with an invalid signature under a known key. */
async function forged(serving: Serving, alg: 'ES256' | 'SGD_SM3_SM2'): Promise<Requests> {
  const token = await tokenOf(serving, 'CD', { path: '/v1/records' }, serving.world.signer('CD', alg))
  const bad = `${token.slice(0, token.lastIndexOf('.') + 1)}${Buffer.alloc(64, 1).toString('base64url')}`
  return { heads: each((n) => head('GET /v1/records', n, [bad])) }
}

const clientOf = (serving: Serving, caller: OrganisationKey) =>
  createClient({
    node: { url: urlOf(serving), id: NODE },
    caller: { iss: organisation(caller).uscc, signer: serving.world.signer(caller) },
  })

/** Notices that name thousands of statements each. */
async function submitNotices(serving: Serving, count: number): Promise<void> {
  const { uscc: iss } = organisation('CD')
  const client = clientOf(serving, 'CD')
  const iat = seconds() - 60
  const reason = { zh: '复查', en: 'review' }
  for (let n = 0; n < count; n++) {
    const statements = Array.from({ length: 1000 }, (_, at) => createHash('sha256').update(`${n} ${at}`).digest('base64url')) as [string]
    await client.notices.submit(
      await signNotice({ iss, iat, action: 'suspend', statements, from: iat, reason }, serving.world.signer('CD')),
    )
  }
}

/** Status lists of one issuer that are 4 MiB each once inflated, and a record that refers to each. */
async function publishLists(serving: Serving, count: number): Promise<string[]> {
  const { uscc: iss } = organisation('LZ')
  const signer = serving.world.signer('LZ')
  const client = clientOf(serving, 'LZ')
  const iat = seconds() - 60
  const records: string[] = []
  const statuses = emptyStatuses(16_777_216)
  for (let n = 0; n < count; n++) {
    const uri = `${urlOf(serving)}/v1/status-lists/${iss}/l${n}`
    const list = await signStatusList({ iss, uri, iat, exp: iat + 90_000, statuses }, signer)
    await client.statusLists.put({ iss, name: `l${n}`, list })
    records.push(await serving.world.sign('LZ', benchRecord(8_000_000 + n), { status: { idx: 16_000_000, uri } }))
  }
  return records
}

const attacks: Readonly<Record<string, (serving: Serving) => Promise<Requests>>> = {
  'openapi.json, 900 requests at once': async () => ({ heads: each((n) => head('GET /openapi.json', n).repeat(900)), inText: 900 }),
  'verify, a genuine record of 2,000 rows': async ({ world }) => {
    const record = benchRecord(9_999_999)
    const [table] = record.results as readonly unknown[] as [object]
    const rows = Array.from({ length: 2000 }, (_, n) => [`0.004${String(n).padStart(20, '0')}`, 'pass'])
    return posts('/v1/verify', 'application/jose', await world.sign('LZ', { ...record, results: [{ ...table, rows }] } as never))
  },
  'add-checkpoint, one signature line 100 times': async (serving) => {
    const { origin, signer } = serving.world.log('CQ-AMR')
    const log = await createNoteSigner({ name: origin, role: 'log', signer, jwk: serving.world.logKey('CQ-AMR').publicJwk })
    const checkpoint = await signCheckpoint({ origin, size: 1, root: new Uint8Array(32).fill(7) }, log)
    const path = '/v1/log/add-checkpoint'
    await fetch(`${urlOf(serving)}${path}`, { method: 'POST', body: `old 0\n\n${checkpoint}` })
    const line = checkpoint.slice(checkpoint.indexOf('\n\n') + 2)
    return posts(path, 'text/plain', `old 1\n\n${checkpoint}${line.repeat(99)}`)
  },
  'forged tokens of SM2': (serving) => forged(serving, 'SGD_SM3_SM2'),
  'forged tokens of ES256': (serving) => forged(serving, 'ES256'),
  'notices that nobody reads': async (serving) => {
    await submitNotices(serving, 60)
    return { heads: each((n) => head('GET /v1/notices', n).repeat(8)), inText: 8, isUnread: true }
  },
  'log pages that nobody reads': async (serving) => {
    const path = '/v1/log/entries/0'
    const signed = await tokens(serving, 'CQ-AMR', { path }, CONNECTIONS * 8)
    return {
      heads: each((n) =>
        signed
          .slice(n * 8, n * 8 + 8)
          .map((token) => head(`GET ${path}`, n, [token]))
          .join(''),
      ),
      inText: 8,
      isOnce: true,
      isUnread: true,
    }
  },
  'bodies that are never finished': async () => ({
    heads: each((n) => bodyHead('/v1/verify', 'application/jose', 262_144, n)),
    body: 'x'.repeat(200_000),
    isUnread: true,
  }),
  'bulk of 8 million empty lines': async (serving) => {
    const body = '\n'.repeat(8_000_000)
    const asked = { path: '/v1/records', method: 'POST', body } as const
    const signed = await tokens(serving, 'CD', asked, 4 * CONNECTIONS)
    return {
      heads: signed.map((token) => bodyHead(asked.path, 'application/jose+ndjson', body.length, 0, [token])),
      body,
      isOnce: true,
    }
  },
  'standings of a serial with 4,000 records': async (serving) => {
    const records = await Promise.all(
      Array.from({ length: 4000 }, (_, n) => {
        const record = benchRecord(7_000_000 + n)
        return serving.world.sign('LZ', { ...record, instrument: { ...record.instrument, serialNumber: 'SAME-4711' } })
      }),
    )
    for await (const _ of clientOf(serving, 'LZ').records.submitMany(records));
    const path = '/v1/standings?serial=SAME-4711'
    return { heads: (await tokens(serving, 'CQ-AMR', { path })).map((token) => head(`GET ${path}`, 0, [token])), isOnce: true }
  },
  '64 status lists of 4 MiB of one issuer': async (serving) => {
    const records = await publishLists(serving, CONNECTIONS)
    const post = (statement: string, n: number): string =>
      `${bodyHead('/v1/verify', 'application/jose', Buffer.byteLength(statement), n)}${statement}`
    return { heads: records.map(post) }
  },
}
export default attacks
