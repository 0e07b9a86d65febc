/** `supervise draw`: commits to a nonce, reveals it, and shows the draw of a task. */
import { encodeBase64url } from '#native'
import { civilDateOf } from '../../base/date.js'
import { Digest } from '../../base/schema.js'
import {
  type Draw,
  type DrawCommitment,
  drawOf,
  drawStateNames,
  type Joint,
  type JointStatement,
  nonceDigest,
  populationOf,
  type SupervisionTask,
  signJoint,
} from '../../joint/index.js'
import { dueInDraw } from '../../joint/inside.js'
import { type Arguments, actionOf, type ExitCode } from '../command.js'
import { readBytes } from '../files.js'
import { readJoint, recognitionsIn } from '../joint/read-joint.js'
import { dueLines } from '../joint/tell-joint.js'
import { fault as optionFault } from '../messages.js'
import { checkNew, writeSecret } from '../outputs.js'
import type { Terminal } from '../terminal.js'
import { checkOut, filesAfter, give, giveLines, languageIn, momentIn, paintFor, populationIn, signerIn } from './material.js'
import { fault, say } from './messages.js'

type Action = (args: Arguments, terminal: Terminal) => Promise<ExitCode>
/** Length of a nonce in octets. */
const NONCE = 32

export const draw: Action = (args, terminal) => {
  const [, name = ''] = args.files
  return actionOf('supervise draw', ACTIONS, name)(args, terminal)
}

/** Commits to a list and to a new nonce, which is written to a file that must not exist. */
const commit: Action = async (args, terminal) => {
  const [iss, nonceFile] = [args.required('iss'), args.required('nonce')]
  if (args.list('population').length === 0) throw optionFault('cli.option-missing', { option: '--population', command: 'supervise draw' })
  const files = filesAfter(args, 2)
  await checkOut(args, files)
  const signer = await signerIn(args, terminal)
  const { digest, count } = populationOf((await populationIn(args)) ?? [])
  const { joint } = await readJoint(files, args, terminal)
  const at = momentIn(args, terminal)
  const { document, statementId } = taskIn(joint, args, iss).task
  mustBeBureau(document, iss)
  if (joint.of('draw-commitment', document.number).some(({ issuer }) => issuer.uscc === iss))
    throw fault('cli.draw-committed', { iss, taskNo: document.number })
  const nonce = encodeBase64url(crypto.getRandomValues(new Uint8Array(NONCE)))
  const made: DrawCommitment = {
    kind: 'draw-commitment',
    version: 1,
    taskNo: document.number,
    task: statementId,
    population: { digest, count },
    nonce: nonceDigest(nonce, { bureau: iss, task: statementId }),
    committedOn: civilDateOf(at),
  }
  const signed = await signJoint(made, { iss, signer, at })
  // Write the nonce first: if it is lost after the commitment, the draw fails.
  await checkNew(nonceFile)
  await writeSecret(nonceFile, `${nonce}\n`)
  await give(signed, args, terminal)
  terminal.warn(say('cli.draw-nonce-written', { file: nonceFile })[languageIn(args)])
  return 0
}

/** Reveals the nonce; rejected before both commitments exist. */
const reveal: Action = async (args, terminal) => {
  const [iss, nonceFile] = [args.required('iss'), args.required('nonce')]
  const files = filesAfter(args, 2)
  await checkOut(args, files)
  const signer = await signerIn(args, terminal)
  const nonce = new TextDecoder().decode(await readBytes(nonceFile)).trim()
  if (!Digest.safeParse(nonce).success) throw fault('cli.draw-nonce-file', { file: nonceFile })
  const { joint } = await readJoint(files, args, terminal)
  const at = momentIn(args, terminal)
  const { task, findings, state } = drawIn(joint, args, terminal)
  mustBeBureau(task.document, iss)
  const taskNo = task.document.number
  const commitments = task.document.bureaus.map(({ uscc }) =>
    joint.of('draw-commitment', taskNo).find(({ issuer }) => issuer.uscc === uscc),
  )
  const isReady = commitments.every((one) => one?.loggedAt !== undefined) && findings.every(({ status }) => status === 'warn')
  if (!isReady) throw fault('cli.draw-too-early', { taskNo, state: drawStateNames[state] })
  const own = commitments.find((one) => one?.issuer.uscc === iss) as JointStatement<DrawCommitment>
  if (own.document.nonce !== nonceDigest(nonce, { bureau: iss, task: own.document.task }))
    throw fault('cli.draw-nonce-other', { file: nonceFile, iss })
  const document = { kind: 'draw-nonce', version: 1, taskNo, commitment: own.statementId, nonce, revealedOn: civilDateOf(at) } as const
  await give(await signJoint(document, { iss, signer, at }), args, terminal)
  return 0
}

