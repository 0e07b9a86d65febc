/** Error messages of the page itself. */
import { faultOf } from '../base/error.js'
import { defineTexts } from '../base/message.js'

export const pageTexts = defineTexts({
  codes: {
    'page.trust-file': {
      zh: '{file} 不是信任文件：{path} 处有误',
      en: '{file} is not a trust file: fault at {path}',
      advice: {
        zh: '请向主管部门索取信任文件，或用 tongheng trust 写出',
        en: 'Ask the authority for its trust file, or write one with tongheng trust',
      },
    },
    'page.file-large': {
      zh: '{file} 有 {size} 字节，本页至多处理 {most} 字节',
      en: '{file} has {size} octets; this page takes {most}',
      advice: { zh: '请用 tongheng verify 或 tongheng replay', en: 'Use tongheng verify or tongheng replay' },
    },
    'page.no-inflate': {
      zh: '本浏览器打不开 {file}：没有解压功能',
      en: 'This browser cannot open {file}: it cannot inflate',
      advice: { zh: '请更新浏览器，或给出签名记录（.jws）', en: 'Update the browser, or give the signed record (.jws)' },
    },
    'page.stored-damaged': {
      zh: '本浏览器所存的信任文件已损坏，未使用',
      en: 'What this browser stores of the trust file is damaged and was not used',
      advice: {
        zh: '请清除已存文件，再重新核对、固定信任文件',
        en: 'Forget everything that is stored, then pin a trust file again after comparing its thumbprints',
      },
    },
    'page.node': {
      zh: '节点未能给出 {what}（{answer}）',
      en: 'The node did not give {what} ({answer})',
      advice: { zh: '请稍后再更新；已存的文件仍可使用', en: 'Update again later; what is stored stands' },
    },
    'page.answer-large': {
      zh: '节点的答复超过 {most} 字节，未读取',
      en: 'The answer of the node exceeds {most} octets and was not read',
      advice: { zh: '请告知节点运行方', en: 'Tell the operator of the node' },
    },
    'page.pins': {
      zh: '节点给出的 {authority} 信任列表不是由所填的根公钥签署的',
      en: 'The trust list of {authority} that the node gave does not have just the root keys entered',
      advice: {
        zh: '请与主管部门核对指纹；仍不一致的，请勿使用本节点',
        en: 'Compare the thumbprints with the authority; where they still differ, do not use this node',
      },
    },
  },
})

export const fault = faultOf(pageTexts)
