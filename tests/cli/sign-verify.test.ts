// Why this exists: from a key to a signed record to a verdict, with files only, is how an institute without a programmer works.
import { createHash } from 'node:crypto'
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generateKey, parseStatement, thumbprint } from 'tongheng/envelope'
import type { VerificationRecord } from 'tongheng/records'
import {
  createFakeAuthorities,
  type FakeAuthorities,
  faultyRecords,
  fixtures,
  negatives,
  publications,
  send,
  sendOnTheWay,
} from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cli, openCli } from './run.js'

let cli: Cli
let authorities: FakeAuthorities

const text = (name: string): Promise<string> => readFile(join(cli.folder, name), 'utf8')
const modeOf = async (name: string): Promise<number> => (await stat(join(cli.folder, name))).mode & 0o777
const writeKey = async (name: string, key: object): Promise<string> => {
  await cli.write(name, key)
  await chmod(join(cli.folder, name), 0o600)
  return name
}
const named = (id: string) => {
  const found = [...negatives, ...faultyRecords].find((fixture) => fixture.id === id)
  if (found === undefined) throw new Error(`${id} is gone`)
  return found
}

beforeAll(async () => {
  cli = await openCli()
  authorities = await createFakeAuthorities({ witnessKeys: true })
  const { anchors, trustLists, signedAgreement } = authorities
  const specifications = await Promise.all([...publications, fixtures.F10, fixtures.F11].map((fixture) => send(authorities, fixture)))
  await cli.write('trust.json', { anchors, trustLists, agreements: [signedAgreement], specifications })
  await writeKey('cd.key', authorities.keys.get('CD')?.privateJwk ?? {})
  await writeKey('cq.key', authorities.keys.get('CQ-INST')?.privateJwk ?? {})
  await cli.write('f01.json', `${JSON.stringify(fixtures.F01.record, null, 2)}\n`)
  await cli.write('f13.json', fixtures.F13.record)
  await cli.write('n22.json', named('N22').record)
  await cli.write('f01.jws', `${await send(authorities, fixtures.F01)}\n`)
  await cli.write('n07.jws', await sendOnTheWay(authorities, named('N07')))
  await cli.write('n08.jws', await send(authorities, named('N08')))
})

afterAll(() => cli.close())

describe('keygen', () => {
  it('writes the private key for its owner alone, and prints the public one', async () => {
    const [{ code, out, err }, second] = await Promise.all([
      cli.run(['keygen', '--out', 'new.key']),
      cli.run(['keygen', '--out', 'ed.key', '--alg', 'Ed25519', '--format', 'json']),
    ])
    expect([code, err]).toEqual([0, ''])
    expect(await modeOf('new.key')).toBe(0o600)
    const { d, kid, alg, ...publicJwk } = JSON.parse(await text('new.key')) as Record<string, string>
    expect(d).toMatch(/^[\w-]{43}$/)
    expect([alg, kid]).toEqual(['ES256', await thumbprint(publicJwk as Parameters<typeof thumbprint>[0])])
    expect(out).toContain(`kid  ${kid}`)
    expect(JSON.parse(out.trimEnd().split('\n').at(-1) ?? '')).toEqual(publicJwk)
    expect(out).not.toContain('"d"')
    expect(out).not.toContain(d)

    expect([second.code, second.err]).toEqual([0, ''])
    const printed = JSON.parse(second.out) as Record<string, unknown>
    expect(printed).toEqual({
      file: 'ed.key',
      alg: 'Ed25519',
      kid: expect.any(String),
      publicJwk: { kty: 'OKP', crv: 'Ed25519', x: expect.any(String) },
    })
    expect(second.out).not.toContain('"d"')
  })

  it('never writes over a file', async () => {
    await cli.write('taken.key', 'mine')
    const { code, out, err } = await cli.run(['keygen', '--out', 'taken.key'])
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('EEXIST')
    expect(await text('taken.key')).toBe('mine')
  })

  it('writes no file if an option was wrong', async () => {
    const runs = await Promise.all([
      cli.run(['keygen', '--out', 'slip1.key', '--format', 'xml']),
      cli.run(['keygen', '--out', 'slip2.key', '--lang', 'fr']),
      cli.run(['keygen', '--out', 'slip3.key', '--alg', 'RS256']),
    ])
    expect(runs.map(({ code }) => code)).toEqual([2, 2, 2])
    for (const name of ['slip1.key', 'slip2.key', 'slip3.key']) await expect(stat(join(cli.folder, name))).rejects.toThrow('ENOENT')
  })

  it('makes keys that sign: its own file is a key file', async () => {
    await cli.run(['keygen', '--out', 'own.key'])
    const { code, out } = await cli.run(['sign', 'f01.json', '--key', 'own.key'])
    expect(code).toBe(0)
    const { kid } = JSON.parse(await text('own.key')) as { kid: string }
    expect(parseStatement(out.trimEnd(), 'metrology-record+jwt').kid).toBe(kid)
    await cli.write('own.jws', out)
    const verdict = await cli.run(['verify', 'own.jws', '--trust', 'trust.json', '--region', '50', '--lang', 'en'])
    expect([verdict.code, verdict.out.startsWith('Not recognised')]).toEqual([1, true])
  })
})

