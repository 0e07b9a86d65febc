/** Writes a summary for a terminal, or for the body of a message. */
import { checkArgument } from '../base/options.js'
import { padEnd } from '../base/text-width.js'
import { visible } from '../base/visible.js'
import { SUMMARY, type Summary } from './summary.js'
import { LANGUAGE } from './table.js'
import type { Language } from './text.js'
import { COUNTED, DUPLICATE_WORDS, SUMMARY_WORDS } from './words-of-summary.js'

/** Maximum number of duplicates listed; the HTML file and the workbook have more. */
const MAX_LISTED = 50

/**
 * Writes a summary as lines of text: counts by outcome, issuer, kind and reason, then duplicates with their files.
 * @throws `verify.options`
 */
export function writeSummaryText(summary: Summary, language: Language = 'zh'): string {
  checkArgument('writeSummaryText', 'summary', summary, SUMMARY)
  checkArgument('writeSummaryText', 'language', language, LANGUAGE)
  const say = (key: keyof typeof SUMMARY_WORDS, count = 0): string => SUMMARY_WORDS[key][language].replace('{count}', String(count))
  const { total, searched, duplicates, unlisted = 0 } = summary
  const lines = [say('total', total)]
  const width = String(total).length
  for (const part of COUNTED) {
    if (summary[part].length === 0) continue
    lines.push('', say(part))
    for (const { name, count } of summary[part]) lines.push(`  ${String(count).padStart(width)}  ${visible(name)}`)
  }
  lines.push('', duplicates.length === 0 ? say('noDuplicates') : say('duplicates'))
  for (const { what, name, places } of duplicates.slice(0, MAX_LISTED))
    lines.push(`  ${padEnd(DUPLICATE_WORDS[what][language], 32)} ${visible(name)}: ${places.map(visible).join('  ')}`)
  const others = Math.max(0, duplicates.length - MAX_LISTED) + unlisted
  if (others > 0) lines.push(`  ${say('more', others)}`)
  if (searched < total) lines.push(`  ${say('searched', searched)}`)
  return lines.join('\n')
}
