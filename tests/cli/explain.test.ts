// Why this exists: a code in a log of last year must still be explained, with an example that is true today.
import { rules } from 'tongheng/conformance'
import { codes } from 'tongheng/errors'
import { faults } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cli, openCli } from './run.js'

let cli: Cli

beforeAll(async () => {
  cli = await openCli()
})

afterAll(() => cli.close())

describe('explain', () => {
  it('prints rule, weight, basis and advice of a code, and an example that it checks first', async () => {
    const [zh, en] = await Promise.all([
      cli.run(['explain', 'score.correlation-ignored']),
      cli.run(['explain', 'score.correlation-ignored', '--lang', 'en']),
    ])
    expect([zh.code, zh.err, en.code]).toEqual([0, '', 0])
    for (const word of [
      'comparison.scores',
      'JJF 1117',
      '轻重：不合格',
      '建议：',
      '示例：',
      'F12',
      '/points/0/results/0/en → "0.08"',
      '检查结果：',
    ])
      expect(zh.out).toContain(word)
    for (const word of ['Rule: comparison.scores', 'Weight: fails', 'Advice: ', 'gives: /points/0/results/0/en'])
      expect(en.out).toContain(word)
    expect(en.out).not.toMatch(/\{[a-z]+\}.*gives/)
  })

  it('has an example for every code of every rule', async () => {
    const { code, out } = await cli.run(['explain', ...faults.map((fault) => fault.code), '--format', 'json'])
    expect(code).toBe(0)
    const answers = JSON.parse(out) as { code: string; example?: { message: { zh: string } }; rule?: object; weight?: string }[]
    expect(answers.filter(({ example, rule, weight }) => !example?.message.zh || !rule || !weight).map((answer) => answer.code)).toEqual([])
  })

  it('explains a rule, a code without a rule, and lists them all', async () => {
    const [rule, error, all, data] = await Promise.all([
      cli.run(['explain', 'comparison.scores', '--lang', 'en']),
      cli.run(['explain', 'json.duplicate-name']),
      cli.run(['explain']),
      cli.run(['explain', '--format', 'json']),
    ])
    expect(rule.out).toMatch(/^comparison\.scores .*\n {2}Basis: [\s\S]* {2}score\.sign +fails$/m)
    expect(error.out).toContain(codes['json.duplicate-name'].zh)
    for (const { id } of rules) expect(all.out).toContain(`${id}  `)
    expect((JSON.parse(data.out) as { rule: string }[]).map(({ rule: id }) => id)).toEqual(rules.map(({ id }) => id))
  })

  it('suggests the nearest name', async () => {
    const { code, out, err } = await cli.run(['explain', 'score.sing', '--lang', 'en'])
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('Nearest: “score.sign”')
  })
})
