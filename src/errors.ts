/** `tongheng/errors`: the error class, and the union of the codes that the rooms define. */
import { archiveTexts } from './archive/messages.js'
import { type Message, type Placeholders, unionOf } from './base/message.js'
import { baseTexts } from './base/messages.js'
import { dsiTexts } from './catalogue/dsi-messages.js'
import { catalogueTexts } from './catalogue/messages.js'
import { unitGatewayTexts } from './catalogue/unit-messages.js'
import { certificateTexts } from './certificate/messages.js'
import { cliAgreementTexts } from './cli/agreement-messages.js'
import { cliCatalogueTexts } from './cli/catalogue-messages.js'
import { doctorTexts } from './cli/doctor/messages.js'
import { cliDuplicateTexts } from './cli/duplicates/messages.js'
import { cliJointTexts } from './cli/joint/messages.js'
import { cliLedgerTexts } from './cli/ledger/messages.js'
import { logCommandTexts } from './cli/log-messages.js'
import { cliTexts } from './cli/messages.js'
import { cliRecordTexts } from './cli/record-messages.js'
import { cliRoundTexts } from './cli/round/messages.js'
import { cliStatusTexts } from './cli/status-messages.js'
import { cliSuperviseTexts } from './cli/supervise/messages.js'
import { cliTrustTexts } from './cli/trust/messages.js'
import { clientTexts } from './client/messages.js'
import { comparisonTexts } from './comparison/messages.js'
import { acceptanceTexts } from './conformance/acceptance.js'
import { basisTexts } from './conformance/basis.js'
import { batchTexts } from './conformance/batch.js'
import { recordTexts } from './conformance/check-record.js'
import { circumstanceTexts } from './conformance/circumstances.js'
import { comparisonRuleTexts } from './conformance/comparison.js'
import { dateTexts } from './conformance/dates.js'
import { decisionTexts } from './conformance/decision.js'
import { errorTexts } from './conformance/errors.js'
import { identifierTexts } from './conformance/identifiers.js'
import { identityTexts } from './conformance/identity.js'
import { jurisdictionTexts } from './conformance/jurisdiction.js'
import { laboratoryOutcomeTexts } from './conformance/laboratory-outcomes.js'
import { limitTexts } from './conformance/limits.js'
import { rowVerdictTexts } from './conformance/row-verdicts.js'
import { scoreTexts } from './conformance/scores.js'
import { supervisionTexts } from './conformance/supervision.js'
import { tableTexts } from './conformance/tables.js'
import { uncertaintyTexts } from './conformance/uncertainty-messages.js'
import { unitTexts } from './conformance/units.js'
import { contractTexts } from './contract/messages.js'
import { contentTexts } from './envelope/content-messages.js'
import { envelopeTexts } from './envelope/messages.js'
import { signingTexts } from './envelope/signing-messages.js'
import { allianceTexts } from './joint/alliance/messages.js'
import { clauseTexts } from './joint/clauses/messages.js'
import { dueTexts } from './joint/due-messages.js'
import { jointFindingTexts } from './joint/finding-messages.js'
import { jointTexts } from './joint/messages.js'
import { roundErrorTexts } from './joint/round/error-messages.js'
import { roundTexts } from './joint/round/messages.js'
import { standardTexts } from './joint/standards/messages.js'
import { drawTexts } from './joint/supervision/draw-messages.js'
import { supervisionFindingTexts } from './joint/supervision/messages.js'
import { labelTexts } from './label/messages.js'
import { sheetTexts } from './label/sheet-messages.js'
import { ledgerFindingTexts } from './ledger/finding-messages.js'
import { ledgerTexts } from './ledger/messages.js'
import { ledgerUseTexts } from './ledger/use-messages.js'
import { logTexts } from './log/messages.js'
import { nodeTexts } from './node/messages.js'
import { pageTexts } from './page/messages.js'
import { scanTexts } from './page/scan/messages.js'
import { capabilityTexts } from './recognition/capability.js'
import { publishedCatalogueTexts } from './recognition/catalogue-messages.js'
import { agreementChangeTexts } from './recognition/change-messages.js'
import { conditionTexts } from './recognition/conditions.js'
import { recognitionTexts } from './recognition/messages.js'
import { agreementTestTexts } from './recognition/sign-agreement.js'
import { recordsTexts } from './records/messages.js'
import { duplicateTexts } from './report/duplicates/messages.js'
import { spreadsheetTexts } from './spreadsheet/messages.js'
import { allocateTexts } from './status/allocate.js'
import { statusTexts } from './status/messages.js'
import { storesTexts } from './stores/messages.js'
import { syncTexts } from './sync/messages.js'
import { threadsTexts } from './threads/messages.js'
import { trustChangeTexts } from './trust/change-messages.js'
import { trustKeepingTexts } from './trust/keeping-messages.js'
import { trustTexts } from './trust/messages.js'
import { evidenceTexts } from './verify/evidence/messages.js'
import { standingTexts } from './verify/standing/messages.js'
import { assertTexts } from './verify/verdict/assert-recognised.js'
import { verifyTexts } from './verify/verdict/messages.js'

