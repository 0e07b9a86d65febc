/** Checks of what an operator types or hands in for a trust list: whatever enters a published list stays in it for ever. */

import { isUscc } from '../../base/identifier.js'
import { instrumentCategories } from '../../catalogue/index.js'
import { bareJwk, type PublicJwk, parsePublicJwk } from '../../envelope/index.js'
import { kinds } from '../../records/index.js'
import type { Authorisation } from '../../trust/index.js'
import { type Arguments, nearest } from '../command.js'
import { jsonOf, readBytes } from '../files.js'
import { fault, say } from '../messages.js'
import type { Terminal } from '../terminal.js'
import { fault as cliTrustFault, say as cliTrustSay } from './messages.js'

/** A code whose check character is wrong is a typing error, and no record can name such a body. @throws `cli.option-value` */
export function usccIn(args: Arguments, option: 'iss' | 'uscc'): string {
  const uscc = args.required(option)
  mustBeUscc(uscc, option)
  return uscc
}

/** @throws `cli.option-value` */
export function mustBeUscc(uscc: string, option: string): void {
  if (!isUscc(uscc)) throw fault('cli.option-value', { option: `--${option}`, expected: say('cli.uscc-expected') })
}

/** Positions 3 and 4 of a USCC are the province of registration (GB 32100—2015); 10 is that of national bodies. */
export function warnOfOtherRegion(uscc: string, region: string, args: Arguments, terminal: Terminal): void {
  const registered = uscc.slice(2, 4)
  if (registered !== region && registered !== '10')
    terminal.warn(cliTrustSay('cli.region-other', { uscc, registered, region })[args.choice('lang', ['zh', 'en'])])
}

/**
 * A list may contain kinds of later versions, but in a file that is handed in an unknown one is a typing error: it would authorise
 * nothing. A published catalogue may have more categories than the built-in one, so an unknown one is only reported.
 * @throws `cli.trust-kind`
 */
export function checkScopes(file: string, authorisations: readonly Authorisation[], args: Arguments, terminal: Terminal): void {
  const known = [...kinds.keys()]
  for (const [at, { kinds: given, categories }] of authorisations.entries()) {
    for (const [place, kind] of given.entries()) {
      if (known.includes(kind)) continue
      const path = `/${at}/kinds/${place}`
      throw cliTrustFault('cli.trust-kind', { file, kind, path, near: nearest(kind, known), known: known.join(', ') })
    }
    for (const [place, category] of categories === 'all' ? [] : categories.entries()) {
      if (instrumentCategories.has(category)) continue
      const params = { file, category, path: `/${at}/categories/${place}` }
      terminal.warn(cliTrustSay('cli.trust-category', params)[args.choice('lang', ['zh', 'en'])])
    }
  }
}

/** A public key, as written by `keygen --public`. @throws `cli.key-private`, `cli.key-public` */
export async function readPublicKey(file: string): Promise<PublicJwk> {
  const json = jsonOf({ name: file, bytes: await readBytes(file) })
  if (json !== null && typeof json === 'object' && 'd' in json) throw cliTrustFault('cli.key-private', { file })
  try {
    return parsePublicJwk(bareJwk(json))
  } catch (cause) {
    throw cliTrustFault('cli.key-public', { file }, { cause })
  }
}
