// Why this exists: two authorities sign an agreement after reading this report. A change that it omits is signed without notice.
import { type AgreementPayload, agreementChanges } from 'tongheng/recognition'
import { agreementPayload } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { type Change, change } from '../records/change.ts'

const whole = agreementPayload()
const prior: AgreementPayload = { ...whole, clauses: whole.clauses.slice(0, 2) }
const [first, second] = prior.clauses as [AgreementPayload['clauses'][number], AgreementPayload['clauses'][number]]
const told = (...changes: readonly Change[]) => agreementChanges(prior, change(prior, ...changes)).map(({ code, params }) => [code, params])

describe('what a version of an agreement changes', () => {
  it('is nothing where only version, time of signing and tests differ', () => {
    expect(told(['/version', 9], ['/iat', 1], ['/tests/0', undefined])).toEqual([])
  })

  it('is everything in the first version', () => {
    const only = change(prior, ['/clauses/1', undefined], ['/to', '2026-12-31'], ['/clauses/0/to', '2026-06-30'])
    const changes = agreementChanges(undefined, only)
    expect(changes.map(({ code, params }) => [code, params])).toEqual([
      [
        'agreement-change.first',
        { title: { zh: prior.title.zh, en: prior.title.en }, parties: prior.parties.map(({ name }) => name.zh).join('、') },
      ],
      ['agreement-change.dates', { from: prior.from, to: '2026-12-31' }],
      ['agreement-change.clause-added', { clause: first.id, title: { zh: first.title.zh, en: first.title.en }, basis: first.basis }],
      ['agreement-change.kinds', { clause: first.id, added: first.kinds.join(', '), removed: '—' }],
      ['agreement-change.categories', { clause: first.id, added: [first.categories].flat().join(', '), removed: '—' }],
      [
        'agreement-change.directions',
        { clause: first.id, added: first.directions.map(({ from, to }) => `${from}→${to}`).join(', '), removed: '—' },
      ],
      ['agreement-change.clause-dates', { clause: first.id, from: first.from, to: '2026-06-30' }],
      ['agreement-change.conditions', expect.objectContaining({ clause: first.id, removed: '—' })],
      ...(first.labelSuffices === true
        ? [['agreement-change.label', { clause: first.id, before: { zh: '否', en: 'no' }, after: { zh: '是', en: 'yes' } }]]
        : []),
      ['agreement-change.effect', { clause: first.id, effect: { zh: first.effect.zh, en: first.effect.en } }],
    ])
  })

  it('includes the agreement itself: title, parties, dates', () => {
    expect(told(['/title', { zh: '新协议' }])).toEqual([
      ['agreement-change.title', { before: { zh: prior.title.zh, en: prior.title.en }, after: { zh: '新协议', en: '新协议' } }],
    ])
    expect(told(['/title/en', 'Another']).map(([code]) => code)).toEqual(['agreement-change.title'])
    const [old] = prior.parties
    expect(told(['/parties/0/uscc', '11510000MB00000014'])).toEqual([
      ['agreement-change.parties', { added: '11510000MB00000014', removed: old?.uscc }],
    ])
    expect(told(['/parties/0/name', { zh: '另一机关' }])).toEqual([
      [
        'agreement-change.party',
        { party: old?.uscc, name: { zh: '另一机关', en: '另一机关' }, region: expect.objectContaining({ zh: expect.any(String) }) },
      ],
    ])
    expect(told(['/parties/0/region', '52'])).toMatchObject([
      ['agreement-change.party', { party: old?.uscc, region: { zh: '52', en: '52' } }],
    ])
    expect(told(['/from', '2026-01-01'])).toEqual([['agreement-change.dates', { from: '2026-01-01', to: prior.to ?? '—' }]])
    expect(told(['/to', '2031-12-31'])).toEqual([['agreement-change.dates', { from: prior.from, to: '2031-12-31' }]])
  })

  it('includes a clause that was removed, one that was added, and another order', () => {
    const title = { zh: second.title.zh, en: second.title.en }
    expect(told(['/clauses/1', undefined])).toEqual([['agreement-change.clause-removed', { clause: second.id, title }]])
    expect(told(['/clauses/-', { ...second, id: 'third' }])[0]).toEqual([
      'agreement-change.clause-added',
      { clause: 'third', title, basis: second.basis },
    ])
    expect(told(['/clauses', [second, first]])).toEqual([['agreement-change.order', { order: `${second.id}, ${first.id}` }]])
    // Added or removed clauses do not change the order of the others.
    const between = told(['/clauses', [first, { ...second, id: 'third' }, second]]).map(([code]) => code)
    expect(between).not.toContain('agreement-change.order')
    expect(told(['/clauses', [second]]).map(([code]) => code)).toEqual(['agreement-change.clause-removed'])
  })

  it('includes the scope of a clause: kinds, categories, directions, dates', () => {
    const clause = first.id
    expect(told(['/clauses/0/kinds', [...first.kinds, 'calibration-result', 'weighing-note']])).toEqual([
      [
        'agreement-change.kinds',
        { clause, added: ['calibration-result', 'weighing-note'].filter((kind) => !first.kinds.includes(kind)).join(', '), removed: '—' },
      ],
    ])
    expect(told(['/clauses/0/categories', ['taximeter', 'weights']], ['/clauses/1/categories', 'all'])).toMatchObject([
      ['agreement-change.categories', { clause }],
      ['agreement-change.categories', { clause: second.id, added: 'all' }],
    ])
    expect(told(['/clauses/0/directions', [{ from: '51', to: '50' }]])).toEqual([
      ['agreement-change.directions', { clause, added: '—', removed: '50→51' }],
    ])
    expect(told(['/clauses/0/from', '2026-01-01'])).toEqual([
      ['agreement-change.clause-dates', { clause, from: '2026-01-01', to: first.to ?? '—' }],
    ])
    expect(told(['/clauses/0/to', '2031-12-31'])).toEqual([
      ['agreement-change.clause-dates', { clause, from: first.from, to: '2031-12-31' }],
    ])
  })

  it('includes conditions, with their parameters', () => {
    const base = change(prior, ['/clauses/0/conditions', [{ name: 'mobile-only' }, { name: 'validity-remaining', min: 'P7D' }]])
    const next = change(base, [
      '/clauses/0/conditions',
      [{ name: 'mobile-only' }, { name: 'validity-remaining', min: 'P30D' }, { name: 'anchored', depth: 3, in: ['a'] }],
    ])
    expect(agreementChanges(base, next)).toEqual([
      {
        code: 'agreement-change.conditions',
        params: {
          clause: first.id,
          added: 'validity-remaining(min P30D), anchored(depth 3, in ["a"])',
          removed: 'validity-remaining(min P7D)',
        },
      },
    ])
    const without = change(base, ['/clauses/0/conditions', [{ name: 'validity-remaining', min: 'P7D' }]])
    expect(agreementChanges(base, without)[0]?.params).toEqual({ clause: first.id, added: '—', removed: 'mobile-only' })
    const none = change(base, ['/clauses/0/conditions', []])
    expect(agreementChanges(base, none)[0]?.params).toMatchObject({ removed: 'mobile-only, validity-remaining(min P7D)' })
  })

  it('includes whether the label of the instrument suffices', () => {
    const yes = { zh: '是', en: 'yes' }
    const no = { zh: '否', en: 'no' }
    const [base, other] = [true, false].map((suffices) => change(prior, ['/clauses/0/labelSuffices', suffices]))
    const absent = change(prior, ['/clauses/0/labelSuffices', undefined])
    const reported = (from: AgreementPayload, to: AgreementPayload) => agreementChanges(from, to).map(({ code, params }) => [code, params])
    if (base === undefined || other === undefined) throw new Error('no agreement')
    expect(reported(base, absent)).toEqual([['agreement-change.label', { clause: first.id, before: yes, after: no }]])
    expect(reported(absent, base)).toEqual([['agreement-change.label', { clause: first.id, before: no, after: yes }]])
    expect(reported(absent, other)).toEqual([])
  })

  it('includes the text of a clause: effect, title, basis, in either language', () => {
    const clause = first.id
    expect(told(['/clauses/0/effect/zh', '仅供参考'])).toEqual([
      ['agreement-change.effect', { clause, effect: { zh: '仅供参考', en: first.effect.en } }],
    ])
    expect(told(['/clauses/0/effect/en', 'for information']).map(([code]) => code)).toEqual(['agreement-change.effect'])
    const title = { zh: first.title.zh, en: first.title.en }
    expect(told(['/clauses/0/title/en', 'Another'])).toEqual([
      ['agreement-change.clause-title', { clause, title: { ...title, en: 'Another' }, basis: first.basis }],
    ])
    expect(told(['/clauses/0/basis', '另一文件'])).toEqual([['agreement-change.clause-title', { clause, title, basis: '另一文件' }]])
  })
})
