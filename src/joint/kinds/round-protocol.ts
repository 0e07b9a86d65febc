/** 比对实施方案: states who leads a comparison, what is measured, where and until when, and how it is evaluated. */
import * as z from 'zod/mini'
import { about, CivilDate, DecimalText, grows, Line, LocalizedText, named, Slug, Uscc } from '../../base/schema.js'
import { Party, Range, type ReferenceMethod, referenceMethods, SpecificationReference } from '../../records/index.js'
import { found } from '../finding.js'
import { defineJoint, unique } from './kind.js'
import { UnitText } from './parts.js'
import { LaboratoryCode, MAX_POINTS, positive, ROUND_BASIS } from './round-parts.js'

const Coordinate = z.string().check(z.regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/))

/** The public key for which results are sealed. It is used for this round only, and never for signatures. */
export const SealingKey = named(
  'sealing-key',
  about(
    z.strictObject({
      kty: about(z.literal('EC'), '椭圆曲线密钥', 'Elliptic curve key'),
      crv: about(z.literal('P-256'), '曲线', 'Curve'),
      x: about(Coordinate, 'x 坐标', 'x coordinate'),
      y: about(Coordinate, 'y 坐标', 'y coordinate'),
    }),
    '加密公钥（JWK）：各实验室的结果为其加密；不得与签名密钥相同',
    'Public key as JWK for which results are encrypted; never a key that signs',
    'RFC 7517; RFC 7518 §4.6',
  ),
)
export interface SealingKey extends z.infer<typeof SealingKey> {}

const ExpandedByK = z.strictObject({
  value: about(DecimalText, '扩展不确定度 U，以结果的单位表示', 'Expanded uncertainty U, in the unit of the results'),
  k: about(DecimalText, '包含因子', 'Coverage factor'),
})

const ProtocolPoint = named(
  'round-point',
  about(
    z.strictObject({
      id: about(Slug, '测量点标识，方案内唯一', 'Name of the point, unique in the protocol'),
      quantity: about(LocalizedText, '被测量', 'Measurand'),
      nominal: about(
        z.optional(z.strictObject({ value: about(DecimalText, '标称值', 'Nominal value'), unit: about(UnitText, '单位', 'Unit', 'UCUM') })),
        '测量点',
        'Nominal point',
      ),
      unit: about(UnitText, '结果的单位', 'Unit of the results', 'UCUM'),
      reference: about(
        z.strictObject({
          method: about(
            grows(Object.keys(referenceMethods) as [ReferenceMethod, ...ReferenceMethod[]]),
            '参考值的产生方法',
            'How the reference value is formed',
            `${ROUND_BASIS}; ISO 13528:2022 7`,
          ),
          contributors: about(
            z.optional(grows(['all', 'pilots'])),
            '参与形成参考值的实验室：全部或主导实验室；不写为全部',
            'Whose results form it: all, or the pilots; all where absent',
          ),
          value: about(z.optional(DecimalText), '给定值', 'The given value'),
          uncertainty: about(z.optional(ExpandedByK), '给定值的不确定度', 'Uncertainty of the given value'),
        }),
        '参考值',
        'Reference value',
      ),
      k: about(z.optional(DecimalText), 'En 的包含因子；不写为 2', 'Coverage factor of En; 2 where absent'),
      drift: about(
        z.optional(ExpandedByK),
        '传递标准不稳定性引入的不确定度',
        'Uncertainty from the instability of the travelling standard',
        ROUND_BASIS,
      ),
      driftLimit: about(
        z.optional(DecimalText),
        '传递标准的稳定性要求：主导实验室各次复测之差的上限',
        'Largest difference between the repeated measurements of a pilot that is accepted',
        ROUND_BASIS,
      ),
      sigma: about(z.optional(DecimalText), '能力评定标准差 σpt（z 值用）', 'σpt, for z', 'ISO 13528:2022 8'),
    }),
    '测量点与评价方法',
    'A point, and how it is evaluated',
  ),
)

