// Why this exists: a batch certificate concerns many instruments. A revoked or failed one must be found, without affecting the others.

import { checkRecord } from 'tongheng/conformance'
import { labelDifferences, labelUrl, signLabel, unpackLabel, verifyLabel } from 'tongheng/label'
import { linesOf, type VerificationRecord } from 'tongheng/records'
import {
  allocateStatusIndex,
  emptyStatuses,
  type NoticeClaims,
  openStatus,
  type StatusCounter,
  type Statuses,
  signNotice,
  signStatusList,
} from 'tongheng/status'
import { certificates, createFakeAuthorities, DEMONSTRATION_TIME, type FakeAuthorities, organisation } from 'tongheng/testing'
import { gatherEvidence, replayEvidence, standings, verify } from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'
import { change } from '../records/change.ts'

const record = certificates['energy-meters'].record as VerificationRecord
const LINES = linesOf(record) as number
const SERIALS = (record.instruments ?? []).map(({ serialNumber }) => serialNumber)
const URI = 'https://jl.example.cn/status/1'
const FIRST = 40
const NOW = Date.parse(DEMONSTRATION_TIME) / 1000
const iss = organisation('SC-INST').uscc

let world: FakeAuthorities
beforeAll(async () => {
  world = await createFakeAuthorities()
})

const sign = (one: VerificationRecord = record): Promise<string> => world.sign('SC-INST', one, { status: { uri: URI, idx: FIRST } })

/** The status list with some lines set to a value: 1 revoked, 2 suspended, 3 superseded. */
async function listWith(lines: Readonly<Record<number, number>>, size = 100): Promise<string> {
  let statuses: Statuses = emptyStatuses(size)
  for (const [line, value] of Object.entries(lines)) statuses = statuses.with(FIRST + Number(line) - 1, value)
  return signStatusList({ iss, uri: URI, iat: NOW - 60, exp: NOW + 86_400, statuses }, world.signer('SC-INST'))
}
const statusWith = async (lines: Readonly<Record<number, number>>, size?: number) =>
  openStatus({ statusLists: [await listWith(lines, size)] }, world.trust)

const options = async (lines: Readonly<Record<number, number>> = {}, size?: number) => ({
  at: DEMONSTRATION_TIME,
  trust: world.trust,
  status: await statusWith(lines, size),
  policy: { region: '51' },
})
const verdictOn = async (statement: string, line: number | undefined, given: Awaited<ReturnType<typeof options>>) => {
  const verdict = await verify(statement, { ...given, ...(line !== undefined && { line }) })
  const decisive = verdict.checks.find(({ status, blockedBy }) => status === 'fail' || blockedBy?.startsWith('fact:'))
  return [verdict.outcome, decisive?.code, verdict.acceptedAs, verdict.line] as const
}
const RECOGNISED = (line?: number) => ['recognised', undefined, undefined, line]
const all = (outcome: 'pass' | 'fail', lines: readonly number[]): VerificationRecord =>
  change(record, ...lines.map((line) => [`/instruments/${line - 1}/outcome`, outcome] as const))
/** A batch in which the meters of some lines fail at Imax. */
const failing = (...lines: number[]): VerificationRecord =>
  change(
    all('fail', lines),
    ...lines.flatMap((line) => [
      [`/results/0/rows/${(line - 1) * 3}/3`, '2.4'] as const,
      [`/results/0/rows/${(line - 1) * 3}/6`, 'fail'] as const,
    ]),
  )

