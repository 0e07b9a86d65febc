/** Identity of persons, vehicles and instruments, and how it is written: plates, lookalike letters, identity numbers. */
import type { Finding } from '../base/check.js'
import { holdsResidentNumber, isNoSerial, lookalikeIn } from '../base/identifier.js'
import { defineTexts } from '../base/message.js'
import { isPlateForm } from '../catalogue/index.js'
import { checkIt, group, needsOf, type Rule } from './rule.js'

export const identityTexts = defineTexts({
  rows: {
    'identifier.plate': { zh: '号牌形式', en: 'Form of the number plate' },
    'identifier.characters': { zh: '编号所用字符', en: 'Characters of numbers' },
    'record.personal-number': { zh: '公民身份号码', en: 'Resident identity numbers' },
  },
  codes: {
    'plate.form': {
      zh: '号牌“{plate}”与 GA 36—2018 的形式不符（不用字母 I、O；八位号牌限新能源汽车）',
      en: 'The plate “{plate}” has no form of GA 36—2018: no letters I and O; eight characters for new-energy vehicles only',
      advice: { zh: '请对照行驶证核对', en: 'Check it against the vehicle licence' },
    },
    'identifier.lookalike': {
      zh: '“{number}”含有与拉丁字母同形的“{letter}”（{point}）',
      en: '“{number}” holds “{letter}” ({point}), which only looks like a Latin letter',
      advice: { zh: '请改用拉丁字母', en: 'Write the Latin letter' },
    },
    'number.placeholder': {
      zh: '编号写作“{number}”，等于没有编号',
      en: 'The number is “{number}”, which is none',
      advice: checkIt,
    },
    'personal-number.stated': {
      zh: '此处写有公民身份号码',
      en: 'A resident identity number stands here',
      advice: { zh: '请删去，以姓名和注册证号标识人员', en: 'Remove it; persons are named by name and registration number' },
    },
  },
})

const since = '0.2.0'

const plate: Rule = {
  id: 'identifier.plate',
  group,
  since,
  basis: 'GA 36—2018',
  needs: needsOf(({ categories }) => (categories.members.includes('instrument') ? ['instrument'] : undefined)),
  codes: { 'plate.form': 'warn' },
  evaluate({ record, kind }) {
    const stated = kind.instrument(record)?.mobile?.plate
    if (stated === undefined) return undefined
    return isPlateForm(stated) ? [] : [{ code: 'plate.form', path: '/instrument/mobile/plate', params: { plate: stated } }]
  },
}

const lookalikes: Rule = {
  id: 'identifier.characters',
  group,
  since,
  basis: 'UTS #39; ISO/IEC 17025:2017 7.8.2.1',
  needs: needsOf(({ numbers }) => numbers.members),
  codes: { 'identifier.lookalike': 'warn', 'number.placeholder': 'fail' },
  evaluate({ record, kind }) {
    const findings: Finding[] = []
    kind.numbers.visit(record, (number, path) => {
      // Only the record itself must have a number.
      if (path.lastIndexOf('/') === 0 && isNoSerial(number as string))
        findings.push({ code: 'number.placeholder', path, params: { number } })
      const letter = lookalikeIn(number as string)
      if (letter === undefined) return
      const point = `U+${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
      findings.push({ code: 'identifier.lookalike', path, params: { number, letter, point } })
    })
    return findings
  },
}

const personal: Rule = {
  id: 'record.personal-number',
  group,
  since,
  basis: '个人信息保护法 第六条; GB 11643—1999',
  needs: needsOf(({ namingMembers }) => namingMembers),
  codes: { 'personal-number.stated': 'warn' },
  evaluate({ record, kind }) {
    const findings: Finding[] = []
    for (const member of kind.namingMembers) {
      const value = record[member] as unknown
      if (typeof value === 'object' && value !== null) visitTexts(value, `/${member}`, findings)
    }
    return findings
  },
}

/** Visits every text at any depth except USCCs, which have eighteen characters too; the schema bounds the depth. */
function visitTexts(value: object, path: string, findings: Finding[]): void {
  for (const name in value) {
    const member = (value as Record<string, unknown>)[name]
    if (typeof member === 'string') {
      if (member.length >= 18 && name !== 'uscc' && holdsResidentNumber(member))
        findings.push({ code: 'personal-number.stated', path: `${path}/${name}` })
    } else if (member !== null && typeof member === 'object') visitTexts(member, `${path}/${name}`, findings)
  }
}

export const identityRules: readonly Rule[] = [plate, lookalikes, personal]
