/** Default signer id: GM/T 0009—2012 §10. */
export const DEFAULT_SIGNER_ID = '1234567812345678'
