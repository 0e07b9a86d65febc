/**
  * The signer port: SM2 by a 签名验签服务器 on the network, whose key never enters this process. A signer has only three members.
 * The device signs SM3 and SM2 with the identity 1234567812345678 and answers with DER, as most do.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Signer, signRecord } from 'tongheng'
import { createSigner, generateKey, importKey, parseStatement, rawSignature, thumbprint, verifySignature } from 'tongheng/envelope'
import { fixtures } from 'tongheng/testing'

// Simulates the device: it receives octets, and returns { "signature": base64 of DER }.
const inside = await generateKey('SGD_SM3_SM2')
const sealed = await createSigner(inside.privateJwk)
const integer = (half: Buffer): Buffer => {
  const trimmed = half.subarray(half.findIndex((octet) => octet !== 0))
  const value = (trimmed[0] as number) > 127 ? Buffer.concat([Buffer.alloc(1), trimmed]) : trimmed
  return Buffer.concat([Buffer.of(2, value.length), value])
}
const device = createServer(async (request, response) => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const raw = Buffer.from(await sealed.sign(Buffer.concat(parts)))
  const body = Buffer.concat([integer(raw.subarray(0, 32)), integer(raw.subarray(32))])
  response.end(JSON.stringify({ signature: Buffer.concat([Buffer.of(0x30, body.length), body]).toString('base64') }))
})
await new Promise<void>((done) => device.listen(0, '127.0.0.1', done))
const url = `http://127.0.0.1:${(device.address() as AddressInfo).port}/sign`

// The code of a laboratory: the public key that its authority registered, and one request per signature.
const signer: Signer = {
  kid: await thumbprint(inside.publicJwk),
  alg: 'SGD_SM3_SM2',
  async sign(data) {
    const answer = await fetch(url, { method: 'POST', body: Buffer.from(data), signal: AbortSignal.timeout(5000) })
    if (!answer.ok) throw new Error(`the signing server answered ${answer.status}`)
    const { signature } = (await answer.json()) as { signature: string }
    return rawSignature(Buffer.from(signature, 'base64'))
  },
}

const text = await signRecord(fixtures.F01.record, { signer, at: '2025-03-12T17:00:00+08:00' })
const statement = parseStatement(text, 'metrology-record+jwt')
const isValid = await verifySignature(statement, await importKey(inside.publicJwk))
console.log('signed on the device:', statement.alg, statement.kid === signer.kid, isValid)
device.close()
