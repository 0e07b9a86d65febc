// Why this exists: only another process with little memory proves that a file was refused before it filled it.
import { readFileSync } from 'node:fs'
import { readWorkbook } from '../../src/spreadsheet/index.js'

const answers: Record<string, string> = {}
for (const file of process.argv.slice(2)) {
  answers[file] = await readWorkbook(readFileSync(file)).then(
    ({ sheets }) => `read ${sheets.map(({ rows, merges }) => `${rows.length}×${rows[0]?.length ?? 0}+${merges.length}`)}`,
    (error: { code?: string; message: string }) => error.code ?? error.message,
  )
}
process.stdout.write(JSON.stringify({ answers, rss: process.resourceUsage().maxRSS * 1024 }))
