/**
 * 产业计量技术联盟: the text of an alliance lists members and what they share. A body is a member only by its own consent (alliance-membership).
 */
import * as z from 'zod/mini'
import { about, CivilDate, Digest, grows, Line, LocalizedText, named, RegionCode, Uscc } from '../../base/schema.js'
import { Party } from '../../records/index.js'
import { found } from '../finding.js'
import { defineJoint, unique } from './kind.js'

/** Roles of members of an alliance, in Chinese and English. */
export const memberRoles = {
  lead: ['理事长（牵头）单位', 'lead'],
  deputy: ['副理事长单位', 'deputy lead'],
  secretariat: ['秘书处单位', 'secretariat'],
  member: ['成员单位', 'member'],
} as const
type Role = keyof typeof memberRoles
export const Role = grows(Object.keys(memberRoles) as [Role, ...Role[]])

const Member = named(
  'alliance-member',
  about(
    z.strictObject({
      party: about(Party, '单位', 'Body'),
      role: about(Role, '职务：理事长、副理事长、秘书处、成员单位', 'Role: lead, deputy, secretariat, member'),
      region: about(RegionCode, '所属省（市）', 'Province'),
      from: about(CivilDate, '起始日期', 'From'),
      until: about(z.optional(CivilDate), '截止日期（含当日）', 'Until, inclusive'),
    }),
    '联盟成员',
    'Member of an alliance',
  ),
)

const Shared = about(
  z.strictObject({
    kind: about(
      grows(['specification', 'reference-material', 'standard', 'equipment', 'other']),
      '技术规范、标准物质、计量标准、设备、其他',
      'Specification, reference material, measurement standard, equipment, other',
    ),
    number: about(z.optional(Line), '编号', 'Number, for example JJF or GBW'),
    name: about(LocalizedText, '名称', 'Name'),
    by: about(Uscc, '提供单位', 'Member that shares it'),
    statement: about(z.optional(Digest), '其签名记录的标识', 'Id of its signed record'),
  }),
  '共享资源',
  'What is shared',
)

/** 产业计量技术联盟 — Industry metrology alliance. Zod schema. */
export const Alliance = named(
  'alliance',
  about(
    z.strictObject({
      kind: about(z.literal('alliance'), '种类：产业计量技术联盟', 'Kind of joint statement'),
      version: about(z.literal(1), '本种类的版本', 'Version of the kind'),
      number: about(Line, '联盟编号', 'Number of the alliance'),
      revision: about(z.int().check(z.minimum(1), z.maximum(10_000)), '文本的版次，从 1 起', 'Revision of the text, from 1'),
      name: about(LocalizedText, '联盟名称', 'Name of the alliance'),
      industry: about(LocalizedText, '产业', 'Industry'),
      charter: about(
        z.strictObject({
          title: about(LocalizedText, '章程名称', 'Title of the charter'),
          documentNo: about(z.optional(Line), '文号', 'Number of the document'),
          digest: about(z.optional(Digest), '章程文件的 SHA-256 摘要', 'SHA-256 digest of the file'),
        }),
        '章程',
        'Charter',
      ),
      members: about(z.array(Member).check(z.minLength(2), z.maxLength(500)), '成员名单', 'Members, each subject to its own consent'),
      shares: about(z.optional(z.array(Shared).check(z.maxLength(500))), '共享资源', 'What the members share'),
      from: about(CivilDate, '成立日期', 'From'),
      until: about(z.optional(CivilDate), '终止日期（含当日）', 'Until, inclusive'),
    }),
    '产业计量技术联盟',
    'Industry metrology alliance',
  ),
)
export interface Alliance extends z.infer<typeof Alliance> {}

export const alliance = defineJoint<Alliance>()({
  kind: 'alliance',
  version: 1,
  title: { zh: '产业计量技术联盟', en: 'industry metrology alliance' },
  schema: Alliance,
  signer: 'body',
  isPublic: true,
  signers: ({ members }) => members.filter(({ role }) => role === 'lead' || role === 'secretariat').map(({ party }) => party.uscc),
  subject: ({ number }) => number,
  on: () => '1900-01-01',
  holds: ({ from, until }) => ({ from, until }),
  categories: () => [],
  dates: ({ from, until }) => [
    { path: '/from', zh: '成立日期', en: 'beginning', date: from },
    { path: '/until', zh: '终止日期', en: 'end', date: until },
  ],
  check: ({ members, shares = [] }) => {
    const named = new Set(members.map(({ party }) => party.uscc))
    return [
      ...unique(
        members.map(({ party, from }) => `${party.uscc} ${from}`),
        (at) => `/members/${at}/party`,
      ),
      ...(members.some(({ role }) => role === 'lead') ? [] : [found('alliance.no-lead', { path: '/members' })]),
      ...shares.flatMap(({ by, name }, at) =>
        named.has(by) ? [] : [found('alliance.share-not-member', { path: `/shares/${at}/by`, params: { name: textOf(name), uscc: by } })],
      ),
    ]
  },
})

const textOf = ({ zh, en }: LocalizedText) => ({ zh, en: en ?? zh })
