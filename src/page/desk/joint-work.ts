/** Joint statements that the node has for the person signed in: they are fetched here, and shown where dropped ones are. */
import type { Client } from '../../client/index.js'
import type { Source } from '../intake.js'

/** Statements that are fetched at most; more is work for the command line. */
const MAX_FETCHED = 5000

/**
 * Statements, their receipts, and the records that they are about (findings of supervision, results of comparisons), as one file. `many`:
 * there are more than are fetched, and a part of them would show a round or a case as it is not.
 * @param work number of a piece of work; without it all that this person may read
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
