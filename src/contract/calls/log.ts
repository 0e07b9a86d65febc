/** Calls of the log: checkpoints, tiles, pages, proofs, witnessing. */
import * as z from 'zod/mini'
import { about, Digest } from '../../base/schema.js'
import { PlaceShape } from '../shapes.js'
import { answer, type Call, FOR_EVER, LINES_TYPE, OCTETS, Octets, SIZE_TYPE, TEXT_TYPE } from './call.js'

export const logCalls = {
  getCheckpoint: {
    method: 'GET',
    path: '/v1/log/checkpoint',
    summary: { zh: '日志的最新检查点（C2SP tlog-checkpoint）', en: 'Newest checkpoint of the log (C2SP tlog-checkpoint)' },
    access: 'open',
    answers: { 200: answer(z.string(), '检查点（签名文本）', 'Checkpoint, a signed note', TEXT_TYPE) },
    problems: [400, 404, 429, 503],
    idempotent: true,
  },
  getCosignedCheckpoint: {
    method: 'GET',
    path: '/v1/log/cosigned-checkpoint',
    summary: { zh: '经见证方会签的最新检查点', en: 'Newest checkpoint that a witness has cosigned' },
    access: 'open',
    answers: { 200: answer(z.string(), '检查点（签名文本）', 'Checkpoint, a signed note', TEXT_TYPE) },
    problems: [400, 404, 429, 503],
    idempotent: true,
  },
  getTile: {
    method: 'GET',
    path: '/v1/log/tile/{level}/{index}',
    isDeep: true,
    summary: {
      zh: '日志的散列块；level 为 entries 时为条目（签名记录标识）。index 形如 067、x001/067、067.p/8（C2SP tlog-tiles）',
      en: 'Tile of hashes of the log; where level is entries, the entries (statement ids). The index is as 067, x001/067, 067.p/8 (C2SP tlog-tiles)',
    },
    access: 'open',
    params: z.object({
      level: about(z.string().check(z.regex(/^(?:entries|[0-9]{1,2})$/)), '层，或 entries', 'Level, or entries'),
      index: about(z.string().check(z.maxLength(60)), '序号，部分散列块带 .p/宽度', 'Index, with .p/width for a partial tile'),
    }),
    answers: { 200: answer(Octets, '至多 256 个散列或条目', 'At most 256 hashes or entries', OCTETS) },
    problems: [400, 404, 412, 429, 503],
    idempotent: true,
    cache: FOR_EVER,
  },
  getEntries: {
    method: 'GET',
    path: '/v1/log/entries/{page}',
    summary: { zh: '日志的一页签名记录（每页 256 个，每行一个）', en: 'A page of statements of the log: 256 a page, one a line' },
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
    problems: [400, 401, 403, 404, 412, 429, 503],
    idempotent: true,
    // `private`, because statements contain names and plates.
    cache: 'private, max-age=31536000, immutable',
  },
  getPlace: {
    method: 'GET',
    path: '/v1/log/proofs/{statementId}',
    summary: { zh: '签名记录在日志中的位置与包含证明', en: 'Place of a statement in the log, with its inclusion proof' },
    access: 'open',
    params: z.object({ statementId: Digest }),
    answers: { 200: answer(PlaceShape, '位置与证明', 'Place and proof') },
    problems: [400, 404, 429, 503],
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
    problems: [400, 403, 404, 412, 413, 415, 422, 429, 503],
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
    problems: [400, 404, 429, 503],
    idempotent: true,
  },
} as const satisfies Record<string, Call>
