/** 比对退出: a laboratory withdraws before the last day to commit a result. */
import * as z from 'zod/mini'
import { about, LocalizedText, named } from '../../base/schema.js'
import { defineJoint } from './kind.js'
import { laboratoryMembers } from './round-parts.js'

/** 退出比对 — Withdrawal from a comparison round. Zod schema. */
export const RoundWithdrawal = named(
  'round-withdrawal',
  about(
    z.strictObject({
      kind: about(z.literal('round-withdrawal'), '种类：比对退出', 'Kind of joint statement'),
      ...laboratoryMembers,
      reason: about(LocalizedText, '退出原因', 'Reason'),
    }),
    '比对退出',
    'A laboratory withdraws from a comparison round',
  ),
)
export interface RoundWithdrawal extends z.infer<typeof RoundWithdrawal> {}

export const roundWithdrawal = defineJoint<RoundWithdrawal>()({
  kind: 'round-withdrawal',
  version: 1,
  title: { zh: '比对退出', en: 'withdrawal from a comparison round' },
  schema: RoundWithdrawal,
  signer: 'body',
  signedBy: ({ laboratory }) => laboratory.uscc,
  subject: ({ number }) => number,
  on: ({ on }) => on,
})
