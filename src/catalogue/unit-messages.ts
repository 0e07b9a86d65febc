/** Messages of unit parsing: the fault and its position. */
import { type CodeOf, codeOf, defineTexts } from '../base/message.js'

const near = { zh: '请写作“{near}”', en: 'Write “{near}”' }

export const unitGatewayTexts = defineTexts({
  codes: {
    'unit.not-legal': {
      zh: '“{unit}”不是法定计量单位，应使用{name}（{symbol}）',
      en: '“{unit}” is not a legal unit; use the {name} ({symbol})',
      advice: { zh: '换算后写作 "{code}"', en: 'Convert, and write "{code}"' },
    },
    'unit.not-legal-within': {
      zh: '“{unit}”中的{found}不是法定计量单位',
      en: '“{unit}” contains {found}, which is not a legal unit',
      advice: { zh: '请换用法定计量单位', en: 'Use legal units' },
    },
    'unit.customary': {
      zh: '“{unit}”是行业惯用单位，不在法定计量单位之列',
      en: '“{unit}” is customary in its trade and not among the legal units',
      advice: {
        zh: '请以{name}（{code}）给出，惯用单位可并列',
        en: 'State the value in the {name} ({code}); the customary unit may stand beside it',
      },
    },
    'unit.blood-pressure-only': {
      zh: '“{unit}”只可用于血压',
      en: '“{unit}” is for blood pressure only',
      advice: {
        zh: '血压以外请写 {code}；确为血压的，请在列名中写明“血压”',
        en: 'Write {code} for anything else; where it is blood pressure, say so in the name of the column',
      },
    },
    'unit.printed-symbol': {
      zh: '“{unit}”不是单位代码：{name}的 UCUM 代码是 {code}',
      en: '“{unit}” is not the code of a unit; the UCUM code of the {name} is {code}',
      advice: { zh: '写作 "{code}"', en: 'Write "{code}"' },
    },
    'unit.reference-conditions': {
      zh: '“{unit}”：标准状态不写在单位中',
      en: '“{unit}”: reference conditions are no part of a unit',
      advice: {
        zh: '写作 "{code}"，并注明参比条件（温度、压力）',
        en: 'Write "{code}", and state the reference conditions (temperature, pressure) beside it',
      },
    },
    'unit.temperature-difference': {
      zh: '“{unit}”：摄氏度不参与乘除，温度差用 K',
      en: '“{unit}”: degrees Celsius take no part in products; a difference of temperature is in K',
      advice: { zh: '写作 "{code}"', en: 'Write "{code}"' },
    },
    'unit.misspelt': {
      zh: '“{unit}”不是单位代码，代码区分大小写；若为{name}，代码是 {code}',
      en: '“{unit}” is not the code of a unit, and codes are case-sensitive; if the {name} is meant, the code is {code}',
      advice: { zh: '写作 "{code}"', en: 'Write "{code}"' },
    },
    'unit.ambiguous': {
      zh: '“{unit}”不止一个意思：{senses}',
      en: '“{unit}” has more than one sense: {senses}',
      advice: { zh: '请按所指写单位代码', en: 'Write the code of the unit that is meant' },
    },
    'unit.stroke-ambiguous': {
      zh: '斜线之后不止一个单位，须加括号：{first} 或 {second}',
      en: 'More than one unit follows the oblique stroke and needs brackets: {first} or {second}',
      advice: { zh: '请按所指选用其一', en: 'Write the one that is meant' },
    },
    'unit.left-to-right': {
      zh: '“{unit}”按 UCUM 自左至右读作 {code}',
      en: '“{unit}” reads from left to right, as UCUM has it: {code}',
      advice: { zh: '若指 {meant}，请加括号；否则写作 {code}', en: 'Write {meant} if that is meant, else {code}' },
    },
    'unit.picohenry': {
      zh: '“{unit}”是皮亨（电感），不是 pH 值',
      en: '“{unit}” is the picohenry, a unit of inductance, not the pH value',
      advice: { zh: 'pH 值写作 "{code}"', en: 'Write "{code}" for the pH value' },
    },
    'unit.syntax': {
      zh: '“{unit}”不是 UCUM 代码：{reason}',
      en: '“{unit}” is no UCUM code: {reason}',
      advice: { zh: '请用 UCUM 代码，写法见 tongheng explain unit', en: 'Use the UCUM code; see tongheng explain unit' },
    },
    'unit.unknown': {
      zh: '“{unit}”不在本软件的单位表中（{found}），无法判断是否为法定计量单位，也无法换算',
      en: '“{unit}” is not in our table of units ({found}); whether it is legal cannot be said, nor can it be converted',
      advice: {
        zh: '请核对写法，见 tongheng explain unit；没有代码的计数单位写在花括号内',
        en: 'Check the spelling, see tongheng explain unit; a count without a code goes into braces',
      },
    },
    'unit.empty': { zh: '单位为空', en: 'The unit is empty', advice: { zh: '无量纲量写 1', en: 'Write 1 for a number' } },
    'unit.too-long': {
      zh: '单位超过 {most} 个字符',
      en: 'The unit has more than {most} characters',
      advice: { zh: '请核对', en: 'Check it' },
    },
    'unit.blank': {
      zh: '单位中有空格，第 {column} 列',
      en: 'There is a blank in the unit, column {column}',
      advice: { zh: '请删去空格', en: 'Remove it' },
    },
    'unit.character': {
      zh: '单位中不应有“{found}”，第 {column} 列',
      en: '“{found}” does not belong in a unit, column {column}',
      advice: { zh: '请用 UCUM 代码，如 MPa、km/h', en: 'Write the UCUM code, such as MPa or km/h' },
    },
    'unit.operator-missing': {
      zh: '“{found}”之前缺少“.”或“/”，第 {column} 列',
      en: 'A “.” or “/” is missing before “{found}”, column {column}',
      advice: { zh: '相乘写“.”，相除写“/”', en: 'Write “.” to multiply and “/” to divide' },
    },
    'unit.operator-dangling': {
      zh: '运算符后缺少单位，第 {column} 列',
      en: 'No unit follows the operator, column {column}',
      advice: { zh: '请补写单位或删去运算符', en: 'Add the unit or remove the operator' },
    },
    'unit.bracket-open': {
      zh: '括号没有闭合，第 {column} 列',
      en: 'The bracket is not closed, column {column}',
      advice: { zh: '请补写“)”', en: 'Add “)”' },
    },
    'unit.bracket-unopened': {
      zh: '多余的“)”，第 {column} 列',
      en: 'There is a “)” too many, column {column}',
      advice: { zh: '请删去', en: 'Remove it' },
    },
    'unit.nesting': {
      zh: '括号超过 {most} 层，第 {column} 列',
      en: 'Brackets are nested more than {most} deep, column {column}',
      advice: { zh: '请展开', en: 'Write it out' },
    },
    'unit.exponent-missing': {
      zh: '正负号之后缺少指数，第 {column} 列',
      en: 'No exponent follows the sign, column {column}',
      advice: { zh: '如 m-2', en: 'For example m-2' },
    },
    'unit.exponent-range': {
      zh: '指数“{found}”不在 1 至 {most} 之间，第 {column} 列',
      en: 'The exponent “{found}” is not between 1 and {most}, column {column}',
      advice: { zh: '请核对指数', en: 'Check it' },
    },
    'unit.exponent-on-number': {
      zh: '数“{found}”不能带指数，第 {column} 列',
      en: 'The number “{found}” takes no exponent, column {column}',
      advice: { zh: '10 的幂写作 10*3', en: 'A power of ten is written 10*3' },
    },
    'unit.exponent-on-group': {
      zh: '括号不能带指数，第 {column} 列',
      en: 'A bracket takes no exponent, column {column}',
      advice: { zh: '请将指数写到各单位上', en: 'Put the exponent on each unit' },
    },
    'unit.number': {
      zh: '“{found}”不是正整数，第 {column} 列',
      en: '“{found}” is no positive whole number, column {column}',
      advice: { zh: '请核对', en: 'Check it' },
    },
    'unit.annotation': {
      zh: '花括号注释没有闭合或含有 ASCII 以外的字符，第 {column} 列',
      en: 'The annotation in braces is not closed or holds other than ASCII, column {column}',
      advice: { zh: '花括号内只用 ASCII', en: 'Use ASCII only' },
    },
    'unit.prefix-not-allowed': {
      zh: '“{atom}”不能加词头“{prefix}”，第 {column} 列',
      en: '“{atom}” takes no prefix “{prefix}”, column {column}',
      advice: { zh: '请删去词头或换用可加词头的单位', en: 'Remove the prefix, or use a unit that takes one' },
    },
    'unit.atom-unknown': {
      zh: '不认识的单位“{found}”，第 {column} 列',
      en: 'Unknown unit “{found}”, column {column}',
      advice: { zh: '请用法定计量单位的 UCUM 代码', en: 'Use the UCUM code of a legal unit' },
    },
    'unit.atom-misspelt': {
      zh: '“{found}”应写作“{near}”，第 {column} 列',
      en: '“{found}” is written “{near}”, column {column}',
      advice: near,
    },
    'unit.atom-not-legal': {
      zh: '“{found}”（{name}）不是法定计量单位，第 {column} 列',
      en: '“{found}” ({name}) is not a legal unit, column {column}',
      advice: { zh: '请改用 {code}', en: 'Use {code}' },
    },
    'unit.special-in-product': {
      zh: '{found} 不能与其他单位相乘除',
      en: '{found} takes no part in products',
      advice: { zh: '温度差请用 K', en: 'Use K for a difference of temperature' },
    },
    'unit.too-large': {
      zh: '单位的系数超过 10 的 {most} 次方',
      en: 'The factor of the unit exceeds 10 to the power {most}',
      advice: { zh: '请核对指数', en: 'Check the exponents' },
    },
    'unit.not-commensurable': {
      zh: '{from} 与 {to} 不是同一种量的单位',
      en: '{from} and {to} measure different kinds of quantity',
      advice: { zh: '请核对两个单位', en: 'Check both units' },
    },
  },
})

export type UnitCode = CodeOf<typeof unitGatewayTexts>

export const coded = codeOf(unitGatewayTexts)
