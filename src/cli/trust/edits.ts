/** Edits of the draft of a trust list, one row per subcommand. Nothing is ever removed; validity ends. */

import * as z from 'zod/mini'
import { faultDetails } from '../../base/faults.js'
import { parseShape } from '../../base/shape.js'
import { type PublicJwk, type StatementType, thumbprint } from '../../envelope/index.js'
import { Authorisation, type Entity, type EntityKey, type TrustListPayload } from '../../trust/index.js'
import { fault as trustFault } from '../../trust/keeping-messages.js'
import type { Arguments } from '../command.js'
import { jsonOf, readBytes } from '../files.js'
import { fault } from '../messages.js'
import type { Terminal } from '../terminal.js'
import { checkScopes, readPublicKey, usccIn } from './checks.js'
import { fault as cliTrustFault } from './messages.js'

/** @throws `cli.trust-*`, `cli.option-*` if the draft does not contain the object, or already does */
export type Edit = (payload: TrustListPayload, args: Arguments, terminal: Terminal) => Promise<TrustListPayload>

export const EDITS: Readonly<Record<string, Edit>> = {
  'add-entity': addEntity,
  'rename-entity': renameEntity,
  'add-key': addKey,
  'change-key': changeKey,
  'revoke-key': revokeKey,
  'add-authorisation': addAuthorisation,
  'change-authorisation': changeAuthorisation,
  'add-log': addLog,
  'add-witness': addWitness,
  'rotate-root': rotateRoot,
}

const Authorisations = z.array(Authorisation).check(z.minLength(1), z.maxLength(200))
const DEFAULT_TYPES: readonly StatementType[] = ['metrology-record+jwt', 'metrology-request+jwt', 'metrology-notice+jwt', 'statuslist+jwt']
/** Types accepted on the command line. A list may contain types of later versions, but on the command line an unknown one is a typing error. */
const TYPES: readonly StatementType[] = [
  ...DEFAULT_TYPES,
  'metrology-agreement+jwt',
  'metrology-receipt+jwt',
  'metrology-label+jwt',
  'metrology-joint+jwt',
  'metrology-trust-list+jwt',
]

async function addEntity(payload: TrustListPayload, args: Arguments, terminal: Terminal): Promise<TrustListPayload> {
  const uscc = usccIn(args, 'uscc')
  if (payload.entities.some((entity) => entity.uscc === uscc)) throw cliTrustFault('cli.trust-twice', { name: uscc })
  const file = args.text('authorisations')
  const authorisations = file === undefined ? [] : await readAuthorisations(file, args, terminal)
  const entity: Entity = { uscc, name: nameOf(args), region: payload.region, keys: [], authorisations }
  return { ...payload, entities: [...payload.entities, entity] }
}

async function renameEntity(payload: TrustListPayload, args: Arguments): Promise<TrustListPayload> {
  return withEntity(payload, { ...entityOf(payload, args), name: nameOf(args) })
}

function nameOf(args: Arguments): Entity['name'] {
  const [zh, en] = [args.required('name'), args.text('name-en')]
  return { zh, ...(en !== undefined && { en }) }
}

async function addKey(payload: TrustListPayload, args: Arguments, terminal: Terminal): Promise<TrustListPayload> {
  const entity = entityOf(payload, args)
  const jwk = await readPublicKey(args.required('jwk'))
  const kid = await thumbprint(jwk)
  for (const key of entity.keys) if ((await thumbprint(key.jwk)) === kid) throw cliTrustFault('cli.trust-twice', { name: kid })
  const typ = typesOf(args)
  const key: EntityKey = {
    jwk,
    typ: typ.length > 0 ? typ : [...DEFAULT_TYPES],
    notBefore: args.instant('from', terminal.now()),
    notAfter: args.instant('to'),
  }
  checkInterval(key.notBefore, key.notAfter)
  return withEntity(payload, { ...entity, keys: [...entity.keys, key] })
}

