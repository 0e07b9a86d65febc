/** The codes of all findings of this room, by subject. */
import type { CodeOf } from '../base/message.js'
import type { allianceTexts } from './alliance/messages.js'
import type { jointFindingTexts } from './finding-messages.js'
import type { standardTexts } from './standards/messages.js'

export type JointCode = CodeOf<typeof jointFindingTexts> | CodeOf<typeof standardTexts> | CodeOf<typeof allianceTexts>
