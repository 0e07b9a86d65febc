/** The code of the label of a record, for its first page. */

import { labelOf as titleOf } from '../../base/faults.js'
import type { Text } from '../../base/message.js'
import { LabelClaims, labelCode, labelDifferences, readLabelText } from '../../label/index.js'
import { claimsOf, lineOfLabel } from '../../label/inside.js'
import { fault } from '../messages.js'
import { type Block, joined } from './model.js'

/**
 * @param label text of the code
 * @param statement the signed record; absent for a draft
 * @throws `certificate.label` if the text is not a label, `certificate.label-other` if it is of another record,
 *   `certificate.label-uncompared` if the two cannot be compared, `label.kind` if records of this kind have no label
 */
export function labelBlock(label: string, statement: string | undefined): Block {
  const read = readLabelText(label)
  if (read.is === 'newer')
    throw fault('certificate.label-uncompared', {
      reason: {
        zh: `标签为第 ${read.version} 版，本软件尚不支持`,
        en: `it is of version ${read.version}, which this software does not support yet`,
      },
    })
  if (read.is !== 'label') throw fault('certificate.label')
  if (statement === undefined)
    throw fault('certificate.label-uncompared', {
      reason: { zh: '记录未签名，标签写的是签名记录的标识', en: 'the record is not signed, and a label names a signed record by its id' },
    })
  const differing = labelDifferences(label, statement)
  if (differing.length > 0) {
    const titles = differing.map((member) => titleOf(LabelClaims, `/${member}`) ?? member)
    throw fault('certificate.label-other', { members: joined(titles, '、', ', ') })
  }
  const { size, path } = labelCode(read.octets, label.slice(0, label.lastIndexOf('/l#')))
  return { type: 'code', size, path, caption: captionOf(statement, read.octets) }
}

/** Caption of the code; on a batch certificate it names the line and serial number of the instrument. */
function captionOf(statement: string, octets: Uint8Array): Text {
  const claims = claimsOf(octets)
  const line = lineOfLabel(statement, claims)
  if (line === undefined) return { zh: '标签：扫码核验', en: 'Label: scan to check' }
  const { serial = '/' } = claims
  return {
    zh: `第 ${line} 行器具（出厂编号 ${serial}）的标签：扫码核验`,
    en: `Label of the instrument in line ${line} (serial number ${serial}): scan to check`,
  }
}
