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
  NoticePageShape,
  PlaceShape,
  Problem,
  RecordEntry,
  RecordPageShape,
  SignedDocument,
  StandingList,
  StatusListNames,
  VerdictShape,
} from './shapes.js'

export interface CallBody {
  readonly mediaType: string
  readonly maxLength: number
}

export interface CallAnswer {
  /** Absent where the answer has no content. */
  readonly mediaType?: string
  readonly schema?: z.ZodMiniType
  readonly description: Text
}

export interface Call {
  readonly method: 'GET' | 'PUT' | 'POST'
  /** `{name}` stands for a parameter, of one segment; the last of a call with `isDeep` may have several. */
  readonly path: string
  readonly isDeep?: true
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
export const LINES_TYPE = 'application/jose+ndjson'
const ANSWER_LINES_TYPE = 'application/x-ndjson'
export const STATUS_LIST_TYPE = 'application/statuslist+jwt'
const TEXT_TYPE = 'text/plain; charset=utf-8'
const SIZE_TYPE = 'text/x.tlog.size'
const OCTETS = 'application/octet-stream'
const STATEMENT: CallBody = { mediaType: JOSE, maxLength: MAX_STATEMENT_LENGTH }
const Jws = about(z.string(), '紧凑 JWS', 'Compact JWS', 'RFC 7515 §7.1')
const Cursor = z.optional(z.string().check(z.maxLength(16), z.regex(/^[0-9]+$/)))
const Octets = z.string().check(z.meta({ format: 'binary' }))
const PUBLIC = 'public, max-age=300'
const FOR_EVER = 'public, max-age=31536000, immutable'
/** Most octets of a bulk request, unless the node is set otherwise. */
const MOST_BULK = 16 * 1024 * 1024

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
    problems: [400, 401, 403, 409, 413, 415, 422, 429, 503],
    idempotent: true,
  },
  submitRecords: {
    method: 'POST',
    path: '/v1/records',
    summary: {
      zh: '成批提交：每行一个签名件；逐行答复，次序相同；中断后整批重发即可',
      en: 'Submit many, a statement a line; answered line by line, in order; after a break send them all again',
    },
    access: 'signed',
    body: { mediaType: LINES_TYPE, maxLength: MOST_BULK },
    answers: {
      200: answer(
        z.string(),
        '每行一个 JSON 对象：{"status":201,"receipt":"…"} 或 {"status":422,"problem":{…}}',
        'A JSON object a line: {"status":201,"receipt":"…"} or {"status":422,"problem":{…}}',
        ANSWER_LINES_TYPE,
      ),
    },
    problems: [400, 401, 413, 415, 429, 503],
    idempotent: true,
  },
  getRecord: {
    method: 'GET',
    path: '/v1/records/{statementId}',
    summary: { zh: '按签名件标识取记录', en: 'Read a record by statement id' },
    access: 'signed',
    params: z.object({ statementId: Digest }),
    answers: { 200: answer(RecordEntry, '记录', 'The record') },
    problems: [400, 401, 404, 429, 503],
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
    problems: [400, 401, 429, 503],
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
    problems: [400, 401, 429, 503],
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
    problems: [400, 413, 415, 429],
    idempotent: true,
  },
  getTrustList: {
    method: 'GET',
    path: '/v1/trust-lists/{authority}',
    summary: { zh: '主管部门现行信任列表', en: 'Current trust list of an authority' },
    access: 'open',
    params: z.object({ authority: Uscc }),
    answers: { 200: answer(SignedDocument, '信任列表', 'The trust list') },
    problems: [400, 404, 429],
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
    problems: [400, 404, 429],
    idempotent: true,
    cache: FOR_EVER,
  },
  listAgreements: {
    method: 'GET',
    path: '/v1/agreements',
    summary: { zh: '互认协议各版本', en: 'Agreements, all versions' },
    access: 'open',
    answers: { 200: answer(DocumentList, '协议', 'Agreements') },
    problems: [429],
    idempotent: true,
    cache: PUBLIC,
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
    problems: [400, 429],
    idempotent: true,
    cache: PUBLIC,
  },
  submitNotice: {
    method: 'PUT',
    path: '/v1/notices/{iss}/{jti}',
    summary: { zh: '提交状态公告（撤销、暂停、恢复、代替）', en: 'Submit a notice of status: revoke, suspend, reinstate, supersede' },
    access: 'signed',
    params: z.object({ iss: Uscc, jti: Ulid }),
    body: STATEMENT,
    answers: {
      201: answer(Jws, '新收存；回执', 'Kept; the receipt', JOSE),
      200: answer(Jws, '先前已收存同一公告；同一回执', 'The same notice was kept before; the same receipt', JOSE),
    },
    problems: [400, 401, 403, 409, 413, 415, 422, 429, 503],
    idempotent: true,
  },
  listNotices: {
    method: 'GET',
    path: '/v1/notices',
    summary: { zh: '状态公告，按收存次序', en: 'Notices of status, in the order in which they came' },
    access: 'open',
    query: z.object({ cursor: about(Cursor, '上一页的 next', 'The next of the page before') }),
    answers: { 200: answer(NoticePageShape, '一页公告', 'A page of notices') },
    problems: [400, 429],
    idempotent: true,
  },
  listStatusLists: {
    method: 'GET',
    path: '/v1/status-lists',
    summary: { zh: '本节点发布的状态表', en: 'Status lists that this node publishes' },
    access: 'open',
    answers: { 200: answer(StatusListNames, '状态表目录', 'Status lists, by name') },
    problems: [429],
    idempotent: true,
  },
  putStatusList: {
    method: 'PUT',
    path: '/v1/status-lists/{iss}/{name}',
    summary: { zh: '发布状态表的新版', en: 'Publish a newer version of a status list' },
    access: 'signed',
    params: z.object({ iss: Uscc, name: Slug }),
    body: { mediaType: STATUS_LIST_TYPE, maxLength: 1_400_000 },
    answers: { 204: { description: { zh: '已发布', en: 'Published' } } },
    problems: [400, 401, 403, 409, 413, 415, 422, 429, 503],
    idempotent: true,
  },
  getStatusList: {
    method: 'GET',
    path: '/v1/status-lists/{iss}/{name}',
    summary: { zh: '现行状态表', en: 'Current status list' },
    access: 'open',
    params: z.object({ iss: Uscc, name: Slug }),
    answers: { 200: answer(Jws, '状态表', 'The status list', STATUS_LIST_TYPE) },
    problems: [400, 404, 429],
    idempotent: true,
    cache: PUBLIC,
  },
  getCheckpoint: {
    method: 'GET',
    path: '/v1/log/checkpoint',
    summary: { zh: '日志的最新检查点（C2SP tlog-checkpoint）', en: 'Newest checkpoint of the log (C2SP tlog-checkpoint)' },
    access: 'open',
    answers: { 200: answer(z.string(), '检查点（签名文本）', 'Checkpoint, a signed note', TEXT_TYPE) },
    problems: [404, 429],
    idempotent: true,
  },
  getCosignedCheckpoint: {
    method: 'GET',
    path: '/v1/log/cosigned-checkpoint',
    summary: { zh: '经见证方会签的最新检查点', en: 'Newest checkpoint that a witness has cosigned' },
    access: 'open',
    answers: { 200: answer(z.string(), '检查点（签名文本）', 'Checkpoint, a signed note', TEXT_TYPE) },
    problems: [404, 429],
    idempotent: true,
  },
  getTile: {
    method: 'GET',
    path: '/v1/log/tile/{level}/{index}',
    isDeep: true,
    summary: {
      zh: '日志的散列瓦片；level 为 entries 时为条目（签名件标识）。index 形如 067、x001/067、067.p/8（C2SP tlog-tiles）',
      en: 'Tile of hashes of the log; where level is entries, the entries (statement ids). The index is as 067, x001/067, 067.p/8 (C2SP tlog-tiles)',
    },
    access: 'open',
    params: z.object({
      level: about(z.string().check(z.regex(/^(?:entries|[0-9]{1,2})$/)), '层，或 entries', 'Level, or entries'),
      index: about(z.string().check(z.maxLength(60)), '序号，部分瓦片带 .p/宽度', 'Index, with .p/width for a partial tile'),
    }),
    answers: { 200: answer(Octets, '至多 256 个散列或条目', 'At most 256 hashes or entries', OCTETS) },
    problems: [400, 404, 429],
    idempotent: true,
    cache: FOR_EVER,
  },
  getEntries: {
    method: 'GET',
    path: '/v1/log/entries/{page}',
    summary: { zh: '日志的一页签名件（每页 256 个，每行一个）', en: 'A page of statements of the log: 256 a page, one a line' },
    access: 'signed',
    params: z.object({ page: about(z.string().check(z.regex(/^(?:0|[1-9][0-9]{0,9})$/)), '页号，从 0 起', 'Page, from 0') }),
    query: z.object({
      width: about(
        z.optional(z.string().check(z.regex(/^(?:[1-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])$/))),
        '末页已有的个数，1–255；不写为整页',
        'How many the last page has, 1–255; a full page where absent',
      ),
    }),
    answers: { 200: answer(z.string(), '每行一个紧凑 JWS', 'A compact JWS a line', LINES_TYPE) },
    problems: [400, 401, 404, 429, 503],
    idempotent: true,
    // They hold names and plates: for the caller's own cache only.
    cache: 'private, max-age=31536000, immutable',
  },
  getPlace: {
    method: 'GET',
    path: '/v1/log/proofs/{statementId}',
    summary: { zh: '签名件在日志中的位置与包含证明', en: 'Place of a statement in the log, with its inclusion proof' },
    access: 'open',
    params: z.object({ statementId: Digest }),
    answers: { 200: answer(PlaceShape, '位置与证明', 'Place and proof') },
    problems: [400, 404, 429],
    idempotent: true,
  },
  addCheckpoint: {
    method: 'POST',
    path: '/v1/log/add-checkpoint',
    summary: {
      zh: '请本节点见证（会签）另一日志的检查点（C2SP tlog-witness）',
      en: 'Have this node witness a checkpoint of another log (C2SP tlog-witness)',
    },
    access: 'open',
    body: { mediaType: 'text/plain', maxLength: 65_536 },
    answers: {
      200: answer(z.string(), '会签行', 'Cosignature line', TEXT_TYPE),
      409: answer(z.string(), '本方所见的大小', 'The size this witness has seen', SIZE_TYPE),
    },
    problems: [400, 403, 404, 413, 415, 422, 429],
    idempotent: true,
  },
  getWitnessed: {
    method: 'GET',
    path: '/v1/log/witnessed/{origin}',
    isDeep: true,
    summary: {
      zh: '本节点所见另一日志的最新检查点（由该日志签名）',
      en: 'Newest checkpoint of another log that this node has seen, signed by that log',
    },
    access: 'open',
    params: z.object({ origin: about(z.string().check(z.maxLength(255)), '日志的名称（origin）', 'Origin of the log') }),
    answers: { 200: answer(z.string(), '检查点（签名文本）', 'Checkpoint, a signed note', TEXT_TYPE) },
    problems: [400, 404, 429],
    idempotent: true,
  },
  discover: {
    method: 'GET',
    path: '/.well-known/tongheng',
    summary: { zh: '节点自述', en: 'What the node says of itself' },
    access: 'open',
    answers: { 200: answer(Discovery, '节点自述', 'Discovery document') },
    problems: [429],
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
    problems: [429],
    idempotent: true,
    cache: PUBLIC,
  },
} as const satisfies Record<string, Call>

export type CallName = keyof typeof contract
export { Problem }
