// Why this exists: a person copies a command from the page into a terminal. It must be one that the command line has, and nothing that somebody
// else wrote into a statement may become a part of it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dueNames } from '../../src/joint/inside.ts'
import { commandsOf, commandWord, pullCommand } from '../../src/page/joint/commands.ts'
import { type Cli, openCli } from '../cli/run.ts'

const WORDS = {
  number: '川渝计联〔2024〕1号',
  node: 'http://127.0.0.1:9',
  iss: '12510100450770010L',
  round: `-${'a'.repeat(42)}`,
  laboratory: '12510500450820022C',
}
/** Splits a line into arguments like a shell. */
const argumentsOf = (line: string): readonly string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '').slice(1)

let cli: Cli
beforeAll(async () => {
  cli = await openCli()
})
afterAll(() => cli?.close())

describe('the commands of the steps that are due', () => {
  const lines = [
    ...new Set([
      pullCommand(WORDS),
      ...dueNames.flatMap((name) => [...commandsOf(name, WORDS), ...commandsOf(name, { ...WORDS, isSolePilot: true })]),
    ]),
  ]

  it.each(lines)('%s', async (line) => {
    expect(line).toMatch(/^tongheng /)
    const { code, err } = await cli.run(argumentsOf(line))
    // The command is valid: its only error is that its files do not exist.
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/trust\.json|signing\.key|\.json|\.jws|pilot\.open\.key|result\.secret|bureau\.nonce|list\.txt|work/),
    ])
    expect(err).not.toMatch(/cli\.(?:option|command|action|files|no-input|supervise-kind)/)
  })

  it('has placeholders for what it does not know', () => {
    expect(commandsOf('commit', { number: 'CY-2025-03' })).toEqual([
      'tongheng round commit work/ --round=ID --trust trust.json --result result.json --secret result.secret --iss USCC --key signing.key --out work/commitment.jws',
      'tongheng submit work/commitment.jws --node https://NODE --iss USCC --key signing.key',
    ])
  })
})

describe('a word of a command', () => {
  it.each([
    ['CY-2025-03', 'CY-2025-03'],
    ['川渝计联〔2024〕1号', '"川渝计联〔2024〕1号"'],
    ['川监检 (2025) 7', '"川监检 (2025) 7"'],
  ])('stands as it is, or between quotation marks: %s', (text, word) => {
    expect(commandWord(text, 'NUMBER')).toBe(word)
  })

  it.each(['x; rm -rf ~', '$(id)', '`id`', 'a"b', "a'b", 'a & calc', 'a|b', '%PATH%', 'a>b', '--out', 'a\nb', 'a\\b', 'a!b', ''])(
    'is a placeholder where a shell could take it for more than a word: %j',
    (text) => {
      expect(commandWord(text, 'NUMBER')).toBe('NUMBER')
    },
  )
})
