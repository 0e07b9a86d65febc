/** `tongheng/recognition`: the agreement, its conditions, and the decision. */

export {
  type Agreement,
  AgreementPayload,
  agreementAt,
  Clause,
  type ClauseMiss,
  type ClauseQuestion,
  findClause,
  openAgreement,
} from './agreement.js'
export { CataloguePayload, readCatalogue } from './catalogue-payload.js'
export { agreementChanges } from './changes.js'
export type { Condition, Lacks, RecognitionFacts } from './condition.js'
export { conditionOf, conditions } from './conditions.js'
export { type Decision, decide, recognitionRows } from './decide.js'
export {
  type Catalogues,
  type OpenCataloguesOptions,
  openCatalogues,
  type SeenCatalogue,
} from './open-catalogues.js'
export { type PublishedCatalogue, signCatalogue } from './published-catalogue.js'
export { type AgreementTestResult, readAgreement, runAgreementTests, signAgreement, testAgreement } from './sign-agreement.js'
export {
  type AdoptionFact,
  catalogueOnly,
  declaredForOthers,
  type EditionFacts,
  gatherSpecifications,
  type PublishedSpecification,
  type Specifications,
} from './specification-facts.js'
