// Why this exists: an outbox drops nothing by itself, so a person must be able to see its entries and to remove one.
import { createHash } from 'node:crypto'
import { chmod, mkdir } from 'node:fs/promises'
import { createOutbox } from 'tongheng/client'
import { createSqliteQueue } from 'tongheng/stores/sqlite'
import { createFakeAuthorities, fixtures, organisation, send } from 'tongheng/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { json } from './node-files.js'
import { type Cli, openCli } from './run.js'

let cli: Cli
const run = (action: string, ...args: string[]) => cli.run(['outbox', action, '--outbox', 'out.db', '--lang', 'en', ...args])

beforeAll(async () => {
  cli = await openCli()
  const authorities = await createFakeAuthorities({ witnessKeys: true })
  const queue = await createSqliteQueue({ file: `${cli.folder}/out.db` })
  const { trust } = authorities
  const box = createOutbox({ client: { records: { submitMany: () => never() } }, queue, trust, receiver: organisation('SC-AMR').uscc })
  await box.add([await send(authorities, fixtures.F01), await send(authorities, fixtures.F02), 'no statement'])
  await queue.close()
})
afterAll(() => cli.close())

async function* never(): AsyncGenerator<never> {}

it('outbox lists pending entries with their names, and removes the named ones after a yes, all or none', async () => {
  const listed = await run('list', '--format', 'json')
  const items = json(listed.out) as { id: string; statementId?: string; iss?: string; statement: string }[]
  expect([listed.code, items.map(({ iss }) => iss !== undefined)]).toEqual([1, [true, true, false]])
  expect(items[2]).not.toHaveProperty('statementId')
  expect(items[0]?.statementId).toMatch(/^[\w-]{43}$/)
  const [first, second, third] = items.map(({ id }) => id) as [string, string, string]

  for (const [args, code] of [
    [['--yes', '--', first, 'elsewhere'], 'cli.outbox-unknown'],
    [['--', first], 'cli.confirm-needed'],
    [['--yes'], 'cli.outbox-ids'],
  ] as const)
    expect(await run('drop', ...args), code).toMatchObject({ code: 2, err: expect.stringContaining(`[${code}]`) })
  expect((await run('list')).out).toContain('3 waiting')

  // An id may begin with a hyphen, so the ids follow `--`.
  const dropped = await run('drop', '--yes', '--', first, third)
  expect([dropped.code, dropped.out]).toEqual([0, expect.stringContaining('2 removed')])
  expect(json((await run('list', '--format', 'json')).out).map(({ id }) => id)).toEqual([second])
  await run('drop', '--yes', '--', second)
  expect(await run('list')).toMatchObject({ code: 0, out: '0 waiting\n' })
})

it('outbox creates no file where there is none, and lists its actions', async () => {
  const gone = await cli.run(['outbox', 'list', '--outbox', 'gone.db'])
  expect([gone.code, gone.err]).toEqual([2, expect.stringContaining('ENOENT')])
  expect((await cli.run(['outbox', 'list', '--outbox', 'gone.db'])).code).toBe(2)
  expect(await run('empty')).toMatchObject({ code: 2, err: expect.stringContaining('[cli.action-unknown]') })
})

it('outbox drops an entry whose id begins with a hyphen, as one in 64 does, before and after the options', async () => {
  const idOf = (text: string): string => createHash('sha256').update(text).digest('base64url')
  const texts = Array.from({ length: 2000 }, (_, n) => `no statement ${n}`).filter((text) => idOf(text).startsWith('-'))
  const ids = texts.map(idOf).slice(0, 2) as [string, string]
  const queue = await createSqliteQueue({ file: `${cli.folder}/hyphen.db` })
  await queue.add(texts.slice(0, 2).map((statement) => ({ id: idOf(statement), statement })))
  await queue.close()
  const drop = (...args: string[]) => cli.run(['outbox', 'drop', '--outbox', 'hyphen.db', '--lang', 'en', ...args])
  expect(await drop(ids[0], '--yes')).toMatchObject({ code: 0, out: expect.stringContaining('1 removed') })
  expect(await drop('--yes', ids[1])).toMatchObject({ code: 0, out: expect.stringContaining('1 removed') })
  // An argument that is not a digest is still an unknown option.
  expect(await drop('-yes')).toMatchObject({ code: 2, err: expect.stringContaining('[cli.option-unknown]') })
})

it('submit through an outbox tells again what was not accepted before, and is silent about what was', async () => {
  const world = await createFakeAuthorities({ witnessKeys: true })
  const { anchors, trustLists, signedAgreement } = world
  await cli.write('trust.json', { anchors, trustLists, agreements: [signedAgreement] })
  await cli.write('CD.key', world.keys.get('CD')?.privateJwk ?? {})
  await chmod(`${cli.folder}/CD.key`, 0o600)
  const [good, bad] = [await send(world, fixtures.F01), await send(world, fixtures.F02)]
  await cli.write('good.jws', `${good}\n`)
  await cli.write('both.ndjson', `${good}\n${bad}\n`)
  const idOf = (text: string): string => createHash('sha256').update(text).digest('base64url')
  const queue = await createSqliteQueue({ file: `${cli.folder}/again.db` })
  await queue.add([good, bad].map((statement) => ({ id: idOf(statement), statement })))
  await queue.settle([
    { id: idOf(good), outcome: 'accepted', receipt: 'x' },
    { id: idOf(bad), outcome: 'refused', code: 'record.refused' },
  ])
  await queue.close()
  // Nothing is queued, so that no node is asked.
  const as = ['--node', 'http://127.0.0.1:9', '--iss', organisation('CD').uscc, '--key', 'CD.key', '--trust', 'trust.json']
  const submit = (file: string, outbox: string) => cli.run(['submit', file, '--outbox', outbox, ...as, '--patience', '0', '--lang', 'en'])
  expect(await submit('good.jws', 'again.db')).toMatchObject({ code: 0, out: '', err: '' })
  const both = await submit('both.ndjson', 'again.db')
  expect([both.code, both.err]).toEqual([1, ''])
  expect(both.out).toMatch(/^[\w-]{43} {2}record\.refused\n1 statements: 0 accepted, 0 rejected, 0 pending, 1 refused /)
})

it('a file that is no outbox is named, for a folder and a text too', async () => {
  await mkdir(`${cli.folder}/shelf`)
  await cli.write('letter.db', 'a letter '.repeat(200))
  for (const [file, words] of [
    ['shelf', 'is a folder (EISDIR)'],
    ['letter.db', 'is no SQLite database (NOTADB)'],
  ] as const) {
    expect((await cli.run(['outbox', 'list', '--outbox', file, '--lang', 'en'])).err).toBe(`Error: The file ${file} ${words} [cli.file]\n`)
  }
})
