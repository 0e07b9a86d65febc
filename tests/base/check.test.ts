// Why this exists: a row without a reason, a basis or its blocker would make a verdict impossible to explain.

import { codes } from 'tongheng/errors'
import { describe, expect, it } from 'vitest'
import { blocked, failed, missingFact, notApplicable, pass, passWith, type Row } from '../../src/base/check.js'

const row: Row = { id: 'identifier.uscc', group: 'conformance', basis: 'GB 32100—2015', since: '0.1.0' }
const other: Row = { ...row, basis: 'another basis' }

describe('a check', () => {
  it('that passes has the id of its row as code, and the text of the row', () => {
    expect(pass(row)).toEqual({
      id: 'identifier.uscc',
      group: 'conformance',
      status: 'pass',
      code: 'identifier.uscc',
      message: codes['identifier.uscc'],
      basis: 'GB 32100—2015',
    })
  })

  it('that passes is one frozen object per row', () => {
    expect(pass(row)).toBe(pass(row))
    expect(pass(other)).not.toBe(pass(row))
    expect(pass(other).basis).toBe('another basis')
    expect(() => Object.assign(pass(row), { status: 'fail' })).toThrow(TypeError)
    expect(() => Object.assign(notApplicable(row), { status: 'fail' })).toThrow(TypeError)
  })

  it('can have evidence for its pass, without changing the pass of others', () => {
    expect(passWith(row, { uscc: 'x' })).toEqual({ ...pass(row), evidence: { uscc: 'x' } })
    expect(pass(row)).not.toHaveProperty('evidence')
  })

  it('fails unless its finding is a warning, with message, advice, path and evidence', () => {
    const params = { uscc: '91510100MA62KCT03W', found: 'W', expected: 'J' }
    const check = failed(row, { code: 'uscc.check-character', params, path: '/issuer/uscc', evidence: params })
    expect(check).toEqual({
      id: 'identifier.uscc',
      group: 'conformance',
      status: 'fail',
      code: 'uscc.check-character',
      message: {
        zh: '统一社会信用代码 91510100MA62KCT03W 校验码有误：末位为 W，应为 J',
        en: 'The unified social credit code 91510100MA62KCT03W ends in W; its check character is J',
      },
      advice: codes['uscc.check-character'].advice,
      basis: 'GB 32100—2015',
      path: '/issuer/uscc',
      evidence: params,
    })
    expect(failed(row, { code: 'uscc.organisation-code', status: 'warn' }).status).toBe('warn')
  })

  it('has no member without a value', () => {
    expect(Object.keys(failed(row, { code: 'clause.domestic' })).sort()).toEqual(['basis', 'code', 'group', 'id', 'message', 'status'])
    expect(failed(row, { code: 'clause.domestic', path: '' })).toHaveProperty('path', '')
  })

  it('that does not apply is a skip without a blocker', () => {
    expect(notApplicable(row)).toMatchObject({
      status: 'skip',
      code: 'not-applicable',
      message: { zh: '统一社会信用代码的校验码：不适用' },
    })
    expect(notApplicable(row)).not.toHaveProperty('blockedBy')
    expect(notApplicable(row)).toBe(notApplicable(row))
  })

  it('that could not run is a skip with the row that blocks it', () => {
    expect(blocked(row, 'record.schema')).toMatchObject({
      status: 'skip',
      code: 'blocked',
      blockedBy: 'record.schema',
      message: {
        en: 'Check characters of unified social credit codes: not checked (waits for: Shape of the record)',
      },
    })
  })

  it('that lacks a fact is skipped, with the fact and a code', () => {
    expect(missingFact(row, 'status', { code: 'status.not-supplied', params: { uri: 'https://x' } })).toMatchObject({
      status: 'skip',
      code: 'status.not-supplied',
      blockedBy: 'fact:status',
    })
  })
})
