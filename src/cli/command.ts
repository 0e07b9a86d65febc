/** A command is a row of data and a function: options are parsed, and help is printed, from the same table. */

import { parseArgs } from 'node:util'
import { type Instant, isInstant, parseInstant } from '../base/date.js'
import { excerpt } from '../base/excerpt.js'
import type { Text } from '../base/message.js'
import { padEnd } from '../base/text-width.js'
import { fault, say } from './messages.js'
import type { Terminal } from './terminal.js'

interface Option {
  readonly type: 'string' | 'boolean'
  /** Placeholder of the value in the help. */
  readonly value?: string
  readonly help: Text
  readonly multiple?: boolean
}

export interface Command {
  readonly name: string
  /** More files are rejected, never silently ignored. @default no limit */
  readonly mostFiles?: number
  readonly usage: string
  readonly summary: Text
  readonly options: Readonly<Record<string, Option>>
  readonly notes?: Text
  run(args: Arguments, terminal: Terminal): Promise<ExitCode>
}

/** 0 success; 1 negative result; 2 misuse or I/O error. */
export type ExitCode = 0 | 1 | 2

export interface Arguments {
  readonly files: readonly string[]
  text(name: string): string | undefined
  /** @throws `cli.option-missing` */
  required(name: string): string
  flag(name: string): boolean
  /** A whole number from 1. @throws `cli.option-missing` without value and default, `cli.option-value` */
  whole(name: string, otherwise?: number): number
  /** A time with its zone. @throws `cli.option-time` that names the option; `cli.option-missing` without value and default */
  instant(name: string, otherwise?: Instant): Instant
  /** Values of a repeatable option; unless they are files, several may be separated by commas. */
  list(name: string): readonly string[]
  /** Value of an option with fixed choices. @throws `cli.option-value` */
  choice<const T extends string>(name: string, choices: readonly T[]): T
}

/** Options with the same meaning in every command. */
export const FORMAT: Option = {
  type: 'string',
  value: 'text|json',
  help: { zh: '输出格式，默认 text', en: 'output format, default text' },
}
export const FULL: Option = { type: 'boolean', help: { zh: '列出全部检查项', en: 'list every check' } }

const COMMON: Readonly<Record<string, Option>> = {
  lang: { type: 'string', value: 'zh|en', help: { zh: '语言，默认 zh', en: 'language, default zh' } },
  help: { type: 'boolean', help: { zh: '显示本说明', en: 'show this help' } },
}

/** A digest (statement id, thumbprint) of which one in 64 begins with a hyphen; no option has such a name. */
const HYPHEN_ID = /^-[A-Za-z0-9_-]{42}$/
/** Put before such a digest, so that it is not read as an option. No argument of a process contains it. */
const NO_OPTION = '\0'

/** Dashes that word processors and chats put in the place of hyphens, before a word of ASCII; a file of such a name is given as ./—name. */
const LIKE_HYPHENS = /^[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]{1,2}(?=[A-Za-z])/

function unknownOption({ name: command }: Command, table: object, option: string, name = option.replace(LIKE_HYPHENS, '')): Error {
  const [bare = ''] = name.split('=')
  const near = nearest(
    `--${bare}`,
    Object.keys(table).map((known) => `--${known}`),
  )
  return fault('cli.option-unknown', { option, near, command })
}

/** @throws `cli.option-unknown`, `cli.option-value`, `cli.option-twice`, `cli.files-many` */
export function parseCommandLine(command: Command, argv: readonly string[]): Arguments {
  const table = { ...command.options, ...COMMON }
  const options = Object.fromEntries(
    Object.entries(table).map(([name, { type, multiple }]) => [name, { type, multiple: multiple ?? false }]),
  )
  const takesValue = (arg = ''): boolean =>
    Object.hasOwn(table, arg.slice(2)) && arg.startsWith('--') && table[arg.slice(2)]?.type === 'string'
  const args = argv.map((arg, at) => (HYPHEN_ID.test(arg) && !takesValue(argv[at - 1]) ? `${NO_OPTION}${arg}` : arg))
  const { values, positionals: marked, tokens } = parseArgs({ args, options, allowPositionals: true, strict: false, tokens: true })
  const positionals = marked.map((one) => (one.startsWith(NO_OPTION) ? one.slice(NO_OPTION.length) : one))
  const given = new Map<string, string>()
  for (const token of tokens) {
    if (token.kind === 'positional' && LIKE_HYPHENS.test(token.value)) throw unknownOption(command, table, token.value)
    if (token.kind === 'option') checkOption(token, table, command, given)
  }
  const most = command.mostFiles ?? positionals.length
  if (positionals.length > most)
    throw fault('cli.files-many', { command: command.name, most, extra: positionals.slice(most, most + 3).join(' ') })
  return accessOf(command, positionals, values, table)
}

