// Why this exists: a file that one command writes is a file that another reads, whatever an editor changed at its ends, and no file of many
// statements ever gets one false verdict. Every command that reads statements is held to the same files.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { coSign } from 'tongheng/envelope'
import { createFakeAuthorities, type FakeAuthorities, fixtures, send } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cli, openCli } from './run.js'

let cli: Cli
let world: FakeAuthorities
let statement: string
let other: string
const judge = ['--trust', 'trust.json', '--region', '50']
const codeIn = (err: string): string | undefined => /\[([a-z]+\.[a-z0-9-]+)\]/.exec(err)?.[1]

beforeAll(async () => {
  cli = await openCli()
  world = await createFakeAuthorities({ witnessKeys: true, algorithms: ['ES256', 'SGD_SM3_SM2'] })
  await cli.write('trust.json', { anchors: world.anchors, trustLists: world.trustLists, agreements: [world.signedAgreement] })
  await cli.write('f01.json', fixtures.F01.record)
  statement = await send(world, fixtures.F01)
  other = await world.sign('CD', { ...fixtures.F01.record, certificateNo: '川检证2025-2' } as typeof fixtures.F01.record)
})
afterAll(() => cli.close())

describe('a file of one statement', () => {
  it('gets the same verdict from every command, whatever blanks surround it', async () => {
    for (const content of [statement, `${statement}\n\n`, `${statement} \n`, `${statement}\r\n`, `\n${statement}`]) {
      await cli.write('one.jws', content)
      const runs = await Promise.all([
        cli.run(['verify', 'one.jws', ...judge]),
        cli.run(['standing', 'one.jws', ...judge]),
        cli.run(['check', 'one.jws']),
      ])
      expect(runs.map(({ code, err }) => [code, err])).toEqual([
        [0, ''],
        [0, ''],
        [0, ''],
      ])
    }
  })

  it('with two signatures is one statement for every command', async () => {
    const national = await coSign(statement, { typ: 'metrology-record+jwt', signer: world.signer('CD', 'SGD_SM3_SM2') })
    await cli.write('two.jws', `${statement}\n${national}\n`)
    const verified = await cli.run(['verify', 'two.jws', ...judge, '--format', 'json'])
    expect(JSON.parse(verified.out)).toMatchObject([{ file: 'two.jws', outcome: 'recognised' }])
    const checked = await cli.run(['check', 'two.jws', '--format', 'json'])
    expect([checked.code, JSON.parse(checked.out).records.length]).toEqual([0, 1])
    expect((await cli.run(['standing', 'two.jws', ...judge])).code).toBe(0)
  })

  it('with a byte order mark is read; in another encoding it is named, and not judged', async () => {
    await cli.write('bom.jws', `\ufeff${statement}\r\n`)
    await cli.write('bom.ndjson', `\ufeff${statement}\r\n${other}\r\n`)
    for (const file of ['bom.jws', 'bom.ndjson'])
      for (const args of [
        ['verify', file, ...judge],
        ['standing', file, ...judge],
        ['check', file],
      ]) {
        const { code, err } = await cli.run(args)
        expect([code, err], args.join(' ')).toEqual([0, ''])
      }
    await writeFile(join(cli.folder, 'wide.jws'), Buffer.from(`\ufeff${statement}`, 'utf16le'))
    await cli.write('joined.jws', `${statement}\n\ufeff${other}\n`)
    for (const [file, expected] of [
      ['wide.jws', 'content.utf-16'],
      ['joined.jws', 'content.byte-order-mark'],
    ] as const)
      for (const command of ['verify', 'standing']) {
        const { code, out, err } = await cli.run([command, file, ...judge])
        expect([code, out, codeIn(err)]).toEqual([2, '', expected])
      }
    await cli.write('bom.json', `\ufeff${JSON.stringify(fixtures.F01.record)}`)
    expect((await cli.run(['check', 'bom.json'])).out).toContain('json.byte-order-mark')
  })
})

