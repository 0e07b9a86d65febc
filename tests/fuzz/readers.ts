// The table of readers: the input of each, and the second way in which its answer is checked.
import { isDeepStrictEqual } from 'node:util'
import { deflateSync, inflateSync } from 'node:zlib'
import {
  adviseUnit,
  compareQuantities,
  convert,
  isPlateForm,
  parseDsi,
  parsePrinted,
  parseSpecificationNumber,
  parseUcum,
} from 'tongheng/catalogue'
import { checkRecord } from 'tongheng/conformance'
import {
  parsePayload,
  parsePrivateJwk,
  parsePublicJwk,
  parseStatement,
  readStatements,
  type Signer,
  signStatement,
} from 'tongheng/envelope'
import { checkDocument, readJointDocument } from 'tongheng/joint'
import { labelUrl, packLabel, readLabelText, unpackLabel, verifyLabel } from 'tongheng/label'
import {
  openCheckpoint,
  readAddCheckpoint,
  readCheckpoint,
  readEntryBundle,
  readForkEvidence,
  readHashTile,
  readNoteKey,
  readRange,
  readTilePath,
  writeAddCheckpoint,
  writeEntryBundle,
  writeHashTile,
  writeNoteKey,
  writeRange,
  writeTilePath,
} from 'tongheng/log'
import { openAgreement } from 'tongheng/recognition'
import { readRecord } from 'tongheng/records'
import { createFindingsWriter, findingsFormats } from 'tongheng/report'
import { readNotice, readStatuses, readStatusList } from 'tongheng/status'
import { fixtures, jointFixtures, organisation } from 'tongheng/testing'
import { openTrust } from 'tongheng/trust'
import { decidingCheck, openLogEvidence, openStatus, replayEvidence, verify } from 'tongheng/verify'
import { formatInstant, isCivilDate, parseInstant, parsePeriod } from '../../src/base/date.js'
import { formatDecimal, parseDecimal } from '../../src/base/decimal.js'
import * as identifiers from '../../src/base/identifier.js'
import { parseJson } from '../../src/base/json.js'
import { inspect } from '../../src/cli/check/inspect.js'
import { trustFileOf } from '../../src/cli/files.js'
import { nodeConfigOf } from '../../src/cli/node-config.js'
import { inflate } from '../../src/status/inflate.js'
import { readJson, vectorFile } from '../support/vectors.js'
import { promise, type Reader } from './fuzz.js'
import type { FuzzWorld } from './world.js'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const textOf = (octets: Uint8Array): string => Buffer.from(octets).toString('utf8')
const json = (value: unknown): Uint8Array => encode(JSON.stringify(value))
/** What a signature covers. */
const signedPart = (statement: string): string => statement.slice(0, statement.lastIndexOf('.'))
const payloadPart = (statement: string): string => statement.split('.')[1] ?? ''
/** Of a value with integers that JSON does not have. */
const inspectText = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one)) ?? ''
const same = (one: unknown, other: unknown, text: string): void => promise(isDeepStrictEqual(one, other), text)

