/** Joint statements as printed sheets: 计量标准考核证书, 计量授权证书, 比对总结 and every other kind. */
import { formatInstant } from '../base/date.js'
import { checkArgument, checkOptions, type Expectation, isObject, isString } from '../base/options.js'
import { standardLevels } from '../catalogue/index.js'
import {
  authorisationForms,
  capabilityWork,
  closureOutcomes,
  type JointKindRow,
  type JointStatement,
  jointKinds,
  memberRoles,
} from '../joint/index.js'
import { kinds } from '../records/index.js'
import { statedContent } from './content/general.js'
import { type Block, fields, part, type Shown, shownText } from './content/model.js'
import { word, wordOfMember } from './content/words.js'
import { writePages } from './html.js'
import { type CertificateLanguage, OPTIONS } from './options.js'

export interface JointHtmlOptions {
  /** @default zh */
  readonly language?: CertificateLanguage
}

const STATEMENT: Expectation = {
  is: (value) => isObject(value) && isObject(value.document) && isObject(value.issuer) && isString(value.statementId),
  expected: { zh: ' openJoint 得到的协同记录', en: 'a joint statement, as openJoint gives it' },
}

/**
 * Writes a joint statement as one self-contained HTML file, printable on A4: every member of the document under its name, signers and times
 * of signing. A statement that does not count is marked so at the top.
 * @throws `verify.options` for an argument of another type
 * @example
 * ```ts
 * import { writeJointHtml } from 'tongheng/certificate'
 * import { openJoint, signJoint } from 'tongheng/joint'
 * import { createFakeAuthorities, jointFixtures, organisation } from 'tongheng/testing'
 *
 * const world = await createFakeAuthorities()
 * const { uscc: iss } = organisation('SC-AMR')
 * const at = '2025-03-12T17:00:00+08:00'
 * const signed = await signJoint(jointFixtures.assessment, { iss, signer: world.signer('SC-AMR'), at })
 * const [statement] = (await openJoint([signed], { trust: world.trust, at })).statements
 * writeJointHtml(statement).includes('计量标准考核证书') // => true
 * ```
 */
export function writeJointHtml(statement: JointStatement, options: JointHtmlOptions = {}): string {
  checkArgument('writeJointHtml', 'statement', statement, STATEMENT)
  const { language } = OPTIONS
  checkOptions('writeJointHtml', options, language === undefined ? {} : { language })
  const { document, issuer, statementId } = statement
  const row = jointKinds.get(document.kind) as JointKindRow
  const content = statedContent(document, {
    schema: row,
    title: row.title,
    issuer: issuer.name.zh,
    number: row.subject(document),
    date: row.on(document),
    word: wordIn,
    item: (number) => ({ zh: `第 ${number} 项`, en: `Item ${number}` }),
  })
  const inner = [...content.inner, ...part('签名', 'Signature', signatureBlocks(statement))]
  return writePages(
    { content: { ...content, cover: [...faults(statement), ...content.cover], inner }, statementId },
    options.language ?? 'zh',
  )
}

const ACTIONS = { join: ['加入', 'joins'], leave: ['退出', 'leaves'] } as const
type Words = Readonly<Record<string, readonly [zh: string, en: string, ...more: unknown[]]>>

/** Words of these documents, by the JSON pointer of a member. */
const LISTS: readonly (readonly [path: RegExp, words: Words])[] = [
  [/^\/level$/, standardLevels],
  [/^\/form$/, authorisationForms],
  [/^\/members\/\d+\/role$/, memberRoles],
  [/^\/role$/, memberRoles],
  [/^\/action$/, ACTIONS],
  [/^\/outcome$/, closureOutcomes],
  [/\/work$/, capabilityWork],
]
/** Words shared with the pages of records. */
const OF_RECORDS: readonly (readonly [path: RegExp, list: string])[] = [
  [/^\/route\/form$/, 'route'],
  [/\/reference\/method$/, 'method'],
]

function wordIn(path: string, value: string): Shown {
  if (/^\/scope\/\d+\/kinds$/.test(path)) return kinds.get(value)?.title ?? value
  const list = OF_RECORDS.find(([pattern]) => pattern.test(path))?.[1]
  if (list !== undefined) return word(list, value)
  const words = LISTS.find(([pattern]) => pattern.test(path))?.[1]
  if (words === undefined) return wordOfMember(path, value)
  const found = words[value]
  return found === undefined ? value : { zh: found[0], en: found[1] }
}

/** Notices of the faults of the statement, for the top of the page. */
const faults = ({ counts, findings }: JointStatement): readonly Block[] =>
  counts
    ? []
    : findings
        .filter(({ status }) => status !== 'warn')
        .map(({ message: { zh, en } }) => ({ type: 'notice', text: { zh: `不计：${zh}`, en: `Does not count: ${en}` } }))

function signatureBlocks({ issuer, authority, claims, loggedAt }: JointStatement): readonly Block[] {
  const name = shownText(issuer.name)
  return fields(
    ['签名机构', 'Signed by', { zh: `${name.zh}（${issuer.uscc}）`, en: `${name.en} (${issuer.uscc})` }],
    ['所在信任列表的主管部门', 'Authority on whose trust list it is', authority],
    ['签名时间', 'Signed at', formatInstant(claims.iat)],
    ['日志最早持有的时间', 'First held by a log at', loggedAt === undefined ? undefined : formatInstant(loggedAt)],
    ['签名记录编号', 'Name of the statement', claims.jti],
  )
}
