/** Texts of the steps that are due; loaded with joint statements. */
import type { Text } from '../../base/message.js'
import { say, sayerOf } from '../texts.js'

export const DUE_TEXTS = {
  title: say('下一步', 'What is due'),
  nothing: say('没有待办的步骤。', 'Nothing is due.'),
  signing: say(
    '签名私钥不进入网页：本页只给出下一步的命令，签署由命令行完成。',
    'A key that signs never enters a page: this page shows the command of the next step, and the command line signs.',
  ),
  signer: say('签名机构', 'Who signs'),
  command: say('“{step}”的命令', 'Commands: {step}'),
  copy: say('复制命令', 'Copy the commands'),
  copied: say('已复制', 'Copied'),
  first: say('首先取得协同记录和回执，存入 work/ 文件夹', 'First fetch the statements and receipts into the folder work/'),
  prepared: say('下载加入声明（JSON）', 'Download the declaration (JSON)'),
} as const satisfies Readonly<Record<string, Text>>

export type DueTextKey = keyof typeof DUE_TEXTS
export const dueText = sayerOf<DueTextKey>(DUE_TEXTS)
