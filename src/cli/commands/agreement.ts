/** The agreement of two authorities: drafted as data, tested by its own tests, displayed, signed by each, published. */

import { unlink } from 'node:fs/promises'
import * as z from 'zod/mini'
import { faultDetails } from '../../base/faults.js'
import { messageOf } from '../../base/message.js'
import { parseShape } from '../../base/shape.js'
import { coSign, createSigner, parsePayload, parseStatement } from '../../envelope/index.js'
import {
  AgreementPayload,
  agreementChanges,
  openAgreement,
  runAgreementTests,
  signAgreement,
  testAgreement,
} from '../../recognition/index.js'
import { sayTest } from '../../recognition/inside.js'
import { fault as recognitionFault } from '../../recognition/messages.js'
import { openTrust } from '../../trust/index.js'
import type { TrustFile } from '../../verify/inside.js'
import { checkClauses } from '../agreement-checks.js'
import { fault as cliAgreementFault, say as cliAgreementSay } from '../agreement-messages.js'
import { type Arguments, actionOf, type Command, type ExitCode } from '../command.js'
import { confirm } from '../confirm.js'
import { fileFault } from '../file-error.js'
import { swapText } from '../file-lock.js'
import { jsonOf, readBytes, readKey, readTrustFile, trustFileOf } from '../files.js'
import { fault, say } from '../messages.js'
import { checkNew, replaceText, writeNew } from '../outputs.js'
import type { Terminal } from '../terminal.js'
import { say as cliTrustSay } from '../trust/messages.js'

const TYP = 'metrology-agreement+jwt'
const Draft = z.strictObject({
  format: z.literal('tongheng-agreement-draft'),
  payload: AgreementPayload,
  signed: z.array(z.string().check(z.maxLength(300_000))).check(z.maxLength(20)),
})
type Draft = z.infer<typeof Draft>

const ACTIONS: Readonly<Record<string, (args: Arguments, terminal: Terminal) => Promise<ExitCode>>> = { draft, test, diff, sign, publish }

export const agreement: Command = {
  name: 'agreement',
  mostFiles: 1,
  usage: `agreement ${Object.keys(ACTIONS).join('|')} --draft FILE --trust FILE`,
  summary: { zh: '互认协议：起草、测试、比较、会签、发布', en: 'Agreements: draft, test, compare, sign together, publish' },
  options: {
    draft: {
      type: 'string',
      value: 'FILE',
      help: { zh: '协议草稿，在缔约主管部门之间传递', en: 'draft of the agreement; passes between the authorities' },
    },
    trust: {
      type: 'string',
      value: 'FILE',
      help: { zh: '信任文件：已发布的协议各版，publish 就地更新', en: 'trust file with the versions published; publish adds to it' },
    },
    id: {
      type: 'string',
      value: 'ID',
      help: { zh: 'draft：由哪一协议的最新版起草', en: 'draft: agreement whose newest version it begins from' },
    },
    from: {
      type: 'string',
      value: 'FILE',
      help: { zh: 'draft：由协议内容（JSON）起草', en: 'draft: begin from the content of an agreement (JSON)' },
    },
    key: { type: 'string', value: 'FILE', help: { zh: 'sign：主管部门的私钥文件', en: 'sign: file with the private key of an authority' } },
    yes: { type: 'boolean', help: { zh: '不再询问', en: 'do not ask' } },
  },
  notes: {
    zh: '草稿的 payload 用编辑器修改；有签名后不能再改。sign 先测试并列出与已发布版的差别，确认后签署。publish 在随附测试全部通过、各方都已签署时才写入信任文件。各版并存，按检定（校准）日期取用。\n退出码：0 完成；1 测试未通过，或未确认；2 用法或输入有误。',
    en: 'The payload of a draft is changed in an editor, until it is signed. sign runs the tests, shows what differs from the published version, and signs after a yes. publish writes into the trust file only where every test passes and every party has signed. Versions stand side by side; the day of the work picks one.\nExit code: 0 done; 1 a test failed, or not confirmed; 2 misuse or broken input.',
  },
  async run(args, terminal) {
    const [action = ''] = args.files
    const run = actionOf('agreement', ACTIONS, action)
    return run(args, terminal)
  },
}

