/** `tongheng/report`: verdicts for people. */
export { type Language, outcomeWord, padEnd, type TextOptions, textWidth, writeVerdictText } from './text.js'
