// Why this exists: exchange is tested through its doors with real parts; this opens a node over a store and signs requests by hand.
import { createHash, randomBytes } from 'node:crypto'
import { type Client, type ClientOptions, createClient } from 'tongheng/client'
import { createSigner, generateKey, type PublicJwk, type Signer, signStatement } from 'tongheng/envelope'
import { admitReader, createNode, type Node, type NodeOptions, type Store } from 'tongheng/node'
import type { VerificationRecord } from 'tongheng/records'
import { createServer, type Server, type ServerEvent, type ServerOptions } from 'tongheng/server'
import { createMemoryStore } from 'tongheng/stores/memory'
import {
  createFakeAuthorities,
  DEMONSTRATION_TIME,
  type FakeAuthorities,
  fixtures,
  type OrganisationKey,
  organisation,
} from 'tongheng/testing'
import { anchorOf, signTrustList, type TrustListPayload } from 'tongheng/trust'

export const NOW = Date.parse(DEMONSTRATION_TIME) / 1000
export const uscc = (key: OrganisationKey): string => organisation(key).uscc
export const digest = (body: string | Uint8Array): string => createHash('sha256').update(body).digest('base64url')
export const nonce = (): string => randomBytes(16).toString('base64url')

let shared: Promise<FakeAuthorities> | undefined
/** One pair of authorities per test file, because generating keys is slow. */
export const fakeAuthorities = (): Promise<FakeAuthorities> => {
  shared ??= createFakeAuthorities({ witnessKeys: true })
  return shared
}

export interface Sent {
  readonly method?: string
  readonly path: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  /** The signing body; `null` for no Authorization header. */
  readonly as?: OrganisationKey | null
  readonly claims?: Readonly<Record<string, unknown>>
  readonly signer?: Signer
  /** The whole header, in place of a computed one. */
  readonly authorization?: string
  /** Address of the caller, as a reverse proxy passes it. */
  readonly from?: string
  /** True for an invalid request target. */
  readonly isTargetBroken?: true
}

export interface World {
  readonly authorities: FakeAuthorities
  /** Clock in seconds; tests set it. */
  readonly clock: { now: number }
  readonly store: Store
  readonly node: Node
  readonly server: Server
  readonly events: ServerEvent[]
  client(caller: OrganisationKey | undefined, options?: Partial<ClientOptions>): Client
  /** Sends a request, signed unless `as` is null. */
  send(sent: Sent): Promise<Response>
  /** Value of an Authorization header. */
  authorize(sent: Sent): Promise<string>
}

export interface WorldOptions {
  readonly store?: Store
  readonly limits?: ServerOptions['limits']
  readonly node?: Partial<NodeOptions>
  readonly authorities?: FakeAuthorities
}

/** Opens the node of Sichuan over a new store. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const authorities = options.authorities ?? (await fakeAuthorities())
  const clock = { now: NOW }
  const store = options.store ?? createMemoryStore()
  const events: ServerEvent[] = []
  const node = await createNode({
    id: 'tongheng-51',
    url: 'https://node.example',
    authority: uscc('SC-AMR'),
    name: organisation('SC-AMR').name,
    region: '51',
    signer: authorities.signer('SC-AMR'),
    log: authorities.log(options.node?.authority === uscc('CQ-AMR') ? 'CQ-AMR' : 'SC-AMR'),
    store,
    anchors: authorities.anchors,
    trustLists: authorities.trustLists,
    agreements: [authorities.signedAgreement],
    now: () => clock.now,
    ...options.node,
  })
  const server = createServer({
    node,
    onAnswer: (event) => events.push(event),
    ...(options.limits && { limits: options.limits }),
  })

  const authorize = async (sent: Sent): Promise<string> => {
    const as = sent.as ?? 'CD'
    const claims = {
      iss: uscc(as),
      aud: node.options.id,
      iat: clock.now,
      exp: clock.now + 120,
      jti: nonce(),
      htm: sent.method ?? 'GET',
      uri: `${node.options.url}${sent.path}`,
      dig: digest(sent.body ?? ''),
      ...sent.claims,
    }
    return `Metrology ${await signStatement(claims, { typ: 'metrology-request+jwt', signer: sent.signer ?? authorities.signer(as) })}`
  }

  return {
    authorities,
    clock,
    store,
    node,
    server,
    events,
    authorize,
    client: (caller, rest = {}) =>
      createClient({
        node: { url: node.options.url, id: node.options.id },
        ...(caller !== undefined && { caller: { iss: uscc(caller), signer: authorities.signer(caller) } }),
        trust: authorities.trust,
        fetch: server.fetch,
        now: () => clock.now,
        ...rest,
      }),
    async send(sent) {
      const { method = 'GET', path, body, headers } = sent
      const authorization = sent.as === null ? sent.authorization : (sent.authorization ?? (await authorize(sent)))
      return server.fetch(
        new Request(`${node.options.url}${path}`, {
          method,
          ...(body !== undefined && { body }),
          headers: {
            ...(body !== undefined && { 'content-type': 'application/jose' }),
            ...(authorization !== undefined && { authorization }),
            ...headers,
          },
        }),
        { ...(sent.from !== undefined && { address: sent.from }), ...(sent.isTargetBroken && { isTargetBroken: true }) },
      )
    },
  }
}

/** The taximeter of F01 under another certificate number. */
export const taximeter = (certificateNo: string, changes: Partial<VerificationRecord> = {}): VerificationRecord => ({
  ...(fixtures.F01.record as VerificationRecord),
  certificateNo,
  ...changes,
})

