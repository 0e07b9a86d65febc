/** Opens catalogues that authorities publish. Loaded with the first one, and built apart: their schema and the tables that they change would be loaded to judge. */
export { openCatalogues } from '../recognition/index.js'
