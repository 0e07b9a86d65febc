/**
 * Actions of the trust command, one function each: drafts are created, edited, signed and published; lists are displayed and
 * compared.
 */

import { unlink } from 'node:fs/promises'
import { isTonghengError } from '../../base/error.js'
import { messageOf } from '../../base/message.js'
import { createSigner, thumbprint } from '../../envelope/index.js'
import { anchorOf, dueOf, openTrust, removedFrom, type TrustListPayload } from '../../trust/index.js'
import { fault as trustFault } from '../../trust/messages.js'
import { type Arguments, actionOf, type ExitCode } from '../command.js'
import { confirm } from '../confirm.js'
import { fileFault } from '../file-error.js'
import { swapText } from '../file-lock.js'
import { readExisting, readKey, readTrustFile, trustFileOf } from '../files.js'
import { fault, say } from '../messages.js'
import { checkNew, writeSecret } from '../outputs.js'
import type { Terminal } from '../terminal.js'
import { usccIn, warnOfOtherRegion } from './checks.js'
import {
  addSignature,
  checkEdited,
  draftOf,
  draftText,
  isOfPayload,
  missingOf,
  newestOf,
  published,
  readDraft,
  versionsOf,
  writeDraft,
} from './draft.js'
import { EDITS, type Edit, readRoots } from './edits.js'
import { fault as cliTrustFault, say as cliTrustSay } from './messages.js'
import { pin } from './pin.js'
import { pull } from './pull.js'
import { tellChanges, tellList, tellPins, warnOfTrust } from './tell.js'

type Action = (args: Arguments, terminal: Terminal) => Promise<ExitCode>

const DAY = 86_400

const ALL: Readonly<Record<string, Action>> = {
  init,
  ...Object.fromEntries(
    Object.entries(EDITS).map(([name, edit]) => [name, (args: Arguments, terminal: Terminal) => change(edit, args, terminal)] as const),
  ),
  publish,
  show,
  diff,
  pull,
  pin,
}

/** Names of all actions, for the help. */
export const ACTIONS = Object.keys(ALL).join(' | ')

/** @throws `cli.action-missing`, `cli.action-unknown` */
export const trustAction = (name: string): Action => actionOf('trust', ALL, name)

async function init(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const [file, trustFile, iss, region] = [args.required('draft'), args.text('trust'), usccIn(args, 'iss'), args.required('region')]
  await checkNew(file)
  const newest = trustFile === undefined ? undefined : await newestOf(await optional(readTrustFile, trustFile), iss)
  if (newest !== undefined) throw cliTrustFault('cli.trust-begun', { file: trustFile, iss, version: newest.payload.version })
  const now = terminal.now()
  const times = { iat: now, nextUpdate: now + 14 * DAY, exp: now + 30 * DAY }
  const payload: TrustListPayload = { iss, region, version: 1, ...times, roots: await readRoots(args), entities: [], logs: [] }
  const draft = checkEdited(file, draftOf(payload))
  warnOfOtherRegion(iss, region, args, terminal)
  await tellChanges(undefined, payload, args, terminal)
  if (!(await confirm(args, terminal, 'cli.confirm-draft'))) return 1
  await writeSecret(file, draftText(draft))
  return 0
}

async function change(edit: Edit, args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const file = args.required('draft')
  const existing = await optional(readDraft, file)
  const before = existing ?? draftOf(await begun(args))
  if (before.signed.length > 0) throw cliTrustFault('cli.trust-signed', { file, signatures: before.signed.length })
  const draft = checkEdited(file, { ...before, payload: await edit(before.payload, args, terminal) })
  await tellChanges(before.payload, draft.payload, args, terminal)
  if (!(await confirm(args, terminal, 'cli.confirm-draft'))) return 1
  if (existing === undefined) await writeSecret(file, draftText(draft))
  else await writeDraft(file, draft)
  return 0
}

/** Creates the next version without changes. */
async function begun(args: Arguments): Promise<TrustListPayload> {
  const [file, iss] = [args.required('trust'), args.required('iss')]
  const newest = await newestOf(await readTrustFile(file), iss)
  if (newest === undefined) throw cliTrustFault('cli.trust-none', { file, iss })
  return { ...newest.payload, version: newest.payload.version + 1, previous: newest.statementId }
}

