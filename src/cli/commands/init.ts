import { mkdir } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import { addPeriod, civilDateOf, type Instant } from '../../base/date.js'
import { faultDetails } from '../../base/faults.js'
import { parseShape } from '../../base/shape.js'
import { type AlgorithmName, generateKey } from '../../envelope/index.js'
import { SCHEMA_BASE } from '../../records/index.js'
import { ALGORITHMS, algorithmIn } from '../algorithm-option.js'
import type { Arguments, Command } from '../command.js'
import { fileFault } from '../file-error.js'
import { exists, readTrustFile } from '../files.js'
import { fault, say } from '../messages.js'
import { NodeConfig } from '../node-config.js'
import { writeNew, writeSecret } from '../outputs.js'
import type { Terminal } from '../terminal.js'
import { mustBeUscc, warnOfOtherRegion } from '../trust/checks.js'

/** Asks for everything that neither an option nor a default provides. */
const QUESTIONS = {
  authority: { zh: '主管部门的统一社会信用代码', en: 'Unified social credit code of the authority', example: '11510000MB1F23451P' },
  name: { zh: '节点名称（中文）', en: 'Name of the node in Chinese', example: '四川省市场监督管理局' },
  region: { zh: '省（市）代码', en: 'Code of the province', example: '51' },
  url: { zh: '对外地址，末尾不带 /', en: 'Address by which others reach it, without a trailing slash', example: 'https://node.example.cn' },
} as const
type Question = keyof typeof QUESTIONS

const option = (name: Question, value: string) => ({
  type: 'string' as const,
  value,
  help: { zh: QUESTIONS[name].zh, en: QUESTIONS[name].en },
})

export const init: Command = {
  name: 'init',
  mostFiles: 0,
  usage: 'init [--folder DIR] --authority USCC --name TEXT --region 50|51 --url URL',
  summary: { zh: '为新节点写出配置和密钥', en: 'Write configuration and keys for a new node' },
  options: {
    folder: { type: 'string', value: 'DIR', help: { zh: '写到此文件夹，默认当前', en: 'folder to write into, default this one' } },
    authority: option('authority', 'USCC'),
    name: option('name', 'TEXT'),
    'name-en': { type: 'string', value: 'TEXT', help: { zh: '英文名称', en: 'name in English' } },
    region: option('region', '50|51'),
    url: option('url', 'URL'),
    id: { type: 'string', value: 'ID', help: { zh: '节点标识，默认同地址', en: 'id of the node, default its address' } },
    listen: {
      type: 'string',
      value: 'HOST:PORT',
      help: { zh: '监听，默认 127.0.0.1:8443', en: 'where to listen, default 127.0.0.1:8443' },
    },
    database: {
      type: 'string',
      value: 'FILE|URL',
      help: { zh: '数据库，默认 node.db；或 postgres://…', en: 'database, default node.db; or postgres://…' },
    },
    head: {
      type: 'string',
      value: 'FILE|URL',
      help: {
        zh: '日志头的第二存放处，数据库丢失数据时据此停止：另一块磁盘上的文件，或 etcd 中的键，如 http://127.0.0.1:2379/tongheng/51（多个成员的地址以逗号分隔）',
        en: 'second place of the head of the log, by which a node whose database lost data halts: a file on another disk, or a key in etcd, as http://127.0.0.1:2379/tongheng/51 (addresses of several members separated by commas)',
      },
    },
    trust: { type: 'string', value: 'FILE', help: { zh: '信任文件，默认 trust.json', en: 'trust file, default trust.json' } },
    alg: {
      type: 'string',
      value: ALGORITHMS,
      help: { zh: '签回执的算法，默认 ES256', en: 'algorithm for receipts, default ES256' },
    },
  },
  notes: {
    zh: '写出 node.json，签回执、签日志、见证其他日志的三个私钥（node、log、witness）及其公钥；已有的文件不会覆盖。有人在终端前时，缺少的项会逐一询问。',
    en: 'Writes node.json, three private keys (node for receipts, log for the log, witness to cosign other logs) and their public keys; no file is written over. Where a person is at the terminal, what is missing is asked for.',
  },
  async run(args, terminal) {
    const language = args.choice('lang', ['zh', 'en'])
    const folder = args.text('folder') ?? '.'
    const wanted = algorithmIn('--alg', args.text('alg'))
    const config = await configOf(args, terminal, language)
    await fileFault(folder, () => mkdir(folder, { recursive: true }))
    const files = [
      ...(await writeKeys(folder, 'node', wanted)),
      ...(await writeKeys(folder, 'log', 'Ed25519')),
      ...(await writeKeys(folder, 'witness', 'Ed25519')),
      join(folder, 'node.json'),
    ]
    await writeSecret(join(folder, 'node.json'), `${JSON.stringify(config, null, 2)}\n`)
    terminal.print(say('cli.init-done', { files: files.join(language === 'zh' ? '、' : ', ') })[language])
    const trust = resolve(folder, config.trust)
    const isListed = (await exists(trust)) && (await readTrustFile(trust)).anchors.some(({ authority }) => authority === config.authority)
    for (const line of nextSteps(config, { folder, isListed, now: terminal.now() }, language)) terminal.print(line)
    return 0
  },
}