/** Unverified claims of a statement. */
export const claimsOf = <T = { iss: string; jti: string }>(statement: string): T =>
  JSON.parse(Buffer.from(statement.split('.')[1] ?? '', 'base64url').toString()) as T

export const statementIdOf = (statement: string, typ = 'metrology-record+jwt'): string => digest(`${typ}.${statement.split('.')[1]}`)

/** Path to submit a statement to. */
export const recordPath = (statement: string): string => {
  const { iss, jti } = claimsOf(statement)
  return `/v1/records/${iss}/${jti}`
}

/** A changed list of an authority, under new root keys. */
export async function reissue(
  authorities: FakeAuthorities,
  authority: OrganisationKey,
  change: (payload: TrustListPayload) => TrustListPayload,
): Promise<Pick<NodeOptions, 'anchors' | 'trustLists'>> {
  const root = await generateKey('ES256')
  const list = authorities.trust.lists.find(({ payload }) => payload.iss === uscc(authority))
  if (list === undefined) throw new Error(`no list of ${authority}`)
  const payload = change({ ...list.payload, roots: { keys: [root.publicJwk], threshold: 1 } })
  const signed = await signTrustList(payload, [await createSigner(root.privateJwk)])
  const others = authorities.trust.lists.filter(({ payload }) => payload.iss !== uscc(authority))
  return {
    anchors: [anchorOf(payload), ...others.map(({ payload }) => anchorOf(payload))],
    trustLists: [signed, ...others.map(({ signed }) => signed)],
  }
}

export interface ProblemBody {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly text: { readonly zh: string; readonly en: string }
  readonly advice?: { readonly zh: string; readonly en: string }
  readonly instance?: string
  readonly checks?: readonly { readonly id: string; readonly code: string; readonly status: string; readonly blockedBy?: string }[]
  readonly receipt?: string
  readonly serverTime?: string
  readonly offset?: number
  readonly storedStatementId?: string
}

export const problemOf = async (response: Response): Promise<ProblemBody> => (await response.json()) as ProblemBody

/** An expired list of Sichuan: its bodies may not read. */
export const expiredList = (authorities: FakeAuthorities): ReturnType<typeof reissue> =>
  reissue(authorities, 'SC-AMR', (payload) => ({ ...payload, iat: NOW - 30, nextUpdate: NOW - 20, exp: NOW - 10 }))

interface Admitted {
  readonly name?: string
  readonly role?: 'inspector' | 'clerk'
}

/** Admits a key as the operator of the node, and advances the clock to the next reading of the register, which is every five seconds. */
export async function admit(
  { store, node, authorities, clock }: World,
  key: PublicJwk,
  { name = '张三', role = 'inspector' }: Admitted = {},
) {
  const register = { store, trust: node.trust, authority: uscc('SC-AMR'), now: clock.now, signer: authorities.signer('SC-AMR') }
  const entry = await admitReader(register, { key, name, role, body: uscc(role === 'clerk' ? 'CD' : 'SC-AMR') })
  clock.now += 6
  return entry
}

/** The signer of a newly admitted reader for the authority of Sichuan. Does not change the clock. */
export async function reader(world: World): Promise<Signer> {
  const { publicJwk, privateJwk } = await generateKey('ES256')
  await admit(world, publicJwk)
  await world.node.refresh()
  world.clock.now -= 6
  return createSigner(privateJwk)
}