async function draft(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const [file, source, id] = [args.required('draft'), args.text('from'), args.text('id')]
  const payload = source === undefined ? await next(args.required('trust'), id ?? args.required('id'), terminal) : await readContent(source)
  const made = checked(file, { format: 'tongheng-agreement-draft', payload, signed: [] })
  await checkNew(file)
  const trustFile = args.text('trust')
  const others = trustFile === undefined ? [] : await published(trustFile)
  tellChanges(newestOf(others, made.payload.id), made.payload, args, terminal)
  if (!(await confirm(args, terminal, 'cli.confirm-draft'))) return 1
  await writeNew(file, `${JSON.stringify(made, null, 2)}\n`)
  return 0
}

async function next(trustFile: string, id: string, terminal: Terminal): Promise<AgreementPayload> {
  const newest = newestOf(await published(trustFile), id)
  if (newest === undefined) throw cliAgreementFault('cli.agreement-none', { file: trustFile, id })
  return { ...newest, version: newest.version + 1, iat: terminal.now() }
}

async function test(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const { payload } = await readDraft(args.required('draft'))
  await checkClauses(payload, args, terminal)
  return tellTests(payload, args, terminal) ? 0 : 1
}

async function diff(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const { payload } = await readDraft(args.required('draft'))
  tellChanges(newestOf(await published(args.required('trust')), payload.id), payload, args, terminal)
  return 0
}

async function sign(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const language = args.choice('lang', ['zh', 'en'])
  const [file, trustFile, keyFile] = [args.required('draft'), args.required('trust'), args.required('key')]
  let given = await readDraft(file)
  if (given.signed.length === 0) given = { ...given, payload: { ...given.payload, iat: terminal.now() } }
  await checkClauses(given.payload, args, terminal)
  if (!tellTests(given.payload, args, terminal)) return 1
  tellChanges(newestOf(await published(trustFile), given.payload.id), given.payload, args, terminal)
  if (!(await confirm(args, terminal))) return 1
  const signer = await createSigner(await readKey(keyFile, terminal, say('cli.key-open', { file: keyFile })[language]))
  await checkParty(trustFile, given.payload, keyFile, signer.kid)
  const [first] = given.signed
  const own = first === undefined ? await signAgreement(given.payload, [signer]) : [await coSign(first, { typ: TYP, signer })]
  const others = given.signed.filter((text) => parseStatement(text, TYP).kid !== signer.kid)
  const signed = [...others, ...own]
  await replaceText(file, `${JSON.stringify({ ...given, signed }, null, 2)}\n`)
  terminal.print(cliAgreementSay('cli.agreement-signed', { signed: signed.length, parties: given.payload.parties.length, file })[language])
  return 0
}

/**
 * Otherwise a signature of a non-party would be noticed only after the other side had signed too. @throws `cli.agreement-not-party`
 */
async function checkParty(trustFile: string, { parties }: AgreementPayload, file: string, kid: string): Promise<void> {
  const { anchors, trustLists } = await readTrustFile(trustFile)
  const trust = await openTrust({ anchors, lists: trustLists })
  const holders = trust.holders(kid).filter(({ entity }) => parties.some(({ uscc }) => uscc === entity.uscc))
  if (!holders.some(({ key }) => key.typ.includes(TYP))) throw cliAgreementFault('cli.agreement-not-party', { file, kid })
}

