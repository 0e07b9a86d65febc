/** The catalogue of an authority: signed by its root keys, shown, published in a trust file. */
import { formatInstant } from '../../base/date.js'
import { coSign, createSigner, type Signer } from '../../envelope/index.js'
import { type CataloguePayload, openCatalogues, type PublishedCatalogue, readCatalogue, signCatalogue } from '../../recognition/index.js'
import { openTrust } from '../../trust/index.js'
import { fault as catalogueFault, say as catalogueSay } from '../catalogue-messages.js'
import { CATALOGUE, readCatalogueFile } from '../catalogues.js'
import { type Arguments, actionOf, type Command, type ExitCode } from '../command.js'
import { confirm } from '../confirm.js'
import { swapText } from '../file-lock.js'
import { jsonOf, readBytes, readKey, readTrustFile, trustFileOf } from '../files.js'
import { fault, say } from '../messages.js'
import { checkNew, replaceText, writeNew } from '../outputs.js'
import type { Terminal } from '../terminal.js'

const TYP = 'metrology-catalogue+jwt'
const DAY = 86_400

const ACTIONS: Readonly<Record<string, (args: Arguments, terminal: Terminal) => Promise<ExitCode>>> = { sign, show, publish }

export const catalogue: Command = {
  name: 'catalogue',
  mostFiles: 1,
  usage: `catalogue ${Object.keys(ACTIONS).join('|')} --catalogue FILE --trust FILE`,
  summary: { zh: '主管部门的器具与规程目录：签名、查看、发布', en: 'The catalogue of an authority: sign, show, publish' },
  options: {
    catalogue: {
      ...CATALOGUE,
      multiple: false,
      help: { zh: '签名的目录文件；sign 在其中补签', en: 'file of the signed catalogue; sign adds to it' },
    },
    trust: {
      type: 'string',
      value: 'FILE',
      help: {
        zh: '信任文件：固定的根公钥和已发布的各版，publish 就地更新',
        en: 'trust file with root keys and the versions published; publish adds to it',
      },
    },
    from: {
      type: 'string',
      value: 'FILE',
      help: { zh: 'sign：目录内容（JSON，见 schemas/catalogue.v1.json）', en: 'sign: content as JSON, see schemas/catalogue.v1.json' },
    },
    key: {
      type: 'string',
      value: 'FILE',
      multiple: true,
      help: { zh: 'sign：根私钥文件，可重复', en: 'sign: file with a root key; repeatable' },
    },
    days: { type: 'string', value: 'N', help: { zh: 'sign：有效天数，默认 400', en: 'sign: days until it ends, default 400' } },
    yes: { type: 'boolean', help: { zh: '不再询问', en: 'do not ask' } },
  },
  notes: {
    zh: '目录由信任列表的根密钥签名，签名数须达门限；只对本省（市）有效，在本省（市）优先于软件内置目录，判定结果写明所依据的目录和版本。sign 按信任文件自动编版本号并接上一版；密钥分由多人保管的，各人用同一文件依次补签。\n退出码：0 完成；1 未确认；2 用法或输入有误。',
    en: 'A catalogue is signed by root keys of the trust list, as many as its threshold. It counts for its own province alone, where it comes before the tables of the software; verdicts name it and its version. sign numbers it after the one in the trust file; where several people hold keys, each signs the same file in turn.\nExit code: 0 done; 1 not confirmed; 2 misuse or broken input.',
  },
  async run(args, terminal) {
    const [action = ''] = args.files
    return actionOf('catalogue', ACTIONS, action)(args, terminal)
  },
}

async function sign(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const language = args.choice('lang', ['zh', 'en'])
  const [file, trustFile, source] = [args.required('catalogue'), args.required('trust'), args.text('from')]
  const keyFiles = args.list('key')
  if (keyFiles.length === 0) args.required('key')
  const before = source === undefined ? (await readCatalogueFile(file))[0] : undefined
  const payload = source === undefined ? undefined : await nextOf(source, trustFile, args, terminal)
  if (payload !== undefined) {
    await checkNew(file)
    tell(payload, terminal, language)
    if (!(await confirm(args, terminal))) return 1
  }
  const signers: Signer[] = []
  for (const keyFile of keyFiles)
    signers.push(await createSigner(await readKey(keyFile, terminal, say('cli.key-open', { file: keyFile })[language])))
  let signed = [...(before ?? [])]
  if (payload === undefined) for (const signer of signers) signed.push(await coSign(signed[0] as string, { typ: TYP, signer }))
  else signed = await signCatalogue(payload, signers as [Signer, ...Signer[]])
  const text = `${JSON.stringify(signed, null, 2)}\n`
  await (payload === undefined ? replaceText(file, text) : writeNew(file, text))
  terminal.print(catalogueSay('cli.catalogue-signed', { file, signed: signed.length })[language])
  return 0
}

