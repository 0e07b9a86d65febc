// Vectors of draft-ietf-oauth-status-list: every entry must have its status, and broken lists, indexes out of bounds and
// decompression bombs must be refused.
//   npx tsx --tsconfig tests/tsconfig.json tests/oracles/status-list.ts [file]
import { isTonghengError } from 'tongheng/errors'
import { readStatuses, readStatusList } from 'tongheng/status'
import { type OracleResult, runAsScript } from '../support/oracle.ts'
import { readJson } from '../support/vectors.ts'

interface File {
  readonly vectors: readonly {
    name: string
    bits: number
    lst: string
    size: number
    statuses: Readonly<Record<string, number>>
    others?: number
  }[]
  readonly negative: readonly { name: string; bits: number; lst: string; index: number }[]
}

export async function run(path: string): Promise<OracleResult> {
  const { vectors, negative } = readJson<File>(path)
  const lines: string[] = []
  let cases = 0
  for (const { name, size, statuses: expected, others, ...list } of vectors) {
    const statuses = await open(list)
    cases += size
    // The draft prints some lists without trailing zero bytes.
    if (typeof statuses === 'string' || statuses.size < size) {
      lines.push(`${name}: ${typeof statuses === 'string' ? statuses : `${statuses.size} entries, expected ${size}`}`)
      continue
    }
    for (let index = 0; index < size; index++) {
      const wanted = expected[index] ?? others
      if (wanted !== undefined && statuses.at(index) !== wanted)
        lines.push(`${name}: index ${index} is ${statuses.at(index)}, expected ${wanted}`)
    }
  }
  for (const { name, index, ...list } of negative) {
    cases++
    const statuses = await open(list)
    if (typeof statuses !== 'string' && statuses.at(index) !== undefined) lines.push(`${name}: accepted`)
  }
  return { lines, cases, leftOut: new Map(), of: `entries of ${vectors.length} lists, and ${negative.length} lists that must be refused` }
}

async function open({ bits, lst }: { bits: number; lst: string }) {
  try {
    const claims = { iss: '11510000MB00000014', sub: 'https://example.com/1', iat: 1, exp: 2, status_list: { bits, lst } }
    return await readStatuses(readStatusList(claims).status_list)
  } catch (error) {
    if (isTonghengError(error)) return error.code
    throw error
  }
}

await runAsScript(import.meta.url, 'token-status-list/vectors.json.gz', run)
