/** 比对结果公开: the result and the salt of a commitment, published by its laboratory or by a pilot. */
import * as z from 'zod/mini'
import { about, Digest, named } from '../../base/schema.js'
import { found } from '../finding.js'
import { defineJoint } from './kind.js'
import { checkResult, laboratoryMembers, RoundResult, Salt } from './round-parts.js'

/** 比对结果的开示 — Opening of a committed result. Zod schema. */
export const RoundOpening = named(
  'round-opening',
  about(
    z.strictObject({
      kind: about(z.literal('round-opening'), '种类：比对结果公开', 'Kind of joint statement'),
      ...laboratoryMembers,
      commitment: about(Digest, '所公开承诺的签名记录标识', 'Statement id of the commitment'),
      salt: about(z.optional(Salt), '盐值', 'Salt'),
      result: about(z.optional(RoundResult), '结果', 'Result'),
      isUnreadable: about(
        z.optional(z.literal(true)),
        '主导实验室不能解密该承诺的密文',
        'The pilots could not decrypt what the commitment holds; then neither salt nor result',
      ),
    }),
    '比对结果公开',
    'Opening of a commitment',
  ),
)
export interface RoundOpening extends z.infer<typeof RoundOpening> {}

export const roundOpening = defineJoint<RoundOpening>()({
  kind: 'round-opening',
  version: 1,
  title: { zh: '比对结果公开', en: 'opening of the result of a comparison' },
  schema: RoundOpening,
  signer: 'body',
  subject: ({ number }) => number,
  on: ({ on }) => on,
  check: ({ salt, result, isUnreadable }) => {
    const isWhole = isUnreadable === true ? salt === undefined && result === undefined : salt !== undefined && result !== undefined
    return [...(isWhole ? [] : [found('round.opening-members')]), ...(result === undefined ? [] : checkResult(result, '/result'))]
  },
})