/** Changes its end and its types; its beginning is fixed, because existing signatures depend on it. */
async function changeKey(payload: TrustListPayload, args: Arguments): Promise<TrustListPayload> {
  const [to, typ] = [args.text('to'), typesOf(args)]
  if (to === undefined && typ.length === 0) args.required('to')
  return withKeys(payload, args, (key) => {
    const next = { ...key, ...(typ.length > 0 && { typ }), ...(to !== undefined && { notAfter: args.instant('to') }) }
    checkInterval(next.notBefore, next.notAfter)
    return next
  })
}

function typesOf(args: Arguments): string[] {
  const given = args.list('typ')
  if (given.some((one) => !TYPES.some((known) => known === one)))
    throw fault('cli.option-value', { option: '--typ', expected: TYPES.join(', ') })
  return [...given]
}

async function revokeKey(payload: TrustListPayload, args: Arguments, terminal: Terminal): Promise<TrustListPayload> {
  const reason = args.required('reason')
  const revoked = { at: args.instant('from', terminal.now()), reason, retroactive: args.flag('retroactive') }
  return withKeys(payload, args, (key) => ({ ...key, revoked }))
}

/** A key listed for two bodies is changed for both, unless one is named: a thief would use the other entry. */
async function withKeys(payload: TrustListPayload, args: Arguments, edit: (key: EntityKey) => EntityKey): Promise<TrustListPayload> {
  const [kid, uscc] = [args.required('kid'), args.text('uscc')]
  let found = 0
  const editIn = async (entity: Entity): Promise<Entity> => {
    if (uscc !== undefined && entity.uscc !== uscc) return entity
    const keys: EntityKey[] = []
    for (const key of entity.keys) {
      const isMeant = (await thumbprint(key.jwk)) === kid
      if (isMeant) found++
      keys.push(isMeant ? edit(key) : key)
    }
    return { ...entity, keys }
  }
  const entities = await Promise.all(payload.entities.map(editIn))
  if (found === 0) throw cliTrustFault('cli.trust-key', { kid })
  return { ...payload, entities }
}

async function addAuthorisation(payload: TrustListPayload, args: Arguments, terminal: Terminal): Promise<TrustListPayload> {
  const entity = entityOf(payload, args)
  const added = await readAuthorisations(args.required('authorisations'), args, terminal)
  for (const { number, from } of added) {
    if (entity.authorisations.some((one) => one.number === number && one.from === from))
      throw cliTrustFault('cli.trust-twice', { name: `${number} ${from}` })
  }
  return withEntity(payload, { ...entity, authorisations: [...entity.authorisations, ...added] })
}

/** Changes its last day; number, first day and scope are fixed, because a wider scope is another authorisation. */
async function changeAuthorisation(payload: TrustListPayload, args: Arguments): Promise<TrustListPayload> {
  const [entity, number, from, to] = [entityOf(payload, args), args.required('number'), args.text('from'), args.required('to')]
  const meant = entity.authorisations.filter((one) => one.number === number && (from === undefined || one.from === from))
  const [authorisation] = meant
  if (authorisation === undefined || meant.length > 1) {
    const held = entity.authorisations.map((one) => `${one.number} ${one.from}`).join(', ')
    throw cliTrustFault('cli.trust-authorisation', { uscc: entity.uscc, number, count: meant.length, held })
  }
  if (to < authorisation.from) throw fault('cli.option-value', { option: '--to', expected: `≥ ${authorisation.from}` })
  const authorisations = entity.authorisations.map((one) => (one === authorisation ? { ...one, to } : one))
  return withEntity(payload, { ...entity, authorisations })
}

async function addLog(payload: TrustListPayload, args: Arguments): Promise<TrustListPayload> {
  const origin = args.required('origin')
  const key = await readNoteKey(args.required('jwk'))
  const witness = args.text('witness')
  if (payload.logs.some((log) => log.origin === origin)) throw cliTrustFault('cli.trust-twice', { name: origin })
  const log = { origin, key, ...(witness !== undefined && { witness: await readNoteKey(witness) }) }
  return withLogs(payload, [...payload.logs, log])
}

