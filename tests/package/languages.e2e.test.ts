// Why this exists: laboratories write in other languages and copy from these examples, so each of them runs here against a node over
// HTTP, and each must refuse a receipt that proves nothing.
import { execFile, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createClient, type ReceiptClaims, readReceipt } from 'tongheng/client'
import { createSigner, generateKey, parsePublicJwk, type Signer, signStatement, statementId } from 'tongheng/envelope'
import { codes } from 'tongheng/errors'
import { createNoteSigner, readCheckpoint, signCheckpoint } from 'tongheng/log'
import { createFakeAuthorities, DEMONSTRATION_TIME, type FakeAuthorities, fixtures, organisation, send } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cli, openCli } from '../cli/run.js'
import { change } from '../records/change.ts'
import { freePort } from '../support/free-port.ts'

const EXAMPLES = resolve(import.meta.dirname, '../../examples/06-any-language')
/** The first option is for Java 17 on systems without UTF-8; the others make it start sooner. */
const JAVA = ['java', '-Dfile.encoding=UTF-8', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']

/** Major version of a command; 0 if it is not installed. */
function major(command: string, argument = '--version', pattern = /[0-9]+/): number {
  try {
    return Number(pattern.exec(execFileSync(command, [argument], { encoding: 'utf8' }))?.[0] ?? 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}

interface Language {
  readonly name: string
  readonly isHere: boolean
  readonly command: readonly string[]
  /** True if one proof starts hundreds of processes; it is then run with the main cases only. */
  readonly isSlow?: true
  /** Compiled once, it starts sooner. */
  readonly compiled?: { readonly by: readonly string[]; readonly command: readonly string[] }
}

// LibreSSL has version 3 too, but cannot sign Ed25519 this way.
const hasOpenssl = major('openssl', 'version', /(?<=^OpenSSL )[0-9]+/) >= 3
const languages: readonly Language[] = [
  {
    name: 'curl',
    isHere: hasOpenssl && ['curl', 'jq', 'basenc'].every((command) => major(command) > 0),
    command: ['bash', join(EXAMPLES, 'submit.sh')],
    isSlow: true,
  },
  { name: 'Python', isHere: hasOpenssl && major('python3') >= 3, command: ['python3', join(EXAMPLES, 'submit.py')] },
  {
    name: 'Java',
    isHere: major('java') >= 17,
    command: [...JAVA, join(EXAMPLES, 'Submit.java')],
    compiled: {
      by: [...JAVA, '-m', 'jdk.compiler/com.sun.tools.javac.Main', '-d', 'classes', join(EXAMPLES, 'Submit.java')],
      command: [...JAVA, '-cp', 'classes', 'Submit'],
    },
  },
]

let cli: Cli
let world: FakeAuthorities
let stop: () => Promise<unknown>
let settings: Record<string, string>
/** A statement and its receipt, and the receipt of another. It is entry 2 of 7: its proof has hashes of both sides, and one of an incomplete subtree. */
let statement: string
let receipt: string
let otherReceipt: string

beforeAll(async () => {
  cli = await openCli()
  world = await createFakeAuthorities({ witnessKeys: true })
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const { anchors, trustLists, signedAgreement } = world
  await cli.write('trust.json', { anchors, trustLists, agreements: [signedAgreement] })
  await cli.write('node.key.json', world.keys.get('SC-AMR')?.privateJwk ?? {})
  await cli.write('log.key.json', world.logKey('SC-AMR').privateJwk)
  // As `tongheng keygen` writes it.
  const { alg, kid, privateJwk } = key('CD')
  await cli.write('institute.key.json', { ...privateJwk, alg, kid })
  const { uscc, name } = organisation('SC-AMR')
  await cli.write('node.json', {
    id: 'tongheng-51',
    url,
    listen: { host: '127.0.0.1', port },
    authority: uscc,
    name,
    region: '51',
    key: 'node.key.json',
    trust: 'trust.json',
    database: 'node.db',
    log: { origin: world.log('SC-AMR').origin, key: 'log.key.json' },
  })
  const child = await cli.startProcess(['serve', '--config', 'node.json'])
  const ended = once(child, 'close')
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000)
  })
  const { stdout } = child
  if (stdout === null) throw new Error('a node without output')
  await Promise.race([once(stdout, 'data'), ended.then(() => Promise.reject(new Error(said)))])
  stop = async () => {
    child.kill('SIGKILL')
    await ended
  }
  settings = {
    TONGHENG_NODE: url,
    TONGHENG_NODE_ID: 'tongheng-51',
    TONGHENG_ISS: organisation('CD').uscc,
    TONGHENG_KEY: 'institute.key.json',
    TONGHENG_TRUST: 'trust.json',
  }
  const client = createClient({
    node: { url, id: 'tongheng-51' },
    caller: { iss: organisation('CD').uscc, signer: world.signer('CD') },
    now: () => Date.parse(DEMONSTRATION_TIME) / 1000,
  })
  const statements = await Promise.all(
    Array.from({ length: 7 }, (_, at) =>
      send(world, { ...fixtures.F01, record: change(fixtures.F01.record, ['/certificateNo', `川计检字20250312-0041${at}`]) }),
    ),
  )
  for await (const one of client.records.submitMany(statements)) {
    const { log } = await readReceipt(one.receipt ?? '', world.trust)
    expect(log?.checkpoint.split('\n')[1]).toBe('7')
    if (log?.index === 2) [statement, receipt] = [one.statement, one.receipt ?? '']
    else otherReceipt = one.receipt ?? ''
  }
  await cli.write('statement.jws', statement)
  await cli.write('receipt.jws', receipt)
})

