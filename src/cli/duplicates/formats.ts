/** Output formats of `duplicates`. A separate file, so that the help of the command does not load the report. */
export const duplicateFormats = ['text', 'json', 'csv', 'xlsx'] as const
