/** The configuration file of `serve` and related commands, and the node that it describes. */

import { availableParallelism } from 'node:os'
import { dirname, resolve } from 'node:path'
import * as z from 'zod/mini'
import { BLANK } from '../base/blank.js'
import { isTonghengError, type TonghengError } from '../base/error.js'
import { faultDetails } from '../base/faults.js'
import { about, Line, LocalizedText, named, RegionCode, Uscc } from '../base/schema.js'
import { parseShape } from '../base/shape.js'
import { createClient } from '../client/index.js'
import { AlgorithmName, createSigner, type Signer } from '../envelope/index.js'
import { createNode, type Node, type Store } from '../node/index.js'
import { createPostgresStore } from '../stores/postgres/index.js'
import { createSqliteStore } from '../stores/sqlite/index.js'
import type { FollowOptions } from '../sync/index.js'
import type { TrustFile } from '../verify/inside.js'
import { databaseFault, fileError } from './file-error.js'
import { type Input, isOpenToOthers, jsonOf, mustHoldDatabase, readBytes, readKey, readTrustFile, tighten } from './files.js'
import { createHeadPlace, createReadersHead } from './head-place.js'
import { fault, say } from './messages.js'
import type { Terminal } from './terminal.js'

/** Seconds. */
const Interval = z.int().check(z.minimum(1), z.maximum(86_400))
const File = about(Line, '文件，相对于本配置文件', 'File, relative to this one')
const Address = z.string().check(z.maxLength(300), z.regex(new RegExp(`^https?://[^${BLANK}/]+(?:/[^${BLANK}]*[^${BLANK}/])?$`)))
const Count = (zh: string, en: string) => about(z.optional(z.int().check(z.minimum(1), z.maximum(1_000_000_000))), zh, en)

const Member = z.string().check(z.maxLength(300), z.regex(new RegExp(`^https?://[^${BLANK}/@]+/?$`)))
const EtcdHead = z.strictObject({
  etcd: about(
    z.union([Member, z.array(Member).check(z.minLength(1), z.maxLength(9))]),
    'etcd 成员的地址，依次尝试；须不是 Patroni 所用的那一个',
    'Addresses of the members of an etcd, tried in order; not the etcd that Patroni uses',
  ),
  key: about(Line, '键；读者登记簿的存于其后加 .readers 的键', 'Key; that of the register of readers has .readers after it'),
  tls: about(
    z.optional(z.strictObject({ ca: z.optional(File), cert: z.optional(File), key: z.optional(File) })),
    '证书（PEM）：ca 签发 etcd 的证书，cert 和 key 为本节点的客户端证书',
    'Certificates (PEM): ca issued that of etcd; cert and key are of this node as a client',
  ),
  user: about(z.optional(Line), 'etcd 的用户名', 'Name of a user of etcd'),
  passwordFile: about(z.optional(File), '存有其密码的文件', 'File with its password'),
})

