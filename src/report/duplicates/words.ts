/** Texts of the report on duplicate verifications. */
import type { Text } from '../../base/message.js'

const t = (zh: string, en: string): Text => ({ zh, en })

export const WORDS = {
  title: t('重复检定报告', 'Duplicate verifications'),
  period: t('后一次检定在 {from} 至 {to} 之间', 'Later verification between {from} and {to}'),
  open: t('不限', 'any day'),
  at: t('判定时间 {at}', 'As of {at}'),
  read: t(
    '签名记录 {statements} 份，其中检定 {verifications} 台（件）次，其他种类 {others} 份',
    '{statements} statements: {verifications} verifications, {others} records of other kinds',
  ),
  duplicates: t('重复检定', 'Duplicates'),
  undecided: t('不能断定', 'Undecided'),
  excepted: t('有效期内再次检定而不属重复', 'Verified again within an interval, but no duplicate'),
  notCompared: t('未能比较', 'Not compared'),
  none: t('没有发现重复检定', 'No duplicate was found'),
  county: t('行政区划为后一次检定机构的登记地', 'Division: where the body that verified later is registered'),
  table: t('统计', 'Table'),
  more: t('另有 {count} 项，见 --format json、csv 或 xlsx', '{count} more: see --format json, csv or xlsx'),
  pass: t('合格', 'pass'),
  fail: t('不合格', 'fail'),
} as const

export const TABLE_HEADS: readonly Text[] = [
  t('器具类别代号', 'category'),
  t('器具类别', 'category name'),
  t('行政区划代码', 'division'),
  t('行政区划', 'division name'),
  t('月份', 'month'),
  t('重复检定', 'duplicates'),
  t('不能断定', 'undecided'),
]

export const PAIR_HEADS: readonly Text[] = [
  t('结论', 'outcome'),
  t('器具类别', 'category'),
  t('器具名称', 'instrument'),
  t('型号规格', 'model'),
  t('出厂编号', 'serial number'),
  t('制造单位', 'manufacturer'),
  t('号牌（部分隐去）', 'plate (masked)'),
  t('部件', 'component'),
  t('前一份证书', 'earlier certificate'),
  t('前次检定机构', 'earlier body'),
  t('前次检定日期', 'earlier date'),
  t('有效期至', 'valid until'),
  t('后一份证书', 'later certificate'),
  t('后次检定机构', 'later body'),
  t('后次检定日期', 'later date'),
  t('后次检定结论', 'later outcome'),
  t('剩余天数', 'days left'),
  t('行政区划代码', 'division'),
  t('行政区划', 'division name'),
  t('说明', 'remarks'),
  t('前一份签名记录标识', 'earlier statement id'),
  t('前一份行号', 'earlier line'),
  t('后一份签名记录标识', 'later statement id'),
  t('后一份行号', 'later line'),
]

export const NOT_COMPARED_HEADS: readonly Text[] = [
  t('证书编号', 'certificate'),
  t('行', 'line'),
  t('原因', 'reason'),
  t('代码', 'code'),
  t('签名记录标识', 'statement id'),
]
