// Why this exists: what an operator sees of a node (its output, signals, exit code) needs it in a process of its own.
import type { NodeFiles } from './node-files.js'
import type { Cli } from './run.js'

export interface RunningNode {
  readonly files: NodeFiles
  err(): string
  signal(signal: NodeJS.Signals): void
  /** Ends the process; resolves with its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** Starts a node in a separate process; resolves once it listens. */
export async function serveNode(cli: Cli, files: NodeFiles): Promise<RunningNode> {
  const child = await cli.startProcess(['serve', '--config', files.file, '--lang', 'en', '--level', 'debug'])
  let err = ''
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    err += part
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve())
    child.on('close', (code) => reject(new Error(`the node ended with ${code}: ${err}`)))
  })
  return {
    files,
    err: () => err,
    signal: (signal) => void child.kill(signal),
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal)
      return ended
    },
  }
}
