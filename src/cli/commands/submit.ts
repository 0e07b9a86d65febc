import { digestText } from '#native'
import { isTonghengError } from '../../base/error.js'
import type { Text } from '../../base/message.js'
import {
  type Client,
  createClient,
  createOutbox,
  type Drained,
  entryTypeOf,
  type OutboxOptions,
  readReceipt,
  type SubmissionAnswer,
} from '../../client/index.js'
import { createSigner, type SignedText, type StatementType, statementId } from '../../envelope/index.js'
import type { Trust } from '../../trust/index.js'
import { openMaterial } from '../../verify/index.js'
import { type Command, FORMAT } from '../command.js'
import { readKey, readTrustFile } from '../files.js'
import { statementsOf } from '../lines.js'
import { fault, say } from '../messages.js'
import { openQueue } from '../outbox-file.js'
import { createProgress } from '../progress.js'
import type { Terminal } from '../terminal.js'
import { namingOldLists, warnOfOldLists } from '../trust/old-lists.js'

export const submit: Command = {
  name: 'submit',
  usage: 'submit [FILE …] --node URL --iss USCC --key FILE',
  summary: { zh: '向节点提交签名记录，取回回执', en: 'Submit signed statements to a node and get the receipts' },
  options: {
    node: { type: 'string', value: 'URL', help: { zh: '节点地址', en: 'address of the node' } },
    'node-id': { type: 'string', value: 'ID', help: { zh: '节点标识，默认同地址', en: 'id of the node, default its address' } },
    iss: { type: 'string', value: 'USCC', help: { zh: '提交机构的统一社会信用代码', en: 'unified social credit code of the sender' } },
    key: { type: 'string', value: 'FILE', help: { zh: '提交机构的私钥文件', en: 'private key of the sender' } },
    trust: {
      type: 'string',
      value: 'FILE',
      help: {
        zh: '信任文件：据此核验回执的签名和日志位置；用待发箱时必须给出',
        en: 'trust file, by which receipts and their places in the log are verified; needed with an outbox',
      },
    },
    receiver: {
      type: 'string',
      value: 'USCC',
      help: {
        zh: '待发箱：运行节点的主管部门，只认其回执；默认为将 --iss 列入信任列表的主管部门',
        en: 'outbox: authority that runs the node, whose receipts alone count; default the one that lists --iss',
      },
    },
    outbox: {
      type: 'string',
      value: 'FILE',
      help: {
        zh: '待发箱：先写入此文件再发，凭可核验的回执逐件了结；中断后再运行即续发',
        en: 'outbox: written into this file first, and settled by receipts that verify; run again after a break, it goes on',
      },
    },
    patience: {
      type: 'string',
      value: 'SECONDS',
      help: {
        zh: '待发箱：连不上或答复无回执为证时，重试多少秒，默认 60',
        en: 'outbox: for how many seconds to try again where the node cannot be reached or answers without proof, default 60',
      },
    },
    format: FORMAT,
  },
  notes: {
    zh: '可提交签名记录，也可提交状态公告。每个文件一份，或每行一份（NDJSON），大小不限。重复提交同一份是安全的，得到同一回执。逐行一份的文件只列出未接收的；--format json 每件输出一行，含回执。\n退出码：0 全部已接收；1 有已退回、待处理或不受理的；2 用法有误或连不上。',
    en: 'Statements are records, or notices of status. A file holds one statement, or one a line (NDJSON), of any size. Submitting the same statement again is safe and gives the same receipt. Of a file with one a line only what was not accepted is listed; --format json gives a line for each, with its receipt.\nExit code: 0 all accepted; 1 some rejected, pending or refused; 2 misuse or unreachable.',
  },
  async run(args, terminal) {
    const language = args.choice('lang', ['zh', 'en'])
    const asJson = args.choice('format', ['text', 'json']) === 'json'
    const [url, iss, keyFile] = [args.required('node'), args.required('iss'), args.required('key')]
    const patience = patienceOf(args.text('patience'))
    const key = await readKey(keyFile, terminal, say('cli.key-open', { file: keyFile })[language])
    const [id, trustFile, outbox] = [args.text('node-id'), args.text('trust'), args.text('outbox')]
    const trust = trustFile === undefined ? undefined : (await openMaterial(await readTrustFile(trustFile), terminal.now())).trust
    const receiver = args.text('receiver') ?? trust?.entity(iss)?.list.payload.iss
    const proof = outbox === undefined ? undefined : proofOf(trust, receiver)
    const client = createClient({
      node: { url, ...(id !== undefined && { id }) },
      caller: { iss, signer: await createSigner(key) },
      ...(trust && { trust }),
      now: terminal.now,
    })
    const account = createAccount(terminal, { language, asJson })
    const asking = trust && trustFile !== undefined ? { file: trustFile, trust, node: url, language } : undefined
    try {
      await namingOldLists(asking, terminal, () =>
        outbox === undefined || proof === undefined
          ? sendAll(client, args.files, terminal, account)
          : sendThroughOutbox({ client, ...proof }, args.files, terminal, { file: outbox, patience, account }),
      )
    } finally {
      account.end()
    }
    if (account.isAnyWaiting() && asking !== undefined) await warnOfOldLists(asking, terminal)
    return account.isAllAccepted() ? 0 : 1
  },
}

