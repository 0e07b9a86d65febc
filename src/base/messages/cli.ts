/** Texts of the command line. */
export const cliMessages = {
  'cli.command-unknown': {
    zh: '没有命令“{name}”',
    en: 'There is no command “{name}”',
    advice: { zh: '最接近的是“{near}”；tongheng --help 列出全部命令', en: 'Nearest: “{near}”; tongheng --help lists them all' },
  },
  'cli.option-unknown': {
    zh: '{command} 没有选项 {option}',
    en: '{command} has no option {option}',
    advice: {
      zh: '最接近的是 {near}；tongheng {command} --help 列出全部选项',
      en: 'Nearest: {near}; tongheng {command} --help lists them all',
    },
  },
  'cli.option-missing': {
    zh: '{command} 缺少选项 {option}',
    en: '{command} needs the option {option}',
    advice: { zh: '见 tongheng {command} --help', en: 'See tongheng {command} --help' },
  },
  'cli.files-many': {
    zh: '命令 {command} 至多接受 {most} 个文件，多出：{extra}',
    en: 'The command {command} takes at most {most} file(s); too many: {extra}',
  },
  'cli.option-value': { zh: '选项 {option} 的值应为：{expected}', en: 'The option {option} takes: {expected}' },
  'cli.no-match': {
    zh: '没有找到文件：{names}',
    en: 'No file found: {names}',
    advice: { zh: '请核对路径；允许没有文件时加 --allow-empty', en: 'Check the path; add --allow-empty where there may be none' },
  },
  'cli.pattern': { zh: '文件名模式“{pattern}”有误', en: 'The file name pattern “{pattern}” has no meaning' },
  'cli.code-unknown': {
    zh: '没有代码或规则“{name}”',
    en: 'There is no code or rule “{name}”',
    advice: { zh: '最接近的是“{near}”；tongheng explain 列出全部', en: 'Nearest: “{near}”; tongheng explain lists them all' },
  },
  'cli.warnings-many': { zh: '提示 {warned} 项，多于 --max-warnings {most}', en: '{warned} warnings, more than --max-warnings {most}' },
  'cli.no-input': { zh: '没有给出文件，标准输入也没有内容', en: 'No file was given, and nothing comes on standard input' },
  'cli.file': { zh: '文件 {file} 无法读写（{reason}）', en: 'The file {file} cannot be read or written ({reason})' },
  'cli.file-too-large': { zh: '文件 {file} 有 {size} 字节，上限 {most}', en: 'The file {file} has {size} bytes; the limit is {most}' },
  'cli.json': { zh: '{file}:{line}:{column}：{reason}', en: '{file}:{line}:{column}: {reason}' },
  'cli.key-file': { zh: '{file} 不是私钥文件（JWK）', en: '{file} is not a private key file (JWK)' },
  'cli.key-open': {
    zh: '注意：私钥文件 {file} 可被他人读取，请 chmod 600',
    en: 'Note: others can read the private key file {file}; chmod 600 it',
  },
  'cli.trust-file': { zh: '{file} 不是信任文件：{path}', en: '{file} is not a trust file: {path}' },
  'cli.config': { zh: '{file} 的配置有误：{path}', en: 'The configuration {file} is wrong at {path}' },
  'cli.listen': { zh: '无法在 {host}:{port} 上监听（{reason}）', en: 'Cannot listen on {host}:{port} ({reason})' },
  'cli.listening': { zh: '节点 {url} 已在 {host}:{port} 上运行', en: 'The node {url} is running on {host}:{port}' },
  'cli.decision-accepted': { zh: '收存', en: 'accepted' },
  'cli.decision-rejected': { zh: '退回', en: 'rejected' },
  'cli.decision-pending': { zh: '待定', en: 'pending' },
} as const
