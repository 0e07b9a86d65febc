/** Calls for public documents: trust lists, agreements, notices and status lists. */
import * as z from 'zod/mini'
import { about, Digest, Ulid, Uscc } from '../../base/schema.js'
import { DocumentList, NoticePageShape, SignedDocument, StatusListNames } from '../shapes.js'
import { answer, type Call, Cursor, FOR_EVER, JOSE, Jws, PUBLIC, STATEMENT, STATUS_LIST_TYPE } from './call.js'

/** Name of a status list at a node: a year, a category, a number. */
const ListName = about(z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,63}$/)), '状态表名称', 'Name of the list')

export const documentCalls = {
  getTrustList: {
    method: 'GET',
    path: '/v1/trust-lists/{authority}',
    summary: { zh: '主管部门现行信任列表', en: 'Current trust list of an authority' },
    access: 'open',
    params: z.object({ authority: Uscc }),
    answers: { 200: answer(SignedDocument, '信任列表', 'The trust list') },
    problems: [400, 404, 412, 429, 503],
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
    problems: [400, 404, 412, 429, 503],
    idempotent: true,
    cache: FOR_EVER,
  },
  listAgreements: {
    method: 'GET',
    path: '/v1/agreements',
    summary: { zh: '互认协议各版本', en: 'Agreements, all versions' },
    access: 'open',
    answers: { 200: answer(DocumentList, '协议', 'Agreements') },
    problems: [400, 412, 429, 503],
    idempotent: true,
    cache: PUBLIC,
  },
  submitNotice: {
    method: 'PUT',
    path: '/v1/notices/{iss}/{jti}',
    summary: { zh: '提交状态公告（撤销、暂停、恢复、替代）', en: 'Submit a notice of status: revoke, suspend, reinstate, supersede' },
    access: 'signed',
    params: z.object({ iss: Uscc, jti: Ulid }),
    body: STATEMENT,
    answers: {
      201: answer(Jws, '新接收；回执', 'Kept; the receipt', JOSE),
      200: answer(Jws, '先前已接收同一公告；同一回执', 'The same notice was kept before; the same receipt', JOSE),
    },
    problems: [400, 401, 403, 409, 412, 413, 415, 422, 429, 503],
    idempotent: true,
  },
  listNotices: {
    method: 'GET',
    path: '/v1/notices',
    summary: { zh: '状态公告，按接收次序', en: 'Notices of status, in the order in which they came' },
    access: 'open',
    query: z.object({
      statement: about(
        z.optional(Digest),
        '所涉签名记录的标识；写明时按生效次序',
        'Id of a statement they name; in the order in which they take effect',
      ),
      cursor: about(Cursor, '上一页的 next', 'The next of the page before'),
    }),
    answers: { 200: answer(NoticePageShape, '一页公告', 'A page of notices') },
    problems: [400, 429, 503],
    idempotent: true,
  },
  listStatusLists: {
    method: 'GET',
    path: '/v1/status-lists',
    summary: { zh: '本节点发布的状态表', en: 'Status lists that this node publishes' },
    access: 'open',
    answers: { 200: answer(StatusListNames, '状态表目录', 'Status lists, by name') },
    problems: [400, 429, 503],
    idempotent: true,
  },
  putStatusList: {
    method: 'PUT',
    path: '/v1/status-lists/{iss}/{name}',
    summary: { zh: '发布状态表的新版', en: 'Publish a newer version of a status list' },
    access: 'signed',
    params: z.object({ iss: Uscc, name: ListName }),
    body: { mediaType: STATUS_LIST_TYPE, maxLength: 1_400_000 },
    answers: { 204: { description: { zh: '已发布', en: 'Published' } } },
    problems: [400, 401, 403, 409, 412, 413, 415, 422, 429, 503],
    idempotent: true,
  },
  getStatusList: {
    method: 'GET',
    path: '/v1/status-lists/{iss}/{name}',
    summary: { zh: '现行状态表', en: 'Current status list' },
    access: 'open',
    params: z.object({ iss: Uscc, name: ListName }),
    answers: { 200: answer(Jws, '状态表', 'The status list', STATUS_LIST_TYPE) },
    problems: [400, 404, 412, 429, 503],
    idempotent: true,
    cache: PUBLIC,
  },
} as const satisfies Record<string, Call>
