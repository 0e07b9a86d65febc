/** The trust list of an authority, from its first version on: drafted, shown in words, signed by as many as it takes, published. */
import { unlink } from 'node:fs/promises'
import { formatInstant, parseInstant } from '../../base/date.js'
import { isTonghengError, TonghengError } from '../../base/error.js'
import type { Json } from '../../base/json.js'
import { messageOf } from '../../base/messages/index.js'
import { createSigner, type PublicJwk, parsePublicJwk, thumbprint } from '../../envelope/index.js'
import { anchorOf, changesOf, dueOf, type EntityKey, type TrustListPayload } from '../../trust/index.js'
import type { Arguments, Command, ExitCode } from '../command.js'
import { confirm } from '../confirm.js'
import { jsonOf, readBytes, readKey, readTrustFile, replaceText, type TrustFile, writeNew } from '../files.js'
import type { Terminal } from '../terminal.js'
import { addSignature, type Draft, draftOf, isOfPayload, missingOf, newestOf, published, readDraft, writeDraft } from '../trust-draft.js'

const DAY = 86_400
const DEFAULT_TYPES = ['metrology-record+jwt', 'metrology-request+jwt', 'metrology-notice+jwt', 'statuslist+jwt']

type Edit = (payload: TrustListPayload, args: Arguments, terminal: Terminal) => Promise<TrustListPayload>

/** What changes a draft; each is told in words before it is written. */
const EDITS: Readonly<Record<string, Edit>> = {
  'add-entity': addEntity,
  'add-key': addKey,
  'revoke-key': revokeKey,
  'rotate-root': rotateRoot,
}
const OTHERS: Readonly<Record<string, (args: Arguments, terminal: Terminal) => Promise<ExitCode>>> = { init, publish, show, diff }
const ACTIONS = ['init', ...Object.keys(EDITS), 'publish', 'show', 'diff']

export const trust: Command = {
  name: 'trust',
  mostFiles: 1,
  usage: `trust ${ACTIONS.join('|')} --draft FILE --trust FILE --iss USCC`,
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
    uscc: { type: 'string', value: 'USCC', help: { zh: '所改的机构', en: 'the body that is changed' } },
    name: { type: 'string', value: 'TEXT', help: { zh: 'add-entity：机构名称', en: 'add-entity: its name in Chinese' } },
    'name-en': { type: 'string', value: 'TEXT', help: { zh: 'add-entity：英文名称', en: 'add-entity: its name in English' } },
    authorisations: {
      type: 'string',
      value: 'FILE',
      help: {
        zh: 'add-entity：授权（JSON 数组）；已有的机构则追加',
        en: 'add-entity: authorisations (JSON array); added to a body that is there',
      },
    },
    jwk: { type: 'string', value: 'FILE', help: { zh: 'add-key：公钥（JWK）', en: 'add-key: public key (JWK)' } },
    typ: { type: 'string', value: 'TYPE', multiple: true, help: { zh: 'add-key：可签的类型', en: 'add-key: types it may sign' } },
    from: {
      type: 'string',
      value: 'TIME',
      help: { zh: 'add-key：启用；revoke-key：撤销时刻；默认当前', en: 'add-key: valid from; revoke-key: revoked at; default now' },
    },
    to: { type: 'string', value: 'TIME', help: { zh: 'add-key：停用时刻', en: 'add-key: valid until' } },
    kid: { type: 'string', value: 'KID', help: { zh: 'revoke-key：密钥', en: 'revoke-key: the key' } },
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
    zh: '没有草稿时从已发布的最新版起草。publish 先列出全部改动，确认后签署；签名未够时把草稿交给下一位签署人，够了才写入信任文件。机构、密钥、授权、撤销只增不删。\n退出码：0 完成；1 未确认，或 show 有应更新的；2 用法或输入有误。',
    en: 'Where there is no draft one is begun from the newest published version. publish shows all changes and signs after a yes; while signatures are missing the draft goes to the next signer, and only a whole one enters the trust file. Nothing is ever removed.\nExit code: 0 done; 1 not confirmed, or show found a list to be updated; 2 misuse or broken input.',
  },
  async run(args, terminal) {
    const [action = ''] = args.files
    const edit = Object.hasOwn(EDITS, action) ? EDITS[action] : undefined
    const other = Object.hasOwn(OTHERS, action) ? OTHERS[action] : undefined
    if (edit !== undefined) return change(edit, args, terminal)
    if (other === undefined) throw new TonghengError('cli.trust-action', { actions: ACTIONS.join(' | ') })
    return other(args, terminal)
  },
}

