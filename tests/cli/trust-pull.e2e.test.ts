// Why this exists: an operator joins another authority by one pin and one pull; a node, even a hostile one, must not be able to change a
// trust file by anything but documents that verify under the keys that were pinned.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { thumbprint } from 'tongheng/envelope'
import { type CataloguePayload, signCatalogue } from 'tongheng/recognition'
import { signNotice } from 'tongheng/status'
import { createFakeAuthorities, type FakeAuthorities, fixtures, organisation, send } from 'tongheng/testing'
import { signTrustList, type TrustAnchor } from 'tongheng/trust'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Served, serve, serveBytes } from '../support/nodes/http.js'
import { nextList } from '../support/nodes/pair.js'
import { openWorld } from '../support/nodes/world.js'
import { writeChengdu } from './node-files.js'
import { type Cli, openCli } from './run.js'

type List = Awaited<ReturnType<typeof nextList>>

let cli: Cli
let world: FakeAuthorities
let node: Served
let second: List
let third: List
/** A false answer of the node; undefined for the honest one. */
let lie: (path: string) => Response | undefined
const SC = organisation('SC-AMR').uscc
const CQ = organisation('CQ-AMR').uscc
const json = (value: unknown): Response => new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json' } })

beforeAll(async () => {
  cli = await openCli()
  world = await createFakeAuthorities({ witnessKeys: true })
  const [, chongqing] = world.trust.lists
  if (chongqing?.payload.iss !== CQ) throw new Error('the order of the lists has changed')
  const root = world.rootSigners('CQ-AMR')
  second = await nextList(chongqing, root, ['/iat', chongqing.payload.iat + 1])
  third = await nextList(second, root, ['/iat', chongqing.payload.iat + 2])
  const specification = await send(world, fixtures.F11)
  const notice = await signNotice(
    {
      iss: organisation('CD').uscc,
      statements: ['A'.repeat(43)],
      action: 'revoke',
      iat: 1_750_000_000,
      from: 1_750_000_000,
      reason: { zh: '录入有误' },
    },
    world.signer('CD'),
  )
  const { server, node: inside } = await openWorld({
    authorities: world,
    node: { trustLists: [...world.trustLists, second.signed, third.signed], catalogues: [await catalogueOf('CQ-AMR')] },
  })
  await inside.submit({ statement: specification, sender: CQ, requestId: 'a' })
  await inside.submitNotice({ statement: notice, sender: organisation('CD').uscc, requestId: 'b' })
  node = await serve(async () => async (request) => lie(new URL(request.url).pathname) ?? server.fetch(request))
})
afterAll(async () => {
  await node.close()
  await cli.close()
})

beforeEach(async () => {
  lie = () => undefined
  const { anchors, trustLists } = world
  await cli.write('trust.json', { anchors, trustLists })
})

const pull = (...more: string[]) => cli.run(['trust', 'pull', '--node', node.url, '--trust', 'trust.json', '--lang', 'en', ...more])
const pin = (...more: string[]) => cli.run(['trust', 'pin', '--trust', 'own.json', '--lang', 'en', ...more])
const read = async (file = 'trust.json') =>
  JSON.parse(await readFile(join(cli.folder, file), 'utf8')) as {
    anchors: TrustAnchor[]
    trustLists: string[][]
    agreements?: string[][]
    specifications?: string[]
    notices?: string[]
    catalogues?: string[][]
  }
const text = (file = 'trust.json') => readFile(join(cli.folder, file), 'utf8')
/** A catalogue of an authority, valid in the time of the demonstration and now. */
const catalogueOf = (by: 'SC-AMR' | 'CQ-AMR', content: Partial<CataloguePayload> = {}, signer = by): Promise<string[]> =>
  signCatalogue(
    {
      iss: by === 'SC-AMR' ? SC : CQ,
      region: by === 'SC-AMR' ? '51' : '50',
      version: 1,
      iat: 1_740_000_000,
      exp: 4_000_000_000,
      title: { zh: '计量器具与规程目录' },
      ...content,
    },
    world.rootSigners(signer),
  )
