/** Checks of the doctor on this machine: runtime, keys, lists, disks, folders, port, certificate. */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { constants } from 'node:fs'
import { access, stat, statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname } from 'node:path'
import process from 'node:process'
import { formatInstant, type Instant } from '../../base/date.js'
import { isTonghengError } from '../../base/error.js'
import { messageOf } from '../../base/message.js'
import { createSigner, type Signer } from '../../envelope/index.js'
import { identityOf, mustBeListed, mustBeOfRegion } from '../../node/inside.js'
import { dueOf, type Trust } from '../../trust/index.js'
import { distanceOf } from '../calendar.js'
import { exists, isOpenToOthers, readBytes, readKey } from '../files.js'
import type { EtcdHead } from '../head-etcd.js'
import { createHeadPlace } from '../head-place.js'
import { isServer, type NodeConfig } from '../node-config.js'
import type { Terminal } from '../terminal.js'
import { authorityName } from '../trust/pull.js'
import { type Found, fail, failedBy, ok, reasonOf, warn } from './found.js'
import { say } from './messages.js'

export interface Examined {
  readonly config: NodeConfig
  readonly configFile: string
  readonly trust: Trust
  readonly now: Instant
  readonly terminal: Terminal
  readonly language: 'zh' | 'en'
  /** Timeout in seconds for each answer of a node. */
  readonly seconds: number
}

const LEAST = '20.19.0'

export function runtime(version = process.versions.node): Found {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isOld = major < 20 || (major === 20 && minor < 19)
  return isOld ? fail('doctor.runtime-old', { version, least: LEAST }) : ok('doctor.runtime', { version })
}

/** Checks that the keys of the node are readable, private, and in the trust list. */
export async function keys({ config, trust, terminal }: Examined): Promise<Found[]> {
  const { key, log, authority, region } = config
  const lines: Found[] = []
  const signerOf = async (file: string, role: 'receipts' | 'log' | 'witness'): Promise<Signer | undefined> => {
    const named = { role: say(`doctor.role-${role}`), file }
    try {
      // The check reports open permissions itself, so suppress the warning of the reader.
      const signer = await createSigner(await readKey(file, { ...terminal, warn: () => undefined }, ''))
      lines.push((await isOpenToOthers(file)) ? warn('doctor.key-open', named) : ok('doctor.key', { ...named, kid: signer.kid }))
      return signer
    } catch (error) {
      lines.push(failedBy(error))
      return undefined
    }
  }
  const signer = await signerOf(key, 'receipts')
  const logSigner = log && (await signerOf(log.key, 'log'))
  const witness = log?.witness === undefined ? undefined : await signerOf(log.witness, 'witness')
  try {
    mustBeOfRegion({ authority, region }, trust)
    if (signer !== undefined) mustBeListed({ authority, signer }, trust)
    if (log !== undefined && logSigner !== undefined)
      await identityOf({ authority, log: { origin: log.origin, signer: logSigner, ...(witness && { witness }) } }, trust)
    if (lines.every(({ status }) => status !== 'fail')) lines.push(ok('doctor.keys-listed', { authority: authorityName(authority, trust) }))
  } catch (error) {
    lines.push(failedBy(error))
  }
  return lines
}

/** Checks the lists of the authority of the node and of its peers. */
export function lists({ config, trust, now }: Examined): Found[] {
  const wanted = new Set([
    config.authority,
    ...(config.peers ?? []).map(({ authority }) => authority),
    ...trust.lists.map(({ payload }) => payload.iss),
  ])
  return [...wanted].map((iss) => {
    const list = trust.lists.find(({ payload }) => payload.iss === iss)
    const authority = authorityName(iss, trust)
    if (list === undefined) return fail('doctor.list-none', { file: config.trust, authority })
    const due = dueOf(list, now)
    if (due !== undefined)
      return { status: due.code === 'trust-list.expired' ? 'fail' : 'warn', code: due.code, text: messageOf(due.code, due.params) }
    const { version, nextUpdate, exp } = list.payload
    const left = { zh: distanceOf(exp, now, 'zh'), en: distanceOf(exp, now, 'en') }
    return ok('doctor.list', { authority, version, nextUpdate: formatInstant(nextUpdate), exp: formatInstant(exp), left })
  })
}