async function init(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const [file, iss, region] = [args.required('draft'), args.required('iss'), args.required('region')]
  const now = terminal.now()
  const times = { iat: now, nextUpdate: now + 14 * DAY, exp: now + 30 * DAY }
  const payload: TrustListPayload = { iss, region, version: 1, ...times, roots: await rootsOf(args), entities: [], logs: [] }
  await writeNew(file, '')
  await writeDraft(file, draftOf(payload)).catch(async (error: unknown) => {
    await unlink(file)
    throw error
  })
  await tell(undefined, payload, args, terminal)
  return 0
}

async function change(edit: Edit, args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const file = args.required('draft')
  const existing = await optional(readDraft, file)
  const before = existing ?? draftOf(await begun(args))
  if (before.signed.length > 0) throw new TonghengError('cli.trust-signed', { file, signatures: before.signed.length })
  const payload = await edit(before.payload, args, terminal)
  await writeDraft(file, { ...before, payload })
  await tell(before.payload, payload, args, terminal)
  return 0
}

/** The next version, with nothing changed yet. */
async function begun(args: Arguments): Promise<TrustListPayload> {
  const [file, iss] = [args.required('trust'), args.required('iss')]
  const newest = await newestOf(await readTrustFile(file), iss)
  if (newest === undefined) throw new TonghengError('cli.trust-none', { file, iss })
  return { ...newest.payload, version: newest.payload.version + 1, previous: newest.statementId }
}

async function addEntity(payload: TrustListPayload, args: Arguments): Promise<TrustListPayload> {
  const [uscc, file] = [args.required('uscc'), args.text('authorisations')]
  const authorisations = (file === undefined ? [] : await readJson(file)) as TrustListPayload['entities'][number]['authorisations']
  const known = payload.entities.find((entity) => entity.uscc === uscc)
  if (known !== undefined) {
    if (file === undefined) throw new TonghengError('cli.trust-twice', { name: uscc })
    return withEntity(payload, { ...known, authorisations: [...known.authorisations, ...authorisations] })
  }
  const [zh, en] = [args.required('name'), args.text('name-en')]
  const entity = { uscc, name: { zh, ...(en !== undefined && { en }) }, region: payload.region, keys: [], authorisations }
  return { ...payload, entities: [...payload.entities, entity] }
}

async function addKey(payload: TrustListPayload, args: Arguments, terminal: Terminal): Promise<TrustListPayload> {
  const entity = entityOf(payload, args.required('uscc'))
  const jwk = await readPublicKey(args.required('jwk'))
  const kid = await thumbprint(jwk)
  for (const key of entity.keys) if ((await thumbprint(key.jwk)) === kid) throw new TonghengError('cli.trust-twice', { name: kid })
  const typ = args.list('typ')
  const key: EntityKey = {
    jwk,
    typ: typ.length > 0 ? [...typ] : DEFAULT_TYPES,
    notBefore: parseInstant(args.text('from') ?? terminal.now()),
    notAfter: parseInstant(args.required('to')),
  }
  return withEntity(payload, { ...entity, keys: [...entity.keys, key] })
}

async function revokeKey(payload: TrustListPayload, args: Arguments, terminal: Terminal): Promise<TrustListPayload> {
  const [kid, reason] = [args.required('kid'), args.required('reason')]
  const revoked = { at: parseInstant(args.text('from') ?? terminal.now()), reason, retroactive: args.flag('retroactive') }
  for (const entity of payload.entities) {
    for (const [at, key] of entity.keys.entries()) {
      if ((await thumbprint(key.jwk)) === kid) return withEntity(payload, { ...entity, keys: entity.keys.with(at, { ...key, revoked }) })
    }
  }
  throw new TonghengError('cli.trust-key', { kid })
}

