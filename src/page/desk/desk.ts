/** The desk: sign-in, search, and the console. Loaded when it is first opened, because judging does not need it. */
import type { TemplateResult } from 'lit-html'
import type { RecordEntry } from '../../client/index.js'
import { momentOf, type Page, receive } from '../actions.js'
import { type Holding, openKept } from '../holding.js'
import type { Judged } from '../judge.js'
import { createLinesView } from '../lines/lines.js'
import { type Expiring, expiringIn, type NodeState, nodeState, type Scan, scanNewest } from './foresight.js'
import { jointWork } from './joint-work.js'
import { deleteKey, readKey } from './key.js'
import { type By, type Found, type FoundRecord, lookUp, type Placed, provePlace } from './look-up.js'
import { makeSession, openSession, type Session } from './session.js'
import { deskView } from './views/desk.js'

export type Tab = 'search' | 'console'

/** A record opened from the list, for one province. */
export interface OpenedRecord {
  readonly found: FoundRecord
  readonly region: string
  /** The displayed verdict: on the record, or on a line of a batch. */
  readonly judged: Judged
  readonly placed?: Placed | 'refuted' | { readonly error: unknown } | undefined
  /** Blob URL of the certificate, valid in this browser only. */
  readonly certificate?: { readonly url: string; readonly html: string } | undefined
}

export interface Foresight {
  readonly expiring: readonly Expiring[]
  readonly node: NodeState
}

export interface DeskState {
  readonly tab: Tab
  readonly session?: Session | undefined
  /** The stored documents, opened for the time of the last action. */
  readonly holding?: Holding | undefined
  readonly by: By
  readonly isBusy: boolean
  readonly isSigningOut: boolean
  readonly found?: Found | undefined
  readonly opened?: OpenedRecord | undefined
  readonly foresight?: Foresight | undefined
  readonly scan?: Scan | { readonly reading: number } | undefined
  /** Reason why no joint statements are shown: the node has none that the user may read, or too many. */
  readonly noJoint?: 'none' | 'many' | undefined
  readonly error?: unknown
}

export interface Desk {
  readonly page: Page
  readonly state: DeskState
  set(change: Partial<DeskState>): void
  view(): TemplateResult
  check(): Promise<void>
  make(): Promise<void>
  signOut(): Promise<void>
  find(by: By, text: string): Promise<void>
  open(found: FoundRecord, region: string): Promise<void>
  close(): void
  showCertificate(): Promise<void>
  hideCertificate(): void
  look(tab: Tab): Promise<void>
  count(): Promise<void>
  /** Shows, in place of a verdict, all joint statements of the node that the user may read, or those of one piece of work. */
  showJoint(work?: string): Promise<void>
}

type Core = Pick<Desk, 'page' | 'set'> & {
  readonly state: DeskState
  /** Runs one action and sets its result; shows an error and leaves the rest of the state unchanged. */
  busy(act: () => Promise<Partial<DeskState>>): Promise<void>
  /** The stored documents, opened for the current time. */
  holdingNow(): Promise<Holding | undefined>
  session(open: typeof openSession): Promise<Partial<DeskState>>
  /** Revokes the blob URL of a certificate. */
  release(): void
  /** Call when the key was deleted: removes everything read with it, and ignores pending answers. */
  forget(): void
}

/** State that was read with the key, reset. */
const READ = { found: undefined, opened: undefined, foresight: undefined, scan: undefined, isSigningOut: false } as const
/** Channel between the windows of this browser, which share the key: a window that signs out notifies the others. */
const CHANNEL = 'tongheng.desk'

function createCore(page: Page, tab: Tab): Core {
  let state: DeskState = { tab, by: 'plate', isBusy: false, isSigningOut: false }
  let keys = 0
  const set = (change: Partial<DeskState>): void => {
    state = { ...state, ...change }
    page.set({})
  }
  return {
    page,
    set,
    get state() {
      return state
    },
    async busy(act) {
      if (state.isBusy) return
      set({ isBusy: true, error: undefined })
      const begun = keys
      const end = (change: Partial<DeskState>): void => (begun === keys ? set({ ...change, isBusy: false }) : undefined)
      try {
        end(await act())
      } catch (error) {
        end({ error })
      }
    },
    holdingNow: async () => (page.state.holding === undefined ? undefined : openKept(page.state.holding.kept, momentOf(page))),
    session: async (open) => (page.state.node === undefined ? {} : { session: await open(page.state.node) }),
    release() {
      if (state.opened?.certificate !== undefined) URL.revokeObjectURL(state.opened.certificate.url)
    },
    forget() {
      keys++
      this.release()
      set({ ...READ, session: { is: 'none' }, isBusy: false, error: undefined })
    },
  }
}

