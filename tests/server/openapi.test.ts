// Why this exists: clients in other languages are generated from the document, so it must match the behaviour of the node.
import { Ajv2020 } from 'ajv/dist/2020.js'
import { TonghengError } from 'tongheng/errors'
import { signJoint } from 'tongheng/joint'
import { leafHash, signCheckpoint, writeAddCheckpoint } from 'tongheng/log'
import { signCatalogue } from 'tongheng/recognition'
import { writeOpenApi } from 'tongheng/server'
import { emptyStatuses, signNotice, signStatusList } from 'tongheng/status'
import { fixtures, jointFixtures, send } from 'tongheng/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Call } from '../../src/contract/calls/call.js'
import { contract } from '../../src/contract/contract.js'
import { holderOf } from '../log/signers.js'
import { logHolder } from '../support/nodes/pair.js'
import {
  expiredList,
  NOW,
  openWorld,
  reader,
  recordPath,
  type Sent,
  statementIdOf,
  taximeter,
  uscc,
  type World,
} from '../support/nodes/world.js'

interface Media {
  readonly schema: object
}
interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly security?: readonly Record<string, readonly string[]>[]
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema: object }[]
  readonly requestBody?: { readonly required: boolean; readonly content: Record<string, Media> }
  readonly responses: Record<string, { readonly description: string; readonly content?: Record<string, Media> }>
}
interface Document {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string }
  readonly servers: readonly { readonly url: string }[]
  readonly paths: Record<string, Record<string, Operation>>
  readonly components: { readonly schemas: Record<string, object>; readonly securitySchemes: Record<string, object> }
}

const rows = Object.entries(contract) as [string, Call][]
let world: World
let document: Document

beforeAll(async () => {
  world = await openWorld()
  const catalogue = {
    iss: uscc('SC-AMR'),
    region: '51',
    version: 1,
    iat: NOW - 1,
    exp: NOW + 86_400,
    title: { zh: '计量器具与规程目录' },
  }
  expect(await world.node.learn({ catalogues: [await signCatalogue(catalogue, world.authorities.rootSigners('SC-AMR'))] })).toEqual([])
  document = (await (await world.send({ path: '/openapi.json', as: null })).json()) as Document
})

const operationOf = ({ path, method }: Call): Operation => {
  const operation = document.paths[path]?.[method.toLowerCase()]
  if (operation === undefined) throw new Error(`${method} ${path} is not in the document`)
  return operation
}

const isSigned = ({ security }: Operation): boolean => security !== undefined && security.length > 0

/** Yields every `$ref` of a document. */
function* references(value: unknown): Generator<string> {
  if (value === null || typeof value !== 'object') return
  for (const [name, inner] of Object.entries(value)) {
    if (name === '$ref' && typeof inner === 'string') yield inner
    else yield* references(inner)
  }
}

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')
const resolve = (pointer: string): unknown =>
  pointer
    .slice(2)
    .split('/')
    .reduce<unknown>(
      (value, step) => (value as Record<string, unknown> | undefined)?.[step.replaceAll('~1', '/').replaceAll('~0', '~')],
      document,
    )

