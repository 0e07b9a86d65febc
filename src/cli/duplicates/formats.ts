/** Formats in which `duplicates` answers. Apart from what writes them, so that the help of a command does not load the report. */
export const duplicateFormats = ['text', 'json', 'csv', 'xlsx'] as const