describe('the verdict on a batch certificate', () => {
  it('is recognised as a whole, and for each line', async () => {
    const [statement, given] = [await sign(), await options()]
    expect(await verdictOn(statement, undefined, given)).toEqual(RECOGNISED())
    for (let line = 1; line <= LINES; line++) expect(await verdictOn(statement, line, given)).toEqual(RECOGNISED(line))
  })

  it.each([
    ['revoked', 1],
    ['suspended', 2],
    ['superseded', 3],
  ] as const)('with one line %s: that line is, the others are not, and the whole is undecided', async (word, value) => {
    const [statement, given] = [await sign(), await options({ 2: value })]
    expect(await verdictOn(statement, 2, given)).toEqual(['not-recognised', `status.${word}`, undefined, 2])
    for (const line of [1, 3, LINES]) expect(await verdictOn(statement, line, given)).toEqual(RECOGNISED(line))
    expect(await verdictOn(statement, undefined, given)).toEqual(['indeterminate', 'status.lines-differ', undefined, undefined])
  })

  it('with every line revoked is revoked as a whole', async () => {
    const given = await options(Object.fromEntries(SERIALS.map((_, at) => [at + 1, 1])))
    expect(await verdictOn(await sign(), undefined, given)).toEqual(['not-recognised', 'status.revoked', undefined, undefined])
  })

  it('names the lines that are revoked', async () => {
    const { checks } = await verify(await sign(), await options({ 2: 1, 5: 1 }))
    expect(checks.find(({ code }) => code === 'status.lines-differ')).toMatchObject({
      blockedBy: 'fact:line',
      evidence: { lines: [2, 5] },
      message: { zh: expect.stringContaining('第 2, 5 行') },
    })
  })

  it('is revoked for every line by a notice, which names the certificate', async () => {
    const statement = await sign()
    const { statementId } = await verify(statement, await options())
    const notice: Omit<NoticeClaims, 'jti'> = {
      iss,
      iat: NOW - 30,
      action: 'revoke',
      statements: [statementId as string],
      from: NOW - 30,
      reason: { zh: '装置超差' },
    }
    const notices = [await signNotice(notice, world.signer('SC-INST'))]
    const given = { ...(await options()), status: await openStatus({ notices }, world.trust) }
    for (const line of [undefined, 1, 6])
      expect((await verdictOn(statement, line, given)).slice(0, 2)).toEqual(['not-recognised', 'status.revoked'])
  })

  it('fails where the list ends before the last line, for the lines that are not in it', async () => {
    const [statement, given] = [await sign(), await options({}, FIRST + 4)]
    expect(await verdictOn(statement, 4, given)).toEqual(RECOGNISED(4))
    expect(await verdictOn(statement, 5, given)).toEqual(['not-recognised', 'status.index', undefined, 5])
    expect((await verdictOn(statement, undefined, given))[0]).toBe('indeterminate')
  })

  it('accepts the failure of a line, recognises the others, and leaves the whole undecided', async () => {
    const mixed = failing(3)
    expect(checkRecord(mixed).checks.filter(({ status }) => status === 'fail')).toEqual([])
    const [statement, given] = [await sign(mixed), await options()]
    expect(await verdictOn(statement, 3, given)).toEqual(['not-recognised', 'outcome.failed-verification', 'failure', 3])
    expect(await verdictOn(statement, 2, given)).toEqual(RECOGNISED(2))
    expect(await verdictOn(statement, undefined, given)).toEqual(['indeterminate', 'line.outcomes-differ', undefined, undefined])
  })

  it.each([0.5, -1, 0])('rejects the line %s as misuse', async (line) => {
    const statement = await sign()
    await expect(verify(statement, { ...(await options()), line })).rejects.toThrow(/verify.options/)
  })

  it('is not recognised for a line that is not there, nor for a line of a record of one instrument', async () => {
    const given = await options()
    expect(await verdictOn(await sign(), LINES + 1, given)).toEqual(['not-recognised', 'line.unknown', undefined, undefined])
    const single = await world.sign('SC-INST', certificates['energy-meter'].record)
    expect((await verdictOn(single, 1, given)).slice(0, 2)).toEqual(['not-recognised', 'line.unknown'])
  })

  it('blocks the row of the line where the statement is not genuine', async () => {
    const { checks } = await verify(`${(await sign()).slice(0, -4)}AAAA`, { ...(await options()), line: 2 })
    expect(checks.find(({ id }) => id === 'record.line')).toMatchObject({ status: 'skip', blockedBy: 'signature' })
  })
})

