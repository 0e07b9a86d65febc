/** Texts about an archive that cannot be read, and about an entry in it. */
import { faultOf } from '../base/error.js'
import { defineTexts } from '../base/message.js'

export const archiveTexts = defineTexts({
  codes: {
    'archive.damaged': {
      zh: '压缩包 {file} 损坏或不完整：文件目录读不出',
      en: 'The archive {file} is damaged or cut short: its directory cannot be read',
      advice: { zh: '请重新下载，或请对方重新打包', en: 'Download it again, or ask for it to be packed again' },
    },
    'archive.entries-many': {
      zh: '压缩包 {file} 内有 {count} 个文件，至多读取 {most} 个，未打开',
      en: 'The archive {file} has {count} entries; at most {most} are read, so it was not opened',
      advice: { zh: '请分成几个压缩包，或解压后判定文件夹', en: 'Split it, or unpack it and judge the folder' },
    },
    'archive.total-large': {
      zh: '压缩包 {file} 解压后超过 {most} 字节，自此以下的文件未读取',
      en: 'The archive {file} unpacks to more than {most} octets; what follows in it was not read',
      advice: {
        zh: '如非来源不明，请分成几个压缩包，或解压后判定文件夹',
        en: 'If you trust where it comes from, split it, or unpack it and judge the folder',
      },
    },
    'archive.entry-large': {
      zh: '{file} 解压后有 {size} 字节，至多读取 {most} 字节，未读取',
      en: '{file} unpacks to {size} octets; at most {most} are read, so it was not',
      advice: { zh: '请分成几个文件', en: 'Split it into several files' },
    },
    'archive.entry-damaged': {
      zh: '压缩包内的 {file} 损坏：解压结果与压缩包目录所记不符',
      en: '{file} is damaged in its archive: what it unpacks to is not what the directory of the archive states',
      advice: { zh: '请重新下载，或请对方重新打包', en: 'Download it again, or ask for it to be packed again' },
    },
    'archive.encrypted': {
      zh: '压缩包内的 {file} 已加密，读不出',
      en: '{file} is encrypted in its archive and cannot be read',
      advice: { zh: '请用密码解压后再判定', en: 'Unpack it with its password, then judge it' },
    },
    'archive.method': {
      zh: '{file} 用第 {method} 号方法压缩，只读取 0（存储）和 8（Deflate）',
      en: '{file} is compressed by method {method}; only 0 (stored) and 8 (deflate) are read',
      advice: { zh: '请解压后判定，或请对方用通常的方式打包', en: 'Unpack it and judge it, or ask for an ordinary .zip' },
    },
    'archive.name': {
      zh: '压缩包内的文件名 {file} 不可接受：指向压缩包之外，或含有不可见字符，未读取',
      en: 'The name {file} in the archive is not accepted: it leads out of the archive, or has hidden characters; it was not read',
      advice: {
        zh: '正常打包不会有这样的文件名，请查明压缩包的来源',
        en: 'No ordinary program packs such a name: find out where the archive comes from',
      },
    },
    'archive.no-statements': {
      zh: '压缩包 {file} 内没有可判定的文件',
      en: 'The archive {file} holds no file that can be judged',
      advice: { zh: '请核对是否打包了签名记录（.jws）', en: 'Check that signed statements (.jws) were packed' },
    },
  },
})

export const fault = faultOf(archiveTexts)