afterAll(async () => {
  await stop?.()
  await cli?.close()
})

function key(of: 'CD' | 'SC-AMR') {
  const found = world.keys.get(of)
  if (found === undefined) throw new Error(`${of} has no key`)
  return found
}

/** Runs a program in the folder of the node's files, under the clock of this machine, which is not the node's. */
const run = ([program = '', ...given]: readonly string[], more: Record<string, string> = {}) =>
  new Promise<{ readonly code: number | string; readonly out: string; readonly err: string }>((done) => {
    const env = { ...process.env, ...settings, LC_ALL: 'C.UTF-8', no_proxy: '127.0.0.1', NO_PROXY: '127.0.0.1', ...more }
    execFile(program, given, { cwd: cli.folder, env }, (error, out, err) =>
      done({ code: error === null ? 0 : (error.code ?? '?'), out, err }),
    )
  })

/** Invalid receipts, each named by its difference from a valid one. */
interface Hostile {
  readonly what: string
  readonly isMain?: true
  readonly says: RegExp
  readonly make: () => Promise<{ readonly receipt: string; readonly trust?: object }>
}

const claimsOf = async (): Promise<ReceiptClaims & { log: NonNullable<ReceiptClaims['log']> }> => {
  const claims = await readReceipt(receipt, world.trust)
  if (claims.log === undefined) throw new Error('a receipt without a place')
  return { ...claims, log: claims.log }
}
const signed = (claims: object, signer: Signer = world.signer('SC-AMR')): Promise<string> =>
  signStatement(claims as Parameters<typeof signStatement>[0], { typ: 'metrology-receipt+jwt', signer })

/** The checkpoint of the receipt with another root, signed by a key of the log's name. */
async function otherRoot(jwk: Parameters<typeof createSigner>[0], root = new Uint8Array(32)): Promise<string> {
  const { log } = await claimsOf()
  const { d: _, ...open } = jwk
  const { origin, size } = readCheckpoint(log.checkpoint)
  const signer = await createNoteSigner({ name: origin, role: 'log', signer: await createSigner(jwk), jwk: parsePublicJwk(open) })
  return signCheckpoint({ origin, size, root }, signer)
}

