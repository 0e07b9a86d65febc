// The attack catalogue, row by row: a freshly signed token is modified as the row describes, and must be refused with the named family.
// Rows about requests, times, schemas and trust are not attacks on a token: tests/verify/attack-catalogue.test.ts tests each by id
// or names its test, and fails for a new row.
//   npx tsx --tsconfig tests/tsconfig.json tests/oracles/attacks.ts [file]
import * as envelope from 'tongheng/envelope'
import {
  type Attack,
  answer,
  encode,
  freshToken,
  malleated,
  OF_TRUST,
  PAYLOADS,
  resigned,
  SERIALISATIONS,
  type Token,
  withHeader,
} from '../envelope/attack-forms.ts'
import { type OracleResult, runAsScript, tally } from '../support/oracle.ts'
import { readJson } from '../support/vectors.ts'

/** The families of our codes accepted for a family of the catalogue. A limit may be exceeded before the attacked part is read. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  alg: ['alg'],
  header: ['header', 'format'],
  'key-unknown or header': ['header', 'format'],
  typ: ['typ'],
  crit: ['crit'],
  format: ['format'],
  signature: ['signature'],
  json: ['json', 'format'],
}

export async function run(path: string): Promise<OracleResult> {
  const { cases: rows } = readJson<{ readonly cases: readonly Attack[] }>(path)
  const left = tally()
  const lines: string[] = []
  let cases = 0
  const token = await freshToken(envelope)
  if ((await answer(token, token.text)) !== 'accepted') lines.push('the token itself is refused')
  for (const row of rows) {
    const texts = await forged(token, row)
    if (typeof texts === 'string') {
      left.add(texts)
      continue
    }
    const wanted = row.expect.replace(/^reject:/, '').replace(/(,| \().*$/, '')
    for (const text of texts) {
      cases++
      const code = await answer(token, text)
      if (!(FAMILIES[wanted] ?? []).includes(code.split('.')[0] as string))
        lines.push(`${row.id.slice(0, 60)}: ${code}, expected ${row.expect}`)
    }
  }
  return { lines, cases, leftOut: left.counts, of: `${rows.length} rows` }
}

/** The tokens of a row, or why there are none. */
async function forged(token: Token, row: Attack): Promise<readonly string[] | string> {
  const { mutation, cls, id } = row
  const [header, payload, signature] = token.parts
  if (OF_TRUST.includes(id) || !Object.hasOwn(CLASSES, cls))
    return CLASS_TESTS[cls] ?? 'about whose key it is: tests/verify/attack-catalogue.test.ts'
  if (mutation.payload !== undefined) {
    const known = PAYLOADS[mutation.payload]
    if (known === undefined) return 'a payload described in words not known here'
    // The form is permitted; the schema checks the claims.
    if (known[1] === 'accepted') return 'left to the schema of the payload: tests/verify/attack-catalogue.test.ts'
    return [await resigned(token, header, encode(known[0]))]
  }
  if (cls === 'malleability') {
    const bytes = malleated(signature)[mutation.transform ?? '']
    return bytes === undefined ? 'a signature described in words not known here' : [`${header}.${payload}.${encode(bytes)}`]
  }
  if (mutation.transform !== undefined) {
    const transforms = SERIALISATIONS[mutation.transform]
    if (transforms === undefined) return 'a serialisation described in words not known here'
    return Promise.all([transforms].flat().map((each) => each(token)))
  }
  return [await withHeader(token, row)]
}

const CLASSES = { alg: true, key: true, typ: true, crit: true, serialisation: true, malleability: true, json: true }
const CLASS_TESTS: Readonly<Record<string, string>> = {
  time: 'times of requests: tests/server/request.test.ts',
  request: 'requests: tests/server/request.test.ts',
  trust: 'state of trust: tests/verify/attack-catalogue.test.ts',
  redos: 'long inputs: tests/verify/attack-catalogue.test.ts',
}

await runAsScript(import.meta.url, 'attacks/jwt-attacks.json.gz', run)
