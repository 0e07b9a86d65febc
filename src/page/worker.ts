/**
 * The service worker: caches the files of one build of the page at installation and serves them from the cache. It never caches answers
 * of a node: the page verifies documents and stores them in its own database, and everything else ends with the page.
 */
export {}

/** Written by the build: the name of this build, and its files. */
declare const PAGE_BUILD: string
declare const PAGE_FILES: readonly string[]

/** The part of the global scope of a service worker that is used here; the types of the page declare another scope. */
interface WorkerScope {
  addEventListener(type: 'install' | 'activate', listener: (event: { waitUntil(work: Promise<unknown>): void }) => void): void
  addEventListener(
    type: 'fetch',
    listener: (event: { readonly request: Request; respondWith(answer: Promise<Response>): void }) => void,
  ): void
  readonly clients: { claim(): Promise<void> }
}
const scope = globalThis as unknown as WorkerScope

const CACHE = `tongheng-page-${PAGE_BUILD}`
const SHELL = '/'
/** Paths at which the page itself is served. */
const PAGES: ReadonlySet<string> = new Set(['/', '/l', '/console'])

scope.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE)
      await cache.addAll([SHELL, ...PAGE_FILES].map((path) => new Request(path, { cache: 'reload' })))
    })(),
  )
})

// A newer worker waits until the windows of the older build are closed, because they may still need its files.
scope.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith('tongheng-page-') && name !== CACHE) await caches.delete(name)
      await scope.clients.claim()
    })(),
  )
})

scope.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  const isPage = PAGES.has(pathname)
  if (!isPage && !PAGE_FILES.includes(pathname)) return
  event.respondWith(answer(isPage ? SHELL : pathname, request))
})

/** Answers from the cache first: the files of a build never change, and a newer build has a newer worker. */
async function answer(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE)
  return (await cache.match(path)) ?? fetch(request)
}
