/**
 * A label: the statement (`metrology-label+jwt`) that an issuer signs for the sticker on an instrument. It names its record and repeats the
 * facts that people compare by eye. Its payload has one encoding only, so that it can be rebuilt from packed fields.
 */

import * as z from 'zod/mini'
import { encodeBase64url, encodeUtf8, sha256 } from '#native'
import { foldWidth } from '../base/fold.js'
import { isNoSerial } from '../base/identifier.js'
import { aText, checkArgument } from '../base/options.js'
import { about, CivilDate, Digest, Line, named, Seconds, Slug, Uscc } from '../base/schema.js'
import { parseShape } from '../base/shape.js'
import { parseStatement } from '../envelope/index.js'
import { decodeRecord, headOfLine, kinds, linesOf, type RecordClaims, type RecordOf } from '../records/index.js'
import { OUTCOME_CODES } from './codes.js'
import { fault } from './messages.js'

export const LABEL = 'metrology-label+jwt'

/** 标签载荷 — Payload of a label statement. Zod schema. Its members are in the order of the template. */
export const LabelClaims = named(
  'label-claims',
  about(
    z.strictObject({
      iss: about(Uscc, '签名机构', 'Issuer', 'RFC 7519 §4.1.1'),
      iat: about(Seconds, '签名时间', 'Time of signing', 'RFC 7519 §4.1.6'),
      record: about(Digest, '所属检定记录的标识', 'Statement id of the record that it speaks for'),
      number: about(Line, '证书编号', 'Certificate number', 'JJF 1069—2012'),
      category: about(Slug, '器具类别（类别表代码）', 'Category, slug of the catalogue'),
      outcome: about(z.enum(OUTCOME_CODES), '检定结论', 'Conclusion'),
      serial: about(z.optional(Line), '出厂编号', 'Serial number'),
      plate: about(z.optional(Line), '机动车号牌', 'Number plate', 'GA 36'),
      constant: about(z.optional(Line), '特征系数 K', 'Constant K of a taximeter', 'JJG 517—2016'),
      verifiedOn: about(CivilDate, '检定日期', 'Date of verification'),
      validUntil: about(z.optional(CivilDate), '有效期至（含当日）', 'Valid until, inclusive'),
      status: about(
        z.optional(
          z.strictObject({
            list: about(
              z.string().check(z.regex(/^[A-Za-z0-9_-]{5}[AQgw]$/)),
              '状态表地址的 SHA-256 摘要的前 4 字节',
              'First four octets of the SHA-256 digest of the address of the status list, base64url',
            ),
            index: about(z.int().check(z.minimum(0), z.maximum(16_777_215)), '状态表序号', 'Index in the status list'),
          }),
        ),
        '状态引用',
        'Where its status stands',
      ),
      seals: about(z.optional(z.array(Line).check(z.minLength(1), z.maxLength(20))), '封印号', 'Seal numbers'),
    }),
    '标签的载荷',
    'Payload of a label statement',
  ),
)
export type LabelClaims = z.infer<typeof LabelClaims>

/** The content of a label without its time of signing: everything that derives from the record. */
export type LabelFacts = Omit<LabelClaims, 'iat'>

/** Length in octets of the truncated digest that names a status list: enough, because it need only be unique among the few lists of the issuer. */
const LIST_NAME_OCTETS = 4

/** The name of a status list in labels, from its address. */
export const statusListName = (uri: string): string => encodeBase64url(sha256(encodeUtf8(uri)).subarray(0, LIST_NAME_OCTETS))

/**
 * Derives the label from a signed verification record alone: each statement, or each line of a batch, has exactly one label.
 * @param line line of a batch certificate, from 1
 * @throws `label.no-record`, `label.kind`; `label.line` if the batch has no such line, or none is given
 */
export function labelOf(statement: string, line?: number): LabelFacts {
  checkArgument('labelOf', 'statement', statement, aText)
  return factsOf(recordIn(statement), line)
}

