/** Compares a label with the label that a record would have. */

import { aText, checkArgument } from '../base/options.js'
import { type LabelFacts, labelOf, lineOfLabel } from './label.js'
import { readScanned } from './text.js'

/**
 * Lists the members in which a label differs from the label of a signed record; empty if it belongs to that record. Verifies no signature.
 * @param label text of the code of the label
 * @param statement the signed record
 * @throws `label.not-ours`, `label.damaged`, `label.version` if the text is not a readable label; `label.no-record`, `label.kind`, `label.line`
 * @example
 * ```ts
 * import { createFakeAuthorities, fixtures } from 'tongheng/testing'
 * import { labelDifferences, labelUrl, signLabel } from 'tongheng/label'
 *
 * const world = await createFakeAuthorities()
 * const [one, other] = [await world.sign('CD', fixtures.F01.record), await world.sign('YB', fixtures.F02.record)]
 * const { octets } = await signLabel(one, { signers: [world.signer('CD')], at: '2025-03-12T17:00:00+08:00' })
 * const label = labelUrl(octets, 'https://jl.example.cn')
 * labelDifferences(label, one) // => []
 * labelDifferences(label, other).includes('record') // => true
 * ```
 */
export function labelDifferences(label: string, statement: string): readonly (keyof LabelFacts)[] {
  checkArgument('labelDifferences', 'label', label, aText)
  const { iat: _, ...said } = readScanned(label).packed.claims
  const expected = labelOf(statement, lineOfLabel(statement, said))
  const members = new Set([...Object.keys(expected), ...Object.keys(said)] as (keyof LabelFacts)[])
  return [...members].filter((member) => JSON.stringify(said[member]) !== JSON.stringify(expected[member]))
}
