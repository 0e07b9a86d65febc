/**
 * The commands for the steps of a piece of work. The page signs no statements: the signing key of an institute or a bureau must never be
 * loaded into a page.
 */
import type { DueName } from '../../joint/inside.js'

/** Arguments of a command. A member that is absent, or that a shell could read as more than one word, is shown as its placeholder. */
export interface CommandWords {
  /** Number of the piece of work. */
  readonly number: string
  /** URL of the node. */
  readonly node?: string | undefined
  /** USCC of the signing body. */
  readonly iss?: string | undefined
  /** Statement id of the protocol of a round. */
  readonly round?: string | undefined
  /** USCC of the laboratory whose result the pilots open. */
  readonly laboratory?: string | undefined
  /** True if one pilot alone opens a withheld result; two pilots open one layer each. */
  readonly isSolePilot?: boolean | undefined
}

/** Letters, digits and a few characters without a meaning to a shell. */
const PLAIN = /^[\p{L}\p{N}_.:/][\p{L}\p{N}_.:/-]*$/u
const QUOTABLE = /^[\p{L}\p{N}_.:/〔〕（）【】()[\]][\p{L}\p{N} _.:/〔〕（）【】()[\]—–-]*$/u

/** A word of a command. Statements are untrusted, so a text that a shell could read as more than one word is replaced by the placeholder. */
export function commandWord(text: string | undefined, placeholder: string): string {
  if (text === undefined) return placeholder
  if (PLAIN.test(text)) return text
  return QUOTABLE.test(text) ? `"${text}"` : placeholder
}

/** A statement id, which may begin with a hyphen. */
const ID = /^[\w-]{43}$/

const KEY = 'signing.key'
const WORK = 'work/'
const TRUST = '--trust trust.json'

interface Words {
  readonly number: string
  readonly node: string
  readonly iss: string
  /** The option with its id, because an id may begin with a hyphen. */
  readonly round: string
  readonly laboratory: string
  readonly isSolePilot: boolean
}

const signed = ({ iss }: Words, out: string): string => `--iss ${iss} --key ${KEY} --out ${out}`
const submit = (file: string, { node, iss }: Words): string => `tongheng submit ${file} --node ${node} --iss ${iss} --key ${KEY}`
const pull = ({ number, iss }: Words, node: string): string =>
  `tongheng joint pull ${number} --node ${node} --iss ${iss} --key ${KEY} --out ${WORK}`

/** A step that signs one statement and submits it. */
const signing =
  (command: (words: Words) => string, file: string) =>
  (words: Words): readonly string[] => [`${command(words)} ${signed(words, file)}`, submit(file, words)]

const COMMANDS: Readonly<Record<DueName, (words: Words) => readonly string[]>> = {
  evidence: (words) => [pull(words, words.node), pull(words, 'https://OTHER-NODE')],
  enrol: signing(({ round }) => `tongheng round enrol ${WORK} ${round} ${TRUST}`, `${WORK}enrolment.jws`),
  commit: signing(
    ({ round }) => `tongheng round commit ${WORK} ${round} ${TRUST} --result result.json --secret result.secret`,
    `${WORK}commitment.jws`,
  ),
  reveal: signing(({ round }) => `tongheng round reveal ${WORK} ${round} ${TRUST} --secret result.secret`, `${WORK}opening.jws`),
  unseal: (words) => {
    const open = `tongheng round reveal ${WORK} ${words.round} ${TRUST} --laboratory ${words.laboratory} --sealing-key pilot.open.key`
    const file = `${WORK}opening.jws`
    if (words.isSolePilot) return [`${open} ${signed(words, file)}`, submit(file, words)]
    return [`${open} --out layer.json`, `${open} --sealed layer.json ${signed(words, file)}`, submit(file, words)]
  },
  record: (words) => [
    `tongheng round close ${WORK} ${words.round} ${TRUST} --out record.json --key-out names.json`,
    `tongheng sign record.json --key ${KEY} --out record.jws`,
    submit('record.jws', words),
  ],
  report: signing(({ round }) => `tongheng round report ${WORK} ${round} ${TRUST} --record record.jws`, `${WORK}report.jws`),
  check: ({ round }) => [`tongheng round report ${WORK} ${round} ${TRUST} --record record.jws`],
  'draw-commit': signing(
    ({ number }) => `tongheng supervise draw commit ${WORK} --task ${number} ${TRUST} --population list.txt --nonce bureau.nonce`,
    `${WORK}commitment.jws`,
  ),
  'draw-reveal': signing(
    ({ number }) => `tongheng supervise draw reveal ${WORK} --task ${number} ${TRUST} --nonce bureau.nonce`,
    `${WORK}nonce.jws`,
  ),
  'draw-show': ({ number }) => [`tongheng supervise draw show ${WORK} --task ${number} ${TRUST} --population list.txt`],
  inspect: (words) => [`tongheng sign finding.json --key ${KEY} --out finding.jws`, submit('finding.jws', words)],
  'task-again': signing(() => 'tongheng supervise task task.json', `${WORK}task.jws`),
  measure: signing(() => 'tongheng supervise measure measure.json', `${WORK}measure.jws`),
  rectify: signing(() => 'tongheng supervise measure rectification.json', `${WORK}rectification.jws`),
  recheck: signing(() => 'tongheng supervise measure recheck.json', `${WORK}recheck.jws`),
  close: signing(() => 'tongheng supervise close closure.json', `${WORK}closure.jws`),
  join: signing(() => 'tongheng joint sign membership.json', `${WORK}membership.jws`),
  revise: signing(() => 'tongheng joint sign alliance.json', `${WORK}alliance.jws`),
  renew: signing(() => 'tongheng joint sign alliance.json', `${WORK}alliance.jws`),
}

const wordsOf = ({ number, node, iss, round, laboratory, isSolePilot = false }: CommandWords): Words => ({
  number: commandWord(number, 'NUMBER'),
  node: commandWord(node, 'https://NODE'),
  iss: commandWord(iss, 'USCC'),
  round: `--round=${round !== undefined && ID.test(round) ? round : 'ID'}`,
  laboratory: commandWord(laboratory, 'USCC'),
  isSolePilot,
})

/** The command lines of a step, in order. */
export const commandsOf = (name: DueName, words: CommandWords): readonly string[] => COMMANDS[name](wordsOf(words))

/** The command that fetches the statements of a piece of work and their receipts, which all later commands read. */
export const pullCommand = (words: CommandWords): string => {
  const read = wordsOf(words)
  return pull(read, read.node)
}
