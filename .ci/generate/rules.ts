// Generates the table of rules from the rules: requirement, basis, and codes of findings.
import { type Rule, rules } from 'tongheng/conformance'
import { type Code, codes } from 'tongheng/errors'
import { type Kind, kinds } from 'tongheng/records'

const WEIGHT = {
  fail: '不合格 fails',
  warn: '提示 warns',
  skip: '无法判定 undecided',
  'fail-or-warn': '视依据 by confidence',
  'warn-or-skip': '提示或无法判定 warns, or undecided where something rests on it',
} as const
/** Anchor that `helpUri` of a report refers to. */
const anchored = (code: string): string => `<a id="${code}"></a>\`${code}\``
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

function section(rule: Rule): string {
  const concerned = (Object.keys(rule.needs) as Kind[]).map((kind) => kinds.get(kind)?.title.zh ?? kind).join('、')
  const { zh, en } = codes[rule.id]
  const rows = Object.entries(rule.codes).map(([code, weight]) => {
    const { zh: says, en: inEnglish, advice } = codes[code as Code]
    return `| ${anchored(code)} | ${WEIGHT[weight]} | ${cell(says)}<br>${cell(inEnglish)} | ${cell(advice?.zh ?? '')}<br>${cell(advice?.en ?? '')} |`
  })
  return [
    `## ${anchored(rule.id)}`,
    '',
    `${zh}。 ${en}.`,
    '',
    `依据 Basis: ${rule.basis}. 适用 For: ${concerned}. ${rule.since} 起 Since ${rule.since}.`,
    '',
    '| code | 轻重 weight | 发现 finding | 建议 advice |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n')
}

/** Codes that are not of rules: of text, signature and shape, and of the other commands. `check` reports some of them, `explain` explains all. */
function otherCodes(): string {
  const ofRules = new Set(rules.flatMap(({ id, codes }) => [id, ...Object.keys(codes)]))
  const rows = Object.entries(codes)
    .filter(([code]) => !ofRules.has(code))
    .map(
      ([code, { zh, en, advice }]) =>
        `| ${anchored(code)} | ${cell(zh)}<br>${cell(en)} | ${cell(advice?.zh ?? '')}<br>${cell(advice?.en ?? '')} |`,
    )
  return ['## 其他代码 Other codes', '', '| code | 说明 text | 建议 advice |', '|---|---|---|', ...rows].join('\n')
}

/** The file, in Chinese and English. */
export const writeRules = (): string =>
  `${[
    '# 符合性规则 Rules of conformance',
    '每条规则针对一份记录，只看记录本身。未经核实的法规事实只提示、不判不合格。',
    'Each rule looks at one record and at nothing else. A regulatory fact that is not verified warns and never fails. Written by `npm run schemas`; `tongheng explain CODE` shows an example.',
    ...rules.map(section),
    otherCodes(),
  ].join('\n\n')}\n`
