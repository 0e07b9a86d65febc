/** Whether the page opens again without a network: its own small service worker stores the files of the page, and nothing else. */
import type { Offline } from './state.js'

/** Trusted types allow the address of a worker by a policy only. */
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
    // A web view may have the interface and refuse its use.
    tell('unsupported')
  }
}
