/** `tongheng/catalogue`: dated reference data. Every entry states its source and how reliable it is. */
export type { Rational } from '../base/rational.js'
export { aliasesOf, calibratedBy, unitsOf } from './aliases.js'
export {
  type Control,
  categoryName,
  type InstrumentCategory,
  instrumentCategories,
  isAmongCategories,
  type Mobility,
} from './categories.js'
export { type EditionDates, type EditionState, editionDates, editionOn } from './editions.js'
export { categoryOf, findCategories, type NamedCategory } from './find-categories.js'
export { intervalApplies, intervalSource } from './interval-sources.js'
export {
  describeInterval,
  type IntervalQuestion,
  intervalsOf,
  type VerificationInterval,
  type VerificationManner,
  verificationIntervals,
} from './intervals.js'
export { type MandatoryRow, mandatoryRows, mandatoryRowsOf } from './mandatory.js'
export { isPlateForm } from './plates.js'
export { builtIn, type Catalogue, type Overlay, overlaid, type StatedEdition } from './port.js'
export type { Confidence, Grade, Provenance } from './provenance.js'
export { CATALOGUE_SOURCE, CATALOGUE_VERSION } from './provenance.js'
export { divisionName, type Region, regions } from './region-names.js'
export { isListedDivision, isProvince, isWithinDivision, type Province, provinceName, provinces } from './regions.js'
export { parseSpecificationNumber, type SpecificationLevel, type SpecificationNumber } from './specification-number.js'
export { type EditionRemark, remarkText, type SpecificationEdition, specificationEditions } from './specifications.js'
export { type StandardLevel, standardLevels } from './standard-levels.js'
export { adviseUnit, legalReplacement, type UnitAdvice } from './units/advise.js'
export { type Converted, type ConvertOptions, compareQuantities, convert, convertExactly, isCommensurable } from './units/convert.js'
export { parseDsi } from './units/dsi.js'
export { type LegalUnit, legalUnits, type ParsedUnit, parseUcum, type UnitCaution, unitOf } from './units/legal-units.js'
export { type NotLegal, notLegalUnits } from './units/not-legal.js'
export { parsePrinted } from './units/print.js'
export { UNUSUAL as unusualUnits } from './units/spellings.js'
export type { UnitFault } from './units/ucum.js'
