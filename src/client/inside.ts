/** Internal exports of this folder for the folders above it; no package subpath exports them. */
export { type Allowance, allowanceOf, fetchBounded } from './bounded-fetch.js'
export { networkFault } from './network-fault.js'
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
