/** Option tables of `openStatus` and related calls: an argument of the wrong type throws. */
import { anObject, aTrust, checkArgument, checkOptions, type Expectation, hasFunctions, optional, texts } from '../base/options.js'

export const aStatus: Expectation = {
  is: hasFunctions('listsOf', 'noticesOf'),
  expected: { zh: ' openStatus 的结果', en: 'what openStatus gives' },
  isOptional: true,
}
export const someTexts: Expectation = /* @__PURE__ */ optional(texts)

/** @throws `verify.options` */
export function checkStatusOptions(documents: unknown, given: unknown): void {
  checkArgument('openStatus', 'documents', documents, anObject)
  checkOptions('openStatus', documents, { statusLists: someTexts, notices: someTexts, successors: someTexts })
  checkArgument('openStatus', 'trust', given, aTrust)
}

/** @throws `verify.options` */
export function checkSuccessors(known: unknown, successors: unknown, under: unknown): void {
  checkArgument('withSuccessors', 'known', known, aStatus)
  checkArgument('withSuccessors', 'successors', successors, someTexts)
  checkArgument('withSuccessors', 'trust', under, aTrust)
}
