// A library that writes to its user's console is a nuisance; a test that provokes it would not notice. So it fails.
import { afterEach, beforeEach, expect, vi } from 'vitest'

const METHODS = ['log', 'info', 'warn', 'error', 'debug'] as const

beforeEach(() => {
  for (const method of METHODS) vi.spyOn(console, method).mockImplementation(() => undefined)
})

afterEach(() => {
  for (const method of METHODS) expect(vi.mocked(console[method]).mock.calls, `console.${method}`).toEqual([])
  vi.restoreAllMocks()
})
