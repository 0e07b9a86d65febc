/** Texts of the scanner; loaded with it. */
import type { Text } from '../../base/message.js'
import { say, sayerOf } from '../texts.js'

export const SCAN_TEXTS = {
  title: say('扫标签', 'Scan a label'),
  starting: say('正在打开摄像头……', 'Opening the camera …'),
  aim: say('对准标签上的二维码', 'Point at the code on the label'),
  nearer: say('看得到二维码，但读不出：请靠近、避开反光。', 'A code is there but cannot be read yet: go nearer, avoid glare.'),
  torn: say('始终读不出的，标签可能已损坏，请核对证书。', 'If it never reads, the label may be damaged: ask for the certificate.'),
  photograph: say('拍照识别', 'Take a picture'),
  pictures: say('选择照片', 'Choose pictures'),
  light: say('补光', 'Light'),
  close: say('关闭', 'Close'),
  file: say('从文件打开的页面没有实时摄像头，请拍照识别。', 'A page opened from a file has no live camera: take a picture.'),
  plain: say(
    '经未加密的 http 打开的页面没有实时摄像头，请拍照识别。',
    'A page that came over plain http has no live camera: take a picture.',
  ),
  wechat: say(
    '微信内不能实时扫描，请拍照识别、粘贴，或点右上角“在浏览器打开”。',
    'There is no live camera inside WeChat: take a picture, paste, or open this page in the browser (menu at the top right).',
  ),
  absent: say('没有可用的摄像头，请拍照识别。', 'No camera can be used here: take a picture.'),
  refused: say(
    '摄像头未获允许。请在浏览器设置中允许本页使用摄像头，或拍照识别。',
    'The camera was not allowed. Allow it for this page in the settings of the browser, or take a picture.',
  ),
} as const satisfies Readonly<Record<string, Text>>

export type ScanKey = keyof typeof SCAN_TEXTS
export const scanText = sayerOf<ScanKey>(SCAN_TEXTS)
