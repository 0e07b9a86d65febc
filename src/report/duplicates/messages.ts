/**
 * What is found between two verifications of one instrument. No error has these codes, so that they are not in the union `Code` of
 * `errors.ts`; `codes` has their texts.
 */
import { type Code, defineTexts, type MessageParams, messageOf, type Text } from '../../base/message.js'

export const duplicateTexts = defineTexts({
  codes: {
    'duplicate.after-repair': { zh: '后一次是修理后的检定', en: 'the later one is a verification after repair' },
    'duplicate.dispute': { zh: '后一次是仲裁检定或因争议的检定', en: 'the later one settles a dispute' },
    'duplicate.sampling': { zh: '后一次是抽检或使用中检查', en: 'the later one is a sampling or an in-service inspection' },
    'duplicate.after-failure': { zh: '前一次检定之后已有不合格结论', en: 'a failure stood when the later one was made' },
    'duplicate.not-in-force': {
      zh: '后一次检定时，前一份证书已被撤销、暂停或替代',
      en: 'the earlier certificate was revoked, suspended or superseded when the later one was made',
    },
    'duplicate.limited': {
      zh: '前一次降级合格（{stated} → {concluded}）',
      en: 'the earlier one passed at a lower class ({stated} → {concluded})',
    },
    'duplicate.other-scope': {
      zh: '一次为本机检定，另一次为装车后检定',
      en: 'one is of the device alone, the other of the instrument as installed',
    },
    'duplicate.not-recognised': {
      zh: '前一份证书在后一次检定所在省（市）不予互认：{reason}',
      en: 'the earlier certificate is not recognised in the province of the later one: {reason}',
    },
    'duplicate.too-little-left': {
      zh: '后一次检定时，前一份证书的剩余有效期不足协议要求的{min}',
      en: 'when the later one was made, less than the {min} that the agreement asks for were left',
    },
    'duplicate.recognition-undecided': {
      zh: '前一份证书在后一次检定所在省（市）是否予以互认不能断定：{reason}',
      en: 'whether the earlier certificate is recognised in the province of the later one is undecided: {reason}',
    },
    'duplicate.status-undecided': {
      zh: '后一次检定时前一份证书是否有效不能断定：{reason}',
      en: 'whether the earlier certificate was in force when the later one was made is undecided: {reason}',
    },
    'duplicate.cause-not-stated': {
      zh: '后一次检定没有写检定原因，不能排除修理后检定等',
      en: 'the later one states no cause; it may be after repair',
    },
    'duplicate.no-validity': {
      zh: '前一份证书没有写有效期，规程也没有可用的检定周期',
      en: 'the earlier certificate states no validity, and no regulation gives its interval',
    },
    'duplicate.ambiguous': {
      zh: '没有出厂编号，同一车辆上有几台器具，不能确定是哪一台',
      en: 'no serial number is stated, and more than one instrument fits',
    },
    'duplicate.same-day': {
      zh: '两次检定在同一天，一次不合格，先后不能断定',
      en: 'both were made on one day and one failed: which was first is undecided',
    },
    'duplicate.scope-not-stated': {
      zh: '一次为本机检定，另一次没有写是本机检定还是装车后检定',
      en: 'one is of the device alone, and the other does not state whether it was installed',
    },
    'duplicate.later-in-doubt': {
      zh: '后一份记录本身有问题：{reason}',
      en: 'the later record is in doubt itself: {reason}',
    },
    'duplicate.name-twice': {
      zh: '出具机构把同一编号用于内容不同的签名记录',
      en: 'the issuer used one name for statements of different content',
    },
    'duplicate.no-identity': {
      zh: '没有出厂编号、号牌和车辆识别代号，无法与其他记录比较',
      en: 'it states no serial number, plate or vehicle identification number, and cannot be compared',
    },
    'duplicate.no-province': {
      zh: '信任列表中没有写明出具机构所在的省（市）',
      en: 'the trust lists do not state the province of its issuer',
    },
  },
})
/** Code of a finding between two verifications, or about one that could not be compared. */
export type DuplicateCode = keyof (typeof duplicateTexts)['codes'] & string

/** A finding: its code, and its sentence in Chinese and English. */
export interface DuplicateReason extends Text {
  readonly code: DuplicateCode
}

const sayIn =
  (_table: typeof duplicateTexts) =>
  (code: DuplicateCode, params: MessageParams): Text =>
    messageOf(code as unknown as Code, params)
const say = sayIn(duplicateTexts)

export function reasonOf(code: DuplicateCode, params: MessageParams = {}): DuplicateReason {
  const { zh, en } = say(code, params)
  return { code, zh, en }
}