/** Shows the state of a draw; computes the drawn parties if the list is given. */
const show: Action = async (args, terminal) => {
  const language = languageIn(args)
  const asJson = args.choice('format', ['text', 'json']) === 'json'
  const files = filesAfter(args, 2)
  await checkOut(args, files)
  const population = await populationIn(args)
  const read = await readJoint(files, args, terminal)
  const found = drawIn(read.joint, args, terminal, population)
  const recognitions = (await recognitionsIn(read, args, terminal))(found.task)
  const { state, task, sides, parties = [], findings, population: committed } = found
  const due = dueInDraw(found, momentIn(args, terminal))
  const paint = paintFor(args, terminal)
  const as = state === 'failed' ? 'fail' : state === 'undecided' ? 'warn' : 'pass'
  const lines = [
    paint(`${task.document.number}  ${task.document.theme[language] ?? task.document.theme.zh}`, 'bold'),
    paint(drawStateNames[state][language], as),
    ...findings.map(({ code, status, message }) => `${paint(code, status === 'fail' ? 'fail' : 'warn')} ${message[language]}`),
    ...recognitions.flatMap(({ message, findings: reasons }) => [
      message[language],
      ...reasons.map(({ code, status, message: reason }) => `  ${paint(code, status === 'fail' ? 'fail' : 'warn')} ${reason[language]}`),
    ]),
    ...dueLines(due, language),
    ...parties,
  ]
  const data = {
    state,
    task: task.statementId,
    taskNo: task.document.number,
    sides,
    population: committed,
    parties,
    findings,
    recognitions,
    due,
  }
  if (asJson) await give(JSON.stringify(data), args, terminal)
  else await giveLines(lines, args, terminal)
  return state === 'failed' || state === 'undecided' ? 1 : 0
}

const ACTIONS: Readonly<Record<string, Action>> = { commit, reveal, show }

const mustBeBureau = ({ bureaus, number }: SupervisionTask, iss: string): void => {
  if (!bureaus.some(({ uscc }) => uscc === iss)) throw fault('cli.draw-not-bureau', { iss, taskNo: number })
}

/** The task number: that of --task, or the only one in the files. @throws `cli.supervise-tasks`, `cli.draw-none` */
function taskNoIn(joint: Joint, args: Arguments): string {
  const given = args.text('task')
  if (given !== undefined) return given
  const numbers = [...new Set(joint.of('supervision-task').map(({ document }) => document.number))]
  const [only] = numbers
  if (only === undefined) throw fault('cli.draw-none')
  if (numbers.length > 1) throw fault('cli.supervise-tasks', { count: numbers.length, known: numbers.slice(0, 5).join(', ') })
  return only
}

/** The task of a commitment, which must be valid and signed by one of its own bureaus. @throws `cli.draw-none` */
function taskIn(joint: Joint, args: Arguments, iss: string): { readonly task: JointStatement<SupervisionTask> } {
  const counting = joint.of('supervision-task', taskNoIn(joint, args)).filter(({ counts }) => counts)
  const names = ({ document }: JointStatement<SupervisionTask>, uscc: string): boolean => document.bureaus.some((one) => one.uscc === uscc)
  const own = counting.filter((one) => names(one, one.issuer.uscc))
  const naming = own.filter((one) => names(one, iss))
  // If no task names the bureau, the caller reports that the bureau does not take part in the draw.
  const [task, ...others] = naming.length > 0 ? naming : own
  if (task === undefined) throw fault('cli.draw-none')
  if (others.length > 0) throw fault('cli.supervise-tasks', { count: others.length + 1, known: task.document.number })
  return { task }
}

/** @throws `cli.draw-none` */
function drawIn(joint: Joint, args: Arguments, terminal: Terminal, population?: readonly string[]): Draw {
  const found = drawOf(joint, taskNoIn(joint, args), { at: momentIn(args, terminal), ...(population && { population }) })
  if (found === undefined) throw fault('cli.draw-none')
  return found
}
