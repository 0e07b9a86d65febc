/** A taximeter is verified in Chengdu and stopped in Chongqing. */
import { verify, writeVerdictText } from 'tongheng'
import { createFakeAuthorities, fixtures } from 'tongheng/testing'

const world = await createFakeAuthorities() // two authorities, their trust lists, the agreement; keys made on the spot
const statement = await world.sign('CD', fixtures.F01.record) // the Chengdu institute signs a verification record
const verdict = await verify(statement, {
  at: '2025-06-16T09:00:00+08:00',
  trust: world.trust,
  agreements: [world.agreement],
  policy: { region: '50' }, // asked in Chongqing
})
console.log(writeVerdictText(verdict))