export {
  type AnyTonghengError,
  type DetailTypes,
  type ErrorDetails,
  type ErrorOf,
  type FoundError,
  isTonghengError,
  TonghengError,
  type TonghengErrorOptions,
} from './base/error.js'
export type { Fault } from './base/faults.js'
export type { Message, MessageParams, Placeholders, Text } from './base/message.js'

const tables = [
  certificateTexts,
  baseTexts,
  archiveTexts,
  spreadsheetTexts,
  catalogueTexts,
  unitGatewayTexts,
  dsiTexts,
  contentTexts,
  envelopeTexts,
  signingTexts,
  recordsTexts,
  comparisonTexts,
  trustChangeTexts,
  trustTexts,
  trustKeepingTexts,
  cliCatalogueTexts,
  cliDuplicateTexts,
  cliLedgerTexts,
  cliJointTexts,
  cliRoundTexts,
  publishedCatalogueTexts,
  statusTexts,
  allocateTexts,
  ledgerTexts,
  logTexts,
  acceptanceTexts,
  basisTexts,
  recordTexts,
  batchTexts,
  circumstanceTexts,
  comparisonRuleTexts,
  dateTexts,
  rowVerdictTexts,
  decisionTexts,
  errorTexts,
  identifierTexts,
  identityTexts,
  jurisdictionTexts,
  limitTexts,
  scoreTexts,
  laboratoryOutcomeTexts,
  supervisionTexts,
  tableTexts,
  uncertaintyTexts,
  unitTexts,
  capabilityTexts,
  agreementChangeTexts,
  agreementTestTexts,
  conditionTexts,
  recognitionTexts,
  evidenceTexts,
  assertTexts,
  verifyTexts,
  standingTexts,
  jointTexts,
  dueTexts,
  roundErrorTexts,
  drawTexts,
  labelTexts,
  sheetTexts,
  contractTexts,
  clientTexts,
  nodeTexts,
  syncTexts,
  storesTexts,
  threadsTexts,
  cliAgreementTexts,
  cliTexts,
  cliStatusTexts,
  logCommandTexts,
  cliRecordTexts,
  cliSuperviseTexts,
  cliTrustTexts,
  doctorTexts,
  pageTexts,
  scanTexts,
] as const

/** Texts of what is found in a ledger, in joint statements or between verifications. No error and no check of a record has these codes: they are not in `Code`. */
const said = [
  ledgerFindingTexts,
  ledgerUseTexts,
  jointFindingTexts,
  standardTexts,
  allianceTexts,
  roundTexts,
  supervisionFindingTexts,
  clauseTexts,
  duplicateTexts,
] as const

/** Id of a row of the verdict. */
export type RowId = (typeof tables)[number] extends infer T
  ? T extends { readonly rows: infer Rows }
    ? keyof Rows & string
    : never
  : never

/** Every code there is: of a check, of an error, of a problem. */
export type Code =
  | RowId
  | ((typeof tables)[number] extends infer T ? (T extends { readonly codes: infer Codes } ? keyof Codes & string : never) : never)

/**
 * The messages of all tables as one object type. The compiler finds a code in it at once; it would otherwise compare each of a thousand
 * codes with each table, which took a fifth of the compilation.
 */
export type Messages = Intersection<(typeof tables)[number] extends infer T ? (T extends { readonly codes: infer M } ? M : never) : never>
/** All members of a union as one type. */
export type Intersection<T> = (T extends unknown ? (one: T) => void : never) extends (all: infer All) => void ? All : never

/** Names of the parameters of a code's text and of its advice. */
export type ParamOf<C extends Code> = C extends keyof Messages ? ParamsIn<Messages[C]> : never
/** Names of the parameters in a message. */
export type ParamsIn<M> = M extends { readonly zh: infer Zh; readonly advice?: infer Advice }
  ? Placeholders<Zh> | (Advice extends { readonly zh: infer Todo } ? Placeholders<Todo> : never)
  : never

/** Every code of this package with its text in Chinese and English and, where there is one, what to do next; `{name}` placeholders unfilled. */
export const codes: Readonly<Record<Code, Message>> = /* @__PURE__ */ unionOf([...tables, ...said])
