/** What stands in the place of a source where there is none. */
import type { Confidence } from './provenance.js'

export const KNOWLEDGE: Readonly<Record<Confidence, string>> = {
  published: '来源见发布者的目录 | see the catalogue of the publisher',
  unverified: '专业常识，未核对原文 | professional knowledge, text not checked',
}
