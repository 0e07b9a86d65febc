/** Status of a statement after it was signed: status lists (状态表), and notices (状态公告) with time and reason. */
export type { Grown } from '../base/shape.js'
export { type AllocateOptions, allocateStatusIndex, type StatusCounter, type StatusCounterPort } from './allocate.js'
export { type CurrentStatus, currentStatus, type LineStatus, type StatusQuestion } from './check-status.js'
export { type Action, NoticeClaims, type NoticeInput, readForeignNotice, readNotice, signNotice } from './notice.js'
export { type Notice, type Opened, openStatus, type SignedStatus, type Status, type StatusList, withSuccessors } from './open-status.js'
export {
  emptyStatuses,
  readForeignStatusList,
  readStatuses,
  readStatusList,
  STATUS_ACTIONS,
  type Statuses,
  StatusListClaims,
  type StatusListInput,
  signStatusList,
} from './status-list.js'
export type { Successor } from './successor.js'
