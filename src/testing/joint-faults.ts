/** Faults of the records of joint work: results of comparisons, findings of supervision. */
import { type Fault, fault } from './fault.js'
import { F12 } from './joint-records.js'

const point = '/points/0'

export const comparisonFaults: readonly Fault[] = [
  fault('laboratory.code-twice', 'F12', ['/participants/5/code', 'LAB-05']),
  fault('laboratory.code-unknown', 'F12', ['/pilots/1', 'LAB-07']),
  fault('laboratory.result-twice', 'F12', [`${point}/results/5/code`, 'LAB-05']),
  fault('laboratory.without-outcome', 'F12', ['/outcomes/5', undefined]),
  fault('laboratory.measured-outside', 'F12', [`${point}/results/2/measuredOn`, '2025-05-02']),
  fault('point.twice', 'F12', ['/points/-', F12.points[0]]),
  fault('reference.contributors-missing', 'F12', [`${point}/reference/contributors`, undefined]),
  fault('reference.given-with-contributors', 'F12', [`${point}/reference/method`, 'given']),
  fault('reference.not-from-pilots', 'F12', [`${point}/reference/method`, 'pilot'], [`${point}/reference/contributors/1`, 'LAB-03']),
  fault('reference.differs', 'F12', [`${point}/reference/value`, '0.028']),
  fault('score.differs', 'F12', [`${point}/results/2/en`, '0.53']),
  fault('score.sign', 'F12', [`${point}/results/3/en`, '0.54']),
  fault('score.correlation-ignored', 'F12', [`${point}/results/0/en`, '0.08']),
  fault('score.correlation-assumed', 'F12', [`${point}/results/2/en`, '0.46']),
  fault('score.not-computable', 'F12', [`${point}/results/0/uncertainty/value`, '0.010'], [`${point}/drift`, undefined]),
  fault('score.drift-ignored', 'F12', [`${point}/results/5/zeta`, '2.73']),
  fault(
    'score.own-value',
    'F12',
    ['/pilots', ['LAB-01']],
    [
      `${point}/reference`,
      { value: '0.021', uncertainty: { form: 'expanded', value: '0.030', k: '2' }, method: 'pilot', contributors: ['LAB-01'] },
    ],
    [`${point}/results/0/en`, '0.00'],
  ),
  fault('score.not-judged', 'F12', [`${point}/results/0/z`, '0.5']),
  fault('reference.not-judged', 'F12', [
    `${point}/results/0/uncertainty`,
    { form: 'interval', lower: '0.006', upper: '0.036', coverage: '0.95' },
  ]),
  fault('laboratory.not-judged', 'F12', [`${point}/results/2/en`, undefined]),
  fault('outcome.not-from-score', 'F12', [`${point}/results/5/outcome`, 'satisfactory']),
  fault('outcome.better-than-points', 'F12', ['/outcomes/5/outcome', 'satisfactory']),
  fault('organisers.one-side', 'F12', ['/organisers/1', undefined]),
]

export const supervisionFaults: readonly Fault[] = [
  fault('finding.certificate-shown', 'F14', ['/finding', 'not-verified']),
  fault('finding.validity-missing', 'F14b', ['/certificate/validUntil', undefined]),
  fault('finding.not-overdue', 'F14b', ['/certificate/validUntil', '2025-05-12']),
  fault('finding.results-missing', 'F14', ['/finding', 'out-of-limits']),
  fault(
    'finding.no-failed-row',
    'F14',
    ['/finding', 'out-of-limits'],
    [
      '/results',
      [
        {
          id: 'error',
          name: { zh: '示值误差' },
          columns: [
            { role: 'error', name: { zh: '示值误差' }, unit: '%' },
            { role: 'verdict', name: { zh: '结论' } },
          ],
          rows: [['-0.10', 'pass']],
        },
      ],
    ],
  ),
  fault('finding.seal-state', 'F14', ['/seals', 'intact']),
  fault('finding.type-approval-stated', 'F14', ['/finding', 'no-type-approval'], ['/instrument/typeApprovalNo', '2020F118-51']),
  fault('finding.not-described', 'F14', ['/finding', 'other'], ['/description', undefined]),
  fault('finding.overlooked-overdue', 'F14b', ['/finding', 'none']),
  fault('finding.overlooked-document', 'F14b', ['/finding', 'none'], ['/certificate/document', 'calibration']),
  fault('finding.overlooked-seal', 'F14', ['/finding', 'none']),
  fault(
    'finding.overlooked-failure',
    'F14b',
    ['/finding', 'none'],
    ['/results', [{ id: 'error', name: { zh: '示值误差' }, columns: [{ role: 'verdict', name: { zh: '结论' } }], rows: [['fail']] }]],
  ),
  fault('finding.outside-jurisdiction', 'F14', ['/issuer/uscc', '11500000MB1A678983']),
  fault('finding.jurisdiction-not-judged', 'F14', ['/place/division', undefined]),
  fault('measure.none-ordered', 'F14', ['/measures', [{ code: 'none' }]]),
  fault('measure.without-finding', 'F14', ['/finding', 'none']),
  fault('measure.deadline-missing', 'F14', ['/deadline', undefined]),
  fault('measure.deadline-past', 'F14', ['/deadline', '2025-05-12']),
  fault('measure.case-number', 'F14', ['/measures/-', { code: 'case-opened' }]),
]
