/**
 * The trust list: each authority (市场监管局) publishes one, signed by a threshold of its root keys. It says who may
 * sign what, when, and within which scope. Keys and entities are never removed; intervals end (design: TUF, ETSI TS 119 602).
 */
import * as z from 'zod'
import { about, CivilDate, Digest, Line, LocalizedText, RegionCode, Seconds, Slug, Uscc } from '../base/schema.js'
import { PublicJwk } from '../envelope/index.js'

const StatementTypes = z
  .array(
    z
      .string()
      .max(60)
      .regex(/^[a-z-]+\+jwt$/),
  )
  .min(1)
  .max(10)
  .meta(about('可签的签名件类型', 'Types of statement the key may sign', 'RFC 8725 §3.11'))

export const EntityKey = z
  .strictObject({
    jwk: PublicJwk,
    typ: StatementTypes,
    notBefore: Seconds.meta(about('启用时刻', 'First moment at which it may sign')),
    notAfter: Seconds.meta(about('停用时刻（含）', 'Last moment at which it may sign')),
    revoked: z
      .strictObject({
        at: Seconds.meta(about('撤销时刻', 'Moment of revocation')),
        reason: Line.meta(about('撤销原因', 'Reason')),
        retroactive: z.boolean().meta(about('是否追溯（私钥泄露等）', 'True where earlier signatures fall too, as after a key compromise')),
      })
      .optional()
      .meta(about('撤销', 'Revocation')),
  })
  .meta({ id: 'entity-key', ...about('机构密钥', 'Key of an entity') })
export type EntityKey = z.infer<typeof EntityKey>

export const Authorisation = z
  .strictObject({
    number: Line.meta(about('授权证书号或认可证书号', 'Number of the authorisation or accreditation', 'JJF 1069—2012')),
    kinds: z.array(Slug).min(1).max(20).meta(about('记录种类', 'Kinds of record')),
    categories: z
      .union([z.literal('all'), z.array(Slug).min(1).max(200)])
      .meta(about('器具类别，all 表示全部', 'Instrument categories, or all')),
    from: CivilDate.meta(about('起始日期', 'From, inclusive')),
    to: CivilDate.meta(about('截止日期（含当日）', 'Until, inclusive')),
  })
  .meta({ id: 'authorisation', ...about('授权（认可）范围', 'Scope of authorisation or accreditation') })
export type Authorisation = z.infer<typeof Authorisation>

export const Entity = z
  .strictObject({
    uscc: Uscc.meta(about('机构', 'The entity')),
    name: LocalizedText.meta(about('机构名称', 'Name')),
    region: RegionCode.meta(about('所属省（市）', 'Province it belongs to')),
    keys: z.array(EntityKey).max(50).meta(about('密钥，只增不删', 'Keys; never removed')),
    authorisations: z.array(Authorisation).max(200).meta(about('授权，只增不删', 'Authorisations; never removed')),
  })
  .meta({ id: 'entity', ...about('信任列表中的机构', 'Entity of a trust list') })
export type Entity = z.infer<typeof Entity>

export const TrustListPayload = z
  .strictObject({
    iss: Uscc.meta(about('发布机关', 'Publishing authority')),
    region: RegionCode.meta(about('管辖省（市）：列表只对此范围有效', 'Province the list speaks for')),
    version: z.int().min(1).max(1_000_000_000).meta(about('版本，每次加一', 'Version, one more each time')),
    previous: Digest.optional().meta(about('上一版的签名件标识', 'Statement id of the version before')),
    iat: Seconds.meta(about('签发时刻', 'Time of issue')),
    nextUpdate: Seconds.meta(about('下次更新（过期仅提示）', 'Next update; passing it warns')),
    exp: Seconds.meta(about('失效时刻（过期则无法判定）', 'Hard end; past it verdicts are indeterminate')),
    roots: z
      .strictObject({
        keys: z.array(PublicJwk).min(1).max(20).meta(about('根公钥', 'Root keys')),
        threshold: z.int().min(1).max(20).meta(about('门限', 'Signatures by distinct keys that are needed')),
      })
      .meta(about('根密钥', 'Root keys and threshold')),
    entities: z.array(Entity).max(5000).meta(about('机构', 'Entities')),
    logs: z
      .array(z.strictObject({ origin: Line, key: PublicJwk }))
      .max(10)
      .meta(about('日志', 'Logs')),
  })
  .meta({ id: 'trust-list', ...about('信任列表', 'Trust list of one authority') })
export type TrustListPayload = z.infer<typeof TrustListPayload>
