import { generateKey } from '../../envelope/index.js'
import { ALGORITHMS, algorithmIn } from '../algorithm-option.js'
import { type Command, FORMAT } from '../command.js'
import { writeNew, writeSecret } from '../outputs.js'

export const keygen: Command = {
  name: 'keygen',
  mostFiles: 0,
  usage: `keygen --out FILE [--public FILE] [--alg ${ALGORITHMS}]`,
  summary: {
    zh: '生成密钥对：私钥写入文件（仅本人可读），公钥显示出来供登记',
    en: 'Make a key pair: the private key goes into a file only its owner can read, the public one is printed for registration',
  },
  options: {
    out: { type: 'string', value: 'FILE', help: { zh: '私钥文件，不得已存在', en: 'file for the private key; must not exist yet' } },
    public: {
      type: 'string',
      value: 'FILE',
      help: { zh: '公钥另写一份，交主管部门登记，不得已存在', en: 'write the public key too, for registration; must not exist yet' },
    },
    alg: { type: 'string', value: ALGORITHMS, help: { zh: '算法，默认 ES256', en: 'algorithm, default ES256' } },
    format: FORMAT,
  },
  async run(args, terminal) {
    const file = args.required('out')
    // Parse every option before writing anything: a mistyped option must not create a key.
    const asJson = args.choice('format', ['text', 'json']) === 'json'
    const zh = args.choice('lang', ['zh', 'en']) === 'zh'
    const wanted = algorithmIn('--alg', args.text('alg'))
    const { alg, kid, publicJwk, privateJwk } = await generateKey(wanted)
    const publicFile = args.text('public')
    await writeSecret(file, `${JSON.stringify({ ...privateJwk, alg, kid }, null, 2)}\n`)
    if (publicFile !== undefined) await writeNew(publicFile, `${JSON.stringify(publicJwk, null, 2)}\n`)
    if (asJson) {
      terminal.print(JSON.stringify({ file, alg, kid, publicJwk }))
      return 0
    }
    terminal.print(zh ? `私钥已写入 ${file}（权限 600）` : `The private key is in ${file} (mode 600)`)
    terminal.print(`kid  ${kid}`)
    terminal.print(zh ? '公钥（请主管部门登记）：' : 'Public key (to be registered by the authority):')
    terminal.print(JSON.stringify(publicJwk))
    return 0
  },
}
