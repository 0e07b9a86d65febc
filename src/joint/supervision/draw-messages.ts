/** Errors for arguments from which nothing can be drawn. Findings about a draw are in `messages.ts`. */
import { faultOf } from '../../base/error.js'
import { defineTexts } from '../../base/message.js'

export const drawTexts = defineTexts({
  codes: {
    'draw.party': {
      zh: '名单第 {at} 项“{value}”不是有效的统一社会信用代码',
      en: 'Entry {at} of the population, “{value}”, is no valid USCC',
      advice: { zh: '每行写一个 18 位统一社会信用代码', en: 'Write one USCC of 18 characters a line' },
    },
    'draw.population': {
      zh: '名单有 {count} 家，应为 1 至 {most} 家',
      en: 'The population has {count} parties; it may have 1 to {most}',
    },
    'draw.count': {
      zh: '抽取家数应为 1 至名单家数 {population} 的整数，给出的是 {count}',
      en: 'The number to draw is a whole number from 1 to the {population} parties of the population, not {count}',
    },
    'draw.nonces': {
      zh: '抽取需要两个不同机关各一个随机数（43 个 base64url 字符，32 字节）',
      en: 'A draw needs a nonce of each of two bureaus: 32 octets, 43 characters of base64url',
    },
  },
})

export const fault = faultOf(drawTexts)
