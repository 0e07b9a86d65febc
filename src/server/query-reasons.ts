/** Reasons why a parameter is invalid, beyond its schema. */
export const queryReasons = {
  encoding: {
    zh: '百分号转码不完整，或不是 UTF-8（GBK 等编码须先转为 UTF-8）',
    en: 'its percent-encoding is cut short, or is not UTF-8 (convert GBK and the like to UTF-8 first)',
  },
  instant: {
    zh: '须为带时区的时刻，如 2025-06-16T09:00:00%2B08:00（查询串中“+”表示空格，须写作 %2B）',
    en: 'a moment with an offset is expected, such as 2025-06-16T09:00:00%2B08:00 (in a query a plus means a blank: write %2B)',
  },
  instrument: { zh: 'serial 与 plate 至少给出一个', en: 'give serial or plate, or both' },
  placeholder: { zh: '“无”“/”“000000”等不是出厂编号，不能用来查找器具', en: 'a placeholder such as “/” or “000000” names no instrument' },
  tile: { zh: '不是瓦片的序号（C2SP tlog-tiles）', en: 'it is no index of a tile (C2SP tlog-tiles)' },
} as const
