/** Finds the line and column of values by their JSON pointer (RFC 6901), for findings in a file. */

import { pointerSteps } from './json-pointer.js'

export interface Position {
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units. */
  readonly column: number
  /** Length of the value on its line in UTF-16 units; 1 for an array or an object. */
  readonly length: number
}

interface Node {
  readonly children: Map<string, Node>
  start?: number
  length?: number
}

const newNode = (): Node => ({ children: new Map() })
const SPACE = /[ \t\r\n]*/y
const STRING = /"(?:[^"\\]|\\.)*"/y
const SCALAR = /[^\s,\]}]+/y

/**
 * Positions of values in a text that has already been parsed as JSON. A pointer to a missing value yields its nearest existing
 * parent: a missing member is located at the beginning of its object.
 */
export function locate(text: string, pointers: readonly string[]): Position[] {
  const root = newNode()
  const chains = pointers.map((pointer) => {
    const chain = [root]
    for (const name of pointerSteps(pointer)) {
      const parent = chain.at(-1) as Node
      const child = parent.children.get(name) ?? newNode()
      parent.children.set(name, child)
      chain.push(child)
    }
    return chain
  })
  new Walker(text).walk(root)
  const starts = lineStarts(text)
  return chains.map((chain) => {
    const { start = 0, length = 1 } = chain.findLast((node) => node.start !== undefined) ?? root
    let line = 0
    let above = starts.length
    while (above - line > 1) {
      const middle = (line + above) >> 1
      if ((starts[middle] as number) <= start) line = middle
      else above = middle
    }
    return { line: line + 1, column: start - (starts[line] as number) + 1, length }
  })
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

class Walker {
  private at = 0
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  /** Scans one value and records the positions of requested nodes; without a node, nothing is recorded. */
  walk(node: Node | undefined): void {
    this.pass(SPACE)
    const start = this.at
    const first = this.text[start]
    if (first === '{' || first === '[') {
      this.at++
      this.members(node, first === '{')
    } else this.pass(first === '"' ? STRING : SCALAR)
    if (node === undefined) return
    node.start = start
    node.length = first === '{' || first === '[' ? 1 : this.at - start
  }

  private members(node: Node | undefined, named: boolean): void {
    const close = named ? '}' : ']'
    for (let index = 0; this.at < this.text.length; index++) {
      this.pass(SPACE)
      if (this.text[this.at] === close) break
      let name = String(index)
      if (named) {
        const from = this.at
        this.pass(STRING)
        if (node !== undefined) name = JSON.parse(this.text.slice(from, this.at)) as string
        this.pass(SPACE)
        this.at++
      }
      this.walk(node?.children.get(name))
      this.pass(SPACE)
      if (this.text[this.at] === ',') this.at++
    }
    this.at++
  }

  private pass(pattern: RegExp): void {
    pattern.lastIndex = this.at
    if (pattern.test(this.text)) this.at = pattern.lastIndex
  }
}
