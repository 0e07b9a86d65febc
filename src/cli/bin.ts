#!/usr/bin/env node
/** Entry point of the process: passes arguments, streams and clock, and sets the exit code. */
import process from 'node:process'
import { main, warnOfDefect } from './main.js'
import { createTerminal } from './terminal.js'

const terminal = createTerminal(process, Date.now)
// Node would print the error itself, with unescaped quotations in its message.
for (const event of ['uncaughtException', 'unhandledRejection'] as const)
  process.once(event, (error: unknown) => {
    warnOfDefect(error, terminal)
    process.exit(2)
  })
process.exitCode = await main(process.argv.slice(2), terminal)
