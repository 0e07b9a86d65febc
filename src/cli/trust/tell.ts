/** Describes a trust list: changes of a version, content, and root keys to pin. */

import { formatInstant, type Instant } from '../../base/date.js'
import { messageOf } from '../../base/message.js'
import { algorithmOf, thumbprint } from '../../envelope/index.js'
import { changesOf, type Entity, type Trust, type TrustListPayload } from '../../trust/index.js'
import type { Arguments } from '../command.js'
import type { Terminal } from '../terminal.js'
import { say as cliTrustSay } from './messages.js'

type Code = Parameters<typeof messageOf>[0]

/** One item per line: a name with a line break must not look like another line. */
function say(terminal: Terminal, args: Arguments, indent: string, code: Code, params: Readonly<Record<string, unknown>> = {}): void {
  terminal.print(indent + messageOf(code, params)[args.choice('lang', ['zh', 'en'])].replaceAll('\n', ' ⏎ '))
}

/** Changes of a version compared with the one before it. */
export async function tellChanges(
  prior: TrustListPayload | undefined,
  next: TrustListPayload,
  args: Arguments,
  terminal: Terminal,
): Promise<void> {
  terminal.print(terminal.paint(`${next.iss}  ${timesText(next, args.choice('lang', ['zh', 'en']))}`, 'bold'))
  const changes = await changesOf(prior, next)
  for (const { code, params } of changes) say(terminal, args, '  ', code, params)
  if (changes.length === 0) say(terminal, args, '  ', 'cli.trust-unchanged')
}

export async function tellPins({ roots }: TrustListPayload, args: Arguments, terminal: Terminal, indent = ''): Promise<void> {
  const kids = (await Promise.all(roots.keys.map((key) => thumbprint(key)))).join(', ')
  say(terminal, args, indent, 'cli.trust-pin', { kids, threshold: roots.threshold })
}

/** Entries that were ignored because they belong to another authority, and defects to correct. */
export function warnOfTrust({ findings }: Pick<Trust, 'findings'>, args: Arguments, terminal: Terminal): void {
  const language = args.choice('lang', ['zh', 'en'])
  for (const { code, params } of findings) terminal.warn(`${terminal.paint(code, 'warn')} ${messageOf(code, params)[language]}`)
}

/** A list and its bodies; for a named body, all keys and authorisations. */
export async function tellList(payload: TrustListPayload, args: Arguments, terminal: Terminal): Promise<void> {
  const named = args.text('uscc')
  terminal.print(terminal.paint(payload.iss, 'bold'))
  const language = args.choice('lang', ['zh', 'en'])
  terminal.print(`  ${timesText(payload, language)}`)
  const { distanceOf } = await import('../calendar.js')
  const leftTo = (at: Instant): string => distanceOf(at, terminal.now(), language)
  say(terminal, args, '  ', 'cli.trust-left', { nextUpdate: leftTo(payload.nextUpdate), exp: leftTo(payload.exp) })
  await tellPins(payload, args, terminal, '  ')
  for (const { origin, key, witness } of payload.logs) {
    say(terminal, args, '  ', 'cli.trust-log', { origin, kid: await thumbprint(key) })
    if (witness !== undefined) say(terminal, args, '  ', 'cli.trust-log-witness', { origin, kid: await thumbprint(witness) })
  }
  for (const entity of payload.entities) {
    if (named !== undefined && entity.uscc !== named) continue
    const { uscc, name, keys, authorisations } = entity
    const revoked = keys.filter((key) => key.revoked !== undefined).length
    const body = { zh: name.zh, en: name.en ?? name.zh }
    say(terminal, args, '  ', 'cli.trust-body', { uscc, body, keys: keys.length, revoked, authorisations: authorisations.length })
    if (named !== undefined) await tellEntity(entity, args, terminal)
  }
}

async function tellEntity({ keys, authorisations }: Entity, args: Arguments, terminal: Terminal): Promise<void> {
  for (const { jwk, notBefore, notAfter, typ, revoked } of keys) {
    const times = { from: formatInstant(notBefore), to: formatInstant(notAfter) }
    const params = { kid: await thumbprint(jwk), alg: algorithmOf(jwk)?.alg, ...times, typ: typ.join(', ') }
    say(terminal, args, '    ', 'cli.trust-key-held', params)
    if (revoked === undefined) continue
    const code = revoked.retroactive ? 'cli.trust-key-void' : 'cli.trust-key-revoked'
    say(terminal, args, '      ', code, { at: formatInstant(revoked.at), reason: revoked.reason })
  }
  for (const { number, from, to, kinds, categories, capabilities = [] } of authorisations) {
    const scope = { kinds: kinds.join(', '), categories: categories === 'all' ? 'all' : categories.join(', ') }
    say(terminal, args, '    ', 'cli.trust-authorisation-held', { number, from, to, ...scope, capabilities: capabilities.length })
  }
}

const timesText = ({ version, nextUpdate, exp }: TrustListPayload, language: 'zh' | 'en'): string =>
  cliTrustSay('cli.trust-times', { version, nextUpdate: formatInstant(nextUpdate), exp: formatInstant(exp) })[language]
