/** Thousands of lines of batch certificates per second on one core, in batches of 100 and of 1,000. The ratio is 1 if the work is linear in the lines, and 0.1 if it is quadratic. */
import { checkRecord } from 'tongheng/conformance'
import { signLabels } from 'tongheng/label'
import type { VerificationRecord } from 'tongheng/records'
import { emptyStatuses, openStatus, signStatusList } from 'tongheng/status'
import { certificates, createFakeAuthorities, DEMONSTRATION_TIME, organisation } from 'tongheng/testing'
import { standings, verify } from 'tongheng/verify'
import type { Contender, Group } from './measure.js'

const FEW = 100
const MANY = 1000
const BY = 'SC-INST'
const URI = 'https://jl.example.cn/status/1'
const NOW = Date.parse(DEMONSTRATION_TIME) / 1000
const world = await createFakeAuthorities()
const template = certificates['energy-meters'].record as VerificationRecord

/** The batch of electricity meters with `lines` instruments, one row each. */
function batchOf(lines: number): VerificationRecord {
  const results = template.results.flatMap((table, at) => {
    const column = table.columns.findIndex(({ role }) => role === 'line')
    const [row = []] = table.rows
    if (column === -1) return [table]
    const rows = Array.from({ length: lines }, (_, line) => row.map((cell, n) => (n === column ? String(line + 1) : cell)))
    return at === 0 ? [{ ...table, rows }] : []
  })
  return {
    ...template,
    instruments: Array.from({ length: lines }, (_, n) => ({ serialNumber: String(5_130_001_240_100_000 + n) })),
    results,
  }
}

const statuses = emptyStatuses(2 * MANY).with(5, 1)
const list = await signStatusList({ iss: organisation(BY).uscc, uri: URI, iat: NOW - 60, exp: NOW + 86_400, statuses }, world.signer(BY))
const status = await openStatus({ statusLists: [list] }, world.trust)
const options = { at: DEMONSTRATION_TIME, trust: world.trust, agreements: [world.agreement], status, policy: { region: '51' } }

/** Processes as many batches as have a thousand lines in total. */
async function ofLines(lines: number) {
  const record = batchOf(lines)
  const statement = await world.sign(BY, record, { status: { uri: URI, idx: 0 } })
  const over = (run: () => Promise<unknown> | unknown) => async (times: number) => {
    for (let done = 0; done < times * MANY; done += lines) await run()
  }
  return {
    check: over(() => {
      if (checkRecord(record).checks.some(({ status }) => status === 'fail')) throw new Error('check')
    }),
    verify: over(async () => {
      if ((await verify(statement, options)).outcome !== 'indeterminate') throw new Error('verify')
    }),
    standings: over(async () => {
      if ((await standings([statement], options)).length !== lines) throw new Error('standings')
    }),
    labels: over(async () => {
      if ((await signLabels(statement, { signers: [world.signer(BY)], at: DEMONSTRATION_TIME })).length !== lines) throw new Error('labels')
    }),
  }
}

const [few, many] = [await ofLines(FEW), await ofLines(MANY)]

export const batches: Group = {
  title: 'thousands of lines of batch certificates, 100 and 1,000 a batch',
  rounds: 9,
  contenders: (Object.keys(few) as (keyof typeof few)[]).flatMap((step): Contender[] => [
    { name: `${step}-100`, run: few[step] },
    { name: `${step}-1000`, to: `${step}-100`, run: many[step] },
  ]),
}
