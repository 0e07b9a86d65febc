/** Makes the page work offline: a small service worker caches the files of the page, and nothing else. */
import type { Offline } from './state.js'

/** The part of Trusted Types used here: they require a policy for the URL of a worker. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string }
}

const WORKER = '/page/worker.js'

export async function keepOffline(tell: (offline: Offline) => void): Promise<void> {
  if (location.protocol === 'file:') return tell('file')
  if (!isSecureContext) return tell('plain')
  if (!('serviceWorker' in navigator)) return tell('unsupported')
  try {
    const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
    const policy = trustedTypes?.createPolicy('tongheng', { createScriptURL: (url) => (url === WORKER ? url : '') })
    await navigator.serviceWorker.register(policy?.createScriptURL(WORKER) ?? WORKER, { scope: '/' })
    await navigator.serviceWorker.ready
    tell('ready')
  } catch {
    // A web view may have the API and reject its use.
    tell('unsupported')
  }
}
