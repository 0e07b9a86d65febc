import { verify } from 'tongheng'
import { createFakeAuthorities, fixtures } from 'tongheng/testing'

test('a genuine statement is recognised and a forged one is not', async () => {
  const { sign, trust, agreement } = await createFakeAuthorities()
  const statement = await sign('CD', fixtures.F01.record)
  const options = { at: '2025-06-16T09:00:00+08:00', trust, agreements: [agreement], policy: { region: '50' } }
  expect(await verify(statement, options)).toMatchObject({ outcome: 'recognised' })
  expect(await verify(`${statement.slice(0, -8)}AAAAAAAA`, options)).toMatchObject({ outcome: 'not-recognised' })
})
