/** Checks joint documents and joint statements. Loaded with the first one: see `documents.ts`. */
import { type Check, failed, pass } from '../../base/check.js'
import { labelOf } from '../../base/faults.js'
import type { Json, JsonObject } from '../../base/json.js'
import { jsonPointer } from '../../base/json-pointer.js'
import { parseShape, type ShapeFault } from '../../base/shape.js'
import { shapeRows } from '../../conformance/index.js'
import { type AnyJointDocument, checkDocument, JointClaims, type JointKindRow, jointKinds } from '../../joint/index.js'
import { checkOf } from '../../joint/inside.js'
import { coded } from '../../joint/messages.js'
import type { DocumentFindings } from './documents.js'

/** Name of the published schema of the payload. */
const CLAIMS = 'joint-claims'

/** Checks an unsigned document, or a list of them; undefined if the first one has no joint kind. */
export function checkPlainJoint(json: Json): DocumentFindings | undefined {
  if (!Array.isArray(json)) return isOfKind(json) ? { kind: String(json.kind), checks: checked(json, '') } : undefined
  const [first] = json
  if (!isOfKind(first)) return undefined
  return { kind: String(first.kind), checks: json.flatMap((each, index) => checked(each, jsonPointer([index]))) }
}

/** Checks the payload of a joint statement and its document. Verifies no signature. */
export function checkSignedJoint(payload: Json): DocumentFindings {
  const { value, faults } = parseShape<JointClaims>(JointClaims, payload)
  const shape = faults.map((fault) => labelled(JointClaims, fault, ''))
  // The schema of the payload does not cover the document, whose kind selects the schema; an absent document has no kind.
  const document = (isObject(payload) ? payload.document : undefined) ?? null
  const checks = [...shape, ...checked(document, '/document', value)]
  return { kind: isOfKind(document) ? String(document.kind) : CLAIMS, checks }
}

const isObject = (json: Json | undefined): json is JsonObject => typeof json === 'object' && json !== null && !Array.isArray(json)
const isOfKind = (json: Json | undefined): json is JsonObject => isObject(json) && jointKinds.has(json.kind as string)

function checked(json: Json, at: string, claims?: Pick<JointClaims, 'iss' | 'iat'>): readonly Check[] {
  const { kind, version } = isObject(json) ? json : {}
  const row = jointKinds.get(kind as string)
  if (row === undefined || (version !== undefined && version !== row.version)) {
    const params = { kind: String(kind ?? '—').slice(0, 60), version: String(version ?? '—').slice(0, 20) }
    return [failed(shapeRows.kind, { code: coded('joint.kind'), params, path: `${at}/${row === undefined ? 'kind' : 'version'}` })]
  }
  const { value, faults } = parseShape<AnyJointDocument>(row.schema, json)
  if (value === undefined) return faults.map((fault) => labelled(row.schema, fault, at))
  return [
    pass(shapeRows.kind),
    pass(shapeRows.schema),
    ...checkDocument(value, claims?.iat).map((finding) => checkOf(finding, at)),
    ...(claims === undefined ? [] : signerFindings(row, value, claims.iss)),
  ]
}

/** A document that names its signer must be signed by that body: `openJoint` rejects it otherwise. */
function signerFindings({ signedBy, title }: JointKindRow, document: AnyJointDocument, iss: string): readonly Check[] {
  const named = signedBy?.(document)
  if (named === undefined || named === iss) return []
  return [failed(shapeRows.schema, { code: coded('joint.other-signer'), params: { title, named, iss }, path: '/iss' })]
}

/** A schema error, with the label of the member before its text. */
function labelled(schema: Parameters<typeof labelOf>[0], fault: ShapeFault, at: string): Check {
  const check = failed(shapeRows.schema, { ...fault, path: at + fault.path })
  const label = labelOf(schema, fault.path)
  if (label === undefined) return check
  return { ...check, message: { zh: `${label.zh}：${check.message.zh}`, en: `${label.en}: ${check.message.en}` } }
}
