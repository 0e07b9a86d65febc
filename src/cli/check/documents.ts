/** Documents other than records that `check` accepts: the schema of each, and how it is recognised, as signed text or plain JSON. */
import type * as z from 'zod/mini'
import { type Check, failed, pass } from '../../base/check.js'
import { isTonghengError } from '../../base/error.js'
import type { Json, JsonLimits, JsonObject } from '../../base/json.js'
import type { Code } from '../../base/message.js'
import { parseShape } from '../../base/shape.js'
import { ReceiptClaims, StandingShape, VerdictShape } from '../../client/index.js'
import { shapeFindings, shapeRows } from '../../conformance/index.js'
import { parsePayload, parseStatement, type StatementType } from '../../envelope/index.js'
import { AgreementPayload, CataloguePayload, conditionOf, readAgreement, readCatalogue } from '../../recognition/index.js'
import { kinds } from '../../records/index.js'
import { NoticeClaims, readNotice, readStatusList, StatusListClaims } from '../../status/index.js'
import { TrustListPayload } from '../../trust/index.js'
import { EvidenceBundle } from '../../verify/index.js'
import { TrustFile } from '../../verify/inside.js'

interface DocumentKind {
  /** Name of the published schema. */
  readonly name: string
  readonly schema: z.ZodMiniType
  /** For a signed document: its type, and its code from `contentCode`. */
  readonly signed?: { readonly typ: StatementType; readonly code: Code }
  /** True if a JSON object is meant to be this document, faulty or not. */
  readonly is: (json: JsonObject) => boolean
  /** Checks beyond the schema. @throws the code of the fault */
  readonly read?: (json: Json) => unknown | Promise<unknown>
}

const has =
  (...names: string[]) =>
  (json: JsonObject): boolean =>
    names.every((name) => Object.hasOwn(json, name))

/** Content members of a catalogue. */
const CONTENT = ['categories', 'intervals', 'editions', 'divisions', 'assessmentWaivers']

/** The first match applies: a bundle contains trust lists and a verdict. */
const KINDS: readonly DocumentKind[] = [
  { name: 'evidence-bundle', schema: EvidenceBundle, is: ({ format }) => format === 'tongheng-evidence' },
  { name: 'trust-file', schema: TrustFile, is: has('anchors', 'trustLists') },
  { name: 'verdict', schema: VerdictShape, is: has('decidedBy', 'checks') },
  { name: 'standing', schema: StandingShape, is: has('conflicts', 'entries') },
  {
    name: 'trust-list',
    schema: TrustListPayload,
    signed: { typ: 'metrology-trust-list+jwt', code: 'content.signed-trust-list' },
    is: has('roots', 'entities'),
  },
  {
    name: 'agreement',
    schema: AgreementPayload,
    signed: { typ: 'metrology-agreement+jwt', code: 'content.signed-agreement' },
    is: has('parties', 'clauses'),
    read: readAgreementOfAny,
  },
  {
    name: 'catalogue',
    schema: CataloguePayload,
    signed: { typ: 'metrology-catalogue+jwt', code: 'content.signed-catalogue' },
    is: (json) => has('iss', 'region', 'title')(json) && CONTENT.some((name) => Object.hasOwn(json, name)),
    read: readCatalogue,
  },
  {
    name: 'notice',
    schema: NoticeClaims,
    signed: { typ: 'metrology-notice+jwt', code: 'content.notice' },
    is: has('action', 'statements'),
    read: readNotice,
  },
  {
    name: 'status-list',
    schema: StatusListClaims,
    signed: { typ: 'statuslist+jwt', code: 'content.status-list' },
    is: has('status_list'),
    read: readStatusList,
  },
  {
    name: 'receipt',
    schema: ReceiptClaims,
    signed: { typ: 'metrology-receipt+jwt', code: 'content.receipt' },
    is: has('decision', 'reasons'),
  },
]

/** Loaded with the first joint document, so that a check of records needs less memory. */
const joint = () => import('./joint.js')

/** Checks an agreement, including its clauses on joint work. @throws `agreement.*`, `joint.clause-mixed` */
async function readAgreementOfAny(json: Json): Promise<void> {
  const agreement = readAgreement(json)
  const isOfRecords = agreement.clauses.every(
    (clause) => clause.kinds.every((kind) => kinds.has(kind)) && clause.conditions.every(({ name }) => conditionOf(name) !== undefined),
  )
  if (!isOfRecords) (await import('../../joint/index.js')).checkJointClauses(agreement)
}

/** Findings of a document. */
export interface DocumentFindings {
  readonly kind: string
  readonly checks: readonly Check[]
}

/**
 * Checks a signed document, by the `contentCode` of its text; undefined if that is not a document.
 * @throws the code of a text that is not a compact JWS with a JSON object
 */
export async function checkSignedDocument(text: string, code: Code, limits: JsonLimits): Promise<DocumentFindings | undefined> {
  if (code === 'content.joint') {
    const statement = parseStatement(text, 'metrology-joint+jwt', { maxLength: text.length })
    return (await joint()).checkSignedJoint(parsePayload(statement, limits))
  }
  const kind = KINDS.find(({ signed }) => signed?.code === code)
  if (kind?.signed === undefined) return undefined
  const statement = parseStatement(text, kind.signed.typ, { maxLength: text.length })
  return { kind: kind.name, checks: await checked(kind, parsePayload(statement, limits), '') }
}

/**
 * Checks a JSON document that is not a record, or a list of documents as printed by `--format json`; undefined if it is neither.
 */
export async function checkPlainDocument(json: Json): Promise<DocumentFindings | undefined> {
  const [first] = Array.isArray(json) ? json : [json]
  // A verdict has a member `kind` too: that of its record.
  if (isObject(first) && typeof first.kind === 'string' && !kinds.has(first.kind)) {
    const found = (await joint()).checkPlainJoint(json)
    if (found !== undefined) return found
  }
  const kind = isObject(first) ? KINDS.find(({ is }) => is(first)) : undefined
  if (kind === undefined) return undefined
  const each = Array.isArray(json) ? json.map((one, index) => checked(kind, one, `/${index}`)) : [checked(kind, json, '')]
  return { kind: kind.name, checks: (await Promise.all(each)).flat() }
}

const isObject = (json: Json | undefined): json is JsonObject => typeof json === 'object' && json !== null && !Array.isArray(json)

/** All schema faults; if there are none, the faults beyond the schema. */
async function checked({ schema, read }: DocumentKind, json: Json, at: string): Promise<readonly Check[]> {
  const { faults } = parseShape(schema, json)
  if (faults.length > 0) return shapeFindings(shapeRows.schema, faults, at)
  try {
    await read?.(json)
    return [pass(shapeRows.schema)]
  } catch (error) {
    if (!isTonghengError(error)) throw error
    const { path = '' } = error.details
    return [failed(shapeRows.schema, { code: error.code, params: error.details, path: `${at}${path}` })]
  }
}
