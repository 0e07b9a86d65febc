/**
 * Findings of a ledger: values that were changed, are doubtful, or contradict each other. Errors never have these codes, so they are not in
 * the union `Code` of `errors.ts`, because every code slows its narrowing in the compiler. `codes` has their texts.
 */
import { type Code, defineTexts, type Message, type MessageParams, messageOf } from '../base/message.js'

export const ledgerFindingTexts = defineTexts({
  codes: {
    'ledger.no-header': {
      zh: '工作表“{sheet}”中没有找到表头，未读取',
      en: 'No header row was found in the sheet “{sheet}”; it was not read',
      advice: {
        zh: '表头至少应有“器具名称”“出厂编号”“检定日期”等两列；也可指明表头所在行（映射文件的 header，或页面上选择）',
        en: 'A header row has at least two columns such as 器具名称, 出厂编号, 检定日期; its rows can also be stated (header of a mapping file, or chosen on the page)',
      },
    },
    'ledger.no-lines': { zh: '没有读出任何器具', en: 'No instrument was read' },
    'ledger.sheet-hidden': {
      zh: '工作表“{sheet}”是隐藏的，未读取',
      en: 'The sheet “{sheet}” is hidden and was not read',
      advice: { zh: '需要读取的，请在 Excel 中取消隐藏', en: 'Unhide it in Excel if it is to be read' },
    },
    'ledger.sheet-left-out': { zh: '工作表“{sheet}”按映射文件略去', en: 'The sheet “{sheet}” is left out, as the mapping says' },
    'ledger.column-likely': {
      zh: '列“{header}”按“{field}”读取',
      en: 'The column “{header}” is read as: {field}',
      advice: { zh: '请确认；不对的，在映射文件中更正', en: 'Confirm it, or correct it in the mapping' },
    },
    'ledger.column-doubtful': {
      zh: '列“{header}”可能是{candidates}；按其内容，作“{field}”读取',
      en: 'The column “{header}” may be {candidates}; by its cells it is read as: {field}',
      advice: { zh: '请确认；不对的，在映射文件中更正', en: 'Confirm it, or correct it in the mapping' },
    },
    'ledger.column-undecided': {
      zh: '列“{header}”可能是{candidates}，从内容看不出，原样保存、未作读取',
      en: 'The column “{header}” may be {candidates}; its cells do not tell, so it is kept as written and not read',
      advice: { zh: '请在映射文件中写明', en: 'State it in the mapping' },
    },
    'ledger.column-twice': {
      zh: '列“{header}”与“{first}”都是“{field}”，只读取后者，本列原样保存',
      en: 'The columns “{header}” and “{first}” are both: {field}. The latter is read; this one is kept as written',
      advice: { zh: '应读取本列的，在映射文件中更正', en: 'If this one is meant, correct the mapping' },
    },
    'ledger.column-unknown': {
      zh: '列“{header}”没有对应项，原样保存',
      en: 'The column “{header}” has no field of its own and is kept as written',
    },
    'ledger.column-left-out': {
      zh: '列“{header}”未导入：价格，或个人姓名、联系方式（个人信息保护法：以最小必要为限）',
      en: 'The column “{header}” is not imported: prices, or who persons are and how to reach them (PIPL: no more than needed)',
    },
    'ledger.mapping-column': {
      zh: '映射文件中的列“{header}”在工作表“{sheet}”里找不到',
      en: 'The column “{header}” of the mapping is not in the sheet “{sheet}”',
    },
    'ledger.mapping-sheet': {
      zh: '映射文件中没有工作表“{sheet}”，其映射为本次自动提出',
      en: 'The mapping file has no sheet “{sheet}”; its columns were proposed automatically for this run',
    },
    'ledger.header-repeated': { zh: '重复的表头，略去', en: 'The header row again; left out' },
    'ledger.total-row': { zh: '合计行“{text}”，略去', en: 'A row of totals (“{text}”); left out' },
    'ledger.note-row': { zh: '表下说明“{text}”，略去', en: 'A note under the table (“{text}”); left out' },
    'ledger.section-row': { zh: '分组标题“{text}”，略去', en: 'The title of a group (“{text}”); left out' },
    'ledger.row-without-instrument': {
      zh: '该行没有器具名称，也没有任何编号，未读取',
      en: 'The row has neither the name of an instrument nor a number; it was not read',
    },
    'ledger.name-from-sheet': {
      zh: '没有“器具名称”列，各行名称取自工作表名“{sheet}”',
      en: 'There is no column of names: the name of the sheet, “{sheet}”, is taken for every row',
    },
    'ledger.name-from-category': {
      zh: '没有“器具名称”列，各行名称取自器具类别',
      en: 'There is no column of names: the category of each row is taken',
    },
    'ledger.name-missing': {
      zh: '没有器具名称',
      en: 'The name of the instrument is missing',
    },
    'ledger.ditto': { zh: '“{text}”按上一行的 {read} 读取', en: '“{text}” is read as in the row above: {read}' },
    'ledger.merged': {
      zh: '合并单元格，其内容“{text}”用于 {from} 至 {to} 各行',
      en: 'A merged cell: “{text}” is taken for all its rows, {from} to {to}',
    },
    'ledger.cell-error': {
      zh: '单元格为错误值 {text}，未读取',
      en: 'The cell holds the error {text} and was not read',
      advice: { zh: '请在 Excel 中更正公式', en: 'Correct its formula in Excel' },
    },
    'ledger.cell-too-long': {
      zh: '单元格有 {length} 个字符，超过 {most} 个，未读取',
      en: 'The cell has {length} characters, more than {most}, and was not read',
    },
    'ledger.hidden-character': {
      zh: '含看不见的字符，已去除：{text}',
      en: 'It held characters that cannot be seen, which were removed: {text}',
    },
    'ledger.full-width': { zh: '全角字符按半角读取：{text} → {read}', en: 'Full-width characters are read as plain ones: {text} → {read}' },
    'ledger.formula': {
      zh: '由公式算出，取 Excel 上次保存的值 {text}',
      en: 'A formula: the value that Excel last saved, {text}, is taken',
    },
    'ledger.formula-unsaved': {
      zh: '公式没有保存计算结果，未读取',
      en: 'A formula without a saved value, which was not read',
      advice: { zh: '请用 Excel 打开并保存后再导入', en: 'Open the file in Excel, save it, and import it again' },
    },
    'ledger.as-shown': {
      zh: '按显示的 {text} 读取，单元格内为 {number}',
      en: 'Read as shown, {text}; the cell holds {number}',
    },
    'ledger.shown-rounded': {
      zh: '显示为 {text}，单元格内为 {number}，显示时已舍入；按显示的读取',
      en: 'Shown as {text}, but the cell holds {number}: what is shown was rounded. It is read as shown',
      advice: { zh: '请核对，必要时改为文本', en: 'Check it; make it a text if need be' },
    },
    'ledger.digits-lost': {
      zh: '编号 {text} 超过 15 位，Excel 已将末位改为 0，无法恢复，未读取',
      en: 'The number {text} has more than 15 digits: Excel has replaced the last ones by zeros. It cannot be restored and was not read',
      advice: { zh: '请按铭牌重新填写，先把单元格设为“文本”', en: 'Enter it again from the name plate, after setting the cell to Text' },
    },
    'ledger.phone-left-out': {
      zh: '其中的电话号码或身份证号未导入（个人信息保护法）',
      en: 'A telephone or identity number in it is left out (PIPL)',
    },
    'ledger.date-serial': {
      zh: '日期写成了 Excel 序列数 {text}，读作 {date}',
      en: 'The date is the serial number {text} of Excel, read as {date}',
      advice: { zh: '请核对；把该列设为日期格式', en: 'Check it; give the column the format of a date' },
    },
    'ledger.date-month': { zh: '“{text}”只有年月，没有日，保留为 {month}', en: '“{text}” has no day; it is kept as {month}' },
    'ledger.date-month-spoiled': {
      zh: '数值 {text} 可能是 {year} 年 1 月，也可能是 10 月（Excel 去掉了末尾的 0），未读取',
      en: 'The number {text} may be January or October {year}: Excel drops a last zero. It was not read',
      advice: { zh: '请按证书补全年月日', en: 'Write year, month and day as in the certificate' },
    },
    'ledger.date-impossible': { zh: '“{text}”不是存在的日期', en: '“{text}” is no existing date' },
    'ledger.date-unreadable': {
      zh: '“{text}”读不出日期',
      en: 'No date can be read from “{text}”',
      advice: { zh: '请写作 2026-07-11', en: 'Write 2026-07-11' },
    },
    'ledger.date-short-year': {
      zh: '“{text}”的年份不足四位，次序不明，未读取',
      en: '“{text}” has no year of four digits, so that its order is uncertain; it was not read',
      advice: { zh: '请写作 2026-07-11', en: 'Write 2026-07-11' },
    },
    'ledger.date-time': { zh: '“{text}”中的时刻略去，读作 {date}', en: 'The time in “{text}” is left out: {date}' },
    'ledger.date-as-shown': {
      zh: '单元格显示为 {shown}，其日期为 {date}，按后者读取',
      en: 'The cell shows {shown}; its date is {date}, which is taken',
    },
    'ledger.date-far': {
      zh: '{date} 离检定日期过远，像是“没有周期”的代用值',
      en: '{date} is so far off that it seems to stand for “no interval”',
      advice: { zh: '没有周期的，请写明“随坏随换”“首次检定”等', en: 'Where there is no interval, say so: 随坏随换, 首次检定' },
    },
    'ledger.interval-unit': {
      zh: '周期 {text} 没有单位，按 {text} 个月读取',
      en: 'The interval {text} has no unit; it is read as {text} months',
      advice: { zh: '请写作“{text}个月”，或在表头写“（月）”', en: 'Write {text}个月, or （月） in the header' },
    },
    'ledger.interval-unreadable': {
      zh: '“{text}”读不出周期',
      en: 'No interval can be read from “{text}”',
      advice: { zh: '请写作“6个月”“1年”“随坏随换”', en: 'Write 6个月, 1年 or 随坏随换' },
    },
    'ledger.range-unreadable': { zh: '“{text}”读不出数值范围，原样保存', en: 'No range can be read from “{text}”; it is kept as written' },
    'ledger.unit-missing': {
      zh: '“{text}”没有单位，原样保存，不作比较',
      en: '“{text}” has no unit; it is kept as written and not compared',
      advice: { zh: '请在单元格或表头写明单位，如“测量范围（MPa）”', en: 'Write the unit in the cell or the header, as 测量范围（MPa）' },
    },
    'ledger.unit-unknown': {
      zh: '不认识单位“{unit}”，原样保存，不作比较',
      en: 'The unit “{unit}” is not known; the value is kept as written and not compared',
    },
    'ledger.limits-unreadable': {
      zh: '“{text}”读不出限值，原样保存，不作比较',
      en: 'No limits can be read from “{text}”; it is kept as written and not compared',
    },
    'ledger.word-unknown': {
      zh: '不认识“{field}”的写法“{text}”，原样保存',
      en: '“{text}” is no known word for: {field}. It is kept as written',
    },
    'ledger.word-number': {
      zh: '“{field}”写成了数 {text}，各系统含义不同，未作判断',
      en: '{field} is the number {text}, which means different things in different systems; it is not decided',
      advice: { zh: '请在映射文件的 values 中写明含义', en: 'State its meaning under values in the mapping' },
    },
    'ledger.mark-pass': {
      zh: '“{field}”只打了“{text}”，读作合格',
      en: '{field} is only marked {text}; it is read as pass',
      advice: {
        zh: '请核对：也可能只表示已检定；含义可写在映射文件的 values 中',
        en: 'Check it: the mark may only say that it was verified; values of the mapping can state its meaning',
      },
    },
    'ledger.mark-fail': {
      zh: '“{field}”只打了“{text}”，读作不合格',
      en: '{field} is only marked {text}; it is read as fail',
      advice: {
        zh: '请核对：也可能只表示未检定；含义可写在映射文件的 values 中',
        en: 'Check it: the mark may only say that it was not verified; values of the mapping can state its meaning',
      },
    },
    'ledger.quantity-many': {
      zh: '一行写了 {count} 台（件）：无法逐台匹配证书和判断到期',
      en: 'One row stands for {count} instruments: none of them can be matched and dated by itself',
      advice: { zh: '请每台（件）一行，各有编号', en: 'Give each a row and a number of its own' },
    },
    'ledger.quantity-unreadable': { zh: '“{text}”读不出数量', en: 'No quantity can be read from “{text}”' },
    'ledger.category-ambiguous': {
      zh: '“{text}”不是类别表中的名称，可能是：{candidates}',
      en: '“{text}” is no name of the table of categories; it may be: {candidates}',
      advice: { zh: '请在“器具类别”中写明', en: 'State the category' },
    },
    'ledger.category-unknown': {
      zh: '本软件的类别表中没有“{text}”（不等于不在强制管理目录内）',
      en: '“{text}” is not in our table of categories (which does not say that the mandatory catalogue lacks it)',
    },
    'ledger.number-missing': {
      zh: '没有出厂编号，也没有自编号、号牌，无法匹配证书',
      en: 'There is no serial number, number of the holder or plate: no certificate can be matched',
    },
    'ledger.number-twice': {
      zh: '“{field}”{number} 与 {other} 重复',
      en: '{field} {number} is also in {other}',
      advice: { zh: '请核对是否同一台器具登记了两次', en: 'See whether one instrument is listed twice' },
    },
    'ledger.next-due-differs': {
      zh: '下次检定日期 {found} 与检定日期 {date} 加周期（{period}）不符：有效期应至 {until}',
      en: 'Next due {found} does not follow from {date} and the interval ({period}): valid until {until}',
      advice: {
        zh: '有效期至＝检定日期＋周期－1 日；下次检定日期为当日或次日',
        en: 'Valid until is the date and the interval less one day; next due is that day or the one after',
      },
    },
    'ledger.next-due-alone': {
      zh: '有器具只写了下次检定日期（{found}），没有有效期，检定日期和周期也推算不出：到期按该日期计',
      en: 'For some instruments only the next date is stated ({found}), with neither a validity nor a date and interval that give one: they fall due by it',
      advice: {
        zh: '请核对该日期是有效期的末日还是次日，或补全有效期',
        en: 'See whether it is the last day of validity or the day after, or add the validity',
      },
    },
    'ledger.valid-one-day': {
      zh: '有效期至 {found} 比检定日期 {date} 加周期（{period}）减 1 日多一天',
      en: 'Valid until {found} is one day more than {date} and the interval ({period}) less one day',
      advice: { zh: '以证书上的有效期为准', en: 'The certificate decides' },
    },
    'ledger.valid-until-differs': {
      zh: '有效期至 {found} 与检定日期 {date} 加周期（{period}）减 1 日不符：应为 {until}',
      en: 'Valid until {found} does not follow from {date} and the interval ({period}): {until}',
      advice: { zh: '请与证书核对', en: 'Compare it with the certificate' },
    },
    'ledger.expired-before-verified': {
      zh: '有效期至 {found} 早于检定日期 {date}',
      en: 'Valid until {found} is before the date of verification, {date}',
    },
    'ledger.due-before-verified': {
      zh: '下次检定日期 {found} 不晚于检定日期 {date}',
      en: 'Next due {found} is not after the date of verification, {date}',
    },
    'ledger.verified-in-future': { zh: '检定日期 {date} 晚于今天（{on}）', en: 'The date of verification, {date}, is after today ({on})' },
    'ledger.verified-before-made': {
      zh: '检定日期 {date} 早于出厂日期 {found}',
      en: 'The date of verification, {date}, is before the date of manufacture, {found}',
    },
    'ledger.failed-in-use': {
      zh: '检定结果为“{result}”，状态却是“{state}”',
      en: 'The result is {result}, yet the state is {state}',
      advice: { zh: '检定不合格的，不得使用（计量法实施细则）', en: 'What failed its verification must not be used' },
    },
    'ledger.due-stated': { zh: '台账所写有效期至 {until}', en: 'valid until {until}, as the ledger states' },
    'ledger.due-computed': {
      zh: '检定日期 {date} 加周期 {interval} 减 1 日，有效期至 {until}',
      en: '{date} and {interval} less one day: valid until {until}',
    },
    'ledger.due-planned': {
      zh: '没有有效期和周期，按台账所写下次检定日期 {until}',
      en: 'there is no validity and no interval: by the next date that the ledger plans, {until}',
    },
    'ledger.due-out-of-use': {
      zh: '状态为“{state}”，重新使用前须检定',
      en: 'its state is {state}: to be verified before it is used again',
    },
    'ledger.due-no-interval': { zh: '没有检定周期（{interval}）', en: 'it has no interval ({interval})' },
    'ledger.due-failed': {
      zh: '最近一次结果为“{result}”，不得使用，应修理后重新检定',
      en: 'its last result is {result}: it must not be used until it is repaired and verified again',
    },
    'ledger.due-no-date': { zh: '没有检定日期，也没有有效期', en: 'it has no date of verification and no validity' },
    'ledger.due-interval-missing': {
      zh: '检定日期 {date}，没有周期，也没有有效期',
      en: 'verified on {date}; there is no interval and no validity',
    },
    'ledger.due-date-partial': { zh: '日期“{text}”不完整或读不出', en: 'the date “{text}” is incomplete or cannot be read' },
    'ledger.joined': {
      zh: '工作表“{sheet}”按“{field}”并入“{into}”，{count} 行作为最近一次检定；较早的 {older} 行不用',
      en: 'The sheet “{sheet}” is joined to “{into}” by {field}: {count} row(s) as the last verification; {older} older one(s) are not used',
    },
    'ledger.join-none': {
      zh: '工作表“{sheet}”没有器具名称，也没有能与其他工作表对应的编号列，未读取',
      en: 'The sheet “{sheet}” names no instrument and has no column of numbers by which it could be joined; it was not read',
    },
    'ledger.join-unmatched': {
      zh: '“{field}”{number} 在“{into}”中没有对应的器具，该行未并入',
      en: '{field} {number} is no instrument of “{into}”; the row is not joined',
    },
    'ledger.join-ambiguous': {
      zh: '“{field}”{number} 在“{into}”中有多台，不能确定是哪一台，该行未并入',
      en: '{field} {number} is several instruments of “{into}”; which one is uncertain, and the row is not joined',
    },
    'ledger.join-tie': {
      zh: '“{field}”{number} 有多条同日或无日期的记录，不能确定哪条是最近一次，均未并入',
      en: '{field} {number} has several rows of one date or of none: which is the last is uncertain, and none is joined',
    },
  },
})

export type LedgerCode = keyof (typeof ledgerFindingTexts)['codes']

/** The text of a finding with its parameters. */
export const say = (code: LedgerCode, params?: MessageParams): Message => messageOf(code as unknown as Code, params)
