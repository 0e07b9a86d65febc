/** All benchmarks, one core, in one run: `npm run bench`, or `npm run bench -- --format json`. */
import { argv, stdout } from 'node:process'
import { measureInChromium } from './browser.js'
import { checking } from './check-record.js'
import { type Figure, measure } from './measure.js'
import { sm2 } from './sm2.js'
import { verdict } from './verdict.js'

const asJson = argv.includes('--format') && argv[argv.indexOf('--format') + 1] === 'json'
const all: Figure[] = []
for (const { title, contenders } of [checking, verdict, sm2]) tell(`Node ${process.version}, ${title}`, await measure(contenders))
tell('Chromium, the same statements', await measureInChromium())
if (asJson) stdout.write(`${JSON.stringify(all)}\n`)

function tell(title: string, figures: readonly Figure[]): void {
  all.push(...figures)
  if (asJson) return
  stdout.write(`${title}, one core; medians of 25 rounds\n\n`)
  for (const { name, perSecond, ratio, to } of figures) {
    stdout.write(`${name.padEnd(30)} ${String(perSecond).padStart(8)} /s${ratio === undefined ? '' : `   ${ratio.toFixed(3)} × ${to}`}\n`)
  }
  stdout.write('\n')
}
