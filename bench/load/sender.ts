/**
  * Sends requests that were created and signed before the measurement, over persistent connections, so that only the node is measured.
  * (The client of this package also signs, judges the answer and stores the receipt.)
 */
import { createHash, randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { type Signer, signStatement } from 'tongheng/envelope'

export interface Prepared {
  readonly url: URL
  readonly authorization: string
  readonly body: Buffer
}

/** A submission of one statement, as `openapi.json` has it. */
export async function prepare(url: string, node: string, statement: string, signer: Signer): Promise<Prepared> {
  const { iss, jti } = JSON.parse(Buffer.from(statement.split('.')[1] as string, 'base64url').toString()) as { iss: string; jti: string }
  const uri = `${url}/v1/records/${iss}/${jti}`
  const body = Buffer.from(statement)
  const iat = Math.floor(Date.now() / 1000)
  const claims = {
    iss,
    aud: node,
    iat,
    exp: iat + 60,
    jti: randomBytes(16).toString('base64url'),
    htm: 'PUT',
    uri,
    dig: createHash('sha256').update(body).digest('base64url'),
  }
  return {
    url: new URL(uri),
    authorization: `Metrology ${await signStatement(claims, { typ: 'metrology-request+jwt', signer })}`,
    body,
  }
}

const agent = new Agent({ keepAlive: true, maxSockets: 1024 })

/** Resolves with the receipt. @throws if the node did not store or did not accept the statement */
export const submit = ({ url, authorization, body }: Prepared): Promise<string> =>
  new Promise((resolve, reject) => {
    const headers = { authorization, 'content-type': 'application/jose', 'content-length': body.length }
    const sent = request(url, { method: 'PUT', agent, headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.once('error', reject)
      response.once('end', () => {
        const text = Buffer.concat(parts).toString()
        const claims = Buffer.from(text.split('.')[1] ?? '', 'base64url').toString()
        if (response.statusCode === 201 && claims.includes('"decision":"accepted"')) resolve(text)
        else reject(new Error(`${response.statusCode} ${text.slice(0, 200)}`))
      })
    })
    sent.once('error', reject)
    sent.end(body)
  })

/** Closes idle connections: a request on one that the node has just closed would fail. */
export const endSending = (): void => agent.destroy()
