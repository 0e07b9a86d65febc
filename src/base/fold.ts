/**
 * Folds equivalent forms of characters with a table of our own: the tables of a runtime (NFKC, case) depend on its Unicode version,
 * and a verdict must not. Characters outside the table are unchanged.
 */

/** Runs of code points: the first of the run, its length, and the first code point of its replacement. */
const RUNS: readonly (readonly [from: number, count: number, to: number])[] = [
  // Full-width forms of ASCII.
  [0xff01, 94, 0x21],
  [0x2070, 1, 0x30],
  [0x2074, 6, 0x34],
  [0x2080, 10, 0x30],
  [0x24b6, 26, 0x41],
  [0x24d0, 26, 0x61],
]

/** Single characters and their replacement. Squared abbreviations are those of GB 18030. */
const FORMS = `･・ ¹1 ²2 ³3 ⁺+ ⁻- ⁽( ⁾) ₊+ ₋- ₍( ₎) ￥¥ №No
ⅠI ⅡII ⅢIII ⅣIV ⅤV ⅥVI ⅦVII ⅧVIII ⅨIX ⅩX ⅪXI ⅫXII ⅰi ⅱii ⅲiii ⅳiv ⅴv ⅵvi ⅶvii ⅷviii ⅸix ⅹx
①1 ②2 ③3 ④4 ⑤5 ⑥6 ⑦7 ⑧8 ⑨9 ⑩10 ⑪11 ⑫12 ⑬13 ⑭14 ⑮15 ⑯16 ⑰17 ⑱18 ⑲19 ⑳20
⑴(1) ⑵(2) ⑶(3) ⑷(4) ⑸(5) ⑹(6) ⑺(7) ⑻(8) ⑼(9) ⑽(10) ㈠(一) ㈡(二) ㈢(三) ㈣(四) ㈤(五) ㈥(六) ㈦(七) ㈧(八) ㈨(九) ㈩(十)
㎎mg ㎏kg ㎜mm ㎝cm ㎞km ㎟mm2 ㎠cm2 ㎡m2 ㎢km2 ㎣mm3 ㎤cm3 ㎥m3 ㎖mL ㎗dL ㎘kL ㎍ug ㎛um ㎚nm ㎳ms ㎲us ㎐Hz ㎑kHz ㎒MHz ㎓GHz
㎩Pa ㎪kPa ㎫MPa ㎬GPa ㎶uV ㎷mV ㎸kV ㎹MV ㎼uW ㎽mW ㎾kW ㎿MW ㎀pA ㎁nA ㎂uA ㎃mA ㎄kA ㏀kOhm ㏁MOhm ㎧m/s ㎨m/s2 ㎭rad ㏄cm3 ㏕mil ㏒log ㏑ln ㏎km ㏈dB ㏓lx ㏔mb ㏖mol ㏗pH ㏜Sv ㎯rad/s2 ㎮rad/s`

const table: ReadonlyMap<number, string> = new Map([
  ...RUNS.flatMap(([from, count, to]) => Array.from({ length: count }, (_, at) => [from + at, String.fromCharCode(to + at)] as const)),
  ...FORMS.split(/\s/).map((form) => [form.charCodeAt(0), form.slice(1)] as const),
])

/** Converts full width to half width, and superscript, subscript, Roman, circled and squared forms to plain ones. */
export function foldWidth(text: string): string {
  let folded = ''
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    folded += code < 0xb2 ? text[at] : (table.get(code) ?? text[at])
  }
  return folded
}
