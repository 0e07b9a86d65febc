/** What is said of a spreadsheet that is not read. */
import { faultOf } from '../base/error.js'
import { defineTexts } from '../base/message.js'

const SPLIT = {
  zh: '请删去不需要的内容，或分成几个文件',
  en: 'Remove what is not needed, or split it into several files',
}
const AGAIN = {
  zh: '请用 Excel 或 WPS 打开后另存为 .xlsx，再试',
  en: 'Open it in Excel or WPS, save it as .xlsx, and try again',
}

export const spreadsheetTexts = defineTexts({
  codes: {
    'spreadsheet.unrecognised': {
      zh: '不是可读取的表格：既不是 .xlsx，也不是文本表格（CSV、制表符分隔）或网页表格',
      en: 'Not a spreadsheet that is read: neither .xlsx, nor text (CSV, tab-separated), nor a table in HTML',
      advice: AGAIN,
    },
    'spreadsheet.format': {
      zh: '这是 {format} 文件，不读取这种格式',
      en: 'This is a {format} file; that format is not read',
      advice: AGAIN,
    },
    'spreadsheet.encrypted': {
      zh: '这个文件设有打开密码，读不出',
      en: 'This file is protected by a password and cannot be read',
      advice: {
        zh: '请用 Excel 或 WPS 打开，在“文件—信息—保护工作簿”中清除密码后另存为 .xlsx',
        en: 'Open it in Excel or WPS, clear the password under File, Info, Protect Workbook, and save it as .xlsx',
      },
    },
    'spreadsheet.damaged': {
      zh: '表格文件损坏或不完整（{part}）',
      en: 'The spreadsheet file is damaged or cut short ({part})',
      advice: {
        zh: '请重新下载，或用 Excel、WPS 打开后另存为 .xlsx',
        en: 'Download it again, or open it in Excel or WPS and save it as .xlsx',
      },
    },
    'spreadsheet.doctype': {
      zh: '表格文件内（{part}）有文档类型声明，正常的表格没有，未读取',
      en: 'The spreadsheet file has a document type declaration ({part}), which no spreadsheet program writes, so it was not read',
      advice: {
        zh: '这可能是恶意文件，请查明来源',
        en: 'This may be an attack: find out where the file comes from',
      },
    },
    'spreadsheet.inflated-large': {
      zh: '表格文件解压后超过 {most} 字节，未读取',
      en: 'The spreadsheet file inflates to more than {most} octets, so it was not read',
      advice: {
        zh: '如非来源不明，请分成几个文件',
        en: 'If you trust where it comes from, split it into several files',
      },
    },
    'spreadsheet.no-inflate': {
      zh: '这个浏览器不能解压 .xlsx',
      en: 'This browser cannot open .xlsx',
      advice: {
        zh: '请换用较新的浏览器，或另存为“CSV UTF-8（逗号分隔）”',
        en: 'Use a newer browser, or save the table as “CSV UTF-8 (comma delimited)”',
      },
    },
    'spreadsheet.no-sheets': {
      zh: '文件内没有工作表',
      en: 'The file has no worksheet',
      advice: { zh: '请核对文件', en: 'See whether this is the right file' },
    },
    'spreadsheet.octets-many': {
      zh: '文件有 {size} 字节，至多读取 {most} 字节，未读取',
      en: 'The file has {size} octets; at most {most} are read, so it was not',
      advice: SPLIT,
    },
    'spreadsheet.sheets-many': {
      zh: '有 {count} 张工作表，至多读取 {most} 张，未读取',
      en: 'It has {count} sheets; at most {most} are read, so it was not',
      advice: SPLIT,
    },
    'spreadsheet.rows-many': {
      zh: '工作表“{sheet}”超过 {most} 行，未读取',
      en: 'The sheet “{sheet}” has more than {most} rows, so it was not read',
      advice: {
        zh: '请查看最后几行是否误填了内容并删去；行数属实的，请分成几个文件',
        en: 'See whether something was left far below the table and delete it; if the rows are real, split the file',
      },
    },
    'spreadsheet.columns-many': {
      zh: '工作表“{sheet}”第 {row} 行超过 {most} 列，未读取',
      en: 'Row {row} of the sheet “{sheet}” has more than {most} columns, so it was not read',
      advice: {
        zh: '请查看最右侧是否误填了内容并删去；文本表格请核对分隔符',
        en: 'See whether something was left far to the right and delete it; of a text table check the separator',
      },
    },
    'spreadsheet.cells-many': {
      zh: '填有内容的单元格超过 {most} 个，未读取',
      en: 'More than {most} cells hold something, so it was not read',
      advice: SPLIT,
    },
    'spreadsheet.merges-many': {
      zh: '工作表“{sheet}”的合并单元格超过 {most} 处，未读取',
      en: 'The sheet “{sheet}” has more than {most} merged regions, so it was not read',
      advice: {
        zh: '请把表格内容复制到新的工作簿（选择性粘贴—数值）',
        en: 'Copy the table into a new workbook (paste special, values)',
      },
    },
    'spreadsheet.nested-tables': {
      zh: '网页表格的单元格 {cell} 内又有表格，读不出行列',
      en: 'The cell {cell} of the HTML table has a table inside, so rows and columns cannot be told',
      advice: AGAIN,
    },
    'spreadsheet.cell-long': {
      zh: '工作表“{sheet}”的单元格 {cell} 超过 {most} 个字符',
      en: 'The cell {cell} of the sheet “{sheet}” has more than {most} characters',
      advice: {
        zh: '请改短该单元格；文本表格请核对引号是否成对',
        en: 'Shorten it; of a text table check that quotation marks come in pairs',
      },
    },
    'spreadsheet.write-large': {
      zh: '要写出的表格超过 4 GB，未写完',
      en: 'The spreadsheet to be written would have more than 4 GB, so it was given up',
      advice: { zh: '请分批写出，或改用 CSV', en: 'Write it in several parts, or as CSV' },
    },
    'spreadsheet.quote': {
      zh: '文本表格第 {line} 行的引号没有配对，此后的分栏不确定，未读取',
      en: 'A quotation mark in line {line} of the text table has no partner: where the cells end is not certain, so it was not read',
      advice: {
        zh: '请在该行补上或删去引号；单元格内的引号要写成两个（""）',
        en: 'Add or remove the mark in that line; inside a quoted cell it is written twice ("")',
      },
    },
    'spreadsheet.encoding': {
      zh: '文本表格的编码读不出：不是 UTF-8，也不是 GB 18030 或带标记的 UTF-16',
      en: 'The encoding of the text table cannot be read: neither UTF-8, nor GB 18030, nor UTF-16 with its mark',
      advice: {
        zh: '请在 Excel 中另存为“CSV UTF-8（逗号分隔）”或 .xlsx',
        en: 'Save it in Excel as “CSV UTF-8 (comma delimited)” or as .xlsx',
      },
    },
  },
})

export const fault = faultOf(spreadsheetTexts)
