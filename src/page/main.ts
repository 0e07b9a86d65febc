/** Starts the page: its state, its drawing, and the events of the browser. */
import { render } from 'lit-html'
import { isInstant, parseInstant } from '../base/date.js'
import type { Language } from '../report/index.js'
import { openDesk, type Page, receive, start } from './actions.js'
import { droppedSources, textSource } from './intake.js'
import { keepOffline } from './offline.js'
import type { State } from './state.js'
import { TEXTS } from './texts.js'
import { openTrustStore } from './trust-store.js'
import { pageView } from './views/page.js'

const LANGUAGE = 'tongheng.language'
const REGION = 'tongheng.region'

/** A stored setting; undefined if there is none, or if the browser does not allow access. */
function recall(name: string): string | undefined {
  try {
    return localStorage.getItem(name) ?? undefined
  } catch {
    // Storage is disabled: the question is shown at each opening.
    return undefined
  }
}

function remember(name: string, value: string | undefined): void {
  try {
    if (value !== undefined) localStorage.setItem(name, value)
  } catch {
    // As above.
  }
}

/** The time in the URL, as in the demonstration. The page then marks every verdict as not of the present. */
function momentInAddress(): number | undefined {
  const text = new URLSearchParams(location.search).get('at') ?? new URLSearchParams(location.hash.slice(1)).get('at')
  return text !== null && isInstant(text) ? parseInstant(text) : undefined
}

/** True for the URL of a label scanned with any camera; the browser never sends the part after `#` to the node. */
const isLabelAddress = (): boolean => location.pathname === '/l' && /^#[0-9]/.test(location.hash)

async function run(): Promise<void> {
  const root = document.getElementById('page') as HTMLElement
  const store = await openTrustStore()
  const region = recall(REGION)
  const moment = momentInAddress()
  let state: State = {
    language: recall(LANGUAGE) === 'en' ? 'en' : 'zh',
    region: region === '50' || region === '51' ? region : undefined,
    moment,
    isMomentOpen: moment !== undefined,
    isPasteOpen: false,
    isDragging: false,
    isForgetting: false,
    isReady: false,
    isLasting: store.isLasting,
    update: 'none',
    refused: [],
    waiting: [],
    offline: location.protocol === 'file:' ? 'file' : 'unknown',
    isOnline: navigator.onLine,
  }
  const page: Page = {
    get state() {
      return state
    },
    set(change) {
      const before = state
      state = { ...state, ...change }
      draw(root, page)
      if (state.language !== before.language) remember(LANGUAGE, state.language)
      if (state.region !== before.region) remember(REGION, state.region)
      if (state.shown !== before.shown && state.shown !== undefined) focusResult(root)
    },
    store,
    now: () => Math.floor(Date.now() / 1000),
  }
  draw(root, page)
  listen(page)
  if (isLabelAddress()) page.set({ waiting: [textSource(`${location.origin}/l${location.hash}`)] })
  // Not awaited: a browser that refuses workers may never answer.
  void keepOffline((offline) => page.set({ offline }))
  await start(page)
  if (location.pathname === '/console' && page.state.node !== undefined) await openDesk(page, 'console')
}

function draw(root: HTMLElement, page: Page): void {
  const { language } = page.state
  document.documentElement.lang = LANGUAGES[language]
  document.title = `${TEXTS.title[language]} · ${TEXTS.subtitle[language]}`
  render(pageView(page), root)
}
const LANGUAGES: Readonly<Record<Language, string>> = { zh: 'zh-Hans-CN', en: 'en' }

/** Moves focus to the result, for screen readers and for phones, where it is below the fold. */
function focusResult(root: HTMLElement): void {
  const heading = root.querySelector<HTMLElement>('#result h2')
  heading?.focus({ preventScroll: true })
  heading?.closest('article')?.scrollIntoView({ block: 'nearest' })
}

function listen(page: Page): void {
  let depth = 0
  const drag = (by: number) => (event: DragEvent) => {
    event.preventDefault()
    depth = Math.max(0, depth + by)
    if (page.state.isDragging !== depth > 0) page.set({ isDragging: depth > 0 })
  }
  addEventListener('dragenter', drag(1))
  addEventListener('dragleave', drag(-1))
  addEventListener('dragover', (event) => event.preventDefault())
  addEventListener('drop', (event) => {
    event.preventDefault()
    depth = 0
    page.set({ isDragging: false })
    if (event.dataTransfer !== null) void droppedSources(event.dataTransfer).then((sources) => receive(page, sources))
  })
  addEventListener('paste', (event) => {
    if (event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement) return
    const { clipboardData } = event
    if (clipboardData !== null) void droppedSources(clipboardData).then((sources) => receive(page, sources))
  })
  addEventListener('online', () => page.set({ isOnline: true }))
  addEventListener('offline', () => page.set({ isOnline: false }))
  addEventListener('unhandledrejection', ({ reason }) => page.set({ progress: undefined, shown: { kind: 'fault', error: reason } }))
}

void run()