const MEBI = 1024 * 1024
/** Free octets below which a node runs out of space within days. */
const LOW = 2048 * MEBI
/** Free octets below which it runs out at once. */
const OUT = 256 * MEBI

export const sizeText = (octets: number): string =>
  octets >= 1024 * MEBI ? `${(octets / 1024 / MEBI).toFixed(1)} GiB` : `${Math.floor(octets / MEBI)} MiB`

/** Checks the disks and folders that the node writes. */
export async function disks({ config, configFile }: Examined): Promise<Found[]> {
  const { database, head } = config
  const files = [...(isServer(database) ? [] : [database]), ...(typeof head === 'string' ? [head] : [])]
  const lines: Found[] = []
  for (const path of new Set(files.map((file) => dirname(file)))) {
    try {
      await access(path, constants.W_OK)
      lines.push(ok('doctor.folder', { path }))
      const { bavail, bsize, blocks } = await statfs(path)
      const free = bavail * bsize
      const params = { path, free: sizeText(free), percent: blocks === 0 ? 0 : Math.floor((100 * bavail) / blocks) }
      lines.push(free < OUT ? fail('doctor.disk-low', params) : free < LOW ? warn('doctor.disk-low', params) : ok('doctor.disk', params))
    } catch (error) {
      const reason = reasonOf(error)
      lines.push(reason === 'ENOENT' ? fail('doctor.folder-none', { path }) : fail('doctor.folder-closed', { path, reason }))
    }
  }
  const secrets = isServer(database) ? [configFile] : ['', '-wal', '-shm'].map((suffix) => `${database}${suffix}`)
  for (const file of secrets) if (await isOpenToOthers(file)) lines.push(warn('doctor.secret-open', { file }))
  return [...lines, ...(await secondPlace(config))]
}

async function secondPlace({ database, head, log }: NodeConfig): Promise<Found[]> {
  if (log === undefined) return []
  if (head === undefined) return [warn('doctor.head-none')]
  if (typeof head !== 'string') return [await placeInEtcd(head)]
  if (isServer(database) || !(await exists(dirname(head))) || !(await exists(dirname(database)))) return []
  const [one, other] = [await stat(dirname(head)), await stat(dirname(database))]
  return [one.dev === other.dev ? warn('doctor.head-same-disk', { file: head }) : ok('doctor.head', { file: head })]
}

async function placeInEtcd(head: EtcdHead): Promise<Found> {
  const { key } = head
  try {
    await createHeadPlace(head).read()
    return ok('doctor.head-etcd', { key })
  } catch (error) {
    return fail('doctor.head-away', { key, reason: isTonghengError(error) ? error.text : reasonOf(error) })
  }
}

/** Undefined if this process could listen there; else the error code. */
const listenFault = (host: string, port: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', (error) => resolve(reasonOf(error)))
    probe.listen(port, host, () => probe.close(() => resolve(undefined)))
  })

/** Undefined if the port is free, otherwise the error code; the caller determines which program uses the port. */
export const port = async ({ config: { listen } }: Examined): Promise<{ readonly reason: string } | undefined> => {
  const reason = await listenFault(listen.host, listen.port)
  return reason === undefined ? undefined : { reason }
}

const SOON = 14 * 86_400

/** Checks the TLS certificate, if the node has one. */
export async function certificate({ config: { tls }, now }: Examined): Promise<Found[]> {
  if (tls === undefined) return []
  const { cert: file, key } = tls
  try {
    const certificate = new X509Certificate(await readBytes(file))
    const until = formatInstant(Math.floor(Date.parse(certificate.validTo) / 1000))
    const bad = (reason: ReturnType<typeof say>): Found[] => [fail('doctor.tls-bad', { file, reason })]
    if (!certificate.checkPrivateKey(createPrivateKey(Buffer.from(await readBytes(key))))) return bad(say('doctor.tls-other-key', { key }))
    const left = Date.parse(certificate.validTo) / 1000 - now
    if (left < 0) return bad(say('doctor.tls-expired', { until }))
    const mode = (await isOpenToOthers(key)) ? [warn('doctor.secret-open', { file: key })] : []
    return [left < SOON ? warn('doctor.tls-soon', { file, until }) : ok('doctor.tls', { file, until }), ...mode]
  } catch (error) {
    return [fail('doctor.tls-bad', { file, reason: reasonOf(error) })]
  }
}