const kidsOf = async (authority: string): Promise<string[]> =>
  Promise.all((world.anchors.find((one) => one.authority === authority)?.keys ?? []).map((key) => thumbprint(key)))

describe('trust pull', () => {
  it('adds every later version and the other documents, says what changed, and is quiet about the second time', async () => {
    const { code, out, err } = await pull()
    expect([code, err]).toEqual([0, ''])
    expect(
      out
        .split('\n')
        .filter((line) => line.startsWith(`${CQ}  version `))
        .map((line) => line.slice(28, 29)),
    ).toEqual(['2', '3'])
    expect(out).toContain('added: 1 agreement(s), 1 specification(s), 1 catalogue(s), 0 status list(s), 1 notice(s)')
    const file = await read()
    expect(file.trustLists.map(([first]) => first?.split('.')[1])).toEqual(
      [...world.trustLists, second.signed, third.signed].map(([first]) => first?.split('.')[1]),
    )
    expect([file.agreements?.length, file.specifications?.length, file.notices?.length]).toEqual([1, 1, 1])

    const before = await text()
    const again = await pull()
    expect([again.code, again.out.includes('is up to date'), again.err]).toEqual([0, true, ''])
    expect(await text()).toBe(before)
    // A record is recognised with the file.
    await cli.write('f01.jws', await world.sign('CD', fixtures.F01.record))
    expect((await cli.run(['verify', 'f01.jws', '--trust', 'trust.json', '--region', '50'])).code).toBe(0)
  })

  it('brings the catalogues of both authorities, and never drops one that the file has', async () => {
    const own = await catalogueOf('SC-AMR')
    await cli.write('trust.json', { ...(await read()), catalogues: [own] })
    expect((await pull()).code).toBe(0)
    const { catalogues } = await read()
    expect(catalogues?.map(([first]) => first?.split('.')[1])).toEqual([own[0]?.split('.')[1], expect.any(String)])
    const before = await text()
    expect((await pull()).out).toContain('is up to date')
    expect(await text()).toBe(before)
    // verify and show read them from there.
    const shown = await cli.run(['catalogue', 'show', '--trust', 'trust.json', '--lang', 'en'])
    expect([shown.code, shown.out.match(/version 1/g)?.length]).toEqual([0, 2])
  })

  it.each<[string, () => Promise<unknown>, number, RegExp]>([
    ['signed by the other authority', async () => catalogueOf('CQ-AMR', { version: 2 }, 'SC-AMR'), 1, /catalogue\.threshold/],
    ['not JSON inside', async () => ['eyJ.x.y'], 1, /\[?(format|statement|header)[.a-z-]+/],
    ['another content under a number', async () => catalogueOf('CQ-AMR', { title: { zh: '另一份' } }), 2, /catalogue\.fork/],
    ['of 10 MB', async () => ['e'.repeat(10 * 1024 * 1024)], 1, /[a-z]+\.[a-z-]+/],
  ])('takes no catalogue that is %s, and keeps what it has', async (_, offered, code, message) => {
    await cli.write('trust.json', { ...(await read()), catalogues: [await catalogueOf('CQ-AMR')] })
    const { catalogues } = await read()
    const signed = await offered()
    lie = (path) => (path === `/v1/catalogues/${CQ}` ? json({ name: CQ, version: 2, signed }) : undefined)
    const answer = await pull()
    expect(answer).toMatchObject({ code, err: expect.stringMatching(message) })
    expect((await read()).catalogues).toEqual(catalogues)
  })

  it('takes no older catalogue, and keeps the newer', async () => {
    const [older, held] = [await catalogueOf('CQ-AMR'), await catalogueOf('CQ-AMR', { version: 7 })]
    await cli.write('trust.json', { ...(await read()), catalogues: [held] })
    lie = (path) => (path === `/v1/catalogues/${CQ}` ? json({ name: CQ, version: 1, signed: older }) : undefined)
    await pull()
    expect((await read()).catalogues).toEqual([held])
  })

  it('needs pinned keys first, and says how', async () => {
    const { code, err } = await cli.run(['trust', 'pull', '--node', node.url, '--trust', 'none.json', '--lang', 'en'])
    expect([code, err]).toEqual([2, expect.stringMatching(/\[cli\.trust-not-pinned\][\s\S]*trust pin --node URL --trust none\.json/)])
  })

  it('keeps what the file has and what cannot be verified now, and refuses what a node offers that is not genuine', async () => {
    const { anchors, trustLists, signedAgreement } = world
    const own = { anchors: anchors.slice(1), trustLists: trustLists.slice(1), agreements: [signedAgreement], notices: ['a.b.c'] }
    await cli.write('trust.json', own)
    const { code, err } = await pull()
    const file = await read()
    expect([code, file.agreements, file.notices]).toEqual([1, [signedAgreement], ['a.b.c']])
    expect(file.trustLists.length).toBe(3)
    expect(err).toMatch(/agreement\./)
    // Bodies of Sichuan, which is not pinned, signed the specification and the notice.
    expect(file.specifications).toBeUndefined()
    expect(err).toContain('specification.not-genuine')
  })

  it('refuses an older list by the state, even where the trust file is an old copy', async () => {
    await pull('--state', 'seen.json')
    const { anchors, trustLists } = world
    await cli.write('trust.json', { anchors, trustLists })
    lie = (path) => (path === `/v1/trust-lists/${CQ}` ? json({ version: 1, signed: trustLists[1] }) : undefined)
    const { code, err } = await pull('--state', 'seen.json')
    expect([code, err]).toEqual([0, ''])
    // The state file restores the newer versions.
    expect((await read()).trustLists.length).toBe(4)
    const behind = await pull('--state', 'seen.json')
    expect([behind.code, behind.err]).toEqual([1, expect.stringContaining('still has version 1 of the trust list of Chongqing')])
    expect((await read()).trustLists.length).toBe(4)
  })
})

describe('a refusal because of an old list', () => {
  it('names the list, both versions, and what to do', async () => {
    await writeChengdu(cli, world)
    await cli.write('f01.jws', await world.sign('CD', fixtures.F01.record))
    const submit = (trust: string) =>
      cli.run([
        ...['submit', 'f01.jws', '--node', node.url, '--node-id', 'tongheng-51', '--iss', organisation('CD').uscc, '--key', 'CD.key'],
        ...['--trust', trust, '--outbox', 'out.db', '--receiver', CQ, '--patience', '0', '--lang', 'en'],
      ])
    const { code, err } = await submit('trust.json')
    expect(code).not.toBe(0)
    expect(err).toContain(`trust.json has version 1 of the trust list of Chongqing ${CQ}; the node ${node.url} has 3`)
    expect(err).toContain(`Run tongheng trust pull --node ${node.url} --trust trust.json, then try again`)
    await pull()
    expect((await submit('trust.json')).err).not.toContain('cli.trust-old')
  })
})

describe('a hostile node', () => {
  const LIST = `/v1/trust-lists/${CQ}`
  const endless = (part = new Uint8Array(1024 * 1024)): Response =>
    new Response(new ReadableStream({ pull: (controller) => controller.enqueue(part) }))
  const CASES: readonly (readonly [string, string, () => Promise<typeof lie>])[] = [
    [
      'another list under a version that the file has',
      'trust-list.fork',
      async () => {
        const [, held] = world.trust.lists as [unknown, (typeof world.trust.lists)[number]]
        const signed = await signTrustList({ ...held.payload, iat: held.payload.iat + 1 }, world.rootSigners('CQ-AMR'))
        return (path) => (path === LIST ? json({ version: 1, signed }) : undefined)
      },
    ],
    [
      'a second history from a later version on',
      'trust-list.fork',
      async () => {
        const forked = await nextList(second, world.rootSigners('CQ-AMR'), ['/previous', `${'B'.repeat(42)}A`])
        return (path) => (path === LIST ? json({ version: 3, signed: forked.signed }) : undefined)
      },
    ],
    [
      'a list signed by the root keys of another authority',
      'trust-list.threshold',
      async () => {
        const { signed } = await nextList(second, world.rootSigners('SC-AMR'))
        return (path) => (path === LIST ? json({ version: 3, signed }) : undefined)
      },
    ],
    [
      'the list of an authority that is not pinned',
      'trust-list.no-anchor',
      async () => {
        const { signed } = await nextList(second, world.rootSigners('CQ-AMR'), ['/iss', '11530000MB1F23451P'])
        return (path) => (path === LIST ? json({ version: 3, signed }) : undefined)
      },
    ],
    [
      'versions with one left out',
      'trust-list.gap',
      async () => (path) => (path === `${LIST}/2` ? json({ version: 1, signed: world.trustLists[1] }) : undefined),
    ],
    [
      'more versions than there are',
      'cli.node-answer',
      async () => (path) => (path === LIST ? json({ version: 1e308, signed: [] }) : undefined),
    ],
    ['text that is no JSON', 'cli.node-answer', async () => (path) => (path === LIST ? new Response('<html>') : undefined)],
    ['an error', 'cli.node-answer', async () => (path) => (path === '/v1/agreements' ? new Response('', { status: 500 }) : undefined)],
    [
      'no agreements at all',
      'cli.node-answer',
      async () => (path) => (path === '/v1/agreements' ? new Response('', { status: 404 }) : undefined),
    ],
    [
      'another address',
      'client.network',
      async () => (path) => (path === LIST ? new Response(null, { status: 302, headers: { location: 'http://127.0.0.1:9/' } }) : undefined),
    ],
    ['octets without end', 'cli.node-large', async () => (path) => (path === '/v1/notices' ? endless() : undefined)],
    [
      'pages without end',
      'cli.node-large',
      async () => {
        let cursor = 0
        return (path) =>
          path === '/v1/notices' ? json({ items: [{ statement: 'x'.repeat(8_000_000) }], next: String(++cursor) }) : undefined
      },
    ],
  ]
  it.each(CASES)('cannot change the file by %s, which has the code %s', async (_, code, prepare) => {
    const before = await text()
    lie = await prepare()
    const { code: exit, err } = await pull()
    expect([exit, err]).toEqual([2, expect.stringContaining(`[${code}]`)])
    expect(await text()).toBe(before)
  })

  it('cannot hold the command by an answer that drips', async () => {
    const before = await text()
    const drip = await serveBytes((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n')
      const timer = setInterval(() => socket.write('1\r\n \r\n'), 50)
      socket.on('close', () => clearInterval(timer))
    })
    const { code, err } = await cli.run(['trust', 'pull', '--node', drip.url, '--trust', 'trust.json', '--timeout', '1', '--lang', 'en'])
    await drip.close()
    expect([code, err]).toEqual([2, expect.stringMatching(/cannot be reached: timeout, no complete answer arrived \[client\.network\]/)])
    expect(await text()).toBe(before)
  })

  it('cannot make two processes lose what the other wrote', async () => {
    const runs = await Promise.all(
      [0, 1, 2].map(() => cli.runProcess(['trust', 'pull', '--node', node.url, '--trust', 'trust.json', '--lang', 'en'])),
    )
    expect(runs.map(({ code, err }) => [code, err])).toEqual([...Array(3)].map(() => [0, '']))
    expect((await read()).trustLists.length).toBe(4)
  })
})

describe('trust pin', () => {
  it('shows thumbprints of the root keys, and pins what was expected; two authorities enter one file without an editor', async () => {
    const [sc, cq] = [await kidsOf(SC), await kidsOf(CQ)]
    const first = await pin('--node', node.url, '--expect', sc.join(','))
    expect([first.code, first.err]).toEqual([0, ''])
    for (const kid of sc) expect(first.out).toContain(`  ${kid}\n`)
    expect((await read('own.json')).anchors.map(({ authority }) => authority)).toEqual([SC])
    const other = await pin('--node', node.url, '--iss', CQ, ...cq.flatMap((kid) => ['--expect', kid]))
    expect([other.code, other.err]).toEqual([0, ''])
    const pulled = await cli.run(['trust', 'pull', '--node', node.url, '--trust', 'own.json', '--lang', 'en'])
    expect([pulled.code, pulled.err]).toEqual([0, ''])
    const file = await read('own.json')
    expect([file.anchors.length, file.trustLists.length, file.agreements?.length]).toEqual([2, 2, 1])
    await cli.write('f01.jws', await world.sign('CD', fixtures.F01.record))
    expect((await cli.run(['verify', 'f01.jws', '--trust', 'own.json', '--region', '50'])).code).toBe(0)

    const again = await pin('--node', node.url, '--expect', sc.join(','))
    expect([again.code, again.out.includes('pinned in own.json already')]).toEqual([0, true])
  })

  it('pins from another trust file, with its documents', async () => {
    const { anchors, trustLists, signedAgreement } = world
    await cli.write('theirs.json', { anchors, trustLists, agreements: [signedAgreement] })
    const kids = [...(await kidsOf(SC)), ...(await kidsOf(CQ))]
    const { code, err } = await cli.run(['trust', 'pin', '--trust', 'merged.json', '--list', 'theirs.json', '--expect', kids.join(',')])
    expect([code, err]).toEqual([0, ''])
    expect(await read('merged.json')).toEqual({ anchors, trustLists, agreements: [signedAgreement] })
  })

  it('pins from a signed list alone', async () => {
    await cli.write('list.jws', `${world.trustLists[1]?.join('\n')}\n`)
    const { code, err } = await cli.run([
      'trust',
      'pin',
      '--trust',
      'one.json',
      '--list',
      'list.jws',
      '--expect',
      (await kidsOf(CQ)).join(','),
    ])
    expect([code, err]).toEqual([0, ''])
    expect((await read('one.json')).anchors.map(({ authority }) => authority)).toEqual([CQ])
  })

  it('pins nothing where a thumbprint differs, is missing, or is one too many, and without a comparison', async () => {
    const kids = await kidsOf(SC)
    const none = (...more: string[]) => cli.run(['trust', 'pin', '--trust', 'nothing.json', '--node', node.url, '--lang', 'en', ...more])
    for (const [expected, code] of [
      [['--expect', 'A'.repeat(43)], 'cli.pin-differs'],
      [['--expect', [...kids, 'A'.repeat(43)].join(',')], 'cli.pin-differs'],
      [['--iss', CQ, '--expect', kids.join(',')], 'cli.pin-differs'],
      [[], 'cli.pin-expect'],
      [['--yes'], 'cli.pin-yes'],
      [['--iss', '11530000MB1F23451P'], 'cli.pin-none'],
    ] as const) {
      const { code: exit, err } = await none(...expected)
      expect([exit, err]).toEqual([2, expect.stringContaining(`[${code}]`)])
    }
    await expect(text('nothing.json')).rejects.toThrow(/ENOENT/)
  })

  it('never replaces root keys that are pinned, and refuses a list that its own root keys did not sign', async () => {
    const { anchors, trustLists } = world
    const [sc, cq] = anchors as [TrustAnchor, TrustAnchor]
    await cli.write('pinned.json', { anchors: [{ ...sc, keys: cq.keys }], trustLists: trustLists.slice(0, 1) })
    const before = await text('pinned.json')
    const other = await cli.run(['trust', 'pin', '--trust', 'pinned.json', '--node', node.url, '--expect', (await kidsOf(SC)).join(',')])
    expect([other.code, other.err, await text('pinned.json')]).toEqual([2, expect.stringContaining('[cli.pin-other]'), before])

    const { payload } = world.trust.lists[0] as (typeof world.trust.lists)[number]
    const forged = await signTrustList(payload, world.rootSigners('CQ-AMR'))
    lie = (path) => (path === `/v1/trust-lists/${SC}` ? json({ version: 1, signed: forged }) : undefined)
    const { code, err } = await cli.run([
      'trust',
      'pin',
      '--trust',
      'forged.json',
      '--node',
      node.url,
      '--expect',
      (await kidsOf(SC)).join(','),
    ])
    expect([code, err]).toEqual([2, expect.stringContaining('[trust-list.threshold]')])
  })
})
