/**
 * Dates of the national editions, as a rule needs them: in force, abolished, and whether that is certain. Titles and sources are in
 * `specifications.ts`, which a verifying page does not load. Reference data of 2026-11.
 */
import type { CivilDate } from '../base/date.js'
import { FixedMap } from '../base/fixed-map.js'
import { anObject, aText, checkArgument } from '../base/options.js'
import type { Confidence } from './provenance.js'

export interface EditionDates {
  /** As printed on certificates. */
  readonly number: string
  readonly key: string
  /** 实施日期. Absent if no source was found: it is then unknown whether the edition was in force. */
  readonly effectiveOn?: CivilDate
  /** First day on which it is no longer in force, because a later edition took effect. */
  readonly abolishedOn?: CivilDate
  /** Later editions, which may replace only a part of it. */
  readonly replacedBy?: readonly string[]
  /** A source says that it has ended, in part or on a day that is not known. */
  readonly isEnded?: boolean
  /** The dates about which the sources leave a doubt: these only warn. */
  readonly doubtful?: readonly ('effectiveOn' | 'abolishedOn')[]
  readonly confidence: Confidence
}

/**
 * One series a line, one edition a word: two digits of the year (73 is 1973), `c` where no reliable source has the edition, then the
 * effective date (`.0530+`: 30 May of the following year; `?`: in doubt). After `>` stand the editions that replace it, the next one of
 * the line if none is named: the first of them abolishes it on the day it takes effect, or on the day after `@`. After `~` the end is
 * partial or its day is not known, after `~?` even the successor is not.
 */
