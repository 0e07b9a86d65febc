/** `tongheng/trust`: who may sign what, when. */

export { changesOf, type DocumentChange } from './changes.js'
export {
  authorityRows,
  checkBinding,
  checkKeyInterval,
  checkKeyUse,
  checkListFreshness,
  checkScope,
  type ScopeQuestion,
} from './check-authority.js'
export { type Due, dueOf } from './due.js'
export {
  anchorOf,
  type KeyHolder,
  type OpenTrustOptions,
  openTrust,
  seenIn,
  signTrustList,
  type Trust,
} from './open-trust.js'
export {
  keyFor,
  keyIn,
  type ListedEntity,
  type Listing,
  listingsFor,
  overrulersOf,
  type TrustedLog,
  type TrustFinding,
} from './owners.js'
export { Authorisation, Capability, Entity, EntityKey, TrustAnchors, TrustListPayload } from './trust-list.js'
export { removedFrom, type SeenTrustList, type SignedTrustList, type TrustAnchor, type TrustList } from './walk.js'
