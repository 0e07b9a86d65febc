// Rewrites a PDF of ours as a careful forger would: lengths and cross-reference table are right again, so that only the pages differ.
import { deflateSync, inflateSync } from 'node:zlib'

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

/** The object numbers of the content of the first page, and of the signed record. */
export const PAGE = /\/Type \/Page\n[\s\S]*?\/Contents (\d+) 0 R/
export const RECORD = /\/AFRelationship \/Source\n[\s\S]*?\/EF <<\n\/F (\d+) 0 R/
export const RENDERING = /\/AFRelationship \/Supplement\n[\s\S]*?\/EF <<\n\/F (\d+) 0 R/

/** Applies `change` to the stream whose object number the pattern finds, and moves everything after it. */
export function rewriteStream(pdf: Uint8Array, where: RegExp, change: (content: string) => string): Uint8Array {
  const text = latin1(pdf)
  const id = where.exec(text)?.[1] as string
  const head = new RegExp(`(?<=\\n)${id} 0 obj\\n<<\\n(?:(?!stream)[\\s\\S])*?/Length (\\d+)\\n`).exec(text) as RegExpExecArray
  const start = text.indexOf('stream\n', head.index) + 7
  const end = start + Number(head[1])
  const before = latin1(inflateSync(pdf.subarray(start, end)))
  const after = change(before)
  if (after === before) throw new Error('nothing was changed')
  const stream = latin1(deflateSync(Buffer.from(after, 'latin1')))
  const changed = `${text.slice(0, head.index)}${head[0].replace(/(?<=Length )\d+\n$/, `${stream.length}\n`)}${text.slice(head.index + head[0].length, start)}${stream}${text.slice(end)}`
  return Buffer.from(withTable(changed), 'latin1')
}

/** The file with a cross-reference table of the new offsets of its objects. */
function withTable(text: string): string {
  const table = text.lastIndexOf('xref\n0 ')
  const offsets = new Map([...text.slice(0, table).matchAll(/(?<=\n)(\d+) 0 obj\n/g)].map(({ 1: id, index }) => [Number(id), index]))
  const trailer = text.slice(text.indexOf('trailer', table)).replace(/startxref\n\d+/, `startxref\n${table}`)
  const lines = Array.from({ length: offsets.size }, (_, n) => `${String(offsets.get(n + 1)).padStart(10, '0')} 00000 n `)
  return `${text.slice(0, table)}xref\n0 ${offsets.size + 1}\n0000000000 65535 f \n${lines.join('\n')}\n${trailer}`
}
