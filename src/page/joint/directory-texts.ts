/** Texts of the capability directory; loaded with it. */
import type { Text } from '../../base/message.js'
import { say, sayerOf } from '../texts.js'

export const DIRECTORY_TEXTS = {
  title: say('谁能做', 'Who can do it'),
  ofNode: say(
    '查询本节点公开的能力目录，不须登录。能力由机构自行声明并签署，是否在授权范围内按主管部门的信任列表核对。',
    'This asks the public directory of the node; signing in is not needed. Institutes sign their claims, which are compared with their authorisation in the trust list of their authority.',
  ),
  ofFiles: say(
    '查询所给文件中的技术能力声明。能力由机构自行声明并签署，是否在授权范围内按主管部门的信任列表核对。',
    'This asks the claims of capabilities in the files. Institutes sign their claims, which are compared with their authorisation in the trust list of their authority.',
  ),
  noFiles: say('请先选择技术能力声明（.jws，可为多份或压缩包）。', 'First choose claims of capabilities (.jws; several, or a .zip).'),
  chooseFiles: say('选择文件', 'Choose files'),
  noTrust: say(
    '尚未固定主管部门的根公钥，声明的真实性无从核对：请先在“判定所用的文件”中放入信任文件。',
    'No authority’s root keys are pinned, so that no claim can be verified: first give a trust file under “What this page judges by”.',
  ),
  can: say('检定、校准项目（被测量或器具名称）', 'What is to be measured (quantity or instrument)'),
  canHint: say('如 转矩、压力表', 'for example torque, pressure gauge'),
  range: say('测量范围（可不填）', 'Range (optional)'),
  rangeHint: say('如 0..500 N.m', 'for example 0..500 N.m'),
  uncertainty: say('扩展不确定度不大于（可不填）', 'Largest expanded uncertainty (optional)'),
  uncertaintyHint: say('如 0.1 %', 'for example 0.1 %'),
  find: say('查找', 'Find'),
  finding: say('正在查找……', 'Looking …'),
  asked: say('所查：{what}；按 {day} 的情形。', 'Asked: {what}; as of {day}.'),
  read: say('依据：{count} 份协同记录。', 'Statements read: {count}.'),
  found: say('共 {count} 项', 'Found: {count}'),
  granted: say('其中 {count} 项在授权范围内，并满足所求。', 'Of these, {count} within the authorisation and sufficient.'),
  none: say('没有符合的能力声明。', 'No claim fits.'),
  absence: say(
    '本目录中没有，不等于没有机构能做：机构可能没有签署声明，或声明未提交到本节点。',
    'That this directory has none does not mean that nobody can do it: an institute may not have signed a claim, or not submitted it here.',
  ),
  absenceFiles: say(
    '所给文件中没有，不等于没有机构能做：其他机构的声明可能不在这些文件中。',
    'That these files have none does not mean that nobody can do it: claims of other institutes may not be among them.',
  ),
  cut: say(
    '节点的目录超过 {most} 份，只读了前 {most} 份：其余的机构，以及对这些声明的更新、撤回，不在以下结果中。完整查询请用 tongheng find。',
    'The directory of the node has more than {most} statements, of which the first {most} were read: further institutes, and newer versions of these claims, are not in the answer. For the whole use tongheng find.',
  ),
  notOn: say('另有 {count} 份能力声明已过期或尚未开始，未列入。', 'Claims that have ended or not begun, and are not listed: {count}.'),
  notCounting: say(
    '另有 {count} 份能力声明不计（自相矛盾、已撤回或不能断定），未列入。',
    'Claims that do not count (contradictory, revoked or undecided), and are not listed: {count}.',
  ),
  left: say('未采用 {count} 份', 'Left out: {count}'),
  leftOne: say('{name}：{reason}', '{name}: {reason}'),
  saveCsv: say('下载清单（CSV）', 'Download the list (CSV)'),
  notDrawn: say('只列出前 {count} 项，清单文件中有全部。', 'The first {count} are shown; the file has all.'),
  atMost: say('U ≤ {value} {unit}', 'U ≤ {value} {unit}'),
  separator: say('；', '; '),
  code: say('代码', 'Code'),
  close: say('关闭', 'Close'),
} as const satisfies Readonly<Record<string, Text>>

export type DirectoryTextKey = keyof typeof DIRECTORY_TEXTS
export const directoryText = sayerOf<DirectoryTextKey>(DIRECTORY_TEXTS)
