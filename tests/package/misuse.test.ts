// Why this exists: a caller in plain JavaScript, or one who forgot an await, must see which argument is wrong. A TypeError from
// within explains nothing, and a verdict that rests on a slip is false. Every exported function is given every wrong kind of value.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { isTonghengError } from 'tongheng/errors'
import { describe, expect, it } from 'vitest'

const cyclic: Record<string, unknown> = {}
cyclic.self = cyclic
const refuse = (): never => {
  throw new Error('a trap')
}
/** A folder in which no file can be created, because a store creates the file of its argument. */
const folder = mkdtempSync(join(tmpdir(), 'misuse-'))
const text = join(folder, 'none', '重庆')
rmSync(folder, { recursive: true })

const WRONG: readonly (readonly [string, () => unknown])[] = [
  ['undefined', () => undefined],
  ['null', () => null],
  ['a number', () => 7],
  ['a text', () => text],
  ['an array', () => [7]],
  ['a Buffer', () => Buffer.from('{}')],
  ['a promise', () => Promise.resolve({})],
  ['an object that refers to itself', () => cyclic],
  [
    'an object whose getter throws',
    () => ({
      ...cyclic,
      get kind() {
        return refuse()
      },
      get signer() {
        return refuse()
      },
    }),
  ],
  ['a proxy whose traps throw', () => new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getOwnPropertyDescriptor: refuse })],
  [
    'a revoked proxy',
    () => {
      const { proxy, revoke } = Proxy.revocable({}, {})
      revoke()
      return proxy
    },
  ],
]

const MADE = 'takes what another function of this package made, typed, and is called once a row, a key or a node of a tree'
const BYTES = 'takes octets that the caller has hashed or read itself; called once a node of a tree'
const ANYTHING = 'by contract it says whether a value of any kind is one of ours'
const PRINTS = 'writes text for people from what this package made'
const DRIVER = 'opens a file by the driver, whose own fault names the file and the cause'
const FIXTURE = 'for tests of the caller, on fixtures of this package'
/** Functions whose arguments are not checked, with the reason. A new function must check its arguments, or get a row here. */
const UNCHECKED: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  tongheng: {
    [ANYTHING]: ['isTonghengError'],
  },
  'tongheng/errors': {
    [ANYTHING]: ['isTonghengError'],
  },
  'tongheng/catalogue': {
    [MADE]: [
      'isAmongCategories',
      'describeInterval',
      'intervalsOf',
      'isWithinDivision',
      'compareQuantities',
      'convertExactly',
      'isCommensurable',
    ],
  },
  'tongheng/client': {
    [ANYTHING]: ['problemOf'],
  },
  'tongheng/envelope': {
    [MADE]: ['algorithmOf', 'readHeader', 'statementId', 'verifySignature'],
    [BYTES]: ['rawSignature'],
  },
  'tongheng/records': {
    [MADE]: [
      'byInstrument',
      'canBeOne',
      'identityOf',
      'isSecondUse',
      'secondUses',
      'acceptanceLimits',
      'boundsError',
      'describeUnjudged',
      'factMissing',
      'halfWidthOf',
      'isUncertaintyAtMost',
      'isWithinLimits',
      'judgeRows',
      'undecidedReason',
      'isCertificate',
      'kindOf',
      'lineOfRow',
      'parseForeignRecord',
      'parseRecord',
      'columnBeside',
      'columnsOf',
      'decimalAt',
      'judgedColumn',
      'judgedColumns',
      'limitColumn',
      'pointer',
      'readTable',
      'expandedUncertaintyOf',
      'hasUncertaintyColumn',
      'amendmentOf',
      'replacedIn',
    ],
  },
  'tongheng/trust': {
    [MADE]: [
      'changesOf',
      'checkBinding',
      'checkKeyInterval',
      'checkKeyUse',
      'checkListFreshness',
      'checkScope',
      'dueOf',
      'anchorOf',
      'keyFor',
      'keyIn',
      'listingsFor',
      'overrulersOf',
      'removedFrom',
    ],
  },
  'tongheng/comparison': {
    [MADE]: ['chiSquaredCritical', 'chiSquaredTail', 'recomputeScore', 'scoreAgreement', 'outcomeOf', 'scoreDifference'],
  },
  'tongheng/conformance': {
    [MADE]: ['blockedRows', 'newerMembers', 'shapeFindings', 'judgeUncertainty'],
  },
  'tongheng/log': {
    [MADE]: [
      'cosignCheckpoint',
      'openCheckpoint',
      'readCheckpoint',
      'signCheckpoint',
      'openEdge',
      'proveFork',
      'proveConsistency',
      'proveInclusion',
      'rootOf',
      'verifyConsistency',
      'addSignatures',
      'signaturesBy',
      'createNoteSigner',
      'noteKeyOf',
      'writeNoteKey',
      'growRange',
      'readRange',
      'rootOfRange',
      'writeRange',
      'readTilePath',
      'tilesOf',
      'writeEntryBundle',
      'writeTilePath',
      'nodesFromTiles',
      'proveConsistencyFrom',
      'proveInclusionFrom',
      'rootFrom',
      'judgeCheckpoint',
      'readAddCheckpoint',
      'writeAddCheckpoint',
    ],
    [BYTES]: ['isSameHash', 'leafHash', 'nodeHash', 'readEntryBundle', 'readHashTile', 'writeHashTile', 'nodeInTile'],
  },
  'tongheng/recognition': {
    [MADE]: ['findClause', 'agreementChanges', 'decide', 'declaredForOthers'],
  },
  'tongheng/status': { [MADE]: ['currentStatus'] },
  'tongheng/verify': {
    [MADE]: ['currentStatus', 'listedLogs', 'logKeyOf', 'openListedCheckpoint', 'witnessKeys'],
    [BYTES]: ['leafOf'],
  },
  'tongheng/report': {
    [PRINTS]: ['visible', 'countOf', 'totalsText', 'outcomeWord', 'padEnd', 'textWidth'],
  },
  'tongheng/ledger': {
    [MADE]: [
      'dueSummary',
      'dueTable',
      'findingsTable',
      'linesTable',
      'matchTable',
      'outcomesTable',
      'tableCsv',
      'tablesWorkbook',
      'unmatchedTable',
      'validityOf',
      'writeTablesHtml',
    ],
  },
  'tongheng/node': {
    [MADE]: ['statusListName'],
    [ANYTHING]: ['isStoreFault'],
  },
  'tongheng/testing': {
    [FIXTURE]: ['createFakeAuthorities', 'change', 'examplePopulation', 'faultyRecord', 'send', 'sendOnTheWay', 'organisation'],
  },
  'tongheng/stores/sqlite': { [DRIVER]: ['copySqlite', 'openSqlite', 'readSchemaVersion'] },
}

