/** After the demonstration: the nodes continue to run, and a folder has everything to try them. */
import { once } from 'node:events'
import { join } from 'node:path'
import { signRequest } from '../../contract/index.js'
import type { Language } from '../../report/index.js'
import { fixtures, organisation, publications, send } from '../../testing/index.js'
import { replaceText, writeSecret } from '../outputs.js'
import type { Terminal } from '../terminal.js'
import { admitPasted } from './demo-admit.js'
import type { World } from './demo-world.js'

interface Keeping {
  readonly world: World
  readonly folder: string
  readonly language: Language
  readonly terminal: Terminal
}

/** Writes files, prints example commands, and waits for Ctrl-C. */
export async function keepRunning({ world, folder, language, terminal }: Keeping): Promise<void> {
  const { authorities, sichuan, chongqing } = world
  const { anchors, trustLists, signedAgreement } = authorities
  const specifications = await Promise.all([...publications, fixtures.F10, fixtures.F11].map((fixture) => send(authorities, fixture)))
  const statement = join(folder, 'F01.jws')
  const trust = join(folder, 'trust.json')
  const key = join(folder, 'chengdu.key.json')
  await replaceText(statement, await send(authorities, fixtures.F01))
  await replaceText(trust, JSON.stringify({ anchors, trustLists, agreements: [signedAgreement], specifications }))
  await writeSecret(key, JSON.stringify(authorities.keys.get('CD')?.privateJwk))
  const uri = `${chongqing.url}/v1/records?region=51&limit=3`
  const authority = organisation('SC-AMR').uscc
  const token = await signRequest(
    { iss: authority, aud: chongqing.node.options.id, method: 'GET', uri, body: new Uint8Array(0), now: world.now() },
    authorities.signer('SC-AMR'),
  )
  const at = '2025-06-16T09:00:00%2B08:00'
  const pageLines = world.hasPage ? pagesOf(world, { at, files: `${trust}  ${statement}` })[language] : []
  const lines =
    language === 'zh'
      ? [
          ['节点仍在运行，Ctrl-C 结束（临时文件一并删除）。可以试：'],
          ...pageLines,
          [
            '请重庆节点判定成都的记录：',
            `curl -s --data-binary @${statement} -H 'content-type: application/jose' '${chongqing.url}/v1/verify?at=${at}'`,
          ],
          ['取四川的信任列表：', `curl -s ${sichuan.url}/v1/trust-lists/${authority}`],
          ['看接口文档：', `curl -s ${chongqing.url}/openapi.json`],
          ['以签名请求查询（令牌两分钟内用一次）：', `curl -s -H 'authorization: ${token}' '${uri}'`],
          ['离线判定同一份记录：', `npx tongheng verify ${statement} --trust ${trust} --region 50 --at 2025-06-16T09:00:00+08:00 --full`],
        ]
      : [
          ['The nodes keep running; Ctrl-C ends them and removes the files. To try:'],
          ...pageLines,
          [
            'Have the Chongqing node judge a record from Chengdu:',
            `curl -s --data-binary @${statement} -H 'content-type: application/jose' '${chongqing.url}/v1/verify?at=${at}'`,
          ],
          ['Fetch the trust list of Sichuan:', `curl -s ${sichuan.url}/v1/trust-lists/${authority}`],
          ['Read the interface document:', `curl -s ${chongqing.url}/openapi.json`],
          ['Find records with a signed request (a token is good once, for two minutes):', `curl -s -H 'authorization: ${token}' '${uri}'`],
          [
            'Judge the same record offline:',
            `npx tongheng verify ${statement} --trust ${trust} --region 50 --at 2025-06-16T09:00:00+08:00 --full --lang en`,
          ],
        ]
  const ended = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  for (const [title, command] of lines) {
    terminal.print('')
    terminal.print(terminal.paint(title as string, 'bold'))
    if (command !== undefined) terminal.print(`  ${command}`)
  }
  await admitUntil(ended, { world, folder, language, terminal })
}

/** Admits pasted keys one after another until the end; an unexpected error ends the demonstration. */
async function admitUntil(ended: Promise<unknown>, { world, language, terminal }: Keeping): Promise<void> {
  let admitting = Promise.resolve()
  let fail: (error: unknown) => void = () => undefined
  const failed = new Promise<never>((_, reject) => {
    fail = reject
  })
  const stop = terminal.lines((line) => {
    admitting = admitting.then(() => admitPasted(line, world, language, terminal))
    admitting.catch(fail)
  })
  try {
    await Promise.race([ended, failed])
    await admitting
  } finally {
    stop()
  }
}

/** The pages of both nodes. The demonstration's clock is that of its records, and each verdict states that it is not the present. */
function pagesOf({ sichuan, chongqing }: World, { at, files }: { readonly at: string; readonly files: string }) {
  const page = (url: string): string => `${url}/?at=${at}`
  const consoles = [chongqing, sichuan].map(({ url }) => `${url}/console?at=${at}`).join('  ')
  return {
    zh: [
      ['用浏览器打开重庆节点的核验页：', page(chongqing.url)],
      ['四川节点的核验页：', page(sichuan.url)],
      ['把信任文件拖到页面上，核对后固定；再拖入签名记录：', files],
      [
        '登录查询与运行预警：在页面上“生成密钥”，复制公钥（不是指纹），粘贴到本窗口后回车，即在两个节点准入（演示中你就是运行方）：',
        consoles,
      ],
    ],
    en: [
      ['Open the page of the Chongqing node in a browser:', page(chongqing.url)],
      ['The page of the Sichuan node:', page(sichuan.url)],
      ['Drop the trust file on the page and pin it after comparing; then drop the statement:', files],
      [
        'Sign in, search, console: make a key on the page, copy the public key, paste it in this window and press Enter; both nodes admit it (here you are the operator):',
        consoles,
      ],
    ],
  }
}