const documents = (): Reader[] => [
  {
    name: 'parseJson',
    form: 'json',
    seeds: [
      ...Object.values(fixtures).map(({ record }) => json(record)),
      ...readJson<{ cases: { b64: string }[] }>(vectorFile('json-test-suite/json-test-suite.json.gz')).cases.map(({ b64 }) =>
        Uint8Array.from(Buffer.from(b64, 'base64')),
      ),
    ],
    read(input) {
      const value = parseJson(input)
      same(value, JSON.parse(textOf(input)), 'JSON that JSON.parse reads otherwise')
      return true
    },
  },
  {
    name: 'records: read, check, find',
    form: 'json',
    seeds: Object.values(fixtures).map(({ record }) => json(record)),
    async read(input) {
      const { findings } = await inspect({ file: 'x', bytes: input }, { wanted: () => true, full: false })
      promise(findings.length <= 5000, `${findings.length} findings`)
      for (const format of findingsFormats) {
        const writer = createFindingsWriter(format, { language: 'zh', version: '0', paint: (text) => text })
        const text = writer.record({ file: 'x', findings })
        promise(text.length < 40_000_000, `${text.length} characters of ${format}`)
      }
      const record = parseJson(input)
      const { checks } = checkRecord(record)
      promise(checks.length >= 2, 'no checks')
      if (checks.some(({ id, status }) => id === 'record.schema' && status === 'pass')) readRecord(record)
      return !checks.some(({ status }) => status === 'fail')
    },
  },
  {
    name: 'joint documents: read, check',
    form: 'json',
    seeds: Object.values(jointFixtures)
      .filter((one) => 'kind' in one)
      .map(json),
    async read(input) {
      const { findings } = await inspect({ file: 'x', bytes: input }, { wanted: () => true, full: false })
      promise(findings.length <= 5000, `${findings.length} findings`)
      // What `check` finds nothing in is read, and does not contradict itself.
      const document = readJointDocument(parseJson(input))
      const isFine = checkDocument(document).every(({ status }) => status === 'warn')
      same(isFine, !findings.some(({ level }) => level === 'fail'), 'a finding that the room does not have, or the other way round')
      return isFine
    },
  },
  {
    name: 'trust file',
    form: 'json',
    seeds: [],
    read: (input) => trustFileOf({ name: 'x', bytes: input }) !== undefined,
  },
  {
    name: 'node configuration',
    form: 'json',
    seeds: [
      json({
        id: 'tongheng-51',
        url: 'https://node.example',
        listen: { host: '127.0.0.1', port: 8443 },
        authority: organisation('SC-AMR').uscc,
        region: '51',
        name: { zh: '四川节点' },
        key: 'key.json',
        trust: 'trust.json',
        database: 'node.db',
        log: { origin: 'node-51.example/v1/log', key: 'log.json' },
        peers: [{ url: 'https://peer.example', id: 'tongheng-50', authority: organisation('CQ-AMR').uscc }],
        tls: { cert: 'cert.pem', key: 'tls.pem' },
        limits: { page: 100, rate: 10 },
      }),
    ],
    read: (input) => nodeConfigOf({ name: '/x/node.json', bytes: input }) !== undefined,
  },
]

