/** All benchmarks, one core, in one run: `npm run bench`, or `npm run bench -- --format json`. */
import { argv, stdout } from 'node:process'
import { checking } from './check-record.js'
import { measure } from './measure.js'
import { verdict } from './verdict.js'

const asJson = argv.includes('--format') && argv[argv.indexOf('--format') + 1] === 'json'
const all = []
for (const { title, contenders } of [checking, verdict]) {
  const figures = await measure(contenders)
  all.push(...figures)
  if (asJson) continue
  stdout.write(`Node ${process.version}, ${title}, one core; medians of 25 rounds\n\n`)
  for (const { name, perSecond, ratio, to } of figures) {
    stdout.write(`${name.padEnd(30)} ${String(perSecond).padStart(8)} /s${ratio === undefined ? '' : `   ${ratio.toFixed(3)} × ${to}`}\n`)
  }
  stdout.write('\n')
}
if (asJson) stdout.write(`${JSON.stringify(all)}\n`)