async function publish(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const language = args.choice('lang', ['zh', 'en'])
  const [file, trustFile, keyFiles] = [args.required('draft'), args.required('trust'), args.list('key')]
  if (keyFiles.length === 0) throw fault('cli.option-missing', { option: '--key', command: 'trust publish' })
  let draft = await readDraft(file)
  const bytes = await readExisting(trustFile)
  const before = bytes && trustFileOf({ name: trustFile, bytes })
  const prior = await newestOf(before, draft.payload.iss)
  if (draft.payload.version !== (prior?.payload.version ?? 0) + 1 || draft.payload.previous !== prior?.statementId)
    throw cliTrustFault('cli.trust-stale', { file, version: prior?.payload.version ?? '—' })
  // The file may come from another person: its displayed payload must be the signed one.
  if (!isOfPayload(draft)) throw trustFault('trust-list.payload-differs')
  // A verifier would reject it, so it is not presented for signing.
  const path = prior && removedFrom(prior.payload, draft.payload)
  if (path !== undefined) throw trustFault('trust-list.removed', { authority: draft.payload.iss, version: draft.payload.version, path })
  if (draft.signed.length === 0) draft = { ...draft, payload: { ...draft.payload, ...timesOf(args, terminal, prior?.payload.iat) } }
  await tellChanges(prior?.payload, draft.payload, args, terminal)
  if (!(await confirm(args, terminal))) return 1
  const roots = await Promise.all([...draft.payload.roots.keys, ...(prior?.payload.roots.keys ?? [])].map((key) => thumbprint(key)))
  for (const keyFile of keyFiles) {
    const signer = await createSigner(await readKey(keyFile, terminal, say('cli.key-open', { file: keyFile })[language]))
    if (!roots.includes(signer.kid)) throw cliTrustFault('cli.trust-not-root', { file: keyFile, kid: signer.kid })
    draft = await addSignature(draft, signer)
  }
  const missing = await missingOf(draft, prior?.payload)
  if (missing.own > 0 || missing.prior > 0) {
    await writeDraft(file, draft)
    terminal.print(cliTrustSay('cli.trust-missing', { signed: draft.signed.length, ...missing, file })[language])
    return 0
  }
  const text = `${JSON.stringify(await published(before, anchorOf(draft.payload), draft.signed))}\n`
  if (!(await swapText(trustFile, bytes, text))) {
    // Existing signatures are preserved.
    await writeDraft(file, draft)
    throw fault('cli.file-changed', { file: trustFile })
  }
  terminal.print(cliTrustSay('cli.trust-published', { version: draft.payload.version, file: trustFile })[language])
  if (prior === undefined) await tellPins(draft.payload, args, terminal)
  // Its content is now in the trust file.
  await fileFault(file, () => unlink(file))
  return 0
}

async function show(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const language = args.choice('lang', ['zh', 'en'])
  const file = args.required('trust')
  const [material, iss] = [await readTrustFile(file), args.text('iss')]
  let code: ExitCode = 0
  warnOfTrust(await openTrust({ anchors: material.anchors, lists: material.trustLists }), args, terminal)
  const authorities = material.anchors.map(({ authority }) => authority).filter((one) => iss === undefined || one === iss)
  if (iss !== undefined && authorities.length === 0) throw cliTrustFault('cli.trust-none', { file, iss })
  for (const authority of authorities) {
    const newest = await newestOf(material, authority)
    if (newest === undefined) continue
    await tellList(newest.payload, args, terminal)
    const due = dueOf(newest, terminal.now())
    if (due === undefined) continue
    code = 1
    terminal.warn(`${terminal.paint(due.code, 'warn')} ${messageOf(due.code, due.params)[language]}`)
  }
  return code
}

/** Compares a draft with the published list; without a draft, the newest version with the one before. */
async function diff(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const [file, draftFile] = [args.required('trust'), args.text('draft')]
  const draft = draftFile === undefined ? undefined : (await readDraft(draftFile)).payload
  const iss = draft?.iss ?? args.required('iss')
  const versions = await versionsOf(await optional(readTrustFile, file), iss)
  const [previous, newest] = draft === undefined ? [versions.at(-2)?.payload, versions.at(-1)?.payload] : [versions.at(-1)?.payload, draft]
  if (newest === undefined || (previous === undefined && draft !== undefined && draft.version > 1))
    throw cliTrustFault('cli.trust-none', { file, iss })
  await tellChanges(previous, newest, args, terminal)
  return 0
}

function timesOf(args: Arguments, terminal: Terminal, before = 0) {
  const iat = Math.max(terminal.now(), before + 1)
  const days = args.whole('days', 30)
  const nextDays = args.whole('next-days', Math.min(14, days))
  if (nextDays > days) throw fault('cli.option-value', { option: '--next-days', expected: `1–${days}` })
  return { iat, nextUpdate: iat + nextDays * DAY, exp: iat + days * DAY }
}

/** Undefined if the file does not exist yet. */
async function optional<T>(read: (file: string) => Promise<T>, file: string): Promise<T | undefined> {
  try {
    return await read(file)
  } catch (error) {
    if (isTonghengError(error, 'cli.file') && error.details.reason === 'ENOENT') return undefined
    throw error
  }
}