describe('the rules over a batch', () => {
  const codes = (one: VerificationRecord): string[] =>
    checkRecord(one)
      .checks.filter(({ status, code }) => status === 'fail' || (status === 'warn' && code !== 'specification.dates-unverified'))
      .map(({ code, path }) => `${code} ${path}`)

  it('assign a failing row to its own line only', () => {
    expect(codes(failing(2))).toEqual([])
    expect(codes(change(failing(2), ['/instruments/1/outcome', undefined]))).toEqual(['outcome.row-failed /instruments/1'])
    expect(codes(all('fail', [4]))).toEqual(['outcome.no-failed-item /instruments/3'])
  })

  it('report that nothing could be compared where the tables have neither verdicts nor limits', () => {
    const words = { id: 'words', name: { zh: '外观' }, columns: [{ role: 'condition', name: { zh: '外观' } }], rows: [['完好']] }
    const bare = change(record, ['/results', [words]], ['/decisionRule', undefined])
    expect(codes(bare)).toEqual(['outcome.no-data /outcome'])
    expect(codes(change(bare, ['/instruments/1/outcome', 'fail']))).toEqual(['outcome.no-data /outcome'])
  })

  it('assign a row without a line to every line', () => {
    const found = codes(change(record, ['/results/2/rows/0/1', 'fail']))
    expect(found).toHaveLength(LINES)
    expect(new Set(found.map((one) => one.split(' ')[0]))).toEqual(new Set(['outcome.row-failed']))
  })
})

describe('the standing of an instrument of a batch', () => {
  const standing = async (one: VerificationRecord, lines: Readonly<Record<number, number>>, serials?: readonly string[]) =>
    standings([await sign(one)], { ...(await options(lines)), ...(serials && { serials }) })

  it('is that of its line', async () => {
    const found = await standing(failing(5), { 2: 1 })
    expect(found.map(({ code, instrument }) => [instrument.serialNumber, code])).toEqual(
      SERIALS.map((serial, at) => [serial, at === 1 ? 'standing.none' : at === 4 ? 'standing.failed' : 'standing.valid']),
    )
    expect(found.map(({ entries }) => entries.map(({ line }) => line))).toEqual(SERIALS.map((_, at) => [at + 1]))
    expect(found.flatMap(({ conflicts }) => conflicts)).toEqual([])
  })

  it('is reported only for the requested serial numbers', async () => {
    const found = await standing(record, {}, [SERIALS[2] as string])
    expect(found.map(({ instrument }) => instrument.serialNumber)).toEqual([SERIALS[2]])
  })

  it('fails by a later notice about one meter, and the others stay valid', async () => {
    const later = change(
      certificates['energy-meter'].record as VerificationRecord,
      ['/certificateNo', '川电通2025-9'],
      ['/instrument/serialNumber', SERIALS[0]],
      ['/outcome', 'fail'],
      ['/validUntil', undefined],
      ['/verifiedOn', '2025-06-02'],
      ['/results/1/rows/0/0', '0.9'],
      ['/results/1/rows/0/3', 'fail'],
    )
    const statements = [await sign(), await world.sign('SC-INST', later)]
    const found = await standings(statements, await options())
    expect(found.map(({ code }) => code)).toEqual(['standing.failed', ...SERIALS.slice(1).map(() => 'standing.valid')])
  })

  it('is undecided for the instruments of a failed batch whose signer is unknown, and for no other', async () => {
    const stranger = await createFakeAuthorities()
    const notice = change(failing(1), ['/certificateNo', '川电通2025-10'], ['/instruments', [record.instruments?.[0]]])
    const statements = [await sign(), await stranger.sign('SC-INST', notice)]
    const found = await standings(statements, await options())
    expect(found.map(({ code }) => code)).toEqual(['standing.undecided', ...SERIALS.slice(1).map(() => 'standing.valid')])
    expect(found[0]?.notJudged).toMatchObject([{ line: 1, certificateNo: '川电通2025-10' }])
  })
})

