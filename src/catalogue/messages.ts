/** Messages about editions of specifications: in force, abolished, unknown, unverified. */
import { codeOf, defineTexts } from '../base/message.js'

export const catalogueTexts = defineTexts({
  codes: {
    'specification.not-yet-in-force': {
      zh: '{number} 自 {effectiveOn} 起实施，{factDate} 检定（校准）时尚未生效',
      en: '{number} takes effect on {effectiveOn}; on {factDate} it was not yet in force',
      advice: { zh: '请改用当日有效的版本', en: 'Use the edition in force on the day' },
    },
    'specification.abolished': {
      zh: '{number} 已于 {abolishedOn} 废止，{factDate} 检定（校准）时已失效',
      en: '{number} was abolished on {abolishedOn}; the work is dated {factDate}',
      advice: { zh: '请改用现行版本', en: 'Use the edition in force' },
    },
    'specification.edition-unknown': {
      zh: '本软件未收录 {number}，无法判断其在检定（校准）当日是否有效',
      en: 'The list of this software does not have {number}; whether it was in force cannot be told',
      advice: {
        zh: '请核对编号和年号，并在国家计量技术规范全文公开系统（jjg.spc.org.cn）查询；主管部门发布该版本信息后可作判断',
        en: 'Check number and year, and look it up at jjg.spc.org.cn; once its authority publishes the edition, it decides',
      },
    },
    'specification.perhaps-not-in-force': {
      zh: '据未经核实的资料，{number} 自 {on} 起{change}，{factDate} 检定（校准）时可能不是现行版本',
      en: 'By a source that nobody has verified, {number} {change} on {on}; on {factDate} it may not have been in force',
      advice: {
        zh: '请在国家计量技术规范全文公开系统（jjg.spc.org.cn）核对',
        en: 'Look it up at jjg.spc.org.cn',
      },
    },
    'specification.catalogues-differ': {
      zh: '{number} 在 {factDate} 检定（校准）时：{catalogue} 称{said}，本软件内置目录为{ours}；以前者为准',
      en: 'On {factDate}, {number} was {said} by {catalogue}, and {ours} by the tables of this software; the former counts',
      advice: { zh: '请与发布目录的机关核对', en: 'Ask the authority that published the catalogue' },
    },
    'specification.dates-unverified': {
      zh: '{number} 的实施、废止日期未收录或未经核实，仅作提示',
      en: 'The dates of {number} are not in our list, or not verified; this is a hint only',
      advice: {
        zh: '请在国家计量技术规范全文公开系统（jjg.spc.org.cn）核对是否现行',
        en: 'See at jjg.spc.org.cn whether the edition is in force',
      },
    },
  },
})

export const coded = codeOf(catalogueTexts)
