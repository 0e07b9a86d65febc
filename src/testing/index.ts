/** `tongheng/testing`: a working pair of authorities, and fixture records with the verdicts they must get. */
export { agreementPayload, createFakeAuthorities, DEMONSTRATION_TIME, type FakeAuthorities } from './authorities.js'
export { type Fixture, faultyRecords, fixtures, type NegativeFixture, negatives, publications } from './fixtures.js'
export { send, sendOnTheWay } from './on-the-way.js'
export { firms, type Organisation, type OrganisationKey, organisation, organisations } from './organisations.js'
