/** Errors of joint statements. Findings, which say why a statement does not count, are in `finding-messages.ts`. */
import { faultOf } from '../base/error.js'
import { codeOf, defineTexts } from '../base/message.js'

export const jointTexts = defineTexts({
  rows: {
    'joint.statement': { zh: '协同记录的内容与状态', en: 'Content and status of the joint statement' },
  },
  codes: {
    'joint.shape': {
      zh: '协同记录的内容有 {count} 处不符合规定：{first}',
      en: 'The joint statement has {count} faults of shape: {first}',
    },
    'joint.kind': {
      zh: '本版本不认识协同记录的种类“{kind}”第 {version} 版',
      en: 'The kind of joint statement {kind}, version {version}, is not known to this version',
      advice: { zh: '请升级本软件后再读', en: 'Update this software and read it again' },
    },
    'joint.fails': {
      zh: '协同记录自相矛盾，不予签署：{first}',
      en: 'The joint statement contradicts itself and is not signed: {first}',
    },
    'joint.signer': {
      zh: '协同记录的签名不能接受：{reason}',
      en: 'The signature of the joint statement cannot be accepted: {reason}',
      advice: {
        zh: '请核对信任列表是否最新、签名机构是否在列',
        en: 'Check that the trust lists are current and that they list the signer',
      },
    },
    'joint.clause-mixed': {
      zh: '条款 {clause} 的条件 {condition} 不能用于其中的种类（{kinds}）',
      en: 'Clause {clause}: the condition {condition} cannot judge the kinds {kinds} that the clause names',
      advice: {
        zh: '记录和协同记录请分列条款：记录的条件判定不了协同记录，反之亦然',
        en: 'State records and joint work in clauses of their own: a condition on one cannot judge the other',
      },
    },
    'joint.other-signer': {
      zh: '“{title}”应由其中所载机构 {named} 签署，签名机构却是 {iss}',
      en: 'A statement of this kind ({title}) is signed by the body that it names, {named}; {iss} signed',
    },
    'joint.many': { zh: '协同记录共 {count} 份，一次至多 {most} 份', en: '{count} joint statements are too many: at most {most} at once' },
    'joint.question-empty': {
      zh: '请填写检定、校准项目：被测量或器具名称',
      en: 'State what is to be measured: a quantity or an instrument',
      advice: { zh: '例如 转矩、压力表', en: 'For example torque, pressure gauge' },
    },
    'joint.quantity-unread': {
      zh: '“{text}”读不出：应为数和单位，如 {example}',
      en: '“{text}” cannot be read: a number and a unit, for example {example}',
      advice: {
        zh: '单位用 UCUM 代码，如 N.m、kPa、%；tongheng explain 单位 可查',
        en: 'Units are UCUM codes such as N.m, kPa, %; tongheng explain shows them',
      },
    },
    'joint.range-order': {
      zh: '测量范围的下限 {lower} 大于上限 {upper}',
      en: 'The lower end of the range, {lower}, is above its upper end, {upper}',
    },
    'joint.uncertainty-positive': {
      zh: '扩展不确定度应大于零，所填为 {value}',
      en: 'An expanded uncertainty is above zero; {value} was given',
    },
    'joint.not-authority': {
      zh: '“{title}”只能由信任列表的发布机关签署，或由其授权范围写明该种类的机构签署；签名机构 {iss} 不在其列',
      en: 'A statement of this kind ({title}) is signed by the authority of a trust list, or by a body whose authorisation names the kind; {iss} is neither',
    },
  },
})

/** Returns a code of this folder. */
export const coded = codeOf(jointTexts)
/** Creates an error with a code of this folder. */
export const fault = faultOf(jointTexts)
