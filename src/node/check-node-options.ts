/** Option table of `createNode`: an option of the wrong type throws before anything is opened. */
import {
  aFunction,
  anArray,
  anObject,
  aSigner,
  aStore,
  aText,
  checkArgument,
  checkMembers,
  isArrayOf,
  isString,
  namesOf,
  type OptionTable,
  optional,
} from '../base/options.js'
import { algorithms } from '../envelope/index.js'
import type { NodeOptions } from './shapes.js'

const SIGNED = isArrayOf(isArrayOf(isString))
const NODE: OptionTable = {
  id: aText,
  url: aText,
  authority: aText,
  name: anObject,
  region: aText,
  signer: aSigner,
  log: optional(anObject),
  store: aStore,
  anchors: anArray,
  trustLists: {
    is: SIGNED,
    expected: { zh: '数组，每项是一份信任列表的各个签名', en: 'an array, each item the signatures of one trust list' },
  },
  agreements: { is: SIGNED, expected: { zh: '数组，每项是一份协议的各个签名', en: 'an array, each item the signatures of one agreement' } },
  catalogues: {
    is: SIGNED,
    expected: { zh: '数组，每项是一份器具与规程目录的各个签名', en: 'an array, each item the signatures of one catalogue' },
    isOptional: true,
  },
  numberTwice: {
    is: (value) => value === 'pending' || value === 'refuse',
    expected: { zh: 'pending 或 refuse', en: 'pending or refuse' },
    isOptional: true,
  },
  policy: optional(anObject),
  now: aFunction,
  alarm: optional(aFunction),
}

const ALGORITHMS = optional(namesOf(algorithms, { zh: '算法名的数组', en: 'an array of algorithms' }))

/** @throws `verify.options` */
export function checkNodeOptions(options: NodeOptions): void {
  checkArgument('createNode', 'options', options, anObject)
  checkMembers('createNode', options, NODE)
  if (options.policy !== undefined) checkMembers('createNode', options.policy, { algorithms: ALGORITHMS }, 'policy')
  if (options.log !== undefined)
    checkMembers('createNode', options.log, { origin: aText, signer: aSigner, witness: optional(aSigner) }, 'log')
}
