import { type Command, FORMAT } from '../command.js'

export const demo: Command = {
  name: 'demo',
  mostFiles: 0,
  usage: 'demo [--keep] [--format text|json]',
  summary: {
    zh: '演示：川渝两个节点在本机交换并判定真实结构的记录',
    en: 'Demonstration: two provincial nodes on this machine exchange and judge records',
  },
  options: {
    keep: {
      type: 'boolean',
      help: {
        zh: '演示后不退出，显示可试的网址和命令；粘贴页面生成的公钥即准入',
        en: 'leave the nodes running, show addresses and lines to try, admit a pasted public key',
      },
    },
    format: FORMAT,
  },
  // The fixtures are loaded with it alone: the memory of every other command is its own.
  run: async (args, terminal) => (await import('./demo-run.js')).runDemo(args, terminal),
}