describe('the document', () => {
  it('is OpenAPI 3.1 of this node, and equals the one of the library', () => {
    expect(document.openapi).toBe('3.1.0')
    expect(document.servers).toEqual([{ url: 'https://node.example' }])
    expect(document.info.version).toMatch(/^\d+\.\d+\.\d+/)
    expect(document).toEqual(JSON.parse(JSON.stringify(writeOpenApi({ url: 'https://node.example', version: document.info.version }))))
  })

  it('has every row of the contract once, and nothing else', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(rows.map(([name]) => name).sort())
    for (const [name, call] of rows) expect(operationOf(call).operationId).toBe(name)
  })

  it('resolves every reference within itself', () => {
    const found = [...references(document)]
    expect(found.length).toBeGreaterThan(20)
    for (const reference of found) {
      expect(reference).toMatch(/^#\//)
      expect(resolve(reference), reference).toBeTypeOf('object')
    }
  })

  it('declares every path parameter as required, and every query parameter as optional', () => {
    for (const [name, call] of rows) {
      const parameters = operationOf(call).parameters ?? []
      const named = (where: string) => parameters.filter((parameter) => parameter.in === where)
      expect(
        named('path').map((parameter) => parameter.name),
        name,
      ).toEqual([...call.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))
      expect(
        named('path').every(({ required }) => required === true),
        name,
      ).toBe(true)
      expect(
        named('query').map((parameter) => parameter.name),
        name,
      ).toEqual(Object.keys(call.query?.shape ?? {}))
      expect(
        named('query').some(({ required }) => required === true),
        name,
      ).toBe(false)
      expect(named('path').length + named('query').length, name).toBe(parameters.length)
    }
  })

  it('lists the answers and problems of every row, with their media types', () => {
    for (const [name, call] of rows) {
      const { responses } = operationOf(call)
      const expected = Object.fromEntries([
        ...Object.entries(call.answers).map(([status, { mediaType }]) => [status, mediaType === undefined ? [] : [mediaType]]),
        ...call.problems.map((status) => [String(status), ['application/problem+json']]),
      ])
      expect(
        Object.fromEntries(Object.entries(responses).map(([status, { content }]) => [status, Object.keys(content ?? {})])),
        name,
      ).toEqual(expected)
    }
  })

  it('states for each row whether it is signed, its body, and its purpose, in both languages', () => {
    expect(Object.keys(document.components.securitySchemes)).toEqual(['signedRequest'])
    for (const [name, call] of rows) {
      const operation = operationOf(call)
      expect(operation.security, name).toEqual(call.access === 'signed' ? [{ signedRequest: [] }] : [])
      expect(Object.keys(operation.requestBody?.content ?? {}), name).toEqual(call.body === undefined ? [] : [call.body.mediaType])
      expect(operation.summary, name).toMatch(/^.*[一-鿿].* \| [\x20-\x7e]+$/)
    }
  })

  it('contains schemas that compile', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    const names = Object.keys(document.components.schemas)
    expect(names.length).toBeGreaterThan(8)
    ajv.addSchema(document, 'node')
    for (const name of names) expect(() => ajv.compile({ $ref: `node#/components/schemas/${escaped(name)}` }), name).not.toThrow()
  })
})

type Asked = readonly [call: string, sent: Sent, of?: World]

