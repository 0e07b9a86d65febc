// What an authority signed is also hung on a wall and put into a file: the sheet must have all of it, and must say where it does not count.
import { categoryName } from 'tongheng/catalogue'
import { writeJointHtml } from 'tongheng/certificate'
import { type AnyJointDocument, type JointStatement, openJoint, signJoint } from 'tongheng/joint'
import { openStatus, signNotice } from 'tongheng/status'
import { createFakeAuthorities, DEMONSTRATION_TIME, jointFixtures, organisation } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { escapeMarkup } from '../../src/base/markup.js'

const AT = DEMONSTRATION_TIME
const world = await createFakeAuthorities()
const opened = async (document: AnyJointDocument, rest: object = {}): Promise<JointStatement> => {
  const signed = await signJoint(document, {
    iss: organisation('SC-AMR').uscc,
    signer: world.signer('SC-AMR'),
    at: '2025-06-10T09:00:00+08:00',
  })
  const { statements } = await openJoint([signed], { trust: world.trust, at: AT, ...rest })
  return statements[0] as JointStatement
}
/** The text of the page, as a reader sees it. */
const textOf = (html: string): string =>
  html
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<\/?(?:span|b|code)[^>]*>/g, '')
    .replace(/<[^>]+>/g, '\n')
/** Leaves of a document with the name of their member. */
function leavesOf(value: unknown, member = ''): [string, string][] {
  if (Array.isArray(value)) return value.flatMap((each) => leavesOf(each, member))
  if (value !== null && typeof value === 'object') return Object.entries(value).flatMap(([name, each]) => leavesOf(each, name))
  return [[member, String(value)]]
}
/** What is printed in place of a code. */
const PRINTED: Readonly<Record<string, string>> = {
  public: '社会公用计量标准',
  'legal-institute': '法定计量检定机构授权',
  verification: '检定',
  'verification-record': '检定记录',
  standard: '标准器',
  auxiliary: '配套设备',
  P1Y: '1 年',
}
const ROUND = {
  kind: 'round-report',
  version: 1,
  number: 'CY-2025-03',
  round: 'R'.repeat(42).padEnd(43, 'A'),
  record: 'B'.repeat(42).padEnd(43, 'A'),
  statements: ['C'.repeat(42).padEnd(43, 'A'), 'D'.repeat(42).padEnd(43, 'A')],
  keyDigest: 'E'.repeat(42).padEnd(43, 'A'),
  key: [{ code: 'LAB-01', laboratory: organisation('SC-INST').uscc }],
  on: '2025-06-01',
} as unknown as AnyJointDocument

describe('the sheet of a joint statement', () => {
  it.each<[string, AnyJointDocument]>([
    ['计量标准考核证书', jointFixtures.assessment],
    ['计量授权证书', jointFixtures.authorisation],
    ['比对总结', ROUND],
  ])('%s leaves out nothing that was signed', async (title, document) => {
    const statement = await opened(document)
    const text = textOf(writeJointHtml(statement))
    expect(text).toContain(title)
    const leaves = leavesOf(document).filter(([member]) => member !== 'kind' && member !== 'version')
    expect(leaves.length).toBeGreaterThan(6)
    const missing = leaves.filter(
      ([, value]) => !text.includes(escapeMarkup(value)) && !text.includes(PRINTED[value] ?? categoryName(value).zh),
    )
    expect(missing).toEqual([])
    if (title === '计量授权证书') expect(text).toContain('第 2 项')
    for (const part of [statement.statementId, statement.claims.jti, organisation('SC-AMR').uscc, '2025-06-10T09:00:00+08:00'])
      expect(text).toContain(part)
  })

  it('shows every member of every kind under a name, in both languages', async () => {
    for (const document of [jointFixtures.engineAlliance, jointFixtures.task, jointFixtures.protocol] as AnyJointDocument[]) {
      const statement = { ...(await opened(jointFixtures.assessment)), document } as JointStatement
      const [zh, en] = (['zh', 'en'] as const).map((language) => textOf(writeJointHtml(statement, { language })))
      // A member without a label would stand under its pointer.
      expect(zh).not.toMatch(/^\/[a-z]\w*(?:\/|$)/m)
      expect(en).toContain('Signed by')
      expect(zh).toContain('签名机构')
      if (document.kind === 'round-protocol') expect(zh).toMatch(/路线形式\s+花瓣式/)
    }
  })

  it('says at its head that it does not count', async () => {
    const statement = await opened(jointFixtures.assessment)
    const from = Date.parse('2025-06-12T00:00:00+08:00') / 1000
    const notice = await signNotice(
      { iss: organisation('SC-AMR').uscc, iat: from, action: 'revoke', statements: [statement.statementId], from, reason: { zh: '有误' } },
      world.signer('SC-AMR'),
    )
    const { statements } = await openJoint([statement.signed], {
      trust: world.trust,
      at: AT,
      status: await openStatus({ notices: [notice] }, world.trust),
    })
    expect(writeJointHtml(statements[0] as JointStatement)).toContain('不计：已被公告撤销或替代')
    expect(writeJointHtml(statement)).not.toContain('不计：')
  })

  it('runs nothing that a stranger wrote, and is made of a joint statement only', async () => {
    const statement = await opened({ ...jointFixtures.assessment, name: '<script>alert(1)</script>' })
    const html = writeJointHtml(statement)
    expect(html).not.toContain('<script>')
    expect(html).toContain('&lt;script&gt;')
    expect(() => writeJointHtml({} as never)).toThrow(expect.objectContaining({ code: 'verify.options' }))
    expect(() => writeJointHtml(statement, { language: 'fr' as never })).toThrow(expect.objectContaining({ code: 'verify.options' }))
  })
})
