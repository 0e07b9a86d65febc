/** Asks the user to confirm a change that was displayed; scripts pass `--yes`. */

import { messageOf } from '../base/message.js'
import type { Arguments } from './command.js'
import { fault, say } from './messages.js'
import type { Terminal } from './terminal.js'

/** False if the user declined. @throws `cli.confirm-needed` without a terminal to ask on */
export async function confirm(
  args: Arguments,
  terminal: Terminal,
  question: 'cli.confirm' | 'cli.confirm-draft' = 'cli.confirm',
): Promise<boolean> {
  if (args.flag('yes')) return true
  const language = args.choice('lang', ['zh', 'en'])
  const answer = await terminal.ask(messageOf(question)[language])
  if (answer === undefined) throw fault('cli.confirm-needed')
  if (!answer) terminal.warn(say('cli.not-confirmed')[language])
  return answer
}
