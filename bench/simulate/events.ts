/** What happens in a simulated nation: records, revocations, rounds of followers, and the faults of a year, pressed into one run. */
import { type Client, type ClientOptions, createClient } from 'tongheng/client'
import { isTonghengError } from 'tongheng/errors'
import type { Node } from 'tongheng/node'
import { signNotice } from 'tongheng/status'
import { followNode } from 'tongheng/sync'
import { randomOf } from '../../tests/fuzz/random.js'
import { DAY, replaceKey, START, ulidOf } from './authorities.js'
import { type Following, idOf, type Run } from './nation.js'
import type { Revocation } from './prove.js'
import { copyStore, openServer, openTwin, type Province, type Twin } from './province.js'
import { sabotaged } from './sabotage.js'
import { openLine } from './world.js'

export interface Events {
  /** Adds the first events; each adds those that follow from it. */
  begin(): void
}

/** One record of this many is revoked. */
const REVOKED = 10
/** Seconds after which a caller that got no receipt tries again. */
const AGAIN = 300

export function createEvents(run: Run): Events {
  const { queue, provinces, options, end } = run
  const length = end - START
  const [first, liar, late, lost] = provinces as [Province, Province, Province, Province]
  const twin = twinOf(run, liar)
  const at = (share: number, kind: string, work: (at: number) => Promise<void>): void =>
    queue.add({ at: START + length * share, kind, run: work })
  return {
    begin() {
      for (const province of provinces) {
        if (options.rate > 0) submitNext(run, province, 0)
        for (const peer of province.peers) {
          const delay = randomOf(`${options.seed} ${province.region} ${peer.region}`).below(options.intervalSeconds * 1000) / 1000
          queue.add({ at: START + delay, kind: 'rounds', run: (now) => round(run, twin, province, peer, now) })
        }
      }
      at(0.3, 'events', (now) => publish(run, first, now, () => replaceKey(first.authority, Math.floor(now))))
      at(0.5, 'events', (now) => publish(run, late, now, () => renew(late, Math.floor(now))))
      at(0.4, 'events', () => twin.begin())
      losing(run, lost, at)
    },
  }
}

/** The list of an authority that let it run out. */
const renew = ({ authority }: Province, now: number) =>
  authority.reissue((payload) => ({ ...payload, iat: now, nextUpdate: now + 300 * DAY, exp: now + 400 * DAY }))

async function publish(run: Run, province: Province, at: number, issue: () => ReturnType<typeof replaceKey>): Promise<void> {
  const { node, region, authority } = province
  run.world.time.now = Math.max(at, province.freeAt)
  const refused = await node.learn({ trustLists: [await issue()] })
  for (const { code } of refused) run.faults.push(`${region}: its own list was refused: ${code}`)
  run.lists.push({ iss: authority.uscc, version: authority.list.payload.version, region, at: run.world.time.now, seen: new Map() })
}

/**
 * A province whose database is lost: first an old backup is put in its place, at which the node must halt, since the second place
 * of its head survived; then what the standby has.
 */
function losing(run: Run, province: Province, at: (share: number, kind: string, work: (at: number) => Promise<void>) => void): void {
  let backup: Province['store']
  let standby: Province['store']
  const restore = async (store: Province['store'], now: number): Promise<void> => {
    run.world.time.now = Math.max(now, province.freeAt)
    Object.assign(province, await openServer(province, run.nation, store), { isUp: true })
  }
  at(0.45, 'events', async () => {
    backup = await copyStore(province.store)
  })
  at(0.55, 'events', async () => {
    standby = province.store
    province.isUp = false
  })
  at(0.65, 'events', (now) => restore(backup, now))
  at(0.8, 'events', async (now) => {
    if (province.node.head.fault === undefined) run.faults.push(`${province.region}: served from an old backup and did not halt`)
    await restore(standby, now)
  })
}

/** The liar shows its second history to one peer, some time after that peer has seen the first. */
function twinOf(run: Run, liar: Province) {
  let twin: Twin | undefined
  let shownFrom = Number.POSITIVE_INFINITY
  return {
    async begin(): Promise<void> {
      twin = await openTwin(liar, run.nation)
      run.contested.from = run.world.time.now
      shownFrom = run.world.time.now + 3 * run.options.intervalSeconds
    },
    /** What `to` answers to `from`. */
    async facing(from: Province, to: Province) {
      if (twin === undefined || to !== liar || from !== liar.peers[0] || run.world.time.now < shownFrom) return to.server.fetch
      run.contested.replaced = await twin.mirror()
      return twin.server.fetch
    },
  }
}

