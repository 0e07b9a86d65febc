/** Administrative divisions (民政部《县以上行政区划代码》) of Sichuan and Chongqing, and the province characters used in local specification numbers. */
import type { Text } from '../base/messages/index.js'

export interface Region {
  /** Six digits. */
  readonly code: string
  readonly name: Text
}

/** Province or municipality by its two digits. */
export interface Province {
  readonly code: string
  readonly name: Text
  /** The character in JJG(川), JJF(渝). */
  readonly character: string
}

// Characters of all provinces, so that JJG(京) reads as local and JJG(交通) as a ministry's.
const CHARACTERS =
  '京11 津12 冀13 晋14 蒙15 辽21 吉22 黑23 沪31 苏32 浙33 皖34 闽35 赣36 鲁37 豫41 鄂42 湘43 粤44 桂45 琼46 渝50 川51 贵52 黔52 滇53 云53 藏54 陕61 甘62 陇62 青63 宁64 新65'

/** Two-digit province code by its character. */
export const provinceByCharacter: ReadonlyMap<string, string> = new Map(
  CHARACTERS.split(' ').map((entry) => [entry.slice(0, 1), entry.slice(1)]),
)

/** The two provinces of this agreement. */
export const provinces: ReadonlyMap<string, Province> = new Map(
  [
    { code: '50', name: { zh: '重庆', en: 'Chongqing' }, character: '渝' },
    { code: '51', name: { zh: '四川', en: 'Sichuan' }, character: '川' },
  ].map((province) => [province.code, province]),
)

/** Name of a province; the code itself where it is not one of the two. */
export const provinceName = (code: string): Text => provinces.get(code)?.name ?? { zh: code, en: code }

// Chongqing has no prefecture level: its districts stand beside Sichuan's cities. 两江新区, 高新区 and 万盛 have no code.
const SICHUAN =
  '510100成都Chengdu 510300自贡Zigong 510400攀枝花Panzhihua 510500泸州Luzhou 510600德阳Deyang 510700绵阳Mianyang 510800广元Guangyuan 510900遂宁Suining 511000内江Neijiang 511100乐山Leshan 511300南充Nanchong 511400眉山Meishan 511500宜宾Yibin 511600广安Guang’an 511700达州Dazhou 511800雅安Ya’an 511900巴中Bazhong 512000资阳Ziyang 513200阿坝州Aba 513300甘孜州Garze 513400凉山州Liangshan'
const CHONGQING =
  '500101万州Wanzhou 500102涪陵Fuling 500103渝中Yuzhong 500104大渡口Dadukou 500105江北Jiangbei 500106沙坪坝Shapingba 500107九龙坡Jiulongpo 500108南岸Nan’an 500109北碚Beibei 500110綦江Qijiang 500111大足Dazu 500112渝北Yubei 500113巴南Banan 500114黔江Qianjiang 500115长寿Changshou 500116江津Jiangjin 500117合川Hechuan 500118永川Yongchuan 500119南川Nanchuan 500120璧山Bishan 500151铜梁Tongliang 500152潼南Tongnan 500153荣昌Rongchang 500154开州Kaizhou 500155梁平Liangping 500156武隆Wulong 500229城口Chengkou 500230丰都Fengdu 500231垫江Dianjiang 500233忠县Zhongxian 500235云阳Yunyang 500236奉节Fengjie 500237巫山Wushan 500238巫溪Wuxi 500240石柱Shizhu 500241秀山Xiushan 500242酉阳Youyang 500243彭水Pengshui'

/** Divisions of the two provinces by code: 21 in Sichuan, 38 in Chongqing, and the two provinces themselves. */
export const regions: ReadonlyMap<string, Region> = new Map(
  [...`510000四川Sichuan 500000重庆Chongqing ${SICHUAN} ${CHONGQING}`.matchAll(/(\d{6})([\u4e00-\u9fff]+)([A-Za-z’]+)/g)].map(
    ([, code, zh, en]) => [code as string, { code: code as string, name: { zh: zh as string, en: en as string } }],
  ),
)
