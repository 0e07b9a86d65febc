import { verify } from 'tongheng'
import { createFakeAuthorities, fixtures } from 'tongheng/testing'

export const runtime = 'edge'
export const dynamic = 'force-dynamic'

export async function GET() {
  const { sign, trust, agreement } = await createFakeAuthorities()
  const statement = await sign('CD', fixtures.F01.record)
  const options = { at: '2025-06-16T09:00:00+08:00', trust, agreements: [agreement], policy: { region: '50' } }
  const forged = `${statement.slice(0, -8)}AAAAAAAA`
  const verdicts = await Promise.all([statement, forged].map((text) => verify(text, options)))
  return new Response(verdicts.map(({ outcome }) => outcome).join(' '))
}