export const NodeConfig = named(
  'node-config',
  about(
    z.strictObject({
      $schema: about(z.optional(Line), '本格式的地址，供编辑器使用', 'Address of this schema, for editors'),
      id: about(Line, '节点标识：请求的 aud；启用后不改', 'Id of the node: the aud of requests; never changed once in use'),
      url: about(Address, '调用方所用的地址，末尾不带 /', 'Address by which callers reach it, without a trailing slash'),
      listen: about(
        z.strictObject({ host: Line, port: z.int().check(z.minimum(0), z.maximum(65_535)) }),
        '监听的地址和端口',
        'Address and port to listen on',
      ),
      trustedProxies: about(
        z.optional(z.array(Line).check(z.maxLength(100))),
        '前置代理的地址或网段（如 10.0.0.0/8）：只信其 X-Forwarded-For 或 Forwarded 所写的来源地址；代理须改写或追加此项，勿原样转发',
        'Addresses or networks (10.0.0.0/8) of proxies in front: only their X-Forwarded-For or Forwarded says where a request came from; a proxy must write or append to it, never pass it on as it came',
      ),
      tls: about(
        z.optional(z.strictObject({ cert: File, key: File })),
        '证书和私钥（PEM）；由前置代理处理 TLS 时不写',
        'Certificate and key (PEM); absent where a proxy in front has them',
      ),
      authority: about(Uscc, '运行节点的主管部门', 'Authority that runs the node'),
      name: about(LocalizedText, '节点名称', 'Name of the node'),
      region: about(RegionCode, '所属省（市）', 'Province'),
      key: about(File, '签回执的私钥文件', 'Private key file; it signs receipts'),
      trust: about(File, '信任文件；收到 SIGHUP 时重读', 'Trust file; read again on SIGHUP'),
      database: about(
        Line,
        '数据库：文件（SQLite），或 postgres://…（PostgreSQL，可多个进程共用）',
        'Database: a file (SQLite), or postgres://… (PostgreSQL, which several processes may share)',
      ),
      log: about(
        z.optional(
          z.strictObject({
            origin: about(Line, '日志名称，如 node.example.cn/v1/log', 'Name of the log, as node.example.cn/v1/log'),
            key: about(File, '日志私钥文件（Ed25519）', 'Private key file of the log (Ed25519)'),
            witness: about(
              z.optional(File),
              '见证其他日志所用的私钥文件（Ed25519），须不同于日志私钥；公钥列入信任列表该日志的 witness',
              'Private key file that cosigns the logs of others (Ed25519), not the key of the log; the trust list has its public key as witness of the log',
            ),
          }),
        ),
        '日志；名称和公钥须已列入本机关的信任列表',
        'The log; the authority’s trust list must have its name and public key',
      ),
      publish: about(
        z.optional(File),
        '文件夹：日志的散列块、条目集、检查点和公开文件写入其中，由网页服务器直接提供给读者；须有 log',
        'Folder into which the tiles, bundles and checkpoints of the log and the public documents are written, for a web server to give to readers; needs log',
      ),
      numberTwice: about(
        z.optional(z.enum(['pending', 'refuse'])),
        '证书编号已用于另一器具或另一内容、又未声明替代时：pending 收下待处理（缺省），refuse 不收（409）',
        'A certificate number that is on another instrument or content already, without saying that it replaces it: stored as pending (where absent), or refused with 409',
      ),
      policy: about(
        z.optional(
          z.strictObject({
            algorithms: about(
              z.array(AlgorithmName).check(z.length(1)),
              '提交和同步的签名记录、状态公告须用的签名算法；每件提交只带一个签名，故只写一种',
              'Algorithm by which records and notices must be signed, at submission and from peers; what is submitted has one signature, so one is named',
            ),
          }),
        ),
        '受理规则',
        'What is taken in',
      ),
      head: about(
        z.optional(z.union([File, EtcdHead])),
        '日志头的第二存放处：另一块磁盘上的文件，或 etcd 中的一个键；数据库丢失数据时据此停止，不致另签一部历史',
        'Second place of the head of the log: a file on another disk, or a key in etcd; by it a node whose database lost data halts, and signs no second history',
      ),
      peers: about(
        z.optional(
          z
            .array(
              z.strictObject({
                url: Address,
                id: about(z.optional(Line), '对方节点标识，缺省同地址', 'Id of the other node; its address where absent'),
                authority: about(Uscc, '对方主管部门', 'Authority that runs it'),
                intervalSeconds: about(z.optional(Interval), '两轮同步之间的秒数，缺省 10', 'Seconds between two rounds; 10 where absent'),
                every: about(z.optional(Interval), 'intervalSeconds 在 0.1.0 中的名称', 'Name of intervalSeconds in 0.1.0'),
              }),
            )
            .check(z.maxLength(20)),
        ),
        '所跟随的节点：同步其日志，并请其见证本方日志',
        'Nodes to follow: their logs are taken over, and they witness ours',
      ),
      limits: about(
        z.optional(
          z.strictObject({
            replay: Count('防重放所记请求数', 'Requests remembered against replay'),
            page: Count('列表每页条数', 'Items of a page'),
            bulkOctets: Count('成批提交的字节数', 'Octets of a bulk request'),
            bulkLines: Count('成批提交的件数', 'Statements of a bulk request'),
            pageOctets: Count('列表每页的字节数，缺省 262144', 'Octets of a page; 262144 where absent'),
            rate: Count('每个调用方每秒请求数', 'Requests a second of one caller'),
            burst: Count('每个调用方一时可有的请求数', 'Requests one caller may make at once'),
            waiting: Count('排队等候的公开调用数，缺省 1024', 'Open calls that wait for their turn; 1024 where absent'),
            heldOctets: Count(
              '同时占用的正文与应答字节数，缺省 268435456',
              'Octets of bodies and answers held at once; 268435456 where absent',
            ),
            dailyRecords: Count('每个机构每日记录数，缺省 2000000', 'Records of one issuer a day; 2000000 where absent'),
            dailyJoint: Count('每个机构每日协同记录数，缺省 20000', 'Joint statements of one issuer a day; 20000 where absent'),
            dailyNotices: Count('每个机构每日公告数，缺省 20000', 'Notices of one issuer a day; 20000 where absent'),
            dailyOctets: about(
              z.optional(z.int().check(z.minimum(1), z.maximum(Number.MAX_SAFE_INTEGER))),
              '每个机构每日字节数，缺省 17179869184',
              'Octets of one issuer a day; 17179869184 where absent',
            ),
            requestSeconds: Count('一个请求须在多少秒内收完，缺省 120', 'Seconds within which a request must have come; 120 where absent'),
            connections: Count('同时连接数，缺省 10000', 'Connections at once; 10000 where absent'),
          }),
        ),
        '限额',
        'Limits',
      ),
    }),
    '节点配置',
    'Configuration of a node',
  ),
)
export type NodeConfig = z.infer<typeof NodeConfig>

