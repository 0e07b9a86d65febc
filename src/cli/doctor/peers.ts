/** Checks of the doctor over the network: that the own node runs and is ready; clock, name, log and newer lists of each peer. */
import { isTonghengError } from '../../base/error.js'
import { isRecord, mustHaveJson, textAt } from '../../client/inside.js'
import { openListedCheckpoint } from '../../verify/index.js'
import type { NodeConfig } from '../node-config.js'
import { askNode, nodeSource } from '../node-source.js'
import { oldLists } from '../trust/old-lists.js'
import { authorityName } from '../trust/pull.js'
import { type Found, fail, failedBy, ok, warn } from './found.js'
import { type Examined, port } from './here.js'

type Peer = NonNullable<NodeConfig['peers']>[number]

/** Checks the program at the address of the node: a node with another configuration is a fault. */
export async function ownNode(examined: Examined): Promise<Found[]> {
  const { config, seconds } = examined
  const { host, port: number } = config.listen
  const taken = await port(examined)
  if (taken === undefined) return [ok('doctor.port-free', { host, port: number })]
  // A certificate is valid for the name of the node, not for its listening address.
  const url = config.tls === undefined ? `http://${localOf(host)}:${number}` : config.url
  try {
    const source = nodeSource(url, seconds)
    const told = await mustHaveJson(source, '/.well-known/tongheng')
    if (textAt(told, 'id') !== config.id) return [fail('doctor.port-taken', { host, port: number, ...taken })]
    const runs = ok('doctor.port-ours', { host, port: number, version: textAt(told, 'version') })
    return [runs, await readiness(url, examined)]
  } catch (error) {
    if (!isTonghengError(error)) throw error
    return [fail('doctor.port-taken', { host, port: number, ...taken })]
  }
}

const localOf = (host: string): string =>
  host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host

async function readiness(url: string, { seconds }: Examined): Promise<Found> {
  const { status, text } = await askNode(url, '/readyz', seconds)
  if (status === 200) return ok('doctor.ready')
  const reasons = reasonsIn(text)
  const all = (language: 'zh' | 'en'): string => reasons.map((one) => textAt(one, language)).join('; ') || String(status)
  return fail('doctor.not-ready', { reason: { zh: all('zh'), en: all('en') } })
}

function reasonsIn(text: string): readonly Record<string, unknown>[] {
  try {
    const { reasons } = JSON.parse(text) as { readonly reasons?: unknown }
    return Array.isArray(reasons) ? reasons.filter(isRecord) : []
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
}

/** Largest difference of clocks, in seconds, that needs no attention. */
const SMALL = 5
/** Largest difference of clocks, in seconds, at which nodes accept requests. */
const REFUSED = 60

interface Heard {
  readonly lines: readonly Found[]
  /** Seconds by which the clock of the peer is ahead; undefined if its answer has no date. */
  readonly offset?: number | undefined
}

export async function peers(examined: Examined): Promise<Found[]> {
  const { peers: listed = [] } = examined.config
  const heard = await Promise.all(listed.map((peer) => hear(peer, examined)))
  const clocks = heard.flatMap(({ offset }, at) => (offset === undefined ? [] : [{ offset, peer: (listed[at] as Peer).url }]))
  const furthest = clocks.toSorted((a, b) => Math.abs(b.offset) - Math.abs(a.offset))[0]
  const lines = heard.flatMap((one) => one.lines)
  if (furthest === undefined) return [...lines, warn('doctor.clock-unknown')]
  const seconds = Math.abs(furthest.offset)
  if (seconds <= SMALL) return [...lines, ok('doctor.clock', { seconds: SMALL })]
  return [...lines, (seconds > REFUSED ? fail : warn)('doctor.clock-off', { peer: furthest.peer, seconds })]
}

async function hear(peer: Peer, examined: Examined): Promise<Heard> {
  const { trust, config, seconds } = examined
  const { url } = peer
  try {
    const offset = await offsetOf(url, examined)
    const source = nodeSource(url, seconds)
    const told = await mustHaveJson(source, '/.well-known/tongheng')
    const [id, authority] = [textAt(told, 'id'), textAt(told, 'authority')]
    if (authority !== peer.authority)
      return {
        offset,
        lines: [fail('doctor.peer-other', { peer: url, found: authority, authority: authorityName(peer.authority, trust) })],
      }
    const lines: Found[] = []
    if (id !== (peer.id ?? url)) lines.push(fail('doctor.peer-id', { peer: url, found: id, id: peer.id ?? url }))
    for (const old of await oldLists(source, trust)) lines.push(warn('doctor.list-old', { file: config.trust, node: url, ...old }))
    lines.push(await logOf(peer, examined))
    return { offset, lines }
  } catch (error) {
    if (!isTonghengError(error)) throw error
    const { reason, answer } = error.details as { readonly reason?: unknown; readonly answer?: unknown }
    // A proxy answers 5xx if its node is down; any other answer is of a program that is not a node.
    const isAway = isTonghengError(error, 'client.network') || /^5\d\d$/.test(String(answer))
    return { lines: [isAway ? warn('doctor.peer-away', { peer: url, reason: reason ?? error.text }) : failedBy(error)] }
  }
}

/** Clock offset by the header of an answer, compared with the current time, not with the start of the command. */
async function offsetOf(url: string, { terminal, seconds }: Examined): Promise<number | undefined> {
  const { headers } = await askNode(url, '/healthz', seconds)
  const told = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(told) ? undefined : Math.floor(told / 1000) - terminal.now()
}

async function logOf({ url, authority }: Peer, { trust, config, seconds }: Examined): Promise<Found> {
  const source = nodeSource(url, seconds)
  try {
    const note = await source.text('/v1/log/checkpoint')
    if (note === undefined) throw source.wrong('/v1/log/checkpoint', '404')
    return ok('doctor.peer', { peer: url, size: (await openListedCheckpoint(note, trust, { authority })).size })
  } catch (error) {
    if (!isTonghengError(error)) throw error
    return warn('doctor.peer-no-log', { peer: url, reason: error.text, node: url, file: config.trust })
  }
}
