/** Calls for joint statements: alliances, capabilities, assessed standards, comparison rounds, joint supervision. */
import * as z from 'zod/mini'
import { about, Line, Ulid, Uscc } from '../../base/schema.js'
import { JointPageShape } from '../page-shapes.js'
import { answer, type Call, Cursor, JOSE, Jws, PUBLIC, STATEMENT } from './call.js'

export const jointCalls = {
  submitJoint: {
    method: 'PUT',
    path: '/v1/joint/{iss}/{jti}',
    summary: {
      zh: '提交协同记录（联盟、能力、计量标准考核、计量授权、计量比对、联合监督检查）',
      en: 'Submit a joint statement: alliance, capability, assessed standard, authorisation, comparison round, joint supervision',
    },
    access: 'signed',
    params: z.object({ iss: Uscc, jti: Ulid }),
    body: STATEMENT,
    answers: {
      201: answer(Jws, '新接收；回执', 'Stored; the receipt', JOSE),
      200: answer(Jws, '先前已接收同一签名记录；同一回执', 'The same statement was stored before; the same receipt', JOSE),
    },
    problems: [400, 401, 403, 409, 412, 413, 415, 422, 429, 503],
    idempotent: true,
  },
  listJoint: {
    method: 'GET',
    path: '/v1/joint',
    summary: { zh: '查询协同记录，按接收次序', en: 'Find joint statements, in the order of their receipt' },
    access: 'signed',
    query: z.object({
      work: about(
        z.optional(Line),
        '事项的编号：联盟编号、考核或授权证书号、比对项目编号、任务编号（括号、全半角不限）',
        'Number of the piece of work: of an alliance, certificate of a standard or authorisation, comparison project, task; in any bracket style',
      ),
      issuer: about(z.optional(Uscc), '签名机构', 'Issuer'),
      cursor: about(Cursor, '上一页的 next', 'The next of the page before'),
    }),
    answers: { 200: answer(JointPageShape, '一页协同记录', 'A page of joint statements') },
    problems: [400, 401, 403, 429, 503],
    idempotent: true,
  },
  listDirectory: {
    method: 'GET',
    path: '/v1/directory',
    summary: {
      zh: '公开的协同记录：技术能力、联盟、计量标准考核、计量授权、比对实施方案，按接收次序',
      en: 'Joint statements for everybody: capabilities, alliances, assessed standards, authorisations, protocols of rounds; in the order of their receipt',
    },
    access: 'open',
    query: z.object({ cursor: about(Cursor, '上一页的 next', 'The next of the page before') }),
    answers: { 200: answer(JointPageShape, '一页协同记录', 'A page of joint statements') },
    problems: [400, 412, 429, 503],
    idempotent: true,
    cache: PUBLIC,
  },
} as const satisfies Record<string, Call>
