/** Adds signed members that this version does not know: the first page reports them, and the last section prints them as signed. */
import { pointerSteps } from '../../base/json-pointer.js'
import { type Block, type Content, part } from './model.js'

/** Maximum number of characters shown of a value. */
const LONGEST = 2000

/** Adds the members at these JSON pointers to the pages. */
export function withNewer(content: Content, record: unknown, pointers: readonly string[]): Content {
  if (pointers.length === 0) return content
  const count = pointers.length
  const named = pointers.slice(0, 5).join(', ')
  const notice: Block = {
    type: 'notice',
    text: {
      zh: `注意：签名记录中有本版本不认识的内容 ${count} 处（${named}${count > 5 ? ' 等' : ''}），见文末“本版本不认识的内容”；其含义以签名记录为准`,
      en: `Note: the signed record holds ${count} part(s) that this version does not know (${named}${count > 5 ? ', …' : ''}), listed at the end; what they mean is for the signed record to say`,
    },
  }
  return {
    ...content,
    cover: [notice, ...content.cover],
    inner: [
      ...content.inner,
      ...part('本版本不认识的内容', 'Content that this version does not know', [
        {
          type: 'table',
          table: {
            caption: { zh: '照签名记录原样列出，未经解释', en: 'As the signed record has it, without interpretation' },
            head: [
              { zh: '位置', en: 'Place' },
              { zh: '内容', en: 'Content' },
            ],
            rows: pointers.map((pointer) => [pointer, jsonAt(record, pointer)]),
          },
        },
      ]),
    ],
  }
}

function jsonAt(record: unknown, pointer: string): string {
  let found = record
  for (const step of pointerSteps(pointer)) found = (found as Readonly<Record<string, unknown>> | undefined)?.[step]
  const text = JSON.stringify(found) ?? '—'
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)} … (${text.length})`
}
