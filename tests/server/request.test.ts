// Why this exists: a signed request is the only access to records; this file tries attacks that succeeded elsewhere.
import { gzipSync } from 'node:zlib'
import { coSign, createSigner, generateKey, type Signer, signStatement } from 'tongheng/envelope'
import { createMemoryStore } from 'tongheng/stores/memory'
import { fixtures, send } from 'tongheng/testing'
import type { Entity } from 'tongheng/trust'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  digest,
  fakeAuthorities,
  NOW,
  nonce,
  openWorld,
  problemOf,
  recordPath,
  reissue,
  type Sent,
  uscc,
  type World,
} from '../support/nodes/world.js'
import { readJson, vectorFile } from '../support/vectors.js'

let world: World
let statement: string
let put: Sent

beforeEach(async () => {
  world = await openWorld()
  statement = await send(world.authorities, fixtures.F01)
  put = { method: 'PUT', path: recordPath(statement), body: statement }
})

/** Code of the answer, `accepted` if it succeeds. */
const ask = async (sent: Sent, to = world): Promise<string> => {
  const response = await to.send(sent)
  return response.ok ? 'accepted' : (await problemOf(response)).code
}

const remembered = async (jti: string, iss = uscc('CD')): Promise<boolean> =>
  (await world.store.rememberRequests([{ iss, jti, until: NOW + 180 }], { now: NOW, capacity: 1_000_000 }))[0] === 'seen'

const payload = (sent: Sent, changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  iss: uscc('CD'),
  aud: 'tongheng-51',
  iat: NOW,
  exp: NOW + 120,
  jti: nonce(),
  htm: sent.method ?? 'GET',
  uri: `https://node.example${sent.path}`,
  dig: digest(sent.body ?? ''),
  ...changes,
})

const without = (claims: Record<string, unknown>, name: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(claims).filter(([other]) => other !== name))

const sign = (
  claims: object,
  signer: Signer = world.authorities.signer('CD'),
  typ: Parameters<typeof signStatement>[1]['typ'] = 'metrology-request+jwt',
) => signStatement(claims, { typ, signer })

/** Signs a token with a hand-written payload. */
async function signText(text: string, header: Record<string, unknown> = {}): Promise<string> {
  const signer = world.authorities.signer('CD')
  const segment = (value: string): string => Buffer.from(value).toString('base64url')
  const input = `${segment(JSON.stringify({ alg: signer.alg, kid: signer.kid, typ: 'metrology-request+jwt', ...header }))}.${segment(text)}`
  return `${input}.${Buffer.from(await signer.sign(Buffer.from(input))).toString('base64url')}`
}

const LIST = '/v1/records'