const TABLE = `JJF
1001 98c 11c
1002 84c> 98c.0101+>@20100306 10c
1004 04c
1007 07c
1008 08c
1015 90c~ 02c> 14.0723
1016 90c~ 02c~ 09c> 14.0723
1022 91c> 14.0723
1033 01c 08c.0901 16c> 23.0915
1034 05c
1035 06c
1059 99c
1059.1 12c
1071 00c 10c
1075 01c
1076 20c
1091 02c.0504+~JJF1411-2013
1094 02c
1097 03c> 21.0628+
1101 03c 19c.0327+
1107 03.0629?
1117 10c
1139 05c.0320+
1145 06.0823
1149 06c> 14c.0201+
1171 07c
1173 07c
1207 08.1206
1213 08c.0101+?
1217 09c.0818
1221 09c
1226 09c
1234 10c> 18c.0827
1246 10c
1259 10c> 18c.0827
1260 10c.0910
1264 10c
1309 11c.1214
1335 12c
1353 12c.0918
1366 12.0108+
1411 13c
1420 13.1004
1421 13c.1004
1438 13c.0228+
1482 14.1125
1556 16.0603
1574 16c
1578.1 16.1101?
1581 16.0225+
1587 16c
1624 17c.0528
1637 17c
1649 17c.0220+
1681 17.0520+
1720 18c.0325+
1773 19c.0331+
1783 19c.0331+
1900 21c
1908 21.0128+
1909 21.0128+
2032 23c.0915
2046 23.1230
2122 24.1214
JJG
4 99c> 15.0224+
13 16c
14 16c
21 08c
23 88c>JJF1091-2002
24 03c> 16.0530+
30 12c.0902
41 90c>JJF1207-2008
42 11c> 23c.0915
49 13c
52 99c> 13c.1227
59 07.1101+> 22c.0326+
98 90~JJG1036-2008 06> 19.0327+
99 06c> 22.0607+
109 86c> 04.0321+
111 79c~ 89c~ 03> 19.0331+
119 18c
124 05c
125 04c
126 95c
128 73c> 89c.0401+
130 11c
133 87c> 05c.0305+> 16.0525+
140 18c
146 11c
157 83c~ 95c> 08c.1016~?
159 94c> 08.0925
160 82c~ 92c> 07.1214
162 85> 07.0521+> 09.0430?> 19.0331+
164 00c~JJG1113-2015
166 93c~JJG1072-2011
168 87c 18c
169 10c
176 76c~ 95c~ 05c> 22.1029
188 02c>,JJF1681-2017 17.0520+
195 79c~ 02c> 19c.0331+
196 06c
198 94c~JJG1030-2007,JJG1037-2008,JJG1121-2015
225 01.0301+> 24.0419+
226 01c>JJF1908-2021
229 87c> 98c.1001> 10.0306+
234 81c~ 90c> 12.0902
257 07c
258 88>JJG162-2007
264 08c
266 18c
270 95c> 08c.0925
272 91> 07.1214
274 81c> 07.1214~?
288 82c~ 05c> 24.1214
310 02c>JJF1909-2021
313 10
314 10c
315 83c
333 83c
366 04c
378 85c>JJF1091-2002
388 12c
393 18c
410 94c
440 08c
443 15c> 23c.0501+?
445 86c
464 96c> 11c.0530+
517 98c> 09c.0110+> 16.0530+
521 06c> 24c.0318+
527 88c> 07c.0221+> 15.1215
528 04c> 15.1215
535 04c
539 88c~ 97c> 16c.0530+
543 96c>JJG1043-2008,2008 08c.1123~ 26c
548 04c> 18c.1225
557 11c
560 88c~JJG195-2002
564 88c~ 02c 19c
565 88c~JJG564-2002
573 03c>JJG52-2013
574 04c
577 88c~ 94c 05c~ 12c
579 10c> 25.0808
580 05c
581 99c> 16c.0530+
585 89>JJG162-2007
589 01c> 08c.0622+
596 99c>,JJG1085-2013 12.0408+
597 89c.0206+>@20060620 05
598 89c
603 06c
622 97c
631 13c
633 05c
635 11c
639 90c> 98c.0301+
642 07c
643 94c~ 03c> 24.0807
646 06c
648 17c
649 90c> 16c.1227
650 90c~JJG195-2002
653 03c
657 90c> 06.0608+> 19.0327+
669 03c
680 07c
688 17.0520+> 25.1211
692 99c> 10c.1111
693 04c.0902> 11.1214
694 09c
695 19c
700 99c> 16.1227
702 05c
707 14
709 90c>JJG234-2012
714 90c> 12c.1218
716 91c>JJG160-2007
724 91c
731 91c~JJG564-2002
738 24c
744 91c~ 97c> 04.1201?
745 91> 02.0313+?~ 16c
755 91c> 15.0607+
760 91c> 03c.0524+>JJG1163-2019
780 92c
781 92c~ 02c> 19.0331+
797 13c
806 93c.0701
811 96c
813 13c
821 05c
825 13.0215+
837 03c
846 93c> 15.1215
847 93c
859 94c>JJG160-2007
860 15c
861 94c> 07c.0521+
875 05c
880 06c
881 94.0201+
882 04c.1201 19c
891 95c
892 95c~ 05c> 11.0204+?> 22.1228
893 95.1001
907 96c~ 03c> 06.1123
912 10c
913 96c> 15c.0730
915 08.0622+
919 96c.0501+>@20090414 08c
921 21c
922 08c
926 97c> 15.0730
940 98c>JJG693-2011
943 11c.1214
952 00c 14c
954 00c> 19c.0327+
956 00c.1222> 13c.1127?
961 01c> 17c.0520+
962 10c.0306+
970 02c
971 19c
976 02c> 10.0705
982 03c
984 04c
985 04c.0602
992 04.1221
996 05c> 12c.0603+
1003 05c> 16.0525+
1005 05c 19c
1010 13c
1011 06c
1012 19c
1020 07c> 17c.0520+
1021 07c~JJG1189.3-2022
1026 07c>JJG961-2017
1029 07c
1030 07.1121
1033 07.0221+
1036 08.0520 22c
1037 08c
1038 08.0625
1041 08.0716
1043 08c.1123
1050 09c.1010
1051 09c.0109+
1052 09c
1067 11c.0914
1072 11c.0530+
1074 12
1077 12c.0717
1078 12c.0918~ 26c
1085 13.0827?
1086 13.1004
1088 13> 19.0327+
1098 14c
1101 14c.1125
1107 15c
1112 15c
1113 15.1010
1114 15c
1118 15c.1124
1121 15.0307+
1122 15.0130+?
1141 17.1226
1143 17.0220+
1145 17.0220+
1148 22.1228
1149 22.1228
1160 19.1227
1162 19c
1163 19c.0331+
1164 19c.0331+
1182 21.0628+
1187 22c.0607+
1189.3 22.0607+
1189.4 22c
1190 22c
1196 23.1230
1203 24c.1218
1204 25.0108++?
2028 21c.0608+
2039 89c
2041 89c
2044 89c> 10.0306+> 19c.0327+
2045 10c`

