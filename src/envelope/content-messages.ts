/** Messages that name an input other than the expected statement or record. `{file}` is its name. */
import { faultOf } from '../base/error.js'
import { type CodeOf, codeOf, defineTexts } from '../base/message.js'

export const contentTexts = defineTexts({
  codes: {
    'content.empty': {
      zh: '{file} 是空的，没有签名记录',
      en: '{file} is empty: there is no signed statement in it',
      advice: { zh: '请核对文件是否传送完整', en: 'Check that the file was transmitted whole' },
    },
    'content.byte-order-mark': {
      zh: '{file} 第 {line} 行以字节顺序标记（BOM）开头；BOM 只能在文件开头',
      en: 'Line {line} of {file} begins with a byte order mark (BOM), which may only stand at the beginning of a file',
      advice: {
        zh: '几个文件拼接时会这样：请去掉该行的 BOM，或分别给出各文件',
        en: 'Files that were joined have one within: remove it from that line, or give the files one by one',
      },
    },
    'content.utf-16': {
      zh: '{file} 是 UTF-16 或 UTF-32 编码的文本（PowerShell 的“>”会写成这样）',
      en: '{file} is text in UTF-16 or UTF-32 (as “>” of PowerShell writes it)',
      advice: {
        zh: '请另存为 UTF-8；写文件请用 tongheng sign --out',
        en: 'Save it as UTF-8; write files with tongheng sign --out',
      },
    },
    'content.line': {
      zh: '{file} 第 {line} 行不是签名记录',
      en: 'Line {line} of {file} is no signed statement',
      advice: {
        zh: '文件应每行一份签名记录；同一内容的几个签名各占一行，前后相连',
        en: 'A file holds one statement a line; several signatures over one content stand on lines of their own, one after the other',
      },
    },
    'content.broken-lines': {
      zh: '{file} 中的签名记录被断成了几行（自第 {line} 行起）',
      en: 'The statement in {file} is broken over several lines, from line {line} on',
      advice: {
        zh: '请去掉中间的换行（邮件和编辑器常自动折行），或使用原文件',
        en: 'Remove the line breaks, which mail and editors insert, or use the original file',
      },
    },
    'content.several': {
      zh: '{file} 中有几份不同的签名记录，此处只能给一份',
      en: '{file} holds several different statements; one is expected here',
      advice: { zh: '请一次只给一份', en: 'Give one at a time' },
    },
    'content.record': {
      zh: '{file} 是还没有签名的记录（JSON），不是签名记录',
      en: '{file} is a record in JSON that nobody has signed, not a signed statement',
      advice: {
        zh: '检查记录用 tongheng check；签署用 tongheng sign，再判定得到的签名记录',
        en: 'tongheng check checks a record; tongheng sign signs it into a statement, which can then be judged',
      },
    },
    'content.evidence': {
      zh: '{file} 是证据包，不能用在这里',
      en: '{file} is an evidence bundle, which is not expected here',
      advice: { zh: '请用 tongheng replay 重新得出判定', en: 'tongheng replay computes its verdict again' },
    },
    'content.trust-file': {
      zh: '{file} 是信任文件，不能用在这里',
      en: '{file} is a trust file, which is not expected here',
      advice: { zh: '信任文件用选项 --trust 给出', en: 'Give a trust file by the option --trust' },
    },
    'content.trust-draft': {
      zh: '{file} 是信任列表草稿，不能用在这里',
      en: '{file} is a draft of a trust list, which is not expected here',
      advice: { zh: '请用 tongheng trust 处理', en: 'Use it with tongheng trust' },
    },
    'content.agreement-draft': {
      zh: '{file} 是协议草稿，不能用在这里',
      en: '{file} is a draft of an agreement, which is not expected here',
      advice: { zh: '请用 tongheng agreement 处理', en: 'Use it with tongheng agreement' },
    },
    'content.verdict': {
      zh: '{file} 是判定结果，不能用在这里',
      en: '{file} is a verdict, which is not expected here',
      advice: { zh: '请给出所判定的签名记录', en: 'Give the statement that was judged' },
    },
    'content.node-answer': {
      zh: '{file} 是节点的应答，签名记录在其成员 statement 中',
      en: '{file} is an answer of a node; the statement is its member “statement”',
      advice: { zh: '请取出该成员，例如用 jq -r .statement', en: 'Extract that member, for example with jq -r .statement' },
    },
    'content.key': {
      zh: '{file} 是密钥文件，不能用在这里',
      en: '{file} is a key file, which is not expected here',
      advice: { zh: '密钥用选项 --key 给出；私钥不得交给他人', en: 'Give a key by the option --key; never hand a private key on' },
    },
    'content.quoted': {
      zh: '{file} 中的签名记录带有引号（JSON 字符串）',
      en: 'The statement in {file} stands in quotation marks (a JSON string)',
      advice: { zh: '请去掉引号，例如用 jq -r', en: 'Remove the quotation marks, for example with jq -r' },
    },
    'content.jws-json': {
      zh: '{file} 是 JWS 的 JSON 序列化形式；此处只用紧凑形式',
      en: '{file} is a JWS in a JSON serialisation; only the compact one is used here',
      advice: { zh: '请向出具机构索取签名记录原文', en: 'Ask the issuer for the signed statement itself' },
    },
    'content.json': {
      zh: '{file} 是 JSON，不能用在这里',
      en: '{file} is JSON, which is not expected here',
      advice: {
        zh: '签名记录由 tongheng sign 写出，是以两个点分开的三段文字',
        en: 'tongheng sign writes statements: three segments separated by two dots',
      },
    },
    'content.pdf': {
      zh: '{file} 是 PDF 文件，不能用在这里',
      en: '{file} is a PDF file, which is not expected here',
      advice: { zh: '请向出具机构索取证书的签名记录（.jws）', en: 'Ask the issuer for the signed statement of the certificate (.jws)' },
    },
    'content.archive': {
      zh: '{file} 是压缩包或办公文档（OFD、Word、Excel 等），不能用在这里',
      en: '{file} is an archive or an office document (OFD, Word, Excel …), which is not expected here',
      advice: { zh: '请先解压，或向出具机构索取签名记录（.jws）', en: 'Unpack it, or ask the issuer for the signed statement (.jws)' },
    },
    'content.image': {
      zh: '{file} 是图片，不能用在这里',
      en: '{file} is an image, which is not expected here',
      advice: { zh: '请向出具机构索取证书的签名记录（.jws）', en: 'Ask the issuer for the signed statement of the certificate (.jws)' },
    },
    'content.xml': {
      zh: '{file} 是 XML 或网页，不能用在这里',
      en: '{file} is XML or a web page, which is not expected here',
      advice: { zh: '请核对下载的是否为签名记录本身', en: 'Check that what was downloaded is the statement itself' },
    },
    'content.pem': {
      zh: '{file} 是 PEM 格式的证书或密钥，不能用在这里',
      en: '{file} is a certificate or a key in PEM, which is not expected here',
      advice: { zh: '请给出 tongheng sign 写出的签名记录', en: 'Give a statement as tongheng sign writes it' },
    },
    'content.unknown': {
      zh: '{file} 不是签名记录，也看不出是什么文件',
      en: '{file} is no signed statement, nor any kind of file that is known here',
      advice: {
        zh: '签名记录由 tongheng sign 写出，是以两个点分开的三段文字',
        en: 'tongheng sign writes statements: three segments separated by two dots',
      },
    },
    'content.signed-record': {
      zh: '{file} 是记录的签名记录，不能用在这里',
      en: '{file} is a signed record, which is not expected here',
      advice: { zh: '判定记录用 tongheng verify', en: 'tongheng verify judges records' },
    },
    'content.receipt': {
      zh: '{file} 是节点的回执，不能用在这里',
      en: '{file} is a receipt of a node, which is not expected here',
      advice: {
        zh: '回执证明节点收存了签名记录；请给出所收存的签名记录',
        en: 'A receipt proves that a node took a statement in; give that statement',
      },
    },
    'content.signed-trust-list': {
      zh: '{file} 是签名的信任列表，不能用在这里',
      en: '{file} is a signed trust list, which is not expected here',
      advice: {
        zh: '请放入信任文件的 trustLists，用 --trust 给出',
        en: 'Put it into trustLists of the trust file, and give that by --trust',
      },
    },
    'content.signed-agreement': {
      zh: '{file} 是签名的互认协议，不能用在这里',
      en: '{file} is a signed agreement, which is not expected here',
      advice: {
        zh: '请放入信任文件的 agreements，用 --trust 给出',
        en: 'Put it into agreements of the trust file, and give that by --trust',
      },
    },
    'content.signed-catalogue': {
      zh: '{file} 是主管部门签名的器具与规程目录，不能用在这里',
      en: '{file} is a signed catalogue of an authority, which is not expected here',
      advice: {
        zh: '请放入信任文件的 catalogues，或用 --catalogue 给出',
        en: 'Put it into catalogues of the trust file, or give it by --catalogue',
      },
    },
    'content.notice': {
      zh: '{file} 是状态公告，不能用在这里',
      en: '{file} is a notice of status, which is not expected here',
      advice: {
        zh: '请放入信任文件的 notices；向节点提交用 tongheng submit',
        en: 'Put it into notices of the trust file; tongheng submit sends it to a node',
      },
    },
    'content.status-list': {
      zh: '{file} 是状态表，不能用在这里',
      en: '{file} is a status list, which is not expected here',
      advice: {
        zh: '请放入信任文件的 statusLists；查看用 tongheng status show --list',
        en: 'Put it into statusLists of the trust file; tongheng status show --list shows it',
      },
    },
    'content.request': {
      zh: '{file} 是一次调用的签名请求，不能用在这里',
      en: '{file} is the signed request of a call, which is not expected here',
      advice: { zh: '请给出记录的签名记录', en: 'Give the signed record' },
    },
    'content.reader': {
      zh: '{file} 是节点的读者登记，不能用在这里',
      en: '{file} is an entry of a register of readers, which is not expected here',
      advice: { zh: '请给出记录的签名记录', en: 'Give the signed record' },
    },
    'content.label': {
      zh: '{file} 是标签，不能用在这里',
      en: '{file} is a label, which is not expected here',
      advice: { zh: '请给出标签所指的记录的签名记录', en: 'Give the signed record that the label names' },
    },
    'content.joint': {
      zh: '{file} 是协同记录，不能用在这里',
      en: '{file} is a joint statement, which is not expected here',
      advice: { zh: '协同记录用 tongheng joint 查看', en: 'Read it with tongheng joint' },
    },
  },
})

export const fault = faultOf(contentTexts)
export type ContentCode = CodeOf<typeof contentTexts>

export const coded = codeOf(contentTexts)
