// Why this exists: the help and the complaints of a command line are all the manual most people read.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cli, openCli } from './run.js'

let cli: Cli

beforeAll(async () => {
  cli = await openCli()
})

afterAll(() => cli.close())

/** The published commands and options. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  keygen: ['out', 'public', 'alg', 'format'],
  sign: ['key', 'at', 'jti', 'status-list', 'status-file', 'status-index', 'supersedes', 'out', 'label'],
  verify: [
    'trust',
    'region',
    'state',
    'newer',
    'at',
    'catalogue',
    'log',
    'line',
    'require-alg',
    'bundle',
    'label',
    'font',
    'full',
    'format',
    'out',
    'summary',
  ],
  label: ['node', 'out', 'font', 'paper', 'size', 'module', 'key', 'line', 'at'],
  ledger: [
    'mapping',
    'write-mapping',
    'at',
    'holidays',
    'certificates',
    'trust',
    'catalogue',
    'region',
    'state',
    'newer',
    'log',
    'as',
    'full',
    'format',
    'out',
  ],
  standing: ['trust', 'region', 'catalogue', 'at', 'format'],
  duplicates: ['trust', 'from', 'to', 'at', 'state', 'newer', 'catalogue', 'log', 'format', 'out'],
  replay: ['trust', 'full', 'format'],
  check: ['format', 'out', 'only', 'ignore', 'max-warnings', 'allow-empty', 'quiet', 'catalogue', 'trust', 'region', 'full'],
  explain: ['catalogue', 'trust', 'format'],
  catalogue: ['catalogue', 'trust', 'from', 'key', 'days', 'yes'],
  joint: [
    'node',
    'node-id',
    'iss',
    'key',
    'trust',
    'out',
    'at',
    'number',
    'lead',
    'can',
    'range',
    'uncertainty',
    'record',
    'catalogue',
    'format',
  ],
  round: [
    'trust',
    'round',
    'iss',
    'key',
    'at',
    'out',
    'code',
    'named',
    'result',
    'secret',
    'sealing-key',
    'laboratory',
    'sealed',
    'key-out',
    'record',
    'format',
  ],
  supervise: ['key', 'iss', 'at', 'trust', 'task', 'population', 'nonce', 'overdue', 'format', 'out'],
  categories: ['find', 'format'],
  specifications: ['find', 'format'],
  certificate: ['out', 'font', 'label', 'language'],
  trust: [
    'draft',
    'trust',
    'iss',
    'region',
    'root',
    'threshold',
    'uscc',
    'name',
    'name-en',
    'authorisations',
    'number',
    'origin',
    'witness',
    'jwk',
    'typ',
    'from',
    'to',
    'kid',
    'reason',
    'retroactive',
    'key',
    'next-days',
    'days',
    'node',
    'list',
    'expect',
    'state',
    'timeout',
    'yes',
  ],
  agreement: ['draft', 'trust', 'id', 'from', 'key', 'yes'],
  status: [
    'list',
    'notice',
    'key',
    'iss',
    'reason',
    'line',
    'basis',
    'from',
    'replaced-by',
    'uri',
    'size',
    'days',
    'node',
    'node-id',
    'yes',
  ],
  init: ['folder', 'authority', 'name', 'name-en', 'region', 'url', 'id', 'listen', 'database', 'head', 'trust', 'alg'],
  serve: ['config', 'level', 'log'],
  submit: ['node', 'node-id', 'iss', 'key', 'trust', 'receiver', 'outbox', 'patience', 'format'],
  outbox: ['outbox', 'yes', 'format'],
  get: ['node', 'node-id', 'iss', 'key', 'trust', 'format'],
  find: [
    'number',
    'serial',
    'plate',
    'kind',
    'issuer',
    'region',
    'valid-on',
    'can',
    'range',
    'uncertainty',
    'most',
    'node',
    'node-id',
    'iss',
    'key',
    'trust',
    'format',
  ],
  doctor: ['config', 'timeout', 'format'],
  sync: ['config', 'from', 'from-id', 'authority', 'follow', 'format'],
  log: ['config', 'trust', 'out', 'files', 'path', 'log-key', 'successor', 'url', 'id', 'yes', 'format'],
  backup: ['config', 'out'],
  restore: ['config', 'from', 'yes'],
  demo: ['keep', 'folder', 'format'],
}

describe('the overview', () => {
  it('names every command, in the requested language', async () => {
    const [zh, en, none] = await Promise.all([cli.run(['--help']), cli.run(['--help', '--lang', 'en']), cli.run([])])
    for (const name of Object.keys(COMMANDS)) {
      expect(zh.out).toMatch(new RegExp(`^  ${name} +.*[一-鿿]`, 'm'))
      expect(en.out).toMatch(new RegExp(`^  ${name} +[\\x20-\\x7e]+$`, 'm'))
    }
    expect([zh.code, en.code, none.code]).toEqual([0, 0, 2])
    expect(none.out).toBe(zh.out)
    expect(zh.err + en.err + none.err).toBe('')
  })

  it('prints the version with --version, and nothing else', async () => {
    expect(await cli.run(['--version'])).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), err: '' })
  })
})

describe('the help of a command', () => {
  for (const [name, options] of Object.entries(COMMANDS)) {
    it(`${name}: names every option in both languages`, async () => {
      const [zh, en] = await Promise.all([cli.run([name, '--help']), cli.run([name, '-h', '--lang=en'])])
      for (const { code, out, err } of [zh, en]) {
        expect([code, err]).toEqual([0, ''])
        expect(out).toMatch(new RegExp(`^tongheng ${name} `))
        const listed = [...out.matchAll(/^ {2}--([a-z-]+)/gm)].map((match) => match[1])
        expect(listed).toEqual([...options, 'lang', 'help'])
      }
      expect(zh.out).toContain('选项：')
      expect(en.out).toContain('Options:')
      expect(en.out).not.toMatch(/[一-鿿]/)
      for (const line of zh.out.split('\n').filter((text) => text.startsWith('  --'))) expect(line).toMatch(/[一-鿿]/)
    })
  }
})

describe('a typing error', () => {
  const complaint = async (...args: string[]) => {
    const { code, out, err } = await cli.run(args)
    expect([code, out], args.join(' ')).toEqual([2, ''])
    expect(err, args.join(' ')).not.toMatch(/\n\s+at |node:internal/)
    return err
  }

  it('in the name of a command suggests the nearest one', async () => {
    const [zh, en] = await Promise.all([complaint('verfy'), complaint('sgin', '--lang', 'en')])
    expect(zh).toMatch(/没有命令“verfy”.*\[cli\.command-unknown\]\n.*“verify”/)
    expect(en).toMatch(/There is no command “sgin” \[cli\.command-unknown\]\n.*“sign”/)
  })

  it('in the name of an option suggests the nearest one', async () => {
    const cases: [string, string, string][] = [
      ['verify', '--turst', '--trust'],
      ['keygen', '--ouput', '--out'],
      ['submit', '--nod', '--node'],
      ['serve', '--confg', '--config'],
    ]
    const errors = await Promise.all(cases.map(([command, option]) => complaint(command, option, 'x', '--lang', 'en')))
    for (const [at, [command, option, near]] of cases.entries()) {
      expect(errors[at]).toContain(`${command} has no option ${option} [cli.option-unknown]`)
      expect(errors[at]).toContain(`Nearest: “${near}”;`)
    }
  })

  it('in a dash that a word processor put in is named, with the option that was meant', async () => {
    const cases = ['—trust', '––trust', '－－trust', '—trust=x.json']
    const errors = await Promise.all(cases.map((dash) => complaint('verify', 'x.jws', dash, 'x.json', '--region', '50', '--lang', 'en')))
    for (const [at, dash] of cases.entries()) {
      expect(errors[at]).toContain(`verify has no option ${dash} [cli.option-unknown]`)
      expect(errors[at]).toContain('Nearest: “--trust”;')
    }
    expect(await complaint('verify', './—trust', '--region', '50', '--lang', 'en')).toContain('[cli.option-missing]')
  })

  it('that gives one option two values is refused; none of them is dropped silently', async () => {
    const [regions, equals, same, list] = await Promise.all([
      complaint('verify', 'x.jws', '--region', '50', '--region', '51', '--lang', 'en'),
      complaint('verify', 'x.jws', '--trust=a', '--trust', 'b', '--lang', 'en'),
      complaint('keygen', '--alg', 'SM2', '--alg', 'SM2', '--lang', 'en'),
      complaint('verify', 'x.jws', '--newer', 'a', '--newer', 'b', '--region', '50', '--lang', 'en'),
    ])
    expect(regions).toContain('The option --region is given twice, with different values: 50, 51 [cli.option-twice]')
    expect(equals).toContain('The option --trust is given twice, with different values: a, b [cli.option-twice]')
    expect(same).toContain('keygen needs the option --out [cli.option-missing]')
    expect(list).toContain('verify needs the option --trust [cli.option-missing]')
  })

  it('that leaves a value out does not take the next option for it', async () => {
    expect(await complaint('verify', 'x.jws', '--trust', '--region', '50', '--lang', 'en')).toContain('The option --trust takes: FILE')
    expect(await complaint('verify', 'x.jws', '--trust=--region', '--lang', 'en')).toContain('verify needs the option --region')
    expect(await complaint('verify', 'x.jws', '--trust', '--dates', '--lang', 'en')).toContain('verify needs the option --region')
  })

  it('near to no name suggests the list alone', async () => {
    const errors = await Promise.all([
      complaint('submit', '--to', 'x'),
      complaint('submit', '--to', 'x', '--lang', 'en'),
      complaint('upload'),
      complaint('explain', 'nothing-like-it'),
    ])
    expect(errors.map((error) => error.trimEnd().split('\n').at(-1))).toEqual([
      '  tongheng submit --help 列出全部选项',
      '  tongheng submit --help lists them all',
      '  tongheng --help 列出全部命令',
      '  tongheng explain 列出全部',
    ])
  })

  it('is not accepted as an option because JavaScript has the property', async () => {
    const words = ['--constructor', '--toString', '--__proto__', '-x']
    const errors = await Promise.all(words.map((word) => complaint('check', word, '--lang', 'en')))
    for (const [at, word] of words.entries()) expect(errors[at]).toContain(`check has no option ${word} [cli.option-unknown]`)
  })

  it('is not needed to see the help of a command: help NAME shows it too', async () => {
    const [asked, given] = [await cli.run(['help', 'verify', '--lang', 'en']), await cli.run(['verify', '--help', '--lang', 'en'])]
    expect([asked.code, asked.out]).toEqual([0, given.out])
    expect(await cli.run(['help', 'verfy', '--lang', 'en'])).toMatchObject({ code: 2, err: expect.stringContaining('“verify”') })
    expect((await cli.run(['help', '--lang', 'en'])).out).toContain('keygen')
  })

  it('in an action is answered with the nearest, and a missing one with all', async () => {
    const actions = {
      trust: ['pulll', 'pull'],
      agreement: ['singn', 'sign'],
      status: ['revok', 'revoke'],
      node: ['reader', 'readers'],
      log: ['audi', 'audit'],
      outbox: ['lst', 'list'],
      catalogue: ['shwo', 'show'],
      ledger: ['deu', 'due'],
      joint: ['shwo', 'show'],
      round: ['clsoe', 'close'],
      supervise: ['lst', 'list'],
    }
    for (const [command, [typed = '', meant = '']] of Object.entries(actions)) {
      const [wrong, none] = [await complaint(command, typed, '--lang', 'en'), await complaint(command, '--lang', 'en')]
      expect(wrong).toContain(`${command} has no action “${typed}” [cli.action-unknown]`)
      expect(wrong).toContain(`“${meant}”`)
      expect(none, command).toMatch(new RegExp(`needs an action .*\\n.*${meant}`))
    }
  })

  it('in a value is answered with what is expected', async () => {
    const cases: [string[], string][] = [
      [['sign', 'a.json', 'b.json', '--key', 'k'], 'The command sign takes at most 1 file(s); too many: b.json [cli.files-many]'],
      [['demo', 'records', 'x'], 'The command demo takes at most 1 file(s); too many: x [cli.files-many]'],
      [['check', '--format', 'xml'], 'The option --format takes: pretty|json|junit|sarif|github'],
      [['check', '--format='], 'The option --format takes: pretty|json|junit|sarif|github'],
      [['check', '--format'], 'The option --format takes: pretty|json|junit|sarif|github'],
      [['check', '--max-warnings', 'few'], 'The option --max-warnings takes: 0, 1, 2'],
      [
        ['check', '--only', 'dates.ordr'],
        'There is no code, rule, category, specification, division or unit “dates.ordr” [cli.code-unknown]',
      ],
      [['check', '--full=yes'], 'The option --full takes'],
      [['keygen', '--out', 'key.json', '--alg', 'RS256'], 'The option --alg takes: ES256|Ed25519'],
      [['verify', '--trust', 'x', '--region', 'Chongqing'], 'The option --region takes: 50'],
      [['verify', '--trust', 'x', '--region', '500000'], 'The option --region takes: 50'],
      [['verify', '--trust', 'x', '--region', '50', '--at', '2025-06-16'], 'The option --at has “2025-06-16”'],
      [['verify', '--trust', 'x', '--region', '50', '--at', '2025-06-31T00:00:00Z'], 'is no such day or time [cli.option-time]'],
      [['sign', 'a.json', '--key', 'k', '--at', '2025-06-31'], '[cli.file]'],
    ]
    const errors = await Promise.all(cases.map(([args]) => complaint(...args, '--lang', 'en')))
    for (const [at, [, wanted]] of cases.entries()) expect(errors[at]).toContain(wanted)
    expect(await complaint('check', '--lang', 'fr')).toContain('选项 --lang 的值应为：zh|en')
  })

  it('that omits an option is answered with its name', async () => {
    const cases: [string[], string][] = [
      [['keygen'], '--out'],
      [['sign', 'record.json'], '--key'],
      [['verify', 'x.jws', '--trust', 'trust.json'], '--region'],
      [['verify', 'x.jws', '--region', '50'], '--trust'],
      [['serve'], '--config'],
      [['submit', 'x.jws'], '--node'],
      [['submit', 'x.jws', '--node', 'http://127.0.0.1:1'], '--iss'],
      [['submit', 'x.jws', '--node', 'http://127.0.0.1:1', '--iss', 'x'], '--key'],
    ]
    const errors = await Promise.all(cases.map(([args]) => complaint(...args, '--lang', 'en')))
    for (const [at, [[command], option]] of cases.entries()) {
      expect(errors[at]).toContain(`${command} needs the option ${option} [cli.option-missing]`)
    }
  })
})

describe('an input file', () => {
  const complaint = async (...args: string[]) => {
    const { code, err } = await cli.run([...args, '--lang', 'en'])
    expect([code, err.includes('\n    at ')], args.join(' ')).toEqual([2, false])
    return err
  }

  it('that is absent or unreadable is named with the reason', async () => {
    await mkdir(join(cli.folder, 'folder'))
    const errors = await Promise.all([
      complaint('check', 'absent.json'),
      complaint('check', 'folder'),
      complaint('verify', 'x.jws', '--trust', 'absent-trust.json', '--region', '50'),
      complaint('serve', '--config', 'absent-config.json'),
      complaint('sign', 'absent.json', '--key', 'absent.key'),
      complaint('keygen', '--out', 'no/such/folder/key.json'),
      complaint('submit', 'absent.ndjson', '--node', 'http://127.0.0.1:9', '--iss', 'x', '--key', 'absent.key'),
      complaint('check', 'absent.ndjson', '--out', 'no/such/folder/report.txt'),
    ])
    expect(errors[0]).toContain('absent.json is not there, or its folder is not (ENOENT) [cli.file]')
    expect(errors[1]).toContain('No file found: folder [cli.no-match]')
    expect(errors[2]).toContain('absent-trust.json is not there, or its folder is not (ENOENT)')
    expect(errors[3]).toContain('absent-config.json is not there, or its folder is not (ENOENT)')
    expect(errors[4]).toContain('absent.json is not there, or its folder is not (ENOENT)')
    expect(errors[5]).toContain('no/such/folder/key.json is not there, or its folder is not (ENOENT)')
    expect(errors[7]).toContain('no/such/folder/report.txt is not there, or its folder is not (ENOENT)')
    for (const error of errors) expect(error).not.toContain('—')
  })

  it('with broken JSON is named with the line and the column', async () => {
    await cli.write('broken.json', '{\n  "kind": "verification-record",\n  "version": 1,,\n}\n')
    await cli.write('chinese.json', '{\n  "名称": "计价器" "x"\n}\n')
    await cli.write('twice.json', '{"a":1,\n"a":2}')
    const errors = await Promise.all([
      complaint('sign', 'broken.json', '--key', 'key.json'),
      complaint('verify', 'x.jws', '--trust', 'broken.json', '--region', '50'),
      complaint('serve', '--config', 'broken.json'),
      complaint('serve', '--config', 'chinese.json'),
      complaint('serve', '--config', 'twice.json'),
    ])
    for (const error of errors.slice(0, 3)) expect(error).toContain('broken.json:3:16: ')
    expect(errors[3]).toContain('chinese.json:2:15: ')
    expect(errors[4]).toContain('twice.json:2:1: ')
  })

  it('with a schema error is named with the pointer', async () => {
    await cli.write('config.json', { id: 'x', url: 'http://127.0.0.1:8080/', listen: { host: 'x', port: 70_000 }, colour: 'red' })
    await cli.write('trust.json', { anchors: [{ authority: 'x' }], trustLists: [] })
    await cli.write('key.json', { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' })
    await cli.write('record.json', { kind: 'verification-record' })
    const errors = await Promise.all([
      complaint('serve', '--config', 'config.json'),
      complaint('verify', 'x.jws', '--trust', 'trust.json', '--region', '50'),
      complaint('sign', 'record.json', '--key', 'key.json'),
    ])
    expect(errors[0]).toContain('[cli.config]')
    for (const place of ['/url', '/listen/port', '/authority', '/key', '/colour']) expect(errors[0]).toContain(`[${place}] shape.`)
    expect(errors[1]).toMatch(/trust\.json is not a trust file: \/anchors\/0\/\w+ \[cli\.trust-file\]/)
    expect(errors[2]).toContain('key.json is not a private key file (JWK) [cli.key-file]')
  })

  it('above the size limit is not read', async () => {
    const large = new Uint8Array(16 * 1024 * 1024 + 1)
    await cli.write('large.json', large)
    expect(await complaint('check', 'large.json')).toContain('[cli.file-too-large]')
    await cli.run(['keygen', '--out', 'large.key'])
    const { code, err } = await cli.run(['sign', '--key', 'large.key'], { input: large })
    expect([code, err]).toEqual([2, expect.stringContaining('[cli.file-too-large]')])
  })
})