const statements = (world: FuzzWorld): Reader[] => {
  const { authorities, records, options, statusList, notice } = world
  const { trust, anchors, trustLists, signedAgreement } = authorities
  const genuine = new Set([...records, ...trustLists.flat(), ...signedAgreement, statusList, notice].map(signedPart))
  const payloads = new Set([...genuine].map(payloadPart))
  const seeds = records.map(encode)
  const lists = trustLists.map((signed) => encode(signed.join('\n')))
  const genuineIds = records.map((record) => parseStatement(record, 'metrology-record+jwt').id)
  const expectGenuine = (texts: readonly string[]): void => {
    for (const text of texts) promise(payloads.has(payloadPart(text)), `accepted what nobody signed: ${text.slice(0, 80)}`)
  }
  return [
    {
      name: 'parseStatement',
      form: 'statement',
      seeds,
      read(input) {
        const text = textOf(input)
        const { payload, signature } = parseStatement(text, 'metrology-record+jwt')
        const [head = '', body = '', tail = ''] = text.split('.')
        same(
          [payload, signature].map((octets) => Buffer.from(octets).toString('base64url')),
          [body, tail],
          'segments read otherwise',
        )
        const header = JSON.parse(Buffer.from(head, 'base64url').toString('utf8')) as Record<string, unknown>
        promise(header['typ'] === 'metrology-record+jwt' && !('crit' in header), 'header read otherwise')
        parsePayload({ payload })
        return true
      },
    },
    {
      name: 'readStatements',
      form: 'lines',
      seeds: [encode(records.join('\n')), encode(`${records.slice(0, 3).join('\r\n\r\n')}\r\n`), ...lists],
      read(input) {
        const found = readStatements(input, { types: ['metrology-record+jwt', 'metrology-trust-list+jwt'] })
        const text = textOf(input)
        const signed = found.flatMap((one) => one.signed)
        promise(signed.length <= text.split(/[\r\n]/).length, 'more statements than lines')
        for (const one of signed) promise(text.includes(one), 'a statement that the text does not have')
        return true
      },
    },
    {
      name: 'verify',
      form: 'statement',
      seeds,
      async read(input) {
        const text = textOf(input)
        const verdict = await verify(text, options)
        promise(JSON.stringify(verdict).length < 4_000_000 && decidingCheck(verdict) !== undefined, 'no sound verdict')
        if (verdict.outcome === 'recognised') promise(genuine.has(signedPart(text)), 'recognised what nobody signed')
        return verdict.outcome === 'recognised'
      },
    },
    {
      name: 'openTrust',
      form: 'statement',
      seeds: trustLists.flat().map(encode),
      async read(input) {
        const text = textOf(input)
        const damaged = trustLists.map((signed) => signed.map((one) => (payloadPart(one) === payloadPart(text) ? text : one)))
        const opened = await openTrust({ anchors, lists: [...damaged, [text], ...trustLists] })
        expectGenuine(opened.lists.flatMap(({ signed }) => signed))
        return true
      },
    },
    {
      name: 'openAgreement',
      form: 'statement',
      seeds: signedAgreement.map(encode),
      async read(input) {
        const text = textOf(input)
        const opened = await openAgreement([text, signedAgreement[1] as string], trust)
        expectGenuine([text])
        return opened.payload.clauses.length > 0
      },
    },
    {
      name: 'openStatus',
      form: 'statement',
      seeds: [encode(statusList), encode(notice), ...seeds.slice(0, 2)],
      async read(input) {
        const text = textOf(input)
        const status = await openStatus({ statusLists: [text], notices: [text] }, trust)
        const isAccepted = status.refused.length < 2
        if (isAccepted) expectGenuine([text])
        const { successors } = await openStatus({ successors: [text] }, trust)
        expectGenuine(successors.flatMap((one) => one.signed))
        return isAccepted || successors.length > 0
      },
    },
    {
      name: 'openLogEvidence',
      form: 'json',
      seeds: [json([records[0], { statementId: 'A'.repeat(43), index: 3, checkpoint: world.checkpoint, proof: [] }])],
      async read(input) {
        const given = parseJson(input)
        if (!Array.isArray(given)) return false
        const opened = await openLogEvidence(given.slice(0, 50) as never, trust)
        promise(
          [...genuineIds, 'A'.repeat(43)].every((id) => opened.seen(id).length === 0),
          'evidence that nobody signed',
        )
        return true
      },
    },
    {
      name: 'replayEvidence',
      form: 'json',
      seeds: [json(world.evidence)],
      async read(input) {
        const { bundle, verdict } = await replayEvidence(parseJson(input, { maxLength: 2 ** 24 }), { anchors })
        const text = [bundle.statement].flat()[0] as string
        if (verdict.outcome === 'recognised') promise(genuine.has(signedPart(text)), 'recognised what nobody signed')
        return true
      },
    },
  ]
}

