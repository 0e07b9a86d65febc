/** Every code with its texts, for listings; `{name}` placeholders unfilled. */
import { cliMessages } from './cli.js'
import { contentMessages } from './content.js'
import { exchangeMessages } from './exchange.js'
import { type Code, libraryMessages, type Message } from './index.js'
import { logMessages } from './log.js'

export const codes: Readonly<Record<Code, Message>> = {
  ...libraryMessages,
  ...contentMessages,
  ...exchangeMessages,
  ...logMessages,
  ...cliMessages,
}
