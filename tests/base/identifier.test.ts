// Why this exists: a wrong check digit accepts a mistyped body, and two spellings of one number that do not match reject a valid
// one.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  hasOrganisationCheck,
  holdsResidentNumber,
  identifierKey,
  isAccreditationNumber,
  isAssessmentNumber,
  isAuthorisationNumber,
  isNoSerial,
  isSameClass,
  isTypeApprovalNumber,
  isUscc,
  lookalikeIn,
  nameKey,
  usccCheckCharacter,
} from '../../src/base/identifier.js'

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const VALID = [
  '91350100M000100Y43',
  '9144030071526726XG',
  '914403001922038216',
  '91330100799655058B',
  '91110000802100433B',
  '91440300708461136T',
  '125100000000004570',
  '12500000400000296Y',
]
const first17 = fc.string({ unit: fc.constantFrom(...ALPHABET), minLength: 17, maxLength: 17 })

describe('the check character of a social credit code (GB 32100—2015)', () => {
  it.each(VALID)('holds for %s', (code) => {
    expect(isUscc(code)).toBe(true)
    expect(usccCheckCharacter(code)).toBe(code[17])
  })

  it.each([
    ['91350100M000100Y4Z', '3'],
    ['91510100MA62KCT03W', 'J'],
  ])('fails for %s, which should end in %s', (code, last) => {
    expect(isUscc(code)).toBe(false)
    expect(usccCheckCharacter(code)).toBe(last)
    expect(isUscc(code.slice(0, 17) + last)).toBe(true)
  })

  it('is 31 minus the weighted sum modulo 31, again modulo 31', () => {
    fc.assert(
      fc.property(first17, (code) => {
        let weight = 1
        let sum = 0
        for (const character of code) {
          sum += ALPHABET.indexOf(character) * weight
          weight = (weight * 3) % 31
        }
        expect(usccCheckCharacter(code)).toBe(ALPHABET[(31 - (sum % 31)) % 31])
      }),
    )
  })

  it('detects every single wrong character', () => {
    fc.assert(
      fc.property(first17, fc.nat(17), fc.constantFrom(...ALPHABET), (code, at, other) => {
        const right = code + usccCheckCharacter(code)
        expect(isUscc(right)).toBe(true)
        fc.pre(right[at] !== other)
        expect(isUscc(right.slice(0, at) + other + right.slice(at + 1))).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('detects every transposition of two different neighbours', () => {
    fc.assert(
      fc.property(first17, fc.nat(15), (code, at) => {
        fc.pre(code[at] !== code[at + 1])
        const right = code + usccCheckCharacter(code)
        expect(isUscc(right.slice(0, at) + right[at + 1] + right[at] + right.slice(at + 2))).toBe(false)
      }),
    )
  })

  it.each([
    '',
    '9135010',
    '91350100M000100Y4',
    '91350100M000100Y433',
    '91350100m000100y43',
    '91350100I000100Y43',
    '91350100O000100Y43',
    '９１350100M000100Y43',
    '91350100四000100Y43',
  ])('fails for %j, which is not a code at all', (code) => {
    expect(isUscc(code)).toBe(false)
  })
})

describe('the organisation code inside (GB 11714)', () => {
  it.each([
    '91350100M000100Y43',
    '9144030071526726XG',
    '914403001922038216',
    '91330100799655058B',
    '91110000802100433B',
    '91440300708461136T',
  ])('has its own check character in %s', (code) => {
    expect(hasOrganisationCheck(code)).toBe(true)
  })

  it('admits one check character for eight characters, X for ten and 0 for eleven', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'), minLength: 8, maxLength: 8 }), (body) => {
        const weights = [3, 7, 9, 10, 5, 8, 4, 2]
        const sum = [...body].reduce((total, character, at) => total + Number.parseInt(character, 36) * (weights[at] as number), 0)
        const check = 11 - (sum % 11)
        const right = check === 10 ? 'X' : check === 11 ? '0' : String(check)
        const admitted = [...'0123456789X'].filter((last) => hasOrganisationCheck(`91350100${body}${last}0`))
        expect(admitted).toEqual([right])
        seen.add(right)
      }),
      { numRuns: 500, seed: 1 },
    )
    expect([...seen].sort().join('')).toBe('0123456789X')
  })

  it('accepts no other character as a digit', () => {
    const right = '91330100799655058B'
    for (let unit = 0x20; unit < 0x250; unit++) {
      const character = String.fromCharCode(unit)
      if (/[0-9A-Z]/.test(character)) continue
      for (let at = 8; at < 16; at++) expect(hasOrganisationCheck(right.slice(0, at) + character + right.slice(at + 1))).toBe(false)
    }
    expect(hasOrganisationCheck('9135')).toBe(false)
  })
})

describe('names and classes', () => {
  it.each([
    ['张三', ['张　三', '张 三', ' 张三 ', '张\u2003三']],
    ['LI WEI', ['Li Wei', 'ＬＩ　ＷＥＩ', 'LiWei']],
    ['买买提·艾力', ['买买提•艾力', '买买提・艾力', '买买提.艾力']],
    ['重庆计量院(两江)', ['重庆计量院（两江）', '重庆计量院 (两江)']],
  ])('%s is one name', (name, spellings) => {
    for (const each of spellings) expect([each, nameKey(each)]).toEqual([each, nameKey(name)])
  })

  it('distinguishes two different names', () => {
    expect(new Set(['张三', '张山', '张三丰', '三张'].map(nameKey)).size).toBe(4)
  })

  const CLASSES = [
    [
      'Ⅲ',
      'III',
      '(III)',
      '（Ⅲ）',
      '③',
      '三级',
      '3级',
      '3 级',
      'Ⅲ级',
      '3',
      'Ⅲ 等级',
      '准确度等级 3 级',
      '中准确度级',
      '中准确度级（Ⅲ级）',
      '中准确度 Ⅲ级',
    ],
    ['高准确度级', 'Ⅱ', '高准确度级（Ⅱ）', '高准确度Ⅱ级'],
    ['普通准确度级', 'Ⅳ', '④'],
    ['二等', '2等', '2 等', '二 等'],
    ['E2', 'E₂级', 'E2 等级', 'Ｅ２ 级'],
    ['1.0级', '1级', '一级', '1.00 级'],
    ['0.5S', '0.5S级', '0.5s 级'],
  ] as const
  it.each(CLASSES.map((prints) => [prints] as const))('is one class however printed: %s', (prints) => {
    for (const a of prints) for (const b of prints) expect([a, b, isSameClass(a, b)]).toEqual([a, b, true])
  })

  it('distinguishes two classes, and 等 from 级', () => {
    expect(isSameClass('特种准确度级', 'Ⅰ')).toBe(true)
    const firsts = CLASSES.map(([first]) => first)
    for (const a of firsts) for (const b of firsts) expect([a, b, isSameClass(a, b)]).toEqual([a, b, a === b])
    for (const [a, b] of [
      ['二等', '二级'],
      ['1级', '10级'],
      ['1.0级', '1.5级'],
      ['E1', 'E2'],
      ['特种准确度级', '中准确度级'],
      ['特种准确度级', 'Ⅱ'],
    ] as const)
      expect(isSameClass(a, b)).toBe(false)
  })
})

describe('resident identity numbers', () => {
  it.each([
    '11010519491231002X',
    '张三 11010519491231002x',
    '身份证号:110105194912310021'.replace('0021', '002X'),
    '１１０１０５１９４９１２３１００２Ｘ',
    '110105 19491231 002X',
    '⑪0⑩5⑲49⑫31002X',
  ])('are found in %s', (text) => {
    expect(holdsResidentNumber(text)).toBe(true)
  })

  it.each([
    '110105194912310021',
    '110105194913310026',
    '91350100M000100Y43',
    'A11010519491231002X',
    '11010519491231002X7',
    '川检20250312000417000',
    '',
  ])('are not found in %s', (text) => {
    expect(holdsResidentNumber(text)).toBe(false)
  })
})

describe('letters that only look Latin', () => {
  it('are detected and folded', () => {
    expect(lookalikeIn('\u0410BC-1')).toBe('\u0410')
    expect(identifierKey('\u0410BC-1')).toBe('ABC-1')
    for (const each of ['ABC-1', '川A1', 'μ-1', 'Ω3', 'Φ25', '']) expect(lookalikeIn(each)).toBeUndefined()
  })
})

describe('identifierKey', () => {
  it.each([
    [
      'brackets',
      [
        '（川）法计（2021）51001号',
        '(川)法计(2021)51001号',
        '〔川〕法计〔2021〕51001号',
        '【川】法计【2021】51001号',
        '[川]法计[2021]51001号',
        '［川］法计［2021］51001号',
        '﹝川﹞法计﹝2021﹞51001号',
        '（川) 法计 [2021〕51001 号',
      ],
    ],
    [
      'dashes',
      [
        'JJG 517-2016',
        'JJG 517—2016',
        'JJG 517――2016',
        'JJG 517－2016',
        'JJG 517–2016',
        'JJG 517−2016',
        'JJG 517‐2016',
        'JJG 517‑2016',
        'JJG 517--2016',
        'JJG 517——2016',
        'JJG 517-—2016',
        'JJG 517 — 2016',
        'JJG 517 - - 2016',
      ],
    ],
    ['width and case', ['JJG517-2016', 'ｊｊｇ５１７－２０１６', 'jjg　517-2016', 'Jjg\u00a0517-2016', ' JJG 517-2016\t']],
    ['letters and digits', ['CPA 2019F123-32', 'ＣＰＡ２０１９Ｆ１２３－３２', 'cpa2019f123—32']],
  ])('unifies %s', (_, spellings) => {
    const keys = spellings.map(identifierKey)
    expect(new Set(keys)).toEqual(new Set([keys[0]]))
    expect(keys[0]).toMatch(/^[\u4e00-\u9fffA-Z0-9()-]+$/)
  })

  it('distinguishes different identifiers', () => {
    const numbers = [
      'JJG 517-2016',
      'JJG 517-2015',
      'JJG 5172016',
      'JJF 517-2016',
      'JJG(川) 517-2016',
      'JJG 051-2016',
      'JJG 51-2016',
      'JJG 51.7-2016',
    ]
    expect(new Set(numbers.map(identifierKey)).size).toBe(numbers.length)
  })

  const printed = fc.string({
    unit: fc.constantFrom(...'JGjg0９号川法計（(〔【[［）)〕】]］-—―－–−‐‑﹣﹘ 　\u00a0\t.。/Ａ'),
    maxLength: 80,
  })

  it('of a key is the key itself', () => {
    fc.assert(
      fc.property(printed, (text) => {
        expect(identifierKey(identifierKey(text))).toBe(identifierKey(text))
      }),
      { numRuns: 1000 },
    )
  })

  it('contains one kind of bracket and dash, no white space, no lower case', () => {
    fc.assert(
      fc.property(printed, (text) => {
        expect(identifierKey(text)).not.toMatch(/[a-z\s（〔【[［）〕】\]］—―－–−‐‑﹣﹘]|--/u)
      }),
    )
  })

  it('of full-width text equals that of the half-width text, which is often plain already', () => {
    const plain = fc.string({ unit: fc.constantFrom(...'JGjgzZ09/.()_-'), maxLength: 40 })
    const wide = (text: string): string => text.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0))
    fc.assert(
      fc.property(plain, (text) => {
        expect(identifierKey(text)).toBe(identifierKey(wide(text)))
      }),
      { numRuns: 1000 },
    )
  })

  it('is the same however often and in whatever order it is computed', () => {
    const texts = Array.from({ length: 1500 }, (_, n) => [`ＪＪＧ ${n}—2016`, `JJG${n}-2016`] as const)
    for (const [text, key] of [...texts, ...texts]) expect(identifierKey(text)).toBe(key)
  })
})