/** Payloads that a listed body signs: the holder of a key may write anything. */
const signed = ({ authorities, options, records, statusList, notice }: FuzzWorld): Reader[] => {
  const { trust, anchors, trustLists, signedAgreement } = authorities
  const sign = (input: Uint8Array, typ: string, signer: Signer): Promise<string> => {
    const payload = JSON.parse(textOf(input)) as Record<string, unknown>
    return signStatement(payload as never, { typ: typ as 'metrology-record+jwt', signer })
  }
  const claimsOf = (statement: string): Uint8Array => Uint8Array.from(Buffer.from(payloadPart(statement), 'base64url'))
  /** Only what is JSON can be signed; the rest is the matter of the readers above. */
  const isJson = (input: Uint8Array): boolean => {
    try {
      const value: unknown = JSON.parse(textOf(input))
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    } catch {
      return false
    }
  }
  const cd = authorities.signer('CD')
  const row = (name: string, seeds: readonly string[], read: (input: Uint8Array) => Promise<boolean>): Reader => ({
    name: `signed: ${name}`,
    form: 'json',
    seeds: seeds.map(claimsOf),
    read: (input) => (isJson(input) ? read(input) : false),
  })
  return [
    row('verify', records, async (input) => {
      const verdict = await verify(await sign(input, 'metrology-record+jwt', cd), options)
      promise(JSON.stringify(verdict).length < 8_000_000 && decidingCheck(verdict) !== undefined, 'no sound verdict')
      return verdict.outcome === 'recognised'
    }),
    row('openStatus', [statusList, notice], async (input) => {
      const [list, one] = [await sign(input, 'statuslist+jwt', cd), await sign(input, 'metrology-notice+jwt', cd)]
      return (await openStatus({ statusLists: [list], notices: [one] }, trust)).refused.length < 2
    }),
    row('openTrust', [trustLists[0]?.[0] as string], async (input) => {
      const roots = authorities.rootSigners('SC-AMR')
      const list = await Promise.all(roots.map((root) => sign(input, 'metrology-trust-list+jwt', root)))
      return (await openTrust({ anchors, lists: [list, trustLists[1] as string[]] })).lists.length > 0
    }),
    row('openAgreement', [signedAgreement[0] as string], async (input) => {
      const signers = [authorities.signer('SC-AMR'), authorities.signer('CQ-AMR')]
      await openAgreement(await Promise.all(signers.map((signer) => sign(input, 'metrology-agreement+jwt', signer))), trust)
      return true
    }),
  ]
}

const labels = ({ labels, labelled, options, authorities }: FuzzWorld): Reader[] => {
  const { trust } = authorities
  const genuine = new Set(labels.flatMap((octets) => unpackLabel(octets, trust).map(signedPart)))
  const judge = async (given: string | Uint8Array): Promise<boolean> => {
    const verdict = await verifyLabel(given, options)
    promise(JSON.stringify(verdict).length < 400_000 && decidingCheck(verdict) !== undefined, 'no sound verdict')
    promise(verdict.label === undefined || labelled.has(verdict.statementId as string), 'showed what nobody signed')
    return verdict.outcome === 'recognised'
  }
  return [
    {
      name: 'label: octets',
      form: 'octets',
      seeds: labels,
      async read(input) {
        const isGood = await judge(input)
        const texts = unpackLabel(input, trust)
        if (isGood)
          promise(
            texts.every((text) => genuine.has(signedPart(text))),
            'recognised what nobody signed',
          )
        same(packLabel(texts), input, 'octets that are packed otherwise')
        return isGood
      },
    },
    {
      name: 'label: text of a code',
      form: 'text',
      seeds: [...labels.map((octets) => labelUrl(octets, 'https://jl.example.cn')), 'https://jl.example.cn/', 'hello'].map(encode),
      async read(input) {
        const text = textOf(input)
        const read = readLabelText(text)
        if (read.is === 'label') promise(text.includes(labelUrl(read.octets, 'https://jl.example.cn').slice(21)), 'a number read otherwise')
        return judge(text)
      },
    },
  ]
}

