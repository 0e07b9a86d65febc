/** Messages of certificates: errors of writing and reading them, and words on their pages. */
import { faultOf } from '../base/error.js'
import { defineTexts } from '../base/message.js'

export const certificateTexts = defineTexts({
  codes: {
    'certificate.record': {
      zh: '不是可以排版的记录：{reason}',
      en: 'This is no record that can be laid out: {reason}',
      advice: { zh: '请先用 tongheng check 检查该记录', en: 'Check the record first: tongheng check' },
    },
    'certificate.glyph': {
      zh: '字体中没有这些字：{characters}（如“{place}”）',
      en: 'The font has no glyph for {characters} (as in “{place}”)',
      advice: {
        zh: '请换用收录该字的中文字体；缺字不会以空白代替',
        en: 'Use a Chinese font that has them; a missing glyph is never left blank',
      },
    },
    'certificate.font': {
      zh: '字体文件无法使用：{reason}',
      en: 'The font cannot be used: {reason}',
      advice: {
        zh: '请给出 TrueType 或 OpenType 字体文件（.ttf、.otf），不支持字体集（.ttc）',
        en: 'Give a TrueType or OpenType file (.ttf, .otf); a collection (.ttc) is not supported',
      },
    },
    'certificate.label': {
      zh: '不是标签二维码的文本',
      en: 'This is not the text of the code of a label',
      advice: {
        zh: '请给出 tongheng sign --label 写出的文本（网址加数字）',
        en: 'Give the text that tongheng sign --label writes: an address and digits',
      },
    },
    'certificate.label-other': {
      zh: '标签不是本记录的：{members}不一致',
      en: 'The label is not of this record: {members} differ',
      advice: {
        zh: '请给出由本记录制作的标签（tongheng sign --label）',
        en: 'Give the label that was made of this record (tongheng sign --label)',
      },
    },
    'certificate.label-uncompared': {
      zh: '无法核对标签是否属于本记录：{reason}',
      en: 'Whether the label is of this record cannot be compared: {reason}',
      advice: {
        zh: '请不带 --label 排版，或换用能读该标签的版本、已签名的记录',
        en: 'Lay it out without the label, or with a version that reads it, or from the signed record',
      },
    },
    'certificate.pdfkit': {
      zh: '生成 PDF 需要软件包 pdfkit，此处没有安装',
      en: 'Writing PDF needs the package pdfkit, which is not installed here',
      advice: { zh: '请执行 npm install pdfkit', en: 'Run npm install pdfkit' },
    },
    'certificate.pdf': {
      zh: '该 PDF 中没有可取出的签名记录：{reason}',
      en: 'No signed statement can be taken out of this PDF: {reason}',
      advice: {
        zh: '请使用出具机构给出的原文件；打印、扫描或另存的 PDF 不含签名记录',
        en: 'Use the file that the issuer gave out; a printed, scanned or re-saved PDF does not hold the statement',
      },
    },
  },
})

export const fault = faultOf(certificateTexts)