describe('sign', () => {
  it('writes a statement that verify recognises, through files and through pipes', async () => {
    const [toFile, toPipe] = await Promise.all([
      cli.run(['sign', 'f01.json', '--key', 'cd.key', '--out', 'signed.jws', '--at', '2025-03-12T17:00:00+08:00']),
      cli.run(['sign', '--key', 'cd.key'], { input: await text('f01.json') }),
    ])
    expect(toFile).toEqual({ code: 0, out: '', err: expect.stringMatching(/^未写状态引用.*\n$/) })
    expect([toPipe.code, toPipe.err]).toEqual([0, toFile.err])
    expect(toPipe.out).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)
    const ask = ['verify', '--trust', 'trust.json', '--region', '50']
    const verdicts = await Promise.all([
      cli.run([...ask, 'signed.jws']),
      cli.run(ask, { input: toPipe.out }),
      cli.run([...ask, '-'], { input: toPipe.out.trimEnd() }),
    ])
    for (const { code, out, err } of verdicts) {
      expect([code, err]).toEqual([0, ''])
      expect(out).toMatch(/^予以互认/)
    }
  })

  it('uses the given name and the given predecessor', async () => {
    const jti = '01JQ0000000000000000000001'
    const supersedes = 'A'.repeat(43)
    const runs = await Promise.all(
      [1, 2].map(() =>
        cli.run(['sign', 'f01.json', '--key', 'cd.key', '--jti', jti, '--supersedes', supersedes, '--at', '2025-03-12T17:00:00+08:00']),
      ),
    )
    const [first, second] = runs.map(({ out }) => parseStatement(out.trimEnd(), 'metrology-record+jwt'))
    expect(first?.id).toBe(second?.id)
    const claims = JSON.parse(Buffer.from(first?.payload ?? []).toString()) as object
    expect(claims).toMatchObject({ jti, supersedes, iat: Date.parse('2025-03-12T17:00:00+08:00') / 1000 })
  })

  it('reports what does not conform, and still signs: the clerk may know better', async () => {
    const { code, out, err } = await cli.run(['sign', 'n22.json', '--key', 'cd.key', '--lang', 'en'])
    expect(code).toBe(0)
    expect(out).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)
    expect(err).toMatch(/^verdict\.outside-limits \/results\/0\/\S* \S/m)
  })

  it('does not sign a text without the shape of a record, and names the member', async () => {
    const { certificateNo: _, ...rest } = fixtures.F01.record as { certificateNo: string }
    await cli.write('shapeless.json', { ...rest, outcome: 'maybe' })
    const { code, out, err } = await cli.run(['sign', 'shapeless.json', '--key', 'cd.key', '--lang', 'en'])
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('[record.invalid]')
    expect(err).toContain('Certificate number: “certificateNo” is missing [/certificateNo] shape.missing')
    expect(err).toMatch(/Conclusion: .*\[\/outcome\] shape\.value/)
  })

  it('warns of a key file that others can read, and continues', async () => {
    await cli.write('open.key', authorities.keys.get('CD')?.privateJwk ?? {})
    await chmod(join(cli.folder, 'open.key'), 0o644)
    const { code, out, err } = await cli.run(['sign', 'f01.json', '--key', 'open.key', '--lang', 'en'])
    expect([code, out.length > 100]).toEqual([0, true])
    expect(err).toMatch(/^Note: others can read the private key file open.key; chmod 600 it\nNo status reference: .*\n$/)
    expect(err).not.toContain(authorities.keys.get('CD')?.privateJwk.d)
  })

  it('reads a key file as WebCrypto exports it; EdDSA is Ed25519 there, and no algorithm of P-256', async () => {
    const { privateJwk } = await generateKey('Ed25519')
    const beside = { key_ops: ['sign'], ext: true, kid: 'mine' }
    await writeKey('exported.key', { ...privateJwk, ...beside, alg: 'EdDSA' })
    const { code, out } = await cli.run(['sign', 'f01.json', '--key', 'exported.key'])
    expect([code, JSON.parse(Buffer.from(out.split('.')[0] as string, 'base64url').toString()).alg]).toEqual([0, 'Ed25519'])
    for (const alg of ['EdDSA', 'Ed25519', 'HS256', 256]) {
      await writeKey('other.key', { ...authorities.keys.get('CD')?.privateJwk, alg })
      const refused = await cli.run(['sign', 'f01.json', '--key', 'other.key'])
      expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('[cli.key-file]')])
    }
  })

  it('does not sign by one key twice', async () => {
    const { code, out, err } = await cli.run(['sign', 'f01.json', '--key', 'cd.key', '--key', 'cd.key', '--lang', 'en'])
    expect([code, out, err]).toEqual([2, '', expect.stringContaining('[signer.twice]')])
  })

  it('does not show a key that is broken', async () => {
    await writeKey('broken.key', { ...authorities.keys.get('CD')?.privateJwk, extra: 1 })
    const { code, out, err } = await cli.run(['sign', 'f01.json', '--key', 'broken.key'])
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('[cli.key-file]')
    expect(err).not.toContain(authorities.keys.get('CD')?.privateJwk.d)
  })
})

