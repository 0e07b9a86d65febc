import { isTonghengError } from '../../base/error.js'
import { messageOf } from '../../base/messages/index.js'
import { createSigner } from '../../envelope/index.js'
import { createClient } from '../../exchange/client.js'
import { openMaterial } from '../../verify/index.js'
import { type Command, FORMAT } from '../command.js'
import { readInputs, readKey, readTrustFile, textOf } from '../files.js'

export const submit: Command = {
  name: 'submit',
  usage: 'submit [FILE …] --node URL --iss USCC --key FILE',
  summary: { zh: '向节点提交签名件，取回回执', en: 'Submit signed statements to a node and get the receipts' },
  options: {
    node: { type: 'string', value: 'URL', help: { zh: '节点地址', en: 'address of the node' } },
    'node-id': { type: 'string', value: 'ID', help: { zh: '节点标识，默认同地址', en: 'id of the node, default its address' } },
    iss: { type: 'string', value: 'USCC', help: { zh: '提交机构的统一社会信用代码', en: 'unified social credit code of the sender' } },
    key: { type: 'string', value: 'FILE', help: { zh: '提交机构的私钥文件', en: 'private key of the sender' } },
    trust: {
      type: 'string',
      value: 'FILE',
      help: { zh: '信任文件；给出则核验回执签名', en: 'trust file; with it, receipts are verified' },
    },
    format: FORMAT,
  },
  notes: {
    zh: '重复提交同一签名件是安全的，得到同一回执。退出码：0 全部收存；1 有退回或待定；2 用法有误或连不上。',
    en: 'Submitting the same statement again is safe and gives the same receipt. Exit code: 0 all accepted; 1 some rejected or pending; 2 misuse or unreachable.',
  },
  async run(args, terminal) {
    const language = args.choice('lang', ['zh', 'en'])
    const asJson = args.choice('format', ['text', 'json']) === 'json'
    const [url, iss, keyFile] = [args.required('node'), args.required('iss'), args.required('key')]
    const key = await readKey(keyFile, terminal, messageOf('cli.key-open', { file: keyFile })[language])
    const [id, trustFile] = [args.text('node-id'), args.text('trust')]
    const trust = trustFile === undefined ? undefined : (await openMaterial(await readTrustFile(trustFile), terminal.now())).trust
    const client = createClient({
      node: { url, ...(id !== undefined && { id }) },
      caller: { iss, signer: await createSigner(key) },
      ...(trust && { trust }),
      now: terminal.now,
    })
    let isAllAccepted = true
    const results = []
    for (const input of await readInputs(args.files, terminal)) {
      try {
        const { receipt, claims, isNew } = await client.records.submit(textOf(input))
        const { decision, sub: statementId, reasons } = claims
        isAllAccepted &&= decision === 'accepted'
        results.push({ file: input.name, decision, statementId, isNew, receipt, reasons })
        if (asJson) continue
        const word = messageOf(`cli.decision-${decision}`)[language]
        terminal.print(
          `${input.name}  ${terminal.paint(word, decision === 'accepted' ? 'pass' : decision === 'rejected' ? 'fail' : 'warn')}  ${statementId}`,
        )
        for (const reason of reasons) terminal.print(`  ${reason.code} ${reason.path ?? ''} ${reason.message[language]}`)
      } catch (error) {
        if (!isTonghengError(error, 'client.problem')) throw error
        isAllAccepted = false
        const { problem, checks } = error.details as {
          problem: { code: string; receipt?: string }
          checks?: { code: string; path?: string; message: { zh: string; en: string } }[]
        }
        results.push({ file: input.name, decision: 'refused', code: problem.code, receipt: problem.receipt, reasons: checks ?? [] })
        if (asJson) continue
        terminal.print(`${input.name}  ${terminal.paint(problem.code, 'fail')}  ${error.text[language]}`)
        for (const reason of checks ?? []) terminal.print(`  ${reason.code} ${reason.path ?? ''} ${reason.message[language]}`)
      }
    }
    if (asJson) terminal.print(JSON.stringify(results))
    return isAllAccepted ? 0 : 1
  },
}
