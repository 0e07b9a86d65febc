/** Builds the agreement of the example world with clauses on joint work. */
import { type AgreementPayload, signAgreement } from 'tongheng/recognition'
import { agreementPayload, type FakeAuthorities } from 'tongheng/testing'

type Clause = AgreementPayload['clauses'][number]

/** A clause that covers kinds of joint statement in both directions. */
export const jointClause = (kinds: readonly string[], more: Partial<Clause> = {}): Clause => ({
  id: `joint-${kinds[0]}`,
  title: { zh: '协同工作（示例）', en: 'Joint work (example)' },
  basis: '川渝计量互认协议（示例）第七条',
  kinds: [...kinds],
  categories: 'all',
  directions: [
    { from: '51', to: '50' },
    { from: '50', to: '51' },
  ],
  from: '2024-07-01',
  conditions: [],
  effect: { zh: '对方予以采信', en: 'the other side relies on it' },
  ...more,
})

/** The content of the agreement, with these clauses appended. */
export const payloadWith = (...clauses: Clause[]): AgreementPayload => ({
  ...agreementPayload(),
  clauses: [...agreementPayload().clauses, ...clauses],
})

/** As `payloadWith`, signed by both authorities. */
export const signedWith = (world: FakeAuthorities, ...clauses: Clause[]): Promise<string[]> =>
  signAgreement(payloadWith(...clauses), [world.signer('SC-AMR'), world.signer('CQ-AMR')])
