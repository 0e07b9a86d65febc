// Why this exists: a rule that had nothing to judge must not be reported as passed. The rules that judge each fixture are listed here.
import { checkRecord } from 'tongheng/conformance'
import { type FixtureId, fixtures } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'

const VERIFICATIONS = 'F01 F02 F03 F04 F05 F06 F09'
const CALIBRATIONS = 'F07 F08 F13'
const FINDINGS = 'F14 F14b'
const ALL = `${VERIFICATIONS} ${CALIBRATIONS} F10 F11 F12 ${FINDINGS} F15`

/** The fixtures to which each rule applies. */
const APPLIES: Readonly<Record<string, string>> = {
  'identifier.uscc': ALL,
  'identifier.authorisation': `${VERIFICATIONS} ${CALIBRATIONS}`,
  'identifier.specification': `${VERIFICATIONS} ${CALIBRATIONS} F10 F11 F12 F15`,
  'identifier.assessment': `${VERIFICATIONS} ${CALIBRATIONS}`,
  // Instruments with a type approval.
  'identifier.type-approval': 'F01 F02 F04 F05 F06 F15',
  'identifier.instrument': ALL,
  'identifier.division': `${VERIFICATIONS} ${CALIBRATIONS} ${FINDINGS}`,
  // Taximeters.
  'identifier.plate': 'F01 F02 F03 F04',
  'identifier.characters': `${VERIFICATIONS} ${CALIBRATIONS} F10 F11 ${FINDINGS} F15`,
  'record.personal-number': ALL,
  'dates.order': ALL,
  'validity.presence': VERIFICATIONS,
  // F02 is a notice of failure: it has no period of validity.
  'validity.interval': 'F01 F03 F04 F05 F06 F09',
  'standards.valid': `${VERIFICATIONS} ${CALIBRATIONS}`,
  'basis.regulation': VERIFICATIONS,
  'basis.in-force': `${VERIFICATIONS} ${CALIBRATIONS} F12 F15`,
  'basis.national-first': VERIFICATIONS,
  'amendment.names-original': 'F15',
  'specification.replacement': '',
  'specification.requirements': 'F10',
  'specification.publisher': 'F10 F11',
  'table.form': `${VERIFICATIONS} ${CALIBRATIONS} ${FINDINGS}`,
  'table.error': CALIBRATIONS,
  'table.correction': '',
  'table.hybrid': '',
  'limits.order': 'F01 F02 F04 F05 F07 F08 F09 F10 F13 F15',
  'units.legal': ALL,
  'units.commensurable': `${VERIFICATIONS} ${CALIBRATIONS}`,
  'uncertainty.digits': `F03 F09 ${CALIBRATIONS}`,
  'uncertainty.place': `F09 ${CALIBRATIONS}`,
  'uncertainty.consistent': `F03 F09 F12 ${CALIBRATIONS}`,
  'uncertainty.stated': CALIBRATIONS,
  'verdict.limits': 'F01 F02 F03 F04 F05 F06 F08 F09',
  'verdict.outcome': `${VERIFICATIONS} F08`,
  'verdict.class': 'F09',
  'decision.rule': 'F08',
  'signatories.independent': `${VERIFICATIONS} ${CALIBRATIONS}`,
  'adjustment.results': '',
  // F09 has a guard band; the others state no decision rule, or no U to apply it with.
  'decision.uncertainty': 'F08',
  // Standards with stated limits, in records with limits of the same quantity.
  'standards.fit': 'F01 F02 F04 F05',
  'comparison.codes': 'F12',
  'comparison.reference': 'F12',
  'comparison.dates': 'F12',
  'comparison.scores': 'F12',
  'comparison.outcomes': 'F12',
  'supervision.finding': FINDINGS,
  'supervision.measures': FINDINGS,
  'supervision.joint': `F12 ${FINDINGS}`,
  'finding.jurisdiction': FINDINGS,
  'verification.circumstances': '',
  'verification.failed-items': '',
  'standards.roles': '',
  'instrument.ranges': '',
  'batch.lines': '',
}

describe('the rules of a sound record', () => {
  it.each(Object.entries(fixtures))('%s: judge what the record states, and report every other rule as not applicable', (id, { record }) => {
    const rows = checkRecord(record).checks.filter(({ group }) => group === 'conformance')
    const judging = rows.filter(({ status, code }) => !(status === 'skip' && code === 'not-applicable')).map((row) => row.id)
    const expected = Object.keys(APPLIES).filter((rule) => APPLIES[rule]?.split(' ').includes(id as FixtureId))
    expect([...new Set(judging)].sort()).toEqual(expected.sort())
    expect([...new Set(rows.map((row) => row.id))].sort()).toEqual(Object.keys(APPLIES).sort())
  })
})