async function rotateRoot(payload: TrustListPayload, args: Arguments): Promise<TrustListPayload> {
  return { ...payload, roots: await rootsOf(args) }
}

async function publish(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const language = args.choice('lang', ['zh', 'en'])
  const [file, trustFile, keyFiles] = [args.required('draft'), args.required('trust'), args.list('key')]
  if (keyFiles.length === 0) throw new TonghengError('cli.option-missing', { option: '--key', command: 'trust publish' })
  let draft = await readDraft(file)
  const before = await optional(readTrustFile, trustFile)
  const prior = await newestOf(before, draft.payload.iss)
  if (draft.payload.version !== (prior?.payload.version ?? 0) + 1 || draft.payload.previous !== prior?.statementId)
    throw new TonghengError('cli.trust-stale', { file, version: prior?.payload.version ?? '—' })
  // Somebody else's file: what it shows must be what its signatures are over.
  if (!isOfPayload(draft)) throw new TonghengError('trust-list.payload-differs')
  if (draft.signed.length === 0) draft = { ...draft, payload: { ...draft.payload, ...timesOf(args, terminal, prior?.payload.iat) } }
  await tell(prior?.payload, draft.payload, args, terminal)
  if (!(await confirm(args, terminal))) return 1
  const roots = await Promise.all([...draft.payload.roots.keys, ...(prior?.payload.roots.keys ?? [])].map((key) => thumbprint(key)))
  for (const keyFile of keyFiles) {
    const signer = await createSigner(await readKey(keyFile, terminal, messageOf('cli.key-open', { file: keyFile })[language]))
    if (!roots.includes(signer.kid)) throw new TonghengError('cli.trust-not-root', { file: keyFile, kid: signer.kid })
    draft = await addSignature(draft, signer)
  }
  const missing = await missingOf(draft, prior?.payload)
  if (missing.own > 0 || missing.prior > 0) {
    await writeDraft(file, draft)
    terminal.print(messageOf('cli.trust-missing', { signed: draft.signed.length, ...missing, file })[language])
    return 0
  }
  await replaceText(trustFile, `${JSON.stringify(await published(before, anchorOf(draft.payload), draft.signed))}\n`)
  // All that it holds is in the trust file now.
  await unlink(file)
  terminal.print(messageOf('cli.trust-published', { version: draft.payload.version, file: trustFile })[language])
  if (prior === undefined) await tellPins(draft.payload, args, terminal)
  return 0
}

