/** `tongheng/trust`: who may sign what, when. */
export {
  authorityRows,
  checkBinding,
  checkKeyInterval,
  checkKeyUse,
  checkListFreshness,
  checkScope,
  type ScopeQuestion,
} from './check-authority.js'
export {
  anchorOf,
  type KeyHolder,
  openTrust,
  type SignedTrustList,
  signTrustList,
  type Trust,
  type TrustAnchor,
  type TrustList,
} from './open-trust.js'
export { Authorisation, Entity, EntityKey, TrustListPayload } from './trust-list.js'
