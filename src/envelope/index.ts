/** `tongheng/envelope`: strict compact JWS; keys, the signer port, statement ids. */
export type { Json, JsonLimits, JsonObject } from '../base/json.js'
export {
  type Algorithm,
  AlgorithmName,
  algorithmNamed,
  algorithmOf,
  algorithms,
  DEFAULT_SIGNER_ID,
  type Sm2PrivateJwk,
  type Sm2PublicJwk,
} from './algorithms/index.js'
export { contentCode } from './content.js'
export {
  bareJwk,
  isSameKey,
  type PrivateJwk,
  PublicJwk,
  parsePrivateJwk,
  parsePublicJwk,
  publicPart,
  thumbprint,
} from './jwk.js'
export { type GeneratedKey, generateKey } from './keys.js'
export { rawSignature } from './raw-signature.js'
export {
  type ReadStatement,
  type ReadStatementsOptions,
  readStatement,
  readStatements,
  type SignedText,
  streamStatements,
} from './read-statements.js'
export { checkSigners, coSign, type SignOptions, signStatement, signTogether } from './sign.js'
export type { Execution, VerifyBytes } from './signature.js'
export { isCompact } from './signed-text.js'
export { createSigner, type Signer } from './signer.js'
export { statedType } from './stated-type.js'
export {
  checkSize,
  MAX_STATEMENT_LENGTH,
  parsePayload,
  parseStatement,
  readHeader,
  type Statement,
  type StatementLimits,
  type StatementParts,
  type StatementType,
  splitStatement,
  statementId,
} from './statement.js'
export { importKey, type VerificationKey, verifySignature } from './verify-signature.js'
