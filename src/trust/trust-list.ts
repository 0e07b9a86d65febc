/**
 * The trust list: each authority (市场监管局) publishes one, signed by a threshold of its root keys. It states who may sign what, when,
 * and within which scope. Keys and bodies are never removed; their validity ends (design: TUF, ETSI TS 119 602).
 */

import * as z from 'zod/mini'
import { BLANK } from '../base/blank.js'
import { about, CivilDate, DecimalText, Digest, Line, LocalizedText, named, RegionCode, Seconds, Slug, Uscc } from '../base/schema.js'
import { PublicJwk } from '../envelope/index.js'

const StatementTypes = about(
  z.array(z.string().check(z.maxLength(60), z.regex(/^[a-z-]+\+jwt$/))).check(z.minLength(1), z.maxLength(10)),
  '可签署的类型',
  'Types',
)

/** 机构密钥 — Key of an entity. Zod schema. */
export const EntityKey = named(
  'entity-key',
  about(
    z.strictObject({
      jwk: PublicJwk,
      typ: StatementTypes,
      notBefore: about(Seconds, '启用时间', 'Begins'),
      notAfter: about(Seconds, '停用时间', 'Ends'),
      revoked: about(
        z.optional(
          z.strictObject({
            at: about(Seconds, '撤销时间', 'Revoked at'),
            reason: about(Line, '撤销原因', 'Reason'),
            retroactive: about(z.boolean(), '是否追溯', 'Retroactive'),
          }),
        ),
        '撤销',
        'Revocation',
      ),
    }),
    '机构密钥',
    'Key of an entity',
  ),
)
export type EntityKey = z.infer<typeof EntityKey>

const UnitText = z.string().check(z.minLength(1), z.maxLength(40), z.regex(/^[!-~]+$/))

/**
 * 校准和测量能力（CMC） — Calibration and measurement capability (CMC). Zod schema.
 * @see ILAC-P14:09/2020; JJF 1069—2012
 */
export const Capability = named(
  'capability',
  about(
    z.strictObject({
      categories: about(
        z.union([z.literal('all'), z.array(Slug).check(z.minLength(1), z.maxLength(200))]),
        '器具类别',
        'Instrument categories',
      ),
      smallest: about(DecimalText, '最小扩展不确定度', 'Smallest uncertainty'),
      unit: about(UnitText, '不确定度的单位', 'Unit'),
      lower: about(z.optional(DecimalText), '测量范围下限', 'Lower end'),
      upper: about(z.optional(DecimalText), '测量范围上限', 'Upper end'),
      rangeUnit: about(z.optional(UnitText), '测量范围的单位', 'Unit of range'),
    }),
    '校准和测量能力',
    'CMC',
  ),
)
export type Capability = z.infer<typeof Capability>

/** 授权（认可）范围 — Scope of authorisation or accreditation. Zod schema. */
export const Authorisation = named(
  'authorisation',
  about(
    z.strictObject({
      number: about(Line, '授权证书号或认可证书号', 'Number'),
      kinds: about(z.array(Slug).check(z.minLength(1), z.maxLength(20)), '记录种类', 'Kinds of record'),
      categories: about(
        z.union([z.literal('all'), z.array(Slug).check(z.minLength(1), z.maxLength(200))]),
        '器具类别',
        'Instrument categories',
      ),
      from: about(CivilDate, '起始日期', 'From'),
      to: about(CivilDate, '截止日期', 'Until'),
      capabilities: about(z.optional(z.array(Capability).check(z.maxLength(500))), '测量范围和最小不确定度', 'Capabilities'),
    }),
    '授权',
    'Authorisation',
  ),
)
export type Authorisation = z.infer<typeof Authorisation>

/** 信任列表中的机构 — Entity of a trust list. Zod schema. */
export const Entity = named(
  'entity',
  about(
    z.strictObject({
      uscc: about(Uscc, '机构', 'The entity'),
      name: about(LocalizedText, '机构名称', 'Name'),
      region: about(RegionCode, '所属省', 'Province'),
      keys: about(z.array(EntityKey).check(z.maxLength(50)), '密钥', 'Keys'),
      authorisations: about(z.array(Authorisation).check(z.maxLength(200)), '授权', 'Authorisations'),
    }),
    '信任列表中的机构',
    'Entity of a trust list',
  ),
)
export type Entity = z.infer<typeof Entity>

// Another kind of key cannot sign a note.
const NoteJwk = PublicJwk.check(z.refine(({ crv }) => crv === 'Ed25519'))

/** A log that the authority operates, and the key with which its node cosigns other logs. */
const ListedLog = named(
  'listed-log',
  about(
    z.strictObject({
      origin: about(Line.check(z.regex(new RegExp(`^[^${BLANK}+]+$`))), '日志名称', 'Name of the log'),
      key: NoteJwk,
      witness: about(z.optional(NoteJwk), '见证', 'Witness'),
    }),
    '日志',
    'Log of the authority',
  ),
)
/** Root keys that a verifier pins, as stored in a file. */
export const TrustAnchors = /* @__PURE__ */ (() =>
  z
    .array(
      z.strictObject({
        authority: Uscc,
        region: RegionCode,
        keys: z.array(PublicJwk).check(z.minLength(1), z.maxLength(20)),
        threshold: z.int().check(z.minimum(1), z.maximum(20)),
      }),
    )
    .check(z.minLength(1), z.maxLength(50)))()

/** 信任列表 — Trust list of one authority. Zod schema. */
export const TrustListPayload = named(
  'trust-list',
  about(
    z.strictObject({
      iss: about(Uscc, '发布机关', 'Publishing authority'),
      region: about(RegionCode, '管辖省', 'Province'),
      version: about(z.int().check(z.minimum(1), z.maximum(1_000_000_000)), '版本', 'Version'),
      previous: about(z.optional(Digest), '上一版的签名记录标识', 'Previous version'),
      iat: about(Seconds, '签名时间', 'Time of issue'),
      nextUpdate: about(Seconds, '下次更新', 'Next update'),
      exp: about(Seconds, '失效时间', 'Hard end'),
      roots: about(
        z.strictObject({
          keys: about(z.array(PublicJwk).check(z.minLength(1), z.maxLength(20)), '根公钥', 'Root keys'),
          threshold: about(z.int().check(z.minimum(1), z.maximum(20)), '门限', 'Threshold'),
        }),
        '根密钥',
        'Root keys',
      ),
      entities: about(z.array(Entity).check(z.maxLength(5000)), '机构', 'Entities'),
      logs: about(z.array(ListedLog).check(z.maxLength(10)), '日志', 'Logs'),
    }),
    '信任列表',
    'Trust list of one authority',
  ),
)
export type TrustListPayload = z.infer<typeof TrustListPayload>
