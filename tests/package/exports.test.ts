// Why this exists: a name exported by accident is a promise for years. Every change of a public name shows here, and is decided.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const manifest = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8')) as {
  version: string
  exports: Record<string, { types: string; default: string } | string>
}
const doors = Object.entries(manifest.exports).flatMap(([path, target]) => (typeof target === 'string' ? [] : [{ path, ...target }]))

describe('exports', () => {
  it.each(doors.map(({ path }) => path))('%s exports just these names', async (path) => {
    const names = Object.keys((await import(`tongheng${path.slice(1)}`)) as object).sort()
    expect(names).toMatchSnapshot()
  })

  it('VERSION is that of package.json', async () => {
    const { VERSION } = await import('../../src/base/version.js')
    expect(VERSION).toBe(manifest.version)
  })
})