/** One round by which a node follows a peer; the next is an interval later. */
async function round(run: Run, twin: ReturnType<typeof twinOf>, province: Province, peer: Province, at: number): Promise<void> {
  const { world, queue, options } = run
  const { time } = world
  time.now = Math.max(at, province.freeAt, peer.freeAt)
  queue.add({ at: at + options.intervalSeconds, kind: 'rounds', run: (next) => round(run, twin, province, peer, next) })
  if (!province.isUp) return
  run.rounds++
  const serve = await twin.facing(province, peer)
  const line = openLine(world, run.exchanges++, { from: province.region, to: peer.region, isUp: () => peer.isUp, serve })
  try {
    const client = followingClient(run, province, peer, line.fetch)
    for await (const event of followNode({ node: follower(run, province), client, authority: peer.authority.uscc }))
      if (event.kind === 'progress') for (const name of ['taken', 'known', 'skipped'] as const) run.work[name] += event[name]
  } catch (error) {
    refused(run, error, province.region, peer.region)
  }
  await line.end()
  province.freeAt = time.now
  if (peer.isUp) peer.freeAt = time.now
  await look(run, province)
}

/** The node by which a province follows: of one province, the sabotaged one. */
function follower({ provinces, sabotagedNodes, options: { sabotage } }: Run, province: Province): Node {
  const { node } = province
  if (province !== provinces.at(-2)) return node
  const known = sabotagedNodes.get(node) ?? sabotaged(node, sabotage)
  sabotagedNodes.set(node, known)
  return known
}

/** A node has one client of a peer for as long as its process lives: it remembers which lists have not changed. */
function followingClient(run: Run, { node, region, authority }: Province, peer: Province, fetch: Following['fetch']): Client {
  const name = `${region} ${peer.region}`
  const known = run.following.get(name)
  if (known?.node === node) {
    known.fetch = fetch
    return known.client
  }
  const caller = { iss: authority.uscc, signer: authority.signer }
  const following: Following = { node, fetch, client: clientOf(run, peer, { caller, fetch: (request) => following.fetch(request) }) }
  run.following.set(name, following)
  return following.client
}

/** A request that is lost is made again at the next round, not within it. */
const clientOf = ({ nation: { now } }: Run, { url, region, node }: Province, rest: Required<Pick<ClientOptions, 'caller' | 'fetch'>>) =>
  createClient({ node: { url, id: `tongheng-${region}` }, trust: node.trust, now, retries: 0, ...rest })

/**
 * Refusals that these events cause, and that pass; a statement that never gets a receipt fails the run all the same. `record.refused`:
 * the list of its authority has run out.
 */
const PASSING: ReadonlySet<string> = new Set(['client.network', 'request.list-expired', 'record.refused', 'log.behind-head'])
/** What a follower says of a log that shows two histories, or is behind its own head; `log.halted` is what the liar's own node says. */
const OF_LOGS: ReadonlySet<string> = new Set(['sync.fork', 'sync.rollback', 'log.no-checkpoint'])

function refused(run: Run, error: unknown, from: string, to: string): void {
  if (!isTonghengError(error)) throw error
  const { code } = error
  run.refusals[code] = (run.refusals[code] ?? 0) + 1
  const [liar, lost] = [run.provinces[1], run.provinces[3]].map((province) => province?.region)
  const isExplained =
    PASSING.has(code) || (OF_LOGS.has(code) && (to === liar || to === lost)) || (code === 'log.halted' && from.endsWith(liar as string))
  if (!isExplained) run.faults.push(`${from} from ${to}: ${code} ${JSON.stringify(error.details).slice(0, 300)}`)
}

/** Notes what a node has learned of by now. */
async function look(run: Run, { region, node }: Province): Promise<void> {
  const { now } = run.world.time
  for (const one of run.revocations) {
    if (one.region === region || one.seen.has(region)) continue
    if ((await node.noticesOf(one.id)).length > 0) one.seen.set(region, now)
  }
  for (const one of run.lists) {
    if (one.region === region || one.seen.has(region)) continue
    if (node.trust.lists.some(({ payload }) => payload.iss === one.iss && payload.version >= one.version)) one.seen.set(region, now)
  }
}

