// Why this exists: an operator observes the node only through these metrics and events; they must be correct, few, and free of
// personal data.

import { signNotice } from 'tongheng/status'
import { faultyRecords, fixtures, send } from 'tongheng/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { createCounters } from '../../src/server/metrics.js'
import { fill, follow, openChongqing, originOf, signMany } from '../support/nodes/pair.js'
import { fakeAuthorities, NOW, openWorld, recordPath, statementIdOf, taximeter, uscc, type World } from '../support/nodes/world.js'

let statements: readonly string[]

beforeAll(async () => {
  statements = await signMany(await fakeAuthorities(), 12)
})

/** Parses metrics to a map from name and labels to the value. */
async function metricsOf(world: World): Promise<Map<string, number>> {
  const response = await world.send({ path: '/metrics', as: null })
  const lines = (await response.text()).trimEnd().split('\n')
  const values = new Map<string, number>()
  const types = new Map<string, string>()
  for (const line of lines) {
    const [, kind, name, rest] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? []
    if (kind !== undefined) {
      if (kind === 'TYPE') types.set(name as string, rest as string)
      continue
    }
    const [, of, value] = /^([a-z_]+(?:\{(?:[a-z]+="(?:[^"\\\n]|\\.)*",?)+\})?) (-?[0-9.e+-]+)$/.exec(line) ?? []
    expect(of, line).toBeDefined()
    expect(values.has(of as string), line).toBe(false)
    values.set(of as string, Number(value))
    const family = (of as string).replace(/\{.*/, '').replace(/_(?:bucket|sum|count)$/, '')
    expect(types.has(family) || types.has((of as string).replace(/\{.*/, '')), line).toBe(true)
  }
  return values
}

describe('metrics', () => {
  it('count answers by call and status, each once', async () => {
    const world = await openWorld()
    const [first] = statements as [string]
    for (const sent of [
      { method: 'PUT', path: recordPath(first), body: first },
      { method: 'PUT', path: recordPath(first), body: first },
      { path: '/v1/records' },
      { path: '/v1/records', as: null },
      { path: '/v1/nothing', as: null },
      { path: '/v1/else/where', as: null },
      { path: '/healthz', as: null },
    ] as const)
      await world.send(sent)
    const metrics = await metricsOf(world)
    const answers = [...metrics]
      .filter(([name]) => name.startsWith('tongheng_requests_total'))
      .map(([name, value]) => [name.slice(23), value])
    expect(answers).toEqual([
      ['{call="submitRecord",status="201"}', 1],
      ['{call="submitRecord",status="200"}', 1],
      ['{call="listRecords",status="200"}', 1],
      ['{call="listRecords",status="401"}', 1],
      ['{call="unknown",status="404"}', 2],
      ['{call="health",status="200"}', 1],
    ])
  })

  it('count submissions by outcome: single, bulk, and notices', async () => {
    const world = await openWorld()
    const { authorities } = world
    const wrong = faultyRecords.find(({ id }) => id === 'N22')
    if (wrong === undefined) throw new Error('N22 is gone')
    const jti = '01JQ0000000000000000000001'
    const rivals = await Promise.all(['甲', '乙'].map((no) => authorities.sign('CD', taximeter(no), { jti })))
    const pending = await authorities.sign('CD', taximeter('待'), { status: { uri: 'https://elsewhere.example/1', idx: 1 } })
    const given = [statements[0] as string, await send(authorities, wrong), ...rivals, pending, 'hello', statements[0] as string]
    for await (const _ of world.client('CD').records.submitMany(given));
    await world.client('CD').records.submit(statements[1] as string)
    const ids = [statementIdOf(statements[1] as string)]
    const notice = await signNotice(
      { iss: uscc('CD'), iat: NOW, action: 'suspend', statements: ids, from: NOW, reason: { zh: '复核' } },
      authorities.signer('CD'),
    )
    await world.client('CD').notices.submit(notice)
    await world.client('CD').notices.submit(notice)
    const counted = [...(await metricsOf(world))].flatMap(([name, value]) => {
      const [, outcome] = /^tongheng_submissions_total\{outcome="(\w+)"\}$/.exec(name) ?? []
      return outcome === undefined ? [] : [[outcome, value] as const]
    })
    expect(Object.fromEntries(counted)).toEqual({ accepted: 4, rejected: 1, pending: 1, refused: 2, known: 2 })
  })

  it('measure the time of every answer, in cumulative buckets', () => {
    const counters = createCounters()
    for (const seconds of [0.001, 0.005, 0.0051, 0.3, 2, 99]) counters.answered('health', 200, seconds)
    const value = (name: string): number =>
      Number(
        counters
          .lines()
          .find((line) => line.startsWith(`${name} `))
          ?.split(' ')[1],
      )
    const bucket = (end: string): number => value(`tongheng_request_seconds_bucket{call="health",le="${end}"}`)
    expect(['0.005', '0.01', '0.25', '0.5', '1', '2.5', '10', '+Inf'].map(bucket)).toEqual([2, 3, 3, 4, 4, 5, 5, 6])
    expect(value('tongheng_request_seconds_count{call="health"}')).toBe(6)
    expect(value('tongheng_request_seconds_sum{call="health"}')).toBeCloseTo(101.3111)
    expect(value('tongheng_requests_total{call="health",status="200"}')).toBe(6)
  })

  it('show the size of both logs, and how much was imported', async () => {
    const sichuan = await openWorld()
    const chongqing = await openChongqing({ authorities: sichuan.authorities })
    await fill(sichuan, statements)
    await follow(chongqing, sichuan)
    const metrics = await metricsOf(chongqing)
    const of = `{origin="${originOf(sichuan)}"}`
    expect([
      metrics.get('tongheng_log_size'),
      metrics.get(`tongheng_peer_log_size${of}`),
      metrics.get(`tongheng_peer_cursor${of}`),
    ]).toEqual([12, 12, 12])
    expect(metrics.get('tongheng_halted')).toBe(0)
    const theirs = await metricsOf(sichuan)
    // As a witness it has seen the other log, and imported nothing of it.
    expect(theirs.get(`tongheng_peer_log_size{origin="${originOf(chongqing)}"}`)).toBe(12)
    expect(theirs.get(`tongheng_peer_cursor{origin="${originOf(chongqing)}"}`)).toBe(0)
  })
})

describe('metrics and events', () => {
  it('have no label that a caller can create: odd requests add no line', async () => {
    const world = await openWorld()
    await world.send({ path: '/v1/x', as: null })
    await world.send({ path: '/v1/records?limit=x' })
    await world.send({ method: 'DELETE', path: '/v1/records', as: null })
    const before = [...(await metricsOf(world)).keys()]
    for (let n = 0; n < 50; n++) {
      await world.send({ path: `/v1/${'y'.repeat(n)}${n}`, as: null })
      await world.send({ path: `/v1/records?limit=x${n}` })
      await world.send({ method: 'DELETE', path: `/v1/records?${n}`, as: null })
    }
    // The first read is itself counted in the second.
    const added = [...(await metricsOf(world)).keys()].filter((name) => !before.includes(name) && !name.includes('call="metrics"'))
    expect(added).toEqual([])
  })

  it('contain no plate, number, owner or body of a record', async () => {
    const world = await openWorld({ limits: { bulkLines: 20 } })
    const record = fixtures.F01.record as Parameters<typeof taximeter>[1] & {
      instrument: { mobile?: { plate?: string }; serialNumber: string }
    }
    const [statement, spoilt] = [
      await send(world.authorities, fixtures.F01),
      `${(await send(world.authorities, fixtures.F01)).slice(0, -6)}AAAAAA`,
    ]
    const plate = record.instrument.mobile?.plate ?? ''
    expect(plate).toMatch(/^川/)
    const { serialNumber } = record.instrument
    const query = (name: string, value: string) => ({ path: `/v1/records?${new URLSearchParams({ [name]: value })}` })
    for (const sent of [
      { method: 'PUT', path: recordPath(statement), body: statement },
      { method: 'PUT', path: recordPath(statement), body: spoilt },
      {
        method: 'POST',
        path: '/v1/records',
        body: `${statement}\n${spoilt}\nhello`,
        headers: { 'content-type': 'application/jose+ndjson' },
      },
      query('plate', plate),
      query('serial', serialNumber),
      query('certificateNo', '川计检字20250312-00417'),
      query('wrong', plate),
      { path: `/v1/standings?${new URLSearchParams({ plate })}` },
      { method: 'POST', path: '/v1/verify', body: statement, as: null },
      { path: `/v1/${encodeURIComponent(plate)}`, as: null },
    ])
      await world.send(sent)
    const text = `${JSON.stringify(world.events)}${[...(await metricsOf(world)).keys()].join('\n')}`
    const secrets = [
      plate,
      plate.slice(1),
      encodeURIComponent(plate),
      serialNumber,
      '00417',
      '示例',
      statement,
      statement.split('.')[1] as string,
    ]
    for (const secret of secrets) expect(text, secret).not.toContain(secret)
    for (const event of world.events)
      expect(
        Object.keys(event).filter((name) => !['requestId', 'call', 'status', 'milliseconds', 'code', 'caller'].includes(name)),
      ).toEqual([])
  })
})
