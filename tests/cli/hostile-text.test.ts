// Why this exists: what a stranger wrote (a file, its name, a member of JSON, an answer of a node) must not move the cursor of a
// person's terminal, hide, run from right to left, or look like a line of ours. Every command gets such a text.

import { chmod, mkdir, readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { signStatement } from 'tongheng/envelope'
import { type AnyJointDocument, signJoint } from 'tongheng/joint'
import { signAgreement } from 'tongheng/recognition'
import {
  agreementPayload,
  createFakeAuthorities,
  type FakeAuthorities,
  fixtures,
  jointFixtures,
  type OrganisationKey,
  organisation,
} from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTerminal } from '../../src/cli/terminal.js'
import { NOW, taximeter } from '../support/nodes/world.js'
import { type NodeFiles, writeChengdu, writeNode } from './node-files.js'
import { type Cli, openCli } from './run.js'

/** Moves the cursor, sets colours, reverses direction, hides text, begins lines, and has half a surrogate pair. */
const HOSTILE =
  'x\u001b[2J\u009b31m\u0007\u202e\u2066\u200b\u2060\ufeff\u00ad\u{e0041}\ufdd0\u2028\u0085\r\nFORGED: recognised\b\u007f\ud800'
/** The same, as far as our JSON accepts it. */
const TEXT = HOSTILE.replace(/[\ufdd0\ud800]/gu, '')
/** The worst text of a genuine statement: a line break in a paragraph, and thousands of letters. */
const LONG = `转矩\nFORGED: recognised ${'长'.repeat(3900)}`
/** The worst file name: without a zero octet and without half a surrogate pair. */
const FILE = 'x\u001b[2J\u202e\u200b\nFORGED: recognised.json'
const HIDDEN =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e0fff}\ud800-\udfff]/u

let cli: Cli
let world: FakeAuthorities
let node: NodeFiles
let lying: Server
let answers: (path: string) => { status: number; type: string; body: string }