describe('answers of the node', () => {
  it('are in the document, for every row and every status it lists', async () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })
    ajv.addSchema(document, 'node')
    const valid = (pointer: string, value: unknown, of: string): void => {
      const validate = ajv.compile({ $ref: `node${pointer}` })
      expect(validate(value), `${of}: ${ajv.errorsText(validate.errors)}`).toBe(true)
    }
    const seen = new Set<string>()
    const good = new Map<string, Sent>()
    const ask = async ([name, sent, of = world]: Asked): Promise<string> => {
      const response = await of.send(sent)
      const [, row] = rows.find(([known]) => known === name) as [string, Call]
      const text = await response.text()
      const mediaType = response.headers.get('content-type') ?? ''
      const told = `${name} ${response.status} ${mediaType} ${text.slice(0, 200)}`
      const at = `#/paths/${escaped(row.path)}/${row.method.toLowerCase()}/responses/${response.status}`
      expect(resolve(at), told).toBeDefined()
      seen.add(`${name} ${response.status}`)
      if (response.ok && !good.has(name)) good.set(name, sent)
      if (mediaType === '') {
        expect([text, resolve(`${at}/content`)], told).toEqual(['', undefined])
        return text
      }
      expect(resolve(`${at}/content/${escaped(mediaType)}/schema`), told).toBeDefined()
      const value: unknown = /[/+]json$/.test(mediaType) ? JSON.parse(text) : text
      valid(`${at}/content/${escaped(mediaType)}/schema`, value, told)
      if (mediaType.includes('problem')) expect((value as { status: number }).status).toBe(response.status)
      return text
    }
    const askAll = async (asked: readonly Asked[]): Promise<void> => {
      for (const one of asked) await ask(one)
    }

    const full = await openWorld({ limits: { replay: 0 } })
    await askAll(await recordRows(full))
    for (const line of (await ask(['submitRecords', await manyOf(world)])).split('\n').slice(0, 3))
      valid('#/components/schemas/bulk-answer', JSON.parse(line), line)
    await askAll(await statusRows(full))
    await askAll(await logRows(full))
    await askAll(openRows())
    world.clock.now += 300 * 86_400
    await ask(['readiness', { path: '/readyz', as: null }])
    world.clock.now = NOW
    // Every call except monitoring answers 429 to a caller that exceeds its rate.
    const narrow = await openWorld({ limits: { burst: 0 } })
    for (const [name, { method, path }] of rows.filter(([, { problems }]) => problems.includes(429))) {
      const of = path.replace('{level}/{index}', '0/000').replace(/\{\w+\}/g, 'x')
      await ask([
        name,
        { method, path: of, from: '192.0.2.1', ...(isSigned(operationOf({ method, path } as Call)) ? {} : { as: null }) },
        narrow,
      ])
    }

    // No call has a parameter of this name.
    for (const [name, { method, path }] of rows) {
      const of = path.replace('{level}/{index}', '0/000').replace(/\{\w+\}/g, 'x')
      const wanted = operationOf({ method, path } as Call)
      const [mediaType] = Object.keys(wanted.requestBody?.content ?? {})
      const body = mediaType === undefined ? {} : { body: 'x', headers: typed(mediaType) }
      await ask([name, { method, path: `${of}?nothing=1`, ...body, ...(isSigned(wanted) ? {} : { as: null }) }])
    }
    // A valid request can fail a precondition, or meet a store that is unavailable.
    const away = new TonghengError('store.away', { cause: 'ECONNREFUSED' })
    const store = { ...world.store }
    const alone = await openWorld({ store })
    for (const name of Object.keys(store) as (keyof typeof store)[])
      if (typeof store[name] === 'function') Object.assign(store, { [name]: async () => Promise.reject(away) })
    alone.clock.now += 10
    for (const [name, { problems }] of rows) {
      const sent = good.get(name) as Sent
      if (problems.includes(412)) await ask([name, { ...sent, headers: { ...sent.headers, 'if-match': '"x"' } }])
      if (problems.includes(503)) expect(await ask([name, sent, alone])).toMatch(/store\.unavailable/)
    }

    const listed = rows.flatMap(([name, row]) => Object.keys(operationOf(row).responses).map((status) => `${name} ${status}`))
    expect([...seen].sort()).toEqual(listed.sort())
  })
})

const JTI = '01JQ0000000000000000000001'
const LARGE = 'x'.repeat(262_145)
const typed = (type: string) => ({ 'content-type': type })
const record = (of: World, certificateNo = '川检-一'): Promise<string> => of.authorities.sign('CD', taximeter(certificateNo), { jti: JTI })

/** Rejections common to all signed calls with a body. */
const refusedOf = (name: string, sent: Sent, full: World): Asked[] => [
  [name, { ...sent, as: null }],
  [name, { ...sent, headers: typed('text/html') }],
  [name, sent, full],
]

