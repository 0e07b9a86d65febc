/** What is found in assessments of measurement standards and in authorisations, and in the standards of a record. */
import { defineTexts } from '../../base/message.js'

export const standardTexts = defineTexts({
  codes: {
    'standard-assessment.no-reference': {
      zh: '没有列出计量标准器',
      en: 'No reference standard is listed',
      advice: {
        zh: '计量标准考核证书应列出计量标准器及主要配套设备',
        en: 'The certificate lists the reference standards and the main auxiliary equipment',
      },
    },
    'authorisation.kind-unknown': {
      zh: '记录种类“{kind}”是本版本不认识的',
      en: 'The kind of record {kind} is not known to this version',
    },
    'standard.not-at-hand': {
      zh: '第 {standard} 项计量标准“{name}”的考核证书 {number} 不在手边，未作核对',
      en: 'The assessment {number} of standard {standard} ({name}) is not at hand and was not compared',
    },
    'standard.not-stated': {
      zh: '第 {standard} 项计量标准“{name}”没有写考核证书号，未作核对',
      en: 'Standard {standard} ({name}) states no number of an assessment and was not compared',
    },
    'standard.assessment-ended': {
      zh: '计量标准“{name}”的考核证书 {number} 有效期至 {until}，早于 {on}',
      en: 'The assessment {number} of the standard {name} ended on {until}, before {on}',
      advice: { zh: '请核对该标准是否已复查换证', en: 'Check whether the standard has been assessed again' },
    },
    'standard.assessment-later': {
      zh: '计量标准“{name}”的考核证书 {number} 发证于 {from}，晚于 {on}',
      en: 'The assessment {number} of the standard {name} was issued on {from}, after {on}',
    },
    'standard.not-holder': {
      zh: '计量标准“{name}”的考核证书 {number} 属 {holder}，不属出具机构',
      en: 'The assessment {number} of the standard {name} is of {holder}, not of the body that issued the record',
    },
    'standard.validity-differs': {
      zh: '记录写明考核证书 {number} 有效期至 {stated}，证书为 {until}',
      en: 'The record states that the assessment {number} is valid until {stated}; the assessment says {until}',
    },
    'standard.name-differs': {
      zh: '记录写为“{name}”，考核证书 {number} 的计量标准名称为“{assessed}”',
      en: 'The record says {name}; the assessment {number} is of {assessed}',
    },
    'standard.work-not-assessed': {
      zh: '考核证书 {number} 未包括对“{category}”开展{work}',
      en: 'The assessment {number} does not include {work} of {category}',
    },
    'standard.out-of-range': {
      zh: '器具的测量范围超出考核证书 {number} 的测量范围',
      en: 'The range of the instrument is beyond that of the assessment {number}',
    },
    'standard.range-not-compared': {
      zh: '器具的测量范围与考核证书 {number} 的测量范围无法比较',
      en: 'The range of the instrument could not be compared with that of the assessment {number}',
    },
  },
})
