/** Texts of logs: signed notes and checkpoints. */
export const logMessages = {
  'note.key': { zh: '日志（见证）公钥写法有误', en: 'The key of the log or witness is not written as it should be' },
  'note.form': { zh: '不是签名便笺（signed note）', en: 'This is no signed note' },
  'note.signature': { zh: '{name} 在便笺上的签名无效', en: 'The signature of {name} on the note is invalid' },
  'note.unsigned': { zh: '便笺没有 {name} 的签名', en: 'The note bears no signature of {name}' },
  'checkpoint.form': { zh: '检查点的格式有误', en: 'The checkpoint is not in its form' },
  'checkpoint.origin': { zh: '检查点属于日志 {origin}，不是 {expected}', en: 'The checkpoint is of the log {origin}, not {expected}' },
} as const