/** Typed access to the values of options that are checked. */
function accessOf(
  command: Command,
  files: readonly string[],
  values: Readonly<Record<string, unknown>>,
  table: Readonly<Record<string, Option>>,
): Arguments {
  const text = (name: string): string | undefined => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
  const required = (name: string): string => {
    const value = text(name)
    if (value === undefined) throw fault('cli.option-missing', { option: `--${name}`, command: command.name })
    return value
  }
  return {
    files,
    text,
    required,
    flag: (name) => values[name] === true,
    whole: (name, otherwise) => {
      const given = otherwise === undefined ? required(name) : text(name)
      if (given === undefined) return otherwise as number
      if (!/^[1-9]\d{0,7}$/.test(given)) throw fault('cli.option-value', { option: `--${name}`, expected: '1, 2, 3 …' })
      return Number(given)
    },
    instant: (name, otherwise) => {
      const given = otherwise === undefined ? required(name) : text(name)
      return given === undefined ? (otherwise as Instant) : instantOf(`--${name}`, given)
    },
    list: (name) => {
      const given = values[name]
      const texts = Array.isArray(given) ? given : []
      // A path may contain a comma, so each option names one file.
      const isPath = table[name]?.value === 'FILE'
      return texts.flatMap((one) => (typeof one === 'string' ? (isPath ? [one] : one.split(',')) : [])).filter((one) => one !== '')
    },
    choice: (name, choices) => {
      const value = text(name) ?? choices[0]
      const found = choices.find((candidate) => candidate === value)
      if (found === undefined) throw fault('cli.option-value', { option: `--${name}`, expected: choices.join('|') })
      return found
    },
  }
}

/** @throws `cli.option-time` */
export function instantOf(option: string, given: string): Instant {
  if (!isInstant(given)) throw fault('cli.option-time', { option, given: excerpt(given, 60) })
  return parseInstant(given)
}

/** One option as `parseArgs` reads it: `rawName` is as written, with its hyphens. */
interface OptionToken {
  readonly name: string
  readonly rawName: string
  readonly value: string | undefined
  readonly inlineValue?: boolean | undefined
}

/**
 * @param given values of the options before this one
 * @throws `cli.option-unknown` with the nearest name; `cli.option-value` if a value is missing or superfluous; `cli.option-twice`
 */
function checkOption(token: OptionToken, table: Readonly<Record<string, Option>>, command: Command, given: Map<string, string>): void {
  const { name, rawName, value, inlineValue } = token
  const known = Object.hasOwn(table, name) ? table[name] : undefined
  if (known === undefined) throw unknownOption(command, table, rawName, name)
  // `--trust --region 50`: the next option is no value; a file of such a name is given as ./--region or --trust=--region.
  const isOption = inlineValue === false && value?.startsWith('--') === true && Object.hasOwn(table, value.slice(2))
  if (known.type === 'string' && (value === undefined || value === '' || isOption))
    throw fault('cli.option-value', { option: rawName, expected: known.value ?? '' })
  const first = given.get(name)
  if (known.multiple !== true && first !== undefined && first !== value)
    throw fault('cli.option-twice', { option: rawName, first, second: value ?? '' })
  if (value !== undefined) given.set(name, value)
  if (known.type === 'boolean' && value !== undefined) throw fault('cli.option-value', { option: rawName, expected: '—' })
}

/** Help of one command. */
export function writeHelp(command: Command, language: 'zh' | 'en'): string {
  const rows = Object.entries({ ...command.options, ...COMMON }).map(([name, option]) => {
    const left = `  --${name}${option.value === undefined ? '' : ` ${option.value}`}`
    return `${padEnd(left, 30)} ${option.help[language]}`
  })
  return [
    `tongheng ${command.usage}`,
    '',
    command.summary[language],
    '',
    language === 'zh' ? '选项：' : 'Options:',
    ...rows,
    ...(command.notes === undefined ? [] : ['', command.notes[language]]),
  ].join('\n')
}

/** The action of a command that its first argument names. @throws `cli.action-missing`, `cli.action-unknown` with the nearest name */
export function actionOf<T>(command: string, actions: Readonly<Record<string, T>>, name: string): T {
  const names = Object.keys(actions)
  if (name === '') throw fault('cli.action-missing', { command, known: names.join(', ') })
  if (!names.includes(name)) throw fault('cli.action-unknown', { command, name, near: nearest(name, names), known: names.join(', ') })
  return actions[name] as T
}

/** Suggestion of a known name within edit distance two of the given one; empty if there is none. */
export function nearest(given: string, known: readonly string[]): Text {
  const scored = known.map((name) => [distance(given, name), name] as const).sort(([a], [b]) => a - b)
  const [best] = scored
  if (best === undefined || best[0] > 2) return { zh: '', en: '' }
  return say('cli.nearest', { near: best[1] })
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
    row = next
  }
  return row[b.length] as number
}
