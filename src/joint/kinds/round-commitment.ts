/** 比对结果承诺: a laboratory commits to a result that nobody can read yet. */
import * as z from 'zod/mini'
import { about, Digest, named } from '../../base/schema.js'
import { defineJoint } from './kind.js'
import { laboratoryMembers, MAX_SEALED } from './round-parts.js'

const SEALED = /^[A-Za-z0-9_-]+\.\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/

/** 比对结果的承诺 — Commitment to a result of a comparison round. Zod schema. */
export const RoundCommitment = named(
  'round-commitment',
  about(
    z.strictObject({
      kind: about(z.literal('round-commitment'), '种类：比对结果承诺', 'Kind of joint statement'),
      ...laboratoryMembers,
      digest: about(
        Digest,
        '方案、实验室、传递标准、盐值和结果的 SHA-256 摘要',
        'SHA-256 over the canonical JSON of round, laboratory, artefact, salt and result',
        'RFC 8785',
      ),
      sealed: about(
        z.string().check(z.maxLength(MAX_SEALED), z.regex(SEALED)),
        '为全部主导实验室逐层加密的结果和盐值（JWE）',
        'Result and salt, encrypted for all pilots, one layer each (compact JWE, ECDH-ES, A256GCM)',
        'RFC 7516; RFC 7518 §4.6',
      ),
    }),
    '比对结果承诺',
    'Commitment to a result',
  ),
)
export interface RoundCommitment extends z.infer<typeof RoundCommitment> {}

export const roundCommitment = defineJoint<RoundCommitment>()({
  kind: 'round-commitment',
  version: 1,
  title: { zh: '比对结果承诺', en: 'commitment to the result of a comparison' },
  schema: RoundCommitment,
  signer: 'body',
  signedBy: ({ laboratory }) => laboratory.uscc,
  subject: ({ number }) => number,
  on: ({ on }) => on,
})
