/** 结案: the bureau ends a case, with its outcome and legal ground. */
import * as z from 'zod/mini'
import { about, CivilDate, grows, LocalizedText, named } from '../../base/schema.js'
import { defineJoint } from './kind.js'
import { DocumentNumber, FindingId, LegalGround, TaskNumber } from './parts.js'

/** Outcomes of a case. Only the first needs a recheck. */
export const closureOutcomes = {
  corrected: ['整改到位', 'corrected'],
  'out-of-use': ['器具停用、报废或拆除', 'instrument no longer in use'],
  referred: ['移送其他机关处理', 'referred to another authority'],
  withdrawn: ['问题认定撤销', 'finding withdrawn'],
} as const
type Outcome = keyof typeof closureOutcomes

/** 结案 — Closure of a case. Zod schema. */
export const SupervisionClosure = named(
  'supervision-closure',
  about(
    z.strictObject({
      kind: about(z.literal('supervision-closure'), '种类：结案', 'Kind of joint statement'),
      version: about(z.literal(1), '本种类的版本', 'Version of the kind'),
      taskNo: TaskNumber,
      finding: FindingId,
      number: DocumentNumber,
      outcome: about(
        grows(Object.keys(closureOutcomes) as [Outcome, ...Outcome[]]),
        `结果：${Object.values(closureOutcomes)
          .map(([zh]) => zh)
          .join('、')}`,
        `Outcome: ${Object.values(closureOutcomes)
          .map(([, en]) => en)
          .join(', ')}`,
      ),
      ground: LegalGround,
      closedOn: about(CivilDate, '结案日期', 'Day of the closure'),
      note: about(z.optional(LocalizedText), '说明', 'Note'),
    }),
    '结案',
    'Closure of a case',
    '市场监督管理行政处罚程序规定',
  ),
)
export interface SupervisionClosure extends z.infer<typeof SupervisionClosure> {}

export const supervisionClosure = defineJoint<SupervisionClosure>()({
  kind: 'supervision-closure',
  version: 1,
  title: { zh: '结案', en: 'closure of a case' },
  schema: SupervisionClosure,
  signer: 'authority',
  subject: ({ taskNo }) => taskNo,
  on: ({ closedOn }) => closedOn,
})
