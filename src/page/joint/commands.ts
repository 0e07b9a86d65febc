/**
 * The commands by which the steps of a piece of work are done. The page signs nothing: a key that signs for an institute or a bureau never
 * enters a page.
 */
import type { DueName } from '../../joint/inside.js'

/** What a command names. Members that are absent, or could be read as more than a word, are shown as their placeholder. */
export interface CommandWords {
  /** Number of the piece of work. */
  readonly number: string
  /** Address of the node. */
  readonly node?: string | undefined
  /** USCC of the body that signs. */
  readonly iss?: string | undefined
  /** Statement id of the protocol of a round. */
  readonly round?: string | undefined
  /** USCC of the laboratory whose result the pilots open. */
  readonly laboratory?: string | undefined
  /** Whether one pilot alone opens what a laboratory withholds; two open a layer each. */
  readonly isSolePilot?: boolean | undefined
}

/** Letters, digits, brackets and a few signs that mean nothing to a shell, between quotation marks or without. */
const PLAIN = /^[\p{L}\p{N}_.:/][\p{L}\p{N}_.:/-]*$/u
const QUOTABLE = /^[\p{L}\p{N}_.:/〔〕（）【】()[\]][\p{L}\p{N} _.:/〔〕（）【】()[\]—–-]*$/u

/** A word of a command. Statements are written by others: what a shell could take for more than a word never enters a command. */
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
  /** An id may begin with a hyphen, so that it stands with its option. */
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

/** The lines of a step, in their order. */
export const commandsOf = (name: DueName, words: CommandWords): readonly string[] => COMMANDS[name](wordsOf(words))

/** Fetches the statements of a piece of work and their receipts: what every later command reads. */
export const pullCommand = (words: CommandWords): string => {
  const read = wordsOf(words)
  return pull(read, read.node)
}
