// Why this exists: a pattern that matches less than its author meant passes a CI job over records that were never checked.
import { describe, expect, it } from 'vitest'
import { createMatcher, folderOf, isPattern } from '../../src/cli/check/glob.js'

const cases: [pattern: string, yes: string[], no: string[]][] = [
  ['out/**/*.json', ['out/a.json', 'out/x/a.json', 'out/x/y/z.json'], ['a.json', 'out/a.jsonl', 'out/.hidden/a.json', 'out/.a.json']],
  ['*.json', ['a.json', '证书.json'], ['x/a.json', '.a.json', 'ajson']],
  ['out/**', ['out/a', 'out/x/a.jws'], ['out', 'other/a']],
  ['a?[0-9].json', ['ab1.json'], ['a1.json', 'abc.json', 'a/1.json']],
  ['a[!0-9].json', ['ab.json'], ['a1.json', 'a/.json']],
  ['{a,b*}.{json,jws}', ['a.json', 'bcd.jws'], ['c.json', 'a.txt', 'a,b.json']],
  ['./x/*.json', ['x/a.json', './x/a.json'], ['y/a.json']],
  ['a(1)+.json*', ['a(1)+.json', 'a(1)+.jsonl'], ['a1.json']],
  ['{a{b}c.json', ['abc.json'], ['c.json']],
  ['**/.ci/*.json', ['.ci/a.json', 'x/.ci/a.json'], ['ci/a.json']],
]

describe('a pattern', () => {
  it.each(cases)('%s matches as it should', (pattern, yes, no) => {
    const matches = createMatcher(pattern)
    expect(yes.filter((path) => !matches(path))).toEqual([])
    expect(no.filter(matches)).toEqual([])
  })

  it('without a meaning is refused with a code', () => {
    expect(() => createMatcher('[z-a].json')).toThrow(expect.objectContaining({ code: 'cli.pattern' }))
  })

  it('is distinguished from a file name, and searched from its fixed folder', () => {
    expect(['a.json', 'x/*.json', 'x/{a}', 'a?'].map(isPattern)).toEqual([false, true, true, true])
    expect(['*.json', 'x/y/*/z/*.json', '/*.json', '/x/*.json', './x/*'].map(folderOf)).toEqual(['.', 'x/y', '/', '/x', './x'])
  })
})
