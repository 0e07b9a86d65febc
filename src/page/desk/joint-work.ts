/** Joint statements that the node has for the person signed in: they are fetched here, and shown where dropped ones are. */
import type { Client } from '../../client/index.js'
import type { Source } from '../intake.js'

/** Statements that are fetched at most; more is work for the command line. */
const MAX_FETCHED = 5000

/** Statements, their receipts, and the findings of supervision that they are about, as one file; undefined where there are none. */
export async function jointWork(client: Client): Promise<Source | undefined> {
  const lines: string[] = []
  let count = 0
  const take = ({ statement, receipt }: { readonly statement: string; readonly receipt?: string | undefined }): boolean => {
    lines.push(statement)
    if (receipt !== undefined) lines.push(receipt)
    return ++count < MAX_FETCHED
  }
  for await (const one of client.joint.list()) if (!take(one)) break
  if (count === 0) return undefined
  for await (const { statement } of client.records.list({ kind: 'supervision-finding', limit: 100 })) if (!take({ statement })) break
  return { name: 'joint.ndjson', blob: new Blob([lines.join('\n')]) }
}
