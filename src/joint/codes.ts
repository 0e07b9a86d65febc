/** The codes of all findings of this room, by subject. */
import type { CodeOf } from '../base/message.js'
import { allianceTexts } from './alliance/messages.js'
import { jointFindingTexts } from './finding-messages.js'
import { roundTexts } from './round/messages.js'
import { standardTexts } from './standards/messages.js'
import { supervisionFindingTexts } from './supervision/messages.js'

/** The tables of all findings of this room. */
export const findingTables = [jointFindingTexts, standardTexts, allianceTexts, roundTexts, supervisionFindingTexts] as const

export type JointCode = CodeOf<(typeof findingTables)[number]>
