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
    'standard.assessment-waived': {
      zh: '第 {standard} 项计量标准“{name}”没有写考核证书号；按 {documentNo}，企业最高计量标准自 {from} 起免于考核（适用于{holders}；{grade}）',
      en: 'Standard {standard} ({name}) states no number of an assessment; by {documentNo} the highest standards of enterprises need none since {from} (for: {holders}; {grade})',
      advice: {
        zh: '请核对该标准是出具机构的最高计量标准，并在适用范围之内',
        en: 'Check that it is the highest standard of the body, and that the document applies to it',
      },
    },
    'standard.waiver-unknown': {
      zh: '第 {standard} 项计量标准“{name}”没有写考核证书号；出具机构是企业，其最高计量标准在 {on} 是否免于考核，所给目录没有写明，未作核对',
      en: 'Standard {standard} ({name}) states no number of an assessment; its holder is an enterprise, and no catalogue given says whether its highest standards needed one on {on}: not compared',
      advice: { zh: '请给出该省（市）主管部门发布的目录', en: 'Give the catalogue of the authority of its province' },
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
