/**
 * The protocol between client and server: calls, shapes of answers, problems, receipts and requests. Not a public subpath of the
 * package.
 */
export { type Call, type CallBody, PROBLEM_TYPE } from './calls/call.js'
export { documentCalls } from './calls/documents.js'
export { jointCalls } from './calls/joint.js'
export { logCalls } from './calls/log.js'
export { operationCalls } from './calls/operation.js'
export { readerCalls } from './calls/readers.js'
export { recordCalls } from './calls/records.js'
export { type CallName, contract } from './contract.js'
export { type EntryType, entryTypeOf } from './entry-type.js'
export { splitLines } from './lines.js'
export type { JointPage, NoticePage } from './page-shapes.js'
export {
  errorOfProblem,
  isProblemCode,
  ProblemError,
  type ProblemExtras,
  problemCodes,
  problemOf,
  problemStatus,
  writeProblem,
} from './problem.js'
export {
  decideReceipt,
  nameTaken,
  numberTaken,
  RECEIPT,
  ReceiptClaims,
  type ReceiptDecision,
  readReceipt,
  reasonsOf,
  receiptFor,
  signReceipt,
} from './receipt.js'
export { bodyDigest, LIFETIME, newNonce, type OutgoingRequest, REQUEST, RequestClaims, signRequest } from './request.js'
export {
  BulkAnswer,
  type CallerShape,
  type CatalogueNames,
  type Discovery,
  type DocumentList,
  type Place,
  Problem,
  type ReaderState,
  type RecordEntry,
  type SignedDocument,
  StandingShape,
  type StatusListNames,
  VerdictShape,
} from './shapes.js'
