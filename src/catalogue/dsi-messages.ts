/** Messages of the D-SI form of a unit: the fault and its position. */
import { codeOf, defineTexts } from '../base/message.js'

const near = { zh: '请写作“{near}”', en: 'Write “{near}”' }

export const dsiTexts = defineTexts({
  codes: {
    'unit.dsi-name': {
      zh: 'D-SI 没有“\\{found}”，第 {column} 列',
      en: 'D-SI has no “\\{found}”, column {column}',
      advice: { zh: '请核对拼写', en: 'Check the spelling' },
    },
    'unit.dsi-prefix-case': {
      zh: '“\\{found}”：词头应写作“\\{near}”，第 {column} 列',
      en: '“\\{found}”: the prefix is written “\\{near}”, column {column}',
      advice: near,
    },
    'unit.dsi-unit-case': {
      zh: '“\\{found}”：单位应写作“\\{near}”，第 {column} 列',
      en: '“\\{found}”: the unit is written “\\{near}”, column {column}',
      advice: near,
    },
    'unit.dsi-prefix-alone': {
      zh: '词头“\\{found}”之后缺少单位，第 {column} 列',
      en: 'No unit follows the prefix “\\{found}”, column {column}',
      advice: { zh: '请补写单位', en: 'Add the unit' },
    },
    'unit.dsi-form': {
      zh: '不是 D-SI 写法，第 {column} 列',
      en: 'This is not the D-SI form, column {column}',
      advice: { zh: '如 \\kilo\\metre\\hour\\tothe{-1}', en: 'For example \\kilo\\metre\\hour\\tothe{-1}' },
    },
  },
})

export const coded = codeOf(dsiTexts)
