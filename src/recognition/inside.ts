/** Internal exports about agreements and published catalogues for the folders above; no package subpath exports them. */
export { agreementsFor, someAgreements } from './agreement.js'
export { openPastCatalogue, statedCatalogue } from './published-catalogue.js'
export { sayTest } from './sign-agreement.js'
