/** Calls for records: submission, retrieval, search and verification. */
import * as z from 'zod/mini'
import { about, CivilDate, Digest, Line, RegionCode, Slug, Ulid, Uscc } from '../../base/schema.js'
import { RecordEntry, RecordPageShape, StandingList, VerdictShape } from '../shapes.js'
import { ANSWER_LINES_TYPE, answer, type Call, Cursor, JOSE, Jws, LINES_TYPE, MAX_BULK, PUBLIC, STATEMENT } from './call.js'

export const recordCalls = {
  submitRecord: {
    method: 'PUT',
    path: '/v1/records/{iss}/{jti}',
    summary: { zh: '提交记录', en: 'Submit a record' },
    access: 'signed',
    params: z.object({ iss: Uscc, jti: Ulid }),
    body: STATEMENT,
    answers: {
      201: answer(
        Jws,
        '新接收；回执（其中写明已接收、已退回或待处理）',
        'Kept; the receipt, which says accepted, rejected or pending',
        JOSE,
      ),
      200: answer(Jws, '先前已接收同一签名记录；同一回执', 'The same statement was kept before; the same receipt', JOSE),
    },
    problems: [400, 401, 403, 409, 412, 413, 415, 422, 429, 503],
    idempotent: true,
  },
  submitRecords: {
    method: 'POST',
    path: '/v1/records',
    summary: {
      zh: '成批提交：每行一个签名记录（记录或状态公告）；逐行答复，次序相同；中断后整批重发即可',
      en: 'Submit many, a statement (of a record or a notice) a line; answered line by line, in order; after a break send them all again',
    },
    access: 'signed',
    body: { mediaType: LINES_TYPE, maxLength: MAX_BULK },
    answers: {
      200: answer(
        z.string(),
        '每行一个 JSON 对象：{"status":201,"receipt":"…"} 或 {"status":422,"problem":{…}}',
        'A JSON object a line: {"status":201,"receipt":"…"} or {"status":422,"problem":{…}}',
        ANSWER_LINES_TYPE,
      ),
    },
    problems: [400, 401, 403, 412, 413, 415, 429, 503],
    idempotent: true,
  },
  getRecord: {
    method: 'GET',
    path: '/v1/records/{statementId}',
    summary: { zh: '按签名记录标识取记录', en: 'Read a record by statement id' },
    access: 'signed',
    params: z.object({ statementId: Digest }),
    answers: { 200: answer(RecordEntry, '记录', 'The record') },
    problems: [400, 401, 403, 404, 429, 503],
    idempotent: true,
  },
  listRecords: {
    method: 'GET',
    path: '/v1/records',
    summary: { zh: '查询记录', en: 'Find records' },
    access: 'signed',
    query: z.object({
      certificateNo: about(z.optional(Line), '证书编号（括号、全半角不限）', 'Certificate number, in any bracket style'),
      serial: about(z.optional(Line), '出厂编号', 'Serial number'),
      plate: about(z.optional(Line), '号牌', 'Number plate'),
      kind: about(z.optional(Slug), '记录种类', 'Kind of record'),
      issuer: about(z.optional(Uscc), '出具机构', 'Issuer'),
      region: about(z.optional(RegionCode), '出具机构所属省（市）', 'Province of the issuer'),
      validOn: about(z.optional(CivilDate), '在该日有效', 'Valid on this day'),
      cursor: about(Cursor, '上一页的 next', 'The next of the page before'),
      limit: about(z.optional(z.string().check(z.regex(/^[1-9][0-9]{0,2}$/))), '每页条数，至多 500', 'Items a page, at most 500'),
    }),
    answers: { 200: answer(RecordPageShape, '一页记录', 'A page of records') },
    problems: [400, 401, 403, 429, 503],
    idempotent: true,
  },
  listStandings: {
    method: 'GET',
    path: '/v1/standings',
    summary: {
      zh: '计量器具现状：综合两地检定记录，不合格优先',
      en: 'How an instrument stands by the records of both provinces; a failure prevails',
    },
    access: 'signed',
    query: z.object({
      serial: about(z.optional(Line), '出厂编号（与号牌至少写一个）', 'Serial number; this or a plate is needed'),
      plate: about(z.optional(Line), '号牌', 'Number plate'),
      at: about(z.optional(z.string().check(z.maxLength(40))), '判定时间；不写为当前', 'Moment asked about; now where absent'),
      region: about(z.optional(RegionCode), '采信方省（市）；不写为本节点', 'Province asked to recognise; the node’s own where absent'),
      cursor: about(Cursor, '上一页的 next', 'The next of the page before'),
    }),
    answers: { 200: answer(StandingList, '现状', 'Standings') },
    problems: [400, 401, 403, 429, 503],
    idempotent: true,
  },
  verifyStatement: {
    method: 'POST',
    path: '/v1/verify',
    summary: { zh: '判定签名记录', en: 'Judge a signed record' },
    access: 'open',
    query: z.object({
      at: about(
        z.optional(z.string().check(z.maxLength(40))),
        '判定时间，如 2025-06-16T09:00:00+08:00；不写为当前',
        'Moment asked about, RFC 3339 with an offset; now where absent',
      ),
      region: about(z.optional(RegionCode), '采信方省（市）；不写为本节点', 'Province asked to recognise; the node’s own where absent'),
    }),
    body: STATEMENT,
    answers: { 200: answer(VerdictShape, '判定（不论结论如何）', 'The verdict, whatever it is') },
    problems: [400, 412, 413, 415, 429, 503],
    idempotent: true,
  },
  listSpecifications: {
    method: 'GET',
    path: '/v1/specifications',
    summary: { zh: '已发布的计量技术规范', en: 'Published technical specifications' },
    access: 'open',
    query: z.object({
      cursor: about(Cursor, '上一页的 next', 'The next of the page before'),
    }),
    answers: { 200: answer(RecordPageShape, '一页规范记录', 'A page of specification records') },
    problems: [400, 412, 429, 503],
    idempotent: true,
    cache: PUBLIC,
  },
} as const satisfies Record<string, Call>
