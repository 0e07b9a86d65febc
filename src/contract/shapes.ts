/** JSON shapes of answers. Shapes that newer nodes may extend are loose: a reader ignores unknown members. */
import * as z from 'zod/mini'
import { about, Digest, LocalizedText, named, RegionCode, Seconds, Uscc } from '../base/schema.js'

const Message = named('message', about(z.looseObject({ zh: z.string(), en: z.string() }), '两种文字的说明', 'Text in both languages'))

export const CheckShape = named(
  'check',
  about(
    z.looseObject({
      id: about(z.string(), '检查项', 'Row'),
      group: about(z.enum(['shape', 'conformance', 'authenticity', 'recognition']), '组别', 'Group'),
      status: about(z.enum(['pass', 'fail', 'warn', 'skip']), '结果', 'Status'),
      code: about(z.string(), '代码', 'Stable code'),
      message: Message,
      advice: z.optional(Message),
      basis: about(z.string(), '依据', 'Statute, standard or clause'),
      path: about(z.optional(z.string()), '位置', 'JSON pointer', 'RFC 6901'),
      evidence: about(z.optional(z.looseObject({})), '证据', 'What was compared'),
      blockedBy: about(z.optional(z.string()), '受阻于', 'Row or fact that kept it from running'),
    }),
    '检查结果',
    'Check',
  ),
)

/** 判定 — A verdict as JSON, as a node answers it. Zod schema; unknown members are preserved. */
export const VerdictShape = named(
  'verdict',
  about(
    z.looseObject({
      outcome: about(z.enum(['recognised', 'not-recognised', 'indeterminate']), '结论：互认、不予互认、无法判定', 'Outcome'),
      at: about(z.string(), '判定时间', 'Moment asked about'),
      decidedBy: about(z.string(), '起决定作用的检查项', 'Row that decided'),
      acceptedAs: about(
        z.optional(z.string()),
        'failure：采信该不合格结论，器具不得使用；此时 outcome 仍为 not-recognised',
        'failure: a failed verification accepted as such, the instrument is not to be used; outcome stays not-recognised',
      ),
      statementId: z.optional(Digest),
      issuer: z.optional(Uscc),
      issuerName: z.optional(Message),
      kind: z.optional(z.string()),
      number: z.optional(z.string()),
      line: about(z.optional(z.int()), '批量证书的行号，从 1 计', 'Line of a batch certificate, from 1'),
      effect: z.optional(Message),
      checks: z.array(CheckShape),
      reliedOn: z.looseObject({}),
    }),
    '判定',
    'Verdict',
  ),
)

const ReasonShape = z.looseObject({ code: z.string(), zh: z.string(), en: z.string() })

const StatedInstrumentShape = about(
  z.looseObject({
    category: z.string(),
    serialNumber: z.optional(z.string()),
    manufacturer: z.optional(z.string()),
    model: z.optional(z.string()),
    mobile: z.optional(z.looseObject({ plate: z.optional(z.string()) })),
    components: z.optional(z.array(z.looseObject({ name: z.string(), serialNumber: z.optional(z.string()) }))),
  }),
  '记录所写的器具',
  'Instrument as the record states it',
)

const StandingEntryShape = z.looseObject({
  statementId: Digest,
  certificateNo: z.string(),
  line: z.optional(z.int()),
  issuer: z.string(),
  outcome: z.enum(['pass', 'fail']),
  verifiedOn: z.string(),
  verificationType: z.optional(z.string()),
  validUntil: z.optional(z.string()),
  intervalEnd: z.optional(z.string()),
  recognition: z.string(),
  isCounted: z.boolean(),
  reason: ReasonShape,
  instrument: z.optional(StatedInstrumentShape),
  scope: z.optional(z.string()),
})

/** 计量器具现状 — The standing of an instrument as JSON, as a node answers it. Zod schema; unknown members are preserved. */
export const StandingShape = named(
  'standing',
  about(
    z.looseObject({
      code: about(z.string().check(z.regex(/^standing\.[a-z-]+$/)), '现状', 'How it stands'),
      zh: z.string(),
      en: z.string(),
      at: about(z.string(), '判定时间', 'Moment asked about'),
      instrument: z.looseObject({ category: z.string() }),
      decidedBy: about(z.optional(Digest), '起决定作用的签名记录', 'Statement that decides'),
      entries: about(z.array(StandingEntryShape), '检定记录，新者在前', 'Verification records, newest first'),
      notJudged: about(
        z.optional(z.array(z.looseObject({ reason: ReasonShape, instrument: z.optional(StatedInstrumentShape) }))),
        '未能判定的签名记录',
        'Statements that could not be judged',
      ),
      conflicts: about(z.array(z.looseObject({ code: z.string(), zh: z.string(), en: z.string() })), '冲突', 'Conflicts'),
    }),
    '计量器具现状',
    'Standing of an instrument',
  ),
)

