// Why this exists: a reader in another language is written from the page about labels alone. Its examples are compared with the golden labels, and its reader is run.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CATEGORY_CODES, USCC_CHARACTERS } from '../../src/label/codes.js'

const root = resolve(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/label.md'), 'utf8')
const { labels } = JSON.parse(readFileSync(join(root, 'tests/golden/labels/v1.json'), 'utf8')) as {
  labels: { name: string; signed: string[]; octets: string; url: string }[]
}
const [first] = labels as [(typeof labels)[number]]
const blockOf = (language: string): string => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? ''
const headerOf = (jws: string): { alg: string; kid: string } => JSON.parse(Buffer.from(jws.split('.')[0] as string, 'base64url').toString())
/** Runs the program once per input in one process, which is faster, and returns its output and the error that ended it. */
const EACH_INPUT = `
import io, json, runpy, sys
def run(given):
    sys.stdin, sys.stdout, error = io.StringIO(json.dumps(given)), io.StringIO(), None
    try:
        runpy.run_path(sys.argv[1], run_name="__main__")
    except Exception as raised:
        error = repr(raised)
    return {"printed": sys.stdout.getvalue(), "error": error}
out, answers = sys.stdout, [run(given) for given in json.load(sys.stdin)]
sys.stdout = out
print(json.dumps(answers))
`
const hasPython = spawnSync('python3', ['--version']).status === 0

describe('the page about labels', () => {
  it('shows the payload and the octets of a golden label', () => {
    const payload = Buffer.from(first.signed[0]?.split('.')[1] as string, 'base64url').toString()
    expect(blockOf('json').trim()).toBe(payload)
    // Octets precede a wide gap or fill the line; words follow it.
    const octets = blockOf('text')
      .split('\n')
      .map((line) => line.trim().split(/ {3,}/)[0] as string)
      .join('')
      .replaceAll(' ', '')
    expect(octets).toBe(first.octets)
  })

  it('lists the codes of the tables', () => {
    const listed = [...page.matchAll(/(\d+) `([a-z-]+)`/g)].map(([, code, slug]) => [Number(code), slug])
    expect(listed).toEqual(CATEGORY_CODES.map((slug, code) => [code, slug]))
    expect(page).toContain(`\`${USCC_CHARACTERS}\``)
  })

  it.skipIf(!hasPython)('has a reader in Python that rebuilds every golden label, octet for octet', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tongheng-label-'))
    try {
      writeFileSync(join(folder, 'read.py'), blockOf('python'))
      const asked = labels.flatMap(({ signed, url }) => {
        const keys = Object.fromEntries(signed.map((jws) => [headerOf(jws).kid, headerOf(jws).alg]))
        return [
          { text: url, keys },
          { text: url.slice(0, -1), keys },
          { text: url, keys: {} },
        ]
      })
      const { stdout, stderr } = spawnSync('python3', ['-c', EACH_INPUT, join(folder, 'read.py')], {
        input: JSON.stringify(asked),
        encoding: 'utf8',
      })
      expect(stderr).toBe('')
      const answers = JSON.parse(stdout) as { printed: string; error: string | null }[]
      for (const [at, { name, signed }] of labels.entries()) {
        const [whole, cut, unknown] = answers.slice(3 * at, 3 * at + 3)
        expect([JSON.parse(whole?.printed ?? ''), whole?.error], name).toEqual([signed, null])
        expect([cut?.printed, cut?.error], name).toEqual(['', expect.any(String)])
        expect(unknown?.error, name).toMatch(/key unknown/)
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
