/** Words on every document. */
export const END = { zh: '（以下空白）', en: '(end of document)' }
export const STATEMENT_ID = { zh: '签名记录标识', en: 'Statement id' }
