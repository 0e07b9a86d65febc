/** The contract: one row a call. Client, server and OpenAPI are projections of this table. */
import * as z from 'zod/mini'
import { exchangeMessages } from '../base/messages/exchange.js'
import { addMessages, type Text } from '../base/messages/index.js'
import { about, CivilDate, Digest, Line, RegionCode, Slug, Ulid, Uscc } from '../base/schema.js'
import { MAX_STATEMENT_LENGTH } from '../envelope/index.js'
import {
  Discovery,
  DocumentList,
  Health,
  Problem,
  RecordEntry,
  RecordPageShape,
  SignedDocument,
  StandingList,
  VerdictShape,
} from './shapes.js'

export interface CallBody {
  readonly mediaType: string
  readonly maxLength: number
}

export interface CallAnswer {
  readonly mediaType: string
  readonly schema: z.ZodMiniType
  readonly description: Text
}

export interface Call {
  readonly method: 'GET' | 'PUT' | 'POST'
  /** `{name}` stands for a parameter. */
  readonly path: string
  readonly summary: Text
  /** `signed`: the request carries a JWT of a listed body. `open`: anyone may ask. */
  readonly access: 'signed' | 'open'
  readonly params?: z.ZodMiniObject
  readonly query?: z.ZodMiniObject
  readonly body?: CallBody
  readonly answers: Readonly<Record<number, CallAnswer>>
  /** Problems it may answer with, by status. */
  readonly problems: readonly number[]
  /** Whether a retry has no further effect. */
  readonly idempotent: boolean
  /** `Cache-Control` of a good answer. @default no-store */
  readonly cache?: string
}

const JOSE = 'application/jose'
const JSON_TYPE = 'application/json'
export const PROBLEM_TYPE = 'application/problem+json'
const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'
const STATEMENT: CallBody = { mediaType: JOSE, maxLength: MAX_STATEMENT_LENGTH }
const Jws = about(z.string(), '紧凑 JWS', 'Compact JWS', 'RFC 7515 §7.1')
const PUBLIC = 'public, max-age=300'

const answer = (schema: z.ZodMiniType, zh: string, en: string, mediaType = JSON_TYPE): CallAnswer => ({
  mediaType,
  schema,
  description: { zh, en },
})

// Both sides of the exchange read this table, and say these texts.
addMessages(exchangeMessages)

