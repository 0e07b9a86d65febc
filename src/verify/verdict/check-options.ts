/** Option tables of `verify` and related calls: an argument of the wrong type throws. */
import {
  aMoment,
  anObject,
  aTrust,
  checkArgument,
  checkOptions,
  type Expectation,
  hasFunctions,
  isArrayOf,
  isObject,
  isString,
  namesOf,
  type OptionTable,
  optional,
} from '../../base/options.js'
import { algorithms } from '../../envelope/index.js'
import { someAgreements } from '../../recognition/inside.js'
import { aStatus, someTexts } from '../../status/inside.js'

const at = aMoment
const trust = aTrust
const log: Expectation = {
  is: hasFunctions('seen'),
  expected: { zh: ' openLogEvidence 的结果', en: 'what openLogEvidence gives' },
  isOptional: true,
}
const positive: Expectation = {
  is: (value) => typeof value === 'number' && Number.isSafeInteger(value) && value > 0,
  expected: { zh: '正整数', en: 'a positive integer' },
  isOptional: true,
}
const VERIFY: OptionTable = {
  at,
  trust,
  agreements: optional(someAgreements),
  specifications: {
    is: hasFunctions('edition'),
    expected: { zh: ' readSpecifications 得到的 specifications', en: 'the specifications that readSpecifications gives' },
    isOptional: true,
  },
  catalogues: {
    is: hasFunctions('catalogueFor'),
    expected: { zh: ' openCatalogues 的结果', en: 'what openCatalogues gives' },
    isOptional: true,
  },
  status: aStatus,
  log,
  line: positive,
  policy: anObject,
}
const POLICY: OptionTable = {
  region: {
    is: (value) => isString(value) && /^[1-9][0-9]$/.test(value),
    expected: {
      zh: '省级区划代码前两位的文本，如 "50"（重庆）、"51"（四川）',
      en: 'the two-digit code of a province as text, as "50" (Chongqing) or "51" (Sichuan)',
    },
  },
  maxLength: positive,
  algorithms: optional(namesOf(algorithms, { zh: '算法名的数组', en: 'an array of algorithms' })),
}
const STATEMENT: Expectation = {
  is: (value) => isString(value) || (Array.isArray(value) && value.length > 0 && value.every(isString)),
  expected: {
    zh: '签名记录的文本，或同一内容的几个签名的数组（文件用 readStatements 读取）',
    en: 'the text of a statement, or an array of the signatures over one content (read files with readStatements)',
  },
}
const STATEMENTS: Expectation = {
  is: (value) =>
    typeof value === 'object' &&
    value !== null &&
    (Symbol.iterator in value || Symbol.asyncIterator in value) &&
    !ArrayBuffer.isView(value),
  expected: { zh: '签名记录的序列（数组、迭代器）', en: 'an iterable of statements, as an array' },
}
const EVIDENCE: Expectation = {
  is: /* @__PURE__ */ isArrayOf((one) => isString(one) || isObject(one)),
  expected: { zh: '回执（文本）或日志位置（对象）的数组', en: 'an array of receipts (texts) or places in a log (objects)' },
  isOptional: true,
}
const SIGNED: Expectation = {
  is: /* @__PURE__ */ isArrayOf(/* @__PURE__ */ isArrayOf(isString)),
  expected: { zh: '数组，每项是一份文件的各个签名', en: 'an array, each item the signatures of one document' },
  isOptional: true,
}

/** @throws `verify.options` */
export function checkVerifyOptions(call: string, options: unknown): void {
  checkOptions(call, options, VERIFY)
  checkOptions(call, (options as { policy: unknown }).policy, POLICY, 'policy')
}

/** @throws `verify.options` */
export function checkStandingOptions(call: string, options: unknown): void {
  const { line: _, ...table } = VERIFY
  const texts = { is: isArrayOf(isString), expected: { zh: '出厂编号的数组', en: 'an array of serial numbers' } }
  checkOptions(call, options, { ...table, serials: optional(texts) })
  checkOptions(call, (options as { policy: unknown }).policy, POLICY, 'policy')
}

/** @throws `verify.options`; the content of the text is verified, and never throws */
export const checkStatement = (call: string, statement: unknown): void => checkArgument(call, 'statement', statement, STATEMENT)

/** @throws `verify.options` */
export const checkStatements = (call: string, statements: unknown): void => checkArgument(call, 'statements', statements, STATEMENTS)

/** @throws `verify.options` */
export function checkSpecificationOptions(statements: unknown, options: unknown): void {
  checkArgument('readSpecifications', 'statements', statements, someTexts)
  checkOptions('readSpecifications', options, { at, trust, status: aStatus, log })
}

/** Members of `Material`. */
function materialTable(): OptionTable {
  const anchors = { is: Array.isArray, expected: { zh: '固定的根公钥的数组', en: 'an array of pinned root keys' } }
  const seen: Expectation = { ...anchors, expected: { zh: '数组', en: 'an array' }, isOptional: true }
  return {
    anchors,
    trustLists: { is: SIGNED.is, expected: SIGNED.expected },
    agreements: SIGNED,
    specifications: someTexts,
    catalogues: SIGNED,
    statusLists: someTexts,
    notices: someTexts,
    successors: someTexts,
    log: EVIDENCE,
    seen,
  }
}

/** @throws `verify.options` */
export const checkMaterial = (call: string, material: unknown, more: OptionTable = {}): void =>
  checkOptions(call, material, { ...materialTable(), ...more })

/** @throws `verify.options` */
export function checkThreadOptions(call: string, options: unknown, more: OptionTable): void {
  const { line } = VERIFY
  checkOptions(call, options, { at, line: line as Expectation, policy: VERIFY.policy as Expectation, material: anObject, ...more })
  const { policy, material } = options as { readonly policy: unknown; readonly material: unknown }
  checkOptions(call, policy, POLICY, 'policy')
  checkOptions(call, material, materialTable(), 'material')
}

/** @throws `verify.options` */
export function checkLogEvidence(given: unknown, under: unknown): void {
  checkArgument('openLogEvidence', 'given', given, EVIDENCE)
  checkArgument('openLogEvidence', 'trust', under, trust)
}

const VERDICT: Expectation = {
  is: (value) => isObject(value) && isString(value.outcome) && Array.isArray(value.checks),
  expected: { zh: ' verify 给出的判定', en: 'a verdict, as verify gives it' },
}

/** @throws `verify.options` */
export const checkVerdict = (call: string, verdict: unknown): void => checkArgument(call, 'verdict', verdict, VERDICT)

/** @throws `verify.options` */
export function checkReplay(options: unknown): void {
  checkOptions('replayEvidence', options, { anchors: { is: Array.isArray, expected: { zh: '数组', en: 'an array' }, isOptional: true } })
}

/** Options of `gatherEvidence`: the documents, and what is asked. @throws `verify.options` */
export function checkEvidence(material: unknown): void {
  const { region, algorithms } = POLICY as Record<'region' | 'algorithms', Expectation>
  checkMaterial('gatherEvidence', material, { at, line: positive, region, algorithms })
}
