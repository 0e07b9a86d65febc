/** Fetches the joint statements that the signed-in user may read; they are shown like dropped ones. */
import type { Client } from '../../client/index.js'
import type { Source } from '../intake.js'

/** Maximum number of statements fetched; for more, use the command line. */
const MAX_FETCHED = 5000

/**
 * Statements, their receipts, and the records that they refer to (findings of supervision, results of comparisons), as one source. `many`:
 * there are more than the maximum, and an incomplete set would show a wrong state of a round or a case.
 * @param work number of a piece of work; by default all statements that the user may read
 */
export async function jointWork(client: Client, work?: string): Promise<Source | 'none' | 'many'> {
  const lines: string[] = []
  let count = 0
  for await (const { statement, receipt } of client.joint.list(work === undefined ? {} : { work })) {
    if (++count > MAX_FETCHED) return 'many'
    lines.push(statement, ...(receipt === undefined ? [] : [receipt]))
  }
  if (count === 0) return 'none'
  const records = [
    client.records.list({ kind: 'supervision-finding', limit: 100 }),
    client.records.list({ kind: 'comparison-result', limit: 100, ...(work !== undefined && { certificateNo: work }) }),
  ]
  for (const some of records)
    for await (const { statement } of some) {
      if (++count > MAX_FETCHED) return 'many'
      lines.push(statement)
    }
  return { name: 'joint.ndjson', blob: new Blob([lines.join('\n')]) }
}