async function writeKeys(folder: string, name: string, alg: AlgorithmName): Promise<string[]> {
  const { kid, privateJwk, publicJwk } = await generateKey(alg)
  const [secret, open] = [join(folder, `${name}.key.json`), join(folder, `${name}.pub.json`)]
  await writeSecret(secret, `${JSON.stringify({ ...privateJwk, alg, kid }, null, 2)}\n`)
  await writeNew(open, `${JSON.stringify(publicJwk, null, 2)}\n`)
  return [secret, open]
}

/** @throws `cli.option-value` for a code whose check character is wrong, and an address without a port; `cli.option-missing` without a terminal to ask on, `cli.config` for an invalid answer */
async function configOf(args: Arguments, terminal: Terminal, language: 'zh' | 'en'): Promise<NodeConfig> {
  const answer = async (name: Question): Promise<string> => {
    const given = args.text(name)
    if (given !== undefined) return given
    const { example, ...what } = QUESTIONS[name]
    const told = await terminal.question(say('cli.init-ask', { what, example })[language])
    return told === undefined ? args.required(name) : told
  }
  const [authority, zh, region, url] = [await answer('authority'), await answer('name'), await answer('region'), await answer('url')]
  mustBeUscc(authority, 'authority')
  warnOfOtherRegion(authority, region, args, terminal)
  const [, host, port] = /^(.+):([0-9]{1,5})$/.exec(args.text('listen') ?? '127.0.0.1:8443') ?? []
  if (host === undefined) throw fault('cli.option-value', { option: '--listen', expected: 'HOST:PORT' })
  const en = args.text('name-en')
  const head = args.text('head') ?? ((await terminal.question(say('cli.init-head')[language])) || undefined)
  const draft = {
    $schema: `${SCHEMA_BASE}node-config.v1.json`,
    id: args.text('id') ?? url,
    url,
    listen: { host, port: Number(port) },
    authority,
    name: { zh, ...(en !== undefined && { en }) },
    region,
    key: 'node.key.json',
    trust: args.text('trust') ?? 'trust.json',
    database: args.text('database') ?? 'node.db',
    log: { origin: `${url.replace(/^https?:\/\//, '')}/v1/log`, key: 'log.key.json', witness: 'witness.key.json' },
    ...(head !== undefined && { head: headOf(head) }),
    peers: [],
  }
  const { value, faults } = parseShape<NodeConfig>(NodeConfig, draft)
  if (value === undefined) throw fault('cli.config', { file: 'node.json', ...faultDetails(faults, NodeConfig) })
  return value
}

/** A file, or a key in etcd: `http://a:2379,http://b:2379/key`. Without a key the configuration is invalid, which is reported as such. */
function headOf(text: string): string | { readonly etcd: string | string[]; readonly key: string } {
  const [, members, key = ''] = /^(https?:\/\/[^/,]+(?:,https?:\/\/[^/,]+)*)(\/.*)?$/.exec(text) ?? []
  if (members === undefined) return text
  const [first = '', ...others] = members.split(',')
  return { etcd: others.length === 0 ? first : [first, ...others], key }
}

/** Default validity of a node's key, in years. */
const YEARS = 3

interface Situation {
  readonly folder: string
  /** Whether the authority already has a trust list. */
  readonly isListed: boolean
  readonly now: Instant
}

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`
/** A path as a word of a shell: as it is, or quoted where it has a blank or another character that a shell reads. */
const shellWord = (path: string): string => (/^[\w./:@%+,\u4e00-\u9fff-]+$/.test(path) ? path : quoted(path))

/** Next steps of the operator: the authority lists the three keys, then the node can run. */
function nextSteps(
  { authority, log, name, region, trust }: NodeConfig,
  { folder, isListed, now }: Situation,
  language: 'zh' | 'en',
): string[] {
  const beside = (file: string): string => shellWord(isAbsolute(file) ? file : join(folder, file))
  const of = `--draft next.json --trust ${beside(trust)} --iss ${authority}`
  const until = addPeriod(civilDateOf(now), { years: YEARS, months: 0, days: 0 })
  const first = [
    'npx tongheng keygen --out root.key.json --public root.pub.json',
    `npx tongheng trust init ${of} --region ${region} --root root.pub.json --threshold 1`,
    `npx tongheng trust add-entity ${of} --uscc ${authority} --name ${quoted(name.zh)}`,
  ]
  const commands = [
    ...(isListed ? [] : first),
    `npx tongheng trust add-key ${of} --uscc ${authority} --jwk ${beside('node.pub.json')} --typ metrology-receipt+jwt --typ metrology-request+jwt --to ${until}T00:00:00+08:00`,
    `npx tongheng trust add-log ${of} --origin ${log?.origin} --jwk ${beside('log.pub.json')} --witness ${beside('witness.pub.json')}`,
    `npx tongheng trust publish ${of} --key root.key.json`,
    `npx tongheng serve --config ${beside('node.json')}`,
  ]
  const title = say(isListed ? 'cli.init-next' : 'cli.init-next-first')[language]
  return ['', title, ...commands.map((command) => `  ${command}`)]
}
