/** An option for a signature algorithm, by its JOSE name or another name in use. */

import { AlgorithmName, algorithmNamed, algorithms } from '../envelope/index.js'
import { fault } from './messages.js'

/** The names shown in help and errors. */
export const ALGORITHMS = [...algorithms.values()].map(({ shortName }) => shortName).join('|')

/** The algorithm of that name; the first one by default. @throws `cli.option-value` */
export function algorithmIn(option: string, name: string = AlgorithmName.options[0] as AlgorithmName): AlgorithmName {
  const alg = algorithmNamed(name)
  if (alg === undefined) throw fault('cli.option-value', { option, expected: ALGORITHMS })
  return alg
}