async function show(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const language = args.choice('lang', ['zh', 'en'])
  const file = args.required('trust')
  const [material, iss] = [await readTrustFile(file), args.text('iss')]
  let code: ExitCode = 0
  const authorities = material.anchors.map(({ authority }) => authority).filter((one) => iss === undefined || one === iss)
  if (iss !== undefined && authorities.length === 0) throw new TonghengError('cli.trust-none', { file, iss })
  for (const authority of authorities) {
    const newest = await newestOf(material, authority)
    if (newest === undefined) continue
    const { payload } = newest
    terminal.print(terminal.paint(authority, 'bold'))
    terminal.print(`  ${timesText(payload, language)}`)
    await tellPins(payload, args, terminal, '  ')
    for (const { uscc, name, keys, authorisations } of payload.entities) {
      const revoked = keys.filter((key) => key.revoked !== undefined).length
      const body = { zh: name.zh, en: name.en ?? name.zh }
      terminal.print(
        `  ${messageOf('cli.trust-body', { uscc, body, keys: keys.length, revoked, authorisations: authorisations.length })[language]}`,
      )
    }
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
  const material = await optional(readTrustFile, file)
  if (draftFile !== undefined) {
    const { payload } = await readDraft(draftFile)
    await tell((await newestOf(material, payload.iss))?.payload, payload, args, terminal)
    return 0
  }
  const iss = args.required('iss')
  const newest = await newestOf(material, iss)
  if (material === undefined || newest === undefined) throw new TonghengError('cli.trust-none', { file, iss })
  const others = material.trustLists.filter((signed) => !signed.includes(newest.signed[0] as string))
  const previous = newest.payload.version === 1 ? undefined : await newestOf({ ...material, trustLists: others }, iss)
  await tell(previous?.payload, newest.payload, args, terminal)
  return 0
}

async function tell(prior: TrustListPayload | undefined, next: TrustListPayload, args: Arguments, terminal: Terminal): Promise<void> {
  const language = args.choice('lang', ['zh', 'en'])
  terminal.print(terminal.paint(`${next.iss}  ${timesText(next, language)}`, 'bold'))
  const changes = await changesOf(prior, next)
  for (const { code, params } of changes) terminal.print(`  ${messageOf(code, params)[language]}`)
  if (changes.length === 0) terminal.print(`  ${messageOf('cli.trust-unchanged')[language]}`)
}

async function tellPins({ roots }: TrustListPayload, args: Arguments, terminal: Terminal, indent = ''): Promise<void> {
  const kids = (await Promise.all(roots.keys.map((key) => thumbprint(key)))).join(', ')
  terminal.print(`${indent}${messageOf('cli.trust-pin', { kids, threshold: roots.threshold })[args.choice('lang', ['zh', 'en'])]}`)
}

const timesText = ({ version, nextUpdate, exp }: TrustListPayload, language: 'zh' | 'en'): string =>
  messageOf('cli.trust-times', { version, nextUpdate: formatInstant(nextUpdate), exp: formatInstant(exp) })[language]

function timesOf(args: Arguments, terminal: Terminal, before = 0) {
  const iat = Math.max(terminal.now(), before + 1)
  return { iat, nextUpdate: iat + wholeOf(args, 'next-days', 14) * DAY, exp: iat + wholeOf(args, 'days', 30) * DAY }
}

function wholeOf(args: Arguments, option: string, otherwise?: number): number {
  const text = otherwise === undefined ? args.required(option) : args.text(option)
  if (text === undefined) return otherwise as number
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new TonghengError('cli.option-value', { option: `--${option}`, expected: 'N' })
  return Number(text)
}

async function rootsOf(args: Arguments): Promise<TrustListPayload['roots']> {
  const files = args.list('root')
  if (files.length === 0) throw new TonghengError('cli.option-missing', { option: '--root', command: 'trust' })
  const keys = await Promise.all(files.map(readPublicKey))
  const threshold = wholeOf(args, 'threshold')
  // A list that its own keys could never sign.
  if (threshold > keys.length) throw new TonghengError('cli.option-value', { option: '--threshold', expected: `1–${keys.length}` })
  return { keys, threshold }
}

const readJson = async (file: string): Promise<Json> => jsonOf({ name: file, bytes: await readBytes(file) })

/** A public key, as `keygen --public` writes it. @throws `cli.key-private`, `key.invalid` */
async function readPublicKey(file: string): Promise<PublicJwk> {
  const json = await readJson(file)
  if (json !== null && typeof json === 'object' && 'd' in json) throw new TonghengError('cli.key-private', { file })
  return parsePublicJwk(json)
}

function entityOf(payload: TrustListPayload, uscc: string): TrustListPayload['entities'][number] {
  const entity = payload.entities.find((one) => one.uscc === uscc)
  if (entity === undefined) throw new TonghengError('cli.trust-entity', { uscc })
  return entity
}

const withEntity = (payload: TrustListPayload, entity: TrustListPayload['entities'][number]): TrustListPayload => ({
  ...payload,
  entities: payload.entities.map((one) => (one.uscc === entity.uscc ? entity : one)),
})

/** Undefined where there is no such file yet. */
async function optional<T extends Draft | TrustFile>(read: (file: string) => Promise<T>, file: string): Promise<T | undefined> {
  try {
    return await read(file)
  } catch (error) {
    if (isTonghengError(error, 'cli.file') && error.details.reason === 'ENOENT') return undefined
    throw error
  }
}
