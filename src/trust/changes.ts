/** Lists the changes from one version of a trust list to the next, for the operator who signs it. */
import { formatInstant } from '../base/date.js'
import type { Code } from '../base/message.js'
import { algorithmOf, type PublicJwk, thumbprint } from '../envelope/index.js'
import { coded, type TrustChangeCode } from './change-messages.js'
import type { Authorisation, Capability, Entity, EntityKey, TrustListPayload } from './trust-list.js'
import { removedFrom } from './walk.js'

/** A message code with its parameters. */
export interface DocumentChange {
  readonly code: Code
  readonly params: Readonly<Record<string, unknown>>
}

/** Changes in the order of the list; empty if only times changed. */
export async function changesOf(prior: TrustListPayload | undefined, next: TrustListPayload): Promise<readonly DocumentChange[]> {
  const changes: DocumentChange[] = []
  const report = (code: TrustChangeCode, params: Record<string, unknown> = {}): void => void changes.push({ code: coded(code), params })
  if (prior === undefined)
    report(next.version === 1 ? 'trust-change.first' : 'trust-change.no-prior', {
      authority: next.iss,
      region: next.region,
      version: next.version,
    })
  await rootChanges(prior, next, report)
  const removed = prior && removedFrom(prior, next)
  if (removed !== undefined) report('trust-change.removed', { path: removed })
  const before = new Map(prior?.entities.map((entity) => [entity.uscc, entity]))
  for (const entity of next.entities) await entityChanges(before.get(entity.uscc), entity, report)
  const logs = new Map(prior?.logs.map((log) => [jsonOf([log.origin, log.key]), log]))
  for (const { origin, key, witness } of next.logs) {
    const same = logs.get(jsonOf([origin, key]))
    if (same === undefined) report('trust-change.log-added', { origin, kid: await thumbprint(key) })
    if (witness !== undefined && jsonOf(witness) !== jsonOf(same?.witness))
      report('trust-change.witness-added', { origin, kid: await thumbprint(witness) })
  }
  return changes
}

type Report = (code: TrustChangeCode, params: Record<string, unknown>) => void

async function rootChanges(prior: TrustListPayload | undefined, next: TrustListPayload, report: Report): Promise<void> {
  const [old, now] = await Promise.all([named(prior?.roots.keys ?? []), named(next.roots.keys)])
  for (const [kid, alg] of now) if (!old.has(kid)) report('trust-change.root-added', { kid, alg })
  for (const [kid, alg] of old) if (!now.has(kid)) report('trust-change.root-removed', { kid, alg })
  const [from, to] = [prior?.roots.threshold, next.roots.threshold]
  if (from !== to) report('trust-change.threshold', { before: from ?? '—', after: to, of: now.size })
}

/** Identified by thumbprint and, for an SM2 key with its own signer id, by that id: another id makes another key. */
const named = async (keys: readonly PublicJwk[]): Promise<ReadonlyMap<string, string>> =>
  new Map(
    await Promise.all(
      keys.map(async (key) => {
        const id = 'distid' in key && key.distid !== undefined ? ` (${key.distid})` : ''
        return [`${await thumbprint(key)}${id}`, algorithmOf(key)?.alg ?? ''] as const
      }),
    ),
  )

/** Two members are equal if their JSON is. */
const jsonOf = (thing: unknown): string => JSON.stringify(thing) ?? ''

/** In both languages, because a change in either is a change. */
const bothNames = ({ name }: Pick<Entity, 'name'>): string => [name.zh, name.en].filter((one) => one !== undefined).join(' / ')

async function entityChanges(prior: Entity | undefined, { uscc, name, keys, authorisations }: Entity, report: Report): Promise<void> {
  const body = { zh: name.zh, en: name.en ?? name.zh }
  if (prior === undefined) report('trust-change.entity-added', { uscc, body })
  else if (prior.name.zh !== name.zh || prior.name.en !== name.en)
    report('trust-change.entity-renamed', { uscc, before: bothNames(prior), after: bothNames({ name }) })
  const before = new Map(await Promise.all((prior?.keys ?? []).map(async (key) => [await thumbprint(key.jwk), key] as const)))
  for (const key of keys) {
    const kid = await thumbprint(key.jwk)
    keyChanges(before.get(kid), key, { body, kid, alg: algorithmOf(key.jwk)?.alg }, report)
  }
  const scopes = new Map(prior?.authorisations.map((one) => [`${one.number} ${one.from}`, one]))
  for (const one of authorisations) authorisationChanges(scopes.get(`${one.number} ${one.from}`), one, body, report)
}

function keyChanges(prior: EntityKey | undefined, key: EntityKey, of: Record<string, unknown>, report: Report): void {
  const times = { from: formatInstant(key.notBefore), to: formatInstant(key.notAfter), typ: key.typ.join(', ') }
  if (prior === undefined) report('trust-change.key-added', { ...of, ...times })
  else if (prior.notAfter !== key.notAfter || prior.typ.join() !== key.typ.join()) report('trust-change.key-changed', { ...of, ...times })
  const { revoked } = key
  if (revoked === undefined || jsonOf(prior?.revoked) === jsonOf(revoked)) return
  const code = revoked.retroactive ? 'trust-change.key-revoked-retroactively' : 'trust-change.key-revoked'
  report(code, { ...of, at: formatInstant(revoked.at), reason: revoked.reason })
}

function authorisationChanges(prior: Authorisation | undefined, now: Authorisation, body: unknown, report: Report): void {
  const { number, from, to, kinds } = now
  const code = prior === undefined ? 'trust-change.authorisation-added' : 'trust-change.authorisation-changed'
  if (prior === undefined || jsonOf({ ...prior, capabilities: [] }) !== jsonOf({ ...now, capabilities: [] }))
    report(code, { body, number, from, to, kinds: kinds.join(', '), categories: shownCategories(now) })
  const [before, after] = [new Set(prior?.capabilities?.map(shownCapability)), new Set(now.capabilities?.map(shownCapability))]
  for (const capability of after) if (!before.has(capability)) report('trust-change.capability-added', { body, number, capability })
  for (const capability of before) if (!after.has(capability)) report('trust-change.capability-removed', { body, number, capability })
}

const shownCategories = ({ categories }: Pick<Authorisation, 'categories'>): string =>
  categories === 'all' ? 'all' : categories.join(', ')

/** Categories, smallest uncertainty, range. */
function shownCapability(capability: Capability): string {
  const { smallest, unit, lower, upper, rangeUnit = unit } = capability
  const range = lower === undefined && upper === undefined ? '' : `  ${lower ?? '…'} – ${upper ?? '…'} ${rangeUnit}`
  return `${shownCategories(capability)}  U ≥ ${smallest} ${unit}${range}`
}
