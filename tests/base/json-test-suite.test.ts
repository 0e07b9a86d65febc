// Why this exists: our own idea of JSON may be wrong. 340 third-party cases define what is JSON, and our profile is compared with them.
import { describe, expect, it } from 'vitest'
import { type Case, profileOf, run } from '../oracles/json-test-suite.js'
import { readJson, vectorFile } from '../support/vectors.js'
import { outcomeOf } from './fault.js'
import { jsonTwins } from './json-twins.js'

const path = vectorFile('json-test-suite/json-test-suite.json.gz')
const cases = readJson<{ readonly cases: readonly Case[] }>(path).cases
const bytesOf = ({ b64 }: Case): Uint8Array => Buffer.from(b64, 'base64')
const named = (prefix: string): Case[] => cases.filter(({ name }) => name.startsWith(prefix))

describe('JSONTestSuite', () => {
  it('agrees with the oracle', () => {
    const { lines, cases: compared } = run(path)
    expect([lines, compared]).toEqual([[], 340])
  })

  it('is all there: 188 to refuse, 95 to accept, 35 open, 22 to look at closely', () => {
    expect([named('n_').length, named('y_').length, named('i_').length, cases.length]).toEqual([188, 95, 35, 340])
  })

  describe.each(jsonTwins)('read %s', (_, { parseJson }) => {
    const codeOf = (each: Case): string | undefined => {
      const outcome = outcomeOf(() => parseJson(bytesOf(each)))
      return 'fault' in outcome ? outcome.fault.code : undefined
    }

    it('refuses each of the 188 that are not JSON', () => {
      expect(named('n_').filter((each) => codeOf(each) === undefined)).toEqual([])
    })

    it('accepts the 95 that are JSON but for the 25 outside our profile, each with its code', () => {
      const counts: Record<string, number> = {}
      for (const each of named('y_')) {
        const expected = profileOf(new TextDecoder().decode(bytesOf(each)))
        expect([each.name, codeOf(each)]).toEqual([each.name, expected])
        counts[expected ?? 'accepted'] = (counts[expected ?? 'accepted'] ?? 0) + 1
      }
      expect(counts).toEqual({ accepted: 70, 'json.number': 15, 'json.duplicate-name': 2, 'json.character': 8 })
    })

    it('reads the same value as JSON.parse wherever it accepts', () => {
      const accepted = cases.filter((each) => codeOf(each) === undefined)
      for (const each of accepted) expect(parseJson(bytesOf(each))).toEqual(JSON.parse(new TextDecoder().decode(bytesOf(each))))
      expect(accepted).toHaveLength(74)
    })

    it('refuses all 35 that parsers may settle as they like: each is a place where two readers differ', () => {
      expect(named('i_').filter((each) => codeOf(each) === undefined)).toEqual([])
    })

    it('refuses texts that other readers change on reading, except an ordinary integer, an escaped NUL and two Unicode forms of a name', () => {
      const transforms = cases.filter((each) => each.expect === 'transform')
      expect(
        transforms
          .filter((each) => codeOf(each) === undefined)
          .map(({ name }) => name)
          .sort(),
      ).toEqual(['number_1000000000000000.json', 'object_key_nfc_nfd.json', 'object_key_nfd_nfc.json', 'string_with_escaped_NULL.json'])
    })
  })
})
