/** Texts of recognition: the agreement, its clauses, validity on the day asked about. */
import { faultOf } from '../base/error.js'
import { codeOf, defineTexts, sayOf } from '../base/message.js'

export const recognitionTexts = defineTexts({
  rows: {
    'record.outcome': { zh: '检定结论', en: 'Conclusion of the verification' },
    'record.validity': { zh: '判定当日的有效期', en: 'Validity on the day asked about' },
    'agreement.in-force': { zh: '互认协议在检定（校准）当日的时效', en: 'Agreement in force on the day of the work' },
    'agreement.clause': { zh: '互认条款的适用', en: 'Clause of the agreement that applies' },
    'condition.known': { zh: '互认条件的识别', en: 'Conditions of the clause, all known' },
  },
  codes: {
    'outcome.failed-verification': {
      zh: '检定不合格（检定结果通知书 {certificateNo}），器具不得使用',
      en: 'The verification failed (notice {certificateNo}); the instrument is not to be used',
      advice: {
        zh: '请停止使用该器具，修理后重新申请检定',
        en: 'Take the instrument out of use, have it repaired, and apply for verification again',
      },
    },
    'validity.expired': {
      zh: '有效期至 {validUntil}，{today} 已过期',
      en: 'Valid until {validUntil}; on {today} it has expired',
      advice: { zh: '请申请后续检定', en: 'Apply for subsequent verification' },
    },
    'validity.by-interval': {
      zh: '证书未写有效期至；按{regulation}的{term}（{period}）计至 {latest}，{today} 尚在期内',
      en: 'No validity is stated; by the {term} of {regulation}, {period}, it ends on {latest}; {today} is within it',
    },
    'validity.interval-passed': {
      zh: '证书未写有效期至；按{regulation}的{term}（{period}）计至 {latest}，{today} 已过期',
      en: 'No validity is stated; by the {term} of {regulation}, {period}, it ended on {latest}; {today} is past it',
      advice: {
        zh: '请申请后续检定；到期轮换的器具请更换',
        en: 'Apply for subsequent verification, or replace the instrument where its term of use has ended',
      },
    },
    'validity.initial-only': {
      zh: '只作首次强制检定、失准报废的器具（{regulation}），没有有效期',
      en: 'Instruments verified once and used until no longer accurate ({regulation}) have no validity',
    },
    'validity.not-stated': {
      zh: '证书未写有效期至，所依据规程的检定周期未收录或未经核实，无法确定 {today} 是否有效',
      en: 'No validity is stated, and no verified interval of the regulation is at hand: whether it holds on {today} cannot be told',
      advice: {
        zh: '请出具机构写明“有效期至”（validUntil）后换发；使用中检查以原检定证书的有效期为准',
        en: 'Ask the issuer for a certificate that states validUntil; after an in-service inspection the validity of the certificate itself counts',
      },
    },
    'validity.not-yet': {
      zh: '检定（校准）日期 {factDate} 晚于判定日期 {today}',
      en: 'The work is dated {factDate}, after the day asked about, {today}',
    },
    'validity.abolished': { zh: '{number} 已于 {abolishedOn} 废止', en: '{number} was abolished on {abolishedOn}' },
    'agreement.not-supplied': { zh: '没有互认协议，无法判定', en: 'No agreement was supplied: undecidable' },
    'agreement.not-in-force': { zh: '{factDate} 没有生效的互认协议', en: 'No agreement was in force on {factDate}' },
    'agreement.newer-members': {
      zh: '互认协议 {agreement} 第 {version} 版中有本版本不认识的内容（{count} 处：{members}），签名有效，但无法判定',
      en: 'The agreement {agreement}, version {version}, is genuine and holds {count} parts that this version does not know ({members}): undecidable',
      advice: { zh: '请升级本软件后重新判定', en: 'Update this software and judge again' },
    },
    'agreement.empty': { zh: '协议没有签名，或签名过多', en: 'The agreement has no signature, or too many' },
    'agreement.payload-differs': { zh: '各方所签协议内容不同', en: 'The parties signed different payloads' },
    'agreement.shape': { zh: '协议结构有误：{path}', en: 'The agreement has a fault of shape at {path}' },
    'agreement.condition': {
      zh: '条款 {clause} 的条件 {condition} 参数有误',
      en: 'Clause {clause}: the parameters of condition {condition} are wrong',
    },
    'agreement.not-signed': { zh: '协议缺少{name}（{party}）的有效签名', en: 'The agreement lacks a valid signature of {name} ({party})' },
    'clause.domestic': { zh: '在{region}出具、在{region}使用，无需互认', en: 'Issued and used in {region}: nothing needs recognising' },
    'clause.no-kind': { zh: '协议不包括此种记录（{kind}）', en: 'The agreement does not cover this kind of record ({kind})' },
    'clause.no-direction': { zh: '协议不包括{from}至{to}方向的{kind}', en: 'The agreement does not cover {kind} from {from} to {to}' },
    'clause.no-category': { zh: '协议不包括{category}', en: 'The agreement does not cover the category {category}' },
    'clause.no-date': { zh: '{factDate} 没有适用的条款', en: 'No clause applied on {factDate}' },
    'condition.not-known': {
      zh: '条款含有本版本不能识别的条件（{names}），无法判定',
      en: 'The clause has conditions this version does not know ({names}): undecidable',
      advice: { zh: '请升级软件', en: 'Upgrade the software' },
    },
  },
})

export const fault = faultOf(recognitionTexts)
export const coded = codeOf(recognitionTexts)
export const say = sayOf(recognitionTexts)
