/** Writes findings as workflow commands of GitHub Actions: annotations at the line of the file. */
import { visible } from '../../base/visible.js'
import { type FindingsWriter, totalsText, type WriterOptions } from './finding.js'

const data = (text: string): string => visible(text).replace(/[%\r\n]/g, (character) => `%${code(character)}`)
const property = (text: string): string => visible(text).replace(/[%\r\n:,]/g, (character) => `%${code(character)}`)
const code = (character: string): string => character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')

export function githubWriter({ language }: WriterOptions): FindingsWriter {
  return {
    record: ({ file, findings }) =>
      findings
        .map(({ level, code: name, line, column, length, message, advice, basis, pointer }) => {
          const place = `file=${property(file)},line=${line},col=${column},endColumn=${column + length},title=${property(`${name} ${pointer}`.trim())}`
          const text = `${message[language]} [${basis}]${advice === undefined ? '' : ` ${advice[language]}`}`
          return `::${level === 'fail' ? 'error' : 'warning'} ${place}::${data(text)}\n`
        })
        .join(''),
    end: (totals) => `${data(totalsText(totals, language))}\n`,
  }
}