export const StandingList = named(
  'standing-list',
  about(
    z.looseObject({
      items: z.array(StandingShape),
      next: about(
        z.optional(z.string()),
        '有此项时，本次只是其中一页，各现状不得单独采用；把它写入 cursor 取下一页',
        'If present, this is one page, and no standing on it may be used alone; given as cursor, it asks for the next page',
      ),
    }),
    '计量器具现状',
    'Standings of instruments',
  ),
)

const Position = z.int().check(z.minimum(0))
const SignedNote = about(z.string().check(z.maxLength(65_536)), '检查点（签名文本）', 'Checkpoint, a signed note', 'C2SP tlog-checkpoint')

export const PlaceShape = named(
  'place',
  about(
    z.looseObject({
      index: about(Position, '在日志中的位置，从 0 起', 'Place in the log, from 0'),
      proof: about(
        z.array(Digest).check(z.maxLength(63)),
        '包含证明，自叶向上，base64url',
        'Inclusion proof, from the leaf up, base64url',
        'RFC 9162 §2.1.3',
      ),
      checkpoint: SignedNote,
    }),
    '日志中的位置及其证明',
    'Place in the log, and what proves it',
  ),
)

/** Index of a statement in the log, with its proof. */
export interface Place {
  readonly index: number
  /** Inclusion proof (RFC 9162 §2.1.3) in the tree of the checkpoint; base64url, from the leaf up. */
  readonly proof: readonly string[]
  /** Signed note (C2SP tlog-checkpoint). */
  readonly checkpoint: string
}

const StatusWord = z.enum(['valid', 'revoked', 'suspended', 'superseded', 'unknown'])
const replacedBy = about(z.optional(z.string()), '替代记录的标识', 'Id of the statement that replaces it')

export const RecordEntry = named(
  'record-entry',
  about(
    z.looseObject({
      statementId: Digest,
      statement: about(z.string(), '签名记录原文', 'The signed statement'),
      iss: Uscc,
      jti: z.string(),
      kind: z.string(),
      number: z.string(),
      region: RegionCode,
      decision: z.enum(['accepted', 'rejected', 'pending']),
      position: about(Position, '在日志中的位置，从 0 起', 'Place in the log, from 0'),
      receipt: about(z.optional(z.string()), '回执；取自他方日志而未经提交者没有', 'The receipt; none where it came from another log'),
      receivedAt: Seconds,
      status: about(
        z.optional(StatusWord),
        '现时状态：未见撤销等、已撤销、已暂停、已被替代、不明',
        'Status today, as far as the node knows: valid where nothing has befallen it',
      ),
      replacedBy,
      lines: about(
        z.optional(
          z.array(
            z.looseObject({
              line: about(z.int(), '批量证书的行号，从 1 计', 'Line of a batch certificate, from 1'),
              status: StatusWord,
              replacedBy,
            }),
          ),
        ),
        '批量证书各台状态不一致时，各行的现时状态；status 为 unknown 时以此为准',
        'Of a batch whose lines differ: the status of each line, in their order, which counts where status is unknown',
      ),
    }),
    '接收的记录',
    'Record as kept',
  ),
)
export type RecordEntry = z.infer<typeof RecordEntry>

export const RecordPageShape = named(
  'record-page',
  about(
    z.looseObject({
      items: z.array(RecordEntry),
      next: about(z.optional(z.string()), '下一页游标；没有则为末页', 'Cursor of the next page; absent on the last'),
    }),
    '记录列表',
    'Page of records',
  ),
)

export const Discovery = named(
  'discovery',
  about(
    z.looseObject({
      id: about(z.string(), '节点标识：请求的 aud', 'Id of the node: the aud of requests'),
      url: about(z.string(), '节点地址', 'Address of the node'),
      authority: about(Uscc, '所属主管部门', 'Authority that runs it'),
      name: LocalizedText,
      region: RegionCode,
      version: about(z.string(), '软件版本', 'Version of the software'),
      kinds: about(z.array(z.string()), '接受的记录种类', 'Kinds of record it knows'),
      log: about(z.optional(z.string()), '日志的名称（origin）', 'Origin of its log'),
    }),
    '节点自述',
    'What a node says of itself',
  ),
)
export type Discovery = z.infer<typeof Discovery>

