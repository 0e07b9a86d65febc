// The envelope with each implementation of `#native` and `#signature` (Node and portable), so that a test can run with both.
import * as onNode from 'tongheng/envelope'
import { vi } from 'vitest'

async function loadPortably(): Promise<typeof onNode> {
  vi.resetModules()
  vi.doMock('#native', () => import('../../src/base/native.js'))
  vi.doMock('#signature', () => import('../../src/envelope/signature.js'))
  const portable = await import('tongheng/envelope')
  vi.doUnmock('#native')
  vi.doUnmock('#signature')
  vi.resetModules()
  return portable
}

export type Envelope = typeof onNode

export const envelopeTwins: readonly (readonly [string, Envelope])[] = [
  ['on Node', onNode],
  ['portably', await loadPortably()],
]
