/** The command line. Exit codes: 0 success, 1 negative result, 2 misuse or I/O error. */

import { isTonghengError } from '../base/error.js'
import { padEnd } from '../base/text-width.js'
import { VERSION } from '../base/version.js'
import { type Command, type ExitCode, nearest, parseCommandLine, writeHelp } from './command.js'
import { fileError } from './file-error.js'
import { fault, say } from './messages.js'
import type { Terminal } from './terminal.js'
import { warnOfError } from './told-error.js'

/** Each command loads its own work: a command that is not asked for costs nothing. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  keygen: async () => (await import('./commands/keygen.js')).keygen,
  sign: async () => (await import('./commands/sign.js')).sign,
  verify: async () => (await import('./commands/verify.js')).verify,
  label: async () => (await import('./commands/label.js')).label,
  ledger: async () => (await import('./commands/ledger.js')).ledger,
  standing: async () => (await import('./commands/standing.js')).standing,
  duplicates: async () => (await import('./commands/duplicates.js')).duplicates,
  replay: async () => (await import('./commands/replay.js')).replay,
  check: async () => (await import('./commands/check.js')).check,
  explain: async () => (await import('./commands/explain.js')).explain,
  catalogue: async () => (await import('./commands/catalogue.js')).catalogue,
  joint: async () => (await import('./commands/joint.js')).joint,
  round: async () => (await import('./commands/round.js')).round,
  categories: async () => (await import('./commands/categories.js')).categories,
  specifications: async () => (await import('./commands/specifications.js')).specifications,
  certificate: async () => (await import('./commands/certificate.js')).certificate,
  supervise: async () => (await import('./commands/supervise.js')).supervise,
  trust: async () => (await import('./commands/trust.js')).trust,
  agreement: async () => (await import('./commands/agreement.js')).agreement,
  status: async () => (await import('./commands/status.js')).status,
  init: async () => (await import('./commands/init.js')).init,
  serve: async () => (await import('./commands/serve.js')).serve,
  submit: async () => (await import('./commands/submit.js')).submit,
  outbox: async () => (await import('./commands/outbox.js')).outbox,
  get: async () => (await import('./commands/get.js')).get,
  find: async () => (await import('./commands/find.js')).find,
  sync: async () => (await import('./commands/sync.js')).sync,
  log: async () => (await import('./commands/log.js')).log,
  doctor: async () => (await import('./commands/doctor.js')).doctor,
  node: async () => (await import('./commands/node.js')).node,
  backup: async () => (await import('./commands/backup.js')).backup,
  restore: async () => (await import('./commands/restore.js')).restore,
  demo: async () => (await import('./commands/demo.js')).demo,
}

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
    const [of] = name === 'help' ? rest : []
    if (of !== undefined && !of.startsWith('-')) return await run([of, '--help', ...rest.slice(1)], terminal)
    if (name === undefined || name === '--help' || name === 'help' || name === '-h') {
      terminal.printLines(await overview(language))
      return name === undefined ? 2 : 0
    }
    const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
    if (load === undefined) throw fault('cli.command-unknown', { name, near: nearest(name, Object.keys(COMMANDS)) })
    const command = await load()
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

async function overview(language: 'zh' | 'en'): Promise<string> {
  const title =
    language === 'zh'
      ? '同衡：川渝计量互认的签名记录与判定'
      : 'tongheng: signed metrology records and verdicts for Sichuan–Chongqing mutual recognition'
  const hint = language === 'zh' ? 'tongheng 命令 --help 看各命令的用法' : 'tongheng COMMAND --help shows how to use a command'
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()))
  const width = Math.max(...commands.map(({ name }) => name.length)) + 1
  return [title, '', ...commands.map((command) => `  ${padEnd(command.name, width)} ${command.summary[language]}`), '', hint].join('\n')
}