/** Adds a witness key to a log that was listed without one. */
async function addWitness(payload: TrustListPayload, args: Arguments): Promise<TrustListPayload> {
  const origin = args.required('origin')
  const witness = await readNoteKey(args.required('jwk'))
  const listed = payload.logs.find((log) => log.origin === origin)
  if (listed === undefined) throw cliTrustFault('cli.trust-log-none', { origin })
  if (listed.witness !== undefined) throw cliTrustFault('cli.trust-twice', { name: `${origin} witness` })
  return withLogs(
    payload,
    payload.logs.map((log) => (log === listed ? { ...log, witness } : log)),
  )
}

/** Replaces the logs. Signing checks them too; here an error is detected before the draft is passed on. @throws `trust-list.witness-key` */
async function withLogs(payload: TrustListPayload, logs: TrustListPayload['logs']): Promise<TrustListPayload> {
  const kids = await Promise.all(logs.map(({ key }) => thumbprint(key)))
  for (const { origin, witness } of logs)
    if (witness !== undefined && kids.includes(await thumbprint(witness))) throw trustFault('trust-list.witness-key', { origin })
  return { ...payload, logs }
}

/** Reads the key of a log. The schema rejects an unsuitable key too, but here the error names the file. @throws `cli.trust-log-key` */
async function readNoteKey(file: string): Promise<PublicJwk> {
  const key = await readPublicKey(file)
  if (key.crv !== 'Ed25519') throw cliTrustFault('cli.trust-log-key', { file, crv: key.crv })
  return key
}

async function rotateRoot(payload: TrustListPayload, args: Arguments): Promise<TrustListPayload> {
  return { ...payload, roots: await readRoots(args) }
}

/** Root keys and threshold, from the options of `init` and `rotate-root`. */
export async function readRoots(args: Arguments): Promise<TrustListPayload['roots']> {
  const files = args.list('root')
  if (files.length === 0) throw fault('cli.option-missing', { option: '--root', command: 'trust' })
  const keys = await Promise.all(files.map(readPublicKey))
  const kids = await Promise.all(keys.map((key) => thumbprint(key)))
  const twice = kids.find((kid, at) => kids.indexOf(kid) !== at)
  if (twice !== undefined) throw cliTrustFault('cli.trust-twice', { name: twice })
  const threshold = args.whole('threshold')
  // The keys of such a list could never sign it.
  if (threshold > keys.length) throw fault('cli.option-value', { option: '--threshold', expected: `1–${keys.length}` })
  return { keys, threshold }
}

/** @throws `cli.trust-authorisations`, `cli.trust-kind` */
async function readAuthorisations(file: string, args: Arguments, terminal: Terminal): Promise<Authorisation[]> {
  const { value, faults } = parseShape<Authorisation[]>(Authorisations, jsonOf({ name: file, bytes: await readBytes(file) }))
  if (value === undefined) throw cliTrustFault('cli.trust-authorisations', { file, ...faultDetails(faults, Authorisations) })
  checkScopes(file, value, args, terminal)
  return value
}

/** @throws `cli.trust-entity` */
function entityOf(payload: TrustListPayload, args: Arguments): Entity {
  const uscc = args.required('uscc')
  const entity = payload.entities.find((one) => one.uscc === uscc)
  if (entity === undefined) throw cliTrustFault('cli.trust-entity', { uscc })
  return entity
}

const withEntity = (payload: TrustListPayload, entity: Entity): TrustListPayload => ({
  ...payload,
  entities: payload.entities.map((one) => (one.uscc === entity.uscc ? entity : one)),
})

/** Rejects a key that ends before it begins, because it could sign nothing. */
function checkInterval(from: number, to: number): void {
  if (to < from) throw cliTrustFault('cli.trust-interval')
}
