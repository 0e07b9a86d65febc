/** Inputs of a malicious body, listed or not, each at the limit that the reader accepts. */
import { Buffer } from 'node:buffer'
import { deflateSync } from 'node:zlib'
import type { Signer } from 'tongheng/envelope'
import type { AnyRecord } from 'tongheng/records'
import { createFakeAuthorities, DEMONSTRATION_TIME, fixtures, organisation } from 'tongheng/testing'
import { openStatus, type SignedRecord, type VerifyOptions } from 'tongheng/verify'

export interface Hostile {
  readonly name: string
  readonly statement: SignedRecord
  readonly options: VerifyOptions
  /** Work other than a verdict, such as opening documents: measured, without a bound. */
  readonly more?: () => Promise<unknown>
  readonly checks?: readonly unknown[]
}

const LIMIT = 262_144
const world = await createFakeAuthorities({ witnessKeys: true })
const options: VerifyOptions = {
  at: DEMONSTRATION_TIME,
  trust: world.trust,
  agreements: [world.agreement],
  policy: { region: '50' },
}
const segment = (text: string | Uint8Array): string => Buffer.from(text as string).toString('base64url')

async function sign(signer: Signer, payload: string, typ = 'metrology-record+jwt'): Promise<string> {
  const input = `${segment(JSON.stringify({ alg: signer.alg, kid: signer.kid, typ }))}.${segment(payload)}`
  return `${input}.${segment(await signer.sign(Buffer.from(input)))}`
}

type Who = Parameters<typeof organisation>[0]
const claims = (who: Who, record: unknown): string =>
  JSON.stringify({
    iss: organisation(who).uscc,
    jti: '01JP4ZZZZZABCDEFGHJKMNPQRS',
    iat: Date.parse('2025-06-15T17:00:00+08:00') / 1000,
    record,
  })

/** The largest n whose payload is accepted. */
function fit(payloadOf: (n: number) => string, most = 1_000_000): string {
  const fits = (n: number): boolean => 130 + Math.ceil((Buffer.byteLength(payloadOf(n)) * 4) / 3) + 88 <= LIMIT
  let [low, high] = [1, 2]
  while (high < most && fits(high)) [low, high] = [high, high * 2]
  high = Math.min(high, most + 1)
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (fits(middle)) low = middle
    else high = middle
  }
  return payloadOf(low)
}

const { F01, F08, F12, F10 } = fixtures
const record = <T extends AnyRecord>(fixture: { readonly record: unknown }, changes: Partial<T>): unknown => ({
  ...(fixture.record as T),
  ...changes,
})
const times = <T>(n: number, make: (at: number) => T): T[] => Array.from({ length: n }, (_, at) => make(at))
const LONG = '12345678901234567890.12345678901234567891'
const odd = (at: number): string => `0.${String(10_000_000_000_000_000_019n + BigInt(at) * 7_777_777_777_777_771n).padStart(20, '1')}`

const text = { zh: '示值' }
const column = (role: string, unit?: string, more: object = {}) => ({ role, name: text, ...(unit !== undefined && { unit }), ...more })
const judged = [
  column('reference', 'MPa'),
  column('indication', 'MPa'),
  column('error', 'MPa'),
  column('lower-limit', 'MPa'),
  column('upper-limit', 'MPa'),
  column('uncertainty', 'MPa', { k: '2' }),
  column('verdict'),
]
const rows = (n: number, row: (at: number) => (string | null)[], columns: readonly unknown[]) =>
  times(Math.ceil(n / 2000), (table) => ({
    id: `t${table}`,
    name: text,
    columns,
    rows: times(Math.min(2000, n - table * 2000), (at) => row(table * 2000 + at)),
  }))

