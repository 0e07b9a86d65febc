/**
 * Durable throughput of a node: submissions one by one and in bulk over HTTP, latency at a steady load, following another node;
 * the driver's own inserts are the limit in the same run: `npm run bench:load -- --seconds 10 --format json`.
 * `--database postgres` starts a PostgreSQL and two processes of a node on it (`--processes N`: another number); a `postgres://`
 * address uses an existing server.
 * `--million N` adds a bulk request of N records; `--catch-up` adds a second node that imports the whole log.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, stdout } from 'node:process'
import { parseArgs } from 'node:util'
import { startPostgres } from '../tests/stores/postgres-server.js'
import { rawInserts } from './load/inserts.js'
import { million } from './load/million.js'
import { openServing } from './load/serving.js'
import { bulk, oneByOne, steady } from './load/submissions.js'
import { catchUp, following } from './load/sync.js'

const { values } = parseArgs({
  args: argv.slice(2),
  options: {
    seconds: { type: 'string', default: '10' },
    format: { type: 'string', default: 'text' },
    database: { type: 'string', multiple: true, default: ['sqlite'] },
    processes: { type: 'string' },
    million: { type: 'string' },
    'catch-up': { type: 'boolean', default: false },
  },
})
const seconds = Number(values.seconds)
const figures: Readonly<Record<string, unknown>>[] = []
const tell = (figure: Readonly<Record<string, unknown>>): void => {
  figures.push(figure)
  if (values.format !== 'json')
    stdout.write(
      `${Object.entries(figure)
        .map(([name, value]) => `${name} ${typeof value === 'number' ? value.toLocaleString('en-US') : value}`)
        .join('   ')}\n`,
    )
}

for (const name of values.database) {
  const server = name === 'postgres' ? await startPostgres() : undefined
  const database = server?.url() ?? name
  const folder = await mkdtemp(join(tmpdir(), 'tongheng-load-'))
  try {
    for (const together of [128, 1024]) tell({ database: name, ...(await rawInserts(folder, database, seconds, together)) })
    const serving = await openServing(folder, database, values.processes === undefined ? undefined : Number(values.processes))
    try {
      tell({ database: name, ...(await oneByOne(serving, seconds)) })
      tell({ database: name, ...(await bulk(serving, seconds)) })
      tell({ database: name, ...(await steady(serving, seconds, 500)) })
      tell({ database: name, ...(await following(serving)) })
      if (values.million !== undefined) tell({ database: name, ...(await million(serving, Number(values.million))) })
      if (values['catch-up']) tell({ database: name, ...(await catchUp(serving)) })
    } finally {
      await serving.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
    await server?.remove()
  }
}
if (values.format === 'json') stdout.write(`${JSON.stringify(figures)}\n`)
