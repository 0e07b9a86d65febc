/** Pins the root keys of an authority in a trust file, after a person compared their thumbprints through another channel. */
import { formatInstant } from '../../base/date.js'
import { mustHaveJson, newVersions, textAt, unverifiedList } from '../../client/inside.js'
import { contentCode, thumbprint } from '../../envelope/index.js'
import { anchorOf, openTrust, type TrustAnchor } from '../../trust/index.js'
import type { Offered } from '../../verify/inside.js'
import type { Arguments, ExitCode } from '../command.js'
import { readBytes, readExisting, statementOf, trustFileOf } from '../files.js'
import { fault as cliFault, say as cliSay } from '../messages.js'
import { nodeSource } from '../node-source.js'
import type { Terminal } from '../terminal.js'
import { fault, say } from './messages.js'
import { ANSWER_SECONDS, addDocuments, authorityName, tellTaken, warnOfRefused } from './pull.js'

/** Root keys offered for pinning, with their documents. */
interface OfferedPins {
  readonly anchors: readonly TrustAnchor[]
  readonly documents: Offered
}

export async function pin(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const language = args.choice('lang', ['zh', 'en'])
  const [file, iss, expected] = [args.required('trust'), args.text('iss'), args.list('expect')]
  if (args.flag('yes')) throw fault('cli.pin-yes')
  const { anchors: all, documents } = await pinsFrom(args)
  const anchors = all.filter(({ authority }) => iss === undefined || authority === iss)
  if (anchors.length === 0) throw fault('cli.pin-none', { iss: iss ?? '—' })
  // Verify the list under the offered keys: one that does not verify under its own roots is not an offer.
  const lists = (documents.trustLists ?? []).map((signed) => [...signed])
  const own = await Promise.all(lists.map((signed) => unverifiedList(signed)))
  const offeredLists = lists.filter((_, at) => anchors.some(({ authority }) => authority === own[at]?.payload.iss))
  const { lists: opened } = await openTrust({ anchors, lists: offeredLists })

  const bytes = await readExisting(file)
  const held = bytes === undefined ? [] : trustFileOf({ name: file, bytes }).anchors
  const fresh: TrustAnchor[] = []
  const shown: string[] = []
  for (const anchor of anchors) {
    const { authority, threshold, keys } = anchor
    const kids = await thumbprintsOf(anchor)
    const name = authorityName(authority, { anchors })
    const pinned = held.find((one) => one.authority === authority)
    if (pinned !== undefined && !(await isSamePin(pinned, anchor)))
      throw fault('cli.pin-other', { name, kids: kids.join(', '), held: (await thumbprintsOf(pinned)).join(', '), file })
    const list = opened.find(({ payload }) => payload.iss === authority)?.payload
    const version = { version: list?.version ?? '—', exp: list === undefined ? '—' : formatInstant(list.exp) }
    terminal.print(terminal.paint(say('cli.pin-shows', { authority: name, ...version, count: keys.length, threshold })[language], 'bold'))
    for (const kid of kids) terminal.print(`  ${kid}`)
    if (pinned !== undefined) {
      terminal.print(`  ${say('cli.pin-held', { file })[language]}`)
      continue
    }
    fresh.push(anchor)
    shown.push(...kids)
  }
  if (fresh.length === 0) return 0
  if (!(await isCompared(shown, expected, args, terminal))) return 1
  // Leave out documents of authorities that are not pinned: their lists would have no anchor.
  const { before, taken } = await addDocuments(
    file,
    { offered: { ...documents, trustLists: offeredLists }, anchors: fresh },
    args,
    terminal,
  )
  await tellTaken(before, taken, args, terminal)
  for (const { authority } of fresh)
    terminal.print(say('cli.pin-done', { authority: authorityName(authority, { anchors }), file })[language])
  return warnOfRefused(taken.refused, args, terminal) ? 1 : 0
}

/** Asks the user to compare the thumbprints; a script must pass all of them. @throws `cli.pin-differs`, `cli.pin-expect` */
async function isCompared(shown: readonly string[], expected: readonly string[], args: Arguments, terminal: Terminal): Promise<boolean> {
  const language = args.choice('lang', ['zh', 'en'])
  if (expected.length > 0) {
    const unlike = [...shown.filter((kid) => !expected.includes(kid)), ...expected.filter((kid) => !shown.includes(kid))]
    if (unlike.length > 0) throw fault('cli.pin-differs', { kids: unlike.join(', ') })
    return true
  }
  const answer = await terminal.ask(say('cli.pin-confirm')[language])
  if (answer === undefined) throw fault('cli.pin-expect')
  if (!answer) terminal.warn(cliSay('cli.not-confirmed')[language])
  return answer
}

async function pinsFrom(args: Arguments): Promise<OfferedPins> {
  const [url, file] = [args.text('node'), args.text('list')]
  if (url === undefined && file === undefined) throw cliFault('cli.option-missing', { option: '--node | --list', command: 'trust pin' })
  return file === undefined ? pinsOfNode(url as string, args) : pinsOfFile(file)
}

/** Root keys of the newest list of an authority at a node: by default the authority of the node. */
async function pinsOfNode(url: string, args: Arguments): Promise<OfferedPins> {
  const source = nodeSource(url, args.whole('timeout', ANSWER_SECONDS))
  const authority = args.text('iss') ?? textAt(await mustHaveJson(source, '/.well-known/tongheng'), 'authority')
  // A version beyond all others requests only the newest one.
  const signed = ((await newVersions(source, authority, Number.MAX_SAFE_INTEGER)) ?? []).at(-1)
  return pinsOfList(signed ?? [], authority)
}

async function pinsOfList(signed: readonly string[], authority: string | undefined): Promise<OfferedPins> {
  const list = await unverifiedList(signed, authority)
  if (list === undefined) throw fault('cli.pin-none', { iss: authority ?? '—' })
  return { anchors: [anchorOf(list.payload)], documents: { trustLists: [[...signed]] } }
}

const MAX_LIST = 8 * 1024 * 1024 * 20

/** Root keys from a trust file, or from a signed list alone. */
async function pinsOfFile(name: string): Promise<OfferedPins> {
  const bytes = await readBytes(name, MAX_LIST)
  if (contentCode(bytes) === 'content.trust-file') {
    const { anchors, ...documents } = trustFileOf({ name, bytes })
    return { anchors, documents }
  }
  const signed = statementOf({ name, bytes }, 'metrology-trust-list+jwt', 4_194_304)
  return pinsOfList(typeof signed === 'string' ? [signed] : signed, undefined)
}

const thumbprintsOf = ({ keys }: TrustAnchor): Promise<string[]> => Promise.all(keys.map((key) => thumbprint(key)))

async function isSamePin(one: TrustAnchor, other: TrustAnchor): Promise<boolean> {
  const [kids, others] = await Promise.all([thumbprintsOf(one), thumbprintsOf(other)])
  const isSame = [...kids].sort().join() === [...others].sort().join()
  return isSame && one.threshold === other.threshold && one.region === other.region
}
