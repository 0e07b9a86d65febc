/** What is found in assessments of measurement standards and in authorisations. */
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
  },
})
