/** Reads the public directory of joint statements of the node, with their receipts. Needs no sign-in. */
import { itemsOf, mustHaveJson, textAt } from '../../client/inside.js'
import type { Source } from '../intake.js'
import { updateSource } from '../node-documents.js'

/** Maximum number of statements read; for more, use the command line. */
export const MAX_DIRECTORY = 5000
const PATH = '/v1/directory'

export interface ReadDirectory {
  /** The statements and receipts as one source. */
  readonly source: Source
  /** True if the node has more than was read. */
  readonly isCut: boolean
}

/** @throws `page.node`, `page.answer-large` */
export async function readDirectory(): Promise<ReadDirectory> {
  const node = updateSource()
  const lines: string[] = []
  let count = 0
  let cursor = ''
  for (;;) {
    const answer = await mustHaveJson(node, cursor === '' ? PATH : `${PATH}?cursor=${encodeURIComponent(cursor)}`)
    for (const item of itemsOf(answer)) {
      if (++count > MAX_DIRECTORY) return { source: sourceOf(lines), isCut: true }
      lines.push(...[textAt(item, 'statement'), textAt(item, 'receipt')].filter((text) => text !== ''))
    }
    const next = textAt(answer, 'next')
    if (next === '') return { source: sourceOf(lines), isCut: false }
    // An empty page, or a repeated cursor, would loop forever.
    if (next === cursor || itemsOf(answer).length === 0) throw node.wrong(PATH, 'next')
    cursor = next
  }
}

const sourceOf = (lines: readonly string[]): Source => ({ name: PATH, blob: new Blob([lines.join('\n')]) })
