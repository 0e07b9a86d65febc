/** What the rooms above use of the client and callers do not; no subpath of the package exports it. */
export { type Allowance, allowanceOf, fetchBounded } from './bounded-fetch.js'
export { addressFault, networkFault, timeoutFault } from './network-fault.js'
export {
  fetchCatalogues,
  fetchPublished,
  isRecord,
  itemsOf,
  jsonAt,
  mustHaveJson,
  newVersions,
  type PublishedSource,
  signedOf,
  textAt,
  unverifiedList,
} from './published.js'