describe('numbers on certificates', () => {
  it.each([
    '（国）法计（2017）01023号',
    '（京）法计（2012）006号',
    '（川）法计（2021）51001号',
    '(渝)法计(2020)50012号',
    '〔川〕 法计 〔2021〕 51001号',
  ])('%s is an authorisation number', (number) => {
    expect(isAuthorisationNumber(number)).toBe(true)
  })

  it.each([
    '',
    '法计（2021）51001号',
    '（川）法计（21）51001号',
    '（川）法计（2021）号',
    '（川）法计（2021）51001',
    '（川）法计2021第51001号',
    '（四川省成都）法计（2021）51001号',
    '（川）法计（2021）0123456号',
  ])('%j is not an authorisation number', (number) => {
    expect(isAuthorisationNumber(number)).toBe(false)
  })

  it.each([
    '[2011]冀社量标授证字第104号',
    '〔2019〕川量标法证字第12号',
    '〔2022〕川量标法证字第C0412号',
    '（2020）渝社量标证字第R0031号',
    '【2018】国量标计证字第001号',
  ])('%s is an assessment number', (number) => {
    expect(isAssessmentNumber(number)).toBe(true)
  })

  it.each([
    '',
    '川量标法证字第12号',
    '〔19〕川量标法证字第12号',
    '〔2019〕量标法证字第12号',
    '〔2019〕川标法证字第12号',
    '〔2019〕川量标法证字第号',
    '〔2019〕川量标法证字12号',
    '〔2019〕川量标法证字第1234567号',
  ])('%j is not an assessment number', (number) => {
    expect(isAssessmentNumber(number)).toBe(false)
  })

  it.each(['CPA 99-F166', '99-F166', '1999F166', '2019F123-32', '2020F118-51', 'CPA2020F118—51', '2019f123－32', '2005F1234-50'])(
    '%s is a type approval number',
    (number) => {
      expect(isTypeApprovalNumber(number)).toBe(true)
    },
  )

  it.each(['', 'CPA', '2019123-32', '2019F12-32', '2019F123-3', 'F123-32', '2019FF123-32', '2019F123-510'])(
    '%j is not a type approval number',
    (number) => {
      expect(isTypeApprovalNumber(number)).toBe(false)
    },
  )

  it.each(['CNAS L1234', 'CNASL12345', 'cnas ib0123', 'CNAS PT0001', 'ＣＮＡＳ　Ｌ１２３４', 'CNAS RM0012'])(
    '%s is an accreditation number',
    (number) => {
      expect(isAccreditationNumber(number)).toBe(true)
    },
  )

  it.each(['', 'CNAS', 'L1234', 'CNAS L123', 'CNAS L123456', 'CNAS X1234', 'CMA 1234'])('%j is not an accreditation number', (number) => {
    expect(isAccreditationNumber(number)).toBe(false)
  })
})