const log = ({ checkpoint, logKey, proof, hashes }: FuzzWorld): Reader[] => [
  {
    name: 'openCheckpoint, readCheckpoint',
    form: 'lines',
    seeds: [encode(checkpoint)],
    async read(input) {
      readCheckpoint(textOf(input))
      const { text } = await openCheckpoint(textOf(input), logKey)
      promise(checkpoint.startsWith(text), 'a checkpoint that the log did not sign')
      return true
    },
  },
  {
    name: 'readAddCheckpoint',
    form: 'lines',
    seeds: [encode(writeAddCheckpoint({ oldSize: 100, proof: [...proof], checkpoint }))],
    read(input) {
      const read = readAddCheckpoint(textOf(input))
      same(readAddCheckpoint(writeAddCheckpoint(read)), read, 'a request that reads otherwise when it is written again')
      return true
    },
  },
  {
    name: 'readTilePath',
    form: 'text',
    seeds: ['tile/0/000', 'tile/1/x001/x234/067.p/12', 'tile/entries/x123/456', 'tile/63/000.p/255'].map(encode),
    read(input) {
      const name = readTilePath(textOf(input))
      if (name === undefined) return false
      same(writeTilePath(name), textOf(input), 'a tile of two paths')
      return true
    },
  },
  {
    name: 'readEntryBundle',
    form: 'octets',
    seeds: [writeEntryBundle([encode('a'), encode('entry'), new Uint8Array(300)]), writeEntryBundle(hashes.slice(0, 256))],
    read(input) {
      same(Buffer.from(writeEntryBundle(readEntryBundle(input))), Buffer.from(input), 'a bundle of two forms')
      return true
    },
  },
  {
    name: 'readHashTile',
    form: 'octets',
    seeds: [writeHashTile(hashes.slice(0, 256)), writeHashTile(hashes.slice(0, 7))],
    read(input) {
      same(Buffer.from(writeHashTile(readHashTile(input))), Buffer.from(input), 'a tile of two forms')
      return true
    },
  },
  {
    name: 'readRange',
    form: 'text',
    seeds: [encode(writeRange({ size: 3, hashes: hashes.slice(0, 2) })), encode(writeRange({ size: 256, hashes: hashes.slice(0, 1) }))],
    read(input) {
      same(writeRange(readRange(textOf(input))), textOf(input), 'a range of two forms')
      return true
    },
  },
  {
    name: 'readNoteKey',
    form: 'text',
    seeds: [encode(writeNoteKey(logKey))],
    async read(input) {
      same(writeNoteKey(await readNoteKey(textOf(input))), textOf(input), 'a key of two forms')
      return true
    },
  },
  {
    name: 'readForkEvidence',
    form: 'json',
    seeds: [
      json({
        format: 'tongheng-fork',
        version: 1,
        origin: logKey.name,
        key: writeNoteKey(logKey),
        checkpoints: [checkpoint, checkpoint],
        proof: [],
      }),
    ],
    read: (input) => readForkEvidence(textOf(input)) !== undefined,
  },
]

const status = ({ statusList, notice }: FuzzWorld): Reader[] => {
  const claims = (text: string): Uint8Array => Uint8Array.from(Buffer.from(payloadPart(text), 'base64url'))
  const packed = [Buffer.alloc(100), Buffer.from('计量'.repeat(500)), Buffer.from(Array.from({ length: 3000 }, (_, n) => (n * n) % 251))]
  return [
    {
      name: 'inflate',
      form: 'octets',
      seeds: packed.flatMap((octets) => [0, 6, 9].map((level) => Uint8Array.from(deflateSync(octets, { level })))),
      read(input) {
        const octets = inflate(input, 100_000)
        promise(octets.length <= 100_000, 'more octets than allowed')
        same(Buffer.from(octets), inflateSync(input), 'a stream that zlib reads otherwise')
        return true
      },
    },
    {
      name: 'readStatusList, readStatuses',
      form: 'json',
      seeds: [claims(statusList)],
      async read(input) {
        const { status_list } = readStatusList(parseJson(input))
        const { bytes, bits } = await readStatuses(status_list)
        promise([1, 2, 4, 8].includes(bits) && bytes.length < 2 ** 24, 'a list beyond its limits')
        return true
      },
    },
    { name: 'readNotice', form: 'json', seeds: [claims(notice)], read: (input) => readNotice(parseJson(input)).statements.length > 0 },
  ]
}

