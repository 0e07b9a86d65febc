// The JSON reader with each implementation of `#native` (Node and portable), so that a test can run with both.
import { vi } from 'vitest'
import * as onNode from '../../src/base/json.js'

async function loadPortably(): Promise<typeof onNode> {
  vi.resetModules()
  vi.doMock('#native', () => import('../../src/base/native.js'))
  const portable = await import('../../src/base/json.js')
  vi.doUnmock('#native')
  vi.resetModules()
  return portable
}

export const jsonTwins = [
  ['on Node', onNode],
  ['portably', await loadPortably()],
] as const
