/** Every code with its texts, for listings; `{name}` placeholders unfilled. */
import { cliMessages } from './cli.js'
import { contentMessages } from './content.js'
import { evidenceMessages } from './evidence.js'
import { exchangeMessages } from './exchange.js'
import { type Code, libraryMessages, type Message } from './index.js'
import { logMessages } from './log.js'

/** Every code of this package with its text in Chinese and English and, where there is one, what to do next. */
export const codes: Readonly<Record<Code, Message>> = {
  ...libraryMessages,
  ...evidenceMessages,
  ...contentMessages,
  ...exchangeMessages,
  ...logMessages,
  ...cliMessages,
}
