import { messageOf } from '../../base/messages/index.js'
import { thumbprint } from '../../envelope/index.js'
import { outcomeWord, writeVerdictText } from '../../report/index.js'
import { replayEvidence } from '../../verify/index.js'
import { type Command, FORMAT, FULL } from '../command.js'
import { jsonOf, readInputs, readTrustFile } from '../files.js'

export const replay: Command = {
  name: 'replay',
  mostFiles: 1,
  usage: 'replay [BUNDLE] [--trust FILE]',
  summary: {
    zh: '由证据包重新得出判定，并与当时的逐字节比较',
    en: 'Compute the verdict of an evidence bundle anew and compare it byte for byte',
  },
  options: {
    trust: {
      type: 'string',
      value: 'FILE',
      help: { zh: '信任文件：以自己固定的根公钥为准', en: 'trust file: its pinned root keys count, not the bundle’s' },
    },
    full: FULL,
    format: FORMAT,
  },
  notes: {
    zh: '证据包由 tongheng verify --bundle 写出。不联网，不看时钟。退出码：0 判定相同；1 不同；2 用法或输入有误。',
    en: 'Bundles are written by tongheng verify --bundle. No network, no clock. Exit code: 0 the same verdict; 1 another; 2 misuse or bad input.',
  },
  async run(args, terminal) {
    const language = args.choice('lang', ['zh', 'en'])
    const asJson = args.choice('format', ['text', 'json']) === 'json'
    const trustFile = args.text('trust')
    const pinned = trustFile === undefined ? undefined : (await readTrustFile(trustFile)).anchors
    const [input] = await readInputs(args.files, terminal)
    const { bundle, verdict, isSame } = await replayEvidence(jsonOf(input as NonNullable<typeof input>), {
      ...(pinned && { anchors: pinned }),
    })
    if (pinned === undefined) {
      const roots = await Promise.all(
        bundle.anchors.flatMap(({ authority, keys }) => keys.map(async (key) => `${authority} ${await thumbprint(key)}`)),
      )
      terminal.warn(messageOf('evidence.own-anchors', { roots: roots.join(', ') })[language])
    }
    const { package: version, catalogue } = bundle.madeBy
    const { outcome } = bundle.verdict
    if (asJson) terminal.print(JSON.stringify({ isSame, madeBy: bundle.madeBy, verdict }))
    else {
      terminal.print(writeVerdictText(verdict, { language, full: args.flag('full'), paint: terminal.paint }))
      const told = messageOf(isSame ? 'evidence.same' : 'evidence.differs', {
        version,
        catalogue,
        outcome: { zh: outcomeWord(outcome, 'zh'), en: outcomeWord(outcome, 'en') },
      })
      terminal.print(terminal.paint(told[language], isSame ? 'pass' : 'fail'))
    }
    return isSame ? 0 : 1
  },
}
