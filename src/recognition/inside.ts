/** Internal exports about agreements and published catalogues for the folders above; no package subpath exports them. */
export { agreementsFor } from './agreement.js'
export { openPastCatalogue, statedCatalogue } from './published-catalogue.js'
