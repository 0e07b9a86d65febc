/** All benchmarks, one core, in one run: `npm run bench`, or `npm run bench -- --format json`. */
import { argv, cpuUsage, stdout } from 'node:process'
import { batches } from './batches.js'
import { measureInChromium } from './browser.js'
import { certificates } from './certificates.js'
import { checking } from './check-record.js'
import { label } from './labels.js'
import { type Figure, measure } from './measure.js'
import { lists } from './rows.js'
import { sm2 } from './sm2.js'
import { spreadsheet } from './spreadsheet.js'
import { verdict } from './verdict.js'

const asJson = argv.includes('--format') && argv[argv.indexOf('--format') + 1] === 'json'
const all: Figure[] = []
for (const { title, contenders, rounds } of [checking, verdict, lists, label, batches, certificates, spreadsheet, sm2])
  tell(`Node ${process.version}, ${title}`, await measure(contenders, processor, rounds))
tell('Chromium, the same statements', await measureInChromium())
if (asJson) stdout.write(`${JSON.stringify(all)}\n`)

function processor(): number {
  const { user, system } = cpuUsage()
  return (user + system) / 1000
}

function tell(title: string, figures: readonly Figure[]): void {
  all.push(...figures)
  if (asJson) return
  stdout.write(`${title}; medians of the rounds: by the wall, and by processor time\n\n`)
  for (const { name, perSecond, ratio, perSecondOfProcessor, ratioOfProcessor, to } of figures) {
    const column = (rate: number | undefined, times: number | undefined): string =>
      rate === undefined ? '' : `${String(rate).padStart(8)} /s ${times === undefined ? '' : `${times.toFixed(3)} ×`}`.padEnd(22)
    stdout.write(`${name.padEnd(30)} ${column(perSecond, ratio)}${column(perSecondOfProcessor, ratioOfProcessor)}${to ?? ''}\n`)
  }
  stdout.write('\n')
}
