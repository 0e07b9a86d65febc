/** An event as a line of JSON in which nothing is hidden: what came from outside stands in it as its own letters, or as escapes. */
import { visible } from '../base/visible.js'

export const logLine = (event: Readonly<Record<string, unknown>>): string => visible(JSON.stringify(event))
