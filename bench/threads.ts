/**
  * Verdicts on worker threads compared with raw signature checks in as many processes: `npm run bench:threads -- --threads 2 --rounds 9`.
  * Compares the speed-up by threads with that by processes in the same round, by elapsed time, on an otherwise idle machine.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { createPublicKey, type KeyObject, verify as verifyRaw } from 'node:crypto'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { argv, memoryUsage, stdout } from 'node:process'
import { verifyOnThreads } from 'tongheng/threads'
import { openMaterial, verify, verifyMany } from 'tongheng/verify'

const WINDOW_MS = 2000

interface Given {
  readonly jwk: Record<string, unknown>
  readonly statements: readonly string[]
}

/** Number of raw checks within a window, in this process. */
function raw({ jwk, statements }: Given, ms: number): number {
  const key: { key: KeyObject; dsaEncoding: 'ieee-p1363' } = {
    key: createPublicKey({ key: jwk, format: 'jwk' }),
    dsaEncoding: 'ieee-p1363',
  }
  const parts = statements.map((statement) => {
    const dot = statement.lastIndexOf('.')
    return { input: Buffer.from(statement.slice(0, dot)), signature: Buffer.from(statement.slice(dot + 1), 'base64url') }
  })
  const end = performance.now() + ms
  let count = 0
  while (performance.now() < end) {
    const { input, signature } = parts[count++ % parts.length] as (typeof parts)[number]
    if (!verifyRaw('sha256', input, key, signature)) throw new Error('a raw check failed')
  }
  return count
}

const option = (name: string, otherwise: number): number => {
  const at = argv.indexOf(`--${name}`)
  return at === -1 ? otherwise : Number(argv[at + 1])
}

/** Verdicts a second within a window, after a tenth of it. */
async function rateOf(verdicts: AsyncIterable<{ readonly outcome: string }>): Promise<number> {
  let [count, started] = [0, 0]
  const begun = performance.now()
  for await (const { outcome } of verdicts) {
    if (outcome !== 'recognised') throw new Error(`a verdict is ${outcome}`)
    const now = performance.now()
    if (started === 0) {
      // The threads have started with the first verdict; their code is compiled after some thousand.
      if (now - begun > WINDOW_MS) started = now
      continue
    }
    count++
    if (now - started >= WINDOW_MS) return count / ((now - started) / 1000)
  }
  throw new Error('the source has an end')
}

async function rawRate(children: readonly ChildProcess[]): Promise<number> {
  const counts = await Promise.all(
    children.map(async (child) => {
      child.send({ ms: WINDOW_MS })
      const [count] = await once(child, 'message')
      return count as number
    }),
  )
  return counts.reduce((sum, count) => sum + count, 0) / (WINDOW_MS / 1000)
}

async function main(): Promise<void> {
  const { material, options } = await import('./verdict.js')
  const { anchors, lists, agreement, at, jwk } = material
  const { policy } = options
  const task = { material: { anchors, trustLists: lists, agreements: [agreement] }, at, policy }
  const opened = await openMaterial(task.material, at)
  const most = option('threads', availableParallelism())
  const children = Array.from({ length: most }, () => fork(new URL(import.meta.url), ['--raw'], { execArgv: [] }))
  for (const child of children) {
    child.send({ jwk, statements: material.statements } satisfies Given)
    await once(child, 'message')
  }
  function* endless(): Generator<string> {
    for (;;) yield* material.statements
  }
  async function* oneByOne() {
    for (const statement of endless()) yield await verify(statement, { ...opened, at, policy })
  }
  const contenders: Readonly<Record<string, () => Promise<number>>> = {
    'raw, 1 process': () => rawRate(children.slice(0, 1)),
    [`raw, ${most} processes`]: () => rawRate(children),
    verify: () => rateOf(oneByOne()),
    verifyMany: () => rateOf(verifyMany(endless(), { ...opened, at, policy })),
    'verifyOnThreads, 1': () => rateOf(verifyOnThreads(endless(), { ...task, threads: 1 })),
    [`verifyOnThreads, ${most}`]: () => rateOf(verifyOnThreads(endless(), { ...task, threads: most })),
  }
  const rates = new Map<string, number[]>(Object.keys(contenders).map((name) => [name, []]))
  for (let round = 0; round < option('rounds', 9); round++)
    for (const [name, run] of Object.entries(contenders)) rates.get(name)?.push(await run())
  for (const child of children) child.disconnect()
  const of = (name: string): number[] => rates.get(name) as number[]
  const ratio = (name: string, to: string): string => median(of(name).map((rate, at) => rate / (of(to)[at] as number))).toFixed(2)
  for (const name of rates.keys())
    stdout.write(
      `${name.padEnd(24)}${Math.round(median(of(name)))
        .toString()
        .padStart(8)} /s\n`,
    )
  const [own, processes] = [`verifyOnThreads, ${most}`, `raw, ${most} processes`]
  stdout.write(`\nraw, ${most} processes to one: ${ratio(processes, 'raw, 1 process')}\n`)
  stdout.write(
    `verifyOnThreads, ${most} threads to one: ${ratio(own, 'verifyOnThreads, 1')}; to verify: ${ratio(own, 'verify')}; to verifyMany: ${ratio(own, 'verifyMany')}\n`,
  )
  const share = median(
    of(own).map(
      (rate, at) =>
        rate / (of('verifyOnThreads, 1')[at] as number) / ((of(processes)[at] as number) / (of('raw, 1 process')[at] as number)),
    ),
  )
  stdout.write(
    `the second growth beside the first: ${share.toFixed(2)} (aim 0.85)\nresident at the end: ${Math.round(memoryUsage().rss / 1e6)} MB\n`,
  )
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number

if (argv.includes('--raw')) {
  let given: Given
  process.on('message', (message: Given | { readonly ms: number }) => {
    if ('ms' in message) return void process.send?.(raw(given, message.ms))
    given = message
    raw(given, 200)
    process.send?.(0)
  })
} else await main()