export const contract = {
  submitRecord: {
    method: 'PUT',
    path: '/v1/records/{iss}/{jti}',
    summary: { zh: '提交记录', en: 'Submit a record' },
    access: 'signed',
    params: z.object({ iss: Uscc, jti: Ulid }),
    body: STATEMENT,
    answers: {
      201: answer(Jws, '新收存；回执（其中写明收存、退回或待定）', 'Kept; the receipt, which says accepted, rejected or pending', JOSE),
      200: answer(Jws, '先前已收存同一签名件；同一回执', 'The same statement was kept before; the same receipt', JOSE),
    },
    problems: [400, 401, 403, 409, 413, 415, 422, 503],
    idempotent: true,
  },
  getRecord: {
    method: 'GET',
    path: '/v1/records/{statementId}',
    summary: { zh: '按签名件标识取记录', en: 'Read a record by statement id' },
    access: 'signed',
    params: z.object({ statementId: Digest }),
    answers: { 200: answer(RecordEntry, '记录', 'The record') },
    problems: [400, 401, 404, 503],
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
      cursor: about(z.optional(z.string().check(z.maxLength(40), z.regex(/^[0-9]+$/))), '上一页的 next', 'The next of the page before'),
      limit: about(z.optional(z.string().check(z.regex(/^[1-9][0-9]{0,2}$/))), '每页条数，至多 500', 'Items a page, at most 500'),
    }),
    answers: { 200: answer(RecordPageShape, '一页记录', 'A page of records') },
    problems: [400, 401, 503],
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
      at: about(z.optional(z.string().check(z.maxLength(40))), '判定时刻；不写为当前', 'Moment asked about; now where absent'),
      region: about(z.optional(RegionCode), '采信方省（市）；不写为本节点', 'Province asked to recognise; the node’s own where absent'),
    }),
    answers: { 200: answer(StandingList, '现状', 'Standings') },
    problems: [400, 401, 503],
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
        '判定时刻，如 2025-06-16T09:00:00+08:00；不写为当前',
        'Moment asked about, RFC 3339 with an offset; now where absent',
      ),
      region: about(z.optional(RegionCode), '采信方省（市）；不写为本节点', 'Province asked to recognise; the node’s own where absent'),
    }),
    body: STATEMENT,
    answers: { 200: answer(VerdictShape, '判定（不论结论如何）', 'The verdict, whatever it is') },
    problems: [400, 413, 415],
    idempotent: true,
  },
  getTrustList: {
    method: 'GET',
    path: '/v1/trust-lists/{authority}',
    summary: { zh: '主管部门现行信任列表', en: 'Current trust list of an authority' },
    access: 'open',
    params: z.object({ authority: Uscc }),
    answers: { 200: answer(SignedDocument, '信任列表', 'The trust list') },
    problems: [400, 404],
    idempotent: true,
    cache: PUBLIC,
  },
  getTrustListVersion: {
    method: 'GET',
    path: '/v1/trust-lists/{authority}/{version}',
    summary: { zh: '信任列表的某一版', en: 'A version of a trust list' },
    access: 'open',
    params: z.object({ authority: Uscc, version: z.string().check(z.regex(/^[1-9][0-9]{0,8}$/)) }),
    answers: { 200: answer(SignedDocument, '信任列表', 'The trust list') },
    problems: [400, 404],
    idempotent: true,
    cache: 'public, max-age=31536000, immutable',
  },
  listAgreements: {
    method: 'GET',
    path: '/v1/agreements',
    summary: { zh: '互认协议各版本', en: 'Agreements, all versions' },
    access: 'open',
    answers: { 200: answer(DocumentList, '协议', 'Agreements') },
    problems: [],
    idempotent: true,
    cache: PUBLIC,
  },
  listSpecifications: {
    method: 'GET',
    path: '/v1/specifications',
    summary: { zh: '已发布的计量技术规范', en: 'Published technical specifications' },
    access: 'open',
    query: z.object({
      cursor: z.optional(z.string().check(z.maxLength(40), z.regex(/^[0-9]+$/))),
    }),
    answers: { 200: answer(RecordPageShape, '一页规范记录', 'A page of specification records') },
    problems: [400],
    idempotent: true,
    cache: PUBLIC,
  },
  discover: {
    method: 'GET',
    path: '/.well-known/tongheng',
    summary: { zh: '节点自述', en: 'What the node says of itself' },
    access: 'open',
    answers: { 200: answer(Discovery, '节点自述', 'Discovery document') },
    problems: [],
    idempotent: true,
    cache: PUBLIC,
  },
  health: {
    method: 'GET',
    path: '/healthz',
    summary: { zh: '进程存活', en: 'The process is alive' },
    access: 'open',
    answers: { 200: answer(Health, '存活', 'Alive') },
    problems: [],
    idempotent: true,
  },
  readiness: {
    method: 'GET',
    path: '/readyz',
    summary: { zh: '可以判定（信任列表在有效期内）', en: 'Able to judge: trust lists are current' },
    access: 'open',
    answers: { 200: answer(Health, '就绪', 'Ready'), 503: answer(Health, '未就绪', 'Not ready') },
    problems: [],
    idempotent: true,
  },
  metrics: {
    method: 'GET',
    path: '/metrics',
    summary: { zh: '运行指标（Prometheus 文本格式）', en: 'Metrics in the text format of Prometheus' },
    access: 'open',
    answers: { 200: answer(z.string(), '指标', 'Metrics', METRICS_TYPE) },
    problems: [],
    idempotent: true,
  },
  openapi: {
    method: 'GET',
    path: '/openapi.json',
    summary: { zh: '本接口的 OpenAPI 文档', en: 'OpenAPI document of this interface' },
    access: 'open',
    answers: { 200: answer(z.looseObject({ openapi: z.string() }), 'OpenAPI 3.1', 'OpenAPI 3.1') },
    problems: [],
    idempotent: true,
    cache: PUBLIC,
  },
} as const satisfies Record<string, Call>

export type CallName = keyof typeof contract
export { Problem }
