/** The content of the pages of a certificate, independent of HTML and PDF, which both draw it. */
import { foldWidth } from '../../base/fold.js'
import type { Text } from '../../base/message.js'
import type { Scene } from '../plots/scene.js'

/** A text in both languages, or one that reads the same in each: a number, a name. */
export type Shown = Text | string

export interface Field {
  readonly label: Text
  readonly value: Shown
}

export type Block =
  | { readonly type: 'heading'; readonly text: Text }
  | { readonly type: 'fields'; readonly fields: readonly Field[] }
  | { readonly type: 'text'; readonly text: Shown }
  /** A text that must not be overlooked, so it is set off. */
  | { readonly type: 'notice'; readonly text: Shown }
  | { readonly type: 'table'; readonly table: Table }
  | { readonly type: 'plot'; readonly scene: Scene }
  /** Code of the label: `size` modules on a side; `path` is an SVG path of the dark modules, in units of a module. */
  | { readonly type: 'code'; readonly size: number; readonly path: string; readonly caption: Text }

export interface Table {
  readonly caption: Text
  readonly head: readonly Shown[]
  readonly rows: readonly (readonly Shown[])[]
  /** Texts under the table: the requirement, a note. */
  readonly notes?: readonly Shown[]
}

export interface Content {
  /** 检定证书, 检定结果通知书, 校准证书, … */
  readonly title: Text
  /** Name of the issuing body. */
  readonly issuer: string
  readonly number: { readonly label: Text; readonly value: string }
  /** Date of verification, issue or report, `YYYY-MM-DD`. */
  readonly date: string
  /** First page. */
  readonly cover: readonly Block[]
  /** The pages after it. */
  readonly inner: readonly Block[]
}

export const tableOf = (caption: Text, head: readonly Shown[], rows: readonly (readonly Shown[])[]): Block => ({
  type: 'table',
  table: { caption, head, rows },
})
export const heading = (zh: string, en: string): Block => ({ type: 'heading', text: { zh, en } })
export const paragraph = (text: Shown): Block => ({ type: 'text', text })

/** A label in both languages, and its value. */
export type FieldRow = readonly [zh: string, en: string, value: Shown | undefined]

/** Lists the fields that have a value; no block if none has. */
export function fields(...rows: readonly FieldRow[]): Block[] {
  const shown = rows.flatMap(([zh, en, value]) => (value === undefined || value === '' ? [] : [{ label: { zh, en }, value }]))
  return shown.length === 0 ? [] : [{ type: 'fields', fields: shown }]
}

/** Puts a heading over blocks; no heading if there are none. */
export const part = (zh: string, en: string, blocks: readonly Block[]): Block[] => (blocks.length === 0 ? [] : [heading(zh, en), ...blocks])

/** Joins texts in each language. */
export function joined(texts: readonly Shown[], zhBetween: string, enBetween: string): Text {
  return {
    zh: texts.map((text) => inLanguage(text, 'zh')).join(zhBetween),
    en: texts.map((text) => inLanguage(text, 'en')).join(enBetween),
  }
}

export const inLanguage = (text: Shown, language: 'zh' | 'en'): string => (typeof text === 'string' ? text : text[language])

/** True if the two languages differ only in the width of brackets and in blanks: 张某（川 001） and 张某 (川 001). */
export const isAlike = (zh: string, en: string): boolean => zh === en || folded(zh) === folded(en)
const folded = (text: string): string =>
  foldWidth(text)
    .replace(/[\s《》]/g, '')
    .replaceAll('、', ',')

/** A text of a record in both languages; without English, the Chinese serves for both. */
export const shownText = ({ zh, en }: { readonly zh: string; readonly en?: string | undefined }): Text => ({ zh, en: en ?? zh })
