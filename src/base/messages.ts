/** Messages of JSON and its schema, decimals, dates, base64url and options, and of checks that did not run. */
import { faultOf } from './error.js'
import { type CodeOf, codeOf, defineTexts, sayOf } from './message.js'

export const baseTexts = defineTexts({
  codes: {
    'verify.options': {
      zh: '{call} 的参数 {member} 有误：{problem}',
      en: 'The argument {member} of {call} is wrong: {problem}',
    },
    'not-applicable': { zh: '{row}：不适用', en: '{row}: not applicable' },
    blocked: { zh: '{row}：未检查（“{by}”未通过）', en: '{row}: not checked (waits for: {by})' },
    'format.alphabet': {
      zh: '第 {offset} 个字符之后出现 base64url 以外的字符（填充、空白、“+”“/”均不允许）',
      en: 'A character outside base64url at offset {offset} (padding, white space, “+” and “/” are not allowed)',
      advice: { zh: '请按原文传送，不要换行、补等号或转码', en: 'Transmit the text unchanged: no line breaks, padding or re-encoding' },
    },
    'format.length': { zh: 'base64url 长度 {length} 不成立', en: 'Impossible base64url length {length}' },
    'format.unused-bits': { zh: 'base64url 末位的空闲比特不为零', en: 'Unused bits at the end of a base64url segment are not zero' },
    'json.byte-order-mark': {
      zh: '文件以字节顺序标记（BOM）开头',
      en: 'The text begins with a byte order mark',
      advice: { zh: '请另存为“UTF-8（无 BOM）”', en: 'Save it as UTF-8 without a byte order mark' },
    },
    'json.utf8': {
      zh: '不是合法的 UTF-8',
      en: 'Not valid UTF-8',
      advice: { zh: '请另存为 UTF-8；GBK 等编码不能用', en: 'Save it as UTF-8; GBK and other encodings are not taken' },
    },
    'json.syntax': {
      zh: 'JSON 语法错误：第 {line} 行第 {column} 列，遇到 {found}',
      en: 'JSON syntax error at line {line}, column {column}: found {found}',
    },
    'json.duplicate-name': {
      zh: '成员“{name}”重复：第 {line} 行第 {column} 列',
      en: 'Duplicate member “{name}” at line {line}, column {column}',
      advice: { zh: '同名成员在不同系统中会读出不同内容，请删去其一', en: 'Two systems would read two contents; remove one' },
    },
    'json.forbidden-name': {
      zh: '不允许的成员名“{name}”：第 {line} 行第 {column} 列',
      en: 'Forbidden member name “{name}” at line {line}, column {column}',
    },
    'json.number': {
      zh: '数 {found} 不是可精确表示的整数：第 {line} 行第 {column} 列',
      en: 'The number {found} is not an exactly representable integer, at line {line}, column {column}',
      advice: {
        zh: '测量值请写成字符串，如 "1.20"，以保留末位零',
        en: 'Write measured values as strings, such as "1.20", so that trailing zeros survive',
      },
    },
    'json.character': {
      zh: '不允许的字符 {character}：第 {line} 行第 {column} 列',
      en: 'Character {character} is not allowed, at line {line}, column {column}',
    },
    'json.too-deep': { zh: '嵌套超过 {maxDepth} 层', en: 'Nested deeper than {maxDepth} levels' },
    'json.too-large': { zh: '输入过长：{length}，上限 {maxLength}', en: 'The input is too long: {length}, the limit is {maxLength}' },
    'json.too-many-values': { zh: '值超过 {maxValues} 个', en: 'More than {maxValues} values' },
    'decimal.syntax': { zh: '“{text}”不是十进制数：{reason}', en: '“{text}” is not a decimal: {reason}' },
    'decimal.interval': {
      zh: '修约间隔 {interval} 不是正数',
      en: 'The rounding interval {interval} is not positive',
      advice: { zh: '写作 0.1、0.2、0.5、1 等', en: 'Write 0.1, 0.2, 0.5, 1 or the like' },
    },
    'date.period': { zh: '“{text}”不是时段（如 P6M、P1Y）', en: '“{text}” is not a period such as P6M or P1Y' },
    'date.instant': {
      zh: '“{text}”不是带时区的时间',
      en: '“{text}” is not an instant with an offset',
      advice: { zh: '写作 2025-06-16T09:00:00+08:00', en: 'Write 2025-06-16T09:00:00+08:00' },
    },
    'date.civil': { zh: '{found} 不是日期（如 2025-06-16）', en: '{found} is not a date such as 2025-06-16' },
    'shape.missing': { zh: '缺少“{name}”', en: '“{name}” is missing' },
    'shape.unrecognised': {
      zh: '不认识的成员“{name}”',
      en: 'Unrecognised member “{name}”',
      advice: { zh: '请核对拼写，或删去', en: 'Check the spelling, or remove it' },
    },
    'shape.type': { zh: '“{name}”应为 {expected}，实为 {found}', en: '“{name}” should be {expected}, but is {found}' },
    'shape.number': {
      zh: '“{name}”写成了 JSON 数 {found}',
      en: '“{name}” is written as the JSON number {found}',
      advice: { zh: '请写成字符串，如 "1.20"，以保留末位零', en: 'Write it as a string, such as "1.20", so that trailing zeros survive' },
    },
    'shape.value': {
      zh: '“{name}”的值 {found} 不在允许之列（{expected}）',
      en: '“{name}” has the value {found}, which is not one of: {expected}',
    },
    'shape.format': { zh: '“{name}”的写法不合要求：{found}', en: '“{name}” is not written as required: {found}' },
    'shape.too-big': { zh: '“{name}”超出上限 {maximum}', en: '“{name}” exceeds the limit of {maximum}' },
    'shape.too-small': { zh: '“{name}”低于下限 {minimum}', en: '“{name}” is below the limit of {minimum}' },
  },
})

export const fault = faultOf(baseTexts)
export type BaseCode = CodeOf<typeof baseTexts>

export const coded = codeOf(baseTexts)
export const say = sayOf(baseTexts)
