/** Errors of files and disks as one coded error that names the file. */

import { isTonghengError, type TonghengError } from '../base/error.js'
import type { Text } from '../base/message.js'
import { fault } from './messages.js'

/** Messages for errors of the system. */
const FAULTS: Readonly<Record<string, Text>> = {
  ENOENT: { zh: '不存在，或所在的文件夹不存在', en: 'is not there, or its folder is not' },
  EEXIST: { zh: '已存在，不覆盖', en: 'is there already and is not overwritten' },
  EACCES: { zh: '没有权限', en: 'may not be accessed' },
  EPERM: { zh: '没有权限', en: 'may not be accessed' },
  READONLY: {
    zh: '是只读的（文件或文件夹的权限，或磁盘以只读挂载）',
    en: 'is read-only (by the rights of file or folder, or the mount of its disk)',
  },
  EROFS: { zh: '在只读的文件系统上', en: 'is on a read-only file system' },
  EISDIR: { zh: '是文件夹', en: 'is a folder' },
  ENOTDIR: { zh: '的路径中有一段不是文件夹', en: 'has something in its path that is no folder' },
  LINK: { zh: '是链接：不经链接写文件，请写明文件本身', en: 'is a link: nothing is written through one; name the file itself' },
  DEEP: { zh: '的文件夹层数过多', en: 'has folders too deep' },
  DANGLING: { zh: '是链接，所指的文件不存在', en: 'is a link to a file that is not there' },
  ENOSPC: { zh: '写不下，磁盘已满', en: 'does not fit: the disk is full' },
  other: { zh: '无法读写', en: 'cannot be read or written' },
}

/** Converts a file system error to one that names the file. */
export async function fileFault<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw fileFaultOf(file, error)
  }
}

/** The same for a given error; any other error is unchanged. */
export const fileFaultOf = (file: string, error: unknown): unknown =>
  isTonghengError(error) || !(error instanceof Error && 'code' in error) ? error : fileError(file, reasonOf(error), error)

/** The error code of the system, also for SQLite errors caused by the file system. */
function reasonOf(error: Error): string {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  const name = typeof errcode === 'number' ? SQLITE[errcode & 0xff] : SQLITE_NAMES[String(code)]
  return name ?? String(code)
}

/** As `fileFaultOf`, for a database that is a file: what is not an error of the system has the words of the driver. */
export function databaseFault(file: string, error: Error): TonghengError {
  const reason = reasonOf(error)
  return fileError(file, Object.hasOwn(FAULTS, reason) ? reason : error.message, error)
}

/** Result codes of SQLite (sqlite3.h): read-only, full, cannot open. */
const SQLITE: Readonly<Record<number, string>> = { 8: 'READONLY', 13: 'ENOSPC', 14: 'ENOENT' }
const SQLITE_NAMES: Readonly<Record<string, string>> = { SQLITE_READONLY: 'READONLY', SQLITE_FULL: 'ENOSPC', SQLITE_CANTOPEN: 'ENOENT' }

/** `reason` is an error code of the system, or any other text. */
export const fileError = (file: string, reason: string, cause?: unknown): TonghengError =>
  fault('cli.file', { file, reason, what: FAULTS[reason] ?? FAULTS.other }, { cause })
