#!/usr/bin/env node
/** The process: its arguments, streams and clock go in, its exit code comes out. */
import process from 'node:process'
import { main, warnOfDefect } from './main.js'
import { createTerminal } from './terminal.js'

const terminal = createTerminal(process, Date.now)
// Node would print the error itself, with whatever its message quotes.
for (const event of ['uncaughtException', 'unhandledRejection'] as const)
  process.once(event, (error: unknown) => {
    warnOfDefect(error, terminal)
    process.exit(2)
  })
process.exitCode = await main(process.argv.slice(2), terminal)
