/** Kinds of measurement standard by who may use it. */

/**
 * Levels of measurement standards with their names in Chinese and English, by the word that stands for each in statements.
 * Source: 计量法 第六条至第八条; 计量授权管理办法.
 */
export const standardLevels = Object.freeze({
  public: ['社会公用计量标准', 'public measurement standard'],
  department: ['部门最高计量标准', 'highest standard of a department'],
  enterprise: ['企事业单位最高计量标准', 'highest standard of an enterprise or institution'],
  authorised: ['计量授权的计量标准', 'standard of an authorised body'],
} as const)
/** Word for a level of measurement standards. */
export type StandardLevel = keyof typeof standardLevels