async function recordRows(full: World): Promise<Asked[]> {
  const statement = await record(world)
  const specification = await send(world.authorities, fixtures.F11)
  const id = statementIdOf(statement)
  const put: Sent = { method: 'PUT', path: recordPath(statement), body: statement }
  const many = await manyOf(world)
  const post: Sent = { method: 'POST', path: '/v1/verify', body: statement, as: null }
  return [
    ['submitRecord', put],
    ['submitRecord', put],
    ['submitRecord', { ...put, path: put.path.replace(/.$/, '9') }],
    ['submitRecord', { ...put, as: 'LZ' }],
    ['submitRecord', { ...put, body: await record(world, '川检-二') }],
    ['submitRecord', { ...put, body: LARGE }],
    ['submitRecord', { ...put, body: 'hello' }],
    ['submitRecord', { method: 'PUT', path: recordPath(specification), body: specification, as: 'SC-AMR' }],
    ...refusedOf('submitRecord', put, full),
    ['submitRecords', { ...many, path: '/v1/records?x=1&x=2' }],
    ['submitRecords', { ...many, body: '\n' }],
    ['submitRecords', { ...many, as: 'SC-AMR', signer: await reader(world) }],
    ...refusedOf('submitRecords', many, full),
    ['getRecord', { path: `/v1/records/${id}` }],
    ['getRecord', { path: '/v1/records/x' }],
    ['getRecord', { path: `/v1/records/${id}`, as: 'LZ' }],
    ['getRecord', { path: `/v1/records/${id}`, as: null }],
    ['getRecord', { path: `/v1/records/${statementIdOf('a.b')}` }],
    ['getRecord', { path: `/v1/records/${id}` }, full],
    ['listRecords', { path: '/v1/records' }],
    ['listRecords', { path: '/v1/records?limit=1' }],
    ['listRecords', { path: `/v1/records?issuer=${uscc('CD')}`, as: 'LZ' }],
    ['listRecords', { path: '/v1/records?limit=x' }],
    ['listRecords', { path: '/v1/records', as: null }],
    ['listRecords', { path: '/v1/records' }, full],
    ['listStandings', { path: '/v1/standings?serial=1' }],
    ['listStandings', { path: '/v1/standings' }],
    ['listStandings', { path: '/v1/standings?serial=1' }, await openWorld({ node: await expiredList(world.authorities) })],
    ['listStandings', { path: '/v1/standings?serial=1', as: null }],
    ['listStandings', { path: '/v1/standings?serial=1' }, full],
    ['getReader', { path: `/v1/readers/${(await reader(world)).kid}`, as: null }],
    ['getReader', { path: `/v1/readers/${statementIdOf('a.b')}`, as: null }],
    ['getReader', { path: '/v1/readers/x', as: null }],
    ['getCaller', { path: '/v1/caller' }],
    ['getCaller', { path: '/v1/caller?x=1' }],
    ['getCaller', { path: '/v1/caller', as: null }],
    ['getCaller', { path: '/v1/caller' }, await openWorld({ node: await expiredList(world.authorities) })],
    ['getCaller', { path: '/v1/caller' }, full],
    ['verifyStatement', post],
    ['verifyStatement', { ...post, path: '/v1/verify?region=50' }],
    ['verifyStatement', { ...post, body: 'hello' }],
    ['verifyStatement', { ...post, path: '/v1/verify?at=x' }],
    ['verifyStatement', { ...post, body: LARGE }],
    ['verifyStatement', { ...post, headers: typed('application/json') }],
  ]
}

/** Of three lines, the first was stored before, the second has its name, and the third is malformed. */
const manyOf = async (of: World): Promise<Sent> => ({
  method: 'POST',
  path: '/v1/records',
  body: `${await record(of)}\n${await record(of, '川检-二')}\nhello`,
  headers: typed('application/jose+ndjson'),
})