/** Payloads that CD, a listed body, signs. */
const payloads: Readonly<Record<string, string>> = {
  'nesting: arrays to the end': fit((n) => `{"a":${'['.repeat(n)}`),
  'nesting: 32 deep, again and again': fit((n) => `[${times(n, () => `${'['.repeat(30)}${']'.repeat(30)}`).join(',')}]`),
  'members: as many as fit': fit((n) => `{${times(n, (at) => `"${at.toString(36)}":0`).join(',')}}`),
  'members: the last one twice': fit((n) => `{${times(n, (at) => `"${at.toString(36)}":0`).join(',')},"0":1}`),
  'members: names that hash alike do': fit((n) => `{${times(n, (at) => `"${'\\u0061'.repeat(3)}${at.toString(36)}":0`).join(',')}}`),
  'members: whole numbers as names': fit((n) => `{${times(n, (at) => `"${at * 65_537}":0`).join(',')}}`),
  'values: zeros': fit((n) => `[${'0,'.repeat(n)}0]`),
  'text: one long string': fit((n) => `{"a":"${'x'.repeat(n)}"}`),
  'text: escapes': fit((n) => `{"a":"${'\\u0061'.repeat(n)}"}`),
  'text: half a surrogate at the end': fit((n) => `{"a":"${'\\ud83d\\ude00'.repeat(n)}\\ud83d"}`),
  'text: four octets a character': fit((n) => `{"a":"${'𠮷'.repeat(n)}"}`),
  'number: as long as fits': fit((n) => `{"a":${'9'.repeat(n)}}`),
  'number: exponent': fit((n) => `{"a":1e-${'9'.repeat(n)}}`),
  'white space': fit((n) => `{"a":${' '.repeat(n)}0}`),
  'claims: unknown members': fit((n) => claims('CD', 0).replace('"record":0', times(n, (at) => `"x${at}":0`).join(','))),
  'record: unknown members': fit((n) => claims('CD', record(F01, Object.fromEntries(times(n, (at) => [`x${at}`, 0])) as never))),
  'record: measured field of thousands of digits': fit((n) =>
    claims(
      'CD',
      record(F01, { results: [{ id: 'a', name: text, columns: [column('error', 'V')], rows: [[`0.${'0'.repeat(n)}1`]] }] } as never),
    ),
  ),
  'record: measured fields with exponents': fit((n) =>
    claims('CD', record(F01, { results: rows(n, () => ['1e-9999999'], [column('error', 'V')]) } as never)),
  ),
  'record: rows of the wrong type': fit((n) =>
    claims('CD', record(F01, { results: [{ id: 'a', name: text, columns: [column('error', 'V')], rows: times(n, () => 0) }] } as never)),
  ),
  'record: cells of the wrong type': fit((n) =>
    claims(
      'CD',
      record(F01, {
        results: rows(
          n,
          () => times(30, () => 0) as never,
          times(30, () => column('repeat', 'V')),
        ),
      } as never),
    ),
  ),
  'record: more rows than are judged': fit((n) =>
    claims('CD', record(F01, { results: rows(n, () => ['1', '2', '3', '-1', '1', '1', 'pass'], judged) } as never)),
  ),
  'record: tables, every row wrong': fit(
    (n) => claims('CD', record(F01, { results: rows(n, () => ['1', '2', '3', '-1', '1', '1', 'pass'], judged) } as never)),
    2000,
  ),
  'record: tables, every row judged, 40 digits': fit((n) =>
    claims('CD', record(F01, { results: rows(n, () => [LONG, LONG, '0', `-${LONG}`, LONG, LONG, 'pass'], judged) } as never)),
  ),
  'record: 100 tables of one row': fit(
    (n) =>
      claims(
        'CD',
        record(F01, {
          results: times(n, (at) => ({ id: `t${at}`, name: text, columns: judged, rows: [['1', '1', '0', '-1', '1', '0.1', 'pass']] })),
        } as never),
      ),
    100,
  ),
  'record: units of 40 characters in every column': fit(
    (n) =>
      claims(
        'CD',
        record(F01, {
          results: times(n, (at) => ({
            id: `t${at}`,
            name: text,
            columns: times(30, (c) => column('condition', `${'m2.s-1/'.repeat(4)}kg${(at * 30 + c) % 9}.A`)),
            rows: [times(30, () => '1')],
          })),
        } as never),
      ),
    100,
  ),
  'record: units of slashes': fit(
    (n) =>
      claims(
        'CD',
        record(F01, {
          results: times(n, (at) => ({
            id: `t${at}`,
            name: text,
            columns: times(30, () => column('condition', '/'.repeat(40))),
            rows: [['1']],
          })),
        } as never),
      ),
    100,
  ),
  'record: errors in two units, 40 digits': fit((n) =>
    claims(
      'CD',
      record(F01, {
        results: rows(n, () => [LONG, LONG, LONG, LONG], [
          column('reference', '[psi]'),
          column('indication', 'mm[Hg]'),
          column('error', '%'),
          column('error', 'Pa'),
        ]),
      } as never),
    ),
  ),
  'record: identifiers of dashes': fit((n) => claims('CD', record(F01, { verifiedOn: '-'.repeat(n) } as never))),
  'record: 2,000 names of slips': fit((n) =>
    claims(
      'CD',
      record(F01, { instrument: { ...(F01.record as { instrument: object }).instrument, serialNumber: '\u200b'.repeat(n) } } as never),
    ),
  ),
}