const SUBMITTED: readonly StatementType[] = ['metrology-record+jwt', 'metrology-notice+jwt', 'metrology-joint+jwt']
const signaturesOf = (signed: SignedText): readonly string[] => (typeof signed === 'string' ? [signed] : signed)

/** @throws `cli.option-value` */
function patienceOf(text: string | undefined): number {
  const seconds = Number(text ?? '60')
  if (!Number.isInteger(seconds) || seconds < 0) throw fault('cli.option-value', { option: '--patience', expected: '0–' })
  return seconds
}

/** @throws `cli.option-missing`: without them no entry of an outbox could be settled */
function proofOf(trust: Trust | undefined, receiver: string | undefined): Pick<OutboxOptions, 'trust' | 'receiver'> {
  const missing = trust === undefined ? '--trust' : '--receiver'
  if (trust === undefined || receiver === undefined) throw fault('cli.option-missing', { command: 'submit --outbox', option: missing })
  return { trust, receiver }
}

async function sendAll(client: Client, files: readonly string[], terminal: Terminal, account: Account): Promise<void> {
  const under: { readonly label: string; readonly isAlone: boolean }[] = []
  async function* statements(): AsyncGenerator<string> {
    for await (const { signed, label, isAlone } of statementsOf(files, terminal, SUBMITTED)) {
      // Each signature is one statement for a node; over the same content they have one id, and one receipt.
      for (const statement of signaturesOf(signed)) {
        under.push({ label, isAlone })
        yield statement
      }
    }
  }
  for await (const submission of client.records.submitMany(statements())) {
    // Answers arrive in the order of submission.
    const of = under.shift() as (typeof under)[number]
    account.enter(of, lineOf(submission))
  }
}

async function sendThroughOutbox(
  to: Omit<OutboxOptions, 'queue'>,
  files: readonly string[],
  terminal: Terminal,
  { file, patience, account }: { readonly file: string; readonly patience: number; readonly account: Account },
): Promise<void> {
  const queue = await openQueue(file)
  try {
    const outbox = createOutbox({ ...to, queue })
    const given = new Set<number>()
    async function* statements(): AsyncGenerator<string> {
      for await (const { signed } of statementsOf(files, terminal, SUBMITTED))
        for (const statement of signaturesOf(signed)) {
          given.add(keyOf(digestText(statement)))
          yield statement
        }
    }
    // Nothing new to store: only queued statements are sent.
    const hasInput = files.length > 0 || !terminal.isInputInteractive
    const added = hasInput ? await outbox.add(files.length > 0 ? statements() : unlessEmpty(statements())) : 0
    // What an earlier run settled is not sent again. If it was not accepted, this is told again: the exit code must not say otherwise.
    if (added < given.size)
      for await (const result of queue.results())
        if (result.outcome !== 'accepted' && given.has(keyOf(result.id)))
          account.enter({ label: idOf(result.statement), isAlone: false }, await settledLine(result))
    for await (const result of outbox.drain({ retrySeconds: patience }))
      account.enter({ label: idOf(result.statement), isAlone: false }, await settledLine(result))
  } finally {
    await queue.close()
  }
}

