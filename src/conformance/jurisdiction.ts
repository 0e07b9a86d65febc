/** 管辖: the authority of the place orders the measures after an inspection, even if another authority organised it. */
import type { Finding } from '../base/check.js'
import type { Text } from '../base/message.js'
import { defineTexts } from '../base/message.js'
import { isListedDivision, isProvince, isWithinDivision, provinceName, provinces } from '../catalogue/index.js'
import type { Party } from '../records/index.js'
import { isKind, type Rule } from './rule.js'

export const jurisdictionTexts = defineTexts({
  rows: {
    'finding.jurisdiction': { zh: '出具机关对检查地点的管辖', en: 'Jurisdiction of the issuing authority over the place' },
  },
  codes: {
    'finding.outside-jurisdiction': {
      zh: '检查地点（{place}）不在出具机关（{authority}）的辖区内，且未写指定管辖',
      en: 'The place ({place}) is not within the area of the authority ({authority}), and no designation is stated',
      advice: {
        zh: '由检查地点的市场监督管理部门出具，另一方写入“组织机关”（organisers）；经指定管辖的，请填写“指定管辖”（designation）',
        en: 'Let the authority of the place issue the record and name the other in organisers; where it was designated, state designation',
      },
    },
    'finding.jurisdiction-not-judged': {
      zh: '未能判断出具机关对检查地点的管辖：{reason}',
      en: 'The jurisdiction over the place could not be judged: {reason}',
      advice: {
        zh: '请将检查地点的“行政区划代码”（place.division）写到区县',
        en: 'State place.division as the code of the county or district',
      },
    },
  },
})

const REASONS = {
  'place-missing': { zh: '未写检查地点的行政区划代码', en: 'the division of the place is not stated' },
  'place-coarse': {
    zh: '检查地点只写到市（州），出具机关属于其中一个区县',
    en: 'the place names the city of the authority’s district only',
  },
  unlisted: { zh: '本软件未收录出具机关或检查地点的行政区划代码', en: 'the table of this software does not have one of the divisions' },
} as const

/** Our table covers two provinces; for the others, only the digits show which division contains which. */
const isListed = (division: string): boolean => {
  const province = division.slice(0, 2)
  return provinces.has(province) ? isListedDivision(division) : isProvince(province)
}

/** Characters 3 to 8 of the USCC are the division of the registering authority: for a bureau, its own (GB 32100—2015). */
export const divisionOf = ({ uscc }: Pick<Party, 'uscc'>): string => uscc.slice(2, 8)

/** A division for a message: its province and its code. */
const describe = (division: string): Text => {
  const { zh, en } = provinceName(division.slice(0, 2))
  return { zh: `${zh} ${division}`, en: `${en} ${division}` }
}

/**
 * Finding about an authority and a place, both as six digits; undefined if the authority has jurisdiction over the place.
 */
export function judgeJurisdiction(authority: string, place: string | undefined): Pick<Finding, 'code' | 'status' | 'params'> | undefined {
  const undecided = (reason: keyof typeof REASONS) =>
    ({ code: 'finding.jurisdiction-not-judged', status: 'warn', params: { reason: REASONS[reason] } }) as const
  // A national body is not registered in any province.
  if (authority.startsWith('10')) return undefined
  if (place === undefined) return undecided('place-missing')
  const params = { authority: describe(authority), place: describe(place) }
  const [own, other] = [authority.slice(0, 2), place.slice(0, 2)]
  if (own !== other && isProvince(own) && isProvince(other)) return { code: 'finding.outside-jurisdiction', status: 'fail', params }
  if (!isListed(authority) || !isListed(place)) return undecided('unlisted')
  if (isWithinDivision(place, authority)) return undefined
  if (isWithinDivision(authority, place)) return undecided('place-coarse')
  // Only a warning: within a province, the superior authority often assigns a case elsewhere, and older records cannot state it.
  return { code: 'finding.outside-jurisdiction', status: 'warn', params }
}

const jurisdiction: Rule = {
  id: 'finding.jurisdiction',
  group: 'conformance',
  since: '0.2.0',
  basis: '行政处罚法 第二十二条、第二十五条; 市场监督管理行政处罚程序规定',
  needs: { 'supervision-finding': ['issuer', 'place', 'designation'] },
  codes: { 'finding.outside-jurisdiction': 'fail-or-warn', 'finding.jurisdiction-not-judged': 'warn' },
  evaluate({ record }) {
    if (!isKind(record, 'supervision-finding')) return undefined
    const { issuer, place, designation } = record
    const own = judgeJurisdiction(divisionOf(issuer), place.division)
    if (own === undefined) return []
    if (designation === undefined) return [{ ...own, path: '/place/division' }]
    // The designating authority must have jurisdiction over the place and the designated authority; two provinces may designate
    // jointly.
    for (const division of [place.division, divisionOf(issuer)]) {
      const judged = designation.by.map((party) => judgeJurisdiction(divisionOf(party), division))
      if (!judged.includes(undefined)) return [{ ...(judged[0] as Finding), path: '/designation/by' }]
    }
    return []
  },
}

export const jurisdictionRules: readonly Rule[] = [jurisdiction]
