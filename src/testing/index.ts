/** `tongheng/testing`: a working pair of authorities, and fixture records with their expected verdicts. */

export {
  type AuthorityKey,
  agreementPayload,
  createFakeAuthorities,
  DEMONSTRATION_TIME,
  type FakeAuthorities,
  type FakeOptions,
} from './authorities.js'
export { certificates } from './certificates/list.js'
export { type Change, change } from './change.js'
export type { Fault } from './fault.js'
export { faults, faultyRecord } from './faults.js'
export { type Fixture, type FixtureId, fixtures, publications } from './fixtures.js'
export { jointFixtures } from './joint-fixtures.js'
export { faultyRecords, type NegativeFixture, negatives } from './negatives.js'
export { send, sendOnTheWay } from './on-the-way.js'
export { firms, type Organisation, type OrganisationKey, organisation, organisations } from './organisations.js'
export { examplePopulation } from './supervision-fixtures.js'
