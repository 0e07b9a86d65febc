/** Opens catalogues of authorities. A separate chunk, loaded with the first one, because judging without catalogues needs neither their schema nor their tables. */
export { openCatalogues } from '../recognition/index.js'