/** Reads a configuration and makes its paths absolute. @throws `cli.config` with the faults, `cli.json`, `cli.file` */
export const readNodeConfig = async (name: string): Promise<NodeConfig> => nodeConfigOf({ name, bytes: await readBytes(name) })

/** @throws `cli.config` with the faults, `cli.json` */
export function nodeConfigOf(input: Input): NodeConfig {
  const { name: file } = input
  const { value: config, faults } = parseShape<NodeConfig>(NodeConfig, jsonOf(input))
  if (config === undefined) throw fault('cli.config', { file, ...faultDetails(faults, NodeConfig) })
  if (isOtherAddress(config.database)) throw fault('cli.database-form', { file })
  const beside = (path: string): string => resolve(dirname(file), path)
  return {
    ...config,
    key: beside(config.key),
    trust: beside(config.trust),
    database: isServer(config.database) ? config.database : beside(config.database),
    ...(config.publish !== undefined && { publish: beside(config.publish) }),
    ...(config.head !== undefined && { head: headBeside(config.head, beside) }),
    ...(config.log && {
      log: { ...config.log, key: beside(config.log.key), ...(config.log.witness !== undefined && { witness: beside(config.log.witness) }) },
    }),
    ...(config.tls && { tls: { cert: beside(config.tls.cert), key: beside(config.tls.key) } }),
  }
}

function headBeside(head: NonNullable<NodeConfig['head']>, beside: (path: string) => string): NonNullable<NodeConfig['head']> {
  if (typeof head === 'string') return beside(head)
  const { tls, passwordFile, ...rest } = head
  const files = Object.entries(tls ?? {}).flatMap(([name, file]) => (file === undefined ? [] : [[name, beside(file)] as const]))
  return {
    ...rest,
    ...(tls !== undefined && { tls: Object.fromEntries(files) }),
    ...(passwordFile !== undefined && { passwordFile: beside(passwordFile) }),
  }
}

export const isServer = (database: string): boolean => /^postgres(?:ql)?:\/\//i.test(database)

/**
 * True if a text is neither a file nor a supported URL: another scheme, or `host=… password=…`, which as a file name would be created and
 * printed.
 */
const isOtherAddress = (database: string): boolean =>
  !isServer(database) && /:\/\/|(?:^|[\s;?&])(?:host|user|password|pwd|dbname|sslmode)\s*=/i.test(database)

/** @param thread option of the SQLite store @throws `cli.file` if the database cannot be opened, or is not one */
export async function openStore(database: string, thread = false): Promise<Store> {
  if (!isServer(database)) await mustHoldDatabase(database)
  try {
    return isServer(database) ? await createPostgresStore({ url: database }) : await createSqliteStore({ file: database, thread })
  } catch (error) {
    if (isTonghengError(error) || !(error instanceof Error)) throw error
    if (!isServer(database)) throw databaseFault(database, error)
    // A URL can contain a password.
    throw fileError('postgres://…', error.message, error)
  }
}

/** Number of peer statements per batch: one page, whose rows need about ten milliseconds. */
const BATCH = 256

export interface OpenedNode {
  readonly config: NodeConfig
  readonly node: Node
  readonly store: Store
  /** Signs requests to other nodes, and receipts. */
  readonly signer: Signer
  /** Number of peer statements stored per batch, during which requests wait. */
  readonly batchSize?: number | undefined
  /** Reads the trust file again; returns the errors of rejected documents. */
  reload(): Promise<readonly TonghengError[]>
  /** False while specifications and notices of the trust file wait for confirmation of the log. */
  readonly isPublished: () => boolean
}