/** 48 bits of the id of an entry: a million of them fit into memory. */
const keyOf = (id: string): number => Buffer.from(id.slice(0, 8), 'base64url').readUIntBE(0, 6)

/** Empty standard input adds nothing. */
async function* unlessEmpty(statements: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    yield* statements
  } catch (error) {
    if (!isTonghengError(error, 'content.empty')) throw error
  }
}

const idOf = (statement: string): string => statementId(entryTypeOf(statement) ?? 'metrology-record+jwt', statement.split('.')[1] ?? '')

interface Line {
  /** `waiting`: answered without proof, and still queued. */
  readonly decision: 'accepted' | 'rejected' | 'pending' | 'refused' | 'waiting'
  readonly statementId?: string
  readonly isNew?: boolean
  readonly code?: string | undefined
  readonly receipt?: string | undefined
  readonly text?: Text
  readonly reasons: readonly { readonly code: string; readonly path?: string | undefined; readonly message: Text }[]
}

function lineOf(submission: SubmissionAnswer): Line {
  if (submission.problem !== undefined) {
    const { code, receipt, checks, text } = submission.problem
    return { decision: 'refused', code, receipt, text, reasons: checks ?? [] }
  }
  const { claims, receipt, isNew } = submission
  return { decision: claims.decision, statementId: claims.sub, isNew, receipt, reasons: claims.reasons }
}

async function settledLine(result: Drained): Promise<Line> {
  if (result.outcome === 'waiting') {
    const { code, text } = result.fault
    return { decision: 'waiting', code, text, reasons: [] }
  }
  const { outcome, receipt, code } = result
  if (outcome === 'refused' || receipt === undefined) return { decision: 'refused', code, receipt, reasons: [] }
  const { sub, reasons } = await readReceipt(receipt)
  return { decision: outcome, statementId: sub, receipt, reasons }
}

interface Account {
  enter(of: { readonly label: string; readonly isAlone: boolean }, line: Line): void
  end(): void
  isAllAccepted(): boolean
  /** True if an answer proved nothing. */
  isAnyWaiting(): boolean
}

const PAINTS = { accepted: 'pass', rejected: 'fail', pending: 'warn', refused: 'fail' } as const

/** Prints each result as it arrives; for many, only those that were not accepted, and the totals. */
function createAccount(terminal: Terminal, { language, asJson }: { readonly language: 'zh' | 'en'; readonly asJson: boolean }): Account {
  const counts = { accepted: 0, rejected: 0, pending: 0, refused: 0 }
  const progress = createProgress(terminal, language)
  let [done, isMany, isAnyWaiting] = [0, false, false]
  return {
    enter({ label, isAlone }, line) {
      if (line.decision === 'waiting') isAnyWaiting = true
      else {
        counts[line.decision]++
        done++
      }
      isMany ||= !isAlone
      if (asJson) {
        const { text, ...rest } = line
        terminal.print(JSON.stringify({ file: label, ...rest, ...(text && { message: text }) }))
        return
      }
      progress.show(done)
      if (line.decision === 'accepted' && !isAlone) return
      const { decision, reasons } = line
      if (decision === 'refused' || decision === 'waiting')
        terminal.print(`${label}  ${terminal.paint(line.code ?? '', 'fail')}  ${line.text?.[language] ?? ''}`.trimEnd())
      else terminal.print(`${label}  ${terminal.paint(say(`cli.decision-${decision}`)[language], PAINTS[decision])}  ${line.statementId}`)
      for (const { code, path, message } of reasons) terminal.print(`  ${code} ${path ?? ''} ${message[language]}`)
    },
    end() {
      const rate = progress.end()
      if (isMany && !asJson) terminal.print(say('cli.submit-total', { done, ...counts, rate })[language])
    },
    isAllAccepted: () => counts.accepted === done,
    isAnyWaiting: () => isAnyWaiting,
  }
}
