// The table of problems that the type of every problem points to, written from the codes themselves.
import { codes } from 'tongheng/errors'
import { problemCodes, problemStatus, problemType } from '../../src/contract/problem.ts'
import { problems } from '../../src/contract/problems.ts'

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

/** The file, in Chinese and English; parameters are shown by name. */
export function writeProblems(): string {
  const sections = problemCodes().map((code) => {
    const [title, { zh, en }] = [problems[code].title, codes[code]]
    return [`## ${code}`, '', `${problemStatus(code)} · ${title.zh} · ${title.en}`, '', `${cell(zh)}<br>${cell(en)}`].join('\n')
  })
  return `${[
    '# 问题类型 Types of problems',
    `节点的每一个拒绝都是 RFC 9457 问题说明，其 \`type\` 为 \`${problemType('CODE')}\`：\`code\` 不变，\`title\` 随类型不变，\`detail\` 说这一次的情形，\`checks\` 逐项说明理由。`,
    'Every refusal of a node is a problem (RFC 9457) of such a `type`: `code` is stable, `title` is that of the type, `detail` says what happened this time, `checks` has every reason. Written by `npm run schemas`.',
    ...sections,
  ].join('\n\n')}\n`
}
