/** An option that names a signature algorithm, by its JOSE name or another in circulation. */

import { AlgorithmName, algorithmNamed, algorithms } from '../envelope/index.js'
import { fault } from './messages.js'

/** The names that help and errors show. */
export const ALGORITHMS = [...algorithms.values()].map(({ shortName }) => shortName).join('|')

/** The algorithm of that name; the first of all where none is asked for. @throws `cli.option-value` */
export function algorithmIn(option: string, name: string = AlgorithmName.options[0] as AlgorithmName): AlgorithmName {
  const alg = algorithmNamed(name)
  if (alg === undefined) throw fault('cli.option-value', { option, expected: ALGORITHMS })
  return alg
}
