/** Formats an error for standard error: text and code, then its faults, then the advice. */
import type { TonghengError } from '../base/error.js'
import type { Fault } from '../base/faults.js'
import type { Terminal } from './terminal.js'

/** Maximum number of faults printed per error. */
const MAX_FAULTS = 20

export function warnOfError(error: TonghengError, terminal: Terminal, language: 'zh' | 'en'): void {
  const { advice } = error.text
  const label = language === 'zh' ? '错误：' : 'Error: '
  terminal.warn(`${terminal.paint(label, 'fail')}${error.text[language]} [${error.code}]`)
  for (const fault of faultsOf(error, language)) terminal.warn(`  ${fault}`)
  if (advice !== undefined) terminal.warn(`  ${advice[language]}`)
}

/** Texts of the faults of an error, each with its code. */
function faultsOf(error: TonghengError, language: 'zh' | 'en'): string[] {
  const { faults } = error.details
  return Array.isArray(faults) ? faults.slice(0, MAX_FAULTS).map(({ text, code }: Fault) => `${text[language]} ${code}`) : []
}
