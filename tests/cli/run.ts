// Why this exists: a command line is what a person types and a script reads: arguments in, text and exit code out. What a command
// prints and writes is tested in the test's own process, over streams and a clock of ours; what only a process can show (its pipes,
// signals, and that it ends) in a process.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { DEMONSTRATION_TIME } from 'tongheng/testing'
import { main } from '../../src/cli/main.js'
import { createTerminal } from '../../src/cli/terminal.js'
import { compile } from './build.js'

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

interface RunOptions {
  /** Standard input. @default empty */
  readonly input?: string | Uint8Array
  /** Time of the clock of the command. @default the day of the fixtures */
  readonly now?: string
}

interface ProcessOptions extends RunOptions {
  /** Options for Node. */
  readonly node?: readonly string[]
  /** Kibioctets beyond which no file of the process may grow: simulates a full disk. */
  readonly mostOfFile?: number
}

export interface Cli {
  /** A folder for files, in which every command runs. */
  readonly folder: string
  run(args: readonly string[], options?: RunOptions): Promise<Ran>
  /** Like `run`, in a separate process with real pipes. */
  runProcess(args: readonly string[], options?: ProcessOptions): Promise<Ran>
  /** Starts a process and does not wait for its end. */
  startProcess(args: readonly string[], options?: ProcessOptions): Promise<ChildProcess>
  write(name: string, content: string | Uint8Array | object): Promise<string>
  close(): Promise<void>
}

/** Paths in arguments are relative to the folder: until `close`, the working directory of this test file is there. */
export async function openCli(): Promise<Cli> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'tongheng-cli-')))
  const before = process.cwd()
  process.chdir(folder)
  const startProcess: Cli['startProcess'] = async (args, { now = DEMONSTRATION_TIME, node = [], mostOfFile } = {}) => {
    const program = await compile('src/cli/bin.ts')
    const clock = pathToFileURL(join(program.folder, 'clock.mjs')).href
    const command = [process.execPath, '--disable-warning=ExperimentalWarning', ...node, '--import', clock, program.file, ...args]
    const [file, ...rest] = mostOfFile === undefined ? command : ['bash', '-c', 'ulimit -f "$0"; exec "$@"', `${mostOfFile}`, ...command]
    return spawn(file as string, rest, {
      cwd: folder,
      env: { ...process.env, TEST_CLOCK_MS: String(Date.parse(now)), NO_COLOR: '1' },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
  }
  return {
    folder,
    startProcess,
    run: runHere,
    async runProcess(args, options = {}) {
      const child = await startProcess(args, options)
      return new Promise((resolve, reject) => {
        let out = ''
        let err = ''
        child.stdout?.setEncoding('utf8').on('data', (part: string) => {
          out += part
        })
        child.stderr?.setEncoding('utf8').on('data', (part: string) => {
          err += part
        })
        // A command that does not read its input closes it while we still write.
        child.stdin?.on('error', () => undefined)
        child.stdin?.end(options.input ?? '')
        child.on('error', reject)
        child.on('close', (code) => resolve({ code, out, err }))
      })
    },
    async write(name, content) {
      await writeFile(join(folder, name), typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content))
      return name
    },
    async close() {
      process.chdir(before)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function runHere(args: readonly string[], { input = '', now = DEMONSTRATION_TIME }: RunOptions = {}): Promise<Ran> {
  const [out, err] = [collector(), collector()]
  const shift = Date.parse(now) - Date.now()
  const stdin = Readable.from(input.length === 0 ? [] : [Buffer.from(input)])
  const code = await main(
    args,
    createTerminal({ stdin, stdout: out.stream, stderr: err.stream, env: {} }, () => Date.now() + shift),
  )
  return { code, out: out.text(), err: err.text() }
}

/** A stream that collects what is written to it. */
function collector(): { readonly stream: Writable; text(): string } {
  const parts: Buffer[] = []
  const stream = new Writable({
    write(part: Buffer, _encoding, done) {
      parts.push(part)
      done()
    },
  })
  return { stream, text: () => Buffer.concat(parts).toString('utf8') }
}
