/** What is found in a comparison round and its statements. */
import { defineTexts } from '../../base/message.js'

export const roundTexts = defineTexts({
  codes: {
    'round.not-positive': { zh: '{text} 应大于零', en: '{text} must be above zero' },
    'round.given-value': {
      zh: '测量点 {point}：参考值为给定值的应写明值和不确定度，其他方法不写',
      en: 'Point {point}: a given reference value has its value and uncertainty; another method has neither',
    },
    'round.station-dates': { zh: '站点的截止日 {to} 早于起始日 {from}', en: 'The station ends ({to}) before it begins ({from})' },
    'round.opening-members': {
      zh: '应同时有盐值和结果，或只写明不能解密',
      en: 'It has both salt and result, or says only that it could not be decrypted',
    },
    'round.statements-order': { zh: '所依据的标识应按序排列且不重复', en: 'The ids are sorted, each once' },
    'round.protocol-signer': {
      zh: '比对方案的签名机构 {iss} 既不是组织者也不是主导实验室',
      en: 'The protocol is signed by {iss}, which is neither organiser nor pilot',
    },
    'round.protocol-twice': {
      zh: '编号 {number} 另有比对方案 {other}；本判定只依据 {round}',
      en: 'There is another protocol with the number {number}, {other}; this answer is about {round} alone',
      advice: { zh: '请向组织者核实以哪一份为准', en: 'Ask the organisers which one holds' },
    },
    'round.not-counted': {
      zh: '该签名记录不计入（{codes}）',
      en: 'The statement does not count ({codes})',
      advice: { zh: '见该签名记录本身的问题', en: 'See what is found in the statement itself' },
    },
    'round.undated': {
      zh: '{laboratory} 的{kind}没有日志证明何时存在，不能断定是否按期',
      en: 'No log proves when the {kind} of {laboratory} existed: whether it was in time is undecided',
      advice: { zh: '请附上节点的回执', en: 'Add the receipt of a node' },
    },
    'round.enrolled-late': {
      zh: '{laboratory} 的报名记入日志时（{logged}）已过截止日期 {deadline}',
      en: '{laboratory} enrolled too late: its enrolment was logged at {logged}, after {deadline}',
    },
    'round.code-twice': {
      zh: '代码 {code} 有不止一个实验室使用，报告为其另行编码',
      en: 'More than one laboratory has the code {code}: the report assigns others',
    },
    'round.not-enrolled': { zh: '{laboratory} 未按期报名，其承诺不计入', en: '{laboratory} is not enrolled: its commitment is left out' },
    'round.committed-late': {
      zh: '{laboratory} 的承诺记入日志时（{logged}）已过截止日期 {deadline}，不计入',
      en: 'The commitment of {laboratory} was logged at {logged}, after {deadline}: it is left out',
    },
    'round.committed-twice': {
      zh: '{laboratory} 提交了不止一个结果；以最先记入日志的为准（提交后不可更改）',
      en: '{laboratory} committed to more than one result; the first that was logged holds',
    },
    'round.first-undecided': {
      zh: '{laboratory} 提交了不止一个结果，不能断定哪一个在先',
      en: '{laboratory} committed to more than one result, and which was first is undecided',
      advice: { zh: '请附上各份承诺的回执', en: 'Add the receipts of all of them' },
    },
    'round.missing': {
      zh: '{laboratory} 至截止日期 {deadline} 未提交结果',
      en: '{laboratory} has not committed a result by {deadline}',
    },
    'round.withdrawn': { zh: '{laboratory} 于截止日期前退出', en: '{laboratory} withdrew before the deadline' },
    'round.withdrawn-late': {
      zh: '{laboratory} 在提交截止日期 {deadline} 之后退出：已提交的结果仍然计入',
      en: '{laboratory} withdrew after {deadline}: what it committed still counts',
    },
    'round.opened-early': {
      zh: '{by} 在提交截止日期 {deadline} 之前公开了 {laboratory} 的结果',
      en: '{by} opened the result of {laboratory} before the last day to commit, {deadline}',
    },
    'round.committed-after-opening': {
      zh: '{laboratory} 提交时已有结果被公开（{logged}）',
      en: '{laboratory} committed when a result was open already ({logged})',
    },
    'round.pilot-after-others': {
      zh: '只有一个主导实验室，其承诺记入日志时（{logged}）已有其他实验室的承诺，而它能够解密',
      en: 'The only pilot committed at {logged}, when others had committed results that it alone could read',
      advice: { zh: '主导实验室应先于参比实验室提交，或设两个主导实验室', en: 'A pilot commits first, or a round has two pilots' },
    },
    'round.opened-other': {
      zh: '{by} 公开的 {laboratory} 的结果与其承诺不符',
      en: 'What {by} opened as the result of {laboratory} is not what was committed',
    },
    'round.sealed-other': {
      zh: '主导实验室 {by} 称：{laboratory} 加密的内容与其承诺不符',
      en: 'The pilot {by} states that {laboratory} encrypted something other than it committed to',
    },
    'round.sealed-unreadable': {
      zh: '主导实验室 {by} 称：{laboratory} 的密文不能解密',
      en: 'The pilot {by} states that what {laboratory} encrypted cannot be decrypted',
    },
    'round.opener': {
      zh: '{by} 既不是 {laboratory} 也不是主导实验室，其公开不计入',
      en: '{by} is neither {laboratory} nor a pilot: its opening is left out',
    },
    'round.opening-elsewhere': {
      zh: '{by} 所公开的承诺不是 {laboratory} 计入的承诺',
      en: '{by} opened a commitment that is not the one that counts of {laboratory}',
    },
    'round.opened-late': {
      zh: '{laboratory} 的结果在 {deadline} 之后才公开',
      en: 'The result of {laboratory} was opened after {deadline}',
    },
    'round.unopened': {
      zh: '{laboratory} 的结果至 {deadline} 未公开',
      en: 'The result of {laboratory} is not open by {deadline}',
      advice: { zh: '主导实验室可共同解密其密文并公开', en: 'The pilots together can decrypt and open it' },
    },
    'round.salt-reused': {
      zh: '{laboratory} 与 {other} 使用了同一盐值：其结果在公开前可能已被他人得知',
      en: '{laboratory} and {other} used one salt: their results may have been known before they were opened',
    },
    'round.point-missing': { zh: '{laboratory} 没有测量点 {points} 的结果', en: '{laboratory} has no result at {points}' },
    'round.point-unknown': {
      zh: '{laboratory} 的结果中有方案所没有的测量点 {points}，不予评价',
      en: '{laboratory} has results at points that the protocol does not know, {points}: they are not evaluated',
    },
    'round.drift': {
      zh: '传递标准在测量点 {point} 的复测值相差 {spread}，超过方案规定的 {limit}（{laboratory}）',
      en: 'The travelling standard drifted at {point}: the values of {laboratory} differ by {spread}, more than {limit}',
    },
    'round.drift-unmeasured': {
      zh: '没有主导实验室两次以上的复测值，测量点 {point} 的稳定性无法判断',
      en: 'No pilot measured {point} twice or more: the stability of the travelling standard is undecided',
    },
    'round.drift-no-limit': {
      zh: '方案没有规定测量点 {point} 的稳定性要求，复测值未作比较',
      en: 'The protocol has no limit of drift at {point}: repeated measurements are not compared',
    },
    'round.report-signer': { zh: '{by} 不是主导实验室，其总结不计入', en: '{by} is no pilot: its report does not count' },
    'round.report-record': {
      zh: '总结所指的记录 {stated} 不是所给的记录 {given}',
      en: 'The report names the record {stated}, not the one given, {given}',
    },
    'round.report-differs': {
      zh: '记录中的 {member} 与按签名记录重新计算的不同',
      en: 'The member {member} of the record is not what the statements give',
    },
    'round.report-statements': {
      zh: '总结所依据的签名记录与手头的不同：多 {more}，缺 {fewer}',
      en: 'The report rests on other statements than those at hand: {more} more, {fewer} fewer',
    },
    'round.report-key': { zh: '代码与名称对照表的摘要不符', en: 'The digest of the key from codes to laboratories is another' },
    'round.key-wrong': {
      zh: '对照表中代码 {code} 所指的实验室不符',
      en: 'The key maps the code {code} to another laboratory than the statements do',
    },
    'round.key-without-consent': {
      zh: '对照表公开了 {laboratory} 的名称，而其并未同意',
      en: 'The key names {laboratory}, which has not consented',
    },
    'round.reports-differ': { zh: '各主导实验室的总结不一致', en: 'The reports of the pilots are not the same' },
  },
})
