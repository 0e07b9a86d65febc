/** 抽取承诺: before either nonce is known, a bureau commits to the population and to its own nonce by their digests. */
import * as z from 'zod/mini'
import { about, CivilDate, Digest, named } from '../../base/schema.js'
import { defineJoint } from './kind.js'
import { TaskNumber } from './parts.js'

/** Maximum number of parties in a population. */
export const MAX_POPULATION = 200_000

/** 抽取承诺 — Commitment of a bureau to a list and a nonce. Zod schema. */
export const DrawCommitment = named(
  'draw-commitment',
  about(
    z.strictObject({
      kind: about(z.literal('draw-commitment'), '种类：抽取承诺', 'Kind of joint statement'),
      version: about(z.literal(1), '本种类的版本', 'Version of the kind'),
      taskNo: TaskNumber,
      task: about(Digest, '任务的签名记录标识', 'Statement id of the task'),
      population: about(
        z.strictObject({
          digest: about(
            Digest,
            '名单摘要：统一社会信用代码每行一个，去重并按字符升序排列，每行以换行符结束，对全文取 SHA-256',
            'Digest of the list: USCCs, unique and in ascending order, each followed by a line feed; SHA-256 of that text',
          ),
          count: about(z.int().check(z.minimum(1), z.maximum(MAX_POPULATION)), '名单家数', 'Number of parties in the list'),
        }),
        '抽取名单',
        'The list from which is drawn',
      ),
      nonce: about(
        Digest,
        '随机数承诺：对 “tongheng-draw-nonce-1”、本机关统一社会信用代码、任务标识、随机数四行取 SHA-256',
        'Digest of the nonce: SHA-256 of the lines tongheng-draw-nonce-1, USCC of the bureau, id of the task, nonce',
      ),
      committedOn: about(CivilDate, '承诺日期', 'Day of the commitment'),
    }),
    '抽取承诺',
    'Commitment to a draw',
  ),
)
export interface DrawCommitment extends z.infer<typeof DrawCommitment> {}

export const drawCommitment = defineJoint<DrawCommitment>()({
  kind: 'draw-commitment',
  version: 1,
  title: { zh: '抽取承诺', en: 'commitment to a draw' },
  schema: DrawCommitment,
  signer: 'authority',
  subject: ({ taskNo }) => taskNo,
  on: ({ committedOn }) => committedOn,
})
