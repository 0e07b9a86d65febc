/** What one version of a trust list changes against the one before it, thing by thing: what an operator is asked to sign. */
import { formatInstant } from '../base/date.js'
import type { Code } from '../base/messages/index.js'
import { algorithmOf, type PublicJwk, thumbprint } from '../envelope/index.js'
import type { Authorisation, Entity, EntityKey, TrustListPayload } from './trust-list.js'
import { removedFrom } from './walk.js'

/** A code of the catalogue with its parameters. */
export interface Change {
  readonly code: Code
  readonly params: Readonly<Record<string, unknown>>
}

/** In the order of the list. Empty where only times changed. */
export async function changesOf(prior: TrustListPayload | undefined, next: TrustListPayload): Promise<readonly Change[]> {
  const changes: Change[] = []
  const tell = (code: Code, params: Record<string, unknown> = {}): void => void changes.push({ code, params })
  if (prior === undefined) tell('trust-change.first', { authority: next.iss, region: next.region })
  await rootChanges(prior, next, tell)
  const removed = prior && removedFrom(prior, next)
  if (removed !== undefined) tell('trust-change.removed', { path: removed })
  const before = new Map(prior?.entities.map((entity) => [entity.uscc, entity]))
  for (const entity of next.entities) await entityChanges(before.get(entity.uscc), entity, tell)
  return changes
}

type Tell = (code: Code, params: Record<string, unknown>) => void

async function rootChanges(prior: TrustListPayload | undefined, next: TrustListPayload, tell: Tell): Promise<void> {
  const [old, now] = await Promise.all([named(prior?.roots.keys ?? []), named(next.roots.keys)])
  for (const [kid, alg] of now) if (!old.has(kid)) tell('trust-change.root-added', { kid, alg })
  for (const [kid, alg] of old) if (!now.has(kid)) tell('trust-change.root-removed', { kid, alg })
  const [from, to] = [prior?.roots.threshold, next.roots.threshold]
  if (from !== to) tell('trust-change.threshold', { before: from ?? '—', after: to, of: now.size })
}

const named = async (keys: readonly PublicJwk[]): Promise<ReadonlyMap<string, string>> =>
  new Map(await Promise.all(keys.map(async (key) => [await thumbprint(key), algorithmOf(key)?.alg ?? ''] as const)))

async function entityChanges(prior: Entity | undefined, { uscc, name, keys, authorisations }: Entity, tell: Tell): Promise<void> {
  const body = { zh: name.zh, en: name.en ?? name.zh }
  if (prior === undefined) tell('trust-change.entity-added', { uscc, body })
  else if (prior.name.zh !== name.zh || prior.name.en !== name.en)
    tell('trust-change.entity-renamed', { uscc, before: prior.name.zh, body })
  const before = new Map(await Promise.all((prior?.keys ?? []).map(async (key) => [await thumbprint(key.jwk), key] as const)))
  for (const key of keys) {
    const kid = await thumbprint(key.jwk)
    keyChanges(before.get(kid), key, { body, kid, alg: algorithmOf(key.jwk)?.alg }, tell)
  }
  const scopes = new Map(prior?.authorisations.map((one) => [`${one.number} ${one.from}`, one]))
  for (const one of authorisations) authorisationChanges(scopes.get(`${one.number} ${one.from}`), one, body, tell)
}

function keyChanges(prior: EntityKey | undefined, key: EntityKey, of: Record<string, unknown>, tell: Tell): void {
  const times = { from: formatInstant(key.notBefore), to: formatInstant(key.notAfter), typ: key.typ.join(', ') }
  if (prior === undefined) tell('trust-change.key-added', { ...of, ...times })
  else if (prior.notAfter !== key.notAfter || prior.typ.join() !== key.typ.join()) tell('trust-change.key-changed', { ...of, ...times })
  const { revoked } = key
  if (revoked === undefined || (prior?.revoked?.at === revoked.at && prior.revoked.retroactive === revoked.retroactive)) return
  const code = revoked.retroactive ? 'trust-change.key-revoked-retroactively' : 'trust-change.key-revoked'
  tell(code, { ...of, at: formatInstant(revoked.at), reason: revoked.reason })
}

function authorisationChanges(prior: Authorisation | undefined, now: Authorisation, body: unknown, tell: Tell): void {
  const { number, from, to, kinds, categories } = now
  if (JSON.stringify(prior) === JSON.stringify(now)) return
  const code = prior === undefined ? 'trust-change.authorisation-added' : 'trust-change.authorisation-changed'
  tell(code, { body, number, from, to, kinds: kinds.join(', '), categories: categories === 'all' ? 'all' : categories.join(', ') })
}
