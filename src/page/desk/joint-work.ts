/** Joint statements that the node has for the person signed in: they are fetched here, and shown where dropped ones are. */
import type { Client } from '../../client/index.js'
import type { Source } from '../intake.js'

/** Statements that are fetched at most; more is work for the command line. */
const MAX_FETCHED = 5000

/**
 * Statements, their receipts, and the findings of supervision that they are about, as one file. `many`: there are more than are fetched, and
 * a part of them would show a round or a case as it is not.
 */
export async function jointWork(client: Client): Promise<Source | 'none' | 'many'> {
  const lines: string[] = []
  let count = 0
  for await (const { statement, receipt } of client.joint.list()) {
    if (++count > MAX_FETCHED) return 'many'
    lines.push(statement, ...(receipt === undefined ? [] : [receipt]))
  }
  if (count === 0) return 'none'
  for await (const { statement } of client.records.list({ kind: 'supervision-finding', limit: 100 })) {
    if (++count > MAX_FETCHED) return 'many'
    lines.push(statement)
  }
  return { name: 'joint.ndjson', blob: new Blob([lines.join('\n')]) }
}
