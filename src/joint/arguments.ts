/** Expected arguments of the functions of this room: a day, a record, opened statements. */
import { isCivilDate } from '../base/date.js'
import { type Expectation, hasFunctions, isArrayOf, isObject } from '../base/options.js'
import { kindOfValue } from '../records/index.js'

export const aDay: Expectation = {
  is: (value) => typeof value === 'string' && isCivilDate(value),
  expected: { zh: '日期 YYYY-MM-DD', en: 'a date YYYY-MM-DD' },
}

/** A record of a known kind. */
export const aRecord: Expectation = {
  is: (value) => kindOfValue(value).row !== undefined,
  expected: { zh: '一份记录', en: 'a record' },
}

/** Opened joint statements. */
export const someJoint: Expectation = {
  is: hasFunctions('of'),
  expected: { zh: ' openJoint 的结果', en: 'what openJoint gives' },
}

/** Opened agreements. */
export const someAgreements: Expectation = {
  is: isArrayOf((one) => isObject(one) && isObject(one.payload)),
  expected: { zh: ' openAgreement 的结果组成的数组', en: 'an array of what openAgreement gives' },
}
