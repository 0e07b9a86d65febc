/** The command line. Exit codes: 0 success, 1 negative result, 2 misuse or I/O error. */

import { isTonghengError } from '../base/error.js'
import { VERSION } from '../base/version.js'
import { padEnd } from '../report/index.js'
import { type Command, type ExitCode, nearest, parseCommandLine, writeHelp } from './command.js'
import { agreement } from './commands/agreement.js'
import { backup } from './commands/backup.js'
import { catalogue } from './commands/catalogue.js'
import { categories } from './commands/categories.js'
import { certificate } from './commands/certificate.js'
import { check } from './commands/check.js'
import { demo } from './commands/demo.js'
import { doctor } from './commands/doctor.js'
import { duplicates } from './commands/duplicates.js'
import { explain } from './commands/explain.js'
import { find } from './commands/find.js'
import { get } from './commands/get.js'
import { init } from './commands/init.js'
import { joint } from './commands/joint.js'
import { keygen } from './commands/keygen.js'
import { label } from './commands/label.js'
import { ledger } from './commands/ledger.js'
import { log } from './commands/log.js'
import { node } from './commands/node.js'
import { outbox } from './commands/outbox.js'
import { replay } from './commands/replay.js'
import { restore } from './commands/restore.js'
import { round } from './commands/round.js'
import { serve } from './commands/serve.js'
import { sign } from './commands/sign.js'
import { specifications } from './commands/specifications.js'
import { standing } from './commands/standing.js'
import { status } from './commands/status.js'
import { submit } from './commands/submit.js'
import { supervise } from './commands/supervise.js'
import { sync } from './commands/sync.js'
import { trust } from './commands/trust.js'
import { verify } from './commands/verify.js'
import { fileError } from './files.js'
import { fault, say } from './messages.js'
import type { Terminal } from './terminal.js'
import { warnOfError } from './told-error.js'

const COMMANDS: readonly Command[] = [
  keygen,
  sign,
  verify,
  label,
  ledger,
  standing,
  duplicates,
  replay,
  check,
  explain,
  catalogue,
  joint,
  round,
  categories,
  specifications,
  certificate,
  supervise,
  trust,
  agreement,
  status,
  init,
  serve,
  submit,
  outbox,
  get,
  find,
  sync,
  log,
  doctor,
  node,
  backup,
  restore,
  demo,
]

/** If output could not be written, the exit code must not claim a result. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const code = await run(argv, terminal)
  const fault = await terminal.flush()
  if (fault === undefined) return code
  const language = languageOf(argv)
  const { text } = fileError(say('cli.standard-output')[language], String(fault.code))
  terminal.warn(`${terminal.paint(language === 'zh' ? '错误：' : 'Error: ', 'fail')}${text[language]} [cli.file]`)
  return 2
}

async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = argv
  const language = languageOf(argv)
  try {
    if (name === '--version') {
      terminal.print(VERSION)
      return 0
    }
    if (name === undefined || name === '--help' || name === 'help' || name === '-h') {
      terminal.printLines(overview(language))
      return name === undefined ? 2 : 0
    }
    const command = COMMANDS.find((candidate) => candidate.name === name)
    if (command === undefined)
      throw fault('cli.command-unknown', {
        name,
        near: nearest(
          name,
          COMMANDS.map((one) => one.name),
        ),
      })
    if (rest.includes('--help') || rest.includes('-h')) {
      terminal.printLines(writeHelp(command, language))
      return 0
    }
    return await command.run(parseCommandLine(command, rest), terminal)
  } catch (error) {
    if (!isTonghengError(error)) {
      // A defect of ours. Node would exit with 1, which here means a negative result.
      warnOfDefect(error, terminal)
      return 2
    }
    warnOfError(error, terminal, language)
    return 2
  }
}

/** Show stack frames only: the first lines quote the message, which may be third-party text. */
export function warnOfDefect(error: unknown, terminal: Terminal): void {
  terminal.warn(String(error))
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  for (const line of stack.split('\n')) if (/^ {4}at /.test(line)) terminal.warn(line)
}

function languageOf(argv: readonly string[]): 'zh' | 'en' {
  const at = argv.indexOf('--lang')
  return argv[at + 1] === 'en' || argv.includes('--lang=en') ? 'en' : 'zh'
}

function overview(language: 'zh' | 'en'): string {
  const title =
    language === 'zh'
      ? '同衡：川渝计量互认的签名记录与判定'
      : 'tongheng: signed metrology records and verdicts for Sichuan–Chongqing mutual recognition'
  const hint = language === 'zh' ? 'tongheng 命令 --help 看各命令的用法' : 'tongheng COMMAND --help shows how to use a command'
  const width = Math.max(...COMMANDS.map(({ name }) => name.length)) + 1
  return [title, '', ...COMMANDS.map((command) => `  ${padEnd(command.name, width)} ${command.summary[language]}`), '', hint].join('\n')
}
