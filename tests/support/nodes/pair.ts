// Why this exists: two nodes that follow each other, and a log's own key, with which a test can lie as only that log could.
import { entryTypeOf } from 'tongheng/client'
import { parseStatement } from 'tongheng/envelope'
import { createNoteSigner, type NoteKey, type NoteSigner, noteKeyOf } from 'tongheng/log'
import type { NodeOptions } from 'tongheng/node'
import { type FollowEvent, type FollowOptions, followNode, type LogSource, type SyncProgress, syncLog } from 'tongheng/sync'
import { type AuthorityKey, type Change, change, type FakeAuthorities, organisation } from 'tongheng/testing'
import { signTrustList, type TrustListPayload } from 'tongheng/trust'
import { openWorld, statementIdOf, taximeter, uscc, type World, type WorldOptions } from './world.js'

/** The node of Chongqing. */
export const openChongqing = async (options: WorldOptions & { readonly authorities: FakeAuthorities }): Promise<World> =>
  openWorld({ ...options, node: { ...chongqing(options.authorities), ...options.node } })

const chongqing = (authorities: FakeAuthorities): Partial<NodeOptions> => ({
  id: 'tongheng-50',
  url: 'https://node-50.example',
  authority: uscc('CQ-AMR'),
  name: organisation('CQ-AMR').name,
  region: '50',
  signer: authorities.signer('CQ-AMR'),
  log: authorities.log('CQ-AMR'),
})

/** One round of one node following the other; returns its events. */
export async function follow(receiver: World, sender: World, options: Partial<FollowOptions> = {}): Promise<FollowEvent[]> {
  const caller = receiver.node.options.region === '51' ? 'SC-AMR' : 'CQ-AMR'
  const events: FollowEvent[] = []
  for await (const event of followNode({
    node: receiver.node,
    client: sender.client(caller),
    authority: sender.node.options.authority,
    ...options,
  }))
    events.push(event)
  return events
}

/** The keys of a node: for its own log, and as a witness. */
export async function logHolder(
  authorities: FakeAuthorities,
  authority: AuthorityKey,
  role: 'log' | 'witness' = 'log',
): Promise<{ readonly signer: NoteSigner; readonly key: NoteKey }> {
  const { origin, ...signers } = authorities.log(authority)
  const listed = authorities.trust.lists.flatMap(({ payload }) => payload.logs).find((log) => log.origin === origin)
  if (listed === undefined) throw new Error(`no list has ${origin}`)
  const [signer, jwk] = role === 'log' ? [signers.signer, listed.key] : [signers.witness, listed.witness]
  if (jwk === undefined) throw new Error(`no list has a witness key with ${origin}`)
  return { signer: await createNoteSigner({ name: origin, role, signer, jwk }), key: await noteKeyOf(origin, jwk, role) }
}

/** Statements of the Chengdu institute, signed once. */
export const signMany = (authorities: FakeAuthorities, count: number, name = '川检'): Promise<string[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => authorities.sign('CD', taximeter(`${name}-${n}`))))

/** Imports statements as from the log of another node. */
export const takeOver = async ({ node }: World, statements: readonly string[]) =>
  node.takeOver(await node.receiveFromPeer(statements.map(foreign)))

/** A statement as an entry of a page of the log of another node. */
export function foreign(statement: string) {
  return { statement, parsed: parseStatement(statement, entryTypeOf(statement) ?? 'metrology-record+jwt') }
}

/** Appends statements to the log of a node in order, without signing receipts. */
export async function fill(world: World, statements: readonly string[]): Promise<void> {
  for (const one of await takeOver(world, statements)) if ('code' in one) throw one
}

/** All stored entries of a node, in order. */
export const entriesOf = async ({ store }: World) => (await store.listEntries({}, { from: 0, limit: 100_000 })).items

/** The source of a log over a node’s client, and the requests made to it. */
export function sourceOf(sender: World, changes: Partial<LogSource> = {}): LogSource & { readonly asked: string[] } {
  const { log } = sender.client('SC-AMR')
  const asked: string[] = []
  const source: LogSource = { checkpoint: () => log.checkpoint(), tile: log.tile, entries: log.entries, ...changes }
  return {
    asked,
    checkpoint: () => source.checkpoint(),
    tile: (level, index, width) => source.tile(level, index, width),
    entries(page, width) {
      asked.push(`${page}/${width}`)
      return source.entries(page, width)
    },
  }
}

const PAGE = 256

/**
 * Syncs to the end of the log, or until it is stopped; returns the result of every page. Pages are small, so that a few hundred statements
 * are several batches.
 */
export async function sync(
  receiver: World,
  sender: World,
  source: LogSource = sourceOf(sender),
  pages = Infinity,
  together = PAGE,
): Promise<SyncProgress[]> {
  const account: SyncProgress[] = []
  for await (const progress of syncLog({ node: receiver.node, source, authority: sender.node.options.authority, batchSize: together })) {
    account.push(progress)
    if (account.length >= pages) break
  }
  return account
}

export const originOf = (world: World): string => (world.node.identity as NonNullable<World['node']['identity']>).signer.name

/** The next version of an authority's list. */
export async function nextList(
  prior: { readonly payload: TrustListPayload; readonly statementId: string },
  signers: Parameters<typeof signTrustList>[1],
  ...changes: Change[]
): Promise<{ readonly payload: TrustListPayload; readonly statementId: string; readonly signed: readonly string[] }> {
  const { payload, statementId: previous } = prior
  const next = change(payload, ['/version', payload.version + 1], ['/previous', previous], ...changes)
  const signed = await signTrustList(next, signers)
  return { payload: next, signed, statementId: statementIdOf(signed[0] as string, 'metrology-trust-list+jwt') }
}
