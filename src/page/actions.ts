/** Actions of the page. Each changes the state; none draws. */
import { civilDateOf } from '../base/date.js'
import { isTonghengError } from '../base/error.js'
import { thumbprint } from '../envelope/index.js'
import type { TrustAnchor } from '../trust/index.js'
import type { Offered } from '../verify/inside.js'
import { type Holding, isSamePin, openKept, storeDocuments } from './holding.js'
import { type Answered, codeOf, isLedger, isNamedLedger, judgeSources, type Source, someJoint, trustFileIn } from './intake.js'
import { fetchDocuments, readNode } from './node-documents.js'
import type { Pinning, Shown, State } from './state.js'
import type { TrustStore } from './trust-store.js'

export interface Page {
  readonly state: State
  set(change: Partial<State>): void
  readonly store: TrustStore
  /** Seconds since 1970. */
  now(): number
}

/** Time of verdicts, in seconds since 1970. */
export const momentOf = ({ state, now }: Page): number => state.moment ?? now()

export const shownFault = (error: unknown, name?: string): Shown => ({ kind: 'fault', error, ...(name !== undefined && { name }) })

/** Reads the stored documents, then those of the node. */
export async function start(page: Page): Promise<void> {
  try {
    const kept = await page.store.read()
    if (kept !== undefined) {
      const holding = await openKept(kept, momentOf(page))
      page.set({ holding, refused: holding.refused })
    }
  } catch (error) {
    page.set({ shown: shownFault(error) })
  }
  page.set({ isReady: true })
  // Judge by the stored documents before requesting the node, so that an inspector does not wait for the network.
  await judgeWaiting(page)
  const node = page.state.offline === 'file' ? undefined : await readNode()
  if (node === undefined) return
  page.set({ node, region: page.state.region ?? node.region })
  if (page.state.holding !== undefined) await update(page)
  await judgeWaiting(page)
}

/** Fetches the documents of the node, and stores the genuine ones. If that fails, the stored documents remain. */
export async function update(page: Page): Promise<void> {
  const { holding } = page.state
  if (holding === undefined || page.state.update === 'busy') return
  page.set({ update: 'busy', refused: [] })
  try {
    await take(page, await fetchDocuments(holding.kept))
    page.set({ update: 'none' })
  } catch (error) {
    if (!isTonghengError(error)) throw error
    page.set({ update: 'failed', refused: [error] })
  }
}

export async function take(page: Page, offered: Offered & { readonly anchors?: readonly TrustAnchor[] }): Promise<void> {
  const holding = await storeDocuments(page.store, offered, momentOf(page))
  page.set({ holding, refused: holding.refused })
}

/** Handles dropped, chosen or pasted input: offers a trust file for pinning, and judges everything else. */
export async function receive(page: Page, sources: readonly Source[]): Promise<void> {
  if (sources.length === 0) return
  try {
    const [only] = sources
    if (sources.length === 1 && only !== undefined) {
      if ((await codeOf(only)) === 'content.trust-file') return await offer(page, only)
      if (await isLedger(only)) return await openLedger(page, only)
    }
    // If a ledger was dropped together with certificates, match them.
    const [ledger, another] = sources.filter(({ name }) => isNamedLedger(name))
    if (ledger !== undefined && another === undefined)
      return await openLedger(
        page,
        ledger,
        sources.filter((one) => one !== ledger),
      )
  } catch (error) {
    page.set({ shown: shownFault(error, sources[0]?.name) })
    return
  }
  page.set({ waiting: sources, isDeskOpen: false, part: undefined, isPasteOpen: false })
  await judgeWaiting(page)
}

/** Shows the root keys of a trust file for comparison; if exactly these are pinned already, accepts its documents at once. */
async function offer(page: Page, source: Source): Promise<void> {
  const { anchors, ...offered } = await trustFileIn(source)
  const pinned = page.state.holding?.kept.file.anchors ?? []
  const isPinned = (anchor: TrustAnchor): boolean => pinned.some((one) => isSamePin(one, anchor))
  if (anchors.every(isPinned)) {
    await take(page, offered)
    await judgeWaiting(page)
    return
  }
  const shown = await Promise.all(
    anchors
      .filter((anchor) => !isPinned(anchor))
      .map(async (anchor) => ({
        anchor,
        thumbprints: await Promise.all(anchor.keys.map((key) => thumbprint(key))),
        differs: pinned.some(({ authority }) => authority === anchor.authority),
      })),
  )
  page.set({ pinning: { anchors: shown, offered } })
}