/**
 * Creates the configured node, with the documents of its trust file.
 * @param busy processors in use: SQLite gets a thread if there are more
 */
export async function openNode(
  file: string,
  terminal: Terminal,
  { language, busy, alarm }: { language: 'zh' | 'en'; busy: number; alarm?: (alarm: TonghengError) => void },
): Promise<OpenedNode> {
  const config = await readNodeConfig(file)
  // No permission of a folder is changed that stands in the place of a database.
  for (const file of [config.database, config.head]) if (typeof file === 'string' && !isServer(file)) await mustHoldDatabase(file)
  for (const own of isServer(config.database) ? [] : ['', '-wal', '-shm']) await tighten(`${config.database}${own}`, terminal, language)
  if (isServer(config.database) && (await isOpenToOthers(file))) terminal.warn(say('cli.file-open', { file })[language])
  const signerOf = async (keyFile: string): Promise<Signer> =>
    createSigner(await readKey(keyFile, terminal, say('cli.key-open', { file: keyFile })[language]), 'threadPool')
  const signer = await signerOf(config.key)
  const log = config.log && {
    origin: config.log.origin,
    signer: await signerOf(config.log.key),
    witness: config.log.witness === undefined ? undefined : await signerOf(config.log.witness),
  }
  const material = await readTrustFile(config.trust)
  const hasThread = availableParallelism() > busy
  const store = await openStore(config.database, hasThread)
  const { id, url, authority, region, name, numberTwice, policy } = config
  try {
    const node = await createNode({
      id,
      url,
      authority,
      region,
      name: { zh: name.zh, en: name.en ?? name.zh },
      signer,
      log,
      store,
      head: createHeadPlace(config.head),
      readersHead: createReadersHead(config.head),
      awaitsWitness: config.head === undefined && (config.peers ?? []).length > 0,
      anchors: material.anchors,
      trustLists: material.trustLists,
      agreements: material.agreements ?? [],
      catalogues: material.catalogues ?? [],
      now: terminal.now,
      alarm: alarm ?? (({ text }) => terminal.warn(text[language])),
      numberTwice,
      policy,
    })
    const { publish, isPublished } = publishing(node)
    for (const { text } of await publish(material)) terminal.warn(text[language])
    const reload = async () => publish(await readTrustFile(config.trust))
    const batchSize = hasThread || isServer(config.database) ? undefined : BATCH
    return { config, node, store, signer, reload, isPublished, batchSize }
  } catch (error) {
    await store.close()
    throw error
  }
}

/** Publishes the documents of a trust file in the log, and thereby to every node that follows it. */
function publishing(node: Node) {
  const { authority } = node.options
  let isPublished = false
  async function publish({ specifications = [], notices = [], ...documents }: TrustFile): Promise<readonly TonghengError[]> {
    const refused = [...(await node.learn(documents))]
    // Nothing is appended to an unconfirmed log; the rest is published after its confirmation.
    const { fault } = node.head
    isPublished = fault === undefined || (isTonghengError(fault, 'log.unconfirmed') && specifications.length + notices.length === 0)
    if (fault !== undefined) return isPublished ? refused : [...refused, fault]
    const sent = { sender: authority, requestId: 'trust-file' }
    for (const statement of specifications) {
      try {
        await node.submit({ statement, ...sent })
      } catch (error) {
        // A closed log accepts no entries; its node continues to serve the existing ones.
        if (!isTonghengError(error, 'log.closed')) throw error
        refused.push(error)
      }
    }
    for (const statement of notices) {
      try {
        await node.submitNotice({ statement, ...sent })
      } catch (error) {
        if (!isTonghengError(error)) throw error
        refused.push(error)
      }
    }
    return refused
  }
  return { publish, isPublished: () => isPublished }
}

/** Options for following a peer. */
export function followingOf(
  { config, node, signer, batchSize }: Omit<OpenedNode, 'store' | 'reload' | 'isPublished'>,
  peer: NonNullable<NodeConfig['peers']>[number],
): FollowOptions {
  const clientOf = ({ url, id }: { readonly url: string; readonly id?: string | undefined }) =>
    createClient({ node: { url, ...(id !== undefined && { id }) }, caller: { iss: config.authority, signer }, now: node.options.now })
  return { node, client: clientOf(peer), clientOf, authority: peer.authority, batchSize }
}
