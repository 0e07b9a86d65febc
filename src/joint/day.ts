/** A day as an argument of this room's functions. */
import { isCivilDate } from '../base/date.js'
import type { Expectation } from '../base/options.js'

export const aDay: Expectation = {
  is: (value) => typeof value === 'string' && isCivilDate(value),
  expected: { zh: '日期 YYYY-MM-DD', en: 'a date YYYY-MM-DD' },
}
