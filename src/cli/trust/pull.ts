/** Adds the documents of a node to a trust file, after verifying them under the root keys that the file pins. */
import type { TonghengError } from '../../base/error.js'
import { provinceName } from '../../catalogue/index.js'
import { fetchCatalogues, fetchPublished, unverifiedList } from '../../client/inside.js'
import { openCatalogues } from '../../recognition/index.js'
import { openTrust, type Trust, type TrustAnchor } from '../../trust/index.js'
import { type Offered, type Taken, type TrustFile, type TrustState, takeDocuments } from '../../verify/inside.js'
import type { Arguments, ExitCode } from '../command.js'
import { swapText } from '../file-lock.js'
import { readExisting, trustFileOf } from '../files.js'
import { fault as cliFault } from '../messages.js'
import { nodeSource } from '../node-source.js'
import type { Terminal } from '../terminal.js'
import { fault, say } from './messages.js'
import { advanceTrustState } from './state.js'
import { tellChanges, warnOfTrust } from './tell.js'

/** Default timeout in seconds for one answer of a node. */
export const ANSWER_SECONDS = 30

export async function pull(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const [url, file] = [args.required('node'), args.required('trust')]
  const language = args.choice('lang', ['zh', 'en'])
  const held = await heldIn(file)
  if (held === undefined) throw fault('cli.trust-not-pinned', { file })
  const trust = await openTrust({ anchors: held.anchors, lists: held.trustLists })
  const versions = versionsOf(trust)
  const source = nodeSource(url, args.whole('timeout', ANSWER_SECONDS))
  const pinned = held.anchors.map(({ authority }) => ({ authority, version: versions.get(authority) ?? 0 }))
  const offered = { ...(await fetchPublished(source, pinned)), catalogues: await fetchCatalogues(source, pinned) }
  const isBehind = await warnOfNodeBehind(offered, trust, { url, language, terminal })
  const { before, taken, isNew } = await addDocuments(file, { offered }, args, terminal)
  await tellTaken(before, taken, args, terminal)
  if (!isNew) terminal.print(say('cli.trust-current', { file, node: url })[language])
  return warnOfRefused(taken.refused, args, terminal) || isBehind ? 1 : 0
}

export interface Added {
  readonly before: TrustFile | undefined
  readonly taken: Taken
  /** False if the file already had all documents. */
  readonly isNew: boolean
}

const heldIn = async (file: string): Promise<TrustFile | undefined> => {
  const bytes = await readExisting(file)
  return bytes && trustFileOf({ name: file, bytes })
}

/** More attempts than processes that would ever compete for one file. */
const MAX_TURNS = 100

/**
 * Verifies the offered documents together with those of the file, and writes the file if any is new. Removes nothing from the file, except a
 * status list that is replaced by a newer one of the same issuer and address.
 * @throws `trust-list.*`, `cli.file-locked`, `cli.file`
 */
export async function addDocuments(
  file: string,
  { offered, anchors = [] }: { readonly offered: Offered; readonly anchors?: readonly TrustAnchor[] },
  args: Arguments,
  terminal: Terminal,
): Promise<Added> {
  const stateFile = args.text('state')
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    const bytes = await readExisting(file)
    const before = bytes && trustFileOf({ name: file, bytes })
    const take = (state?: TrustState): Promise<Taken> =>
      takeDocuments(
        {
          held: joined(before, state),
          seen: state?.seen,
          anchors,
          offered,
          openCatalogues: (catalogues, trust) =>
            openCatalogues({ catalogues, trust, at: terminal.now(), ...(state?.seenCatalogues && { seen: state.seenCatalogues }) }),
        },
        terminal.now(),
      )
    const taken =
      stateFile === undefined
        ? await take()
        : (
            await advanceTrustState(stateFile, async (state) => {
              const one = await take(state)
              return { ...one.opened, ...(one.catalogues && { catalogues: one.catalogues }), one }
            })
          ).one
    const after = withHeld(taken, before)
    const isNew = before === undefined || textOf(after) !== textOf(before)
    if (!isNew || (await swapText(file, bytes, `${textOf(after)}\n`))) return { before, taken: { ...taken, file: after }, isNew }
  }
  throw cliFault('cli.file-changed', { file })
}

/** Joins the documents of a file and of a state, to open them together. */
function joined(file: TrustFile | undefined, state: TrustState | undefined): Partial<TrustFile> | undefined {
  if (state === undefined) return file
  const both = (one: readonly string[] = [], other: readonly string[] = []): string[] => [...one, ...other]
  return {
    ...file,
    trustLists: [...(file?.trustLists ?? []), ...state.trustLists],
    statusLists: both(file?.statusLists, state.statusLists),
    notices: both(file?.notices, state.notices),
  }
}