/** The content of a file as the version after the published one. */
async function nextOf(source: string, trustFile: string, args: Arguments, terminal: Terminal): Promise<CataloguePayload> {
  const json = jsonOf({ name: source, bytes: await readBytes(source) })
  // A value that is not an object becomes an empty one; the reader below reports the missing members.
  const content = typeof json === 'object' && json !== null && !Array.isArray(json) ? json : {}
  const material = await readTrustFile(trustFile)
  const prior = (await opened(material, material.catalogues ?? [], terminal)).find(({ payload }) => payload.iss === content.iss)
  const iat = terminal.now()
  return readCatalogue({
    ...content,
    version: (prior?.payload.version ?? 0) + 1,
    ...(prior !== undefined && { previous: prior.statementId }),
    iat,
    exp: iat + args.whole('days', 400) * DAY,
  })
}

type Material = Awaited<ReturnType<typeof readTrustFile>>

/** Newest catalogues of pinned authorities. An expired one is included, because it determines the next version number. */
async function opened(
  { anchors, trustLists }: Material,
  catalogues: readonly (readonly string[])[],
  terminal: Terminal,
): Promise<readonly PublishedCatalogue[]> {
  const trust = await openTrust({ anchors, lists: trustLists })
  const { published, refused } = await openCatalogues({ catalogues, trust, at: terminal.now() })
  const [wrong] = refused
  if (wrong !== undefined) throw wrong
  return published
}

async function show(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const language = args.choice('lang', ['zh', 'en'])
  const material = await readTrustFile(args.required('trust'))
  const file = args.text('catalogue')
  const given = file === undefined ? (material.catalogues ?? []) : await readCatalogueFile(file)
  for (const { payload } of await opened(material, given, terminal)) tell(payload, terminal, language)
  return 0
}

async function publish(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const language = args.choice('lang', ['zh', 'en'])
  const [file, trustFile] = [args.required('catalogue'), args.required('trust')]
  const bytes = await readBytes(trustFile)
  const material = trustFileOf({ name: trustFile, bytes })
  const [signed] = await readCatalogueFile(file)
  const [made] = await opened(material, [signed as readonly string[]], terminal)
  const held = material.catalogues ?? []
  // Opened together with the published ones, so that an older version, or another one with the same number, is rejected.
  const newest = (await opened(material, [...held, signed as readonly string[]], terminal)).find(
    ({ payload }) => payload.iss === made?.payload.iss,
  )
  if (made === undefined || newest?.statementId !== made.statementId || held.some((one) => one[0] === made.signed[0]))
    throw catalogueFault('cli.catalogue-stale', { file, version: made?.payload.version ?? '—', newest: newest?.payload.version ?? '—' })
  tell(made.payload, terminal, language)
  if (!(await confirm(args, terminal))) return 1
  const text = `${JSON.stringify({ ...material, catalogues: [...held, [...made.signed]] })}\n`
  if (!(await swapText(trustFile, bytes, text))) throw fault('cli.file-changed', { file: trustFile })
  terminal.print(catalogueSay('cli.catalogue-published', { file: trustFile, version: made.payload.version })[language])
  return 0
}

function tell(
  { iss, region, version, title, exp, categories = [], intervals = [], editions = [], divisions = [], ...rest }: CataloguePayload,
  terminal: Terminal,
  language: 'zh' | 'en',
): void {
  const params = {
    title: { zh: title.zh, en: title.en ?? title.zh },
    iss,
    region,
    version,
    exp: formatInstant(exp),
    categories: categories.length,
    intervals: intervals.length,
    editions: editions.length,
    divisions: divisions.length,
    waivers: rest.assessmentWaivers?.length ?? 0,
  }
  terminal.print(catalogueSay('cli.catalogue-content', params)[language])
}
