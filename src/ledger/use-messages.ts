/** Messages about a matched line: whether the instrument may be used, what differs, and whether the requirement is met. */
import { type Code, defineTexts, type MessageParams, messageOf, type Text } from '../base/message.js'

export const ledgerUseTexts = defineTexts({
  codes: {
    'ledger.use-valid': { zh: '检定合格，在有效期内（至 {until}）', en: 'verified and in force (until {until})' },
    'ledger.use-confirmed': {
      zh: '证书成立，计量确认通过：{reason}',
      en: 'the certificate holds, and the use requirement is met: {reason}',
    },
    'ledger.use-limited': { zh: '证书成立，只可限用：{reason}', en: 'the certificate holds, for limited use only: {reason}' },
    'ledger.use-state': {
      zh: '台账状态为“{state}”',
      en: 'its state in the ledger is {state}',
      advice: { zh: '重新使用前须检定（校准）并变更状态', en: 'Have it verified, and change its state, before it is used' },
    },
    'ledger.use-failed': {
      zh: '检定不合格（{number}）',
      en: 'it failed its verification ({number})',
      advice: { zh: '停止使用，修理后重新检定', en: 'Stop using it; repair it and have it verified again' },
    },
    'ledger.use-standing': { zh: '证书：{reason}', en: 'by its certificate: {reason}' },
    'ledger.use-not-recognised': {
      zh: '证书 {number} 不成立：{reason}',
      en: 'the certificate {number} does not hold: {reason}',
      advice: { zh: '不得凭此证书使用；请与出具机构核实', en: 'Do not rely on it; ask its issuer' },
    },
    'ledger.use-undecided': { zh: '证书 {number} 无法判定：{reason}', en: 'the certificate {number} cannot be judged: {reason}' },
    'ledger.use-label': {
      zh: '标签核验成立，检定合格，在有效期内（至 {until}）；签名证书 {number} 不在手头',
      en: 'by its label verified and in force (until {until}); the signed certificate {number} is not at hand',
      advice: {
        zh: '请与器具上的出厂编号、号牌、封印核对，并索取签名证书',
        en: 'Compare serial number, plate and seals of the instrument, and ask for the signed certificate',
      },
    },
    'ledger.use-label-expired': {
      zh: '标签所载有效期至 {until}，已过期（证书 {number}）',
      en: 'by its label it was valid until {until} (certificate {number})',
      advice: { zh: '停止使用，送检', en: 'Stop using it, and have it verified' },
    },
    'ledger.use-label-results': {
      zh: '标签没有检定结果，不能与使用要求比较；签名证书 {number} 不在手头',
      en: 'a label has no results to compare with the use requirement; the signed certificate {number} is not at hand',
      advice: { zh: '请索取签名证书', en: 'Ask for the signed certificate' },
    },
    'ledger.use-none': {
      zh: '没有找到它的签名证书',
      en: 'no signed certificate of it was found',
      advice: {
        zh: '请向检定机构索取签名证书；纸质证书不能由本软件核验',
        en: 'Ask the body that verified it for the signed certificate; paper cannot be verified here',
      },
    },
    'ledger.use-no-number': { zh: '台账中没有可用来匹配的编号', en: 'the ledger has no number by which one could be found' },
    'ledger.use-many': {
      zh: '一行为 {count} 台（件），不能与单台的证书对应',
      en: 'the row stands for {count} instruments, which no certificate of one can match',
    },
    'ledger.use-ambiguous': {
      zh: '可能对应 {count} 台器具的证书，不能确定：{names}',
      en: 'it may be {count} instruments, and which is uncertain: {names}',
      advice: { zh: '请补全出厂编号、型号、制造单位或证书编号', en: 'Complete serial number, model, manufacturer or certificate number' },
    },
    'ledger.use-line-twice': {
      zh: '证书 {number} 也与 {others} 相符，不能确定是哪一行',
      en: 'the certificate {number} also matches {others}; which row is uncertain',
    },
    'ledger.use-serial-only': {
      zh: '只有出厂编号相同（{number}），型号、制造单位、类别都无从核对',
      en: 'only the serial number is the same ({number}): model, manufacturer and category cannot be compared',
      advice: { zh: '请在台账中补全型号或制造单位', en: 'Add model or manufacturer to the ledger' },
    },
    'ledger.use-other-instrument': {
      zh: '证书 {number} 是另一台器具的：{differs}',
      en: 'the certificate {number} is of another instrument: {differs}',
      advice: { zh: '请核对证书编号和出厂编号', en: 'Check the number of the certificate and the serial number' },
    },
    'ledger.use-calibration-only': {
      zh: '校准证书 {number} 不给出合格结论，须按使用要求作计量确认',
      en: 'the calibration certificate {number} has no pass or fail: it must be compared with what the use requires',
      advice: { zh: '请在台账中写明计量点和准确度要求', en: 'State measuring point and required accuracy in the ledger' },
    },
    'ledger.use-mandatory': {
      zh: '强制检定的器具须有检定证书，校准证书 {number} 不能代替（计量法 第九条）',
      en: 'it is subject to mandatory verification, which the calibration certificate {number} does not replace',
    },
    'ledger.use-interval': {
      zh: '{date} 校准，已超过台账所定间隔（{interval}，至 {until}）',
      en: 'calibrated on {date}; the interval of the ledger ({interval}) ended on {until}',
    },
    'ledger.use-not-confirmed': { zh: '计量确认不通过：{reason}', en: 'the use requirement is not met: {reason}' },
    'ledger.use-not-told': { zh: '计量确认无法判断：{reason}', en: 'whether the use requirement is met cannot be told: {reason}' },
    'ledger.use-other-kind': { zh: '{number} 不是检定或校准证书', en: '{number} is neither a verification nor a calibration certificate' },
    'ledger.differs': {
      zh: '{field}：台账为 {line}，证书 {number} 为 {certificate}',
      en: '{field}: {line} in the ledger, {certificate} in the certificate {number}',
      advice: { zh: '以证书为准，请更正台账', en: 'The certificate decides; correct the ledger' },
    },
    'ledger.newer-certificate': {
      zh: '台账所写证书为 {line}，手头较新的是 {number}（{date}）',
      en: 'the ledger names the certificate {line}; a newer one is at hand: {number} ({date})',
      advice: { zh: '请更新台账', en: 'Update the ledger' },
    },
    'ledger.export-missing': {
      zh: '第 {row} 行（{name}，{at}）缺少“{field}”，表中必填',
      en: 'Row {row} ({name}, {at}) lacks what the form requires: {field}',
      advice: { zh: '请在台账中补全后重新导出', en: 'Complete the ledger and export again' },
    },
    'ledger.confirm-met': {
      zh: '{count} 个点均符合（{example}）',
      en: 'all {count} point(s) conform ({example})',
    },
    'ledger.confirm-part': {
      zh: '仅 {met} 符合；{rest} 不符合或无法判断（{example}）',
      en: 'only {met} conform; {rest} do not, or cannot be told ({example})',
    },
    'ledger.confirm-exceeds': { zh: '超出要求：{example}', en: 'beyond what is required: {example}' },
    'ledger.confirm-near': {
      zh: '误差落在待定区内（U 大于允差的 1/3）：{example}',
      en: 'the error lies where no decision can be made, as U is more than a third of what is permitted: {example}',
    },
    'ledger.confirm-no-uncertainty': {
      zh: '证书没有给出 {at} 的不确定度，不能与要求比较',
      en: 'the certificate states no uncertainty at {at}: it cannot be compared with what is required',
    },
    'ledger.confirm-uncovered': { zh: '证书没有覆盖 {at}', en: 'the certificate does not cover {at}' },
    'ledger.confirm-no-results': { zh: '证书中没有能与要求比较的误差', en: 'the certificate has no errors that could be compared' },
    'ledger.confirm-no-requirement': { zh: '没有写明准确度要求', en: 'no required accuracy is stated' },
    'ledger.confirm-ratio': {
      zh: '要求 {required} 的百分数以何为基准不明，按量值和按量程得出不同结论：{example}',
      en: 'it is not stated what {required} is a percentage of; by the value and by the span the answers differ: {example}',
    },
    'ledger.confirm-unit': {
      zh: '要求的单位 {required} 与证书的单位 {unit} 不是同一种量',
      en: '{required} and {unit} of the certificate are different quantities',
    },
    'ledger.confirm-class': {
      zh: '检定合格的等级 {found} {relation} 要求的等级 {required}',
      en: 'the class verified, {found}, {relation} the class required, {required}',
    },
    'ledger.confirm-class-unknown': {
      zh: '等级“{found}”与要求“{required}”不能比较',
      en: 'the classes {found} and {required} cannot be compared',
    },
    'ledger.confirm-example': {
      zh: '{at} 处误差 {error}{uncertainty}，要求 {limits}',
      en: 'at {at} the error is {error}{uncertainty}, required {limits}',
    },
  },
})

export type LedgerUseCode = keyof (typeof ledgerUseTexts)['codes']

/** A reason with its code. */
export interface UseReason extends Text {
  readonly code: LedgerUseCode
  readonly advice?: Text
}

/** The reason of a code, with its parameters. */
export const because = (code: LedgerUseCode, params?: MessageParams): UseReason => {
  const { zh, en, advice } = messageOf(code as unknown as Code, params)
  return { code, zh, en, ...(advice && { advice }) }
}