beforeAll(async () => {
  cli = await openCli()
  world = await createFakeAuthorities({ witnessKeys: true })
  await writeChengdu(cli, world)
  lying = createServer((request, response) => {
    const { status, type, body } = answers(request.url ?? '')
    response.writeHead(status, { 'content-type': type }).end(body)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => lying.once('listening', resolve))
  const url = `http://127.0.0.1:${(lying.address() as AddressInfo).port}`
  node = await writeNode(cli, world, 'SC-AMR', { peers: [{ url, id: 'liar', authority: organisation('CQ-AMR').uscc }] })
  await cli.write('record.json', taximeter('川检-甲'))
  // Every cell and every header of a ledger is untrusted text.
  const cell = `"${TEXT.replaceAll('"', '""')}"`
  await cli.write('ledger-hostile.csv', `器具名称,出厂编号,检定日期,检定周期,备注,${cell}\n${Array(6).fill(cell).join(',')}\n`)
  await cli.write('record.jws', await world.sign('CD', taximeter('川检-甲')))
  const sichuan = { iss: organisation('SC-AMR').uscc, signer: world.signer('SC-AMR'), at: '2025-03-01T08:00:00+08:00' }
  await cli.write('protocol.jws', await signJoint(jointFixtures.protocol, sichuan))
  await cli.write('task.json', jointFixtures.task)
  await cli.write('task.jws', await signJoint(jointFixtures.task, { ...sichuan, at: '2025-04-01T17:00:00+08:00' }))
  const { record: finding } = fixtures.F14
  const found = {
    iss: organisation('GA-AMR').uscc,
    jti: '01JQ0000000000000000000000',
    iat: NOW,
    record: { ...finding, findingNo: TEXT, description: { zh: TEXT } },
  }
  await cli.write('finding-hostile.jws', await signStatement(found, { typ: 'metrology-record+jwt', signer: world.signer('GA-AMR') }))
  await writeJoint()
  await cli.write('record-hostile.json', taximeter(TEXT))
  const claims = { iss: organisation('CD').uscc, jti: '01JQ0000000000000000000000', iat: NOW, record: { ...taximeter(TEXT), [TEXT]: TEXT } }
  await cli.write('record-hostile.jws', await signStatement(claims, { typ: 'metrology-record+jwt', signer: world.signer('CD') }))
  for (const name of ['trust', 'agreement', 'key', 'config', 'bundle', 'fork', 'list', 'draft']) {
    await cli.write(`${name}-text.json`, HOSTILE)
    await cli.write(`${name}-member.json`, JSON.stringify({ [TEXT]: TEXT }))
    await cli.write(`${name}-twice.json`, `{${JSON.stringify(TEXT)}:1,${JSON.stringify(TEXT)}:2}`)
  }
  await cli.write(FILE, JSON.stringify({ [TEXT]: TEXT }))
  const { anchors, trustLists } = world
  await cli.write('trust-list.json', { anchors, trustLists, statusLists: [TEXT, 'a.b.c'], notices: [TEXT] })
  await cli.write('trust-anchor.json', { anchors: [{ ...anchors[0], authority: TEXT }], trustLists })
  await cli.write('config-value.json', { ...node.config, name: { zh: TEXT }, id: TEXT, authority: TEXT })
  await cli.write('config-database.json', { ...node.config, database: `/nowhere/${TEXT}` })
  for (const file of ['key-member.json', 'key-text.json', FILE]) await chmod(join(cli.folder, file), 0o644)
})

/** Writes genuine long joint statements, a forged one, and an agreement with long clauses. */
async function writeJoint(): Promise<void> {
  await Promise.all(['long', 'pair'].map((folder) => mkdir(join(cli.folder, folder))))
  // One instrument, verified in both provinces within its validity.
  const instrument = { ...taximeter('x').instrument, model: '长'.repeat(200), serialNumber: '长'.repeat(60) }
  await cli.write('pair/first.jws', await world.sign('CD', taximeter('长'.repeat(60), { instrument })))
  const issuer = { uscc: organisation('YB').uscc, name: '长'.repeat(200), authorisationNo: '（渝）法计（2020）50041号' }
  await cli.write('pair/second.jws', await world.sign('YB', taximeter('渝检-乙', { instrument, issuer, verifiedOn: '2025-05-12' })))
  const { capability, engineAlliance, joining, protocol, task } = jointFixtures
  const long = { zh: LONG, en: LONG }
  const [item] = capability.items
  const documents: readonly (readonly [string, OrganisationKey, AnyJointDocument])[] = [
    ['capability', 'CQ-INST', { ...capability, number: '长'.repeat(200), items: [{ ...item, quantity: long } as typeof item & object] }],
    ['alliance', 'CQ-INST', { ...engineAlliance, name: long, industry: long }],
    ['joining', 'SC-INST', { ...joining, member: { ...joining.member, name: '长'.repeat(200) } }],
    ['protocol', 'SC-AMR', { ...protocol, title: long }],
    ['task', 'SC-AMR', { ...task, theme: long, draw: { ...task.draw, population: long } }],
  ]
  for (const [name, key, document] of documents) {
    const signing = { iss: organisation(key).uscc, signer: world.signer(key), at: '2025-04-02T08:00:00+08:00' }
    await cli.write(`long/${name}.jws`, await signJoint(document, signing))
  }
  const claims = { iss: organisation('CQ-INST').uscc, jti: '01JQ0000000000000000000000', iat: NOW, [TEXT]: TEXT }
  const refused = { ...claims, document: { ...capability, number: TEXT, [TEXT]: TEXT } }
  await cli.write('joint-refused.jws', await signStatement(refused, { typ: 'metrology-joint+jwt', signer: world.signer('CQ-INST') }))
  await cli.write('joint-hostile.json', { ...task, number: TEXT, theme: { zh: TEXT }, [TEXT]: TEXT })
  await cli.write('joint-kind.json', { ...task, version: TEXT })
  const payload = agreementPayload()
  const clause = { ...payload.clauses[0], kinds: ['capability-statement', 'supervision-task', 'alliance'], categories: 'all' as const }
  const named = {
    ...clause,
    id: 'x'.repeat(60),
    title: long,
    effect: long,
    conditions: [{ name: 'x'.repeat(60) }],
  } as (typeof payload.clauses)[number]
  const agreement = { ...payload, title: long, clauses: [...payload.clauses, named] }
  const signed = await signAgreement(agreement, [world.signer('SC-AMR'), world.signer('CQ-AMR')])
  await cli.write('trust-long.json', { anchors: world.anchors, trustLists: world.trustLists, agreements: [signed] })
}

afterAll(async () => {
  await new Promise((resolve) => lying.close(resolve))
  await cli.close()
})

const iss = organisation('CD').uscc
const submitTo = (url: string): string[] => ['--node', url, '--node-id', 'liar', '--iss', iss, '--key', 'CD.key', '--patience', '0']
const bad = (of: string): string[] => [`${of}-text.json`, `${of}-member.json`, `${of}-twice.json`, FILE, HOSTILE.replace('\ud800', '')]

/** Command lines by command; every command must have some. */
const WALKS: Readonly<Record<string, () => string[][]>> = {
  keygen: () => [...bad('key').map((file) => ['--out', file]), ['--alg', HOSTILE, '--out', 'new.json']],
  sign: () => [
    ...bad('key').map((file) => ['record.json', '--key', file, '--iss', iss]),
    ...bad('draft').map((file) => [file, '--key', 'CD.key', '--iss', iss]),
    ['record-hostile.json', '--key', 'CD.key', '--iss', iss],
    ['record.json', '--key', 'CD.key', '--iss', HOSTILE],
  ],
  verify: () => [
    ...bad('bundle').map((file) => [file, '--trust', 'trust.json']),
    ...bad('trust').map((file) => ['record.jws', '--trust', file]),
    ['record-hostile.jws', '--trust', 'trust.json', '--full'],
    ['record-hostile.jws', '--trust', 'trust.json', '--format', 'json'],
    ['record.jws', '--trust', 'trust-list.json'],
    ['record.jws', '--trust', 'trust-anchor.json'],
    ['record.jws', '--trust', 'trust.json', '--at', HOSTILE],
  ],
  standing: () => [
    ['record-hostile.jws', 'record.jws', '--trust', 'trust.json'],
    ['record-hostile.jws', '--trust', 'trust.json', '--format', 'json'],
    ...bad('bundle').map((file) => [file, '--trust', 'trust.json']),
  ],
  duplicates: () => [
    ...['text', 'json'].map((format) => ['record-hostile.jws', 'record.jws', '--trust', 'trust.json', '--format', format]),
    ['record-hostile.jws', '--trust', 'trust.json', '--format', 'csv', '--out', 'new-duplicates.csv'],
    ...bad('bundle').map((file) => [file, '--trust', 'trust.json']),
    ...bad('trust').map((file) => ['record.jws', '--trust', file]),
    ...['text', 'json'].map((format) => ['pair', '--trust', 'trust-long.json', '--format', format]),
    ['record.jws', '--trust', 'trust.json', '--from', HOSTILE],
    ['record.jws', '--trust', 'trust.json', '--format', HOSTILE],
    ['record-hostile.jws', '--trust', 'trust.json', '--format', 'xlsx', '--out', HOSTILE],
  ],
  replay: () => bad('bundle').map((file) => [file]),
  check: () => [
    ...['pretty', 'github', 'gitlab', 'junit', 'sarif', 'json'].map((format) => [
      'record-hostile.json',
      FILE,
      'bundle-text.json',
      '--format',
      format,
    ]),
    ...['pretty', 'github', 'gitlab', 'junit', 'sarif', 'json'].map((format) => [
      'joint-hostile.json',
      'joint-kind.json',
      'joint-refused.jws',
      'long',
      '--format',
      format,
    ]),
    ['record.json', '--format', HOSTILE],
    [`${HOSTILE}*`],
  ],
  explain: () => [[HOSTILE], ['unit', HOSTILE], ['unit', HOSTILE, '--format', 'json'], [HOSTILE, '--format', 'json']],
  certificate: () => [
    ['record-hostile.json', '--out', HOSTILE],
    [FILE, '--out', 'x.html'],
    ['record.json', '--out', 'x.pdf', '--font', FILE],
    ['record.json', '--out', 'x.html', '--label', HOSTILE],
    ['record.json', '--out', 'x.html', '--language', HOSTILE],
  ],
  ledger: () => [
    [HOSTILE],
    ['check', FILE],
    ['check', 'ledger-hostile.csv', '--full'],
    ['import', 'ledger-hostile.csv', '--format', 'csv'],
    ['import', 'ledger-hostile.csv'],
    ['due', 'ledger-hostile.csv', '--full'],
    ['match', 'ledger-hostile.csv', '--trust', 'trust-list.json', '--region', '50', '--certificates', 'record-hostile.jws'],
    [
      'match',
      'ledger-hostile.csv',
      '--trust',
      'trust.json',
      '--region',
      '50',
      '--certificates',
      'record-hostile.jws',
      '--certificates',
      'record.jws',
    ],
    ['export', 'ledger-hostile.csv', '--as', 'application'],
    ['export', 'ledger-hostile.csv', '--as', HOSTILE],
    ...bad('draft').map((file) => ['due', 'ledger-hostile.csv', '--holidays', file]),
    ...bad('draft').map((file) => ['check', 'ledger-hostile.csv', '--mapping', file]),
  ],
  label: () => [
    [FILE, '--node', 'http://127.0.0.1:9'],
    ['record.jws', '--node', HOSTILE],
    ['record.jws', '--node', 'http://127.0.0.1:9', '--out', HOSTILE],
    ['record.jws', '--node', 'http://127.0.0.1:9', '--size', HOSTILE],
  ],
  catalogue: () => [
    [HOSTILE],
    ['show', '--catalogue', FILE, '--trust', 'trust.json'],
    ['sign', '--from', FILE, '--catalogue', HOSTILE, '--trust', 'trust.json', '--key', 'CD.key'],
  ],
  joint: () => [
    [HOSTILE],
    ['show', FILE, '--trust', 'trust.json'],
    ...bad('trust').map((file) => ['show', FILE, '--trust', file]),
    ['sign', FILE, '--iss', HOSTILE, '--key', 'CD.key'],
    ['find', FILE, '--can', HOSTILE, '--trust', 'trust.json'],
    ['find', FILE, '--can', '转矩', '--range', HOSTILE, '--trust', 'trust.json'],
    ['find', FILE, '--can', '转矩', '--uncertainty', HOSTILE, '--trust', 'trust.json'],
    ['members', FILE, '--number', HOSTILE, '--trust', 'trust.json'],
    ['standards', FILE, '--record', FILE, '--trust', 'trust.json'],
    ...['trust.json', 'trust-long.json'].flatMap((trust) => [
      ['show', 'long', 'joint-refused.jws', '--trust', trust],
      ['show', 'long', 'joint-refused.jws', '--trust', trust, '--format', 'json'],
      ['show', 'joint-refused.jws', '--trust', trust, '--format', 'html'],
      ['find', 'long', 'joint-refused.jws', '--can', '转矩', '--trust', trust],
      ['find', 'long', '--can', '转矩', '--trust', trust, '--format', 'json'],
      ['members', 'long', '--number', jointFixtures.engineAlliance.number, '--trust', trust],
    ]),
  ],
  supervise: () => [
    [HOSTILE],
    ['draw', HOSTILE],
    ...bad('key').map((file) => ['task', 'task.json', '--iss', iss, '--key', file]),
    ...bad('draft').map((file) => ['measure', file, '--iss', iss, '--key', 'CD.key']),
    ['task', 'task.json', '--iss', HOSTILE, '--key', 'CD.key'],
    ['close', 'task.json', '--iss', iss, '--key', 'CD.key'],
    ...bad('trust').map((file) => ['list', 'task.jws', '--trust', file]),
    ['list', 'finding-hostile.jws', 'record-hostile.jws', '--trust', 'trust.json'],
    ['list', 'finding-hostile.jws', '--trust', 'trust.json', '--format', 'json'],
    ['list', 'finding-hostile.jws', '--trust', 'trust.json', '--format', 'csv', '--out', 'new-table.csv'],
    ['draw', 'show', 'task.jws', '--trust', 'trust.json', '--task', HOSTILE],
    ['draw', 'show', 'long', '--trust', 'trust-long.json'],
    ['draw', 'show', 'long', '--trust', 'trust-long.json', '--format', 'json'],
    ['list', 'long', 'finding-hostile.jws', '--trust', 'trust-long.json'],
    ['draw', 'show', 'task.jws', '--trust', 'trust.json', '--population', 'ledger-hostile.csv'],
    ['draw', 'reveal', 'task.jws', '--trust', 'trust.json', '--iss', iss, '--key', 'CD.key', '--nonce', 'ledger-hostile.csv'],
    [
      'draw',
      'commit',
      'task.jws',
      '--trust',
      'trust.json',
      '--iss',
      iss,
      '--key',
      'CD.key',
      '--population',
      'ledger-hostile.csv',
      '--nonce',
      'new.nonce',
    ],
  ],
  round: () => [
    [HOSTILE],
    ['open', FILE, '--iss', HOSTILE, '--key', 'CD.key'],
    ...bad('key').map((file) => ['open', FILE, '--iss', iss, '--key', file]),
    ...bad('trust').map((file) => ['show', FILE, '--trust', file]),
    ['show', 'protocol.jws', '--trust', 'trust.json', '--round', HOSTILE],
    ['show', 'protocol.jws', '--trust', 'trust.json', '--at', '2025-03-01T09:00:00+08:00'],
    ['show', 'protocol.jws', '--trust', 'trust.json', '--format', 'json'],
    ['show', 'long', '--trust', 'trust-long.json'],
    ['enrol', 'protocol.jws', '--trust', 'trust.json', '--iss', HOSTILE, '--key', 'CD.key'],
    ['enrol', 'protocol.jws', '--trust', 'trust.json', '--iss', iss, '--key', 'CD.key', '--code', HOSTILE],
    ...bad('draft').map((file) => [
      ...['commit', 'protocol.jws', '--trust', 'trust.json', '--iss', iss, '--key', 'CD.key'],
      ...['--result', file, '--secret', 'new.secret'],
    ]),
    ...bad('draft').map((file) => ['reveal', 'protocol.jws', '--trust', 'trust.json', '--iss', iss, '--key', 'CD.key', '--secret', file]),
    ['reveal', 'protocol.jws', '--trust', 'trust.json', '--sealing-key', 'CD.key', '--laboratory', HOSTILE],
    ['report', 'protocol.jws', '--trust', 'trust.json', '--record', FILE],
    ['close', 'protocol.jws', '--trust', 'trust.json', '--out', 'new-record.json'],
  ],
  specifications: () => [[HOSTILE], ['--find', HOSTILE, '--format', 'json'], ['--format', HOSTILE]],
  categories: () => [[HOSTILE], ['--find', HOSTILE], [HOSTILE, '--format', 'json'], ['--format', HOSTILE]],
  outbox: () => [[HOSTILE], ['list', '--outbox', FILE], ['drop', '--outbox', 'absent.db', HOSTILE]],
  trust: () => [
    ...bad('draft').map((file) => ['show', '--draft', file, '--trust', 'trust.json']),
    ...bad('trust').map((file) => ['show', '--trust', file]),
    [HOSTILE],
    ['add-entity', '--draft', 'd.json', '--trust', 'trust.json', '--iss', HOSTILE, '--uscc', HOSTILE, '--name', HOSTILE],
    ...bad('trust').map((file) => ['pull', '--node', 'http://127.0.0.1:9', '--trust', file]),
    ...bad('trust').map((file) => ['pin', '--list', file, '--trust', 'pinned.json']),
    ['pull', '--node', HOSTILE, '--trust', 'trust.json'],
    ['pin', '--list', 'trust.json', '--trust', 'pinned.json', '--iss', HOSTILE],
    ['pin', '--list', 'trust.json', '--trust', 'pinned.json', '--expect', HOSTILE],
  ],
  doctor: () => bad('config').map((file) => ['--config', file]),
  get: () => [
    ...bad('key').map((file) => ['A'.repeat(43), '--node', 'http://127.0.0.1:9', '--iss', iss, '--key', file]),
    [HOSTILE, '--node', HOSTILE, '--iss', HOSTILE, '--key', 'CD.key'],
  ],
  find: () => [
    ...bad('trust').map((file) => ['--number', HOSTILE, '--node', 'http://127.0.0.1:9', '--iss', iss, '--key', 'CD.key', '--trust', file]),
    ['--node', HOSTILE],
    ['--can', HOSTILE, '--node', HOSTILE, '--trust', 'trust.json'],
    ...bad('trust').map((file) => ['--can', '转矩', '--node', 'http://127.0.0.1:9', '--trust', file]),
  ],
  agreement: () => [
    ...bad('agreement').map((file) => ['show', file, '--trust', 'trust.json']),
    [HOSTILE],
    ['sign', FILE, '--key', 'CD.key'],
  ],
  status: () => [
    ...bad('list').map((file) => ['show', file]),
    [HOSTILE],
    ['create', '--uri', HOSTILE, '--iss', HOSTILE, '--key', 'CD.key', '--out', 'l.jws'],
  ],
  init: () => [
    ['--folder', FILE, '--authority', HOSTILE, '--name', HOSTILE, '--region', HOSTILE, '--url', HOSTILE],
    ['--folder', 'f', '--trust', FILE],
  ],
  serve: () => [...bad('config'), 'config-value.json', 'config-database.json'].map((file) => ['--config', file]),
  submit: () => [['record.jws', ...submitTo(HOSTILE)], ...bad('draft').map((file) => [file, ...submitTo('http://127.0.0.1:9')])],
  sync: () => [...bad('config'), 'config-value.json', 'config-database.json'].map((file) => ['--config', file]),
  log: () => [
    ...['show', 'audit', 'forks'].flatMap((action) => [...bad('config'), 'config-database.json'].map((file) => [action, '--config', file])),
    ...bad('fork').map((file) => ['prove-fork', file]),
    ['audit', '--files', HOSTILE, '--trust', 'trust.json'],
    ['audit', '--files', '.', '--path', HOSTILE, '--trust', 'trust.json'],
    ['audit', '--files', '.', '--log-key', HOSTILE],
    ['close', '--config', node.file, '--successor', HOSTILE, '--url', HOSTILE, '--id', HOSTILE, '--yes'],
    [HOSTILE],
  ],
  node: () => [
    ...bad('config').map((file) => ['readers', '--config', file]),
    ...bad('key').map((file) => ['admit-reader', '--config', node.file, '--key', file, '--name', 'x']),
    ['admit-reader', '--config', node.file, '--key', 'k.pub.json', '--name', HOSTILE, '--role', 'clerk', '--body', HOSTILE, '--yes'],
    ['revoke-reader', '--config', node.file, '--kid', HOSTILE],
    [HOSTILE],
  ],
  backup: () => [...bad('config'), 'config-database.json'].map((file) => ['--config', file, '--out', FILE]),
  restore: () => [...bad('config'), node.file].map((file) => ['--config', file, '--from', FILE, '--yes']),
  demo: () => [
    ['--lang', HOSTILE],
    ['--keep', FILE],
    ['round', '--folder', FILE],
  ],
}

function expectClean({ out, err }: { readonly out: string; readonly err: string }, argv: readonly string[]): void {
  for (const text of [out, err]) {
    expect(HIDDEN.exec(text)?.[0], `${JSON.stringify(argv)}\n${JSON.stringify(text)}`).toBeUndefined()
    expect(
      text.split('\n').filter((line) => line.startsWith('FORGED')),
      JSON.stringify(argv),
    ).toEqual([])
  }
}

describe('a hostile text', () => {
  it('is passed to every command', async () => {
    const { out } = await cli.run(['help', '--lang', 'en'])
    const names = [...out.matchAll(/^ {2}(\w+) /gm)].map(([, name]) => name)
    expect(Object.keys(WALKS).sort()).toEqual(names.sort())
  })

  it.each(Object.keys(WALKS))('in files, names, members and arguments of %s is printed escaped', async (command) => {
    for (const [at, rest] of (WALKS[command]?.() ?? []).entries()) {
      const argv = [command, ...rest, '--lang', at % 2 === 0 ? 'zh' : 'en']
      const ran = await cli.run(argv)
      expectClean(ran, argv)
      expect(ran.out + ran.err, JSON.stringify(argv)).not.toBe('')
    }
  })

  it('in the name of a command or an option is printed escaped', async () => {
    for (const argv of [[HOSTILE], ['verify', `--${HOSTILE}`], ['verify', `--${HOSTILE}=1`], ['check', '--lang', HOSTILE]])
      expectClean(await cli.run(argv), argv)
  })

  const problem = {
    type: `https://x/${TEXT}`,
    title: TEXT,
    status: 403,
    detail: TEXT,
    code: TEXT,
    text: { zh: TEXT, en: TEXT },
    advice: { zh: TEXT, en: TEXT },
    instance: TEXT,
    requestId: TEXT,
  }
  const LIES: readonly (readonly [string, typeof answers])[] = [
    ['a text', () => ({ status: 200, type: 'text/plain', body: TEXT })],
    [
      'JSON',
      () => ({
        status: 200,
        type: 'application/json',
        body: JSON.stringify({ [TEXT]: TEXT, items: [{ name: TEXT, iss: TEXT, version: 1, signed: [TEXT] }] }),
      }),
    ],
    ['a problem', () => ({ status: 403, type: 'application/problem+json', body: JSON.stringify(problem) })],
    ['another status', () => ({ status: 418, type: 'text/html', body: `<h1>${TEXT}</h1>` })],
    ['a checkpoint', () => ({ status: 200, type: 'text/plain', body: `node-50.example/${TEXT}\n5\nAAAA\n\n— ${TEXT} AAAA\n` })],
    ['a receipt', () => ({ status: 201, type: 'application/jose', body: `a.${TEXT}.c` })],
  ]
  it('in a directory of a node is printed escaped, genuine or not', async () => {
    const statements = await Promise.all(
      ['long/capability.jws', 'joint-refused.jws'].map((name) => readFile(join(cli.folder, name), 'utf8')),
    )
    const items = [...statements.map((text) => text.trim()), TEXT].map((statement, position) => ({
      statementId: 'A'.repeat(43),
      receivedAt: NOW,
      receipt: TEXT,
      statement,
      iss,
      jti: TEXT,
      decision: 'accepted',
      position,
    }))
    answers = (path) =>
      path.startsWith('/v1/directory')
        ? { status: 200, type: 'application/json', body: JSON.stringify({ items }) }
        : { status: 404, type: 'text/plain', body: TEXT }
    const url = `http://127.0.0.1:${(lying.address() as AddressInfo).port}`
    for (const lang of ['zh', 'en'])
      for (const format of ['text', 'json']) {
        const argv = ['find', '--can', '转矩', '--node', url, '--trust', 'trust-long.json', '--format', format, '--lang', lang]
        const ran = await cli.run(argv)
        expectClean(ran, argv)
        expect([ran.code, ran.out.includes('转矩')], ran.err).toEqual([1, true])
      }
  })

  it.each(LIES)('in %s from a node is printed escaped', async (_, lie) => {
    answers = lie
    const url = `http://127.0.0.1:${(lying.address() as AddressInfo).port}`
    for (const format of ['text', 'json'])
      for (const argv of [
        ['submit', 'record.jws', ...submitTo(url), '--format', format],
        ['trust', 'pull', '--node', url, '--trust', 'trust.json'],
        ['get', 'A'.repeat(43), '--node', url, '--iss', iss, '--key', 'CD.key', '--trust', 'trust.json', '--format', format],
        ['find', '--number', 'x', '--node', url, '--iss', iss, '--key', 'CD.key', '--format', format],
        ['find', '--can', '转矩', '--node', url, '--trust', 'trust-long.json', '--format', format],
        ['joint', 'pull', 'x', '--node', url, '--node-id', 'liar', '--iss', iss, '--key', 'CD.key', '--out', 'pulled'],
        ['doctor', '--config', node.file, '--format', format],
        ['trust', 'pin', '--node', url, '--trust', 'pinned.json'],
        [
          'submit',
          'record.jws',
          ...submitTo(url),
          '--outbox',
          `${format}.outbox`,
          '--trust',
          'trust.json',
          '--patience',
          '0',
          '--format',
          format,
        ],
        ['sync', '--config', node.file, '--format', format],
      ]) {
        const ran = await cli.run(argv)
        expectClean(ran, argv)
        expect(ran.code, JSON.stringify(argv)).not.toBe(0)
      }
  })

  it('cannot colour a terminal, while our own colours can', async () => {
    const stream = () => Object.assign(new PassThrough(), { isTTY: true })
    const [stdout, stderr] = [stream(), stream()]
    const terminal = createTerminal({ stdin: stream(), stdout, stderr, env: {} }, Date.now)
    const quoted = `${terminal.paint('', 'fail')}\u001b[1;32mrecognised\u001b[0m\ufdd0`
    terminal.print(`${terminal.paint('a', 'pass')}${quoted}`)
    terminal.warn(HOSTILE)
    terminal.progress(HOSTILE)
    await terminal.write(`${HOSTILE}\n`)
    terminal.printLines(`one\ntwo${HOSTILE.replace('\n', '')}`)
    const [out, err] = [String(stdout.read()), String(stderr.read())]
    expect(out).toContain('\u001b[32ma\u001b[0m')
    expect(out).toContain('\\u001b[1;32mrecognised\\u001b[0m')
    const ours = /\u001b\[(?:32|31|0)m|\r\u001b\[K/g
    expect(HIDDEN.exec((out + err).replace(ours, ''))).toBeNull()
    expect(out.split('\n')[0]).not.toContain('\u001b[1;32m')
  })

  it('in an unexpected error of the runtime is printed escaped', async () => {
    const { main } = await import('../../src/cli/main.js')
    const [stdout, stderr] = [new PassThrough(), new PassThrough()]
    const terminal = createTerminal({ stdin: new PassThrough(), stdout, stderr, env: {} }, Date.now)
    const failing = new Proxy(terminal, {
      get: (on, name) =>
        name === 'printLines'
          ? () => {
              throw new Error(HOSTILE)
            }
          : Reflect.get(on, name),
    })
    expect(await main(['help'], failing)).toBe(2)
    const err = String(stderr.read())
    expect(err).toMatch(/^Error: x\\u001b/)
    expectClean({ out: '', err }, ['help'])
  })
})
