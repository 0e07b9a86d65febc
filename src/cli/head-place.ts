/** Creates the second places of the heads of the log and of the register of readers: a file, or a key in etcd. */
import type { HeadPlace } from '../node/index.js'
import { createHeadEtcd, type EtcdHead } from './head-etcd.js'
import { createHeadFile } from './head-file.js'

export type HeadSetting = string | EtcdHead

export function createHeadPlace(head: HeadSetting): HeadPlace
export function createHeadPlace(head: HeadSetting | undefined): HeadPlace | undefined
export function createHeadPlace(head: HeadSetting | undefined): HeadPlace | undefined {
  if (head === undefined) return undefined
  return typeof head === 'string' ? createHeadFile(head) : createHeadEtcd(head)
}

/** The second place of the register of readers, beside that of the log head. */
export function createReadersHead(head: HeadSetting | undefined): HeadPlace | undefined {
  if (head === undefined) return undefined
  return createHeadPlace(typeof head === 'string' ? `${head}.readers` : { ...head, key: `${head.key}.readers` })
}
