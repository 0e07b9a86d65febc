// Why this exists: what a stranger wrote must not control the terminal of a person who reads the log, nor look like another line of it.
import { describe, expect, it } from 'vitest'
import { logLine } from '../../src/cli/log-line.js'

describe('a line of the log', () => {
  it('is one line of JSON with the same content, without invisible characters, and with every letter', () => {
    const hidden =
      '\u0000\n\r\u001b[2J\u007f\u0085\u009b31m\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202e\u2060\u2066\u2069\ufe0f\ufeff\u{e0041}'
    const event = { error: `a${hidden}b`, [`k${hidden}`]: ['张三 川A·T0001 é 𠀀'], half: '\ud800' }
    const line = logLine(event)
    expect(line).toMatch(/^[\x20-\x7e\u00a0-\u{2ffff}]+$/u)
    for (const character of hidden.replace(/[\x20-\x7e]/g, ''))
      expect(line, character.codePointAt(0)?.toString(16)).not.toContain(character)
    expect(line).toContain('张三 川A·T0001 é 𠀀')
    expect(JSON.parse(line)).toEqual(event)
  })
})
