// Why this exists: a verdict must not depend on the thread that computed it. Each thread opens the documents itself, threads answer in any
// order, and one may end early.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { signRecord } from 'tongheng/records'
import { emptyStatuses, signStatusList } from 'tongheng/status'
import {
  certificates,
  createFakeAuthorities,
  DEMONSTRATION_TIME,
  type FakeAuthorities,
  fixtures,
  negatives,
  organisation,
  send,
  sendOnTheWay,
} from 'tongheng/testing'
import { type ThreadOptions, verifyOnThreads } from 'tongheng/threads'
import { openMaterial, type SignedRecord, type Verdict, verify } from 'tongheng/verify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compile, type Program } from '../cli/build.js'

let program: Program
let folder: string
let world: FakeAuthorities
let options: ThreadOptions
let statements: SignedRecord[]

beforeAll(async () => {
  program = await compile('src/threads/thread.ts')
  folder = await mkdtemp(join(tmpdir(), 'tongheng-threads-'))
  world = await createFakeAuthorities()
  const { anchors, trustLists, signedAgreement } = world
  options = {
    material: { anchors, trustLists, agreements: [signedAgreement] },
    at: DEMONSTRATION_TIME,
    policy: { region: '50' },
    threads: 2,
    file: pathToFileURL(program.file),
  }
  statements = [
    ...(await Promise.all(Object.values(fixtures).map((fixture) => send(world, fixture)))),
    ...(await Promise.all(negatives.map((one) => (one.onTheWay === undefined ? send(world, one) : sendOnTheWay(world, one))))),
    'no statement',
  ]
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function all(given: Iterable<SignedRecord> | AsyncIterable<SignedRecord>, more: Partial<ThreadOptions> = {}): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  for await (const verdict of verifyOnThreads(given, { ...options, ...more })) verdicts.push(verdict)
  return verdicts
}

/** Returns the verdicts of `verify` on this thread, as JSON. */
async function expected(given: readonly SignedRecord[], more: Partial<ThreadOptions> = {}): Promise<string[]> {
  const { material, at, policy, line } = { ...options, ...more }
  const opened = await openMaterial(material, at)
  const texts: string[] = []
  for (const statement of given)
    texts.push(JSON.stringify(await verify(statement, { ...opened, at, policy, ...(line !== undefined && { line }) })))
  return texts
}

const asJson = (verdicts: readonly Verdict[]): string[] => verdicts.map((verdict) => JSON.stringify(verdict))

/** Writes a worker file with this program. */
async function worker(name: string, text: string): Promise<URL> {
  const file = join(folder, `${name}.mjs`)
  await writeFile(file, `import { parentPort } from 'node:worker_threads'\n${text}`)
  return pathToFileURL(file)
}

describe('verifyOnThreads', () => {
  it('yields the verdicts of verify, octet for octet, in order, for every fixture and every negative one', async () => {
    expect(statements.length).toBeGreaterThan(20)
    const many = Array.from({ length: 5 }, (_, round) => statements.slice(round).concat(statements.slice(0, round))).flat()
    expect(asJson(await all(many))).toEqual(await expected(many))
  })

  it('accepts several signatures over one content, required algorithms, and a time as Date', async () => {
    const two = await createFakeAuthorities({ algorithms: ['ES256', 'SGD_SM3_SM2'] })
    const signed = (alg: 'ES256' | 'SGD_SM3_SM2'): Promise<string> =>
      signRecord(fixtures.F01.record, { signer: two.signer('CD', alg), at: '2025-03-12T17:00:00+08:00', jti: '01JP50000000000000000000F1' })
    const both = [await signed('ES256'), await signed('SGD_SM3_SM2')]
    const { anchors, trustLists, signedAgreement } = two
    const more = {
      material: { anchors, trustLists, agreements: [signedAgreement] },
      at: new Date(DEMONSTRATION_TIME),
      policy: { region: '50', algorithms: ['SGD_SM3_SM2'] as const },
    }
    const given = [both, both[0] as string]
    const verdicts = await all(given, more)
    expect(verdicts.map(({ outcome }) => outcome)).toEqual(['recognised', 'not-recognised'])
    expect(asJson(verdicts)).toEqual(await expected(given, more))
  })

  it('judges one line of a batch by the status list of the material', async () => {
    const uri = 'https://jl.example.cn/status/1'
    const signed = await world.sign('SC-INST', certificates['energy-meters'].record, { status: { uri, idx: 40 } })
    const now = Date.parse(DEMONSTRATION_TIME) / 1000
    const claims = { iss: organisation('SC-INST').uscc, uri, iat: now - 60, exp: now + 86_400 }
    // The second line is revoked.
    const statuses = emptyStatuses(100).with(41, 1)
    const material = { ...options.material, statusLists: [await signStatusList({ ...claims, statuses }, world.signer('SC-INST'))] }
    const outcomes: string[] = []
    for (const line of [1, 2]) {
      const more = { line, material, policy: { region: '51' } }
      const verdicts = await all([signed], more)
      expect(asJson(verdicts)).toEqual(await expected([signed], more))
      outcomes.push(...verdicts.map(({ outcome }) => outcome))
    }
    expect(outcomes).toEqual(['recognised', 'not-recognised'])
  })

  it('yields nothing for no statement, and accepts an asynchronous source', async () => {
    expect(await all([])).toEqual([])
    const source = (async function* () {
      for (const statement of statements.slice(0, 40)) yield statement
    })()
    expect(asJson(await all(source))).toEqual(await expected(statements.slice(0, 40)))
  })

  it('reads only as many statements of the source as the threads have room for', async () => {
    let read = 0
    const source = function* () {
      for (;;) {
        read++
        yield 'no statement'
      }
    }
    const verdicts = verifyOnThreads(source(), options)
    let given = 0
    for await (const _ of verdicts) if (++given === 100) break
    expect(read - given).toBeLessThanOrEqual(32 * (2 * 2 + 2))
  })

  it('ends its threads when the iteration ends early, also with an error of the source', async () => {
    const before = ports()
    for await (const _ of verifyOnThreads(statements, options)) break
    const source = function* () {
      yield statements[0] as SignedRecord
      throw new Error('the file ends here')
    }
    const given: string[] = []
    const reading = (async () => {
      for await (const { outcome } of verifyOnThreads(source(), options)) given.push(outcome)
    })()
    await expect(reading).rejects.toThrow('the file ends here')
    expect(given).toEqual(['recognised'])
    expect(ports()).toBe(before)
  })

  it('throws the error of a document that does not verify', async () => {
    const [first, ...others] = world.trustLists
    const forged = [(first as readonly string[]).map((text) => `${text.slice(0, -8)}AAAAAAAA`), ...others]
    const material = { ...options.material, trustLists: forged }
    const code = await openMaterial(material, options.at).then(
      () => undefined,
      (error: { code: string }) => error.code,
    )
    expect(code).toBeDefined()
    await expect(all(statements, { material })).rejects.toMatchObject({ code })
  })

  it('rejects opened documents, unknown members, and an invalid number of threads', async () => {
    const { material: _, ...rest } = options
    const misuse: unknown[] = [
      { ...rest, trust: world.trust },
      { ...options, material: { ...options.material, trust: world.trust } },
      { ...options, threads: 0 },
      { ...options, threads: 1.5 },
      { ...options, threads: 65 },
      { ...options, policy: { region: 'Chongqing' } },
    ]
    for (const one of misuse) {
      const first = verifyOnThreads(statements, one as ThreadOptions).next()
      await expect(first, JSON.stringify(one)).rejects.toMatchObject({ code: 'verify.options' })
    }
  })

  it('yields the verdicts before an item that is not a statement, then throws', async () => {
    const given: Verdict[] = []
    const reading = (async () => {
      for await (const verdict of verifyOnThreads([...statements.slice(0, 2), 7 as never, 'no statement'], options)) given.push(verdict)
    })()
    await expect(reading).rejects.toMatchObject({ code: 'verify.options' })
    expect(asJson(given)).toEqual(await expected(statements.slice(0, 2)))
  })

  it('reports that a thread ended, by an exit or by an error, or that its file is missing', async () => {
    const exits = await worker(
      'exits',
      `parentPort.postMessage({ id: 0, answers: [], constants: '[]' }); parentPort.once('message', () => process.exit(3))`,
    )
    await expect(all(statements, { file: exits })).rejects.toMatchObject({ code: 'threads.ended', details: { reason: 'exit 3' } })
    const throws = await worker('throws', `throw new Error('out of memory')`)
    await expect(all(statements, { file: throws })).rejects.toMatchObject({ code: 'threads.ended', details: { reason: 'out of memory' } })
    const none = pathToFileURL(join(folder, 'none.mjs'))
    await expect(all(statements, { file: none })).rejects.toMatchObject({ code: 'threads.ended' })
  })

  it('preserves the order if one thread is slower than the other', async () => {
    const late = await worker(
      'late',
      `import { threadId } from 'node:worker_threads'
       parentPort.postMessage({ id: 0, answers: [], constants: '[]' })
       let held = []
       const answer = ({ id, batch }) => parentPort.postMessage({ id, constants: '[]', answers: batch.map((text) => JSON.stringify({ verdict: { text, checks: [] } })) })
       // One of two threads answers its batches in the opposite order.
       parentPort.on('message', (message) => {
         if (threadId % 2 === 0) return answer(message)
         held.push(message)
         if (held.length === 2 || message.batch.length < 32) for (const one of held.splice(0).reverse()) answer(one)
       })`,
    )
    const texts = Array.from({ length: 32 * 4 + 5 }, (_, at) => `text ${at}`)
    const given = (await all(texts, { file: late })) as unknown as { text: string }[]
    expect(given.map(({ text }) => text)).toEqual(texts)
  })
})

/** Threads that this process has open. */
const ports = (): number => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort' || name === 'Worker').length