const hostile: readonly Hostile[] = [
  {
    what: 'a receipt changed after it was signed',
    isMain: true,
    says: /signature of the receipt/,
    make: async () => {
      const [header, payload = '', signature] = receipt.split('.')
      const changed = Buffer.from(payload, 'base64url').toString().replace('"accepted"', '"rejected"')
      return { receipt: `${header}.${Buffer.from(changed).toString('base64url')}.${signature}` }
    },
  },
  {
    what: 'a receipt in a second spelling',
    says: /only spelling/,
    make: async () => ({ receipt: receipt.replace(/.$/, (last) => ({ A: 'B', Q: 'R', g: 'h', w: 'x' })[last] ?? last) }),
  },
  { what: 'a receipt for another statement', isMain: true, says: /another statement/, make: async () => ({ receipt: otherReceipt }) },
  {
    what: 'a receipt to another sender',
    says: /another sender/,
    make: async () => ({ receipt: await signed({ ...(await claimsOf()), aud: organisation('LZ').uscc }) }),
  },
  {
    what: 'a receipt signed by a body that is not the authority',
    says: /no key of the authority/,
    make: async () => ({ receipt: await signed(await claimsOf(), world.signer('CD')) }),
  },
  {
    what: 'a receipt from after the key ended',
    says: /not good at the time/,
    make: async () => ({ receipt: await signed({ ...(await claimsOf()), iat: Date.parse('2031-01-01T00:00:00Z') / 1000 }) }),
  },
  {
    what: 'a wrong proof',
    isMain: true,
    says: /inclusion proof/,
    make: async () => {
      const claims = await claimsOf()
      const [first, ...rest] = claims.log.proof
      expect(rest.length).toBe(2)
      return { receipt: await signed({ ...claims, log: { ...claims.log, proof: [...rest, first] } }) }
    },
  },
  {
    what: 'a proof cut short',
    says: /inclusion proof/,
    make: async () => {
      const claims = await claimsOf()
      return { receipt: await signed({ ...claims, log: { ...claims.log, proof: claims.log.proof.slice(1) } }) }
    },
  },
  {
    what: 'the place of another entry',
    says: /inclusion proof/,
    make: async () => {
      const claims = await claimsOf()
      return { receipt: await signed({ ...claims, log: { ...claims.log, index: claims.log.index - 1 } }) }
    },
  },
  {
    what: 'a wrong root, signed by the log itself',
    isMain: true,
    says: /inclusion proof/,
    make: async () => {
      const claims = await claimsOf()
      return {
        receipt: await signed({ ...claims, log: { ...claims.log, checkpoint: await otherRoot(world.logKey('SC-AMR').privateJwk) } }),
      }
    },
  },
  {
    what: 'a checkpoint signed by another key under the name of the log',
    isMain: true,
    says: /log has not signed/,
    make: async () => {
      const claims = await claimsOf()
      const root = Buffer.from(claims.log.checkpoint.split('\n')[2] ?? '', 'base64')
      const { privateJwk } = await generateKey('Ed25519')
      return { receipt: await signed({ ...claims, log: { ...claims.log, checkpoint: await otherRoot(privateJwk, root) } }) }
    },
  },
  {
    what: 'a trust list that one root key signed, twice, where two are wanted',
    isMain: true,
    says: /1 of 2 root keys/,
    make: async () => {
      const { anchors, trustLists } = world
      const lists = trustLists.map(([first = '']) => [first, first])
      return { receipt, trust: { anchors, trustLists: lists } }
    },
  },
  {
    what: 'a trust list of an authority whose root keys are not pinned',
    says: /no root keys are pinned/,
    make: async () => {
      const { anchors, trustLists } = world
      return { receipt, trust: { anchors: anchors.filter(({ region }) => region !== '51'), trustLists } }
    },
  },
]

describe('the page of the language examples', () => {
  it('names only codes and files that exist', async () => {
    const page = await readFile(join(EXAMPLES, 'README.md'), 'utf8')
    const pitfalls = page.slice(page.indexOf('| 坑 pitfall')).match(/^\|.*$/gm) ?? []
    const named = pitfalls.flatMap((row) => [...(row.split('|')[3] ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] as string))
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter((code) => !Object.hasOwn(codes, code))).toEqual([])
    const files = [...page.matchAll(/\]\((Submit\.java|submit\.\w+)\)/g)].map((match) => match[1])
    expect(files).toEqual(['submit.sh', 'submit.py', 'Submit.java'])
  })
})