const EDITION = /^(\d\d)(c?)(?:\.(\d\d)(\d\d)(\+*)(\??))?(?:([>~])([^@]*)(?:@(\d{4})(\d\d)(\d\d))?)?$/

type Writable<T> = { -readonly [M in keyof T]: T[M] }

function readTable(): Map<string, EditionDates> {
  const editions = new Map<string, Writable<EditionDates>>()
  const ends: (() => void)[] = []
  let family = ''
  for (const line of TABLE.split('\n')) {
    const [serial = '', ...words] = line.split(' ')
    if (words.length === 0) family = serial
    const parts = words.map((word) => EDITION.exec(word) as RegExpExecArray)
    const years = parts.map(([, digits = '']) => (digits < '50' ? 2000 : 1900) + Number(digits))
    parts.forEach(([, , weak, month, day, later = '', doubt, sign, by = '', ...on], at) => {
      const year = years[at] as number
      const key = `${family}${serial}-${year}`
      const edition: Writable<EditionDates> = { number: `${family} ${serial}-${year}`, key, confidence: weak ? 'unverified' : 'published' }
      editions.set(key, edition)
      if (month !== undefined) edition.effectiveOn = `${year + later.length}-${month}-${day}` as CivilDate
      if (doubt) edition.doubtful = ['effectiveOn']
      if (sign === undefined) return
      const keys = by.split(',').map((one) => (one.startsWith('J') ? one : `${family}${serial}-${one === '' ? years[at + 1] : one}`))
      ends.push(() => end(edition, by === '?' ? [] : keys.flatMap((one) => editions.get(one) ?? []), sign === '>', on))
    })
  }
  for (const resolve of ends) resolve()
  return editions
}

/** The day of abolition is the first day of the successor, and as certain as that is. */
function end(edition: Writable<EditionDates>, by: readonly EditionDates[], isWhole: boolean, on: readonly (string | undefined)[]): void {
  const [next] = by
  const day = on[0] === undefined ? next?.effectiveOn : on.join('-')
  if (by.length > 0) edition.replacedBy = by.map(({ number }) => number)
  if (!isWhole || day === undefined) {
    edition.isEnded = true
    return
  }
  edition.abolishedOn = day as CivilDate
  if (on[0] !== undefined || next?.confidence !== 'published' || next.doubtful?.includes('effectiveOn'))
    edition.doubtful = [...(edition.doubtful ?? []), 'abolishedOn']
}

/** National editions by comparison key. */
export const editionDates: ReadonlyMap<string, EditionDates> = new FixedMap(readTable())

/** `unknown`: no date to compare, or an end whose day is not known. */
export type EditionState = 'not-yet' | 'abolished' | 'in-force' | 'unknown'

/** Whether an edition is in force on a day, and whether its sources are good enough to decide. */
export function editionOn(edition: EditionDates, day: CivilDate): { readonly state: EditionState; readonly isCertain: boolean } {
  checkArgument('editionOn', 'edition', edition, anObject)
  checkArgument('editionOn', 'day', day, aText)
  const { effectiveOn, abolishedOn, isEnded = false, doubtful = [], confidence } = edition
  const is = (state: EditionState, isCertain: boolean) => ({ state, isCertain: isCertain && confidence === 'published' })
  if (effectiveOn !== undefined && day < effectiveOn) return is('not-yet', !doubtful.includes('effectiveOn'))
  if (abolishedOn !== undefined && day >= abolishedOn) return is('abolished', !doubtful.includes('abolishedOn'))
  if ((effectiveOn === undefined && abolishedOn === undefined) || isEnded) return is('unknown', false)
  return is('in-force', doubtful.length === 0)
}