/** Payloads that CQ-INST signs: calibrations; and SC-AMR: comparisons. */
const budgets = (entries: number) =>
  times(entries, (at) => ({ source: text, type: 'B', standard: odd(at), degreesOfFreedom: LONG, correlation: `c${at % 50}` }))
const calibrations: Readonly<Record<string, string>> = {
  'calibration: budgets of 100 entries, row after row': fit((n) =>
    claims(
      'CQ-INST',
      record(F08, {
        results: [
          {
            id: 'a',
            name: text,
            columns: judged,
            rows: times(n, () => ['1', '1', '0', '-1', '1', '0.1', 'pass']),
            budgets: times(n, (row) => ({ row, entries: budgets(100) })),
          },
        ],
      } as never),
    ),
  ),
  'calibration: rows judged, 40 digits': fit((n) =>
    claims('CQ-INST', record(F08, { results: rows(n, () => [LONG, LONG, '0', `-${LONG}`, LONG, LONG, 'pass'], judged) } as never)),
  ),
  'calibration: guard bands, row after row': fit((n) =>
    claims(
      'CQ-INST',
      record(F08, {
        results: rows(n, () => [LONG, LONG, '0', `-${LONG}`, LONG, '0.1', 'pass'], judged),
        conformity: {
          ...(F08.record as { conformity: object }).conformity,
          decisionRule: { rule: 'guarded-acceptance', guardBand: 'expanded-uncertainty', source: 'JJF 1094' },
        },
      } as never),
    ),
  ),
}

const code = (at: number): string => `L${at.toString(36)}`
const U = (value: string, k = '2') => ({ form: 'expanded', value, k })
function round(labs: number, points: number, method: string, uncertainty: (at: number) => object): string {
  const codes = times(labs, code)
  return claims(
    'SC-AMR',
    record(F12, {
      pilots: [code(0)],
      participants: codes.map((one) => ({ code: one })),
      route: undefined,
      points: times(points, (point) => ({
        id: `p${point}`,
        quantity: text,
        unit: 'V',
        reference: { value: '1', uncertainty: U('0.1'), method, contributors: codes, formedBy: text },
        sigma: LONG,
        results: codes.map((one, at) => ({ code: one, value: odd(at), uncertainty: uncertainty(at + point), en: '1', zeta: '1', z: '1' })),
      })),
      outcomes: codes.map((one) => ({ code: one, outcome: 'satisfactory' })),
    } as never),
  )
}
const METHODS = ['weighted-mean', 'mean', 'median', 'pilot']
const comparisons: Readonly<Record<string, string>> = Object.fromEntries(
  METHODS.flatMap((method) => [
    [`comparison: 500 laboratories, ${method}, odd uncertainties`, fit((n) => round(500, n, method, (at) => U(odd(at), odd(at + 3))), 200)],
    [`comparison: one point, ${method}, as many as fit`, fit((n) => round(n, 1, method, (at) => U(odd(at), odd(at + 3))), 500)],
    [`comparison: 3 laboratories, ${method}, 200 points`, fit((n) => round(3, n, method, (at) => U(odd(at), odd(at + 3))), 200)],
  ]),
)

