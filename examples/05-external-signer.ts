/** The signer port: a key that never enters this process, behind an HSM or a 签名验签服务器. Three members are all it takes. */
import { generateKeyPairSync, sign } from 'node:crypto'
import { type Signer, signRecord } from 'tongheng'
import { parsePublicJwk, parseStatement, thumbprint } from 'tongheng/envelope'
import { fixtures } from 'tongheng/testing'

// Stands for the device: it holds the private key and answers with a signature in DER, as most devices do.
const device = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const signOnDevice = async (data: Uint8Array): Promise<Uint8Array> => sign('sha256', data, device.privateKey)

/** DER SEQUENCE { r, s } to the r‖s of fixed length that JOSE wants (RFC 7518 §3.4). */
function rawSignature(der: Uint8Array): Uint8Array {
  const raw = new Uint8Array(64)
  let at = 2
  for (const end of [32, 64]) {
    const length = der[at + 1] as number
    const integer = der.subarray(at + 2, at + 2 + length)
    const trimmed = integer.length > 32 ? integer.subarray(integer.length - 32) : integer
    raw.set(trimmed, end - trimmed.length)
    at += 2 + length
  }
  return raw
}

const { kty, crv, x, y } = device.publicKey.export({ format: 'jwk' })
const publicJwk = parsePublicJwk({ kty, crv, x, y })
const signer: Signer = {
  kid: await thumbprint(publicJwk),
  alg: 'ES256',
  sign: async (data) => rawSignature(await signOnDevice(data)),
}

const statement = await signRecord(fixtures.F01.record, { signer, at: '2025-03-12T17:00:00+08:00' })
const { kid, alg, id } = parseStatement(statement, 'metrology-record+jwt')
console.log('signed on the device:', alg, kid === signer.kid, id.length)
