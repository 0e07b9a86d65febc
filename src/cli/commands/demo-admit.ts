/** Admits public keys pasted into the terminal at both nodes: in the demonstration, its user is the operator too. */
import { formatInstant } from '../../base/date.js'
import { isTonghengError } from '../../base/error.js'
import { bareJwk, parsePublicJwk } from '../../envelope/index.js'
import { admitReader } from '../../node/index.js'
import type { Language } from '../../report/index.js'
import { organisation } from '../../testing/index.js'
import { jsonOf } from '../files.js'
import type { Terminal } from '../terminal.js'
import type { World } from './demo-world.js'

/** Maximum length of a line with a public key. */
const MAX_KEY = 4096

/** Admits the key in a line as an inspector of each province and prints its thumbprint; prints a message for other input. */
export async function admitPasted(line: string, world: World, language: Language, terminal: Terminal): Promise<void> {
  if (line.trim() === '') return
  try {
    const key = parsePublicJwk(bareJwk(jsonOf({ name: 'stdin', bytes: Buffer.from(line) }, 'content.key', MAX_KEY)))
    const { authorities } = world
    for (const { authority, node, store } of [world.sichuan, world.chongqing]) {
      const register = { store, trust: node.trust, authority: organisation(authority).uscc, now: world.now() }
      const name = language === 'zh' ? '演示读者' : 'Reader of the demonstration'
      const admission = { key, name, role: 'inspector', body: register.authority } as const
      const { kid, exp } = await admitReader({ ...register, signer: authorities.signer(authority) }, admission)
      terminal.print(`${kid}  ${terminal.paint('admitted', 'pass')}  inspector  ${register.authority}  ${formatInstant(exp)}`)
    }
    terminal.print(
      language === 'zh'
        ? '指纹应与页面所示一致；数秒后在页面上按“已准入，进入”。'
        : 'The thumbprint must be the one that the page shows; after a few seconds press “It was admitted: enter” there.',
    )
  } catch (error) {
    if (!isTonghengError(error)) throw error
    terminal.warn(`${error.text[language]} [${error.code}]`)
  }
}
