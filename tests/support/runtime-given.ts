// Vectors on what runtimes implement differently: zlib streams, Unicode tables, decoders, dates, addresses. Signed once, and given
// to every runtime.
import { Buffer } from 'node:buffer'
import { deflateSync } from 'node:zlib'
import { signStatement } from 'tongheng/envelope'
import { createFakeAuthorities, DEMONSTRATION_TIME, fixtures, negatives, organisation } from 'tongheng/testing'
import { change } from '../records/change.ts'
import type { RuntimeVectors } from './runtime-answers.ts'

const URI = 'https://status.example/cd/1'

/** Variants of one serial number, and variants that only Unicode 16 folds: outlined A, U+A7CB, U+1C8A. */
const SERIALS = [
  'QL-0001',
  'ＱＬ－０００１',
  'ql‐0001',
  'QL 0001',
  '\u{1ccd6}L-0001',
  '\ua7cb-0001',
  '\u1c8a-0001',
  'ǅ-0001',
  'ﬁ-0001',
  'ı-0001',
]
const PRINTED = [
  '㎏',
  'm³/h',
  'ＭＰａ',
  '\u{1ccd6}',
  '㋿',
  'JJG 517-2016',
  'ＪＪＧ　５１７－２０１６',
  'JJG\u202f517—2016',
  'JJG\u180e517-2016',
  'JJG\ufeff517-2016',
  '%\u00a0RH',
  '°\u2009C',
  '%\u180eRH',
  '%\u3000F.S.',
]
const MOMENTS = [
  '2026-02-29T00:00:00Z',
  '2025-09-01T24:00:00Z',
  '2025-09-01T23:59:60Z',
  '2025-09-01',
  '2025-9-1T00:00:00Z',
  'Mon, 01 Sep 2025 00:00:00 GMT',
  '2025-09-01T00:00:00+08:00',
  '2025-09-01T00:00:00.123456789Z',
  '+002025-09-01T00:00:00Z',
]
/** Surrogates, a noncharacter, a direction override, and characters that some URL parsers reject. */
const RAW = ['\\ud800', '\\udc00\\ud800', '\\uffff', '\\u202e', '\\ufeff', '\\u0000', '\\u{1ccd6}']

export async function givenToRuntimes(): Promise<RuntimeVectors> {
  const world = await createFakeAuthorities({ witnessKeys: true, algorithms: ['ES256', 'Ed25519'] })
  const now = Date.parse(DEMONSTRATION_TIME) / 1000
  const F01 = fixtures.F01.record
  const statement = await world.sign('CD', F01, { status: { uri: URI, idx: 7 } })
  const [header = '', body = ''] = statement.split('.')
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>
  const listOf = (lst: Uint8Array, uri = URI): Promise<string> =>
    signStatement(
      {
        iss: organisation('CD').uscc,
        sub: uri,
        iat: now - 3600,
        exp: now + 86_400,
        status_list: { bits: 2, lst: Buffer.from(lst).toString('base64url') },
      },
      { typ: 'statuslist+jwt', signer: world.signer('CD') },
    )
  const stream = deflateSync(new Uint8Array(100), { level: 9 })
  const streams: readonly (readonly [string, Uint8Array])[] = [
    ['whole', stream],
    ['two octets after the stream', Buffer.concat([stream, Buffer.alloc(2)])],
    ['two streams', Buffer.concat([stream, stream])],
    ['truncated', stream.subarray(0, -5)],
    ['without its check value', stream.subarray(0, -4)],
    ['of a wrong check value', stream.map((octet, at) => (at === stream.length - 1 ? octet ^ 1 : octet))],
    ['empty', new Uint8Array()],
  ]
  const addresses = [
    'HTTPS://STATUS.example/cd/1',
    'https://status.example:443/cd/1',
    'https://status.example/cd/%31',
    'https://st\u0430tus.example/cd/1',
  ]
  const signer = world.signer('CD')
  const forged = (member: string): Promise<string> =>
    signed(JSON.stringify(claims).replace('"record":{', `"record":{"remark":"${member}",`))
  // Not `signRecord`: it would reject the shape of some of these.
  const recordSigned = (record: object): Promise<string> => signed(JSON.stringify({ ...claims, status: undefined, record }))
  const signed = async (json: string): Promise<string> => {
    const input = `${header}.${Buffer.from(json).toString('base64url')}`
    return `${input}.${Buffer.from(await signer.sign(Buffer.from(input))).toString('base64url')}`
  }
  const serials = await Promise.all(SERIALS.map((serialNo) => recordSigned(change(F01, ['/instrument/serialNumber', serialNo]))))
  const octets = (...parts: (string | number[])[]): number[] => parts.flatMap((part) => [...Buffer.from(part as string)])
  return {
    anchors: world.anchors,
    lists: world.trustLists,
    agreement: world.signedAgreement,
    at: DEMONSTRATION_TIME,
    judged: [
      ...(await Promise.all(streams.map(async ([name, lst]) => ({ name, statement, statusLists: [await listOf(lst)] })))),
      ...(await Promise.all(addresses.map(async (uri) => ({ name: uri, statement, statusLists: [await listOf(stream, uri)] })))),
      ...(await Promise.all(RAW.map(async (member) => ({ name: member, statement: await forged(member) })))),
      ...(await Promise.all(negatives.slice(0, 40).map(async ({ id, record }) => ({ name: id, statement: await recordSigned(record) })))),
      { name: 'a plate in full width', statement: await recordSigned(change(F01, ['/instrument/mobile/plate', '川Ａ·１２３４５'])) },
    ],
    standing: [serials, ...serials.map((one) => [serials[0] as string, one])],
    files: [
      octets([0xef, 0xbb, 0xbf], statement, '\r\n'),
      octets([0xff, 0xfe], statement),
      octets(statement, [0x80]),
      octets(statement, [0x85, 0x0a]),
      octets(statement, [0xa0]),
      octets(statement, '\u2028', statement),
      octets([0xc0, 0x80]),
    ],
    printed: PRINTED,
    moments: MOMENTS,
  }
}
