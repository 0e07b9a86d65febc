/** `demo round --folder`: the outcome of the round as files, for the commands that a participant uses. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parsePayload, parseStatement } from '../../envelope/index.js'
import { readForeignJoint } from '../../joint/index.js'
import { type AgreementPayload, signAgreement } from '../../recognition/index.js'
import { agreementPayload, DEMONSTRATION_TIME, type FakeAuthorities } from '../../testing/index.js'
import { fileFault } from '../file-error.js'
import { writeNew } from '../outputs.js'

/** Statements and record of the round, as read from the nodes. */
export interface RoundMaterial {
  readonly authorities: FakeAuthorities
  /** Signed statements, in the order of the log. */
  readonly statements: readonly string[]
  readonly receipts: readonly string[]
  /** The signed record of the comparison. */
  readonly record: string
}

/** Creates the folder before the round starts. @throws `cli.file` if it exists */
export const newFolder = async (folder: string): Promise<void> => {
  await fileFault(folder, () => mkdir(folder))
}

/** Writes statements, receipts, record and trust file; returns commands to try. @throws `cli.file` */
export async function writeRound(folder: string, { authorities, statements, receipts, record }: RoundMaterial): Promise<readonly string[]> {
  const round = join(folder, 'round')
  await newFolder(round)
  for (const [at, statement] of statements.entries()) {
    const { document } = readForeignJoint(
      parsePayload(parseStatement(statement, 'metrology-joint+jwt', { maxLength: statement.length })),
    ).value
    await writeNew(join(round, `${String(at + 1).padStart(2, '0')}-${document.kind}.jws`), `${statement}\n`)
  }
  await writeNew(join(round, 'receipts.txt'), receipts.map((receipt) => `${receipt}\n`).join(''))
  const { anchors, trustLists, signedAgreement, signer } = authorities
  const revised = await signAgreement(revisedAgreement(), [signer('SC-AMR'), signer('CQ-AMR')])
  const [trust, recordFile] = [join(folder, 'trust.json'), join(folder, 'record.jws')]
  await writeNew(trust, `${JSON.stringify({ anchors, trustLists, agreements: [signedAgreement, revised] })}\n`)
  await writeNew(recordFile, `${record}\n`)
  const judged = `--trust ${trust} --at ${DEMONSTRATION_TIME}`
  return [
    `tongheng round show ${round} ${judged}`,
    `tongheng round report ${round} --record ${recordFile} ${judged}`,
    `tongheng joint show ${round} ${judged}`,
    `tongheng verify ${recordFile} --region 50 ${judged}`,
    `tongheng check ${round}`,
  ]
}

/** A second version of the agreement, with a clause on rounds, so that commands can show what counts in the other province. */
function revisedAgreement(): AgreementPayload {
  const payload = agreementPayload()
  const comparisons = payload.clauses.find(({ id }) => id === 'comparisons') as AgreementPayload['clauses'][number]
  const rounds = {
    ...comparisons,
    id: 'rounds',
    title: { zh: '联合计量比对的实施', en: 'Work of joint comparisons' },
    kinds: ['round-protocol', 'round-report'],
    conditions: [{ name: 'pilots-of-both-sides' }],
    effect: { zh: '作为比对结果的依据', en: 'ground of the results of the comparison' },
  }
  return { ...payload, version: 2, clauses: [...payload.clauses, rounds] }
}
