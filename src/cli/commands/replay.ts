import { excerpt } from '../../base/excerpt.js'
import { messageOf, type Text } from '../../base/message.js'
import { thumbprint } from '../../envelope/index.js'
import { outcomeWord, writeVerdictText } from '../../report/index.js'
import { type Outcome, replayEvidence } from '../../verify/index.js'
import { type Command, type ExitCode, FORMAT, FULL } from '../command.js'
import { jsonOf, readInputs, readTrustFile } from '../files.js'
import { say } from '../messages.js'

const TOLD = {
  same: 'evidence.same',
  extended: 'evidence.extended',
  overruled: 'evidence.overruled',
  different: 'evidence.differs',
} as const
const MAX_PLACES = 12

const inBoth = (outcome: Outcome): Text => ({ zh: outcomeWord(outcome, 'zh'), en: outcomeWord(outcome, 'en') })
const placesText = (places: readonly string[]): string =>
  [...places.slice(0, MAX_PLACES), ...(places.length > MAX_PLACES ? ['…'] : [])].map((place) => excerpt(place, 60)).join(', ')

export const replay: Command = {
  name: 'replay',
  mostFiles: 1,
  usage: 'replay [BUNDLE] [--trust FILE]',
  summary: {
    zh: '由证据包重新得出判定，并与当时的逐字节比较',
    en: 'Compute the verdict of an evidence bundle again and compare it byte for byte',
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
    zh: '证据包由 tongheng verify --bundle 写出。不联网，不看时钟。此后的版本新增、改进或改换文字的检查另行列出，不影响与当时的比较。退出码：0 判定逐字节相同，或只有这些变化而结论不变；1 不同，或新增、改进的检查改变结论，或未给 --trust（证据包只是自证）；2 用法或输入有误。',
    en: 'Bundles are written by tongheng verify --bundle. No network, no clock. Checks that a later version added, mended or put into other words are listed apart. Exit code: 0 the same verdict byte for byte, or the same but for such checks, with the same outcome; 1 another, or one whose outcome such checks change, or no --trust was given (the bundle vouches for itself); 2 misuse or bad input.',
  },
  async run(args, terminal) {
    const language = args.choice('lang', ['zh', 'en'])
    const asJson = args.choice('format', ['text', 'json']) === 'json'
    const trustFile = args.text('trust')
    const pinned = trustFile === undefined ? undefined : (await readTrustFile(trustFile)).anchors
    const [input] = await readInputs(args.files, terminal)
    const { bundle, verdict, comparison } = await replayEvidence(jsonOf(input as NonNullable<typeof input>, 'content.evidence'), {
      ...(pinned && { anchors: pinned }),
    })
    if (pinned === undefined) {
      const roots = await Promise.all(
        bundle.anchors.flatMap(({ authority, keys }) => keys.map(async (key) => `${authority} ${await thumbprint(key)}`)),
      )
      const told = say('evidence.own-anchors', { roots: roots.join(', ') })
      terminal.warn(told[language])
      if (told.advice !== undefined) terminal.warn(`  ${told.advice[language]}`)
    }
    const { package: version, catalogue } = bundle.madeBy
    const { outcome } = bundle.verdict
    const { result, added, revised, reworded, differing } = comparison
    const isSame = result === 'same' || result === 'extended'
    // A forged bundle is consistent with its own root keys too, so they prove nothing.
    const code: ExitCode = isSame && pinned !== undefined ? 0 : 1
    if (asJson) {
      terminal.print(JSON.stringify({ comparison, madeBy: bundle.madeBy, verdict }))
      return code
    }
    terminal.printLines(writeVerdictText(verdict, { language, full: args.flag('full'), paint: terminal.paint }))
    const told = messageOf(TOLD[result], { version, catalogue, outcome: inBoth(outcome), now: inBoth(verdict.outcome) })
    terminal.print(terminal.paint(told[language], isSame ? 'pass' : 'fail'))
    for (const check of added) terminal.print(`  ${terminal.paint(`${check.id} ${check.status}`, check.status)} ${check.message[language]}`)
    if (revised.length > 0) terminal.print(`  ${say('evidence.revised', { places: placesText(revised) })[language]}`)
    if (reworded.length > 0) terminal.print(`  ${say('evidence.reworded', { places: placesText(reworded) })[language]}`)
    if (differing.length > 0) terminal.print(`  ${say('evidence.differing', { places: placesText(differing) })[language]}`)
    if (told.advice !== undefined) terminal.print(`  ${told.advice[language]}`)
    return code
  },
}
