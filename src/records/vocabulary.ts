/** Schemas that every signed document shares, each beside its type as records have it. */
import * as shared from '../base/schema.js'
import type * as Types from './types.js'

export const CivilDate = shared.CivilDate
export type CivilDate = Types.CivilDate
export const DecimalText = shared.DecimalText
export type DecimalText = Types.DecimalText
export const Digest = shared.Digest
export type Digest = Types.Digest
export const LocalizedText = shared.LocalizedText
export type LocalizedText = Types.LocalizedText
export const RegionCode = shared.RegionCode
export type RegionCode = Types.RegionCode
export const Ulid = shared.Ulid
export type Ulid = Types.Ulid
export const Uscc = shared.Uscc
export type Uscc = Types.Uscc
