/** The trust list of an authority, from its first version on: drafted, shown in words, signed by as many as it takes, published. */

import { unlink } from 'node:fs/promises'
import { isTonghengError } from '../../base/error.js'
import { messageOf } from '../../base/message.js'
import { createSigner, thumbprint } from '../../envelope/index.js'
import { anchorOf, dueOf, openTrust, removedFrom, type TrustListPayload } from '../../trust/index.js'
import { fault as trustFault } from '../../trust/messages.js'
import type { Arguments, Command, ExitCode } from '../command.js'
import { confirm } from '../confirm.js'
import { swapText } from '../file-lock.js'
import { readExisting, readKey, readTrustFile, trustFileOf } from '../files.js'
import { fault, say } from '../messages.js'
import { checkNew, writeSecret } from '../outputs.js'
import type { Terminal } from '../terminal.js'
import {
  addSignature,
  checkDraft,
  draftOf,
  draftText,
  isOfPayload,
  missingOf,
  newestOf,
  published,
  readDraft,
  versionsOf,
  writeDraft,
} from '../trust-draft.js'
import { EDITS, type Edit, readRoots } from '../trust-edits.js'
import { fault as cliTrustFault, say as cliTrustSay } from '../trust-messages.js'
import { tellChanges, tellList, tellPins, warnOfTrust } from '../trust-tell.js'

const DAY = 86_400
const OTHERS: Readonly<Record<string, (args: Arguments, terminal: Terminal) => Promise<ExitCode>>> = { init, publish, show, diff }
const ACTIONS = ['init', ...Object.keys(EDITS), 'publish', 'show', 'diff']

export const trust: Command = {
  name: 'trust',
  mostFiles: 1,
  usage: `trust ACTION --draft FILE --trust FILE --iss USCC\n  ACTION: ${ACTIONS.join(' | ')}`,
  summary: { zh: '信任列表：起草、改动、会签、发布、查看', en: 'Trust lists: draft, change, sign together, publish, show' },
  options: {
    draft: {
      type: 'string',
      value: 'FILE',
      help: { zh: '下一版的草稿，在签署人之间传递', en: 'draft of the next version; passes between signers' },
    },
    trust: {
      type: 'string',
      value: 'FILE',
      help: { zh: '信任文件：已发布的各版，publish 就地更新', en: 'trust file with the versions published; publish adds to it' },
    },
    iss: { type: 'string', value: 'USCC', help: { zh: '发布列表的主管部门', en: 'authority whose list it is' } },
    region: { type: 'string', value: '50|51', help: { zh: 'init：省（市）代码', en: 'init: province' } },
    root: {
      type: 'string',
      value: 'FILE',
      multiple: true,
      help: { zh: 'init、rotate-root：根公钥（JWK），可给多个', en: 'init, rotate-root: public root key (JWK), several times' },
    },
    threshold: {
      type: 'string',
      value: 'N',
      help: { zh: 'init、rotate-root：签署所需的根密钥数', en: 'init, rotate-root: root keys that must sign' },
    },
    uscc: {
      type: 'string',
      value: 'USCC',
      help: { zh: '所改的机构；show：列出其密钥和授权', en: 'the body that is changed; show: list its keys and authorisations' },
    },
    name: {
      type: 'string',
      value: 'TEXT',
      help: { zh: 'add-entity、rename-entity：机构名称', en: 'add-entity, rename-entity: its name in Chinese' },
    },
    'name-en': {
      type: 'string',
      value: 'TEXT',
      help: { zh: 'add-entity、rename-entity：英文名称', en: 'add-entity, rename-entity: its name in English' },
    },
    authorisations: {
      type: 'string',
      value: 'FILE',
      help: {
        zh: 'add-entity、add-authorisation：授权（JSON 数组）',
        en: 'add-entity, add-authorisation: authorisations (JSON array)',
      },
    },
    number: {
      type: 'string',
      value: 'TEXT',
      help: { zh: 'change-authorisation：授权（认可）证书号', en: 'change-authorisation: number of the authorisation' },
    },
    origin: {
      type: 'string',
      value: 'NAME',
      help: { zh: 'add-log、add-witness：日志名称（origin）', en: 'add-log, add-witness: name of the log (origin)' },
    },
    witness: {
      type: 'string',
      value: 'FILE',
      help: {
        zh: 'add-log：见证其他日志所用的公钥（JWK，Ed25519），须不同于日志公钥',
        en: 'add-log: public key that cosigns the logs of others (JWK, Ed25519); not the key of the log',
      },
    },
    jwk: {
      type: 'string',
      value: 'FILE',
      help: {
        zh: 'add-key、add-log、add-witness：公钥（JWK），后两者须为 Ed25519',
        en: 'add-key, add-log, add-witness: public key (JWK); Ed25519 for the latter two',
      },
    },
    typ: {
      type: 'string',
      value: 'TYPE',
      multiple: true,
      help: { zh: 'add-key、change-key：可签的类型', en: 'add-key, change-key: types it may sign' },
    },
    from: {
      type: 'string',
      value: 'TIME',
      help: {
        zh: 'add-key：启用；revoke-key：撤销时间；默认当前。change-authorisation：起始日期，同号的有几项时给出',
        en: 'add-key: valid from; revoke-key: revoked at; default now. change-authorisation: first day, where several have the number',
      },
    },
    to: {
      type: 'string',
      value: 'TIME',
      help: {
        zh: 'add-key、change-key：停用时间；change-authorisation：截止日期',
        en: 'add-key, change-key: valid until; change-authorisation: last day',
      },
    },
    kid: { type: 'string', value: 'KID', help: { zh: 'change-key、revoke-key：密钥', en: 'change-key, revoke-key: the key' } },
    reason: { type: 'string', value: 'TEXT', help: { zh: 'revoke-key：原因', en: 'revoke-key: reason' } },
    retroactive: {
      type: 'boolean',
      help: { zh: 'revoke-key：追溯，其全部签名无效（如私钥泄露）', en: 'revoke-key: every signature by it falls, as after a compromise' },
    },
    key: {
      type: 'string',
      value: 'FILE',
      multiple: true,
      help: { zh: 'publish：根私钥文件', en: 'publish: file with a private root key' },
    },
    'next-days': {
      type: 'string',
      value: 'N',
      help: { zh: 'publish：几日内更新，默认 14', en: 'publish: days until the next update, default 14' },
    },
    days: { type: 'string', value: 'N', help: { zh: 'publish：几日后失效，默认 30', en: 'publish: days until it ends, default 30' } },
    yes: { type: 'boolean', help: { zh: '不再询问', en: 'do not ask' } },
  },
  notes: {
    zh: '没有草稿时从已发布的最新版起草。每一步先列出改动，确认后才写入；publish 列出全部改动，确认后签署；签名未够时把草稿交给下一位签署人，够了才写入信任文件。机构、密钥、授权、撤销、日志只增不删。\n退出码：0 完成；1 未确认，或 show 有应更新的；2 用法或输入有误。',
    en: 'Where there is no draft one is begun from the newest published version. Every step shows what changes and writes after a yes; publish shows all changes and signs; while signatures are missing the draft goes to the next signer, and only a whole one enters the trust file. Nothing is ever removed.\nExit code: 0 done; 1 not confirmed, or show found a list to be updated; 2 misuse or broken input.',
  },
  async run(args, terminal) {
    const [action = ''] = args.files
    const edit = Object.hasOwn(EDITS, action) ? EDITS[action] : undefined
    const other = Object.hasOwn(OTHERS, action) ? OTHERS[action] : undefined
    if (edit !== undefined) return change(edit, args, terminal)
    if (other === undefined) throw cliTrustFault('cli.trust-action', { actions: ACTIONS.join(' | ') })
    return other(args, terminal)
  },
}

