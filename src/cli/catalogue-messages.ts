/** Messages of the commands about the catalogue. */
import { faultOf } from '../base/error.js'
import { defineTexts, sayOf } from '../base/message.js'

export const cliCatalogueTexts = defineTexts({
  codes: {
    'cli.catalogue-file': {
      zh: '{file} 不是签名的目录：应为签名的数组，或逐行的签名',
      en: '{file} is no signed catalogue: an array of signatures, or a signature a line',
      advice: { zh: '用 tongheng catalogue sign 制作', en: 'Make it with tongheng catalogue sign' },
    },
    'cli.catalogue-region': {
      zh: '所给目录属于不止一个省（市）',
      en: 'The catalogues are of more than one province',
      advice: { zh: '请用 --region 指明', en: 'Name one with --region' },
    },
    'cli.catalogue-signed': { zh: '{file} 已有 {signed} 个签名', en: '{file} has {signed} signature(s)' },
    'cli.catalogue-stale': {
      zh: '{file} 是第 {version} 版，信任文件中已有第 {newest} 版，或已有此版',
      en: '{file} is version {version}; the trust file has version {newest}, or this very one',
    },
    'cli.catalogue-published': {
      zh: '目录第 {version} 版已发布到 {file}',
      en: 'version {version} of the catalogue is published in {file}',
    },
    'cli.catalogue-used': {
      zh: '判定依据主管部门发布的目录：{title}（{iss}）第 {version} 版，有效至 {exp}',
      en: 'judged by the catalogue of an authority: {title} ({iss}), version {version}, until {exp}',
    },
    'cli.catalogue-content': {
      zh: '{title}（{iss}，{region}）第 {version} 版，有效至 {exp}：类别 {categories}，周期 {intervals}，版本 {editions}，区划 {divisions}，免于考核的规定 {waivers}',
      en: '{title} ({iss}, {region}), version {version}, until {exp}: {categories} categories, {intervals} intervals, {editions} editions, {divisions} divisions, {waivers} waivers of assessment',
    },
    'cli.specification-unknown': {
      zh: '没有编号或名称含有“{name}”的规程（规范）',
      en: 'No specification has “{name}” in its number or title',
      advice: {
        zh: '请在国家计量技术规范全文公开系统（jjg.spc.org.cn）查询；不给文字时列出全部',
        en: 'Look it up at jjg.spc.org.cn; without a text all are listed',
      },
    },
  },
})

export const fault = faultOf(cliCatalogueTexts)
export const say = sayOf(cliCatalogueTexts)
