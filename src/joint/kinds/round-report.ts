/** 比对总结: a pilot closes a round and refers to the record of its results and to all statements on which they are based. */
import * as z from 'zod/mini'
import { about, CivilDate, Digest, named, Uscc } from '../../base/schema.js'
import { found } from '../finding.js'
import { defineJoint, unique } from './kind.js'
import { LaboratoryCode, roundMembers } from './round-parts.js'

/** 比对报告的声明 — Statement of the pilots on the report of a round. Zod schema. */
export const RoundReport = named(
  'round-report',
  about(
    z.strictObject({
      kind: about(z.literal('round-report'), '种类：比对总结', 'Kind of joint statement'),
      ...roundMembers,
      record: about(Digest, '比对结果记录的签名记录标识', 'Statement id of the comparison-result record'),
      statements: about(
        z.array(Digest).check(z.minLength(1), z.maxLength(5000)),
        '报告所依据的全部签名记录的标识，依次排列',
        'Ids of all statements that it rests on, sorted',
      ),
      keyDigest: about(Digest, '代码与名称对照表的摘要', 'Digest of the key that maps codes to laboratories'),
      key: about(
        z.optional(
          z
            .array(z.strictObject({ code: LaboratoryCode, laboratory: about(Uscc, '实验室', 'Laboratory') }))
            .check(z.minLength(1), z.maxLength(500)),
        ),
        '代码与名称对照表，仅限同意公开的实验室',
        'The key, of those laboratories that consent',
      ),
      on: about(CivilDate, '日期', 'Day of the statement'),
    }),
    '比对总结',
    'Report of a comparison round',
  ),
)
export interface RoundReport extends z.infer<typeof RoundReport> {}

export const roundReport = defineJoint<RoundReport>()({
  kind: 'round-report',
  version: 1,
  title: { zh: '比对总结', en: 'report of a comparison round' },
  schema: RoundReport,
  signer: 'body',
  signers: (_, protocol) => protocol?.pilots.map(({ party }) => party.uscc),
  subject: ({ number }) => number,
  on: ({ on }) => on,
  check: ({ statements, key = [] }) => [
    ...(statements.every((id, at) => at === 0 || (statements[at - 1] as string) < id)
      ? []
      : [found('round.statements-order', { path: '/statements' })]),
    ...unique(
      key.map(({ code }) => code),
      (at) => `/key/${at}/code`,
    ),
    ...unique(
      key.map(({ laboratory }) => laboratory),
      (at) => `/key/${at}/laboratory`,
    ),
  ],
})