export async function createDesk(page: Page, tab: Tab): Promise<Desk> {
  const core = createCore(page, tab)
  const { busy, session } = core
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = () => core.forget()
  // A page restored from the back-forward cache received no notification while it was in the cache.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted && core.state.session?.is === 'in') void readKey().then((key) => key ?? core.forget())
  })
  const desk: Desk = {
    page,
    set: core.set,
    get state() {
      return core.state
    },
    view: () => deskView(desk),
    async check() {
      await busy(() => session(openSession))
      if (core.state.tab === 'console') await desk.look('console')
    },
    make: () => busy(() => session(makeSession)),
    signOut: () =>
      busy(async () => {
        core.release()
        await deleteKey()
        channel.postMessage('signed out')
        return { ...(await session(openSession)), ...READ }
      }),
    ...recordActs(core),
    ...consoleActs(core),
  }
  return desk
}

function recordActs(core: Core): Pick<Desk, 'find' | 'open' | 'close' | 'showCertificate' | 'hideCertificate'> {
  const { page, set, busy, holdingNow, release } = core
  return {
    find: (by, text) =>
      busy(async () => {
        const holding = await holdingNow()
        const { session } = core.state
        if (session?.is !== 'in' || holding === undefined) return {}
        release()
        set({ by, holding, found: undefined, opened: undefined })
        return { found: await lookUp(session.client, { by, text }, holding, momentOf(page)) }
      }),
    async open(found, region) {
      release()
      const judged = found.judged.get(region)
      if (judged === undefined) return
      const show = (one: Judged): void => {
        const { opened } = core.state
        if (opened?.found === found) set({ opened: { ...opened, judged: one } })
      }
      const whole = { ...judged }
      const lines = createLinesView(page, whole, { show, sought: foundSerial(found, judged) })
      set({ opened: { found, region, judged: Object.assign(whole, { lines }) }, error: undefined })
      const { session, holding } = core.state
      if (session?.is !== 'in' || holding === undefined) return
      const placed = await provePlace(session.client, found.entry, holding).catch((error: unknown) => ({ error }))
      const { opened } = core.state
      if (opened?.found === found) set({ opened: { ...opened, placed } })
    },
    close() {
      release()
      set({ opened: undefined })
    },
    showCertificate: () =>
      busy(async () => {
        const { opened } = core.state
        if (opened === undefined) return {}
        release()
        const certificate = await certificateOf(opened.found.entry, page.state.language)
        const { opened: now } = core.state
        return now?.found === opened.found ? { opened: { ...now, certificate } } : {}
      }),
    hideCertificate() {
      release()
      const { opened } = core.state
      if (opened !== undefined) set({ opened: { ...opened, certificate: undefined } })
    },
  }
}

function consoleActs(core: Core): Pick<Desk, 'look' | 'count' | 'showJoint'> {
  const { page, set, busy, holdingNow } = core
  return {
    async look(tab) {
      set({ tab, error: undefined })
      if (tab !== 'console') return
      await busy(async () => {
        const holding = await holdingNow()
        const { session } = core.state
        if (session?.is !== 'in' || holding === undefined) return {}
        return { foresight: { expiring: await expiringIn(holding, momentOf(page)), node: await nodeState(session.client, holding) } }
      })
    },
    showJoint: (number) =>
      busy(async () => {
        const { session } = core.state
        if (session?.is !== 'in') return {}
        const work = await jointWork(session.client, number)
        if (typeof work === 'string') return { noJoint: work }
        await receive(page, [work])
        return { noJoint: undefined }
      }),
    count: () =>
      busy(async () => {
        const { session, foresight } = core.state
        const holding = await holdingNow()
        if (session?.is !== 'in' || holding === undefined) return {}
        const region = page.state.region ?? page.state.node?.region ?? ''
        const tell = (reading: number): void => set({ scan: { reading } })
        tell(0)
        return { scan: await scanNewest(session.client, { holding, at: momentOf(page), region, size: foresight?.node.size ?? 0, tell }) }
      }),
  }
}

/** The serial number by which a line of a batch was found; otherwise empty. */
function foundSerial({ lines: [line] }: FoundRecord, { record }: Judged): string {
  if (line === undefined || record?.kind !== 'verification-record') return ''
  return record.instruments?.[line - 1]?.serialNumber ?? ''
}

/** Writes the certificate for a frame without scripts; its blob URL is valid in this browser only. */
async function certificateOf({ statement }: RecordEntry, language: 'zh' | 'en') {
  const { certificateHtml } = await import('./certificate.js')
  const html = certificateHtml(statement, language)
  return { html, url: URL.createObjectURL(new Blob([html], { type: 'text/html;charset=utf-8' })) }
}
