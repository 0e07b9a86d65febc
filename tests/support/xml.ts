/** A minimal XML reader for known test data: elements with text, only the five entities, no mixed content. Not for the product. */

export interface Element {
  /** Name without its prefix. */
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  readonly text: string
}

const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([^>\s]+)\s*>|<([^\s/>]+)((?:\s+[^\s=>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/g
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const local = (name: string): string => name.slice(name.indexOf(':') + 1)
const decoded = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, number, name) =>
    hex !== undefined
      ? String.fromCodePoint(Number.parseInt(hex, 16))
      : number !== undefined
        ? String.fromCodePoint(Number(number))
        : (ENTITIES[name as string] ?? whole),
  )

/** The root element. */
export function parseXml(text: string): Element {
  const root = { name: '', attributes: {}, children: [] as Element[], text: '' }
  const open = [root]
  for (const [, cdata, closing, opening, attributes, selfClosing, characters] of text.matchAll(TOKEN)) {
    const top = open.at(-1) as typeof root
    if (closing !== undefined) {
      if (open.length < 2 || top.name !== local(closing)) throw new Error(`</${closing}> closes <${top.name}>`)
      open.pop()
    } else if (opening !== undefined) {
      const pairs = [...(attributes ?? '').matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)]
      const element = {
        name: local(opening),
        attributes: Object.fromEntries(pairs.map(([, name, double, single]) => [name as string, decoded(double ?? single ?? '')])),
        children: [] as Element[],
        text: '',
      }
      top.children.push(element)
      if (selfClosing === '') open.push(element)
    } else top.text += cdata ?? decoded(characters ?? '')
  }
  const [first] = root.children
  if (first === undefined || open.length !== 1) throw new Error('not well-formed')
  return first
}

/** Every element of a name at any depth, in order. */
export function* elements(within: Element, name: string): Generator<Element> {
  for (const child of within.children) {
    if (child.name === name) yield child
    yield* elements(child, name)
  }
}

/** Text of the first element of a name at any depth, without blanks around it. */
export function childText(within: Element, name: string): string | undefined {
  const [first] = elements(within, name)
  const text = first?.text.trim()
  return text === '' ? undefined : text
}
