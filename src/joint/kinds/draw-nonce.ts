/** 抽取随机数: a bureau reveals the nonce that it committed to. */
import * as z from 'zod/mini'
import { about, CivilDate, Digest, named } from '../../base/schema.js'
import { defineJoint } from './kind.js'
import { TaskNumber } from './parts.js'

/** 抽取随机数 — The nonce of a bureau, revealed. Zod schema. */
export const DrawNonce = named(
  'draw-nonce',
  about(
    z.strictObject({
      kind: about(z.literal('draw-nonce'), '种类：抽取随机数', 'Kind of joint statement'),
      version: about(z.literal(1), '本种类的版本', 'Version of the kind'),
      taskNo: TaskNumber,
      commitment: about(Digest, '本机关抽取承诺的签名记录标识', 'Statement id of the commitment of this bureau'),
      nonce: about(Digest, '随机数，32 字节', 'The nonce, 32 random octets as base64url'),
      revealedOn: about(CivilDate, '公布日期', 'Day on which it is revealed'),
    }),
    '抽取随机数',
    'Nonce of a draw',
  ),
)
export interface DrawNonce extends z.infer<typeof DrawNonce> {}

export const drawNonce = defineJoint<DrawNonce>()({
  kind: 'draw-nonce',
  version: 1,
  title: { zh: '抽取随机数', en: 'nonce of a draw' },
  schema: DrawNonce,
  signer: 'authority',
  subject: ({ taskNo }) => taskNo,
  on: ({ revealedOn }) => revealedOn,
})