const ReaderRole = z.enum(['inspector', 'clerk'])

export const ReaderState = named(
  'reader-state',
  about(
    z.looseObject({
      kid: about(Digest, '公钥指纹', 'Thumbprint of the key'),
      state: about(z.enum(['admitted', 'revoked', 'expired']), '已准入、已撤销、已到期', 'Admitted, revoked, expired'),
      role: ReaderRole,
      body: about(Uscc, '所代表的机构：请求令牌的 iss', 'Body the reader speaks for: the iss of its requests'),
      from: about(Seconds, '登记时间', 'Time of the entry'),
      until: about(Seconds, '失效时间', 'End'),
    }),
    '读者公钥的登记状态',
    'State of a reader’s key',
  ),
)
/** State of a reader's key in the register of a node. */
export type ReaderState = z.infer<typeof ReaderState>

const ReachShape = z.enum(['all', 'named', 'own', 'none'])

export const CallerShape = named(
  'caller',
  about(
    z.looseObject({
      iss: about(Uscc, '请求方的机构', 'Body of the caller'),
      role: about(z.enum(['authority', 'institute', 'inspector', 'clerk']), '身份', 'Role'),
      name: about(z.string().check(z.maxLength(400)), '读者的姓名或岗位；机构的名称', 'Name or post of a reader; name of a body'),
      until: about(z.optional(Seconds), '读者登记的失效时间', 'End of the entry of a reader'),
      reads: about(
        z.looseObject({
          getRecord: ReachShape,
          listRecords: ReachShape,
          listStandings: ReachShape,
          getEntries: ReachShape,
          // Optional: a node of release 0.1 has no such call.
          listJoint: z.optional(ReachShape),
        }),
        '各项读取可及的范围：两地；本机构及按编号、号牌查到的；本机构；不可',
        'Reach of each reading call: both provinces; own body and by exact identifier; own body; none',
      ),
    }),
    '请求方',
    'Caller of a node',
  ),
)
/** The caller as a node identifies it: its role, and what it may read. */
export type CallerShape = z.infer<typeof CallerShape>

export const Health = named(
  'health',
  about(
    z.looseObject({ status: z.enum(['ok', 'not-ready']), reasons: z.optional(z.array(Message)), warnings: z.optional(z.array(Message)) }),
    '运行状态',
    'Health',
  ),
)

export const Problem = named(
  'problem',
  about(
    z.looseObject({
      type: about(z.string(), '问题类型，以代码结尾', 'Type, ending in the code', 'RFC 9457 §3.1.1'),
      title: about(z.string(), '问题类型的名称，同一类型总是相同', 'Name of the type, the same at every occurrence', 'RFC 9457 §3.1.3'),
      status: z.int(),
      detail: about(z.optional(z.string()), '这一次的情形', 'What happened this time', 'RFC 9457 §3.1.4'),
      code: about(z.string(), '代码', 'Stable code'),
      text: about(Message, '这一次的情形，两种文字分列', 'What happened this time, each language by itself'),
      advice: z.optional(Message),
      instance: about(z.optional(z.string()), '请求编号', 'Id of the request'),
      checks: about(z.optional(z.array(CheckShape)), '各项理由', 'Every reason, addressed'),
      receipt: about(z.optional(z.string()), '签名的退回回执', 'Signed receipt of the rejection'),
      serverTime: about(z.optional(z.string()), '服务器时间', 'Time of the server'),
      offset: about(z.optional(z.int()), '服务器时间减请求时间，秒', 'Server time minus the request’s, in seconds'),
    }),
    '问题说明',
    'Problem',
    'RFC 9457',
  ),
)
export type Problem = z.infer<typeof Problem>

/** One line of the answer to a bulk submission. */
export const BulkAnswer = named(
  'bulk-answer',
  about(
    z.looseObject({
      status: z.int(),
      receipt: about(z.optional(z.string()), '回执', 'The receipt'),
      problem: z.optional(Problem),
    }),
    '成批提交的逐行答复',
    'A line of the answer to a bulk submission',
  ),
)
export type BulkAnswer = z.infer<typeof BulkAnswer>
