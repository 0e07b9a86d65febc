/** The codes of all findings of this room, by subject. */
import { allianceTexts } from './alliance/messages.js'
import { clauseTexts } from './clauses/messages.js'
import { jointFindingTexts } from './finding-messages.js'
import { roundTexts } from './round/messages.js'
import { standardTexts } from './standards/messages.js'
import { supervisionFindingTexts } from './supervision/messages.js'

/** The tables of all findings of this room. */
export const findingTables = [jointFindingTexts, standardTexts, allianceTexts, roundTexts, supervisionFindingTexts, clauseTexts] as const

/** Code of a finding. */
export type JointCode = (typeof findingTables)[number] extends infer T
  ? T extends { readonly codes: infer C }
    ? keyof C & string
    : never
  : never
