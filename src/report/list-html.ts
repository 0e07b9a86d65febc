/** Writes verdicts of many statements as one HTML file for people: the summary on the first page, then one row per statement. */
import { writeHtmlFile } from '../base/html-file.js'
import { escapeMarkup } from '../base/markup.js'
import { anObject, aText, checkArgument, checkMembers, type Expectation } from '../base/options.js'
import { visible } from '../base/visible.js'
import { SUMMARY, type Summary, type SummaryCount } from './summary.js'
import { LANGUAGE, SIGNS, type TableRow, tableColumns, toneOf } from './table.js'
import type { Language } from './text.js'
import { COUNTED, DUPLICATE_WORDS, SUMMARY_WORDS } from './words-of-summary.js'

export interface ListHtmlOptions {
  /** @default zh */
  readonly language?: Language
  /** Moment of the verdicts, formatted for people. */
  readonly at: string
  /** Name of the province that recognises. */
  readonly region: string
}

/** Maximum number of rows written: a browser stalls on more, and people read longer tables in a spreadsheet. */
const MAX_ROWS = 20_000
/** Columns that are written. `certificateLine` is omitted if no row has one. The CSV has all columns. */
const SHOWN = ['word', 'number', 'certificateLine', 'instrument', 'serial', 'plate', 'issuer', 'validUntil', 'reason', 'file'] as const

/** Columns with short texts, which are not broken over lines. */
const WHOLE: ReadonlySet<string> = new Set(['plate', 'validUntil'])

const STYLE = `
:root{--ink:#1b2430;--soft:#4a5663;--line:#c3cad1}
*{box-sizing:border-box}
body{margin:0;background:#fff;color:var(--ink);font:15px/1.6 "Noto Sans SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",sans-serif;overflow-wrap:anywhere}
main{max-width:1240px;margin:0 auto;padding:24px 20px}
h1{font-size:26px;margin:0 0 4px}h2{font-size:17px;margin:26px 0 8px}
p{margin:2px 0}.soft{color:var(--soft)}
.counts{display:grid;grid-template-columns:repeat(auto-fit,minmax(270px,1fr));gap:0 28px}
ul{margin:0;padding:0;list-style:none}li{padding:4px 0;border-bottom:1px solid var(--line)}.counts li{display:grid;grid-template-columns:3.4em 1fr;gap:.8em}li b{text-align:end;font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:13.5px}
caption{text-align:start;font-weight:700;font-size:17px;padding:26px 0 8px}
th,td{border:1px solid var(--line);padding:5px 8px;text-align:start;vertical-align:top;overflow-wrap:break-word}
th{background:#f1f4f6}thead{display:table-header-group}tr{break-inside:avoid}
.word{font-weight:700}.word,.whole{white-space:nowrap}.good .word{color:#0b5d2a}.bad .word{color:#a11212}.failed .word{color:#8a3b00}.unsure .word{color:#5b4a00}
@page{size:A4 landscape;margin:12mm}
@media print{main{max-width:none;padding:0}.summary{break-after:page}table{font-size:8.5pt}.scroll{overflow:visible}}
`

const ROWS: Expectation = { is: Array.isArray, expected: { zh: 'tableRow 结果的数组', en: 'an array of what tableRow gave' } }

/**
 * Writes a list of verdicts as one self-contained HTML file: no script, no request, printable on A4. It has the first 20,000 rows, and
 * states the number of others.
 * @throws `verify.options`
 */
export function writeListHtml(rows: readonly TableRow[], summary: Summary, options: ListHtmlOptions): string {
  checkArgument('writeListHtml', 'rows', rows, ROWS)
  checkArgument('writeListHtml', 'summary', summary, SUMMARY)
  checkArgument('writeListHtml', 'options', options, anObject)
  checkMembers('writeListHtml', options, { at: aText, region: aText }, 'options')
  const { language = 'zh', at, region } = options
  checkArgument('writeListHtml', 'language', language, LANGUAGE)
  const say = (key: keyof typeof SUMMARY_WORDS, count = 0): string => SUMMARY_WORDS[key][language].replace('{count}', String(count))
  const colon = language === 'zh' ? '：' : ': '
  const columns = SHOWN.filter((name) => name !== 'certificateLine' || rows.some(({ certificateLine }) => certificateLine !== ''))
  const body = `<main>
<section class="summary">
<h1>${say('title')}</h1>
<p>${say('total', summary.total)}</p>
<p class="soft">${say('at')}${colon}${shown(at)} · ${say('region')}${colon}${shown(region)}</p>
<div class="counts">
${COUNTED.map((part) => countsHtml(say(part), summary[part])).join('')}</div>
${duplicatesHtml(summary, language)}</section>
<div class="scroll" tabindex="0" role="region" aria-label="${say('rows')}">
<table>
<caption>${say('rows')}</caption>
<thead><tr>${columns.map((name) => `<th scope="col">${tableColumns.get(name)?.[language]}</th>`).join('')}</tr></thead>
<tbody>
${rows
  .slice(0, MAX_ROWS)
  .map((row) => rowHtml(row, columns))
  .join('\n')}
</tbody>
</table>
</div>
${summary.total > MAX_ROWS ? `<p>${say('cut', MAX_ROWS)}</p>\n` : ''}</main>`
  return writeHtmlFile({ lang: language === 'zh' ? 'zh-CN' : 'en', title: say('title'), style: STYLE, body })
}

const shown = (text: string): string => escapeMarkup(visible(text))

const countsHtml = (title: string, counts: readonly SummaryCount[]): string =>
  counts.length === 0
    ? ''
    : `<section><h2>${title}</h2><ul>${counts.map(({ name, count }) => `<li><b>${count}</b>${shown(name)}</li>`).join('')}</ul></section>\n`

function duplicatesHtml({ duplicates, searched, total, unlisted = 0 }: Summary, language: Language): string {
  const say = (key: keyof typeof SUMMARY_WORDS, count = 0): string => SUMMARY_WORDS[key][language].replace('{count}', String(count))
  const more = unlisted > 0 ? `<p class="soft">${say('more', unlisted)}</p>\n` : ''
  const note = more + (searched < total ? `<p class="soft">${say('searched', searched)}</p>\n` : '')
  if (duplicates.length === 0) return `<p>${say('noDuplicates')}</p>\n${note}`
  const items = duplicates.map(
    ({ what, name, places }) =>
      `<li>${DUPLICATE_WORDS[what][language]}${language === 'zh' ? '：' : ': '}${shown(name)} <span class="soft">${places.map(shown).join('　')}</span></li>`,
  )
  return `<section><h2>${say('duplicates')}</h2><ul>${items.join('')}</ul></section>\n${note}`
}

function rowHtml(row: TableRow, columns: readonly (typeof SHOWN)[number][]): string {
  const tone = toneOf(row)
  const place = row.line === '' ? row.file : `${row.file}:${row.line}`
  const cells = columns.map((name) => {
    if (name === 'word') return `<td class="word">${SIGNS[tone]} ${shown(row.word)}</td>`
    return `<td${WHOLE.has(name) ? ' class="whole"' : ''}>${shown(name === 'file' ? place : row[name])}</td>`
  })
  return `<tr class="${tone}">${cells.join('')}</tr>`
}
