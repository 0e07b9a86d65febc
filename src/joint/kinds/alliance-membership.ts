/** 加入或退出产业计量技术联盟: a member signs it itself. A body that another one lists is not a member for that reason. */
import * as z from 'zod/mini'
import { about, CivilDate, Line, named } from '../../base/schema.js'
import { Party } from '../../records/index.js'
import { Role } from './alliance.js'
import { defineJoint } from './kind.js'

/** 加入或退出产业计量技术联盟 — Joining or leaving an alliance. Zod schema. */
export const AllianceMembership = named(
  'alliance-membership',
  about(
    z.strictObject({
      kind: about(z.literal('alliance-membership'), '种类：加入或退出联盟', 'Kind of joint statement'),
      version: about(z.literal(1), '本种类的版本', 'Version of the kind'),
      alliance: about(Line, '联盟编号', 'Number of the alliance'),
      member: about(Party, '成员单位，即签名机构', 'The member, which signs'),
      action: about(z.enum(['join', 'leave']), '加入或退出', 'Joins or leaves'),
      role: about(z.optional(Role), '职务', 'Role'),
      on: about(CivilDate, '起始（加入）或最后（退出）之日', 'First day of a member that joins; last day of one that leaves'),
    }),
    '加入或退出产业计量技术联盟',
    'Joining or leaving an industry metrology alliance',
  ),
)
export interface AllianceMembership extends z.infer<typeof AllianceMembership> {}

export const allianceMembership = defineJoint<AllianceMembership>()({
  kind: 'alliance-membership',
  version: 1,
  title: { zh: '加入（退出）联盟声明', en: 'statement on joining or leaving an alliance' },
  schema: AllianceMembership,
  signer: 'body',
  isPublic: true,
  signedBy: ({ member }) => member.uscc,
  subject: ({ alliance }) => alliance,
  // It may be signed before the day on which it takes effect, so any time of signing passes.
  on: () => '1900-01-01',
  holds: ({ on }) => ({ from: on }),
  categories: () => [],
})
