/** `supervise task`, `measure`, `close`: signs a document of joint supervision. */
import { checkDocument, type JointKind, jointKinds, readJointDocument, signJoint } from '../../joint/index.js'
import type { Arguments, ExitCode } from '../command.js'
import type { Terminal } from '../terminal.js'
import { checkOut, documentIn, filesAfter, give, type Language, languageIn, momentIn, signerIn } from './material.js'
import { fault } from './messages.js'

/** The kind that each action signs. */
const SIGNS = {
  task: ['supervision-task'],
  measure: ['supervision-measure', 'supervision-rectification', 'supervision-recheck'],
  close: ['supervision-closure'],
} as const satisfies Readonly<Record<string, readonly JointKind[]>>

/** @throws `cli.supervise-kind`, `joint.*` */
export const signs =
  (action: keyof typeof SIGNS) =>
  async (args: Arguments, terminal: Terminal): Promise<ExitCode> => {
    const files = filesAfter(args, 1)
    await checkOut(args, files)
    const iss = args.required('iss')
    const { file, json } = await documentIn(files, terminal)
    const document = readJointDocument(json)
    const language = languageIn(args)
    const kinds: readonly string[] = SIGNS[action]
    if (!kinds.includes(document.kind)) {
      const titleIn = (of: Language) => (kind: string) => jointKinds.get(kind)?.title[of] ?? kind
      const known = { zh: kinds.map(titleIn('zh')).join('、'), en: kinds.map(titleIn('en')).join(', ') }
      throw fault('cli.supervise-kind', { file, kind: jointKinds.get(document.kind)?.title, action, known })
    }
    const signed = await signJoint(document, { iss, signer: await signerIn(args, terminal), at: momentIn(args, terminal) })
    for (const { status, code, path, message } of checkDocument(document))
      if (status === 'warn') terminal.warn(`${terminal.paint(code, 'warn')} ${path ?? ''} ${message[language]}`)
    await give(signed, args, terminal)
    return 0
  }
