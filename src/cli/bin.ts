#!/usr/bin/env node
/** The process: its arguments, streams and clock go in, its exit code comes out. */
import process from 'node:process'
import { main } from './main.js'
import { createTerminal } from './terminal.js'

process.exitCode = await main(process.argv.slice(2), createTerminal(process, Date.now))