describe('a file of several statements', () => {
  it('gets a verdict for each, with its line; a damaged one does not affect the others', async () => {
    await cli.write('batch.ndjson', `${statement}\n\n${statement.slice(0, -8)}AAAAAAAA\n${other}\n`)
    const { code, out } = await cli.run(['verify', 'batch.ndjson', ...judge, '--format', 'json'])
    expect(code).toBe(1)
    // The second line is an invalid signature over the content of the first.
    expect(JSON.parse(out).map(({ file, outcome }: { file: string; outcome: string }) => [file, outcome])).toEqual([
      ['batch.ndjson:1', 'not-recognised'],
      ['batch.ndjson:4', 'recognised'],
    ])
    await cli.write('batch.jws', `${statement}\n${other}\n`)
    const [verified, checked, bundled] = await Promise.all([
      cli.run(['verify', 'batch.jws', ...judge]),
      cli.run(['check', 'batch.jws', '--format', 'json']),
      cli.run(['verify', 'batch.jws', ...judge, '--bundle', 'bundle.json']),
    ])
    expect([verified.code, verified.out.match(/^batch\.jws:[12]$/gm)]).toEqual([0, ['batch.jws:1', 'batch.jws:2']])
    expect(JSON.parse(checked.out).records.map(({ line }: { line: number }) => line)).toEqual([1, 2])
    expect([bundled.code, codeIn(bundled.err)]).toEqual([2, 'evidence.one-file'])
  })

  it('with a line that is no statement is reported with that line, and the exit code is 2', async () => {
    await cli.write('mixed.jws', `${statement}\nDear colleague,\n${other}\n`)
    const runs = await Promise.all(['verify', 'standing'].map((command) => cli.run([command, 'mixed.jws', ...judge])))
    for (const { code, err } of runs) expect([code, err.includes('mixed.jws 第 2 行'), codeIn(err)]).toEqual([2, true, 'content.line'])
  })
})

describe('a file of another kind', () => {
  it('is named with the command that reads it, and never judged', async () => {
    expect((await cli.run(['verify', '-', ...judge, '--bundle', 'evidence.json'], { input: statement })).code).toBe(0)
    expect((await cli.run(['keygen', '--out', 'k.json'])).code).toBe(0)
    await cli.write('s.jws', statement)
    await writeFile(join(cli.folder, 'c.pdf'), '%PDF-1.7\n')
    const cases: [string[], string][] = [
      [['verify', 'f01.json', ...judge], 'content.record'],
      [['verify', 'evidence.json', ...judge], 'content.evidence'],
      [['verify', 'trust.json', ...judge], 'content.trust-file'],
      [['verify', 'k.json', ...judge], 'content.key'],
      [['verify', 'c.pdf', ...judge], 'certificate.pdf'],
      [['standing', 'c.pdf', ...judge], 'content.pdf'],
      [['standing', 'f01.json', ...judge], 'content.record'],
      [['verify', 's.jws', '--trust', 'evidence.json', '--region', '50'], 'content.evidence'],
      [['verify', 's.jws', '--trust', 's.jws', '--region', '50'], 'content.signed-record'],
      [['sign', 's.jws', '--key', 'k.json'], 'content.signed-record'],
      [['sign', 'evidence.json', '--key', 'k.json'], 'content.evidence'],
      [['sign', 'f01.json', '--key', 'trust.json'], 'content.trust-file'],
      [['replay', 's.jws'], 'content.signed-record'],
      [['replay', 'f01.json'], 'content.record'],
      [['status', 'revoke', 'f01.json', '--reason', 'x', '--notice', 'n.jws', '--key', 'k.json'], 'content.record'],
    ]
    for (const [args, code] of cases) {
      const ran = await cli.run(args)
      expect([ran.code, ran.out, codeIn(ran.err)], args.join(' ')).toEqual([2, '', code])
    }
  })
})

