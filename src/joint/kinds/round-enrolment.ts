/** 比对报名: a laboratory joins a round. */
import * as z from 'zod/mini'
import { about, named } from '../../base/schema.js'
import { defineJoint } from './kind.js'
import { LaboratoryCode, laboratoryMembers } from './round-parts.js'

/** 比对报名 — Enrolment of a laboratory in a comparison round. Zod schema. */
export const RoundEnrolment = named(
  'round-enrolment',
  about(
    z.strictObject({
      kind: about(z.literal('round-enrolment'), '种类：比对报名', 'Kind of joint statement'),
      ...laboratoryMembers,
      code: about(
        z.optional(LaboratoryCode),
        '主导实验室分配的代码；名称保密时不写，报告自行编码',
        'Code that the pilots assigned; absent where names are confidential: the report then assigns one',
      ),
      isNamed: about(z.optional(z.boolean()), '同意在报告中写明名称', 'The laboratory consents to be named in the report'),
    }),
    '比对报名',
    'A laboratory enrols in a comparison round',
  ),
)
export interface RoundEnrolment extends z.infer<typeof RoundEnrolment> {}

export const roundEnrolment = defineJoint<RoundEnrolment>()({
  kind: 'round-enrolment',
  version: 1,
  title: { zh: '比对报名', en: 'enrolment in a comparison round' },
  schema: RoundEnrolment,
  signer: 'body',
  signedBy: ({ laboratory }) => laboratory.uscc,
  subject: ({ number }) => number,
  on: ({ on }) => on,
})