/** Serialises a trust file in a fixed order without empty members, so that equal documents have equal text. */
function textOf({ anchors, trustLists, ...rest }: TrustFile): string {
  const names = ['agreements', 'specifications', 'catalogues', 'statusLists', 'notices'] as const
  const some = names.flatMap((name) => ((rest[name] ?? []).length === 0 ? [] : [[name, rest[name]] as const]))
  return JSON.stringify({ anchors, trustLists, ...Object.fromEntries(some) })
}

/** Keeps documents of the file that cannot be verified now, because their signer may be pinned later. */
function withHeld({ file, opened }: Taken, before: TrustFile | undefined): TrustFile {
  if (before === undefined) return file
  const unread = new Set(opened.status.refused.map(({ signed }) => signed))
  const adding = <T extends string | readonly string[]>(now: readonly T[] = [], kept: readonly T[] = []): T[] => {
    const had = new Set(kept.map(contentOf))
    return [...kept, ...now.filter((one) => !had.has(contentOf(one)))]
  }
  const still = (texts: readonly string[] = [], now: readonly string[] = []): string[] =>
    texts.filter((one) => unread.has(one) || now.includes(one))
  return {
    ...file,
    trustLists: adding(file.trustLists, before.trustLists),
    agreements: adding(file.agreements, before.agreements),
    specifications: adding(file.specifications, before.specifications),
    statusLists: adding(file.statusLists, still(before.statusLists, file.statusLists)),
    notices: adding(file.notices, before.notices),
  }
}

/** The content of a document without its signatures, to compare documents that differ only in these. */
const contentOf = (signed: string | readonly string[]): string | undefined =>
  (typeof signed === 'string' ? signed : signed[0])?.split('.')[1]

/** The newest version of each authority. */
export const versionsOf = ({ lists }: Pick<Trust, 'lists'>): ReadonlyMap<string, number> =>
  new Map(lists.map(({ payload }) => [payload.iss, payload.version]))

/** Name of an authority, from its province and code. */
export const authorityName = (authority: string, { anchors }: Pick<Trust, 'anchors'>) => {
  const region = anchors.find((one) => one.authority === authority)?.region
  const { zh, en } = region === undefined ? { zh: '', en: '' } : provinceName(region)
  return { zh: `${zh} ${authority}`.trim(), en: `${en} ${authority}`.trim() }
}

async function warnOfNodeBehind(
  { trustLists = [] }: Offered,
  trust: Trust,
  { url, language, terminal }: { readonly url: string; readonly language: 'zh' | 'en'; readonly terminal: Terminal },
): Promise<boolean> {
  const offered = new Map<string, number>()
  for (const signed of trustLists) {
    const list = await unverifiedList(signed)
    if (list !== undefined) offered.set(list.payload.iss, Math.max(offered.get(list.payload.iss) ?? 0, list.payload.version))
  }
  let isBehind = false
  for (const [authority, held] of versionsOf(trust)) {
    const version = offered.get(authority)
    if (version === undefined || version >= held) continue
    isBehind = true
    const params = { node: url, authority: authorityName(authority, trust), version, held }
    terminal.warn(`${terminal.paint('cli.trust-node-behind', 'warn')} ${say('cli.trust-node-behind', params)[language]}`)
  }
  return isBehind
}

/** Prints each new version of a list, and the number of other documents added. */
export async function tellTaken(
  before: TrustFile | undefined,
  { opened, file }: Taken,
  args: Arguments,
  terminal: Terminal,
): Promise<void> {
  const language = args.choice('lang', ['zh', 'en'])
  const had = new Set(before?.trustLists.map(contentOf))
  for (const { payload } of opened.trust.lists) {
    const versions = opened.trust.versions(payload.iss)
    for (const [at, { payload: next, signed }] of versions.entries())
      if (!had.has(contentOf(signed))) await tellChanges(versions[at - 1]?.payload, next, args, terminal)
  }
  const added = (name: 'agreements' | 'specifications' | 'catalogues' | 'statusLists' | 'notices'): number => {
    const kept = new Set<string | undefined>((before?.[name] ?? []).map(contentOf))
    return (file[name] ?? []).filter((one) => !kept.has(contentOf(one))).length
  }
  const counts = {
    agreements: added('agreements'),
    specifications: added('specifications'),
    catalogues: added('catalogues'),
    statusLists: added('statusLists'),
    notices: added('notices'),
  }
  if (Object.values(counts).some((count) => count > 0)) terminal.print(say('cli.trust-added', counts)[language])
  warnOfTrust(opened.trust, args, terminal)
}

/** Maximum number of rejected documents listed, because a node may offer any number. */
const MAX_SHOWN = 20

/** Warns of rejected documents; true if there are any. */
export function warnOfRefused(refused: readonly TonghengError[], args: Arguments, terminal: Terminal): boolean {
  const language = args.choice('lang', ['zh', 'en'])
  for (const { code, text } of refused.slice(0, MAX_SHOWN)) terminal.warn(`${terminal.paint(code, 'warn')} ${text[language]}`)
  const more = refused.length - MAX_SHOWN
  if (more > 0) terminal.warn(say('cli.trust-refused-more', { count: more })[language])
  return refused.length > 0
}
