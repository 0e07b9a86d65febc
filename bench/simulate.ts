/**
 * A nation of nodes in one process: `npm run simulate -- --provinces 31 --days 3 --rate 100 --seed 1 --format json`. Node, server,
 * client, sync and log are those of the package; time and network are simulated. Partitions, late lists, revocations, a province that
 * shows two histories, and one whose database is lost. Exit code 1 if an entry is lost or doubled, if no node proves the fork, or
 * if a revocation does not arrive. `--sabotage drop|deaf|double|blind` puts a fault into a node, by which the run must fail.
 */
import { argv, stderr, stdout } from 'node:process'
import { parseArgs } from 'node:util'
import { type Outcome, simulateNation } from './simulate/nation.js'
import { SABOTAGES, type Sabotage } from './simulate/sabotage.js'

const { values } = parseArgs({
  args: argv.slice(2),
  options: {
    provinces: { type: 'string', default: '31' },
    days: { type: 'string', default: '3' },
    rate: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    interval: { type: 'string', default: '1800' },
    peers: { type: 'string', default: '4' },
    loss: { type: 'string', default: '0.002' },
    sabotage: { type: 'string' },
    format: { type: 'string', default: 'text' },
  },
})
const { sabotage } = values
if (sabotage !== undefined && !Object.hasOwn(SABOTAGES, sabotage))
  throw new Error(`no sabotage ${sabotage}: ${Object.keys(SABOTAGES).join(', ')}`)

const started = performance.now()
const outcome = await simulateNation({
  provinces: Number(values.provinces),
  days: Number(values.days),
  rate: Number(values.rate),
  seed: values.seed,
  intervalSeconds: Number(values.interval),
  peers: Number(values.peers),
  loss: Number(values.loss),
  sabotage: sabotage as Sabotage | undefined,
  say: (text) => void stderr.write(`${text}\n`),
})
const seconds = Math.round((performance.now() - started) / 1000)
stdout.write(values.format === 'json' ? `${JSON.stringify({ seconds, ...outcome })}\n` : report(outcome))
if (outcome.faults.length > 0) process.exitCode = 1

function report(found: Outcome): string {
  const { propagation, lists, traffic, processor, work, stored, proof, faults } = found
  return [
    `${found.provinces} provinces, ${found.days} days, ${found.records} records, ${found.revocations} revocations, ${found.rounds} rounds, ${seconds} s`,
    `propagation of a revocation: median ${propagation.median} s, 99th percentile ${propagation.p99} s, most ${propagation.most} s (${propagation.count})`,
    `propagation of a trust list: median ${lists.median} s, 99th percentile ${lists.p99} s, most ${lists.most} s (${lists.count})`,
    `traffic: ${(traffic.octets / 1e6).toFixed(1)} MB in ${traffic.requests} requests, ${traffic.lost} lost`,
    `processor, seconds: ${Object.entries(processor)
      .map(([kind, used]) => `${kind} ${used.toFixed(1)}`)
      .join(', ')}`,
    `entries: ${work.taken} copied, ${work.known} fetched that were there, ${work.skipped} put off; ${stored.entries} stored, ${(stored.statements / 1e6).toFixed(1)} MB statements, ${(stored.receipts / 1e6).toFixed(1)} MB receipts`,
    `refusals: ${JSON.stringify(found.refusals)}`,
    `proof: ${JSON.stringify({ ...proof, roots: undefined, faults: undefined })}; settled after ${found.settledAfter} s`,
    faults.length === 0
      ? 'nothing lost, nothing doubled, the fork proved, every revocation arrived'
      : `FAILED\n${faults.slice(0, 40).join('\n')}`,
    '',
  ].join('\n')
}
