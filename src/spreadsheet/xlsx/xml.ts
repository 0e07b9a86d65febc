/**
 * Reads the XML of a part piece by piece: elements, attributes and text. A document type is rejected, as ECMA-376 part 2, 8.2.5
 * requires, so only the five entities of XML exist, and nothing outside the part is ever fetched.
 */
import { fault } from '../messages.js'

export interface XmlHandler {
  /** @param attributes as written; `attribute` reads one */
  open(name: string, attributes: string): void
  close(name: string): void
  /** Called with text, which may be split over several calls. */
  text(text: string): void
}

/** Maximum depth of elements; a part needs fewer than ten. */
const MAX_DEPTH = 64
/** Maximum number of characters of a tag, of a comment, and of text that is buffered because its end has not arrived. */
const MAX_TOKEN = 256 * 1024

/** Reads a part to its end. @throws `spreadsheet.damaged`, `spreadsheet.doctype` */
export async function readXml(part: string, pieces: AsyncIterable<string>, handler: XmlHandler): Promise<void> {
  const reader = createXmlReader(part, handler)
  let rest = ''
  for await (const piece of pieces) {
    rest = reader.read(rest === '' ? piece : rest + piece)
    if (rest.length > MAX_TOKEN) throw fault('spreadsheet.damaged', { part })
  }
  reader.end(rest)
}

function createXmlReader(part: string, handler: XmlHandler): { read(text: string): string; end(rest: string): void } {
  const open: string[] = []
  let isBegun = false
  const damaged = (): Error => fault('spreadsheet.damaged', { part })
  const text = (raw: string): void => {
    if (open.length > 0) handler.text(decodeEntities(raw, damaged))
    else if (raw.replace(/^\ufeff/, '').trim() !== '') throw damaged()
  }
  const tag = (raw: string): void => {
    const isEmpty = raw.endsWith('/')
    const end = nameEnd(raw)
    const name = local(raw.slice(0, isEmpty && end === raw.length ? end - 1 : end))
    if (name === '' || (open.length === 0 && isBegun)) throw damaged()
    isBegun = true
    handler.open(name, end < raw.length ? raw.slice(end, isEmpty ? -1 : undefined) : '')
    if (isEmpty) handler.close(name)
    else if (open.push(name) > MAX_DEPTH) throw damaged()
  }
  const special = (input: string, at: number): number => {
    const end = specialEnd(part, input, at)
    if (end !== -1 && input.startsWith(CDATA, at)) {
      if (open.length === 0) throw damaged()
      handler.text(input.slice(at + CDATA.length, end - CDATA_END.length))
    }
    return end
  }
  return {
    read(input) {
      let at = 0
      for (;;) {
        const start = input.indexOf('<', at)
        if (start === -1) return flushText(input, at, text)
        if (start > at) text(input.slice(at, start))
        const code = input.charCodeAt(start + 1)
        if (code === 33 || code === 63) at = special(input, start)
        else if (code === 47) {
          const end = input.indexOf('>', start)
          if (end !== -1) {
            const name = open.pop()
            if (name === undefined || local(input.slice(start + 2, end).trimEnd()) !== name) throw damaged()
            handler.close(name)
          }
          at = end === -1 ? -1 : end + 1
        } else {
          const end = tagEnd(input, start + 1)
          if (end !== -1) tag(input.slice(start + 1, end))
          at = end === -1 ? -1 : end + 1
        }
        if (at === -1) return input.slice(start)
      }
    },
    end(rest) {
      if (rest.trim() !== '' || open.length > 0 || !isBegun) throw damaged()
    },
  }
}

const CDATA = '<![CDATA['
const CDATA_END = ']]>'

/**
 * Position after the comment, processing instruction or CDATA section at `at`; -1 if its end has not arrived.
 * @throws `spreadsheet.doctype` for any other declaration
 */
function specialEnd(part: string, input: string, at: number): number {
  const [begin, end] = input.startsWith('<!--', at) ? ['<!--', '-->'] : input.startsWith('<?', at) ? ['<?', '?>'] : [CDATA, CDATA_END]
  if (!input.startsWith(begin, at)) {
    // The piece may end within `<!--` or `<![CDATA[`; everything else that begins with `<!` is a declaration.
    if (input.length - at < begin.length && (begin.startsWith(input.slice(at)) || '<!--'.startsWith(input.slice(at)))) return -1
    throw fault('spreadsheet.doctype', { part })
  }
  const found = input.indexOf(end, at + begin.length)
  return found === -1 ? -1 : found + end.length
}

/** Passes on the text of an unfinished piece, except a possible beginning of an entity, which it returns. */
function flushText(input: string, at: number, text: (raw: string) => void): string {
  const entity = input.lastIndexOf('&')
  const end = entity >= at && input.length - entity < 12 ? entity : input.length
  if (end > at) text(input.slice(at, end))
  return input.slice(end)
}

/** Position of the `>` that ends a tag, outside quoted values; -1 if it has not arrived. */
function tagEnd(input: string, from: number): number {
  let quote = 0
  for (let at = from; at < input.length; at++) {
    const code = input.charCodeAt(at)
    if (quote !== 0) {
      if (code === quote) quote = 0
    } else if (code === 62) return at
    else if (code === 34 || code === 39) quote = code
  }
  return -1
}

const nameEnd = (raw: string): number => {
  let at = 0
  while (at < raw.length && raw.charCodeAt(at) > 32) at++
  return at
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

/** Value of an attribute by its name, including its prefix; undefined if absent. @throws `spreadsheet.damaged` */
export function attribute(attributes: string, name: string): string | undefined {
  let at = 0
  for (;;) {
    while (attributes.charCodeAt(at) <= 32) at++
    const equals = attributes.indexOf('=', at)
    if (equals === -1) return undefined
    let from = equals + 1
    while (attributes.charCodeAt(from) <= 32) from++
    const quote = attributes.charAt(from)
    const end = quote === '"' || quote === "'" ? attributes.indexOf(quote, from + 1) : -1
    if (end === -1) return undefined
    if (attributes.startsWith(name, at) && attributes.slice(at + name.length, equals).trim() === '') {
      const value = attributes.slice(from + 1, end)
      return value.includes('&') ? decodeEntities(value, () => fault('spreadsheet.damaged', { part: name })) : value
    }
    at = end + 1
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decodeEntities(text: string, damaged: () => Error): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;&]{0,10});?/g, (all, name: string) => {
    const known = ENTITIES[name]
    if (known !== undefined && all.endsWith(';')) return known
    const number = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name)
    const code = number === null ? 0 : number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16)
    if (!all.endsWith(';') || code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw damaged()
    return String.fromCodePoint(code)
  })
}
