// Why this exists: a person acts on this text. It must state the outcome first, then the reason and the advice, and a text by a forger must
// not look like a part of it.
import fc from 'fast-check'
import { outcomeWord, padEnd, type TextOptions, textWidth, verdictWord, writeVerdictText } from 'tongheng/report'
import { type Fixture, fixtures, type NegativeFixture, negatives, publications, send, sendOnTheWay } from 'tongheng/testing'
import { decidingCheck, type Verdict, verify } from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'
import { change } from '../records/change.ts'
import { claimsOf, createWorld, forge, type World } from '../verify/world.ts'

let world: World
let recognised: Verdict
let refused: Verdict
let undecided: Verdict

beforeAll(async () => {
  world = await createWorld()
  const judge = async (fixture: Fixture | NegativeFixture): Promise<Verdict> =>
    verify(await sendOnTheWay(world, fixture as NegativeFixture), world.optionsFor(fixture))
  recognised = await judge(fixtures.F13)
  refused = await judge(negatives.find(({ id }) => id === 'N03') as NegativeFixture)
  undecided = await judge(negatives.find(({ id }) => id === 'N08') as NegativeFixture)
})

/** The text without its particulars: the outcome, the name of each field, the status and code of each check. */
const skeleton = (text: string): string[] =>
  text.split('\n').map((line) => {
    const check = /^ {2}(\S+(?: \S+)?) .*\[([a-z.-]+)\]/.exec(line)
    if (check !== null) return `  ${check[1]} [${check[2]}]`
    return line.replace(/(：|: ).*$/, '$1…')
  })
const isControl = (character: string): boolean =>
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u200b-\u200f\u2060-\u2069\ufeff]/.test(character)