describe('the labels of a batch', () => {
  const label = async (statement: string, line?: number) =>
    signLabel(statement, { signers: [world.signer('SC-INST')], at: DEMONSTRATION_TIME, ...(line !== undefined && { line }) })

  it('are one an instrument, each with its own index', async () => {
    const statement = await sign()
    const { octets } = await label(statement, 4)
    const [signed = ''] = unpackLabel(octets, world.trust)
    const claims = JSON.parse(Buffer.from(signed.split('.')[1] ?? '', 'base64url').toString())
    expect([claims.serial, claims.status.index]).toEqual([SERIALS[3], FIRST + 3])
    const text = labelUrl(octets, 'https://jl.example.cn')
    expect(labelDifferences(text, statement)).toEqual([])
    expect((await verifyLabel(text, await options({ 4: 1 }))).outcome).toBe('not-recognised')
    expect((await verifyLabel(text, await options({ 3: 1 }))).outcome).toBe('recognised')
  })

  it('name a line, which a record of one instrument has not', async () => {
    const statement = await sign()
    await expect(label(statement)).rejects.toMatchObject({ code: 'label.line' })
    await expect(label(statement, LINES + 1)).rejects.toMatchObject({ code: 'label.line' })
    await expect(label(await world.sign('SC-INST', certificates['energy-meter'].record), 1)).rejects.toMatchObject({ code: 'label.line' })
  })
})

describe('allocating the indices of a batch', () => {
  /** An allocator over a counter in memory. */
  const counter = (size: number) => {
    let stored: StatusCounter | undefined
    const swap = async (_: unknown, after: StatusCounter): Promise<boolean> => {
      stored = after
      return true
    }
    const port = { read: async () => stored, swap }
    return (count?: number) => allocateStatusIndex(port, { uri: URI, size, ...(count !== undefined && { count }) })
  }

  it('are consecutive indexes; the first is returned', async () => {
    const allocate = counter(20)
    expect([(await allocate()).idx, (await allocate(LINES)).idx, (await allocate()).idx]).toEqual([0, 1, LINES + 1])
  })

  it('are refused if the rest of the list is too short, and the counter is unchanged', async () => {
    const allocate = counter(8)
    await allocate(5)
    await expect(allocate(4)).rejects.toMatchObject({ code: 'status-index.full' })
    expect((await allocate(3)).idx).toBe(5)
  })
})

describe('the evidence of one line', () => {
  const evidence = async (line?: number, lines: Readonly<Record<number, number>> = { 2: 1 }) => {
    const { anchors, trustLists } = world
    const list = await listWith(lines)
    const material = { at: DEMONSTRATION_TIME, region: '51', anchors, trustLists, statusLists: [list], ...(line !== undefined && { line }) }
    return gatherEvidence(await sign(), material)
  }
  const replayed = async (bundle: unknown) => replayEvidence(JSON.parse(JSON.stringify(bundle)), { anchors: world.anchors })

  it.each([1, 2, LINES + 1])('gives the verdict of line %i, and the same when it is computed again', async (line) => {
    const bundle = await evidence(line)
    const { verdict, comparison } = await replayed(bundle)
    expect(bundle.line).toBe(line)
    expect(comparison.result).toBe('same')
    expect(verdict).toEqual(bundle.verdict)
    expect(verdict).toEqual(
      await verify(await sign(), { ...(await options({ 2: 1 })), line }).then(({ outcome, decidedBy, line: own }) =>
        expect.objectContaining({ outcome, decidedBy, ...(own !== undefined && { line: own }) }),
      ),
    )
  })

  it('of the whole has no line, as before', async () => {
    const bundle = await evidence()
    expect(['line' in bundle, (await replayed(bundle)).comparison.result]).toEqual([false, 'same'])
  })

  it('differs where its line was exchanged or taken away: the good verdict of one meter proves nothing of a revoked one', async () => {
    const bundle = await evidence(1)
    expect(bundle.verdict.outcome).toBe('recognised')
    const exchanged = await replayed({ ...bundle, line: 2 })
    expect([exchanged.comparison.result, exchanged.verdict.outcome]).toEqual(['different', 'not-recognised'])
    const { line: _, ...whole } = bundle
    expect((await replayed(whole)).comparison).toMatchObject({ result: 'different', differing: expect.arrayContaining(['/line']) })
    expect((await replayed({ ...bundle, verdict: { ...bundle.verdict, line: 2 } })).comparison.differing).toEqual(['/line'])
  })

  it.each([0, -1, 1.5, 1001, '2', null])('is refused for the line %o', async (line) => {
    const bundle = await evidence(1)
    await expect(replayed({ ...bundle, line })).rejects.toMatchObject({ code: 'evidence.shape' })
    if (line === 1001) return
    await expect(evidence(line as number)).rejects.toMatchObject({ code: 'verify.options' })
  })
})