const of = (signer: Who, all: Readonly<Record<string, string>>): Promise<Hostile[]> =>
  Promise.all(Object.entries(all).map(async ([name, payload]) => ({ name, statement: await sign(world.signer(signer), payload), options })))

const genuine = await world.sign('CD', F01.record)
const [head, body, signature] = genuine.split('.') as [string, string, string]
const padding = 'A'.repeat(LIMIT)
const unsigned: Readonly<Record<string, SignedRecord>> = {
  'text: 8 MB': 'A'.repeat(8_000_000),
  'text: dots': '.'.repeat(LIMIT),
  'text: no dot': padding,
  'text: two dots at the end': `${padding.slice(2)}..`,
  'text: characters outside the alphabet': `${head}.${'é'.repeat(LIMIT - head.length - 90)}.${signature}`,
  'text: payload of As under a known key': `${head}.${padding.slice(0, LIMIT - head.length - 90)}.${signature}`,
  'text: signature as long as fits': `${head}.${body}.${padding.slice(0, LIMIT - head.length - body.length - 2)}`,
  'header: duplicates to its limit': `${segment(`{${times(80, () => '"a":0').join(',')}}`)}.${body}.${signature}`,
  'signatures: 4 of the longest statement': await (async () => {
    const payload = payloads['record: tables, every row wrong'] as string
    return Promise.all(times(4, () => sign(world.signer('CD'), payload)))
  })(),
  'signatures: 10,000 given': times(10_000, () => genuine),
}

/** An agreement of as many clauses and conditions as there may be, none of which fits before the last. */
const agreement = {
  ...world.agreement,
  payload: {
    ...world.agreement.payload,
    clauses: times(200, (at) => ({
      ...(world.agreement.payload.clauses[0] as object),
      id: `c${at}`,
      kinds: ['verification-record'],
      categories: 'all' as const,
      conditions: times(20, () => ({ name: 'issuer-authorised' as const })),
    })),
  },
} as unknown as typeof world.agreement

const size = 16_777_216
const list = (bytes: Uint8Array): Promise<string> =>
  sign(
    world.signer('CD'),
    JSON.stringify({
      iss: organisation('CD').uscc,
      sub: 'https://status.example/1',
      iat: Date.parse('2025-06-15T17:00:00+08:00') / 1000,
      exp: Date.parse('2026-06-15T17:00:00+08:00') / 1000,
      status_list: { bits: 2, lst: segment(deflateSync(bytes)) },
    }),
    'statuslist+jwt',
  )
const noise = Uint8Array.from({ length: 800_000 }, (_, at) => (at * 2_654_435_761) >>> 24)
const lists: Readonly<Record<string, string>> = {
  'status list: 16 million entries, all valid': await list(new Uint8Array(size / 4)),
  'status list: 8 MB of zeros': await list(new Uint8Array(8_000_000)),
  'status list: 64 MB of zeros': await list(new Uint8Array(64_000_000)),
  'status list: as much noise as is taken': await list(noise),
}

export const cases: readonly Hostile[] = [
  ...Object.entries(unsigned).map(([name, statement]) => ({ name, statement, options })),
  ...(await of('CD', payloads)),
  ...(await of('CQ-INST', calibrations)),
  ...(await of('SC-AMR', comparisons)),
  { name: 'agreement: 200 clauses of 20 conditions', statement: genuine, options: { ...options, agreements: [agreement] } },
  { name: 'agreement: 100 versions of it', statement: genuine, options: { ...options, agreements: times(100, () => agreement) } },
  {
    name: 'specification: 500 requirements',
    statement: await sign(
      world.signer('SC-AMR'),
      fit(
        (n) => claims('SC-AMR', record(F10, { requirements: times(n, (at) => ({ id: `r${at}`, name: text, value: text })) } as never)),
        500,
      ),
    ),
    options,
  },
  ...Object.entries(lists).map(([name, statement]) => ({
    name,
    statement,
    options,
    more: () => openStatus({ statusLists: [statement] }, world.trust),
  })),
]