/** Pins what the user compared, and stores the documents of the same file. */
export async function pin(page: Page, { anchors, offered }: Pinning): Promise<void> {
  const fresh = anchors.filter(({ differs }) => !differs).map(({ anchor }) => anchor)
  try {
    await take(page, { ...offered, anchors: fresh })
    page.set({ pinning: undefined, shown: undefined })
  } catch (error) {
    page.set({ pinning: undefined, shown: shownFault(error) })
    return
  }
  if (page.state.node !== undefined) await update(page)
  await judgeWaiting(page)
}

export async function forget(page: Page): Promise<void> {
  await page.store.clear()
  page.set({ holding: undefined, refused: [], shown: undefined, list: undefined, isForgetting: false, update: 'none' })
}

/** Opens the desk, which is loaded on first use. */
export async function openDesk(page: Page, tab: 'search' | 'console' = 'search'): Promise<void> {
  page.set({ isDeskOpen: true })
  if (page.state.desk !== undefined) return
  const desk = await (await import('./desk/desk.js')).createDesk(page, tab)
  page.set({ desk })
  await desk.check()
}

/** The latest reading of input, by page. */
const newest = new WeakMap<Page, Page>()

/**
 * Returns the page for one reading of input. Its changes of the state are ignored once another reading has begun, so that a slow reading
 * does not replace a newer verdict or ledger.
 */
function begin(page: Page): Page {
  const own: Page = {
    store: page.store,
    now: () => page.now(),
    get state() {
      return page.state
    },
    set: (change) => (newest.get(page) === own ? page.set(change) : undefined),
  }
  newest.set(page, own)
  return own
}

/** Opens the directory of capabilities, which is loaded on first use and needs no sign-in. */
export async function openDirectory(page: Page): Promise<void> {
  const own = begin(page)
  own.set({ isDeskOpen: false, progress: undefined, waiting: [], shown: undefined, list: undefined })
  own.set({ part: (await import('./joint/joint.js')).createDirectoryView(page) })
}

/** Reads a ledger, which is not judged and needs no trust. */
async function openLedger(page: Page, source: Source, certificates: readonly Source[] = []): Promise<void> {
  const own = begin(page)
  // Drop earlier input: otherwise a change of the province would judge it again and replace the ledger.
  own.set({ progress: 0, part: undefined, isDeskOpen: false, waiting: [], shown: undefined, list: undefined })
  try {
    own.set({
      part: await (await import('./ledger/ledger.js')).createLedgerView(page, source, civilDateOf(momentOf(page)), certificates),
    })
  } finally {
    own.set({ progress: undefined })
  }
}

/** Judges waiting input, once there is trust and the province of use is known. */
export async function judgeWaiting(whole: Page): Promise<void> {
  const { waiting, region } = whole.state
  if (waiting.length === 0 || whole.state.holding === undefined || region === undefined) return
  const page = begin(whole)
  page.set({ progress: 0, shown: undefined, list: undefined })
  try {
    const holding: Holding = await openKept(whole.state.holding.kept, momentOf(page))
    page.set({ holding })
    if (await someJoint(waiting)) page.set({ part: await (await import('./joint/joint.js')).createJointView(whole, waiting, holding) })
    else await show(page, waiting, { holding, region, at: momentOf(page) })
  } catch (error) {
    page.set({ shown: shownFault(error) })
  }
  page.set({ progress: undefined })
}

/** Shows a single statement by itself; loads the list at the second statement. */
async function show(page: Page, sources: readonly Source[], asking: { holding: Holding; region: string; at: number }): Promise<void> {
  const answers = judgeSources(sources, asking)
  const first = await answers.next()
  if (first.done) return
  const second = await answers.next()
  if (second.done) return page.set({ shown: await shownAnswer(page, first.value) })
  const { listAnswers } = await import('./many.js')
  await listAnswers(page, [first.value, second.value], answers)
}

export async function shownAnswer(page: Page, answer: Answered): Promise<Shown> {
  if ('error' in answer) return shownFault(answer.error, answer.name)
  const lines = (answer.ofLine ?? answer.verdict.line) && (await import('./lines/lines.js')).createLinesView(page, answer)
  return { kind: 'one', judged: Object.assign(answer, { lines }) }
}
