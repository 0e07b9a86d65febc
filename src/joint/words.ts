/** Texts and limits in time that the parts of this room share. */
import { type CivilDate, type Instant, startOfDay } from '../base/date.js'
import type { Text } from '../base/message.js'
import { type JointKindRow, jointKinds } from './kinds/list.js'

const DAY = 86_400

/** The first second after a day, in Chinese time. */
export const endOfDay = (date: CivilDate): Instant => startOfDay(date) + DAY

/** A text in both languages; the Chinese one if there is no English one. */
export const bothLanguages = ({ zh, en }: { readonly zh: string; readonly en?: string | undefined }): Text => ({ zh, en: en ?? zh })

/** Title of a known kind. */
export const titleOf = (kind: string): Text => bothLanguages((jointKinds.get(kind) as JointKindRow).title)
