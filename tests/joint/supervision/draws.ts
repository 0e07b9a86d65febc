/** Builds draws for tests: signed statements, and the times at which they were logged. */
import {
  type AnyJointDocument,
  type DrawCommitment,
  type DrawNonce,
  type Joint,
  nonceDigest,
  openJoint,
  signJoint,
} from '../../../src/joint/index.js'
import { type FakeAuthorities, jointFixtures, organisation } from '../../../src/testing/index.js'
import type { Trust } from '../../../src/trust/index.js'

export type Key = 'SC-AMR' | 'CQ-AMR' | 'GA-AMR'
/** A moment after the last day to reveal nonces, of the task of the fixtures. */
export const DRAW_TIME = '2025-04-20T12:00:00+08:00'

/** A moment of April 2025. */
export const on = (day: string, hour = 12): string => `2025-04-${day}T${String(hour).padStart(2, '0')}:00:00+08:00`
const seconds = (moment: string): number => Date.parse(moment) / 1000

export interface Log {
  readonly signed: string[]
  readonly seen: Map<string, number>
  /** Signs a document and logs it; returns its statement id. `logged`: another moment, or none if empty. */
  add(key: Key, document: AnyJointDocument, at: string, logged?: string): Promise<string>
  open(rest?: object, order?: readonly string[]): Promise<Joint>
}

export function createDrawLog(world: Pick<FakeAuthorities, 'signer'> & { readonly trust: Trust }): Log {
  const { trust } = world
  const seen = new Map<string, number>()
  const signed: string[] = []
  return {
    signed,
    seen,
    async add(key, document, at, logged = at) {
      const one = await signJoint(document, { iss: organisation(key).uscc, signer: world.signer(key), at })
      const [statement] = (await openJoint([one], { trust, at: DRAW_TIME })).statements
      const { statementId } = statement as { statementId: string }
      signed.push(one)
      if (logged !== '') seen.set(statementId, seconds(logged))
      return statementId
    },
    open: (rest = {}, order = signed) =>
      openJoint(order, {
        trust,
        at: DRAW_TIME,
        log: { seen: (id) => (seen.has(id) ? [{ at: seen.get(id) as number }] : []) },
        ...rest,
      }),
  }
}

const nonceText = (letter: string): string => letter.repeat(42).padEnd(43, 'A')

/** The commitment of the fixtures to the nonce of a letter. */
export const commitmentOf = (key: Key, task: string, letter: string, change: Partial<DrawCommitment> = {}): DrawCommitment => ({
  ...jointFixtures.commitment,
  task,
  nonce: nonceDigest(nonceText(letter), { bureau: organisation(key).uscc, task }),
  ...change,
})

export const nonceOf = (commitment: string, letter: string, change: Partial<DrawNonce> = {}): DrawNonce => ({
  ...jointFixtures.nonce,
  commitment,
  nonce: nonceText(letter),
  ...change,
})

/** Both bureaus of the task commit and reveal. */
export async function drawnWith(log: Log, task: string): Promise<void> {
  const sc = await log.add('SC-AMR', commitmentOf('SC-AMR', task, 's'), on('08'))
  const cq = await log.add('CQ-AMR', commitmentOf('CQ-AMR', task, 'c'), on('09'))
  await log.add('SC-AMR', nonceOf(sc, 's'), on('12'))
  await log.add('CQ-AMR', nonceOf(cq, 'c'), on('13'))
}