const names = Object.entries(JSON.parse(readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8')).exports as object)
  .filter(([, target]) => typeof target !== 'string')
  .map(([path]) => `tongheng${path.slice(1)}`)

/** An error without a code; undefined for a result or a coded error. Reads the first item of an iterator. */
async function faultOf(call: (...given: unknown[]) => unknown, given: readonly unknown[]): Promise<string | undefined> {
  try {
    const result = await call(...given)
    if (typeof result === 'object' && result !== null && Symbol.asyncIterator in result)
      await (result as AsyncIterable<unknown>)[Symbol.asyncIterator]().next()
    return undefined
  } catch (error) {
    return isTonghengError(error) ? undefined : String(error)
  }
}

const isClass = (call: unknown): boolean => /^class\b/.test(Function.prototype.toString.call(call))

describe('an exported function', () => {
  it.each(names)('of %s returns or throws a coded error, whatever its arguments', async (name) => {
    const unchecked = new Set(Object.values(UNCHECKED[name] ?? {}).flat())
    const faults: string[] = []
    const rows = new Set<string>()
    for (const [key, call] of Object.entries((await import(name)) as Record<string, unknown>)) {
      if (typeof call !== 'function' || isClass(call)) continue
      for (const [what, make] of WRONG) {
        const fault = await faultOf(call as never, Array.from({ length: Math.max(1, call.length) }, make))
        if (fault === undefined) continue
        rows.add(key)
        if (!unchecked.has(key)) faults.push(`${key}, given ${what}: ${fault}`)
      }
    }
    expect(faults).toEqual([])
    // A function that checks its arguments must not have a row.
    expect([...unchecked].filter((key) => !rows.has(key))).toEqual([])
  })

  it.each(Object.entries(UNCHECKED))('of %s that is not tried has a reason here', async (name, reasons) => {
    const door = (await import(name)) as Record<string, unknown>
    for (const [reason, keys] of Object.entries(reasons))
      for (const key of keys) expect([reason, typeof door[key]]).toEqual([reason, 'function'])
  })
})