describe('verify', () => {
  const ask = ['verify', '--trust', 'trust.json', '--region', '50']

  it('exits with 1 for an expired, altered or unknown statement, and prints the reason', async () => {
    const [expired, altered, unknown] = await Promise.all([
      cli.run([...ask, 'f01.jws', '--at', '2026-03-12T00:00:00+08:00']),
      cli.run([...ask, 'n07.jws']),
      cli.run([...ask, 'n08.jws', '--lang', 'en']),
    ])
    expect([expired.code, altered.code, unknown.code]).toEqual([1, 1, 1])
    expect(altered.out).toMatch(/^不予互认：.*签名/)
    expect(unknown.out).toMatch(/^Indeterminate: .*JJG 517-2024/)
    expect(expired.out).toMatch(/^(?:不予互认|无法判定)：/)
  })

  it('detects expiry on the given day, with lists that are current on that day', async () => {
    const fixture = named('N01')
    await cli.write('n01.jws', await send(authorities, fixture))
    const { code, out } = await cli.run([...ask, 'n01.jws', '--lang', 'en'])
    expect(code).toBe(1)
    expect(out).toMatch(/^Not recognised: .*2025-04-07/)
  })

  it('finds replaced records by --newer, from files and folders, and puts the newer ones into the evidence', async () => {
    await mkdir(join(cli.folder, 'newer'))
    const old = await authorities.sign('CD', fixtures.F01.record, { at: '2025-03-12T16:00:00+08:00' })
    const record = fixtures.F01.record as VerificationRecord
    const amendment = { replaces: record.certificateNo, reason: { zh: '更正' } }
    const newer = await authorities.sign('CD', { ...record, certificateNo: 'F01-B', amendment }, { at: '2025-03-12T17:00:00+08:00' })
    await cli.write('old.jws', old)
    await cli.write('newer/newer.jws', `${newer}\r\n`)
    await cli.write('newer/unsigned.json', fixtures.F01.record)
    const judged = [...ask, 'old.jws', '--at', '2025-03-13T00:00:00+08:00']
    const [alone, withFolder, withFile] = await Promise.all([
      cli.run(judged),
      cli.run([...judged, '--newer', 'newer', '--format', 'json']),
      cli.run([...judged, '--newer', 'f01.jws', '--newer', 'newer/newer.jws', '--bundle', 'old.evidence', '--lang', 'en']),
    ])
    expect([alone.code, withFolder.code, withFile.code]).toEqual([0, 1, 1])
    const [verdict] = JSON.parse(withFolder.out) as [{ checks: { id: string; code: string }[] }]
    expect(verdict.checks.find(({ id }) => id === 'status')?.code).toBe('status.superseded')
    expect(withFile.out).toMatch(/^Not recognised: .*superseded/)
    expect((await cli.run(['replay', 'old.evidence', '--trust', 'trust.json', '--lang', 'en'])).out).toMatch(/Not recognised: .*superseded/)
  })

  it('accepts only genuine records of the issuer from --newer', async () => {
    await mkdir(join(cli.folder, 'none'))
    const old = await authorities.sign('CD', fixtures.F01.record, { at: '2025-03-12T16:00:00+08:00' })
    const supersedes = createHash('sha256')
      .update(`metrology-record+jwt.${old.split('.')[1]}`)
      .digest('base64url')
    const foreign = await authorities.sign('YB', fixtures.F02.record, { at: '2025-03-12T17:00:00+08:00', supersedes })
    const own = await authorities.sign('CD', fixtures.F01.record, { at: '2025-03-12T17:00:00+08:00', supersedes })
    const [header, payload] = own.split('.') as [string, string]
    await cli.write('valid-old.jws', old)
    await cli.write('foreign.jws', `${foreign}\n${header}.${payload}.${'A'.repeat(86)}\n`)
    const judged = [...ask, 'valid-old.jws', '--at', '2025-03-13T00:00:00+08:00', '--lang', 'en']
    const { code, err } = await cli.run([...judged, '--newer', 'foreign.jws'])
    expect([code, err]).toEqual([0, expect.stringContaining('status.signer')])
    const wrong = await Promise.all([
      cli.run([...judged, '--newer', 'none']),
      cli.run([...judged, '--newer', 'absent.jws']),
      cli.run([...judged, '--newer', 'trust.json']),
    ])
    expect(wrong.map((one) => [one.code, one.out])).toEqual(Array(3).fill([2, '']))
    expect(wrong.map((one) => /\[(.+?)\]/.exec(one.err)?.[1])).toEqual(['cli.no-statements', 'cli.file', 'content.trust-file'])
  })

  it('uses the specifications of the trust file', async () => {
    const { out } = await cli.run(['sign', 'f13.json', '--key', 'cq.key'])
    await cli.write('f13.jws', out)
    const bare = { anchors: authorities.anchors, trustLists: authorities.trustLists, agreements: [authorities.signedAgreement] }
    await cli.write('bare-trust.json', bare)
    const [with_, without] = await Promise.all([
      cli.run(['verify', 'f13.jws', '--trust', 'trust.json', '--region', '51']),
      cli.run(['verify', 'f13.jws', '--trust', 'bare-trust.json', '--region', '51']),
    ])
    expect([with_.code, without.code]).toEqual([0, 1])
    expect(without.out).toMatch(/^无法判定/)
  })

  it('prints only JSON, one verdict per file, in order', async () => {
    const { code, out, err } = await cli.run([...ask, 'f01.jws', 'n07.jws', 'f01.jws', '--format', 'json'])
    expect([code, err]).toEqual([1, ''])
    const verdicts = JSON.parse(out) as { file: string; outcome: string; checks: unknown[] }[]
    expect(verdicts.map(({ file, outcome }) => [file, outcome])).toEqual([
      ['f01.jws', 'recognised'],
      ['n07.jws', 'not-recognised'],
      ['f01.jws', 'recognised'],
    ])
    expect(verdicts[0]?.checks.length).toBeGreaterThan(20)
    expect(out.trimEnd().split('\n')).toHaveLength(1)
  })

  it('shows every check on request, and always the failures', async () => {
    const [short, full] = await Promise.all([
      cli.run([...ask, 'f01.jws', '--lang', 'en']),
      cli.run([...ask, 'f01.jws', '--full', '--lang', 'en']),
    ])
    expect(full.out.split('\n').length).toBeGreaterThan(short.out.split('\n').length + 15)
    expect(full.out).toContain('[issuer.scope]')
  })

  it('refuses what is no statement as misuse, and judges a statement that is damaged', async () => {
    await writeFile(
      join(cli.folder, 'garbage.jws'),
      Uint8Array.from({ length: 500 }, (_, n) => (n * 37) % 256),
    )
    const runs = await Promise.all([cli.run([...ask, 'garbage.jws']), cli.run(ask, { input: '' }), cli.run([...ask, 'f01.json'])])
    expect(runs.map(({ code, out, err }) => [code, out, /\[(.*)\]/.exec(err)?.[1]])).toEqual([
      [2, '', 'content.unknown'],
      [2, '', 'content.empty'],
      [2, '', 'content.record'],
    ])
    const whole = (await text('f01.jws')).trim()
    for (const damaged of [whole.slice(0, 100), `${whole}=`, `${whole}.x`]) {
      const { code, out, err } = await cli.run(ask, { input: damaged })
      expect([code, err]).toEqual([1, ''])
      expect(out).toMatch(/^不予互认：/)
    }
  })

  it('rejects a trust file that does not verify, for every command', async () => {
    const { anchors, trustLists } = authorities
    const other = await createFakeAuthorities({ witnessKeys: true })
    await cli.write('foreign-trust.json', { anchors: other.anchors, trustLists })
    await cli.write('one-signature.json', { anchors, trustLists: trustLists.map(([first]) => [first]) })
    const runs = await Promise.all(
      ['foreign-trust.json', 'one-signature.json'].map((name) => cli.run(['verify', 'f01.jws', '--trust', name, '--region', '50'])),
    )
    for (const { code, out, err } of runs) {
      expect([code, out]).toEqual([2, ''])
      expect(err).toContain('[trust-list.threshold]')
    }
  })
})