describe('a verdict as text', () => {
  it('says first what was decided, and why, in the words of the deciding check', () => {
    for (const verdict of [recognised, refused, undecided]) {
      for (const [language, colon] of [
        ['zh', '：'],
        ['en', ': '],
      ] as const) {
        const [first] = writeVerdictText(verdict, { language }).split('\n')
        const word = outcomeWord(verdict.outcome, language)
        expect(first).toBe(`${word.charAt(0).toUpperCase()}${word.slice(1)}${colon}${decidingCheck(verdict).message[language]}`)
      }
    }
  })

  it('of a recognised record: effect, documents, then what only warns', () => {
    expect(skeleton(writeVerdictText(recognised))).toMatchInlineSnapshot(`
      [
        "予以互认：…",
        "  依据：…",
        "  效力：…",
        "  编号：…",
        "  出具机构：…",
        "  判定时间：…",
        "  签名记录标识：…",
        "  所依据的文件：…",
        "  提示 [specification.dates-unverified]",
        "  提示 [condition.edition-not-judged]",
      ]
    `)
    expect(skeleton(writeVerdictText(recognised, { language: 'en' }))).toMatchInlineSnapshot(`
      [
        "Recognised: …",
        "  Basis: …",
        "  Effect: …",
        "  Number: …",
        "  Issuer: …",
        "  As of: …",
        "  Statement: …",
        "  Relied on: …",
        "  warn [specification.dates-unverified]",
        "  warn [condition.edition-not-judged]",
      ]
    `)
  })

  it('of a record not recognised states the place and, if there is any, the advice', () => {
    expect(skeleton(writeVerdictText(refused))).toMatchInlineSnapshot(`
      [
        "不予互认：…",
        "  依据：…",
        "  位置：…",
        "  编号：…",
        "  出具机构：…",
        "  判定时间：…",
        "  签名记录标识：…",
        "  所依据的文件：…",
        "  提示 [specification.dates-unverified]",
        "  提示 [condition.edition-not-judged]",
      ]
    `)
    expect(skeleton(writeVerdictText(refused, { language: 'en' }))).toMatchInlineSnapshot(`
      [
        "Not recognised: …",
        "  Basis: …",
        "  At: …",
        "  Number: …",
        "  Issuer: …",
        "  As of: …",
        "  Statement: …",
        "  Relied on: …",
        "  warn [specification.dates-unverified]",
        "  warn [condition.edition-not-judged]",
      ]
    `)
  })

  it('of an undecided record: what is missing, and how to obtain it', () => {
    expect(skeleton(writeVerdictText(undecided))).toMatchInlineSnapshot(`
      [
        "无法判定：…",
        "  依据：…",
        "  位置：…",
        "  建议：…",
        "  编号：…",
        "  出具机构：…",
        "  判定时间：…",
        "  签名记录标识：…",
        "  所依据的文件：…",
        "  提示 [specification.edition-unknown]",
      ]
    `)
    expect(skeleton(writeVerdictText(undecided, { language: 'en' }))).toMatchInlineSnapshot(`
      [
        "Indeterminate: …",
        "  Basis: …",
        "  At: …",
        "  Advice: …",
        "  Number: …",
        "  Issuer: …",
        "  As of: …",
        "  Statement: …",
        "  Relied on: …",
        "  warn [specification.edition-unknown]",
      ]
    `)
    expect(writeVerdictText(undecided)).toContain(`建议：${decidingCheck(undecided).advice?.zh}`)
  })

  it('of a text that is no statement', async () => {
    const verdict = await verify('nonsense', world.optionsFor(fixtures.F01))
    expect(skeleton(writeVerdictText(verdict))).toMatchInlineSnapshot(`
      [
        "不予互认：…",
        "  依据：…",
        "  建议：…",
        "  判定时间：…",
      ]
    `)
  })

  it('is Chinese unless another language is requested', () => {
    expect(writeVerdictText(recognised)).toBe(writeVerdictText(recognised, { language: 'zh' }))
    expect([outcomeWord('recognised'), outcomeWord('not-recognised'), outcomeWord('indeterminate')]).toEqual([
      '予以互认',
      '不予互认',
      '无法判定',
    ])
  })

  it('has a word for every kind of record, and for a failure that is accepted', async () => {
    const words = async (of: Fixture, more: Parameters<World['optionsFor']>[1] = {}): Promise<string[]> => {
      const verdict = await verify(await send(world, of), world.optionsFor(of, more))
      expect(writeVerdictText(verdict).startsWith(`${verdictWord(verdict)}：`)).toBe(true)
      return [verdictWord(verdict), verdictWord(verdict, 'en')]
    }
    expect(await words(fixtures.F01)).toEqual(['予以互认', 'recognised'])
    expect(await words(fixtures.F10)).toEqual(['予以采用', 'adopted'])
    expect(await words(fixtures.F12)).toEqual(['予以采信', 'accepted'])
    expect(await words(fixtures.F14)).toEqual(['予以采信', 'accepted'])
    expect(await words(fixtures.F15)).toEqual(['予以认可', 'recognised'])
    expect(await words(fixtures.F02)).toEqual(['采信（不合格）', 'accepted as a failure'])
    expect(await words(fixtures.F02, { agreements: [] })).toEqual(['不合格（待核实）', 'failed, acceptance undecided'])
    expect(await words(fixtures.F01, { policy: { region: '51' } })).toEqual(['有效', 'valid'])
    expect(await words(publications[1] as Fixture)).toEqual(['不予采用', 'not adopted'])
    expect(await words(fixtures.F10, { agreements: [] })).toEqual(['无法判定', 'indeterminate'])
  })

  it('says that a failure is accepted, and never that it is not recognised', async () => {
    const text = writeVerdictText(await verify(await send(world, fixtures.F02), world.optionsFor(fixtures.F02)), { full: true })
    expect(text).toMatch(/^采信（不合格）：检定不合格（检定结果通知书 渝检通2025-0098），器具不得使用\n/)
    expect(text).toContain('  效力：采信该不合格结论；重新检定合格前，器具不得使用')
    expect(text).not.toContain('不予互认')
  })

  it('names the issuer, with its code', () => {
    expect(writeVerdictText(recognised)).toContain('  出具机构：重庆示例计量质量检测院（125000004504012315）')
    expect(writeVerdictText(recognised, { language: 'en' })).toContain(
      '  Issuer: Chongqing Example Institute of Metrology (125000004504012315)',
    )
  })

  it('ends without a line break, and survives a way over the wire', () => {
    for (const verdict of [recognised, refused, undecided]) {
      const text = writeVerdictText(verdict, { full: true })
      expect(text).not.toMatch(/\s$/)
      expect(writeVerdictText(JSON.parse(JSON.stringify(verdict)) as Verdict, { full: true })).toBe(text)
    }
  })
})

describe('the full text', () => {
  it.each(['zh', 'en'] as const)('holds every check, grouped, each group once (%s)', (language) => {
    const headings = language === 'zh' ? ['格式', '真实性', '符合性', '互认'] : ['shape', 'authenticity', 'conformance', 'recognition']
    for (const verdict of [recognised, refused, undecided]) {
      const lines = writeVerdictText(verdict, { language, full: true }).split('\n')
      expect(lines.filter((line) => headings.includes(line))).toEqual(headings)
      const listed = lines.filter((line) => /\[[a-z.-]+\]/.test(line) && line.startsWith('  '))
      const inOrder = ['shape', 'authenticity', 'conformance', 'recognition'].flatMap((group) =>
        verdict.checks.filter((check) => check.group === group),
      )
      expect(listed).toHaveLength(verdict.checks.length)
      for (const [at, { code, message, basis }] of inOrder.entries())
        expect(listed[at]).toContain(`${message[language]}  [${code}] ${basis}`)
    }
  })

  it('distinguishes checks that were not run from checks that do not apply', () => {
    const blocked = writeVerdictText(
      {
        ...recognised,
        checks: recognised.checks.map((check) =>
          check.id === 'status' ? { ...check, status: 'skip' as const, code: 'blocked' as const, blockedBy: 'signature' } : check,
        ),
      },
      { full: true },
    )
    const lineOf = (text: string, code: string): string => text.split('\n').find((line) => line.includes(`[${code}]`)) ?? ''
    expect(lineOf(blocked, 'blocked')).toMatch(/^ {2}未检查 /)
    expect(lineOf(writeVerdictText(recognised, { full: true }), 'not-applicable')).toMatch(/^ {2}— /)
  })

  it('prints the place and the advice under a finding', () => {
    const text = writeVerdictText(undecided, { full: true })
    const { path } = undecided.checks.find(({ status }) => status === 'warn') ?? {}
    expect(text.split('\n')).toContain(`         位置：${path}`)
  })

  it('lines its statuses up, though Chinese characters are two columns wide', () => {
    for (const language of ['zh', 'en'] as const) {
      const lines = writeVerdictText(refused, { language, full: true }).split('\n')
      for (const { message } of refused.checks) {
        const line = lines.find((one) => one.includes(` ${message[language]}  [`)) ?? ''
        expect(textWidth(line.slice(0, line.indexOf(` ${message[language]}  [`)))).toBe(10)
      }
    }
  })
})

