/** Names of divisions, separate from their codes: a verdict needs only the codes, so a verifying page does not load the names. */
import { FixedMap } from '../base/fixed-map.js'
import type { Text } from '../base/message.js'
import { divisionCodes } from './regions.js'

export interface Region {
  /** Six digits. */
  readonly code: string
  readonly name: Text
}

/**
 * In the order of their codes: Chongqing with its districts and its counties, Sichuan with its cities, then their counties city by
 * city.
 */
const NAMES = `
重庆Chongqing
万州Wanzhou 涪陵Fuling 渝中Yuzhong 大渡口Dadukou 江北Jiangbei 沙坪坝Shapingba 九龙坡Jiulongpo 南岸Nan’an 北碚Beibei 綦江Qijiang 大足Dazu 渝北Yubei 巴南Banan 黔江Qianjiang 长寿Changshou 江津Jiangjin 合川Hechuan 永川Yongchuan 南川Nanchuan 璧山Bishan 铜梁Tongliang 潼南Tongnan 荣昌Rongchang 开州Kaizhou 梁平Liangping 武隆Wulong
城口Chengkou 丰都Fengdu 垫江Dianjiang 忠县Zhongxian 云阳Yunyang 奉节Fengjie 巫山Wushan 巫溪Wuxi 石柱Shizhu 秀山Xiushan 酉阳Youyang 彭水Pengshui
四川Sichuan 成都Chengdu 自贡Zigong 攀枝花Panzhihua 泸州Luzhou 德阳Deyang 绵阳Mianyang 广元Guangyuan 遂宁Suining 内江Neijiang 乐山Leshan 南充Nanchong 眉山Meishan 宜宾Yibin 广安Guang’an 达州Dazhou 雅安Ya’an 巴中Bazhong 资阳Ziyang 阿坝州Aba 甘孜州Garze 凉山州Liangshan
锦江区Jinjiang 青羊区Qingyang 金牛区Jinniu 武侯区Wuhou 成华区Chenghua 龙泉驿区Longquanyi 青白江区Qingbaijiang 新都区Xindu 温江区Wenjiang 双流区Shuangliu 郫都区Pidu 新津区Xinjin 金堂县Jintang 大邑县Dayi 蒲江县Pujiang 都江堰市Dujiangyan 彭州市Pengzhou 邛崃市Qionglai 崇州市Chongzhou 简阳市Jianyang
自流井区Ziliujing 贡井区Gongjing 大安区Da’an 沿滩区Yantan 荣县Rong 富顺县Fushun
东区Dong 西区Xi 仁和区Renhe 米易县Miyi 盐边县Yanbian
江阳区Jiangyang 纳溪区Naxi 龙马潭区Longmatan 泸县Lu 合江县Hejiang 叙永县Xuyong 古蔺县Gulin
旌阳区Jingyang 罗江区Luojiang 中江县Zhongjiang 广汉市Guanghan 什邡市Shifang 绵竹市Mianzhu
涪城区Fucheng 游仙区Youxian 安州区Anzhou 三台县Santai 盐亭县Yanting 梓潼县Zitong 北川羌族自治县Beichuan 平武县Pingwu 江油市Jiangyou
利州区Lizhou 昭化区Zhaohua 朝天区Chaotian 旺苍县Wangcang 青川县Qingchuan 剑阁县Jiange 苍溪县Cangxi
船山区Chuanshan 安居区Anju 蓬溪县Pengxi 大英县Daying 射洪市Shehong
市中区Shizhong 东兴区Dongxing 威远县Weiyuan 资中县Zizhong 隆昌市Longchang
市中区Shizhong 沙湾区Shawan 五通桥区Wutongqiao 金口河区Jinkouhe 犍为县Qianwei 井研县Jingyan 夹江县Jiajiang 沐川县Muchuan 峨边彝族自治县Ebian 马边彝族自治县Mabian 峨眉山市Emeishan
顺庆区Shunqing 高坪区Gaoping 嘉陵区Jialing 南部县Nanbu 营山县Yingshan 蓬安县Peng’an 仪陇县Yilong 西充县Xichong 阆中市Langzhong
东坡区Dongpo 彭山区Pengshan 仁寿县Renshou 洪雅县Hongya 丹棱县Danling 青神县Qingshen
翠屏区Cuiping 南溪区Nanxi 叙州区Xuzhou 江安县Jiang’an 长宁县Changning 高县Gao 珙县Gong 筠连县Junlian 兴文县Xingwen 屏山县Pingshan
广安区Guang’an 前锋区Qianfeng 岳池县Yuechi 武胜县Wusheng 邻水县Linshui 华蓥市Huaying
通川区Tongchuan 达川区Dachuan 宣汉县Xuanhan 开江县Kaijiang 大竹县Dazhu 渠县Qu 万源市Wanyuan
雨城区Yucheng 名山区Mingshan 荥经县Yingjing 汉源县Hanyuan 石棉县Shimian 天全县Tianquan 芦山县Lushan 宝兴县Baoxing
巴州区Bazhou 恩阳区Enyang 通江县Tongjiang 南江县Nanjiang 平昌县Pingchang
雁江区Yanjiang 安岳县Anyue 乐至县Lezhi
马尔康市Barkam 汶川县Wenchuan 理县Li 茂县Mao 松潘县Songpan 九寨沟县Jiuzhaigou 金川县Jinchuan 小金县Xiaojin 黑水县Heishui 壤塘县Zamtang 阿坝县Aba 若尔盖县Zoige 红原县Hongyuan
康定市Kangding 泸定县Luding 丹巴县Danba 九龙县Jiulong 雅江县Yajiang 道孚县Daofu 炉霍县Luhuo 甘孜县Garze 新龙县Xinlong 德格县Dege 白玉县Baiyu 石渠县Shiqu 色达县Seda 理塘县Litang 巴塘县Batang 乡城县Xiangcheng 稻城县Daocheng 得荣县Derong
西昌市Xichang 会理市Huili 木里藏族自治县Muli 盐源县Yanyuan 德昌县Dechang 会东县Huidong 宁南县Ningnan 普格县Puge 布拖县Butuo 金阳县Jinyang 昭觉县Zhaojue 喜德县Xide 冕宁县Mianning 越西县Yuexi 甘洛县Ganluo 美姑县Meigu 雷波县Leibo`

/** Divisions of the two provinces by code: 38 of Chongqing, 21 cities and prefectures of Sichuan with their 183 counties. */
export const regions: ReadonlyMap<string, Region> = new FixedMap(
  [...NAMES.matchAll(/([\u4e00-\u9fff]+)([A-Za-z’]+)/g)].map(([, zh, en], at) => {
    const code = divisionCodes[at] as string
    return [code, { code, name: { zh: zh as string, en: en as string } }]
  }),
)

/** Name of a division, for a county with its city; the code itself if it is not in our table. */
export function divisionName(code: string): Text {
  const region = regions.get(code)
  if (region === undefined) return { zh: code, en: code }
  const above = regions.get(code.startsWith('50') ? '500000' : `${code.slice(0, 4)}00`)
  if (above === undefined || above === region) return region.name
  return { zh: `${above.name.zh}${region.name.zh}`, en: `${region.name.en}, ${above.name.en}` }
}