describe('a placeholder serial number', () => {
  it.each(['/', '／', '//', '-', '—', '——', '－', '–', '---', '-/-', '无', ' 无 ', 'N/A', 'n/a', 'NA', 'Ｎ／Ａ', ' / '])(
    'can be %j',
    (mark) => {
      expect(isNoSerial(mark)).toBe(true)
    },
  )

  it.each([
    ' ',
    '\u3000',
    '\u00a0 ',
    '编号：无',
    '出厂编号无',
    '出厂编号：不详',
    'S/N：无',
    'No：无',
    '模糊不清',
    '铭牌模糊',
    '铭牌脱落',
    '字迹磨损不清',
    '无法辨认',
    '不可见',
    '暂无',
    '见铭牌',
  ])('can be %s', (mark) => {
    expect(isNoSerial(mark)).toBe(true)
  })

  it.each(['编号A', '无锡', '不详字A', '出厂', 'SN-A'])('cannot be %s', (serial) => {
    expect(isNoSerial(serial)).toBe(false)
  })

  it.each(['0', '1-2', 'A/1', '无锡01', '—1', 'N', 'NA1', 'JJ-0551', '/0'])('cannot be %j', (serial) => {
    expect(isNoSerial(serial)).toBe(false)
  })
})

describe('blanks', () => {
  it('are exactly these code points, whatever Unicode version the runtime has', () => {
    const blank = Array.from({ length: 0x10000 }, (_, code) => code).filter(
      (code) => nameKey(`张${String.fromCharCode(code)}三`) === '张三',
    )
    const expected = [
      9,
      10,
      11,
      12,
      13,
      32,
      0xa0,
      0x1680,
      ...Array.from({ length: 11 }, (_, n) => 0x2000 + n),
      0x2028,
      0x2029,
      0x202f,
      0x205f,
    ]
    expect(blank).toEqual([...expected, 0x3000, 0xfeff])
    for (const code of blank) expect(identifierKey(`川${String.fromCharCode(code)}1`)).toBe('川1')
  })
})

describe('isSameClass', () => {
  it('ignores trailing zeros of a decimal of any length, in linear time', () => {
    const zeros = '0'.repeat(200_000)
    expect(['3.0', '3.00', '3.', '30', `3.${zeros}`].map((text) => isSameClass(text, '3'))).toEqual([true, true, false, false, true])
    expect([isSameClass('0.50', '0.5'), isSameClass('0.05', '0.5')]).toEqual([true, false])
    // A backtracking pattern took 80 seconds for this text.
    expect(isSameClass(`1.${zeros}1`, `1.${zeros}10`)).toBe(true)
  })
})