describe.each(languages)('$name', ({ name, isHere, isSlow, command, compiled }) => {
  const check = compiled?.command ?? command

  beforeAll(async () => {
    await mkdir(join(cli.folder, name))
    if (isHere && compiled !== undefined) expect(await run(compiled.by)).toMatchObject({ code: 0 })
  })

  it.skipIf(!isHere)('queries, signs, submits, proves the receipt, requests a verdict, and shows two refusals', async () => {
    const number = `川计检字-${name}`
    const record = JSON.parse(await readFile(join(EXAMPLES, 'record.json'), 'utf8')) as { certificateNo: string }
    await writeFile(join(cli.folder, `${name}.json`), `${JSON.stringify({ ...record, certificateNo: number }, null, 2)}\n`)
    const { code, out, err } = await run([...command, `${name}.json`])
    expect(err).toMatch(/^时钟 clock: 本机相差 off by -?[0-9]+ s; .*\n$/)
    const sent = await readFile(join(cli.folder, `${name}.jws`), 'utf8')
    const got = await readFile(join(cli.folder, `${name}.receipt.jws`), 'utf8')
    const id = statementId('metrology-record+jwt', sent.split('.')[1] ?? '')
    const claims = await readReceipt(got, world.trust)
    expect([claims.sub, claims.decision, claims.reasons]).toEqual([id, 'accepted', []])
    expect(out.trimEnd().split('\n')).toEqual([
      '查询 query: 0 条 found',
      `签名 signed: ${id}`,
      '提交 submitted: 201; 再次 again: 200, 同一回执 the same receipt',
      `回执 receipt: verified accepted; 日志第 ${claims.log?.index} 项 entry ${claims.log?.index} of the log`,
      '判定 verdict: recognised',
      '  pass agreement.clause ',
      '    适用条款“移动式计量器具强制检定结果互认”：有效期内对方不再重复检定',
      '    Clause “Mandatory verification of mobile instruments” applies: the other side does not verify again until the validity ends',
      '查询 query: 1 条 found',
      '拒绝 refused: 401 request.digest',
      '    正文与令牌中的摘要不符',
      '    The body does not match the digest in the token',
      '拒绝 refused: 422 record.refused',
      '    不是可信机构签名的可读记录，未接收',
      '    Not a readable record signed by a trusted body; it was not kept',
      '  fail signature.invalid ',
      '    签名无效：内容被改动过，或不是该密钥所签',
      '    The signature is invalid: the content was changed, or another key signed',
    ])
    expect(code).toBe(0)
  })

  it.skipIf(!isHere)('accepts a good receipt, offline', async () => {
    const { code, out, err } = await run([...check, '--receipt', 'statement.jws', 'receipt.jws'])
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^回执 receipt: verified accepted; 日志第 [0-9]+ 项 entry [0-9]+ of the log\n$/)
  })

  it.skipIf(!isHere)('accepts one whose signature has a half with leading zeros, which DER omits', async () => {
    const claims = await claimsOf()
    let short = ''
    for (let n = 0; short === ''; n++) {
      const text = await signed({ ...claims, req: `request-${n}` })
      const signature = Buffer.from(text.split('.')[2] ?? '', 'base64url')
      if (signature[0] === 0 || signature[32] === 0) short = text
    }
    const file = await cli.write(`${name}/short.jws`, short)
    expect(await run([...check, '--receipt', 'statement.jws', file])).toMatchObject({ code: 0, err: '' })
  })

  it.skipIf(!isHere).each(hostile.filter(({ isMain }) => isMain || !isSlow))('refuses $what', async ({ what, says, make }) => {
    const made = await make()
    const file = await cli.write(`${name}/${hostile.findIndex((one) => one.what === what)}.jws`, made.receipt)
    const trust = made.trust && { TONGHENG_TRUST: await cli.write(`${name}/trust.json`, made.trust) }
    const { code, out, err } = await run([...check, '--receipt', 'statement.jws', file], trust)
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(says)
  })
})