/** The label of a decoded record, or of a line of a batch. @throws `label.line` */
export function factsOf({ claims, record: signed, id }: RecordIn, line: number | undefined): LabelFacts {
  const record = ofLine(signed, line)
  const { instrument, seals = [] } = record
  const serial = instrument.serialNumber
  const plate = instrument.mobile?.plate
  const constant = constantOf(record)
  const reference = claims.status?.status_list
  return {
    iss: claims.iss,
    record: id,
    number: record.certificateNo,
    category: instrument.category,
    outcome: record.outcome,
    ...(serial !== undefined && !isNoSerial(serial) && { serial }),
    ...(plate !== undefined && { plate }),
    ...(constant !== undefined && { constant }),
    verifiedOn: record.verifiedOn,
    ...(record.validUntil !== undefined && { validUntil: record.validUntil }),
    ...(reference && { status: { list: statusListName(reference.uri), index: reference.idx + (line ?? 1) - 1 } }),
    ...(seals.length > 0 && { seals: seals.map(({ number }) => number) }),
  }
}

/** The record of one instrument: for a batch, that of the line. Labels have no results, so results are not split by line. @throws `label.line` */
function ofLine(record: RecordOf<'verification-record'>, line: number | undefined): RecordOf<'verification-record'> {
  const lines = linesOf(record)
  const own = line === undefined ? (lines === undefined ? record : undefined) : headOfLine(record, line)
  if (own === undefined) throw fault('label.line', { lines: lines ?? 0 })
  return own
}

/** Line of a batch with the serial number of a label, otherwise line 1; undefined if the record is not a batch. */
export function lineOfLabel(statement: string, { serial }: Pick<LabelFacts, 'serial'>): number | undefined {
  const at = recordIn(statement).record.instruments?.findIndex(({ serialNumber }) => serialNumber === serial)
  return at === undefined ? undefined : Math.max(at, 0) + 1
}

/** A signed verification record, decoded. */
export interface RecordIn {
  readonly claims: RecordClaims
  readonly record: RecordOf<'verification-record'>
  readonly id: string
}

/** @throws `label.no-record`, `label.kind` */
export function recordIn(statement: string): RecordIn {
  const decoded = decodeRecord(statement)
  if (decoded?.record === undefined) throw fault('label.no-record')
  const { claims, record } = decoded
  if (record.kind !== 'verification-record') throw fault('label.kind', { kind: kinds.get(record.kind)?.title })
  return { claims, record: record as RecordOf<'verification-record'>, id: parseStatement(statement, 'metrology-record+jwt').id }
}

/** Names of the constant on certificates of taximeters: 特征系数 K, 常数 K, K 值. */
const CONSTANT = /(?:^|[^A-Za-z0-9])[Kk](?:$|[^A-Za-z0-9])|特征系数|计价器常数/

const constantOf = ({ instrument }: RecordOf<'verification-record'>): string | undefined =>
  instrument.category === 'taximeter' ? instrument.characteristics?.find(({ name }) => CONSTANT.test(foldWidth(name.zh)))?.value : undefined

/**
 * Writes the payload of a label by the template of version 1: these members in this order, absent ones omitted, no white space, and only
 * `"` and `\` escaped in strings. An implementation in any language writes the same octets.
 */
export function writeTemplate(claims: LabelClaims): string {
  const { iss, iat, record, number, category, outcome, serial, plate, constant, verifiedOn, validUntil, status, seals } = claims
  return JSON.stringify({
    iss,
    iat,
    record,
    number,
    category,
    outcome,
    serial,
    plate,
    constant,
    verifiedOn,
    validUntil,
    status: status && { list: status.list, index: status.index },
    seals,
  })
}

/** The header of a label, as `signStatement` writes it. */
export const writeHeader = (alg: string, kid: string): string => JSON.stringify({ alg, kid, typ: LABEL })

/** Parses claims of a label from JSON; returns them, or the pointer of the first error. */
export function readClaims(json: unknown): LabelClaims | string {
  const { value, faults } = parseShape<LabelClaims>(LabelClaims, json)
  return value ?? faults[0]?.path ?? ''
}
