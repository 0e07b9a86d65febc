// Why this exists: a person at a terminal gets colour, questions and the advice to name a file; a script must get none of it.
import { PassThrough, Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.js'
import { createTerminal } from '../../src/cli/terminal.js'

const read = (stream: PassThrough): string => String(stream.read() ?? '')

/** A terminal whose three streams are all interactive, or all not. */
function open(isTTY: boolean, env: Record<string, string> = {}) {
  const stream = () => Object.assign(new PassThrough(), { isTTY })
  const [stdin, stdout, stderr] = [stream(), stream(), stream()]
  return { stdin, stdout, stderr, terminal: createTerminal({ stdin, stdout, stderr, env }, () => 1_750_000_000_999) }
}

describe('a terminal', () => {
  it('uses colour for a person where NO_COLOR is not set', () => {
    const printed = ({ terminal, stdout }: ReturnType<typeof open>): string => {
      terminal.print(terminal.paint('x', 'fail'))
      return read(stdout)
    }
    expect(printed(open(true))).toBe('\u001b[31mx\u001b[0m\n')
    expect(printed(open(true, { NO_COLOR: '' }))).toBe('\u001b[31mx\u001b[0m\n')
    expect(printed(open(true, { NO_COLOR: '1' }))).toBe('x\n')
    expect(printed(open(false))).toBe('x\n')
  })

  it.each([
    ['y', true],
    ['YES', true],
    ['是', true],
    ['n', false],
    ['', false],
    ['yes please', false],
  ])('asks a person, and reads %j as %s', async (answer, isYes) => {
    const { terminal, stdin, stdout, stderr } = open(true)
    const asked = terminal.ask('Sure?')
    stdin.write(`${answer}\n`)
    expect(await asked).toBe(isYes)
    expect([read(stdout), read(stderr)]).toEqual(['', expect.stringContaining('Sure? ')])
  })

  it('does not prompt without a terminal', async () => {
    const { terminal, stdin, stderr } = open(false)
    stdin.write('y\n')
    expect(await terminal.ask('Sure?')).toBeUndefined()
    expect(read(stderr)).toBe('')
  })

  it('shows progress to a person on one line, and clears it', () => {
    const { terminal, stderr } = open(true)
    for (const text of ['', '1 of 2', '2 of 2', '', '']) terminal.progress(text)
    expect(read(stderr)).toBe('\r\u001b[K1 of 2\r\u001b[K2 of 2\r\u001b[K')
    const script = open(false)
    script.terminal.progress('1 of 2')
    expect(read(script.stderr)).toBe('')
  })

  it('does not wait for a person to type a record', async () => {
    const { terminal, stdout, stderr } = open(true, { NO_COLOR: '1' })
    expect(await main(['replay', '--lang', 'en'], terminal)).toBe(2)
    expect([read(stdout), read(stderr)]).toEqual(['', expect.stringContaining('[cli.no-input]')])
  })

  it('writes no faster than it is read', async () => {
    const waiting: (() => void)[] = []
    const stdout = new Writable({ highWaterMark: 1, write: (_part, _encoding, done) => void waiting.push(done) })
    const none = new PassThrough()
    const terminal = createTerminal({ stdin: none, stdout, stderr: none, env: {} }, Date.now)
    const done: string[] = []
    const written = terminal.write('text').then(() => done.push('written'))
    await new Promise((resolve) => setImmediate(resolve))
    expect(done).toEqual([])
    waiting[0]?.()
    await written
    // No write waits for a closed pipe.
    void terminal.write('more')
    const last = terminal.write('last')
    stdout.destroy()
    await last
  })

  it('prints time in whole seconds', () => {
    expect(open(false).terminal.now()).toBe(1_750_000_000)
  })
})
