/** Shared by the tests of verdicts: both authorities, their publications, and statements that the signing calls would refuse. */
import type { Signer } from 'tongheng/envelope'
import { kindOf } from 'tongheng/records'
import {
  createFakeAuthorities,
  DEMONSTRATION_TIME,
  type FakeAuthorities,
  type Fixture,
  fixtures,
  organisation,
  publications,
  send,
} from 'tongheng/testing'
import { type Check, readSpecifications, type Verdict, type VerifyOptions, verdictRows, verify } from 'tongheng/verify'
import { expect } from 'vitest'

export interface World extends FakeAuthorities {
  readonly at: string
  /** Options for the province that is not the signer's. */
  optionsFor(of: Pick<Fixture, 'signer'>, more?: Partial<VerifyOptions>): VerifyOptions
}

/** Both authorities at a moment, with every specification of the fixtures published. */
export async function createWorld(at: string = DEMONSTRATION_TIME): Promise<World> {
  const authorities = await createFakeAuthorities({ witnessKeys: true, at })
  const statements = await Promise.all([...publications, fixtures.F10, fixtures.F11].map((fixture) => send(authorities, fixture)))
  const { specifications, refused } = await readSpecifications(statements, { at, trust: authorities.trust })
  expect(refused).toEqual([])
  return {
    ...authorities,
    at,
    optionsFor: ({ signer }, more = {}) => ({
      at,
      trust: authorities.trust,
      agreements: [authorities.agreement],
      specifications,
      policy: { region: organisation(signer).region === '51' ? '50' : '51' },
      ...more,
    }),
  }
}

const base64url = (value: string | Uint8Array): string => Buffer.from(value).toString('base64url')

/** A statement with any header and payload, with a valid signature of a listed key. */
export async function forge(signer: Signer, payload: unknown, header: object | string = {}): Promise<string> {
  const head =
    typeof header === 'string' ? header : JSON.stringify({ alg: signer.alg, kid: signer.kid, typ: 'metrology-record+jwt', ...header })
  const body = typeof payload === 'string' || payload instanceof Uint8Array ? payload : JSON.stringify(payload)
  const input = `${base64url(head)}.${base64url(body)}`
  return `${input}.${base64url(await signer.sign(new TextEncoder().encode(input)))}`
}

/** The claims of a fixture as its issuer would sign them, with changes. */
export function claimsOf({ record, signer }: Fixture, more: object = {}): { iat: number } & Record<string, unknown> {
  const date = kindOf(record).issuedOn(record)
  return {
    iss: organisation(signer).uscc,
    jti: '01JP4ZZZZZABCDEFGHJKMNPQRS',
    iat: Date.parse(`${date}T17:00:00+08:00`) / 1000,
    record,
    ...more,
  }
}

const ROWS = verdictRows.map(({ id }) => id)
const groups = new Map<string, string>(verdictRows.map(({ id, group }) => [id, group]))

/** Constant checks are frozen objects shared by all verdicts; each is inspected once. */
const owingNothing = new WeakSet<Check>()

/** Whether JSON preserves the value: no `undefined`, no NaN or infinity, only plain objects, arrays and scalars. */
function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0)
  if (typeof value !== 'object') return false
  if (Array.isArray(value)) return value.every(isJson)
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isJson)
}

function debtsOf(check: Check): readonly string[] {
  if (owingNothing.has(check)) return []
  const debts = isJson(check) ? [...findDebts(check)] : ['no JSON']
  if (debts.length === 0 && Object.isFrozen(check)) owingNothing.add(check)
  return debts
}

/** The defects of a check, each described in a few words. */
function* findDebts({ id, group, status, code, message, advice, basis, path, blockedBy }: Check): Generator<string> {
  if (group !== groups.get(id)) yield 'group of another row'
  if (basis === '') yield 'no basis'
  if ([message.zh, message.en, advice?.zh ?? '-', advice?.en ?? '-'].some((text) => text.trim() === '')) yield 'an empty text'
  if (!/[\u4e00-\u9fff]/.test(message.zh)) yield 'no Chinese'
  if (path !== undefined && path !== '' && !path.startsWith('/')) yield 'a path that is no pointer'
  if (status === 'skip' && blockedBy === undefined && code !== 'not-applicable') yield 'skipped for no reason'
  if (status !== 'skip' && blockedBy !== undefined) yield 'blocked, and yet judged'
  if (blockedBy !== undefined && !blockedBy.startsWith('fact:') && !groups.has(blockedBy)) yield 'blocked by no row'
}

/** The invariants of every verdict. One expectation per verdict, because there are thousands. */
function expectWhole(verdict: Verdict): void {
  const { checks, outcome, decidedBy, ...rest } = verdict
  expect([...new Set(checks.map(({ id }) => id))].join()).toBe(ROWS.join())
  expect(checks.flatMap((check) => debtsOf(check).map((debt) => `${check.id} ${check.code}: ${debt}`))).toEqual([])
  const isFailed = checks.some(({ status }) => status === 'fail')
  const isBlocked = checks.some(({ blockedBy }) => blockedBy !== undefined)
  expect(outcome).toBe(isFailed ? 'not-recognised' : isBlocked ? 'indeterminate' : 'recognised')
  expect(groups.has(decidedBy)).toBe(true)
  expect(isJson(rest)).toBe(true)
}

/** Verifies and checks the invariants of the verdict. */
export async function answerTo(statement: string, options: VerifyOptions): Promise<Verdict> {
  const verdict = await verify(statement, options)
  expectWhole(verdict)
  return verdict
}

/**
 * As above, for a statement without braces and dashes in its text: additionally checks that every placeholder of a message has a
 * non-empty value.
 */
export async function verdictOf(statement: string, options: VerifyOptions): Promise<Verdict> {
  const verdict = await answerTo(statement, options)
  for (const { code, message, advice } of verdict.checks) {
    expect(JSON.stringify({ message, advice }), code).not.toMatch(/\{[a-zA-Z]+\}|\bundefined\b|\[object|\\"zh\\":|—/)
  }
  return verdict
}
