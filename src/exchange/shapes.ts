/** What crosses the wire in JSON. Loose where a newer node may say more: a reader takes what it knows. */
import * as z from 'zod'
import { about, Digest, LocalizedText, RegionCode, Seconds, Uscc } from '../base/schema.js'

const Message = z
  .looseObject({ zh: z.string(), en: z.string() })
  .meta({ id: 'message', ...about('两种文字的说明', 'Text in both languages') })

export const CheckShape = z
  .looseObject({
    id: z.string().meta(about('检查项', 'Row')),
    group: z.enum(['shape', 'conformance', 'authenticity', 'recognition']).meta(about('组别', 'Group')),
    status: z.enum(['pass', 'fail', 'warn', 'skip']).meta(about('结果', 'Status')),
    code: z.string().meta(about('代码', 'Stable code')),
    message: Message,
    advice: Message.optional(),
    basis: z.string().meta(about('依据', 'Statute, standard or clause')),
    path: z
      .string()
      .optional()
      .meta(about('位置', 'JSON pointer', 'RFC 6901')),
    evidence: z.looseObject({}).optional().meta(about('证据', 'What was compared')),
    blockedBy: z.string().optional().meta(about('受阻于', 'Row or fact that kept it from running')),
  })
  .meta({ id: 'check', ...about('检查结果', 'Check') })

export const VerdictShape = z
  .looseObject({
    outcome: z.enum(['recognised', 'not-recognised', 'indeterminate']).meta(about('结论：互认、不予互认、无法判定', 'Outcome')),
    at: z.string().meta(about('判定时刻', 'Moment asked about')),
    decidedBy: z.string().meta(about('起决定作用的检查项', 'Row that decided')),
    statementId: Digest.optional(),
    issuer: Uscc.optional(),
    kind: z.string().optional(),
    number: z.string().optional(),
    effect: Message.optional(),
    checks: z.array(CheckShape),
    reliedOn: z.looseObject({}),
  })
  .meta({ id: 'verdict', ...about('判定', 'Verdict') })

export const RecordEntry = z
  .looseObject({
    statementId: Digest,
    statement: z.string().meta(about('签名件原文', 'The signed statement')),
    iss: Uscc,
    jti: z.string(),
    kind: z.string(),
    number: z.string(),
    region: RegionCode,
    decision: z.enum(['accepted', 'rejected', 'pending']),
    receipt: z.string().meta(about('回执', 'The receipt')),
    receivedAt: Seconds,
  })
  .meta({ id: 'record-entry', ...about('收存的记录', 'Record as kept') })
export type RecordEntry = z.infer<typeof RecordEntry>

export const RecordPageShape = z
  .looseObject({
    items: z.array(RecordEntry),
    next: z.string().optional().meta(about('下一页游标；没有则为末页', 'Cursor of the next page; absent on the last')),
  })
  .meta({ id: 'record-page', ...about('记录列表', 'Page of records') })

export const SignedDocument = z
  .looseObject({
    name: z.string(),
    version: z.int(),
    signed: z.array(z.string()).meta(about('各方签名，同一载荷', 'Compact JWS over one payload, one a signer')),
  })
  .meta({ id: 'signed-document', ...about('签名文件', 'Signed document') })
export type SignedDocument = z.infer<typeof SignedDocument>

export const DocumentList = z
  .looseObject({ items: z.array(SignedDocument) })
  .meta({ id: 'document-list', ...about('签名文件列表', 'Signed documents') })

export const Discovery = z
  .looseObject({
    id: z.string().meta(about('节点标识：请求的 aud', 'Id of the node: the aud of requests')),
    url: z.string().meta(about('节点地址', 'Address of the node')),
    authority: Uscc.meta(about('所属主管部门', 'Authority that runs it')),
    name: LocalizedText,
    region: RegionCode,
    version: z.string().meta(about('软件版本', 'Version of the software')),
    kinds: z.array(z.string()).meta(about('接受的记录种类', 'Kinds of record it knows')),
  })
  .meta({ id: 'discovery', ...about('节点自述', 'What a node says of itself') })
export type Discovery = z.infer<typeof Discovery>

export const Health = z
  .looseObject({ status: z.enum(['ok', 'not-ready']), reasons: z.array(Message).optional() })
  .meta({ id: 'health', ...about('运行状态', 'Health') })

export const Problem = z
  .looseObject({
    type: z.string().meta(about('问题类型，以代码结尾', 'Type, ending in the code', 'RFC 9457 §3.1.1')),
    title: z.string(),
    status: z.int(),
    code: z.string().meta(about('代码', 'Stable code')),
    text: Message,
    advice: Message.optional(),
    instance: z.string().optional().meta(about('请求编号', 'Id of the request')),
    checks: z.array(CheckShape).optional().meta(about('各项理由', 'Every reason, addressed')),
    receipt: z.string().optional().meta(about('签名的退回回执', 'Signed receipt of the rejection')),
    serverTime: z.string().optional().meta(about('服务器时刻', 'Time of the server')),
    offset: z.int().optional().meta(about('服务器时刻减请求时刻，秒', 'Server time minus the request’s, in seconds')),
  })
  .meta({ id: 'problem', ...about('问题说明', 'Problem', 'RFC 9457') })
export type Problem = z.infer<typeof Problem>
