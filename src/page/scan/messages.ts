/** Error messages of reading pictures. */
import { faultOf } from '../../base/error.js'
import { defineTexts } from '../../base/message.js'

export const scanTexts = defineTexts({
  codes: {
    'page.picture': {
      zh: '{file} 不能作为照片打开',
      en: '{file} cannot be opened as a picture',
      advice: { zh: '请用 JPEG 或 PNG 照片', en: 'Use a JPEG or PNG picture' },
    },
    'page.picture-large': {
      zh: '{file} 有 {width} × {height} 像素，本页至多处理 {most} 像素',
      en: '{file} has {width} × {height} pixels; this page takes {most} in all',
      advice: { zh: '请只拍标签，或缩小照片', en: 'Take a picture of the label alone, or a smaller one' },
    },
    'page.no-code': {
      zh: '{file} 中没有找到二维码',
      en: 'No code was found in {file}',
      advice: {
        zh: '请靠近标签、对准二维码重拍，四边留白；标签撕裂、缺角的，请核对证书',
        en: 'Go nearer and take the whole code with its white margin; where the label is torn, ask for the certificate',
      },
    },
    'page.code-unread': {
      zh: '{file} 中有二维码，但读不出内容：污损、撕裂、被遮挡，或照片不清',
      en: 'There is a code in {file}, but it cannot be read: dirty, torn, covered, or out of focus',
      advice: {
        zh: '请擦净标签、靠近、避开反光再拍一次；仍读不出的，请核对证书',
        en: 'Clean the label, go nearer, avoid glare and take it again; if that does not help, ask for the certificate',
      },
    },
    'page.decoder': {
      zh: '本浏览器不能运行识码程序',
      en: 'This browser cannot run the reader of codes',
      advice: {
        zh: '请用手机自带的相机扫标签，它会打开本页；或粘贴扫得的网址',
        en: 'Scan the label with the camera of the phone, which opens this page, or paste the text of the code',
      },
    },
  },
})

export const scanFault = faultOf(scanTexts)
