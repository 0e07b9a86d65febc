/** Internal exports of this folder for the folders above; no package subpath exports them. */
export { divisionOf, judgeJurisdiction } from './jurisdiction.js'