async function publish(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const language = args.choice('lang', ['zh', 'en'])
  const [file, trustFile] = [args.required('draft'), args.required('trust')]
  const { payload, signed } = await readDraft(file)
  testAgreement(payload)
  // Both sides have signed: kinds that only a later version knows are no typing error any more.
  ;(await import('../../joint/index.js')).checkJointClauses(payload)
  const bytes = await readBytes(trustFile)
  const material = trustFileOf({ name: trustFile, bytes })
  const others = await published(trustFile, material)
  const newest = newestOf(others, payload.id)
  if (newest !== undefined && payload.version <= newest.version)
    throw cliAgreementFault('cli.agreement-stale', { version: payload.version, newest: newest.version })
  await openAgreement(signed, await openTrust({ anchors: material.anchors, lists: material.trustLists }))
  tellChanges(newest, payload, args, terminal)
  if (!(await confirm(args, terminal))) return 1
  const text = `${JSON.stringify({ ...material, agreements: [...(material.agreements ?? []), signed] })}\n`
  if (!(await swapText(trustFile, bytes, text))) throw fault('cli.file-changed', { file: trustFile })
  terminal.print(cliAgreementSay('cli.agreement-published', { id: payload.id, version: payload.version, file: trustFile })[language])
  await fileFault(file, () => unlink(file))
  return 0
}

/** Agreements of a trust file, each signed by its parties. @throws `agreement.*`, `trust-list.*` */
async function published(file: string, given?: TrustFile): Promise<AgreementPayload[]> {
  const { anchors, trustLists, agreements = [] } = given ?? (await readTrustFile(file))
  const trust = await openTrust({ anchors, lists: trustLists })
  return Promise.all(agreements.map(async (signed) => (await openAgreement(signed, trust)).payload))
}

const newestOf = (all: readonly AgreementPayload[], id: string): AgreementPayload | undefined =>
  all.filter((one) => one.id === id).sort((a, b) => b.version - a.version)[0]

function tellTests(payload: AgreementPayload, args: Arguments, terminal: Terminal): boolean {
  const language = args.choice('lang', ['zh', 'en'])
  let isPassed = true
  for (const { title, expected, found } of runAgreementTests(payload)) {
    if (expected === found) {
      terminal.print(`${terminal.paint('✓', 'pass')} ${title}`)
      continue
    }
    isPassed = false
    terminal.print(
      `${terminal.paint('✗', 'fail')} ${sayTest('agreement.test-failed', { title, expected: expected ?? '—', found: found ?? '—' })[language]}`,
    )
  }
  return isPassed
}

function tellChanges(prior: AgreementPayload | undefined, payload: AgreementPayload, args: Arguments, terminal: Terminal): void {
  const language = args.choice('lang', ['zh', 'en'])
  terminal.print(
    terminal.paint(
      cliAgreementSay('cli.agreement-version', { id: payload.id, before: prior?.version ?? '—', after: payload.version })[language],
      'bold',
    ),
  )
  const changes = agreementChanges(prior, payload)
  for (const { code, params } of changes) terminal.print(`  ${messageOf(code, params)[language]}`)
  if (changes.length === 0) terminal.print(`  ${cliTrustSay('cli.trust-unchanged')[language]}`)
}

const readContent = async (file: string): Promise<AgreementPayload> =>
  jsonOf({ name: file, bytes: await readBytes(file) }) as AgreementPayload

/** A draft whose signatures match its displayed payload. @throws `cli.agreement-draft`, `agreement.payload-differs` */
async function readDraft(file: string): Promise<Draft> {
  const draft = checked(file, jsonOf({ name: file, bytes: await readBytes(file) }))
  for (const text of draft.signed) {
    const { value } = parseShape<AgreementPayload>(AgreementPayload, parsePayload(parseStatement(text, TYP)))
    if (JSON.stringify(value) !== JSON.stringify(draft.payload)) throw recognitionFault('agreement.payload-differs')
  }
  return draft
}

function checked(file: string, given: unknown): Draft {
  const { value, faults } = parseShape<Draft>(Draft, given)
  if (value === undefined) throw cliAgreementFault('cli.agreement-draft', { file, ...faultDetails(faults, Draft) })
  return value
}
