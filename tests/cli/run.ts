// Why this exists: a command line is what a person types and a script reads, so it is tested as a process: arguments in, text and exit code out.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { DEMONSTRATION_TIME } from 'tongheng/testing'
import { compile } from './build.js'

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

interface RunOptions {
  /** What comes on standard input; nothing where absent. */
  readonly input?: string | Uint8Array
  /** Moment at which the process believes to be; the fixtures' own day where absent. */
  readonly now?: string
}

export interface Cli {
  /** A folder for files, in which every command runs. */
  readonly folder: string
  run(args: readonly string[], options?: RunOptions): Promise<Ran>
  /** Starts and does not wait. */
  start(args: readonly string[], options?: RunOptions): ChildProcess
  write(name: string, content: string | Uint8Array | object): Promise<string>
  close(): Promise<void>
}

/** The clock of a child begins at a moment of ours, so that no test ages with the calendar. */
const CLOCK = `const shift = Number(process.env.TEST_CLOCK_MS) - Date.now()
const real = Date.now.bind(Date)
Date.now = () => real() + shift
`

/** Compiles the command line of this checkout once, for the tests of a file. */
export async function openCli(): Promise<Cli> {
  const program = await compile('src/cli/main.ts')
  const clock = join(program.folder, 'clock.mjs')
  const folder = join(program.folder, 'files')
  await writeFile(clock, CLOCK)
  await mkdir(folder)
  const start: Cli['start'] = (args, { now = DEMONSTRATION_TIME } = {}) =>
    spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--import', pathToFileURL(clock).href, program.file, ...args], {
      cwd: folder,
      env: { ...process.env, TEST_CLOCK_MS: String(Date.parse(now)), NO_COLOR: '1' },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
  return {
    folder,
    start,
    run: (args, options = {}) =>
      new Promise((resolve, reject) => {
        const child = start(args, options)
        let out = ''
        let err = ''
        child.stdout?.setEncoding('utf8').on('data', (part: string) => {
          out += part
        })
        child.stderr?.setEncoding('utf8').on('data', (part: string) => {
          err += part
        })
        // A command that does not read its input closes it before we have written all.
        child.stdin?.on('error', () => undefined)
        child.stdin?.end(options.input ?? '')
        child.on('error', reject)
        child.on('close', (code) => resolve({ code, out, err }))
      }),
    async write(name, content) {
      await writeFile(join(folder, name), typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content))
      return name
    },
    close: program.remove,
  }
}