const texts = (world: FuzzWorld): Reader[] => {
  const key = world.authorities.keys.get('CD')
  const units = [
    'kg.m2/s3',
    'L/(min.m2)',
    '{rev}/min',
    'mm[Hg]',
    'dB{A}',
    '%{FS}',
    'm3/h',
    'kΩ',
    '公斤',
    '℃',
    '\\kilo\\gram\\metre\\tothe{2}',
    'μSv·h⁻¹',
  ]
  const names = [
    'JJG 517-2016',
    'JJF(渝) 901-2024',
    '（川）法计（2021）51001号',
    'CNAS L1234',
    '川A·12345',
    '12510100450770010L',
    '510102199001011234',
    '0.5级',
    '张　三',
  ]
  return [
    {
      name: 'decimal',
      form: 'text',
      seeds: ['0', '-12.50', '0.000001', '99999999999999999999.5'].map(encode),
      read(input) {
        const text = textOf(input)
        const decimal = parseDecimal(text)
        promise(text.length <= 73 && Number(formatDecimal(decimal)) === Number(text), 'a decimal read otherwise')
        return true
      },
    },
    {
      name: 'dates and periods',
      form: 'text',
      seeds: ['2025-06-16', 'P1Y6M', '2025-06-16T09:00:00+08:00', '2024-02-29T23:59:59Z'].map(encode),
      read(input) {
        const text = textOf(input)
        if (isCivilDate(text)) same(new Date(`${text}T00:00:00Z`).toISOString().slice(0, 10), text, 'a date that does not exist')
        const instant = /^P/.test(text) ? undefined : parseInstant(text)
        if (instant === undefined) return parsePeriod(text) !== undefined
        promise(
          Number.isFinite(instant) && parseInstant(formatInstant(Math.floor(instant))) === Math.floor(instant),
          'a moment read otherwise',
        )
        return true
      },
    },
    {
      name: 'units',
      form: 'text',
      seeds: units.map(encode),
      read(input) {
        const text = textOf(input)
        const advice = adviseUnit(text)
        promise(inspectText(advice).length < 20_000, 'long advice')
        convert('1.5', text, 'kg')
        compareQuantities({ value: '1', unit: text }, { value: '1', unit: 'kg' })
        const read = [parseUcum(text), parsePrinted(text), parseDsi(text)].flatMap(({ unit }) => (unit === undefined ? [] : [unit]))
        for (const { code, dimension } of read)
          same(parseUcum(code).unit?.dimension, dimension, `the code ${code} of a unit reads otherwise`)
        return read.length > 0
      },
    },
    {
      name: 'identifiers and specification numbers',
      form: 'text',
      seeds: names.map(encode),
      read(input) {
        const text = textOf(input)
        for (const { name, key } of [
          { name: 'identifierKey', key: identifiers.identifierKey },
          { name: 'nameKey', key: identifiers.nameKey },
          { name: 'plateKey', key: identifiers.plateKey },
        ])
          same(key(key(text)), key(text), `${name} of a key is another key`)
        promise(identifiers.isSameClass(text, text), 'a class that is not itself')
        identifiers.holdsResidentNumber(text)
        identifiers.isNoSerial(text)
        identifiers.lookalikeIn(text)
        isPlateForm(text)
        if (identifiers.isUscc(text)) promise(/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(text), 'a code of other characters')
        const number = parseSpecificationNumber(text)
        if (number !== undefined) same(parseSpecificationNumber(number.key)?.key, number.key, 'a key that reads otherwise')
        return number !== undefined
      },
    },
    {
      name: 'keys',
      form: 'json',
      seeds: [json(key?.publicJwk), json(key?.privateJwk)],
      read(input) {
        const value = parseJson(input)
        if (typeof value === 'object' && value !== null && 'd' in value) return parsePrivateJwk(value) !== undefined
        return parsePublicJwk(value) !== undefined
      },
    },
  ]
}

/** Every reader of data of others, except the node’s handler (`http.ts`). */
export const readersOf = (world: FuzzWorld): Reader[] => [
  ...documents().map((reader) => (reader.seeds.length > 0 ? reader : { ...reader, seeds: [json(world.trustFile)] })),
  ...statements(world),
  ...signed(world),
  ...labels(world),
  ...log(world),
  ...status(world),
  ...texts(world),
]
