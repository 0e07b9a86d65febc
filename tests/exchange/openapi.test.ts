// Why this exists: systems in other languages are generated from the document; what it says and what the node does must be one thing.
import { Ajv2020 } from 'ajv/dist/2020.js'
import { writeOpenApi } from 'tongheng/server'
import { fixtures, send } from 'tongheng/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Call, contract } from '../../src/exchange/contract.js'
import { openWorld, recordPath, type Sent, statementIdOf, taximeter, uscc, type World } from './world.js'

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
  document = (await (await world.send({ path: '/openapi.json', as: null })).json()) as Document
})

const operationOf = ({ path, method }: Call): Operation => {
  const operation = document.paths[path]?.[method.toLowerCase()]
  if (operation === undefined) throw new Error(`${method} ${path} is not in the document`)
  return operation
}

/** Every `$ref` of a document, wherever it stands. */
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
  it('is OpenAPI 3.1 of this node, and the one the library writes', () => {
    expect(document.openapi).toBe('3.1.0')
    expect(document.servers).toEqual([{ url: 'https://node.example' }])
    expect(document.info.version).toMatch(/^\d+\.\d+\.\d+/)
    expect(document).toEqual(JSON.parse(JSON.stringify(writeOpenApi({ url: 'https://node.example', version: document.info.version }))))
  })

  it('has every row of the contract once, and nothing beside', () => {
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

  it('declares every parameter of every path, required, and every parameter of every query, optional', () => {
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

  it('lists for every row its answers and problems, in their media types', () => {
    for (const [name, call] of rows) {
      const { responses } = operationOf(call)
      const expected = Object.fromEntries([
        ...Object.entries(call.answers).map(([status, { mediaType }]) => [status, [mediaType]]),
        ...call.problems.map((status) => [String(status), ['application/problem+json']]),
      ])
      expect(
        Object.fromEntries(Object.entries(responses).map(([status, { content }]) => [status, Object.keys(content ?? {})])),
        name,
      ).toEqual(expected)
    }
  })

  it('says of each row whether it is signed, what body it takes, and what it does, in both languages', () => {
    expect(Object.keys(document.components.securitySchemes)).toEqual(['signedRequest'])
    for (const [name, call] of rows) {
      const operation = operationOf(call)
      expect(operation.security, name).toEqual(call.access === 'signed' ? [{ signedRequest: [] }] : undefined)
      expect(Object.keys(operation.requestBody?.content ?? {}), name).toEqual(call.body === undefined ? [] : [call.body.mediaType])
      expect(operation.summary, name).toMatch(/^.*[一-鿿].* \| [\x20-\x7e]+$/)
    }
  })

  it('holds schemas that compile', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    const names = Object.keys(document.components.schemas)
    expect(names.length).toBeGreaterThan(8)
    ajv.addSchema(document, 'node')
    for (const name of names) expect(() => ajv.compile({ $ref: `node#/components/schemas/${escaped(name)}` }), name).not.toThrow()
  })
})

describe('what the node answers', () => {
  it('is in the document, for every row and every status it lists', async () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })
    ajv.addSchema(document, 'node')
    const seen = new Set<string>()

    const call = async (name: string, sent: Sent, from = world): Promise<Response> => {
      const response = await from.send(sent)
      const [, row] = rows.find(([known]) => known === name) as [string, Call]
      const text = await response.text()
      const mediaType = response.headers.get('content-type') ?? ''
      const at = `#/paths/${escaped(row.path)}/${row.method.toLowerCase()}/responses/${response.status}/content/${escaped(mediaType)}/schema`
      expect(resolve(at), `${name} ${response.status} ${mediaType} ${text.slice(0, 200)}`).toBeDefined()
      const validate = ajv.compile({ $ref: `node${at}` })
      const value: unknown = mediaType.includes('json') ? JSON.parse(text) : text
      expect(validate(value), `${name} ${response.status}: ${ajv.errorsText(validate.errors)}`).toBe(true)
      if (response.status >= 400 && mediaType.includes('problem')) expect((value as { status: number }).status).toBe(response.status)
      seen.add(`${name} ${response.status}`)
      return response
    }

    const jti = '01JQ0000000000000000000001'
    const statement = await world.authorities.sign('CD', taximeter('川检-一'), { jti })
    const other = await world.authorities.sign('CD', taximeter('川检-二'), { jti })
    const specification = await send(world.authorities, fixtures.F11)
    const put: Sent = { method: 'PUT', path: recordPath(statement), body: statement }
    const full = await openWorld({ limits: { replay: 0 } })
    const large = 'x'.repeat(262_145)
    const authority = uscc('SC-AMR')

    await call('submitRecord', put)
    await call('submitRecord', put)
    await call('submitRecord', { ...put, path: put.path.replace(/.$/, '9') })
    await call('submitRecord', { ...put, as: null })
    await call('submitRecord', { ...put, as: 'LZ' })
    await call('submitRecord', { ...put, body: other })
    await call('submitRecord', { ...put, body: large })
    await call('submitRecord', { ...put, headers: { 'content-type': 'text/plain' } })
    await call('submitRecord', { ...put, body: 'hello' })
    await call('submitRecord', put, full)
    await call('submitRecord', { method: 'PUT', path: recordPath(specification), body: specification, as: 'SC-AMR' })

    const id = statementIdOf(statement)
    await call('getRecord', { path: `/v1/records/${id}` })
    await call('getRecord', { path: '/v1/records/x' })
    await call('getRecord', { path: `/v1/records/${id}`, as: null })
    await call('getRecord', { path: `/v1/records/${statementIdOf('a.b')}` })
    await call('getRecord', { path: `/v1/records/${id}` }, full)

    await call('listRecords', { path: '/v1/records' })
    await call('listRecords', { path: '/v1/records?limit=1' })
    await call('listRecords', { path: '/v1/records?limit=x' })
    await call('listRecords', { path: '/v1/records', as: null })
    await call('listRecords', { path: '/v1/records' }, full)

    await call('listStandings', { path: '/v1/standings?serial=1' })
    await call('listStandings', { path: '/v1/standings' })
    await call('listStandings', { path: '/v1/standings?serial=1', as: null })
    await call('listStandings', { path: '/v1/standings?serial=1' }, full)

    const post: Sent = { method: 'POST', path: '/v1/verify', body: statement, as: null }
    await call('verifyStatement', post)
    await call('verifyStatement', { ...post, path: '/v1/verify?region=50' })
    await call('verifyStatement', { ...post, body: 'hello' })
    await call('verifyStatement', { ...post, path: '/v1/verify?at=x' })
    await call('verifyStatement', { ...post, body: large })
    await call('verifyStatement', { ...post, headers: { 'content-type': 'application/json' } })

    for (const [name, path] of [
      ['getTrustList', `/v1/trust-lists/${authority}`],
      ['getTrustList', '/v1/trust-lists/x'],
      ['getTrustList', `/v1/trust-lists/${uscc('CD')}`],
      ['getTrustListVersion', `/v1/trust-lists/${authority}/1`],
      ['getTrustListVersion', `/v1/trust-lists/${authority}/x`],
      ['getTrustListVersion', `/v1/trust-lists/${authority}/7`],
      ['listAgreements', '/v1/agreements'],
      ['listSpecifications', '/v1/specifications'],
      ['listSpecifications', '/v1/specifications?cursor=x'],
      ['discover', '/.well-known/tongheng'],
      ['health', '/healthz'],
      ['readiness', '/readyz'],
      ['metrics', '/metrics'],
      ['openapi', '/openapi.json'],
    ] as const) {
      await call(name, { path, as: null })
    }
    world.clock.now += 300 * 86_400
    await call('readiness', { path: '/readyz', as: null })

    const listed = rows.flatMap(([name, row]) => Object.keys(operationOf(row).responses).map((status) => `${name} ${status}`))
    expect([...seen].sort()).toEqual(listed.sort())
  })
})
