/**
 * Forms of vehicle plates (GA 36—2018 with its amendment of 2020): no letter I or O, eight characters for new-energy vehicles only.
 */
import { aText, checkArgument } from '../base/options.js'

const PROVINCES = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'
const OFFICE = `[${PROVINCES}][A-HJ-NP-Z]`
const ANY = '[A-HJ-NP-Z0-9]'

const FORMS: readonly RegExp[] = [
  // Ordinary: five characters, at most two of them letters.
  new RegExp(`^${OFFICE}(?!(?:\\d*[A-Z]){3})${ANY}{5}$`),
  // New energy: small vehicles, large vehicles.
  new RegExp(`^${OFFICE}[A-HJK]${ANY}\\d{4}$`),
  new RegExp(`^${OFFICE}\\d{5}[A-HJK]$`),
  // 挂 trailer, 学 learner, 警 police, 港 澳 cross-border, 领 使 consulate and embassy, 试 超 trial and oversize, 应急 emergency services.
  new RegExp(`^${OFFICE}${ANY}{4}[挂学警港澳领使试超]$`),
  new RegExp(`^${OFFICE}${ANY}{4,5}应急$`),
  // Armed police, armed forces, embassies and consulates in the older form, temporary plates.
  new RegExp(`^WJ[${PROVINCES}]?${ANY}{5}$`),
  new RegExp(`^[A-HJ-NP-Z]{2}${ANY}{5}$`),
  /^[使领]\d{5,6}$/,
  /^\d{6}[使领]$/,
  new RegExp(`^临${OFFICE}${ANY}{5}$`),
]

/** True for a plate in a form of GA 36, with or without the dot. */
export function isPlateForm(plate: string): boolean {
  checkArgument('isPlateForm', 'plate', plate, aText)
  const bare = plate.replaceAll('·', '')
  return FORMS.some((form) => form.test(bare))
}