function submitNext(run: Run, province: Province, n: number): void {
  const { queue, options, end } = run
  const { region } = province
  const at = START + ((n + randomOf(`${options.seed} ${region} ${n}`).below(1000) / 1000) * DAY) / options.rate
  if (at >= end) return
  queue.add({
    at,
    kind: 'submissions',
    run: async (now) => {
      run.pending.add(`${region} ${n}`)
      await submit(run, province, { n, signedAt: Math.floor(now), attempt: 0 }, now)
      submitNext(run, province, n + 1)
    },
  })
}

interface Submitting {
  readonly n: number
  readonly signedAt: number
  readonly attempt: number
}

/** The institute of a province submits a record until it has a receipt; each time it signs the same claims with the key it has now. */
async function submit(run: Run, province: Province, given: Submitting, at: number): Promise<void> {
  const { options } = run
  const { n, signedAt, attempt } = given
  const { region, authority } = province
  const name = options.sabotage === 'double' && attempt > 0 ? n + 1_000_000 * attempt : n
  const isDone = await exchange(run, province, at, async (client) => {
    const statement = await authority.record(name, signedAt)
    const { claims } = await client.records.submit(statement)
    if (claims.decision === 'rejected' || claims.log === undefined) {
      run.refusals[`receipt.${claims.decision}`] = (run.refusals[`receipt.${claims.decision}`] ?? 0) + 1
      return false
    }
    const id = idOf(statement, 'metrology-record+jwt')
    run.accepted.set(id, { region, statement, position: claims.log.index, at: run.world.time.now })
    run.pending.delete(`${region} ${n}`)
    if (n % REVOKED === 0) revokeLater(run, province, { n, id })
    return true
  })
  if (!isDone)
    run.queue.add({ at: at + AGAIN, kind: 'submissions', run: (now) => submit(run, province, { ...given, attempt: attempt + 1 }, now) })
}

function revokeLater(run: Run, province: Province, { n, id }: { readonly n: number; readonly id: string }): void {
  const { region } = province
  const { now } = run.world.time
  // At any later moment of the run, so that some meet each of its faults.
  const at = now + randomOf(`${run.options.seed} revoke ${region} ${n}`).below(Math.max(1, Math.floor(run.end - now)))
  run.pending.add(`${region} notice ${n}`)
  run.queue.add({ at, kind: 'revocations', run: (moment) => revoke(run, province, { n, id, signedAt: Math.floor(moment) }, moment) })
}

async function revoke(
  run: Run,
  province: Province,
  given: { readonly n: number; readonly id: string; readonly signedAt: number },
  at: number,
): Promise<void> {
  const { n, id, signedAt } = given
  const { region, authority } = province
  const isDone = await exchange(run, province, at, async (client) => {
    const notice = await signNotice(
      {
        iss: authority.institute,
        iat: signedAt,
        jti: ulidOf(signedAt, region, 500_000_000 + n),
        action: 'revoke',
        statements: [id],
        from: signedAt,
        reason: { zh: '数据有误（模拟）' },
      },
      authority.key.signer,
    )
    const { claims } = await client.notices.submit(notice)
    if (claims.decision === 'rejected' || claims.log === undefined) return false
    const { now } = run.world.time
    run.accepted.set(idOf(notice, 'metrology-notice+jwt'), { region, statement: notice, position: claims.log.index, at: now })
    run.revocations.push({ id, region, at: now, seen: new Map() } satisfies Revocation)
    run.pending.delete(`${region} notice ${n}`)
    return true
  })
  if (!isDone) run.queue.add({ at: at + AGAIN, kind: 'revocations', run: (now) => revoke(run, province, given, now) })
}

/** One call of the institute to the node of its province; false where it must be repeated. */
async function exchange(run: Run, province: Province, at: number, work: (client: Client) => Promise<boolean>): Promise<boolean> {
  const { time } = run.world
  const { region, authority } = province
  time.now = Math.max(at, province.freeAt)
  const line = openLine(run.world, run.exchanges++, {
    // The institute is where its node is: a partition between provinces does not part them.
    from: region,
    to: region,
    isUp: () => province.isUp,
    serve: province.server.fetch,
  })
  try {
    return await work(clientOf(run, province, { caller: { iss: authority.institute, signer: authority.key.signer }, fetch: line.fetch }))
  } catch (error) {
    refused(run, error, `institute ${region}`, region)
    return false
  } finally {
    await line.end()
    if (province.isUp) province.freeAt = time.now
  }
}
