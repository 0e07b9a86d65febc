/** Texts about the catalogue that an authority publishes. */
import { faultOf } from '../base/error.js'
import { codeOf, defineTexts } from '../base/message.js'

export const publishedCatalogueTexts = defineTexts({
  codes: {
    'catalogue.empty': { zh: '没有签名，或签名多于 20 个', en: 'There is no signature, or more than 20' },
    'catalogue.payload-differs': { zh: '各签名的内容不一致', en: 'The signatures are not over one content' },
    'catalogue.shape': {
      zh: '器具与规程目录的内容不合格式：{path}',
      en: 'The content of the catalogue is not as it should be: {path}',
      advice: { zh: '格式见 schemas/catalogue.v1.json', en: 'See schemas/catalogue.v1.json' },
    },
    'catalogue.authority': {
      zh: '目录由 {authority} 发布，而信任文件中没有该机关的信任列表',
      en: 'The catalogue is published by {authority}, of which the trust file has no trust list',
      advice: { zh: '目录只采自已固定根公钥的主管部门', en: 'Only authorities whose root keys are pinned publish a catalogue' },
    },
    'catalogue.region': {
      zh: '{authority} 管辖 {own}，其目录却为 {region} 发布',
      en: '{authority} is responsible for {own}, but its catalogue speaks for {region}',
      advice: { zh: '主管部门只能为本省（市）发布目录', en: 'An authority publishes for its own province alone' },
    },
    'catalogue.threshold': {
      zh: '{authority} 的目录第 {version} 版有 {signed} 个现行根密钥签名，需 {threshold} 个',
      en: 'Version {version} of the catalogue of {authority} has {signed} signatures by its present root keys; {threshold} are needed',
      advice: { zh: '根密钥更换后，请由新根密钥补签', en: 'After a change of root keys the new ones must sign as well' },
    },
    'catalogue.rollback': {
      zh: '{authority} 的目录第 {version} 版早于已见过的第 {seen} 版',
      en: 'Version {version} of the catalogue of {authority} is older than version {seen}, which was seen before',
      advice: { zh: '请取得最新版；旧版可能被人有意提供', en: 'Obtain the newest: an older one may be presented on purpose' },
    },
    'catalogue.fork': {
      zh: '{authority} 的目录第 {version} 版有两个不同的内容：{one}、{other}',
      en: 'There are two catalogues of {authority} with version {version}: {one}, {other}',
      advice: { zh: '请保留两份并询问该机关', en: 'Keep both and ask the authority' },
    },
    'catalogue.times': {
      zh: '{authority} 的目录第 {version} 版的时间次序有误',
      en: 'The times of version {version} of the catalogue of {authority} are out of order',
    },
    'catalogue.not-yet': {
      zh: '{authority} 的目录第 {version} 版签于 {iat}，晚于判定时间，未采用',
      en: 'Version {version} of the catalogue of {authority} was signed on {iat}, after the moment of judgement: it is not used',
    },
    'catalogue.expired': {
      zh: '{authority} 的目录第 {version} 版已于 {exp} 失效，未采用',
      en: 'Version {version} of the catalogue of {authority} ended on {exp}: it is not used',
      advice: { zh: '请取得新版', en: 'Obtain a newer one' },
    },
    'catalogue.newer-members': {
      zh: '{authority} 的目录第 {version} 版含有本软件不识别的内容，未采用：{path}',
      en: 'Version {version} of the catalogue of {authority} has members that this software does not know: it is not used: {path}',
      advice: { zh: '请升级软件', en: 'Upgrade the software' },
    },
    'catalogue.twice': {
      zh: '“{name}”在目录中出现两次：{path}',
      en: '“{name}” is in the catalogue twice: {path}',
      advice: { zh: '代号、名称、俗称、版本号各只能用一次', en: 'A slug, a name, an alias and an edition are stated once' },
    },
    'catalogue.edition': {
      zh: '“{number}”不是带年号的国家规程（规范）编号，或为外省地方规程：{path}',
      en: '“{number}” is no national edition with its year, nor a local one of this province: {path}',
    },
    'catalogue.division': {
      zh: '行政区划代码 {division} 不在 {region} 之内：{path}',
      en: 'The division {division} is not within {region}: {path}',
    },
    'catalogue.waiver': {
      zh: '免于考核的规定起于 {from}，止于 {to}，次序有误：{path}',
      en: 'The waiver of an assessment begins on {from} and ends on {to}: {path}',
    },
    'catalogue.interval': {
      zh: '检定周期与检定方式不符：{path}',
      en: 'The interval does not fit the manner of verification: {path}',
      advice: {
        zh: '周期检定、限期使用须写 period；失准报废不写',
        en: 'State a period, except where the instrument is scrapped when inaccurate',
      },
    },
  },
})

export const fault = faultOf(publishedCatalogueTexts)
export const coded = codeOf(publishedCatalogueTexts)
