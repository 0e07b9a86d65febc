/** An error as the lines of standard error: sentence and code, then its faults, then what to do. */
import type { TonghengError } from '../base/error.js'
import type { Fault } from '../base/faults.js'
import type { Terminal } from './terminal.js'

/** Faults printed of one error. */
const MAX_FAULTS = 20

export function warnOfError(error: TonghengError, terminal: Terminal, language: 'zh' | 'en'): void {
  const { advice } = error.text
  const label = language === 'zh' ? '错误：' : 'Error: '
  terminal.warn(`${terminal.paint(label, 'fail')}${error.text[language]} [${error.code}]`)
  for (const fault of faultsOf(error, language)) terminal.warn(`  ${fault}`)
  if (advice !== undefined) terminal.warn(`  ${advice[language]}`)
}

/** Sentences of the faults in an error, each with its code. */
function faultsOf(error: TonghengError, language: 'zh' | 'en'): string[] {
  const { faults } = error.details
  return Array.isArray(faults) ? faults.slice(0, MAX_FAULTS).map(({ text, code }: Fault) => `${text[language]} ${code}`) : []
}
