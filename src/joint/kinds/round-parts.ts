/** Parts that the statements of a comparison round share. */
import * as z from 'zod/mini'
import { LINE } from '../../base/patterns.js'
import { about, CivilDate, DecimalText, Digest, Line, named, Slug } from '../../base/schema.js'
import { Party } from '../../records/index.js'
import { found, type JointFinding } from '../finding.js'
import { unique } from './kind.js'

export const ROUND_BASIS = 'JJF 1117—2010'

/** Maximum number of points of a round. The results of so many points, sealed for two pilots, fit into one statement. */
export const MAX_POINTS = 200
/** Maximum number of repeated measurements by which a pilot checks the travelling standard. */
export const MAX_REPEATS = 400
/** Maximum length of a sealed result, in characters: two hundred points, sealed twice, need about half. */
export const MAX_SEALED = 131_072

export const LaboratoryCode = about(
  z.string().check(z.maxLength(20), z.regex(LINE)),
  '实验室代码',
  'Code of a laboratory in the report',
  ROUND_BASIS,
)

/** Members of every statement after the protocol. */
export const roundMembers = {
  version: about(z.literal(1), '本种类的版本', 'Version of the kind'),
  number: about(Line, '比对项目编号', 'Number of the comparison project', ROUND_BASIS),
  round: about(Digest, '比对方案的签名记录标识', 'Statement id of the protocol'),
} as const

/** Members of a statement about one laboratory. */
export const laboratoryMembers = {
  ...roundMembers,
  laboratory: about(Party, '实验室', 'The laboratory'),
  on: about(CivilDate, '日期', 'Day of the statement'),
} as const

/** 32 octets, base64url, that hide a result until it is opened. */
export const Salt = about(Digest, '盐值：32 字节随机数', 'Salt: 32 random octets, base64url')

const PointId = about(Slug, '测量点标识', 'Name of the point in the protocol')

/** 参比实验室的结果 — Result of a laboratory in a comparison round. Zod schema. */
export const RoundResult = named(
  'round-result',
  about(
    z.strictObject({
      points: about(
        z
          .array(
            z.strictObject({
              id: PointId,
              value: about(DecimalText, '测量结果，以方案所定单位表示', 'Result, in the unit of the protocol'),
              uncertainty: about(
                z.strictObject({
                  value: about(DecimalText, '扩展不确定度 U，以结果的单位表示', 'Expanded uncertainty U, in the unit of the result'),
                  k: about(DecimalText, '包含因子', 'Coverage factor'),
                }),
                '扩展不确定度',
                'Expanded uncertainty',
                'JJF 1059.1',
              ),
              measuredOn: about(z.optional(CivilDate), '测量日期', 'Day of measurement'),
            }),
          )
          .check(z.minLength(1), z.maxLength(MAX_POINTS)),
        '各测量点的结果',
        'Results by point',
      ),
      repeats: about(
        z.optional(
          z
            .array(
              z.strictObject({
                id: PointId,
                value: about(DecimalText, '复测值', 'Value'),
                measuredOn: about(CivilDate, '复测日期', 'Day of measurement'),
              }),
            )
            .check(z.minLength(1), z.maxLength(MAX_REPEATS)),
        ),
        '主导实验室对传递标准的复测，用于稳定性考察',
        'Measurements by which a pilot checks the stability of the travelling standard along the route',
      ),
    }),
    '一个实验室的比对结果',
    'Result of one laboratory',
    ROUND_BASIS,
  ),
)
export interface RoundResult extends z.infer<typeof RoundResult> {}

const isPositive = (text: string): boolean => !text.startsWith('-') && /[1-9]/.test(text)

/** Returns a finding if a decimal is not above zero. */
export const positive = (text: string | undefined, path: string): readonly JointFinding[] =>
  text === undefined || isPositive(text) ? [] : [found('round.not-positive', { path, params: { text } })]

/** Faults of a result that its schema cannot express. */
export const checkResult = ({ points }: RoundResult, path: string): readonly JointFinding[] => [
  ...unique(
    points.map(({ id }) => id),
    (at) => `${path}/points/${at}/id`,
  ),
  ...points.flatMap(({ uncertainty: { value, k } }, at) => [
    ...positive(value, `${path}/points/${at}/uncertainty/value`),
    ...positive(k, `${path}/points/${at}/uncertainty/k`),
  ]),
]
