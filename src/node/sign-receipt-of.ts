/** Signs receipts of a node. */
import { type Place, type ReceiptClaims, signReceipt } from '../contract/index.js'
import type { NodeOptions } from './shapes.js'

type ReceiptInput = Pick<ReceiptClaims, 'aud' | 'sub' | 'iat' | 'req' | 'decision' | 'reasons' | 'reliedOn'>

/** Signs a receipt, with index and inclusion proof if the statement is in the log. */
export const signReceiptOf = (
  { authority, signer }: Pick<NodeOptions, 'authority' | 'signer'>,
  claims: ReceiptInput,
  log: Place | undefined,
): Promise<string> => signReceipt({ iss: authority, ...claims, ...(log && { log: { ...log, proof: [...log.proof] } }) }, signer)