async function statusRows(full: World): Promise<Asked[]> {
  const { authorities } = world
  const statements = [statementIdOf(await record(world))]
  const notice = (jti: string, zh: string): Promise<string> =>
    signNotice({ iss: uscc('CD'), jti, iat: NOW, action: 'revoke', statements, from: NOW, reason: { zh } }, authorities.signer('CD'))
  const list = (at: number, uri = `${world.node.options.url}/v1/status-lists/${uscc('CD')}/one`): Promise<string> =>
    signStatusList({ iss: uscc('CD'), uri, iat: at, exp: at + 86_400, statuses: emptyStatuses(8) }, authorities.signer('CD'))
  const jti = '01JQ0000000000000000000002'
  const put: Sent = { method: 'PUT', path: `/v1/notices/${uscc('CD')}/${jti}`, body: await notice(jti, '标准器超差') }
  const joint = (name: string, number: string): Promise<string> =>
    signJoint(
      { ...jointFixtures.capability, number, holder: { uscc: uscc('CD'), name: '示例' } },
      { iss: uscc('CD'), jti: name, at: NOW, signer: authorities.signer('CD') },
    )
  const jointName = '01JQ0000000000000000000003'
  const putJoint: Sent = { method: 'PUT', path: `/v1/joint/${uscc('CD')}/${jointName}`, body: await joint(jointName, 'CAP-1') }
  const publish: Sent = {
    method: 'PUT',
    path: `/v1/status-lists/${uscc('CD')}/one`,
    body: await list(NOW),
    headers: typed('application/statuslist+jwt'),
  }
  return [
    ['submitNotice', put],
    ['submitNotice', put],
    ['submitNotice', { ...put, path: put.path.replace(/.$/, '9') }],
    ['submitNotice', { ...put, as: 'LZ' }],
    ['submitNotice', { ...put, body: await notice(jti, '别的原因') }],
    ['submitNotice', { ...put, body: LARGE }],
    ['submitNotice', { ...put, body: 'hello' }],
    ...refusedOf('submitNotice', put, full),
    ['listNotices', { path: '/v1/notices', as: null }],
    ['listNotices', { path: '/v1/notices?cursor=x', as: null }],
    ['submitJoint', putJoint],
    ['submitJoint', putJoint],
    ['submitJoint', { ...putJoint, path: putJoint.path.replace(/.$/, '9') }],
    ['submitJoint', { ...putJoint, as: 'LZ' }],
    ['submitJoint', { ...putJoint, body: await joint(jointName, 'CAP-2') }],
    ['submitJoint', { ...putJoint, body: LARGE }],
    ['submitJoint', { ...putJoint, body: 'hello' }],
    ...refusedOf('submitJoint', putJoint, full),
    ['listDirectory', { path: '/v1/directory', as: null }],
    ['listDirectory', { path: '/v1/directory?cursor=x', as: null }],
    ['listJoint', { path: '/v1/joint' }],
    ['listJoint', { path: '/v1/joint?cursor=x' }],
    ['listJoint', { path: '/v1/joint', as: null }],
    ['listJoint', { path: `/v1/joint?issuer=${uscc('LZ')}` }],
    ['listJoint', { path: '/v1/joint' }, full],
    ['putStatusList', publish],
    ['putStatusList', { ...publish, body: await list(NOW, 'https://node.example/elsewhere') }],
    ['putStatusList', { ...publish, as: 'LZ' }],
    ['putStatusList', { ...publish, body: await list(NOW - 1) }],
    ['putStatusList', { ...publish, body: 'x'.repeat(1_400_001) }],
    ['putStatusList', { ...publish, body: 'hello' }],
    ...refusedOf('putStatusList', publish, full),
    ['listStatusLists', { path: '/v1/status-lists', as: null }],
    ['getStatusList', { path: publish.path, as: null }],
    ['getStatusList', { path: `/v1/status-lists/${uscc('CD')}/UPPER`, as: null }],
    ['getStatusList', { path: `/v1/status-lists/${uscc('CD')}/two`, as: null }],
  ]
}

