/** Formats an event as one line of JSON without hidden characters: third-party text is shown literally or escaped. */
import { visible } from '../base/visible.js'

export const logLine = (event: Readonly<Record<string, unknown>>): string => visible(JSON.stringify(event))
