/** The result of an oracle: a check of the product against third-party data. */
import { existsSync } from 'node:fs'
import { argv, exit, stdout } from 'node:process'
import { fileURLToPath } from 'node:url'
import { vectorFile } from './vectors.ts'

export interface OracleResult {
  /** One line for each disagreement. */
  readonly lines: readonly string[]
  /** Number of cases compared. */
  readonly cases: number
  /** Number of cases not compared, by reason. */
  readonly leftOut: ReadonlyMap<string, number>
  /** Description of the compared data, for the closing line. */
  readonly of: string
}

/** Runs an oracle as a script: prints each disagreement, the cases left out, and a count. Exits with 1 on a disagreement, or if nothing was compared. */
export async function runAsScript(
  module: string,
  folder: string,
  run: (path: string) => OracleResult | Promise<OracleResult>,
): Promise<void> {
  if (argv[1] !== fileURLToPath(module)) return
  const path = argv[2] ?? vectorFile(folder)
  if (!existsSync(path)) {
    stdout.write(`there is no ${path}\n`)
    exit(2)
  }
  const { lines, cases, leftOut, of } = await run(path)
  for (const line of lines) stdout.write(`${line}\n`)
  for (const [reason, count] of leftOut) stdout.write(`left out: ${count} × ${reason}\n`)
  stdout.write(`${lines.length} disagreements in ${cases} cases: ${of}\n`)
  exit(lines.length > 0 || cases === 0 ? 1 : 0)
}

/** Counts by reason. */
export function tally(): { readonly counts: ReadonlyMap<string, number>; add(reason: string): void } {
  const counts = new Map<string, number>()
  return { counts, add: (reason) => void counts.set(reason, (counts.get(reason) ?? 0) + 1) }
}
