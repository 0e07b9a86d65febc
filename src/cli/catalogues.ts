/** The option `--catalogue`: catalogues of authorities, verified under the pinned root keys of a trust file. */
import { formatInstant, type Instant } from '../base/date.js'
import { type Json, parseJson } from '../base/json.js'
import type { Text } from '../base/message.js'
import { type Catalogues, openCatalogues } from '../recognition/index.js'
import { openTrust, type Trust } from '../trust/index.js'
import type { TrustFile } from '../verify/inside.js'
import { fault as catalogueFault, say } from './catalogue-messages.js'
import type { Arguments } from './command.js'
import { readBytes, readTrustFile } from './files.js'
import type { Terminal } from './terminal.js'

const MAX_FILE = 90 * 1024 * 1024

export const CATALOGUE = {
  type: 'string',
  value: 'FILE',
  multiple: true,
  help: { zh: '主管部门发布的器具与规程目录（签名），可重复', en: 'catalogue that an authority publishes, signed; repeatable' },
} as const

const isTexts = (json: Json): json is string[] => Array.isArray(json) && json.every((one) => typeof one === 'string')

/** Signatures of each catalogue in a file: JSON arrays, or compact texts one after another. @throws `cli.catalogue-file` */
export async function readCatalogueFile(file: string): Promise<readonly (readonly string[])[]> {
  const bytes = await readBytes(file, MAX_FILE)
  const text = Buffer.from(bytes).toString('utf8').trim()
  if (text.startsWith('ey')) return [text.split(/\s+/)]
  const json = parseJson(bytes, { maxLength: MAX_FILE, maxValues: 100_000 })
  if (isTexts(json) && json.length > 0) return [json]
  if (Array.isArray(json) && json.length > 0 && json.every((one) => isTexts(one))) return json as string[][]
  throw catalogueFault('cli.catalogue-file', { file })
}

export const catalogueFiles = async (args: Arguments): Promise<readonly (readonly string[])[]> =>
  (await Promise.all(args.list('catalogue').map(readCatalogueFile))).flat()

/**
 * Opens the catalogues of the option; undefined without the option. An invalid catalogue ends the command, because the user named it.
 * @throws `catalogue.*`, `cli.option-missing`
 */
export async function cataloguesOf(args: Arguments, terminal: Terminal): Promise<Catalogues | undefined> {
  const given = await catalogueFiles(args)
  if (given.length === 0) return undefined
  const { anchors, trustLists } = await readTrustFile(args.required('trust'))
  const opened = await openCatalogues({ catalogues: given, trust: await openTrust({ anchors, lists: trustLists }), at: terminal.now() })
  const [wrong] = opened.refused
  if (wrong !== undefined) throw wrong
  return opened
}

interface Judging {
  readonly file: TrustFile
  readonly trust: Trust
  readonly at: Instant
}

/** The catalogues of the trust file and of the option, for verdicts; warns of an invalid one and ignores it. @throws `catalogue.rollback`, `.fork` */
export async function cataloguesBeside({ file, trust, at }: Judging, args: Arguments, terminal: Terminal): Promise<Catalogues> {
  const language = args.choice('lang', ['zh', 'en'])
  const opened = await openCatalogues({ catalogues: [...(file.catalogues ?? []), ...(await catalogueFiles(args))], trust, at })
  for (const { code, text } of opened.refused) terminal.warn(`${terminal.paint(code, 'warn')} ${text[language]}`)
  return opened
}

/** Names the catalogues by which a province judges, one per line; empty if only the tables of the software apply. */
export const cataloguesUsed = (catalogues: Catalogues, region: string, at: Instant): readonly Text[] =>
  catalogues
    .countingFor(region, at)
    .map(({ payload: { iss, version, title, exp } }) =>
      say('cli.catalogue-used', { title: { zh: title.zh, en: title.en ?? title.zh }, iss, version, exp: formatInstant(exp) }),
    )
