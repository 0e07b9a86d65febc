/** Messages of stickers and sheets; a separate file, because the page that judges labels does not load them. */

import { faultOf } from '../base/error.js'
import { defineTexts, sayOf } from '../base/message.js'

export const sheetTexts = defineTexts({
  codes: {
    'label.sticker-small': {
      zh: '标签需要 {needed} mm，给出的只有 {given} mm',
      en: 'The sticker needs {needed} mm; it has {given} mm',
      advice: {
        zh: '请用更大的标签纸（宽、高），模块不得小于 0.4 mm',
        en: 'Use a larger sticker (width, height); a module must not be smaller than 0.4 mm',
      },
    },
    'label.sticker-large': {
      zh: '标签 {given} mm 大于纸张 {paper} mm',
      en: 'A sticker of {given} mm is larger than the paper of {paper} mm',
    },
    'label.sheet-title': { zh: '标签 {count} 张', en: '{count} labels' },
    'label.sticker-title': { zh: '检定标签', en: 'Verification label' },
    'label.sticker-pass': { zh: '检定合格', en: 'Verified' },
    'label.sticker-fail': { zh: '检定不合格 不得使用', en: 'Failed, not to be used' },
    'label.sticker-valid': { zh: '有效期至 {value}', en: 'Valid until {value}' },
    'label.sticker-verified': { zh: '检定日期 {value}', en: 'Verified on {value}' },
    'label.sticker-serial': { zh: '出厂编号 {value}', en: 'Serial {value}' },
    'label.sticker-constant': { zh: '特征系数 K {value}', en: 'Constant K {value}' },
    'label.sticker-seals': { zh: '封印 {value}', en: 'Seals {value}' },
    'label.sticker-number': { zh: '证书编号 {value}', en: 'Certificate {value}' },
  },
})

export const fault = faultOf(sheetTexts)
export const say = sayOf(sheetTexts)