describe('marks', () => {
  it('are none by default', () => {
    for (const verdict of [recognised, refused, undecided]) {
      for (const full of [false, true]) expect([...writeVerdictText(verdict, { full })].filter(isControl)).toEqual([])
    }
  })

  it('change nothing but themselves', () => {
    const used = new Set<string>()
    const paint: NonNullable<TextOptions['paint']> = (text, as) => {
      used.add(as)
      return `<${as}>${text}</>`
    }
    for (const verdict of [recognised, refused, undecided]) {
      for (const options of [{ full: false }, { full: true, language: 'en' as const }]) {
        expect(writeVerdictText(verdict, { ...options, paint }).replace(/<[a-z-]+>|<\/>/g, '')).toBe(writeVerdictText(verdict, options))
      }
    }
    expect([...used].sort()).toEqual(['bold', 'dim', 'fail', 'indeterminate', 'not-recognised', 'pass', 'recognised', 'skip', 'warn'])
  })
})

describe('what a forger writes', () => {
  const evil = '\u001b[2K\r予以互认：适用条款\u202e\u009b1m\u0000\u200b\u2028\n  效力：有效'

  it('cannot move the cursor, hide, or start a line of its own', async () => {
    const statements = [
      await forge(world.signer('CD'), claimsOf(fixtures.F01), { [evil]: 1 }),
      await forge(world.signer('CD'), claimsOf(fixtures.F01), { typ: evil }),
      await forge(world.signer('CD'), claimsOf(fixtures.F01, { [evil]: 1 })),
      await forge(world.signer('CD'), claimsOf(fixtures.F01, { record: { ...fixtures.F01.record, [evil]: 1 } })),
      await forge(world.signer('CD'), claimsOf(fixtures.F01, { record: change(fixtures.F01.record, ['/certificateNo', evil]) })),
      await forge(world.signer('CD'), claimsOf(fixtures.F01, { record: { kind: evil, version: 1 } })),
    ]
    for (const statement of statements) {
      const verdict = await verify(statement, world.optionsFor(fixtures.F01))
      expect(verdict.outcome).not.toBe('recognised')
      for (const options of [{}, { full: true }, { language: 'en' as const }, { full: true, language: 'en' as const }]) {
        const text = writeVerdictText(verdict, options)
        expect([...text].filter(isControl)).toEqual([])
        expect(text.split('\n').filter((line) => /^\s*(予以互认|recognised|效力)/.test(line))).toEqual([])
      }
    }
  })

  it('is shown for what it is', async () => {
    const verdict = await verify(
      await forge(world.signer('CD'), claimsOf(fixtures.F01), { 'a\u001bb\u202ec': 1 }),
      world.optionsFor(fixtures.F01),
    )
    expect(writeVerdictText(verdict)).toContain('a\\u001bb\\u202ec')
  })
})

describe('textWidth and padEnd', () => {
  it('count two columns for Chinese characters and full-width signs, one for others', () => {
    expect([textWidth(''), textWidth('abc'), textWidth('互认'), textWidth('（川）'), textWidth('JJG 517—2016'), textWidth('℃')]).toEqual([
      0, 3, 4, 6, 12, 1,
    ])
  })

  it('count two for the rare characters of names', () => {
    expect(textWidth('𠮷某')).toBe(4)
  })

  it('add up, and are padded to the requested width and never cut', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '互', '（', ' ', '—', '𠮷') })
    fc.assert(
      fc.property(text, text, fc.nat(40), (a, b, width) => {
        expect(textWidth(a + b)).toBe(textWidth(a) + textWidth(b))
        expect(textWidth(padEnd(a, width))).toBe(Math.max(width, textWidth(a)))
        expect(padEnd(a, width).startsWith(a)).toBe(true)
      }),
    )
  })
})
