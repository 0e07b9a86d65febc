// Logs and witnesses with generated keys.
import { createSigner, generateKey, type PublicJwk, type Signer } from 'tongheng/envelope'
import { createNoteSigner, type NoteKey, type NoteRole, type NoteSigner, noteKeyOf } from 'tongheng/log'

export interface Holder {
  readonly signer: NoteSigner
  readonly key: NoteKey
  readonly jwk: PublicJwk
  /** The signer it uses. */
  readonly port: Signer
}

export async function holderOf(name: string, role: NoteRole): Promise<Holder> {
  const { privateJwk, publicJwk: jwk } = await generateKey('Ed25519')
  const port = await createSigner(privateJwk)
  return { port, jwk, signer: await createNoteSigner({ name, role, signer: port, jwk }), key: await noteKeyOf(name, jwk, role) }
}