async function init(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const [file, iss, region] = [args.required('draft'), args.required('iss'), args.required('region')]
  await checkNew(file)
  const now = terminal.now()
  const times = { iat: now, nextUpdate: now + 14 * DAY, exp: now + 30 * DAY }
  const payload: TrustListPayload = { iss, region, version: 1, ...times, roots: await readRoots(args), entities: [], logs: [] }
  const draft = checkDraft(file, draftOf(payload))
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
  const draft = checkDraft(file, { ...before, payload: await edit(before.payload, args, terminal) })
  await tellChanges(before.payload, draft.payload, args, terminal)
  if (!(await confirm(args, terminal, 'cli.confirm-draft'))) return 1
  if (existing === undefined) await writeSecret(file, draftText(draft))
  else await writeDraft(file, draft)
  return 0
}

/** The next version, with nothing changed yet. */
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
  // Somebody else's file: what it shows must be what its signatures are over.
  if (!isOfPayload(draft)) throw trustFault('trust-list.payload-differs')
  // No verifier would take it, so nobody is asked to sign it.
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
    // What was signed is not lost with it.
    await writeDraft(file, draft)
    throw fault('cli.file-changed', { file: trustFile })
  }
  // All that it holds is in the trust file now.
  await unlink(file)
  terminal.print(cliTrustSay('cli.trust-published', { version: draft.payload.version, file: trustFile })[language])
  if (prior === undefined) await tellPins(draft.payload, args, terminal)
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

/** A draft against what is published; without a draft the newest version against the one before it. */
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

/** Undefined where there is no such file yet. */
async function optional<T>(read: (file: string) => Promise<T>, file: string): Promise<T | undefined> {
  try {
    return await read(file)
  } catch (error) {
    if (isTonghengError(error, 'cli.file') && error.details.reason === 'ENOENT') return undefined
    throw error
  }
}