async function logRows(full: World): Promise<Asked[]> {
  const { authorities, store } = world
  const open = (path: string): Sent => ({ path: `/v1/log/${path}`, as: null })
  const silent = await openWorld({ node: { log: undefined } })
  const id = statementIdOf(await record(world))
  const { signer } = await logHolder(authorities, 'CQ-AMR')
  const head = (size: number, by = signer): Promise<string> =>
    signCheckpoint({ origin: by.name, size, root: leafHash(Buffer.from(String(size))) }, by)
  const add = (oldSize: number, checkpoint: string, proof: Uint8Array[] = []): Sent => ({
    method: 'POST',
    path: '/v1/log/add-checkpoint',
    body: writeAddCheckpoint({ oldSize, checkpoint, proof }),
    headers: typed('text/plain'),
    as: null,
  })
  const [forger, stranger] = await Promise.all([signer.name, 'elsewhere.example/log'].map((name) => holderOf(name, 'log')))
  const first = add(0, await head(1))
  const { checkpoint = '', size } = await store.readLog()
  await store.putCosigned(checkpoint, size)
  return [
    ['getCheckpoint', open('checkpoint')],
    ['getCheckpoint', open('checkpoint'), silent],
    ['getCosignedCheckpoint', open('cosigned-checkpoint')],
    ['getCosignedCheckpoint', open('cosigned-checkpoint'), silent],
    ['getTile', open('tile/0/000.p/1')],
    ['getTile', open('tile/0/0')],
    ['getTile', open('tile/0/007')],
    ['getEntries', { path: '/v1/log/entries/0?width=1', as: 'CQ-AMR' }],
    ['getEntries', { path: '/v1/log/entries/0?width=1' }],
    ['getEntries', { path: '/v1/log/entries/01', as: 'CQ-AMR' }],
    ['getEntries', { path: '/v1/log/entries/0', as: null }],
    ['getEntries', { path: '/v1/log/entries/7', as: 'CQ-AMR' }],
    ['getEntries', { path: '/v1/log/entries/0?width=1', as: 'CQ-AMR' }, full],
    ['getPlace', open(`proofs/${id}`)],
    ['getPlace', open('proofs/x')],
    ['getPlace', open(`proofs/${statementIdOf('a.b')}`)],
    ['addCheckpoint', first],
    ['addCheckpoint', first],
    ['addCheckpoint', { ...first, body: 'hello' }],
    ['addCheckpoint', add(0, await head(1, forger?.signer))],
    ['addCheckpoint', add(0, await head(1, stranger?.signer))],
    ['addCheckpoint', { ...first, body: 'x'.repeat(65_537) }],
    ['addCheckpoint', { ...first, headers: typed('application/json') }],
    ['addCheckpoint', add(1, await head(2))],
    ['getWitnessed', open(`witnessed/${signer.name}`)],
    ['getWitnessed', open(`witnessed/${'x'.repeat(256)}`)],
    ['getWitnessed', open('witnessed/elsewhere.example/log')],
  ]
}

const openRows = (): Asked[] =>
  (
    [
      ['getTrustList', `/v1/trust-lists/${uscc('SC-AMR')}`],
      ['getTrustList', '/v1/trust-lists/x'],
      ['getTrustList', `/v1/trust-lists/${uscc('CD')}`],
      ['getTrustListVersion', `/v1/trust-lists/${uscc('SC-AMR')}/1`],
      ['getTrustListVersion', `/v1/trust-lists/${uscc('SC-AMR')}/x`],
      ['getTrustListVersion', `/v1/trust-lists/${uscc('SC-AMR')}/7`],
      ['listCatalogues', '/v1/catalogues'],
      ['getCatalogue', `/v1/catalogues/${uscc('SC-AMR')}`],
      ['getCatalogue', '/v1/catalogues/x'],
      ['getCatalogue', `/v1/catalogues/${uscc('CD')}`],
      ['getCatalogueVersion', `/v1/catalogues/${uscc('SC-AMR')}/1`],
      ['getCatalogueVersion', `/v1/catalogues/${uscc('SC-AMR')}/x`],
      ['getCatalogueVersion', `/v1/catalogues/${uscc('SC-AMR')}/7`],
      ['listAgreements', '/v1/agreements'],
      ['listSpecifications', '/v1/specifications'],
      ['listSpecifications', '/v1/specifications?cursor=x'],
      ['discover', '/.well-known/tongheng'],
      ['health', '/healthz'],
      ['readiness', '/readyz'],
      ['metrics', '/metrics'],
      ['openapi', '/openapi.json'],
    ] as const
  ).map(([name, path]) => [name, { path, as: null }])