describe('a file with one record a line', () => {
  it('is read under any name, from pipes too, and a record over several lines is one record', async () => {
    const line = JSON.stringify(fixtures.F01.record)
    await cli.write('lines.json', `${line}\r\n${line}\n`)
    await cli.write('pretty.json', `\n\n${JSON.stringify(fixtures.F01.record, null, 2)}\n`)
    const lines = await cli.run(['check', 'lines.json', '--format', 'json'])
    expect([lines.code, JSON.parse(lines.out).records.length]).toEqual([0, 2])
    const one = await cli.run(['check', 'pretty.json', '--format', 'json'])
    expect([one.code, JSON.parse(one.out).records.length]).toEqual([0, 1])
    expect((await readFile(join(cli.folder, 'lines.json'), 'utf8')).split('\n')).toHaveLength(3)
  })
})

describe('a file in the place of a JSON file', () => {
  const pem = '-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n'

  it('of another kind is named, and the advice is what is expected there', async () => {
    await writeFile(join(cli.folder, 'k.pem'), pem)
    await writeFile(join(cli.folder, 'book.xlsx'), 'PK\x03\x04')
    await writeFile(join(cli.folder, 'page.html'), '<html></html>')
    for (const [file, expected] of [
      ['k.pem', 'content.pem'],
      ['book.xlsx', 'content.archive'],
      ['page.html', 'content.xml'],
    ] as const)
      for (const args of [
        ['sign', file, '--key', 'k.json'],
        ['verify', 'one.jws', '--trust', file, '--region', '50'],
      ]) {
        const { code, err } = await cli.run(args)
        expect([code, codeIn(err), err.split('\n')[1]], args.join(' ')).toEqual([2, expected, '  此处应为 JSON 文件'])
      }
    // The same file in the place of a statement is answered with how to get one.
    expect((await cli.run(['verify', 'k.pem', ...judge])).err).toContain('请给出 tongheng sign 写出的签名记录')
  })

  it('as a key is told who writes key files', async () => {
    await writeFile(join(cli.folder, 'k.pem'), pem)
    const { code, err } = await cli.run(['sign', 'f01.json', '--key', 'k.pem'])
    expect([code, codeIn(err)]).toEqual([2, 'cli.key-file'])
    expect(err).toContain('私钥文件由 tongheng keygen 写出')
  })

  it('of another kind is named, with the kind that is expected in its place', async () => {
    const trust = await cli.run(['verify', 'one.jws', '--trust', 'f01.json', '--region', '50'])
    expect([trust.code, codeIn(trust.err), trust.err.split('\n')[1]]).toEqual([2, 'content.record', '  此处应为信任文件'])
    const key = await cli.run(['sign', 'f01.json', '--key', 'trust.json', '--lang', 'en'])
    expect([codeIn(key.err), key.err.split('\n')[1]]).toEqual(['content.trust-file', '  A key file (JWK) is expected here'])
  })

  it('with a byte order mark, or in GBK, is told how to save it', async () => {
    await cli.write('bom-trust.json', `\ufeff${JSON.stringify({ anchors: [] })}`)
    const { code, err } = await cli.run(['verify', 'one.jws', '--trust', 'bom-trust.json', '--region', '50'])
    expect([code, codeIn(err), err.split('\n')[1]]).toEqual([2, 'cli.json', '  请另存为“UTF-8（无 BOM）”'])
    await writeFile(join(cli.folder, 'gbk.json'), Buffer.from([...Buffer.from('{"name":"'), 0xb4, 0xa8, ...Buffer.from('"}')]))
    const gbk = await cli.run(['sign', 'gbk.json', '--key', 'k.json'])
    expect([gbk.code, codeIn(gbk.err), gbk.err.split('\n')[1]]).toEqual([2, 'cli.json', '  请另存为 UTF-8；GBK 等编码不能用'])
    expect(gbk.err.split('\n')[0]).toBe('错误：gbk.json：不是合法的 UTF-8 [cli.json]')
  })
})
