/** Number formats that show a date or a time. */
import type { Moment } from './serial.js'

export interface DateWriter {
  /** True if the format shows a day, a month or a year, not only a time. */
  readonly hasDate: boolean
  /** The displayed text; undefined if the format has an element that is not supported: names of months and weekdays, eras, fractions of a second. */
  write(moment: Moment): string | undefined
}

type Field = 'y' | 'm' | 'd' | 'h' | 'n' | 's'
type Token = { readonly literal: string } | { readonly field: Field; readonly length: number }

/** Creates the writer of a date format; undefined if the code is not one. A duration such as `[h]:mm` is a number. */
export function createDateWriter(code: string): DateWriter | undefined {
  const tokens: Token[] = []
  let [isPlain, hasAny] = [true, false]
  for (const [token] of code.matchAll(/"[^"]*"?|\\[\s\S]|\[[^\]]*\]?|[_*][\s\S]|General|AM\/PM|A\/P|上午\/下午|([a-z])\1*|[\s\S]/gi)) {
    if (token.startsWith('"')) tokens.push({ literal: token.replace(/^"|"$/g, '') })
    else if (token.startsWith('\\')) tokens.push({ literal: token.slice(1) })
    else if (token.startsWith('[')) {
      if (/^\[[hms]+\]$/i.test(token)) return undefined
      if (!/^\[\$/.test(token)) isPlain &&= /^\[(?:black|blue|cyan|green|magenta|red|white|yellow)\]$/i.test(token)
    } else if (/^[_*]./s.test(token)) continue
    else if (/^(?:y+|m+|d+|h+|s+)$/i.test(token)) {
      hasAny = true
      isPlain &&= !/^(?:m{3,}|d{3,})$/i.test(token)
      tokens.push({ field: fieldOf(token, tokens), length: token.length })
    } else if (/^(?:AM\/PM|A\/P|上午\/下午|[a-z]+)$/i.test(token)) isPlain = false
    else if (/[#0?@]/.test(token)) {
      // After a date or time field, digits are fractions of a second; otherwise this is a number format.
      if (!hasAny) return undefined
      isPlain = false
    } else tokens.push({ literal: token })
  }
  if (!hasAny) return undefined
  minutesBeforeSeconds(tokens)
  const hasDate = tokens.some((token) => 'field' in token && 'ymd'.includes(token.field))
  return { hasDate, write: (moment) => (isPlain ? tokens.map((token) => textOf(token, moment)).join('') : undefined) }
}

/** The field of a token: `m` after hours means minutes. */
function fieldOf(token: string, before: readonly Token[]): Field {
  const letter = token.charAt(0).toLowerCase()
  if (letter !== 'm') return letter as Field
  const last = before.findLast((each) => 'field' in each)
  return last !== undefined && 'field' in last && last.field === 'h' ? 'n' : 'm'
}

/** Corrects `m` before seconds, which means minutes too. */
function minutesBeforeSeconds(tokens: Token[]): void {
  let month = -1
  tokens.forEach((token, at) => {
    if (!('field' in token)) return
    if (token.field === 's' && month !== -1) tokens[month] = { field: 'n', length: (tokens[month] as { length: number }).length }
    month = token.field === 'm' ? at : -1
  })
}

function textOf(token: Token, { date, seconds }: Moment): string {
  if ('literal' in token) return token.literal
  const [year = '', month = '', day = ''] = date.split('-')
  if (token.field === 'y') return token.length > 2 ? year : year.slice(2)
  const value = { m: Number(month), d: Number(day), h: Math.floor(seconds / 3600), n: Math.floor(seconds / 60) % 60, s: seconds % 60 }[
    token.field
  ]
  return token.length > 1 ? String(value).padStart(2, '0') : String(value)
}