/** Attacks, by their names in the catalogue of attacks, with the expected code. */
const attacks: Readonly<Record<string, { readonly expected: string; readonly run: () => Promise<string> }>> = {
  'same jti twice inside window': {
    expected: 'request.replayed',
    run: async () => {
      const authorization = await world.authorize(put)
      expect(await ask({ ...put, authorization })).toBe('accepted')
      world.clock.now += 30
      return ask({ ...put, authorization })
    },
  },
  'same jti, different issuer (must be accepted)': {
    expected: 'accepted',
    run: async () => {
      const jti = nonce()
      expect(await ask({ path: LIST, as: 'CD', claims: { jti } })).toBe('accepted')
      return ask({ path: LIST, as: 'LZ', claims: { jti } })
    },
  },
  'method changed': {
    expected: 'request.method',
    run: async () => ask({ path: LIST, authorization: await world.authorize({ path: LIST, method: 'PUT' }) }),
  },
  'query added': {
    expected: 'request.uri',
    run: async () => ask({ path: `${LIST}?kind=verification-record`, authorization: await world.authorize({ path: LIST }) }),
  },
  'query reordered': {
    expected: 'request.uri',
    run: async () =>
      ask({ path: `${LIST}?region=51&limit=5`, authorization: await world.authorize({ path: `${LIST}?limit=5&region=51` }) }),
  },
  'trailing dot host': { expected: 'request.uri', run: () => ask({ path: LIST, claims: { uri: `https://node.example.${LIST}` } }) },
  'default port :443': { expected: 'request.uri', run: () => ask({ path: LIST, claims: { uri: `https://node.example:443${LIST}` } }) },
  'body changed': {
    expected: 'request.digest',
    run: async () =>
      ask({ ...put, body: statement.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')), authorization: await world.authorize(put) }),
  },
  'body gzip-encoded by proxy': {
    expected: 'body.encoding',
    run: async () => {
      const authorization = await world.authorize(put)
      const response = await world.server.fetch(
        new Request(`https://node.example${put.path}`, {
          method: 'PUT',
          headers: { authorization, 'content-type': 'application/jose', 'content-encoding': 'gzip' },
          body: gzipSync(statement) as BodyInit,
        }),
      )
      return (await problemOf(response)).code
    },
  },
  'digest in hex not base64url': {
    expected: 'request.format',
    run: () => ask({ ...put, claims: { dig: Buffer.from(digest(statement), 'base64url').toString('hex') } }),
  },
  'audience of another authority': { expected: 'request.audience', run: () => ask({ path: LIST, claims: { aud: 'tongheng-50' } }) },
  'request JWT used as a record': {
    expected: 'record.refused',
    run: async () => {
      const body = (await world.authorize({ path: LIST })).slice('Metrology '.length)
      const response = await world.send({ ...put, body })
      const problem = await problemOf(response)
      expect(problem.checks?.map(({ code }) => code)).toContain('typ.unexpected')
      return problem.code
    },
  },
  'record used as a request JWT': { expected: 'request.format', run: () => ask({ path: LIST, authorization: `Metrology ${statement}` }) },
  'idempotency key reused with different body': {
    expected: 'request.replayed',
    run: async () => {
      const jti = nonce()
      expect(await ask({ ...put, claims: { jti } })).toBe('accepted')
      const other = await send(world.authorities, fixtures.F06)
      return ask({ method: 'PUT', path: recordPath(other), body: other, claims: { jti } })
    },
  },
  'exp = now - skew + 1': { expected: 'accepted', run: () => ask({ path: LIST, claims: { iat: NOW - 179, exp: NOW - 59 } }) },
  'nbf = now + skew + 1': { expected: 'request.format', run: () => ask({ path: LIST, claims: { nbf: NOW + 61 } }) },
  'iat in milliseconds': {
    expected: 'request.format',
    run: () => ask({ path: LIST, claims: { iat: NOW * 1000, exp: NOW * 1000 + 120 } }),
  },
  'exp missing on a request': {
    expected: 'request.format',
    run: async () => ask({ path: LIST, authorization: `Metrology ${await sign(without(payload({ path: LIST }), 'exp'))}` }),
  },
  'iat older than window but exp far': {
    expected: 'request.lifetime',
    run: () => ask({ path: LIST, claims: { iat: NOW - 3600, exp: NOW + 60 } }),
  },
}

describe('attacks of the catalogue', () => {
  for (const [name, { expected, run }] of Object.entries(attacks)) {
    it(`${name}: ${expected}`, async () => {
      expect(await run()).toBe(expected)
    })
  }

  it('are all covered here', () => {
    type Case = { cls: string; mutation: { request?: string; claims?: string } }
    const { cases } = readJson<{ cases: Case[] }>(vectorFile('attacks/jwt-attacks.json.gz'))
    const wanted = cases.filter(({ cls }) => cls === 'request' || cls === 'time').map(({ mutation }) => mutation.request ?? mutation.claims)
    expect(wanted.length).toBeGreaterThan(15)
    expect(wanted.filter((name) => !Object.hasOwn(attacks, name ?? ''))).toEqual([])
  })
})

describe('the header', () => {
  it('must be present, with the scheme of this interface', async () => {
    const token = (await world.authorize({ path: LIST })).slice('Metrology '.length)
    expect(await ask({ path: LIST, as: null })).toBe('request.missing')
    for (const authorization of [`Bearer ${token}`, `DPoP ${token}`, `MetrologyX ${token}`, token, 'Metrology', `Basic ${btoa('a:b')}`]) {
      expect(await ask({ path: LIST, authorization }), authorization.slice(0, 12)).toBe('request.missing')
    }
  })

  it('must contain one token of the strict form', async () => {
    const token = (await world.authorize({ path: LIST })).slice('Metrology '.length)
    const [header, claims, signature] = token.split('.') as [string, string, string]
    for (const text of [
      'x',
      'a.b.c',
      `${header}.${claims}`,
      `${token}.${signature}`,
      `${token}=`,
      `${header}.${claims}.${signature}==`,
      `${token}, Metrology ${token}`,
      `${token} ${token}`,
      ` ${token}`,
      token.replaceAll('-', '+').replaceAll('_', '/').concat('+'),
      `${'A'.repeat(1100)}.${claims}.${signature}`,
      `${header}.${'A'.repeat(4096)}.${signature}`,
    ]) {
      expect(await ask({ path: LIST, authorization: `Metrology ${text}` }), text.slice(0, 40)).toBe('request.format')
    }
  })

  it('is rejected by its size before it is parsed', async () => {
    const uri = `https://node.example${LIST}?${'x'.repeat(1900)}`
    const fits = await sign(payload({ path: LIST }, { uri }))
    expect(fits.length).toBeLessThan(4096)
    expect(await ask({ path: LIST, authorization: `Metrology ${fits}` })).toBe('request.uri')
    const response = await world.send({ path: LIST, authorization: `Metrology ${'A'.repeat(200_000)}` })
    const problem = await problemOf(response)
    expect([problem.status, problem.code]).toEqual([401, 'request.format'])
    expect(problem.text.en).toContain('4096')
  })

  it('of another type or algorithm, or with extra members, is rejected', async () => {
    const claims = payload({ path: LIST })
    const text = JSON.stringify(claims)
    const tokens = [
      ...(await Promise.all(
        (['metrology-record+jwt', 'metrology-receipt+jwt', 'statuslist+jwt'] as const).map((typ) => sign(claims, undefined, typ)),
      )),
      await signText(text, { typ: 'JWT' }),
      await signText(text, { typ: undefined }),
      await signText(text, { alg: 'none' }),
      await signText(text, { alg: 'HS256' }),
      await signText(text, { kid: undefined }),
      await signText(text, { kid: '../../etc/passwd' }),
      await signText(text, { jwk: { kty: 'EC' } }),
      await signText(text, { crit: ['b64'], b64: false }),
      await signText(text, { jku: 'https://evil.example/keys' }),
    ]
    for (const token of tokens) expect(await ask({ path: LIST, authorization: `Metrology ${token}` })).toBe('request.format')
  })

  it('with an algorithm other than its key’s is rejected', async () => {
    const token = await signText(JSON.stringify(payload({ path: LIST })), { alg: 'Ed25519' })
    expect(await ask({ path: LIST, authorization: `Metrology ${token}` })).toBe('request.signature')
  })
})

describe('the claims', () => {
  it('are all required, and no others are allowed', async () => {
    const claims = payload({ path: LIST })
    for (const name of Object.keys(claims)) {
      const authorization = `Metrology ${await sign(without(payload({ path: LIST }), name))}`
      expect(await ask({ path: LIST, authorization }), name).toBe('request.format')
    }
    for (const extra of [{ sub: 'x' }, { nbf: NOW }, { scope: 'all' }]) {
      expect(await ask({ path: LIST, claims: extra }), JSON.stringify(extra)).toBe('request.format')
    }
  })

  it('have fixed types and forms', async () => {
    const wrong: Record<string, unknown[]> = {
      iss: ['', 'CD', 5, null, [uscc('CD')]],
      aud: ['', ['tongheng-51'], null, 'x'.repeat(301)],
      iat: [String(NOW), NOW + 0.5, -1, null],
      exp: [String(NOW + 60), null, 1e15],
      jti: ['', 'short', 'x'.repeat(21), 'x'.repeat(65), `${'x'.repeat(22)}/`, 5],
      htm: ['get', 'DELETE', 'PATCH', '', null],
      uri: [5, null, `https://node.example/${'x'.repeat(2000)}`],
      dig: ['', 'x', `${digest('')}=`, digest('').replace(/.$/, 'B'), null],
    }
    for (const [name, values] of Object.entries(wrong)) {
      for (const value of values) {
        const token = await signText(JSON.stringify({ ...payload({ path: LIST }), [name]: value }))
        expect(await ask({ path: LIST, authorization: `Metrology ${token}` }), `${name} = ${JSON.stringify(value)}`).toBe('request.format')
      }
    }
  })

  it('are strict JSON', async () => {
    const text = JSON.stringify(payload({ path: LIST }))
    for (const broken of [
      text.replace('{', '{"iss":"x",'),
      text.replace('}', ',"__proto__":{}}'),
      text.slice(0, -1),
      `${text}x`,
      '[]',
      'null',
      '""',
      text.replace(/"iat":\d+/, `"iat":${NOW}.0`),
      text.replace(/"iat":\d+/, `"iat":{"a":{"b":1}}`),
      `\ufeff${text}`,
    ]) {
      expect(await ask({ path: LIST, authorization: `Metrology ${await signText(broken)}` }), broken.slice(0, 40)).toBe('request.format')
    }
  })
})

describe('time', () => {
  it('is limited on both sides, to the second', async () => {
    const at = async (iat: number, exp: number): Promise<string> => ask({ path: LIST, claims: { iat: NOW + iat, exp: NOW + exp } })
    expect(await at(0, 120)).toBe('accepted')
    expect(await at(60, 180)).toBe('accepted')
    expect(await at(61, 181)).toBe('request.clock')
    expect(await at(-180, -60)).toBe('accepted')
    expect(await at(-181, -61)).toBe('request.clock')
    expect(await at(60, 61)).toBe('accepted')
    expect(await at(-61, -60)).toBe('accepted')
    expect(await at(-62, -61)).toBe('request.clock')
  })

  it("of a token's lifetime is at most 120 seconds, and more than zero", async () => {
    const lives = async (seconds: number): Promise<string> => ask({ path: LIST, claims: { exp: NOW + seconds } })
    expect(await lives(1)).toBe('accepted')
    expect(await lives(120)).toBe('accepted')
    expect(await lives(121)).toBe('request.lifetime')
    expect(await lives(0)).toBe('request.lifetime')
    expect(await lives(-1)).toBe('request.lifetime')
    expect(await ask({ path: LIST, claims: { exp: (NOW + 60) * 1000 } })).toBe('request.format')
  })

  it('that is wrong is answered with the server’s time and the difference', async () => {
    for (const off of [-3600, 3600, 86_400 * 365]) {
      const problem = await problemOf(await world.send({ path: LIST, claims: { iat: NOW + off, exp: NOW + off + 120 } }))
      expect(problem).toMatchObject({ code: 'request.clock', serverTime: '2025-06-16T09:00:00+08:00', offset: -off })
    }
  })

  it('of storing a request is as long as it could be accepted', async () => {
    const authorization = await world.authorize({ path: LIST })
    expect(await ask({ path: LIST, authorization })).toBe('accepted')
    for (const later of [1, 120, 179, 180]) {
      world.clock.now = NOW + later
      expect(await ask({ path: LIST, authorization }), `${later} s later`).toBe('request.replayed')
    }
    world.clock.now = NOW + 181
    expect(await ask({ path: LIST, authorization })).toBe('request.clock')
  })
})

describe('the binding', () => {
  it('covers the URL as sent, with every character', async () => {
    const path = `${LIST}?certificateNo=%E5%B7%9D%2B1&limit=5`
    expect(await ask({ path })).toBe('accepted')
    for (const signed of [
      `${LIST}?certificateNo=%e5%b7%9d%2B1&limit=5`,
      `${LIST}?certificateNo=川%2B1&limit=5`,
      `${path}&`,
      `${path}#x`,
      `${LIST}/?certificateNo=%E5%B7%9D%2B1&limit=5`,
      `/v1/./records?certificateNo=%E5%B7%9D%2B1&limit=5`,
    ]) {
      expect(await ask({ path, claims: { uri: `https://node.example${signed}` } }), signed).toBe('request.uri')
    }
    for (const uri of [
      `http://node.example${path}`,
      `https://NODE.example${path}`,
      `https://node.example.cn${path}`,
      path,
      `https://x@node.example${path}`,
    ]) {
      expect(await ask({ path, claims: { uri } }), uri).toBe('request.uri')
    }
  })

  it('covers the body also if it is empty', async () => {
    expect(await ask({ path: LIST, claims: { dig: digest('x') } })).toBe('request.digest')
    expect(await ask({ path: LIST, claims: { dig: digest('') } })).toBe('accepted')
  })

  it('prevents one call from being used as another', async () => {
    const first = { path: `${LIST}?region=51` }
    const authorization = await world.authorize(first)
    expect(await ask({ path: `${LIST}?region=50`, authorization })).toBe('request.uri')
    expect(await ask({ ...first, authorization })).toBe('accepted')
  })

  it('allows HEAD with the token of a GET, once, and nothing else', async () => {
    const authorization = await world.authorize({ path: LIST })
    const response = await world.send({ method: 'HEAD', path: LIST, authorization })
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect((await world.send({ method: 'HEAD', path: LIST, authorization })).status).toBe(401)
    for (const htm of ['PUT', 'POST', 'HEAD']) expect((await world.send({ method: 'HEAD', path: LIST, claims: { htm } })).status).toBe(401)
  })

  it('ignores the case of the scheme', async () => {
    for (const scheme of ['metrology', 'METROLOGY', 'MetroLogy']) {
      const authorization = (await world.authorize({ path: LIST })).replace('Metrology', scheme)
      expect(await ask({ path: LIST, authorization }), scheme).toBe('accepted')
    }
    for (const scheme of ['Metrologyx', 'Bearer', 'xMetrology']) {
      const authorization = (await world.authorize({ path: LIST })).replace('Metrology', scheme)
      expect(await ask({ path: LIST, authorization }), scheme).toBe('request.missing')
    }
  })
})

describe('the key', () => {
  it('must be listed', async () => {
    const stranger = await createSigner((await generateKey('ES256')).privateJwk)
    expect(await ask({ path: LIST, signer: stranger })).toBe('request.key')
    const problem = await problemOf(await world.send({ path: LIST, signer: stranger }))
    expect(problem.text.en).toContain(stranger.kid)
  })

  it('must be the caller’s own', async () => {
    for (const [iss, signer] of [
      ['CD', 'LZ'],
      ['SC-AMR', 'CD'],
      ['CQ-AMR', 'SC-AMR'],
    ] as const) {
      expect(await ask({ path: LIST, as: iss, signer: world.authorities.signer(signer) }), iss).toBe('request.key')
    }
    expect(await ask({ path: LIST, claims: { iss: '91510100MA62KCT03W' } })).toBe('request.key')
  })

  it('must have signed: a signature by another key under its kid is rejected', async () => {
    const token = await sign(payload({ path: LIST }))
    const other = await coSign(token, { typ: 'metrology-request+jwt', signer: world.authorities.signer('LZ') })
    const [header, claims] = token.split('.')
    expect(await ask({ path: LIST, authorization: `Metrology ${header}.${claims}.${other.split('.')[2]}` })).toBe('request.signature')
    expect(await ask({ path: LIST, authorization: `Metrology ${header}.${claims}.${'A'.repeat(86)}` })).toBe('request.signature')
    expect(await ask({ path: LIST, authorization: `Metrology ${header}.${claims}.AAAA` })).toBe('request.signature')
    expect(await ask({ path: LIST, authorization: `Metrology ${header}.${claims}.` })).toBe('request.signature')
  })

  it('must be for requests, within its validity, and not revoked', async () => {
    const authorities = await fakeAuthorities()
    const changed = async (change: (key: Entity['keys'][number]) => Entity['keys'][number]) =>
      openWorld({
        node: await reissue(authorities, 'SC-AMR', (list) => ({
          ...list,
          entities: list.entities.map((entity) => (entity.uscc === uscc('LZ') ? { ...entity, keys: entity.keys.map(change) } : entity)),
        })),
      })
    const revoked = (at: number, retroactive = false) => ({ at, reason: 'lost', retroactive })
    const cases: [string, string, (key: Entity['keys'][number]) => Entity['keys'][number]][] = [
      ['as it was', 'accepted', (key) => key],
      ['for records only', 'request.key', (key) => ({ ...key, typ: ['metrology-record+jwt'] })],
      ['from the next second', 'request.key', (key) => ({ ...key, notBefore: NOW + 1 })],
      ['from this second', 'accepted', (key) => ({ ...key, notBefore: NOW })],
      ['until the last second', 'request.key', (key) => ({ ...key, notAfter: NOW - 1 })],
      ['until this second', 'accepted', (key) => ({ ...key, notAfter: NOW })],
      ['revoked now', 'request.key', (key) => ({ ...key, revoked: revoked(NOW) })],
      ['revoked before', 'request.key', (key) => ({ ...key, revoked: revoked(NOW - 86_400, true) })],
      ['revoked from tomorrow', 'accepted', (key) => ({ ...key, revoked: revoked(NOW + 86_400) })],
    ]
    for (const [name, expected, change] of cases) {
      const node = await changed(change)
      expect(await ask({ path: LIST, as: 'LZ' }, node), name).toBe(expected)
      expect(await ask({ path: LIST, as: 'CD' }, node), `${name}: another`).toBe('accepted')
    }
  })

  it('can be a second one of the same body, while the first is revoked', async () => {
    const authorities = await fakeAuthorities()
    const next = await generateKey('Ed25519')
    const node = await openWorld({
      node: await reissue(authorities, 'SC-AMR', (list) => ({
        ...list,
        entities: list.entities.map((entity) => {
          const [first] = entity.keys
          if (entity.uscc !== uscc('LZ') || first === undefined) return entity
          return {
            ...entity,
            keys: [
              { ...first, revoked: { at: NOW - 5, reason: 'replaced', retroactive: false } },
              { ...first, jwk: next.publicJwk },
            ],
          }
        }),
      })),
    })
    expect(await ask({ path: LIST, as: 'LZ' }, node)).toBe('request.key')
    expect(await ask({ path: LIST, as: 'LZ', signer: await createSigner(next.privateJwk) }, node)).toBe('accepted')
  })
})

describe('the order of the checks', () => {
  /** A body that fails the test if it is read. */
  const untouchable = () => {
    let reads = 0
    const stream = new ReadableStream<Uint8Array>(
      { pull: () => Promise.reject(new Error(`the body was read ${++reads} times`)) },
      { highWaterMark: 0 },
    )
    return { stream, reads: () => reads }
  }

  it('never reads the body of an unauthenticated request', async () => {
    const good = await world.authorize(put)
    const used = await world.authorize(put)
    await world.send({ ...put, authorization: used })
    for (const [authorization, code] of [
      [undefined, 'request.missing'],
      ['Bearer x', 'request.missing'],
      ['Metrology x.y.z', 'request.format'],
      [`${good.slice(0, -6)}AAAAAA`, 'request.signature'],
      [await world.authorize({ ...put, as: 'LZ', claims: { iss: uscc('CD') } }), 'request.key'],
      [await world.authorize({ ...put, claims: { aud: 'x' } }), 'request.audience'],
      [await world.authorize({ ...put, claims: { iat: NOW - 999, exp: NOW - 900 } }), 'request.clock'],
      [await world.authorize({ ...put, path: `${put.path}?x=1` }), 'request.uri'],
      [used, 'request.replayed'],
    ] as const) {
      const { stream, reads } = untouchable()
      const response = await world.server.fetch(
        new Request(`https://node.example${put.path}`, {
          method: 'PUT',
          headers: { 'content-type': 'application/jose', ...(authorization !== undefined && { authorization }) },
          body: stream,
          duplex: 'half',
        } as RequestInit),
      )
      expect([response.status, (await problemOf(response)).code]).toEqual([401, code])
      expect(reads(), code).toBe(0)
    }
    const { stream, reads } = untouchable()
    const request = new Request(`https://node.example${put.path}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/jose', authorization: good },
      body: stream,
      duplex: 'half',
    } as RequestInit)
    expect((await world.server.fetch(request)).status).toBe(500)
    expect(reads()).toBe(1)
  })

  it('stores only authenticated requests, so that a forger cannot use up another’s', async () => {
    const jti = nonce()
    const good = await world.authorize({ path: LIST, claims: { jti } })
    const stranger = await createSigner((await generateKey('ES256')).privateJwk)
    const tries: Sent[] = [
      { path: LIST, authorization: `${good.slice(0, -6)}AAAAAA` },
      { path: LIST, claims: { jti }, signer: stranger },
      { path: LIST, claims: { jti }, signer: world.authorities.signer('LZ') },
      { path: LIST, claims: { jti, aud: 'x' } },
      { path: LIST, claims: { jti, exp: NOW + 500 } },
      { path: LIST, claims: { jti, iat: NOW - 500, exp: NOW - 400 } },
      { path: LIST, claims: { jti, htm: 'PUT' } },
      { path: LIST, claims: { jti, uri: 'https://x/' } },
    ]
    for (const sent of tries) expect(await ask(sent)).not.toBe('accepted')
    expect(await ask({ path: LIST, authorization: good })).toBe('accepted')
    expect(await remembered(jti)).toBe(true)
  })

  it('leaves no trace of a rejected request in the replay store', async () => {
    const memory = createMemoryStore()
    const asked: string[] = []
    const watched = await openWorld({
      store: {
        ...memory,
        rememberRequests: (requests, options) => {
          asked.push(...requests.map(({ jti }) => jti))
          return memory.rememberRequests(requests, options)
        },
      },
    })
    await watched.send({ path: LIST, as: null })
    await watched.send({ path: LIST, authorization: 'Metrology x.y.z' })
    await watched.send({ path: LIST, claims: { aud: 'x' } })
    await watched.send({ path: LIST, as: 'LZ', claims: { iss: uscc('CD') } })
    await watched.send({ path: '/healthz' })
    await watched.send({ path: '/nothing' })
    expect(asked).toEqual([])
    await watched.send({ path: LIST })
    expect(asked).toHaveLength(1)
  })

  it('uses up a token even if its body or its parameters are then rejected', async () => {
    const authorization = await world.authorize({ path: `${LIST}?limit=x` })
    expect(await ask({ path: `${LIST}?limit=x`, authorization })).toBe('query.invalid')
    expect(await ask({ path: `${LIST}?limit=x`, authorization })).toBe('request.replayed')
    const token = await world.authorize(put)
    expect(await ask({ ...put, body: 'other', authorization: token })).toBe('request.digest')
    expect(await ask({ ...put, authorization: token })).toBe('request.replayed')
  })
})

describe('a full replay store', () => {
  it('is answered with 503 and a time to wait; nothing is evicted, and space is freed as requests expire', async () => {
    const small = await openWorld({ limits: { replay: 3 } })
    const tokens = await Promise.all(Array.from({ length: 3 }, () => small.authorize({ path: LIST })))
    for (const authorization of tokens) expect(await ask({ path: LIST, authorization }, small)).toBe('accepted')
    const waiting = await small.authorize({ path: LIST, as: 'LZ' })
    const response = await small.send({ path: LIST, authorization: waiting })
    expect(response.status).toBe(503)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await problemOf(response)).code).toBe('request.replay-full')
    for (const authorization of tokens) expect(await ask({ path: LIST, authorization }, small)).toBe('request.replayed')
    small.clock.now = NOW + 180
    expect(await ask({ path: LIST }, small)).toBe('request.replay-full')
    small.clock.now = NOW + 181
    expect(await ask({ path: LIST }, small)).toBe('accepted')
  })

  it('does not affect unsigned calls', async () => {
    const small = await openWorld({ limits: { replay: 0 } })
    expect(await ask({ path: LIST }, small)).toBe('request.replay-full')
    expect(await ask({ path: '/healthz', as: null }, small)).toBe('accepted')
    expect(await ask({ method: 'POST', path: '/v1/verify', body: statement, as: null }, small)).toBe('accepted')
  })
})
