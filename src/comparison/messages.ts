/** Messages of the evaluation of a comparison 计量比对. */
import { faultOf } from '../base/error.js'
import { type CodeOf, codeOf, defineTexts } from '../base/message.js'

export const comparisonTexts = defineTexts({
  codes: {
    'comparison.laboratories': {
      zh: '实验室数为 {count}，应为 1 至 {most}',
      en: 'There are {count} laboratories; 1 to {most} can be evaluated',
      advice: { zh: '请分批或核对输入', en: 'Check the input' },
    },
    'comparison.not-decimal': {
      zh: '“{text}”不是十进制数文本',
      en: '“{text}” is not a decimal text',
      advice: { zh: '写作 "0.10" 这样的文本', en: 'Write a text such as "0.10"' },
    },
    'comparison.not-positive': {
      zh: '{text} 应大于零',
      en: '{text} must be positive',
      advice: { zh: '不确定度、包含因子、σpt 均大于零', en: 'Uncertainties, coverage factors and σpt are positive' },
    },
    'laboratory.code-twice': {
      zh: '实验室代码 {code} 重复',
      en: 'The laboratory code {code} stands twice',
      advice: { zh: '一个代码只对应一个实验室', en: 'One code, one laboratory' },
    },
    'laboratory.code-unknown': {
      zh: '代码 {code} 不在参加实验室之列',
      en: 'The code {code} is none of the participants',
      advice: { zh: '请核对代码，或补入“参加实验室”（participants）', en: 'Check the code, or add it to participants' },
    },
  },
})

export const fault = faultOf(comparisonTexts)
export type ComparisonCode = CodeOf<typeof comparisonTexts>

export const coded = codeOf(comparisonTexts)