/** 比对实施方案 — Protocol of a comparison round. Zod schema. */
export const RoundProtocol = named(
  'round-protocol',
  about(
    z.strictObject({
      kind: about(z.literal('round-protocol'), '种类：比对实施方案', 'Kind of joint statement'),
      version: about(z.literal(1), '本种类的版本', 'Version of the kind'),
      number: about(Line, '比对项目编号', 'Number of the comparison project', ROUND_BASIS),
      title: about(LocalizedText, '比对名称', 'Title'),
      organisers: about(z.array(Party).check(z.minLength(1), z.maxLength(10)), '组织者', 'Organisers'),
      pilots: about(
        z
          .array(
            z.strictObject({
              party: about(Party, '主导实验室', 'Pilot laboratory'),
              code: LaboratoryCode,
              key: SealingKey,
            }),
          )
          .check(z.minLength(1), z.maxLength(2)),
        '主导实验室，一个或两个；结果为其共同加密',
        'One or two pilots; results are sealed for all of them together',
      ),
      category: about(z.optional(Slug), '涉及的器具类别', 'Instrument category concerned'),
      method: about(z.array(SpecificationReference).check(z.minLength(1), z.maxLength(50)), '比对依据', 'Specifications applied'),
      artefact: about(
        z.strictObject({
          name: about(Line, '传递标准名称', 'Name'),
          model: about(z.optional(Line), '型号规格', 'Model'),
          serialNumber: about(Line, '编号', 'Serial number'),
          range: about(z.optional(Range), '测量范围', 'Range'),
          stability: about(z.optional(LocalizedText), '稳定性考察', 'What is known of its stability'),
        }),
        '传递标准',
        'Travelling standard',
      ),
      points: about(z.array(ProtocolPoint).check(z.minLength(1), z.maxLength(MAX_POINTS)), '测量点', 'Points'),
      route: about(
        z.optional(
          z.strictObject({
            form: about(grows(['ring', 'star', 'petal', 'parallel']), '路线形式', 'Form of the route', ROUND_BASIS),
            stations: about(
              z
                .array(
                  z.strictObject({
                    laboratory: about(Uscc, '实验室', 'Laboratory'),
                    from: about(CivilDate, '自', 'From'),
                    to: about(CivilDate, '至（含当日）', 'To, inclusive'),
                  }),
                )
                .check(z.minLength(1), z.maxLength(1000)),
              '各站，依传递顺序',
              'Stations in the order of circulation',
            ),
          }),
        ),
        '比对路线',
        'Route',
      ),
      deadlines: about(
        z.strictObject({
          enrol: about(CivilDate, '报名截止日期（含当日）', 'Last day to enrol'),
          commit: about(CivilDate, '提交结果截止日期（含当日）', 'Last day to commit a result'),
          open: about(CivilDate, '公开结果截止日期（含当日）', 'Last day to open results'),
        }),
        '截止日期；当日北京时间 24 时止',
        'Deadlines: until the end of the day in China',
      ),
      publishedOn: about(CivilDate, '发布日期', 'Day of publication'),
      remarks: about(z.optional(LocalizedText), '说明', 'Remarks'),
    }),
    '比对实施方案',
    'Protocol of a comparison round',
    ROUND_BASIS,
  ),
)
export interface RoundProtocol extends z.infer<typeof RoundProtocol> {}

export const roundProtocol = defineJoint<RoundProtocol>()({
  kind: 'round-protocol',
  version: 1,
  title: { zh: '比对实施方案', en: 'protocol of a comparison round' },
  schema: RoundProtocol,
  signer: 'body',
  isPublic: true,
  signers: ({ organisers, pilots }) => [...organisers, ...pilots.map(({ party }) => party)].map(({ uscc }) => uscc),
  subject: ({ number }) => number,
  on: ({ publishedOn }) => publishedOn,
  categories: ({ category }) => (category === undefined ? [] : [category]),
  dates: ({ publishedOn, deadlines: { enrol, commit, open } }) => [
    { path: '/publishedOn', zh: '发布日期', en: 'day of publication', date: publishedOn },
    { path: '/deadlines/enrol', zh: '报名截止日期', en: 'last day to enrol', date: enrol },
    { path: '/deadlines/commit', zh: '提交结果截止日期', en: 'last day to commit', date: commit },
    { path: '/deadlines/open', zh: '公开结果截止日期', en: 'last day to open', date: open },
  ],
  check: ({ pilots, points, route }) => [
    ...unique(
      pilots.map(({ party }) => party.uscc),
      (at) => `/pilots/${at}/party/uscc`,
    ),
    ...unique(
      pilots.map(({ code }) => code),
      (at) => `/pilots/${at}/code`,
    ),
    // If two pilots had the same key, either could open everything alone.
    ...unique(
      pilots.map(({ key: { x, y } }) => `${x}.${y}`),
      (at) => `/pilots/${at}/key`,
    ),
    ...unique(
      points.map(({ id }) => id),
      (at) => `/points/${at}/id`,
    ),
    ...points.flatMap(checkPoint),
    ...(route?.stations ?? []).flatMap(({ from, to }, at) =>
      to >= from ? [] : [found('round.station-dates', { path: `/route/stations/${at}/to`, params: { from, to } })],
    ),
  ],
})

/** A reference value of the method `given` states value and uncertainty; with another method, neither is stated. */
function checkPoint({ id, reference, k, drift, driftLimit, sigma }: RoundProtocol['points'][number], at: number) {
  const path = `/points/${at}`
  const isGiven = reference.method === 'given'
  const isStated = reference.value !== undefined && reference.uncertainty !== undefined
  const hasAny = reference.value !== undefined || reference.uncertainty !== undefined
  return [
    ...((isGiven ? !isStated : hasAny) ? [found('round.given-value', { path: `${path}/reference`, params: { point: id } })] : []),
    ...positive(k, `${path}/k`),
    ...positive(sigma, `${path}/sigma`),
    ...positive(driftLimit, `${path}/driftLimit`),
    ...[[drift, 'drift'] as const, [reference.uncertainty, 'reference/uncertainty'] as const].flatMap(([stated, member]) => [
      ...positive(stated?.value, `${path}/${member}/value`),
      ...positive(stated?.k, `${path}/${member}/k`),
    ]),
  ]
}
