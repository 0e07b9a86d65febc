// Why this exists: a person who scans a label and a person who reads its certificate must get one answer. In a row that both verdicts have, neither passes where the other fails.
import { packLabel, verifyLabel } from 'tongheng/label'
import { createFakeAuthorities, type Fixture, fixtures, publications, send } from 'tongheng/testing'
import { type Check, readSpecifications, type Verdict, type VerifyOptions, verify } from 'tongheng/verify'
import { describe, expect, it } from 'vitest'
import { labelFor, verifications } from './labels.ts'

/** Status of each row of a verdict: that of its worst check. */
const rowsOf = ({ checks }: Verdict): ReadonlyMap<string, Check['status'] | 'open'> => {
  const rows = new Map<string, Check['status'] | 'open'>()
  for (const { id, status, code, blockedBy } of checks) {
    if (code === 'label.not-carried') continue
    const said = blockedBy !== undefined ? 'open' : status
    if (rows.get(id) !== 'fail') rows.set(id, said === 'open' && rows.has(id) ? 'open' : said)
  }
  return rows
}

/** Rows that one passes and the other fails. */
function contradictions(label: Verdict, record: Verdict): string[] {
  const [one, other] = [rowsOf(label), rowsOf(record)]
  const isFine = (status: string | undefined): boolean => status === 'pass' || status === 'warn'
  return [...one].flatMap(([id, status]) => {
    const against = other.get(id)
    return (status === 'fail' && isFine(against)) || (isFine(status) && against === 'fail') ? [`${id}: ${status}, ${against}`] : []
  })
}

const MOMENTS = [
  '2024-06-30T12:00:00+08:00',
  '2025-03-12T00:00:00+08:00',
  '2025-04-08T00:00:00+08:00',
  '2025-06-16T09:00:00+08:00',
  '2026-03-12T00:00:00+08:00',
  '2031-01-01T00:00:00+08:00',
]

describe('the verdict of a label and that of its record', () => {
  it.each(MOMENTS)('never contradict each other in a row at %s, over every verification of the fixtures and negatives', async (moment) => {
    const world = await createFakeAuthorities({ at: moment })
    const published = await Promise.all([...publications, fixtures.F10, fixtures.F11].map((fixture) => send(world, fixture)))
    const { specifications } = await readSpecifications(published, { at: moment, trust: world.trust })
    const base = { trust: world.trust, agreements: [world.agreement], specifications }
    let shared = 0
    const judgeBoth = async (fixture: Fixture, statement: string, label: string, options: VerifyOptions): Promise<void> => {
      const [ofRecord, ofLabel] = [await verify(statement, options), await verifyLabel(packLabel(label), options)]
      expect(contradictions(ofLabel, ofRecord), `${fixture.id} ${options.policy.region}`).toEqual([])
      expect([...rowsOf(ofLabel).keys()].every((id) => rowsOf(ofRecord).has(id))).toBe(true)
      // A fault of the label is also one of its record, so the record must not be recognised either.
      if (ofLabel.outcome === 'not-recognised') expect(ofRecord.outcome, fixture.id).toBe('not-recognised')
      if (ofLabel.acceptedAs !== undefined) expect(ofRecord.decidedBy, fixture.id).not.toBe('record.validity')
      shared += [...rowsOf(ofLabel).values()].filter((status) => status !== 'skip').length
    }
    for (const fixture of verifications) {
      const at = Date.parse(moment) / 1000
      const statement = await world.sign(fixture.signer, fixture.record)
      const label = await labelFor(world, fixture.signer, statement)
      for (const when of [at, at - 86_400, at + 45 * 86_400])
        for (const region of ['50', '51']) await judgeBoth(fixture, statement, label, { ...base, at: when, policy: { region } })
    }
    expect(shared).toBeGreaterThan(verifications.length * 6 * 5)
    expect(verifications.length).toBeGreaterThan(12)
  })
})
