/** Signs fixtures, and changes signed texts as an attacker in transit could. */
import { coSign } from '../envelope/index.js'
import type { FakeAuthorities } from './authorities.js'
import type { Fixture } from './fixtures.js'
import type { NegativeFixture } from './negatives.js'

/** Signs a fixture as its issuer would. */
export const send = (world: FakeAuthorities, { signer, record }: Fixture): Promise<string> => world.sign(signer, record)

/** Signs a fixture, then applies the change in transit that the fixture describes. */
export async function sendOnTheWay(world: FakeAuthorities, fixture: NegativeFixture): Promise<string> {
  const statement = await send(world, fixture)
  switch (fixture.onTheWay) {
    case 'signed-by-another':
      // Another listed body signs a payload that names the original issuer.
      return coSign(statement, { typ: 'metrology-record+jwt', signer: world.signer('LZ') })
    case 'payload-changed':
      return changePayload(statement)
    case 'signature-as-der':
      return signatureAsDer(statement)
    default:
      return statement
  }
}

/** Overwrites 有效期至 with a later day in the bytes of the payload. */
function changePayload(statement: string): string {
  const [header, payload, signature] = statement.split('.') as [string, string, string]
  const text = new TextDecoder().decode(Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0)))
  const changed = text.replace(/"validUntil":"\d{4}/, '"validUntil":"2029')
  const bytes = new TextEncoder().encode(changed)
  return `${header}.${toBase64url(bytes)}.${signature}`
}

function signatureAsDer(statement: string): string {
  const [header, payload, signature] = statement.split('.') as [string, string, string]
  const raw = Uint8Array.from(atob(signature.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
  const integer = (bytes: Uint8Array): number[] => {
    let start = 0
    while (start < bytes.length - 1 && bytes[start] === 0) start++
    const trimmed = [...bytes.subarray(start)]
    if ((trimmed[0] as number) >= 0x80) trimmed.unshift(0)
    return [0x02, trimmed.length, ...trimmed]
  }
  const body = [...integer(raw.subarray(0, 32)), ...integer(raw.subarray(32))]
  return `${header}.${payload}.${toBase64url(Uint8Array.from([0x30, body.length, ...body]))}`
}

const toBase64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
