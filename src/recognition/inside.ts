/** Internal exports about published catalogues for the folders above; no package subpath exports them. */
export { openPastCatalogue, statedCatalogue } from './published-catalogue.js'
